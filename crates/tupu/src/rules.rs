//! `tupu rules`: the rulebooks in the program, or those of a folder.

mod show;

use crate::{clock, exit::refuse};
use clap::{Args, Subcommand};
use conflicts::{Rulebook, RulebookError, Shelf, differences};
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(RustEmbed)]
#[folder = "../../config/rules/"]
struct Embedded;

/// Cuida los libros de reglas.
#[derive(Subcommand)]
pub enum RulesCommand {
    /// Lee libros de reglas y dice qué les falta o les sobra.
    Lint(LintArgs),
    /// Dice en qué difieren dos libros de reglas, clave por clave.
    Diff(DiffArgs),
    /// Enumera las versiones, con los días en que rigen.
    List(ListArgs),
}

/// Lee libros de reglas y dice qué les falta o les sobra.
#[derive(Args)]
pub struct LintArgs {
    /// Carpeta de un libro de reglas, o de una carpeta por versión (por omisión, el que rige hoy de los que lleva el programa).
    #[arg(value_name = "CARPETA")]
    folder: Option<PathBuf>,
    /// Todas las versiones que lleva el programa, también entre sí.
    #[arg(long, conflicts_with = "folder")]
    all: bool,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Dice en qué difieren dos libros de reglas, clave por clave.
#[derive(Args)]
pub struct DiffArgs {
    /// Una versión del programa, o la carpeta de un libro.
    #[arg(value_name = "A")]
    before: String,
    /// La otra.
    #[arg(value_name = "B")]
    after: String,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Enumera las versiones, con los días en que rigen.
#[derive(Args)]
pub struct ListArgs {
    /// Carpeta con una carpeta por versión (por omisión, las que lleva el programa).
    #[arg(value_name = "CARPETA")]
    folder: Option<PathBuf>,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(command: RulesCommand) -> anyhow::Result<()> {
    match command {
        RulesCommand::Lint(args) => lint(&args),
        RulesCommand::Diff(args) => diff(&args),
        RulesCommand::List(args) => {
            let shelf = shelf(args.folder.as_deref())?;
            print!("{}", show::list(&shelf, clock::day_in_lima(clock::now()), args.json));
            Ok(())
        }
    }
}

fn lint(args: &LintArgs) -> anyhow::Result<()> {
    match read(args.folder.as_deref()) {
        Ok(shelf) => {
            let today = shelf.in_force(clock::day_in_lima(clock::now()));
            let books = if args.all || args.folder.is_some() {
                shelf.books()
            } else {
                std::slice::from_ref(today)
            };
            print!("{}", show::lint(books, args.json));
            Ok(())
        }
        Err(unfit) => {
            if let (true, Some(error)) = (args.json, &unfit.faults) {
                println!("{}", show::faults(error));
            }
            refuse(unfit.sentence)
        }
    }
}

fn diff(args: &DiffArgs) -> anyhow::Result<()> {
    let (before, after) = (named(&args.before)?, named(&args.after)?);
    let list = differences(&before, &after);
    print!("{}", show::differences(&list, (&before, &after), args.json));
    Ok(())
}

/// A version in the program, or the book of a folder.
fn named(name: &str) -> anyhow::Result<Rulebook> {
    let own = shelf(None)?;
    if let Some(book) = own.book(name) {
        return Ok(book.clone());
    }
    let folder = Path::new(name);
    if !folder.is_dir() {
        let ids: Vec<&str> = own.books().iter().map(|book| book.id.as_str()).collect();
        return refuse(format!(
            "«{name}» no es una versión de este programa ({}) ni una carpeta; escriba una de las dos cosas",
            ids.join(", ")
        ));
    }
    let books = shelf(Some(folder))?;
    match books.books() {
        [book] => Ok(book.clone()),
        many => refuse(format!(
            "{name} tiene {} libros de reglas; indique la carpeta de uno de ellos",
            many.len()
        )),
    }
}

/// The rulebooks of a folder, or those in the program.
///
/// # Errors
/// When a file is missing or the rules do not hold together.
pub fn shelf(folder: Option<&Path>) -> anyhow::Result<Shelf> {
    match read(folder) {
        Ok(shelf) => Ok(shelf),
        Err(unfit) => refuse(unfit.sentence),
    }
}

/// Rulebooks that cannot be used.
struct Unfit {
    /// For people.
    sentence: String,
    /// What is wrong, where the files could be read.
    faults: Option<RulebookError>,
}

fn read(folder: Option<&Path>) -> Result<Shelf, Unfit> {
    let Some(folder) = folder else {
        return Shelf::parse(&embedded()).map_err(|error| Unfit {
            sentence: format!(
                "los libros de reglas del programa no se pueden usar:\n{}",
                error.sentence_es()
            ),
            faults: Some(error),
        });
    };
    server::read_rules(folder).map_err(|error| Unfit {
        sentence: error.sentence_es(),
        faults: match error {
            server::RulesError::Faults { error, .. } => Some(error),
            _ => None,
        },
    })
}

/// The texts in the program, by version and file.
fn embedded() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut folders: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for path in Embedded::iter() {
        if let (Some((version, name)), Some(file)) = (path.split_once('/'), Embedded::get(&path)) {
            let text = String::from_utf8_lossy(&file.data).into_owned();
            folders
                .entry(version.to_owned())
                .or_default()
                .insert(name.to_owned(), text);
        }
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rulebooks_in_the_program_have_no_faults() {
        let shelf = shelf(None).expect("the embedded rulebooks parse");
        let ids: Vec<&str> = shelf.books().iter().map(|book| book.id.as_str()).collect();
        assert_eq!(ids, ["antes-de-2026", "2026-1", "2026-2"]);
    }
}
