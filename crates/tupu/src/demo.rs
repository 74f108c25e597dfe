//! `tupu demo`: writes the synthetic territory.

use crate::exit::refuse;
use clap::Args;
use std::path::PathBuf;

/// Crea el territorio de demostración (datos sintéticos).
#[derive(Args)]
pub struct DemoArgs {
    /// Carpeta en la que se escriben las capas, el relieve, los perfiles y manifest.toml.
    #[arg(long, value_name = "CARPETA")]
    pub out: PathBuf,
    /// Responde en JSON.
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
pub fn run(args: DemoArgs) -> anyhow::Result<()> {
    let DemoArgs { out, json } = args;
    let manifest = match demo::write(&out) {
        Ok(manifest) => manifest,
        Err(error) => return refuse(error.sentence_es()),
    };
    if json {
        let answer = serde_json::json!({ "folder": out, "manifest": manifest });
        println!("{answer:#}");
        return Ok(());
    }
    println!(
        "Territorio de demostración «{}» ({}) en {}",
        manifest.territory,
        manifest.note,
        out.display()
    );
    for layer in &manifest.layers {
        println!("  {:<32} {:>4} elementos  {}", layer.file, layer.features, layer.title);
    }
    println!("  {:<32} relieve de 30 m, EPSG:32718", manifest.dem);
    println!(
        "Cada capa se importa con: tupu import {0}/ARCHIVO --profile {0}/perfiles/CAPA.toml --store ALMACEN",
        out.display()
    );
    println!(
        "El relieve se publica con: tupu watershed publish {}/{} --threshold 5ha --synthetic --store ALMACEN",
        out.display(),
        manifest.dem
    );
    Ok(())
}
