//! A document that was kept: the bytes of its first issue, and other forms of the same document.

use super::{Answer, Site};
use crate::{
    again::again,
    answer::{document, entity_tag, entity_tag_of, media, unchanged},
    clock,
    negotiate::{Format, format},
    params::Params,
    problem::{Kind, Problem},
    rendering::{REPORT, Wish},
    shared::Shared,
};
use actix_web::{HttpRequest, web, web::Path};
use reports::{Code, CodeError};
use serde_json::{Value, json};
use store::Issue;

/// `/reports/{code}`
pub(crate) async fn report(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), &["f", "id", "lang", "audience"])?;
    let format = format(request.headers(), params.f(), REPORT)?;
    let wish = Wish::of(format, &params)?.beside(&request);
    let code = code(&path)?;
    let mut found = issues(&site, code).await?;
    if let Some(id) = params.text("id") {
        found.retain(|issue| issue.id == id);
    }
    let issue = match found.as_slice() {
        [] => return Err(unknown(code)),
        [issue] => issue.clone(),
        several => return Err(ambiguous(code, several)),
    };
    if format == Format::Json {
        let tag = entity_tag(&issue.id, format);
        let known = unchanged(&request, &tag);
        return Ok(known.unwrap_or_else(|| document(media(format), Some(&tag), issue.json)));
    }
    let current = site.current()?;
    // the layers decide whether the map can be drawn again
    let tag = entity_tag_of(&format!("{}-{}", issue.id, current.tag), &wish.tag());
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let answered = site.pool.run(move |_| again(&current, &issue.json, wish)).await?;
    Ok(answered.response(Some(&tag)))
}

/// The code that somebody wrote.
///
/// # Errors
/// `invalid-code`, with what is wrong.
pub(crate) fn code(text: &str) -> Result<Code, Problem> {
    let shown: String = text.chars().take(40).collect();
    text.parse().map_err(|error| {
        let what = match error {
            CodeError::Length(found) => format!("«{shown}» tiene {found} caracteres y un código tiene 12"),
            CodeError::Character(found) => format!("«{found}» no aparece en ningún código"),
            CodeError::Check => {
                format!("el carácter de comprobación de «{shown}» no corresponde a los demás: hay uno mal copiado")
            }
        };
        Kind::InvalidCode.because(format!(
            "{what}. Vuelva a copiarlo del informe: son tres grupos de cuatro, como K7F3-22QM-9X5C."
        ))
    })
}

/// The documents of a code that readers of this server may see.
///
/// # Errors
/// `internal`.
pub(crate) async fn issues(site: &Site, code: Code) -> Result<Vec<Issue>, Problem> {
    let shared = site.clone();
    let look = move || {
        let ceiling = shared.config.visibility;
        shared.register.of_code(&code.to_string(), ceiling)
    };
    let found = web::block(look).await.map_err(|error| Problem::internal(&error))?;
    found.map_err(|error| Problem::internal(&error))
}

/// The refusal of a code that is right and has no document here.
pub(crate) fn unknown(code: Code) -> Problem {
    Kind::UnknownReport
        .because(format!(
            "El código {code} está bien escrito, pero en el registro de este servidor no consta ningún informe con él. Puede ser de \
             otro servidor o de un programa instalado en otro equipo, o un informe que nadie pidió guardar (los de tierras que alguien \
             envía solo se guardan si lo pide). No prueba que el informe sea falso: con el archivo JSON se comprueba en /verify o con \
             «tupu verify»."
        ))
        .with("code", code.to_string())
}

fn ambiguous(code: Code, several: &[Issue]) -> Problem {
    let candidates: Vec<Value> = several
        .iter()
        .map(|issue| json!({ "id": issue.id, "label": label(issue), "href": format!("/reports/{code}?id={}", issue.id) }))
        .collect();
    Kind::AmbiguousCode
        .because(format!(
            "{} informes comparten el código {code}. Elija uno con «id».",
            several.len()
        ))
        .with("candidates", candidates)
}

fn label(issue: &Issue) -> String {
    format!("emitido el {}", clock::day_of(issue.issued_at))
}

/// Whether a document is in the register, byte for byte.
///
/// # Errors
/// `internal`.
pub(crate) fn is_kept(shared: &Shared, code: Code, text: &str) -> Result<bool, Problem> {
    let found = shared.register.of_code(&code.to_string(), shared.config.visibility);
    let found = found.map_err(|error| Problem::internal(&error))?;
    Ok(found.iter().any(|issue| issue.json == text.trim_end()))
}
