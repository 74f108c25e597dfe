//! A synthetic national set: how long it takes to publish and to load, and how much memory.
//!
//! ```text
//! cargo run --release -p store --example national -- make national.gpkg
//! cargo run --release -p store --example national -- load national.gpkg
//! cargo run --release -p store --example national -- million million.gpkg
//! ```
#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]

use crs::UtmZone;
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use jiff::Timestamp;
use std::{error::Error, f64::consts::TAU, time::Instant};
use store::{DraftEdition, Snapshot, SnapshotOptions, Store};
use territory::{
    AsOf, Attributes, Counts, Coverage, Feature, Land, LayerKind, NewFeature, Operation, Series, Shape, Value,
    Visibility,
};

/// Kind, features, vertices of each, radius in degrees.
const LAYERS: [(LayerKind, u64, u32, f64); 4] = [
    (LayerKind::Concessions, 70_000, 7, 0.008),
    (LayerKind::Zoning, 10_000, 277, 0.05),
    (LayerKind::Communities, 7_000, 300, 0.06),
    (LayerKind::Districts, 1_900, 1_500, 0.12),
];
const PUBLISHED: &str = "2026-01-02T00:00:00Z";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", path] => make(path, &LAYERS),
        ["million", path] => make(path, &[(LayerKind::LandUse, 1_000_000, 40, 0.01)]),
        ["load", path] => load(path),
        _ => Err("usage: national make|load|million PATH".into()),
    }
}

fn make(path: &str, layers: &[(LayerKind, u64, u32, f64)]) -> Result<(), Box<dyn Error>> {
    let store = Store::create(path)?;
    for &(kind, features, vertices, radius) in layers {
        let begun = Instant::now();
        let mut random = Random(kind as u64 + 1);
        let mut draft = store.begin(edition(kind))?;
        for row in 1..=features {
            draft.push(feature(kind, row, vertices, radius, &mut random)?)?;
        }
        let pushed = begun.elapsed();
        let counts = Counts {
            read: features,
            kept: features,
            rejected: 0,
            repaired: 0,
        };
        let meta = draft.commit(counts, serde_json::Value::Null, PUBLISHED.parse::<Timestamp>()?)?;
        println!(
            "{}: {features} features pushed in {pushed:.1?}, in all {:.1?}",
            meta.id,
            begun.elapsed()
        );
    }
    println!("file {} MB, {}", std::fs::metadata(path)?.len() >> 20, memory());
    Ok(())
}

fn load(path: &str) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let store = Store::open_read(path)?;
    let as_of = AsOf {
        valid: "2026-06-01".parse()?,
        known: "2026-06-01T00:00:00Z".parse()?,
    };
    let options = SnapshotOptions {
        ceiling: Visibility::Public,
        as_of,
    };
    let snapshot = Snapshot::load(&store, options)?;
    println!(
        "loaded {:?} in {:.2?}, {}",
        snapshot.counts(),
        begun.elapsed(),
        memory()
    );
    let again = Instant::now();
    Snapshot::load(&store, options)?;
    println!("again, shared, in {:.2?}", again.elapsed());
    let search = Instant::now();
    let names = snapshot
        .search_by_name(LayerKind::Communities, "comunidda 6999", 5)
        .len();
    println!("first name search {:.2?} ({names} found)", search.elapsed());
    let queries = Instant::now();
    let mut near = 0;
    for community in snapshot
        .collection(LayerKind::Communities)
        .flat_map(|edition| edition.features.iter())
    {
        let Some(rect) = geo::BoundingRect::bounding_rect(&community.lonlat) else {
            continue;
        };
        let bounds = [rect.min().x, rect.min().y, rect.max().x, rect.max().y];
        near += snapshot
            .editions
            .iter()
            .map(|edition| edition.touching(bounds, 0.001).len())
            .sum::<usize>();
    }
    println!(
        "boxes round each community: {near} features in {:.2?}",
        queries.elapsed()
    );
    Ok(())
}

fn edition(kind: LayerKind) -> DraftEdition {
    DraftEdition {
        kind,
        series: Series {
            publisher: "Sintético".into(),
            territory: "Perú".into(),
        },
        title: format!("{kind}, datos sintéticos"),
        source: "programa de medida".into(),
        licence: "ninguna".into(),
        visibility: Visibility::Public,
        valid_from: jiff::civil::date(2026, 1, 1),
        valid_until: None,
        scale_denominator: Some(100_000),
        sigma_m: Some(50.0),
        coverage: Coverage::National,
        crs: "EPSG:4326".into(),
        operation: Operation {
            id: "none".into(),
            accuracy_m: 0.0,
        },
        synthetic: true,
    }
}

fn feature(
    kind: LayerKind,
    row: u64,
    vertices: u32,
    radius: f64,
    random: &mut Random,
) -> Result<NewFeature, Box<dyn Error>> {
    let centre = Coord {
        x: -80.0 + 11.0 * random.next(),
        y: -17.5 + 16.5 * random.next(),
    };
    let ring: LineString<f64> = (0..vertices)
        .map(|vertex| {
            let (sin, cos) = (TAU * f64::from(vertex) / f64::from(vertices)).sin_cos();
            let reach = radius * (0.7 + 0.3 * random.next());
            Coord {
                x: centre.x + reach * cos,
                y: centre.y + reach * sin,
            }
        })
        .collect();
    let lonlat = Geometry::MultiPolygon(MultiPolygon(vec![Polygon::new(ring, Vec::new())]));
    let zone = UtmZone::of_longitude(centre.x).ok_or("outside the zones")?;
    let land = Some(Land::new(zone, Shape::from_lonlat(&lonlat, zone)?));
    let feature = Feature {
        key: format!("{row:09}"),
        source_row: row,
        attributes: attributes(kind, row),
        source_fields: source_fields(row),
        lonlat,
        land,
    };
    Ok(NewFeature { feature, source: None })
}

fn attributes(kind: LayerKind, row: u64) -> Attributes {
    let mut attributes = Attributes::default();
    let mut text = |field: &str, words: String| attributes.set(field, Value::Text(words));
    text("code", format!("{row:09}"));
    text(
        "name",
        format!(
            "{} {row}",
            if kind == LayerKind::Communities {
                "Comunidad"
            } else {
                "Elemento"
            }
        ),
    );
    text("holder", format!("SOCIEDAD MINERA NÚMERO {} S.A.C.", row % 5_000));
    text("state_code", "T".into());
    text("state_label", "D.M. Titulado D.L. 708".into());
    text("state_group", "titulado".into());
    text("substance", "METÁLICA".into());
    text("department", "CAJAMARCA".into());
    text("province", "HUALGAYOC".into());
    text("district", "BAMBAMARCA".into());
    attributes.set("declared_ha", Value::Real(100.0));
    attributes.set("filed_at", Value::Date(jiff::civil::date(1998, 5, 4)));
    attributes
}

fn source_fields(row: u64) -> serde_json::Map<String, serde_json::Value> {
    ["OBJECTID", "CARTA", "ZONA", "DEPA", "FEC_DENU", "HECTAGIS"]
        .into_iter()
        .map(|name| (name.to_owned(), serde_json::Value::from(row)))
        .collect()
}

/// Resident memory and its peak, as the kernel tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines: Vec<&str> = status
        .lines()
        .filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"))
        .collect();
    lines.join(", ").replace([' ', '\t'], "")
}

/// Numbers in [0, 1), the same every time (a 64-bit linear congruence, Knuth's constants).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}
