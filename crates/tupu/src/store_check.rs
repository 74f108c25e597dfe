//! `tupu store check`: every edition hashed again, and the file's own checks.

use crate::editions::table;
use clap::Args;
use std::path::PathBuf;
use store::{Store, StoreError, StoreReport};

/// Vuelve a calcular las huellas de todas las ediciones y revisa el archivo.
///
/// Lee el almacén entero y no cambia nada. Termina con 4 si algo no es lo que se publicó.
#[derive(Args)]
pub struct StoreCheckArgs {
    /// Almacén (archivo .gpkg).
    #[arg(long, value_name = "ALMACÉN")]
    store: PathBuf,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: StoreCheckArgs) -> anyhow::Result<()> {
    let report = Store::open_read(&args.store)?.check()?;
    if args.json {
        println!(
            "{:#}",
            serde_json::json!({ "sound": report.is_sound(), "report": report })
        );
    } else {
        speak(&report);
    }
    if report.is_sound() {
        return Ok(());
    }
    let faulty = report
        .editions
        .iter()
        .filter(|edition| edition.problem.is_some())
        .count();
    let detail = format!(
        "{faulty} ediciones y {} filas o índices no son lo que se publicó",
        report.problems.len()
    );
    Err(StoreError::Corrupt {
        path: args.store,
        detail,
    }
    .into())
}

fn speak(report: &StoreReport) {
    let lines: Vec<Vec<String>> = report
        .editions
        .iter()
        .map(|edition| {
            let verdict = edition.problem.clone().unwrap_or_else(|| "entera".to_owned());
            let print: String = edition.sha256.chars().take(12).collect();
            vec![edition.id.clone(), edition.features.to_string(), print, verdict]
        })
        .collect();
    print!("{}", table(&["edición", "elementos", "huella", "estado"], &lines));
    for problem in &report.problems {
        println!("✗ {problem}");
    }
    if report.is_sound() {
        println!(
            "{} ediciones, todas enteras; tablas, referencias e índices en orden.",
            report.editions.len()
        );
    }
}
