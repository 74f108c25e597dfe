//! The start and the end of the server.

use crate::{
    config::Config,
    finish::finish,
    jobs::Workers,
    routes,
    rules::{Rules, RulesError},
    seals::{SealError, Seals},
    shared::Shared,
    watch::Watch,
};
use actix_web::{
    App, HttpServer,
    dev::ServerHandle,
    middleware::{Compress, NormalizePath, from_fn},
    rt::{
        System,
        signal::unix::{SignalKind, signal},
        spawn,
    },
    web::Data,
};
use conflicts::Shelf;
use std::{io, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

/// What a server needs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Limits and doors.
    pub config: Config,
    /// The rules of its checks where the settings name no folder.
    pub shelf: Shelf,
    /// The store's file; it may come later, and may be replaced.
    pub store: PathBuf,
}

/// A server that listens.
#[derive(Debug)]
pub struct Started {
    /// Where, with the port that was taken.
    pub addr: SocketAddr,
    /// Ends it.
    pub stop: Stop,
}

/// Ends a server from another thread.
#[derive(Clone, Debug)]
pub struct Stop(ServerHandle);

impl Stop {
    /// Takes no more connections and lets the requests in flight end.
    pub fn stop(&self) {
        // the command is sent at once; the future only waits for its end
        drop(self.0.stop(true));
    }
}

/// Why a server did not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not ours.
    #[error("cannot listen on {addr}: {source}")]
    Bind {
        /// The address.
        addr: SocketAddr,
        /// The system's reason.
        source: io::Error,
    },
    /// The rulebooks cannot be used.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// The key or another setting of the seal cannot be used.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The system refused threads, signals or sockets.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl ServeError {
    /// What happened and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Bind { addr, source } => format!(
                "No se puede escuchar en {addr}: {source}. Elija otra dirección o puerto con --addr; el puerto 0 toma uno libre."
            ),
            Self::Rules(error) => error.sentence_es(),
            Self::Seal(error) => error.sentence_es(),
            Self::Io(source) => format!("El sistema no permite servir: {source}."),
        }
    }
}

/// Serves until SIGTERM, SIGINT or [`Stop`]; requests in flight end first, unless the signal comes twice. `started` hears of the address once it listens.
///
/// # Errors
/// When the rulebooks are faulty, the key cannot be used, the address cannot be bound, or the system refuses threads.
pub fn serve(settings: Settings, started: impl FnOnce(Started)) -> Result<(), ServeError> {
    let Settings { config, shelf, store } = settings;
    let rules = Rules::open(config.rules.clone(), shelf)?;
    let seals = Seals::open(&config.seal)?;
    let shared = Arc::new(Shared::new(config, rules, seals, store));
    System::new().block_on(run(shared, started))
}

async fn run(shared: Arc<Shared>, started: impl FnOnce(Started)) -> Result<(), ServeError> {
    let config = shared.config.clone();
    let site = Data::from(Arc::clone(&shared));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .wrap(from_fn(finish))
            .wrap(Compress::default())
            .wrap(NormalizePath::trim())
            .configure(routes::configure)
    })
    .workers(config.worker_count())
    .worker_max_blocking_threads(config.job_count() + 1)
    .max_connections(config.connections)
    .keep_alive(Duration::from_secs(config.keep_alive_s))
    .client_request_timeout(Duration::from_secs(config.head_s))
    .client_disconnect_timeout(Duration::from_secs(config.head_s))
    .shutdown_timeout(config.shutdown_s)
    .disable_signals()
    .bind(config.addr)
    .map_err(|source| ServeError::Bind {
        addr: config.addr,
        source,
    })?;
    let addr = server.addrs().first().copied().unwrap_or(config.addr);
    let workers = Workers::begin(&shared)?;
    let watch = Watch::begin(shared)?;
    let server = server.run();
    let stop = Stop(server.handle());
    for kind in [SignalKind::terminate(), SignalKind::interrupt()] {
        let (mut signal, stop) = (signal(kind)?, stop.clone());
        spawn(async move {
            if signal.recv().await.is_some() {
                stop.stop();
            }
            // who asks again does not want to wait
            if signal.recv().await.is_some() {
                drop(stop.0.stop(false));
            }
        });
    }
    started(Started { addr, stop });
    let ended = server.await;
    drop(watch);
    drop(workers);
    Ok(ended?)
}
