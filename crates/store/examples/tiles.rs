//! Vector tiles of a store: how long editions take to be made ready, how much memory, and tiles a second on one thread, zoom by zoom.
//!
//! ```text
//! cargo run --release -p store --example tiles -- national.gpkg [tiles for each zoom]
//! ```
#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]

use maps::tiles::{TileId, TileLayer, TileSource, encode_tile};
use std::{collections::BTreeSet, error::Error, time::Duration, time::Instant};
use store::{Snapshot, SnapshotOptions, Store};
use territory::{AsOf, LayerKind, Visibility};

const BUFFER: u32 = 64;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("tiles STORE [COUNT]")?;
    let count: usize = arguments.next().map_or(Ok(400), |text| text.parse())?;
    let store = Store::open_read(path)?;
    let as_of = AsOf {
        valid: "2027-01-01".parse()?,
        known: jiff::Timestamp::MAX,
    };
    let snapshot = Snapshot::load(
        &store,
        SnapshotOptions {
            ceiling: Visibility::Public,
            as_of,
        },
    )?;
    let sources = made_ready(&snapshot);
    println!("layers,zoom,tiles,filled,tiles_per_s,p50_ms,p99_ms,slowest_ms,mean_kB,largest_kB");
    let every: Vec<LayerKind> = snapshot.kinds();
    for zoom in 5..=14 {
        let tiles = sample(&snapshot, zoom, count);
        for kind in &every {
            measure(&sources, &[*kind], zoom, &tiles);
        }
        measure(&sources, &every, zoom, &tiles);
    }
    Ok(())
}

fn made_ready(snapshot: &Snapshot) -> Vec<(LayerKind, TileSource)> {
    let ready = |edition: &std::sync::Arc<store::Edition>| {
        let began = Instant::now();
        let source = TileSource::build(edition.meta.series_id(), &edition.meta.id, &edition.features);
        let megabytes = source.bytes() as f64 / 1e6;
        println!(
            "# {}: {} features ready in {:.2?}, {megabytes:.1} MB",
            edition.meta.id,
            edition.features.len(),
            began.elapsed()
        );
        (edition.meta.kind, source)
    };
    snapshot.editions.iter().map(ready).collect()
}

/// Tiles round features of all layers, spread over each edition, every tile once.
fn sample(snapshot: &Snapshot, zoom: u8, count: usize) -> Vec<TileId> {
    let mut tiles = BTreeSet::new();
    for edition in &snapshot.editions {
        let step = (edition.features.len() / count).max(1);
        for feature in edition.features.iter().step_by(step) {
            let corner = geo::BoundingRect::bounding_rect(&feature.lonlat).map(geo_types::Rect::min);
            tiles.extend(corner.and_then(|corner| TileId::holding(zoom, corner.x, corner.y)));
        }
    }
    let step = (tiles.len() / count).max(1);
    tiles.into_iter().step_by(step).take(count).collect()
}

fn measure(sources: &[(LayerKind, TileSource)], kinds: &[LayerKind], zoom: u8, tiles: &[TileId]) {
    let of = |kind: &LayerKind| -> Vec<&TileSource> {
        sources
            .iter()
            .filter(|(of, _)| of == kind)
            .map(|(_, source)| source)
            .collect()
    };
    let own: Vec<(LayerKind, Vec<&TileSource>)> = kinds.iter().map(|kind| (*kind, of(kind))).collect();
    let layers: Vec<TileLayer<'_>> = own
        .iter()
        .map(|(kind, sources)| TileLayer {
            name: kind.id(),
            sources,
        })
        .collect();
    let mut times = Vec::new();
    let mut sizes = Vec::new();
    for tile in tiles {
        let began = Instant::now();
        sizes.push(encode_tile(*tile, &layers, BUFFER).len());
        times.push(began.elapsed());
    }
    let whole: Duration = times.iter().sum();
    times.sort_unstable();
    let ms = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    let filled = sizes.iter().filter(|size| **size > 0).count();
    let name = if kinds.len() == 1 { kinds[0].id() } else { "all" };
    println!(
        "{name},{zoom},{},{filled},{:.0},{:.3},{:.3},{:.2},{:.1},{:.0}",
        tiles.len(),
        tiles.len() as f64 / whole.as_secs_f64(),
        ms(50),
        ms(99),
        ms(100),
        sizes.iter().sum::<usize>() as f64 / 1e3 / sizes.len() as f64,
        sizes.iter().max().copied().unwrap_or_default() as f64 / 1e3,
    );
}
