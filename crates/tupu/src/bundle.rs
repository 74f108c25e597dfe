//! Sealing a report on the command line, and the bundle that goes with it.

use crate::{exit::refuse, keys};
use conflicts::{CheckOptions, Report, Rulebook, Subject, SubjectKind};
use reports::{Bundle, Document, Issued, KEYS_PART, NodeKey, QUESTION_PART, Question, Sealing, canonical_json, sealed};
use std::{collections::BTreeMap, path::Path};
use store::{Snapshot, Store};
use territory::{Hash, hex};

/// What a bundle is made of, beside the report.
pub struct Made<'a> {
    pub store: &'a Store,
    pub snapshot: &'a Snapshot,
    pub subject: &'a Subject,
    pub options: CheckOptions,
    /// The rulebook.
    pub book: &'a Rulebook,
    /// The rulebook's files by name.
    pub rules: &'a BTreeMap<String, String>,
}

/// Writes the bundle and gives the sealed document, which carries the bundle's hash.
pub fn write<'a>(
    out: &Path,
    report: &'a Report,
    issued: &Issued,
    (made, key): (&Made<'_>, Option<&NodeKey>),
) -> anyhow::Result<Document<'a, Report>> {
    let editions = made.snapshot.roots_of(report);
    let mut parts = BTreeMap::new();
    for (name, text) in made.rules {
        parts.insert(format!("rulebook/{name}"), text.clone().into_bytes());
    }
    let question = question(report, made);
    parts.insert(QUESTION_PART.to_owned(), serde_json::to_vec(&question)?);
    let keys: Vec<_> = key.iter().map(|key| keys::described(&key.public())).collect();
    parts.insert(
        KEYS_PART.to_owned(),
        canonical_json(&serde_json::json!({ "keys": keys }))?.into_bytes(),
    );
    for (id, root) in &editions {
        parts.insert(format!("editions/{id}.json"), evidence(made, id, root)?);
    }
    if let SubjectKind::Feature { edition, .. } = &made.subject.kind {
        let part = format!("editions/{edition}.json");
        if let (false, Some(found)) = (parts.contains_key(&part), made.snapshot.edition(edition)) {
            let root = found.root.unwrap_or_default();
            parts.insert(part, evidence(made, edition, &root)?);
        }
    }
    let program = format!("{} {}", issued.program, issued.version);
    parts.insert("LEEME.txt".to_owned(), readme(&program).into_bytes());
    let bundle = Bundle { program, parts };
    let sha256 = bundle.sha256()?;
    let sealing = Sealing {
        editions: &editions,
        key,
        bundle_sha256: Some(&sha256),
        verify_url: None,
    };
    let document = sealed(report, issued, &sealing)?;
    let bytes = bundle.to_zip(&document.json)?;
    if let Err(error) = std::fs::write(out, bytes) {
        return refuse(format!("no se puede escribir {}: {error}", out.display()));
    }
    eprintln!("escrito {}", out.display());
    Ok(document)
}

fn question(report: &Report, made: &Made<'_>) -> Question {
    let mut question = Question::of(made.subject, report.as_of.valid, report.as_of.known, made.options);
    let unread = made.snapshot.unread.iter();
    question.unread = unread
        .map(|unread| (unread.kind, unread.edition.clone(), unread.detail.clone()))
        .collect();
    question
}

fn evidence(made: &Made<'_>, edition: &str, root: &Hash) -> anyhow::Result<Vec<u8>> {
    let found = made.snapshot.edition(edition);
    let Some(searched) = found.and_then(|found| Snapshot::searched(made.subject, &found.meta, made.book)) else {
        return refuse("la tierra consultada no tiene puntos");
    };
    let evidence = made.store.evidence(edition, searched)?;
    if evidence.root != hex(root) {
        return refuse(format!(
            "la edición {edition} cambió en el almacén mientras se hacía el informe. Revise el almacén con «tupu store check»."
        ));
    }
    Ok(serde_json::to_vec(&evidence)?)
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
