//! `tupu serve`: the HTTP interface and its pages.

mod lines;

use self::lines::{Lines, Writing};
use crate::{exit::refuse, rules};
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
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
    /// Cómo se escriben las líneas del registro de actividad: texto, o un objeto JSON por línea.
    #[arg(long, value_enum, default_value_t = Log::Plain, value_name = "FORMA")]
    pub log: Log,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Log {
    /// For eyes.
    Plain,
    /// For programs.
    Json,
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
    let _writing = log_to_stderr(args.log)?;
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
fn log_to_stderr(form: Log) -> anyhow::Result<Writing> {
    let (to, writing) =
        Lines::to(std::io::stderr()).context("el sistema no da un hilo para el registro de actividad")?;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(to)
        .with_ansi(std::io::stderr().is_terminal());
    let begun = match form {
        Log::Plain => lines.try_init(),
        Log::Json => lines.json().flatten_event(true).try_init(),
    };
    // another subscriber may be there already: then its lines are enough
    begun.ok();
    Ok(writing)
}
