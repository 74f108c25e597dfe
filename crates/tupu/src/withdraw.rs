//! `tupu withdraw`: an edition ceases to be seen, without being deleted.

use crate::editions::audience;
use clap::Args;
use std::path::PathBuf;
use store::Store;

/// Retira una edición: deja de verse desde ahora, sin borrarse.
///
/// Quien consulte lo que se sabía antes (--known-at) la sigue viendo. La edición anterior de la misma serie vuelve a regir.
#[derive(Args)]
pub struct WithdrawArgs {
    /// Almacén (archivo .gpkg).
    #[arg(long, value_name = "ALMACÉN")]
    store: PathBuf,
    /// Edición: su id, como lo da «tupu editions».
    #[arg(value_name = "EDICIÓN")]
    edition: String,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: WithdrawArgs) -> anyhow::Result<()> {
    let meta = Store::open(&args.store)?.withdraw(&args.edition, crate::clock::now())?;
    if args.json {
        println!("{:#}", serde_json::json!({ "withdrawn": meta }));
        return Ok(());
    }
    let at = meta
        .withdrawn_at
        .map(|at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
        .unwrap_or_default();
    println!("Retirada {} — {}", meta.id, meta.title);
    println!(
        "{at}: desde ahora no la ve {}. Sus {} elementos se conservan.",
        audience(meta.visibility),
        meta.counts.kept
    );
    println!("Para consultar lo que se sabía antes: --known-at {}", meta.published_at);
    Ok(())
}
