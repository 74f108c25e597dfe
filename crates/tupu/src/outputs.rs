//! What a check answers with: the form that the arguments or the name of the file ask for.

use crate::check::CheckArgs;
use crate::exit::refuse;
use crate::speak;
use conflicts::Report;
use reports::{Audience, Document, Drawn, Form, Lang, REPORT_FORMS, RenderError, Rendered, Rendering, render};

/// Words for a terminal, or a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    Terminal,
    Form(Form),
}

/// What was asked for: by a flag, else by the ending of the file, else words for a terminal.
pub fn asked(args: &CheckArgs) -> anyhow::Result<Output> {
    let flags = [
        (args.words.sms, Form::Sms),
        (args.words.spoken, Form::Spoken),
        (args.html, Form::Html),
        (args.json, Form::Json),
    ];
    if let Some((_, form)) = flags.into_iter().find(|(asked, _)| *asked) {
        return Ok(Output::Form(form));
    }
    let Some(path) = &args.out else {
        return Ok(Output::Terminal);
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    match Form::of_file(&name) {
        Some(Form::Bundle) => refuse(format!(
            "--out: el paquete se pide con «--bundle {name}»; --out escribe el informe"
        )),
        Some(form) => Ok(Output::Form(form)),
        None if path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("txt")) =>
        {
            Ok(Output::Terminal)
        }
        None => {
            let mut endings: Vec<&str> = REPORT_FORMS.iter().map(|form| form.ending()).collect();
            endings.push(".txt");
            refuse(format!(
                "--out: no se sabe en qué formato escribir «{name}»; use una de estas terminaciones: {}",
                endings.join(", ")
            ))
        }
    }
}

/// The language and the audience of the arguments.
pub fn rendering(args: &CheckArgs) -> anyhow::Result<Rendering<'static>> {
    let lang: Lang = match args.lang.parse() {
        Ok(lang) => lang,
        Err(unknown) => return refuse(format!("--lang: {}", reports::UnknownLang::sentence_es(&unknown))),
    };
    let audience: Audience = match args.audience.parse() {
        Ok(audience) => audience,
        Err(unknown) => {
            return refuse(format!(
                "--audience: {}",
                reports::UnknownAudience::sentence_es(&unknown)
            ));
        }
    };
    Ok(Rendering {
        lang,
        audience,
        ..Rendering::default()
    })
}

/// The bytes of the report.
pub fn of(
    output: Output,
    document: &Document<'_, Report>,
    drawn: Drawn<'_>,
    rendering: &Rendering<'_>,
) -> anyhow::Result<Vec<u8>> {
    let Output::Form(form) = output else {
        return Ok(speak::report(document.content, &document.id).into_bytes());
    };
    match render(form, document, Some(drawn), rendering) {
        Ok(Rendered::Bytes(mut bytes)) => {
            if form == Form::Json {
                bytes.push(b'\n');
            }
            Ok(bytes)
        }
        Ok(Rendered::Tables(tables)) => Ok(store::package(&tables, document.issued.at)?),
        Err(RenderError::Map(error)) => refuse(error.sentence_es()),
        Err(RenderError::Xlsx(error)) => refuse(error.sentence_es()),
        Err(other) => Err(other.into()),
    }
}
