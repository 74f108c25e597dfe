//! `tupu verify`: what a report proves, offline: its bytes, the features that it used, the completeness of its layers.

mod again;
mod outcome;

use crate::{exit::refuse, keys};
use again::Material;
use clap::Args;
use outcome::Outcome;
use reports::{Examined, PublicKey, ReadBundle, Verdict, examine};
use std::path::{Path, PathBuf};

/// Comprueba un informe sin conexión: sus bytes, lo que usó y que no falte nada.
///
/// Termina con 0 si todo lo comprobado se cumple y con 3 si algo no se cumple.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu verify informe.json --key CLAVE_PUBLICA
  tupu verify paquete.zip --key CLAVE_PUBLICA
  tupu verify informe.json --store cusco.gpkg")]
pub struct VerifyArgs {
    /// El informe en JSON, o su paquete ZIP.
    #[arg(value_name = "ARCHIVO")]
    file: PathBuf,
    /// El paquete ZIP del informe.
    #[arg(long, value_name = "ARCHIVO", conflicts_with = "store")]
    bundle: Option<PathBuf>,
    /// El almacén de donde salió.
    #[arg(long, value_name = "ALMACEN")]
    store: Option<PathBuf>,
    /// Clave pública de quien lo emitió (64 cifras hexadecimales); se puede repetir.
    #[arg(long, value_name = "CLAVE")]
    key: Vec<String>,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: VerifyArgs) -> anyhow::Result<()> {
    let keys = keys::public(&args.key)?;
    let bytes = read(&args.file)?;
    let bundle = match &args.bundle {
        Some(path) => Some(unpack(&read(path)?)?),
        None if bytes.starts_with(b"PK") => Some(unpack(&bytes)?),
        None => None,
    };
    let text = match &bundle {
        Some(bundle) if bytes.starts_with(b"PK") => bundle.report.clone(),
        _ => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => return refuse(format!("{} no es un texto en UTF-8", args.file.display())),
        },
    };
    let outcome = judged(&text, &keys, bundle.as_ref(), args.store.as_deref())?;
    if args.json {
        println!("{:#}", outcome.json());
    } else {
        print!("{outcome}");
    }
    if outcome.holds() {
        Ok(())
    } else {
        refuse("el documento no se sostiene: lea arriba qué no se cumple")
    }
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(error) => refuse(format!("no se puede leer {}: {error}", path.display())),
    }
}

fn unpack(bytes: &[u8]) -> anyhow::Result<ReadBundle> {
    match ReadBundle::read(bytes) {
        Ok(bundle) => Ok(bundle),
        Err(error) => refuse(error.sentence_es()),
    }
}

fn judged(
    text: &str,
    keys: &[PublicKey],
    bundle: Option<&ReadBundle>,
    store: Option<&Path>,
) -> anyhow::Result<Outcome> {
    let examined = match examine(text, keys) {
        Ok(examined) => examined,
        Err(error) => return refuse(error.sentence_es()),
    };
    let nothing = || {
        let why = "hace falta el paquete del informe (--bundle) o su almacén (--store)";
        (Verdict::unchecked(why), Verdict::unchecked(why))
    };
    let (features, completeness) = if is_matrix(&examined) {
        let why = "una matriz se comprueba volviendo a hacerla: tupu check --all con el mismo almacén y la misma fecha";
        (Verdict::unchecked(why), Verdict::unchecked(why))
    } else {
        match (bundle, store) {
            (Some(bundle), _) => again::with_bundle(&examined, bundle),
            (None, Some(store)) => match Material::of_store(&examined, store)? {
                Ok(material) => material.judge(&examined),
                Err(why) => (Verdict::unchecked(why.clone()), Verdict::unchecked(why)),
            },
            (None, None) => nothing(),
        }
    };
    Ok(Outcome {
        examined,
        features,
        completeness,
    })
}

fn is_matrix(examined: &Examined) -> bool {
    examined.fields.get("schema").and_then(|schema| schema.as_str()) == Some("tupu/matrix/1")
}
