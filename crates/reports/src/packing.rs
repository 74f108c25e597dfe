//! Packing a report with all that it was made of.

use crate::{
    Bundle, BundleError, Document, Issued, KEYS_PART, NodeKey, QUESTION_PART, Question, Sealing, canonical_json,
    document::sealed,
};
use conflicts::{Report, Rulebook};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use territory::EditionEvidence;

/// What a bundle is made of, beside the report.
#[derive(Clone, Copy, Debug)]
pub struct Packing<'a> {
    /// What was asked.
    pub question: &'a Question,
    /// The rules.
    pub book: &'a Rulebook,
    /// The evidence of each edition, by id.
    pub editions: &'a BTreeMap<String, EditionEvidence>,
}

/// A report with its bundle.
#[derive(Clone, Debug)]
pub struct Packed<'a> {
    /// The document; its seal names the bundle.
    pub document: Document<'a, Report>,
    /// The ZIP.
    pub zip: Vec<u8>,
}

/// Seals a report with a bundle: the same bytes for the same report, moment and key. The bundle's hash of `sealing` is set here.
///
/// # Errors
/// When a part is too large for a ZIP.
pub fn packed<'a>(
    report: &'a Report,
    issued: &Issued,
    packing: &Packing<'_>,
    sealing: &Sealing<'_>,
) -> Result<Packed<'a>, BundleError> {
    let program = format!("{} {}", issued.program, issued.version);
    let bundle = Bundle {
        parts: parts(packing, sealing.key, &program)?,
        program,
    };
    let sha256 = bundle.sha256()?;
    let sealing = Sealing {
        bundle_sha256: Some(&sha256),
        ..*sealing
    };
    let document = sealed(report, issued, &sealing)?;
    let zip = bundle.to_zip(&document.json)?;
    Ok(Packed { document, zip })
}

fn parts(
    packing: &Packing<'_>,
    key: Option<&NodeKey>,
    program: &str,
) -> Result<BTreeMap<String, Vec<u8>>, BundleError> {
    let part_of = |part: &str, error: serde_json::Error| BundleError::Part {
        part: part.to_owned(),
        detail: error.to_string(),
    };
    let mut parts = BTreeMap::new();
    for (name, text) in &packing.book.files {
        parts.insert(format!("rulebook/{name}"), text.clone().into_bytes());
    }
    let question = serde_json::to_vec(packing.question).map_err(|error| part_of(QUESTION_PART, error))?;
    parts.insert(QUESTION_PART.to_owned(), question);
    let keys: Vec<Value> = key.iter().map(|key| key.public().described()).collect();
    let keys = canonical_json(&json!({ "keys": keys }))?;
    parts.insert(KEYS_PART.to_owned(), keys.into_bytes());
    for (id, evidence) in packing.editions {
        let name = format!("editions/{id}.json");
        let evidence = serde_json::to_vec(evidence).map_err(|error| part_of(&name, error))?;
        parts.insert(name, evidence);
    }
    parts.insert("LEEME.txt".to_owned(), readme(program).into_bytes());
    Ok(parts)
}

/// What the bundle is and how to use it.
fn readme(program: &str) -> String {
    let lines = [
        "PAQUETE DE UN INFORME DE TUPU",
        "",
        "Con este paquete cualquiera puede volver a hacer el informe, sin conexión y sin el almacén de donde salió:",
        "",
        "    tupu verify ESTE_ARCHIVO.zip --key CLAVE_PUBLICA",
        "",
        "La clave pública se pide a quien emitió el informe (página /keys de su servidor); la de keys.json es la que el",
        "propio paquete dice, y por sí sola no prueba quién firmó.",
        "",
        "report.json       el informe, con su sello",
        "question.json     lo que se preguntó: la tierra exacta, las fechas y las opciones",
        "rulebook/         el libro de reglas",
        "editions/         de cada edición usada: sus datos, los elementos cercanos y la prueba de que no hay otros",
        "keys.json         las claves públicas",
        "parts.json        la lista de estas partes con la huella SHA-256 de cada una",
        "",
    ];
    format!(
        "{}Hecho por {program}.\n",
        lines.map(|line| format!("{line}\n")).concat()
    )
}
