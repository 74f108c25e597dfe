//! A report that was kept: the bytes of its first issue.

use super::{Answer, Site};
use crate::{
    answer::{document, entity_tag, media, unchanged},
    clock,
    negotiate::{Format, format},
    params::Params,
    problem::{Kind, Problem},
    shared::Shared,
};
use actix_web::{HttpRequest, web, web::Path};
use reports::{Code, CodeError};
use serde_json::{Value, json};
use store::Issue;

/// `/reports/{code}`
pub(crate) async fn report(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), &["f", "id"])?;
    let format = format(request.headers(), params.f(), &[Format::Json])?;
    let code = code(&path)?;
    let mut found = issues(&site, code).await?;
    if let Some(id) = params.text("id") {
        found.retain(|issue| issue.id == id);
    }
    let issue = match found.as_slice() {
        [] => return Err(unknown(code)),
        [issue] => issue,
        several => return Err(ambiguous(code, several)),
    };
    let tag = entity_tag(&issue.id, format);
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    Ok(document(media(format), Some(&tag), issue.json.clone()))
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
