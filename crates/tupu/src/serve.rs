//! `tupu serve`: the HTTP interface and its pages.

use crate::{exit::refuse, rules};
use anyhow::bail;
use clap::Args;
use server::{Config, Settings};
use std::{
    io::{IsTerminal, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
};
use tracing_subscriber::EnvFilter;

/// Sirve la interfaz HTTP y las páginas, hasta que se le pide terminar (Ctrl-C o SIGTERM).
#[derive(Args)]
pub struct ServeArgs {
    /// El almacén (GeoPackage) que se sirve; se vuelve a leer solo cuando alguien publica en él.
    #[arg(long, value_name = "ALMACEN")]
    pub store: PathBuf,
    /// Dirección y puerto; 127.0.0.1 atiende solo a este equipo, y el puerto 0 toma uno libre.
    #[arg(long, value_name = "IP:PUERTO")]
    pub addr: Option<SocketAddr>,
    /// Archivo de límites y puertas, en lugar de config/server.toml.
    #[arg(long, value_name = "ARCHIVO")]
    pub config: Option<PathBuf>,
    /// Carpeta de un libro de reglas, o de una carpeta por versión; se vuelve a leer sola cuando cambia.
    #[arg(long, value_name = "CARPETA")]
    pub rules: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: ServeArgs) -> anyhow::Result<()> {
    let shelf = rules::shelf(None)?;
    let mut config = config(args.config.as_deref())?;
    if args.rules.is_some() {
        config.rules = args.rules;
    }
    if let Some(addr) = args.addr {
        config.addr = addr;
    }
    log_to_stderr();
    let settings = Settings {
        config,
        shelf,
        store: args.store,
    };
    let started = |started: server::Started| {
        println!("escuchando en http://{}", started.addr);
        std::io::stdout().flush().ok();
    };
    match server::serve(settings, started) {
        Ok(()) => Ok(()),
        Err(error) => bail!("{}", error.sentence_es()),
    }
}

fn config(path: Option<&Path>) -> anyhow::Result<Config> {
    let Some(path) = path else {
        return Ok(Config::default());
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return refuse(format!("no se puede leer {}: {error}", path.display())),
    };
    match Config::parse(&text) {
        Ok(config) => Ok(config),
        Err(error) => refuse(format!("{}: {}", path.display(), error.sentence_es())),
    }
}

/// One line for each request, without what was asked: method, route, status and milliseconds. `RUST_LOG` says how much.
fn log_to_stderr() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    let plain = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // another subscriber may be there already: then its lines are enough
    plain.try_init().ok();
}
