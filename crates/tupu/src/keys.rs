//! `tupu keys`: the key with which a node signs its documents.

use crate::exit::refuse;
use anyhow::Context;
use clap::{Args, Subcommand};
use reports::{NodeKey, PublicKey};
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// Cuida la clave con que este nodo firma sus documentos.
#[derive(Subcommand)]
pub enum KeysCommand {
    /// Crea una clave nueva en un archivo que solo su dueño puede leer.
    New(NewArgs),
    /// Dice la clave pública de un archivo.
    Show(ShowArgs),
    /// Enumera las claves de una carpeta, sin mostrar ningún secreto.
    List(ListArgs),
}

/// Crea una clave nueva en un archivo que solo su dueño puede leer.
#[derive(Args)]
pub struct NewArgs {
    /// Archivo de la clave; no debe existir.
    #[arg(long, value_name = "ARCHIVO")]
    out: PathBuf,
}

/// Dice la clave pública de un archivo.
#[derive(Args)]
pub struct ShowArgs {
    /// Archivo de la clave.
    #[arg(value_name = "ARCHIVO")]
    file: PathBuf,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Enumera las claves de una carpeta, sin mostrar ningún secreto.
#[derive(Args)]
pub struct ListArgs {
    /// Carpeta (por omisión, esta).
    #[arg(value_name = "CARPETA", default_value = ".")]
    folder: PathBuf,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(command: KeysCommand) -> anyhow::Result<()> {
    match command {
        KeysCommand::New(args) => new(&args.out),
        KeysCommand::Show(args) => show(&args.file, args.json),
        KeysCommand::List(args) => list(&args.folder, args.json),
    }
}

fn new(out: &Path) -> anyhow::Result<()> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| anyhow::anyhow!("el sistema no da azar: {error}"))?;
    let key = NodeKey::from_seed(&seed);
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(out);
    let mut file = match file {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return refuse(format!(
                "ya existe {} y no se ha tocado: una clave que se sobrescribe se pierde. Elija otro nombre.",
                out.display()
            ));
        }
        Err(error) => return refuse(format!("no se puede escribir {}: {error}", out.display())),
    };
    file.write_all(key.to_file().as_bytes())?;
    file.sync_all()?;
    eprintln!(
        "clave escrita en {}; guarde una copia fuera de este equipo",
        out.display()
    );
    println!("{}  {}", key.public().id(), key.public());
    Ok(())
}

/// Reads a key file; one that others may read is told.
pub fn read(path: &Path) -> anyhow::Result<NodeKey> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return refuse(format!("no se puede leer la clave {}: {error}", path.display())),
    };
    let mode = path.metadata().map_or(0, |data| data.permissions().mode());
    if mode & 0o077 != 0 {
        eprintln!(
            "aviso: otros pueden leer {}; quíteles el permiso: chmod 600 {0}",
            path.display()
        );
    }
    match NodeKey::from_file(&text) {
        Ok(key) => Ok(key),
        Err(error) => refuse(format!("{}: {}", path.display(), error.sentence_es())),
    }
}

/// Public keys as people give them: hex, or the path of a key file.
pub fn public(given: &[String]) -> anyhow::Result<Vec<PublicKey>> {
    let one = |text: &String| match text.parse() {
        Ok(key) => Ok(key),
        Err(_) if Path::new(text).is_file() => read(Path::new(text)).map(|key| key.public()),
        Err(error) => refuse(format!("--key: {}", reports::KeyError::sentence_es(&error))),
    };
    given.iter().map(one).collect()
}

fn show(file: &Path, json: bool) -> anyhow::Result<()> {
    let public = read(file)?.public();
    if json {
        println!("{:#}", public.described());
    } else {
        println!("identificador  {}\nclave pública  {public}", public.id());
    }
    Ok(())
}

fn list(folder: &Path, json: bool) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("no se puede leer {}", folder.display()));
    let mut paths: Vec<PathBuf> = match entries {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(error) => return refuse(format!("{error:#}")),
    };
    paths.sort();
    let small = |path: &PathBuf| path.metadata().is_ok_and(|data| data.is_file() && data.len() < 4096);
    let found: Vec<(PathBuf, PublicKey)> = paths
        .into_iter()
        .filter(small)
        .filter_map(|path| {
            let key = NodeKey::from_file(&std::fs::read_to_string(&path).ok()?).ok()?;
            Some((path, key.public()))
        })
        .collect();
    if json {
        let keys: Vec<_> = found.iter().map(|(_, public)| public.described()).collect();
        println!("{:#}", serde_json::json!({ "keys": keys }));
    } else if found.is_empty() {
        println!("no hay ninguna clave en {}", folder.display());
    } else {
        for (path, public) in found {
            println!("{}  {public}  {}", public.id(), path.display());
        }
    }
    Ok(())
}
