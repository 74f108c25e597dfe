//! `tupu rules`: the rulebook in the program, or one in a folder.

use crate::exit::refuse;
use anyhow::Context;
use clap::{Args, Subcommand};
use conflicts::Rulebook;
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(RustEmbed)]
#[folder = "../../config/rules/"]
struct Embedded;

/// The version that is used when nobody names another.
pub const CURRENT: &str = "2026-1";

/// Cuida los libros de reglas.
#[derive(Subcommand)]
pub enum RulesCommand {
    /// Lee un libro de reglas y dice qué le falta o le sobra.
    Lint(LintArgs),
}

/// Lee un libro de reglas y dice qué le falta o le sobra.
#[derive(Args)]
pub struct LintArgs {
    /// Carpeta del libro de reglas (por omisión, el que lleva el programa).
    #[arg(value_name = "CARPETA")]
    folder: Option<PathBuf>,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(command: RulesCommand) -> anyhow::Result<()> {
    let RulesCommand::Lint(args) = command;
    match load(args.folder.as_deref()) {
        Ok(book) if args.json => {
            let summary = serde_json::json!({
                "id": book.id, "sha256": book.sha256, "in_force_from": book.in_force_from.to_string(),
                "layers": book.layers.len(), "rules": book.rules.len(), "norms": book.norms.len(), "faults": [],
            });
            println!("{summary:#}");
            Ok(())
        }
        Ok(book) => {
            println!("Libro de reglas {} — {}", book.id, book.title);
            println!("en vigor desde {}; huella {}", book.in_force_from, book.sha256);
            println!(
                "{} capas, {} reglas, {} normas: sin faltas",
                book.layers.len(),
                book.rules.len(),
                book.norms.len()
            );
            Ok(())
        }
        Err(error) => {
            if args.json {
                println!("{:#}", serde_json::json!({ "faults": [format!("{error:#}")] }));
            }
            Err(error)
        }
    }
}

/// The rulebook of a folder, or the one in the program.
///
/// # Errors
/// When a file is missing or the rules do not hold together.
pub fn load(folder: Option<&Path>) -> anyhow::Result<Rulebook> {
    let files = match folder {
        Some(folder) => read(folder)?,
        None => embedded(CURRENT),
    };
    match Rulebook::parse(&files) {
        Ok(book) => Ok(book),
        Err(error) => refuse(format!("el libro de reglas no se puede usar: {error}")),
    }
}

fn read(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    if !folder.is_dir() {
        return refuse(format!("no hay ninguna carpeta {}", folder.display()));
    }
    let present = Rulebook::FILES
        .into_iter()
        .map(|name| (name, folder.join(name)))
        .filter(|(_, path)| path.is_file());
    let text =
        |path: &Path| std::fs::read_to_string(path).with_context(|| format!("no se puede leer {}", path.display()));
    present
        .map(|(name, path)| Ok((name.to_owned(), text(&path)?)))
        .collect()
}

fn embedded(version: &str) -> BTreeMap<String, String> {
    let file = |name: &str| {
        Embedded::get(&format!("{version}/{name}")).map(|file| String::from_utf8_lossy(&file.data).into_owned())
    };
    Rulebook::FILES
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), file(name)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rulebook_in_the_program_has_no_faults() {
        let book = load(None).expect("the embedded rulebook parses");
        assert_eq!(book.id, CURRENT);
    }
}
