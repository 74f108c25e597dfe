//! Figures for those who watch over the server.

use super::{Answer, Site};
use crate::{answer::document, current::Current, finish::nothing_here, metrics::Page, params::Params, shared::Shared};
use actix_web::HttpRequest;
use std::{collections::BTreeMap, fs};
use territory::LayerKind;

const MEDIA: &str = "text/plain; version=0.0.4; charset=utf-8";

/// `/metrics`
pub(crate) async fn metrics(request: HttpRequest, site: Site) -> Answer {
    if !site.config.metrics {
        return Err(nothing_here());
    }
    Params::read(request.query_string(), &[])?;
    let mut page = Page::default();
    page.family("tupu_info", "gauge", "La versión del programa.");
    page.value("tupu_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
    if let Some(bytes) = resident_bytes() {
        page.gauge(
            "process_resident_memory_bytes",
            "Octetos de memoria que ocupa el programa.",
            bytes,
        );
    }
    site.metrics.write(&mut page);
    work(&site, &mut page);
    let current = site.current();
    page.gauge("tupu_ready", "1 si hay datos que servir.", u8::from(current.is_ok()));
    let kept = site.rules.fault().is_some();
    page.gauge(
        "tupu_rules_faulty",
        "1 si la carpeta de reglas tiene defectos y rigen las de antes.",
        u8::from(kept),
    );
    if let Ok(current) = current {
        data(&current, &mut page);
    }
    Ok(document(MEDIA, None, page.text()))
}

/// What waits and what runs.
fn work(site: &Shared, page: &mut Page) {
    let pool = site.pool.load();
    page.gauge(
        "tupu_pool_places",
        "Consultas que pueden calcularse a la vez.",
        pool.places,
    );
    page.gauge("tupu_pool_busy", "Consultas que se calculan.", pool.busy);
    page.gauge("tupu_pool_waiting", "Consultas que esperan su turno.", pool.waiting);
    let places = site.config.uploads.at_once;
    page.gauge(
        "tupu_uploads_busy",
        "Envíos que se reciben o se leen.",
        places - site.uploads.available_permits().min(places),
    );
    let jobs = site.jobs.counts();
    page.family("tupu_jobs", "gauge", "Trabajos, por su estado.");
    for (state, count) in [
        ("accepted", jobs.accepted),
        ("running", jobs.running),
        ("successful", jobs.successful),
        ("failed", jobs.failed),
    ] {
        page.value("tupu_jobs", &[("status", state)], count);
    }
    page.gauge(
        "tupu_jobs_bytes",
        "Octetos de resultados de trabajos que se guardan.",
        jobs.bytes,
    );
    let register = fs::metadata(site.register.path()).map_or(0, |file| file.len());
    page.gauge("tupu_register_bytes", "Octetos del registro de informes.", register);
}

/// The snapshot, its layers and the tiles that were made of it.
fn data(current: &Current, page: &mut Page) {
    let snapshot = &current.snapshot;
    page.gauge(
        "tupu_snapshot_generation",
        "Número de la publicación que se sirve.",
        snapshot.generation,
    );
    page.gauge(
        "tupu_snapshot_age_seconds",
        "Segundos desde que se leyó el almacén por última vez.",
        current.read_at.elapsed().as_secs(),
    );
    let kinds = snapshot.kinds();
    let mut layers: BTreeMap<LayerKind, (u64, u64, i64)> = BTreeMap::new();
    for kind in kinds {
        let each = layers.entry(kind).or_insert((0, 0, i64::MIN));
        for edition in snapshot.collection(kind) {
            each.0 += 1;
            each.1 += edition.meta.counts.kept;
            each.2 = each.2.max(edition.meta.published_at.as_second());
        }
    }
    page.family("tupu_layer_editions", "gauge", "Ediciones en servicio, por capa.");
    for (kind, (editions, ..)) in &layers {
        page.value("tupu_layer_editions", &[("layer", kind.id())], editions);
    }
    page.family("tupu_layer_features", "gauge", "Elementos en servicio, por capa.");
    for (kind, (_, features, _)) in &layers {
        page.value("tupu_layer_features", &[("layer", kind.id())], features);
    }
    let name = "tupu_layer_published_timestamp_seconds";
    page.family(name, "gauge", "Cuándo se publicó la edición más reciente de cada capa.");
    for (kind, (_, _, published)) in &layers {
        page.value(name, &[("layer", kind.id())], published);
    }
    let cache = current.tiles.cache.load();
    page.gauge("tupu_tile_cache_bytes", "Octetos de teselas guardadas.", cache.bytes);
    page.gauge("tupu_tile_cache_tiles", "Teselas guardadas.", cache.tiles);
    let name = "tupu_tile_cache_asked_total";
    page.family(
        name,
        "counter",
        "Teselas pedidas desde la última publicación: las que estaban guardadas (hit) y las que no (miss).",
    );
    for (result, count) in [("hit", cache.hits), ("miss", cache.misses)] {
        page.value(name, &[("result", result)], count);
    }
}

/// The resident memory of this process, where the system tells.
fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}
