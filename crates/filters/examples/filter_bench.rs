//! How fast filters are asked of 70 000 made rights: of each, and of those that the boxes of the filter leave.
//!
//! One line of JSON per filter: how many are accepted, milliseconds for all, milliseconds through an R-tree, the best of five.
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

use filters::{FeatureRecord, Filter, FilterError, Limits, PropertyType, Queryables};
use geo_types::{Coord, LineString, MultiPolygon, Polygon, Rect};
use rstar::{AABB, RTree, primitives::GeomWithData, primitives::Rectangle};
use std::time::Instant;
use territory::{Attributes, Feature, Value};

const RIGHTS: u32 = 70_000;
const ROUNDS: u32 = 5;

/// A linear congruential generator (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    /// From 0 up to below 1.
    fn roll(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A right: a block with a corner cut, somewhere between 81 and 69 west, 18 and 0 south.
fn right(number: u32, dice: &mut Dice) -> Feature {
    let (x, y) = (-81.0 + 12.0 * dice.roll(), -18.0 + 18.0 * dice.roll());
    let size = 0.01 + 0.03 * dice.roll();
    let at = |east: f64, north: f64| Coord {
        x: x + size * east,
        y: y + size * north,
    };
    let ring = vec![
        at(0.0, 0.0),
        at(1.0, 0.0),
        at(1.0, 0.5),
        at(0.5, 1.0),
        at(0.0, 1.0),
        at(0.0, 0.0),
    ];
    let mut attributes = Attributes::default();
    attributes.set("code", Value::Text(format!("01{number:06}")));
    attributes.set("name", Value::Text(format!("SAN PEDRO {}", number % 900)));
    attributes.set("holder", Value::Text(format!("Minera Ñahui {}", number % 700)));
    attributes.set("declared_ha", Value::Real(100.0 * (1.0 + (10.0 * dice.roll()).floor())));
    attributes.set(
        "state_label",
        Value::Text(["TITULADO", "EN TRAMITE", "EXTINGUIDO"][number as usize % 3].to_owned()),
    );
    Feature {
        key: format!("01{number:06}"),
        source_row: u64::from(number) + 1,
        attributes,
        source_fields: serde_json::Map::new(),
        lonlat: MultiPolygon(vec![Polygon::new(LineString(ring), Vec::new())]).into(),
        land: None,
    }
}

/// A star of 2 000 corners over a tenth of the country, as well-known text.
fn star() -> String {
    let vertex = |number: u32| {
        let turn = f64::from(number % 2_000) / 2_000.0 * std::f64::consts::TAU;
        let reach = if number.is_multiple_of(2) { 3.0 } else { 2.6 };
        format!("{} {}", -75.0 + reach * turn.cos(), -9.0 + reach * turn.sin())
    };
    let ring: Vec<String> = (0..=2_000).map(vertex).collect();
    format!("POLYGON(({}))", ring.join(","))
}

fn filters() -> Vec<(&'static str, String)> {
    vec![
        (
            "small box",
            "S_INTERSECTS(geom, BBOX(-78.6,-7.3,-78.4,-7.1))".to_owned(),
        ),
        ("large box", "S_INTERSECTS(geom, BBOX(-79,-14,-72,-4))".to_owned()),
        ("within a box", "S_WITHIN(geom, BBOX(-79,-14,-72,-4))".to_owned()),
        (
            "triangle",
            "S_INTERSECTS(geom, POLYGON((-79 -14,-72 -13,-75 -4,-79 -14)))".to_owned(),
        ),
        ("star of 2000", format!("S_INTERSECTS(geom, {})", star())),
        ("within a star", format!("S_WITHIN(geom, {})", star())),
        (
            "river",
            "S_CROSSES(geom, LINESTRING(-78 -5,-77 -9,-75 -11,-74 -15))".to_owned(),
        ),
        ("key", "code = '01034567'".to_owned()),
        ("text", "state_label = 'TITULADO' AND declared_ha > 500".to_owned()),
        ("like", "CASEI(name) LIKE CASEI('%pedro 12%')".to_owned()),
        (
            "accents",
            "ACCENTI(CASEI(holder)) = ACCENTI(CASEI('MINERA NAHUI 77'))".to_owned(),
        ),
        (
            "box and text",
            "S_INTERSECTS(geom, BBOX(-79,-8,-78,-7)) AND state_label <> 'EXTINGUIDO'".to_owned(),
        ),
    ]
}

type Entry = GeomWithData<Rectangle<[f64; 2]>, usize>;

fn best(mut work: impl FnMut() -> usize) -> (usize, f64) {
    let mut least = f64::INFINITY;
    let mut found = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        found = work();
        least = least.min(start.elapsed().as_secs_f64() * 1e3);
    }
    (found, least)
}

fn main() -> Result<(), FilterError> {
    let mut dice = Dice(20);
    let features: Vec<Feature> = (0..RIGHTS).map(|number| right(number, &mut dice)).collect();
    let boxes: Vec<Option<[f64; 4]>> = features
        .iter()
        .map(|feature| {
            let rect: Rect<f64> = geo::BoundingRect::bounding_rect(&feature.lonlat)?;
            Some([rect.min().x, rect.min().y, rect.max().x, rect.max().y])
        })
        .collect();
    let entries = boxes.iter().enumerate().filter_map(|(at, bounds)| {
        let [west, south, east, north] = (*bounds)?;
        Some(GeomWithData::new(
            Rectangle::from_corners([west, south], [east, north]),
            at,
        ))
    });
    let tree: RTree<Entry> = RTree::bulk_load(entries.collect());
    let queryables = Queryables::new([
        ("code", PropertyType::String),
        ("name", PropertyType::String),
        ("holder", PropertyType::String),
        ("declared_ha", PropertyType::Number),
        ("state_label", PropertyType::String),
        ("geom", PropertyType::Geometry),
    ]);
    for (name, text) in filters() {
        let start = Instant::now();
        let bound = Filter::from_text(&text, &Limits::default())?.bind(&queryables)?;
        let read_ms = start.elapsed().as_secs_f64() * 1e3;
        let accepted = |at: usize| {
            bound.accepts(&FeatureRecord {
                feature: &features[at],
                bbox: boxes[at],
                queryables: &queryables,
            })
        };
        let (found, scan_ms) = best(|| (0..features.len()).filter(|at| accepted(*at)).count());
        let (again, tree_ms) = best(|| match bound.bounds() {
            None => (0..features.len()).filter(|at| accepted(*at)).count(),
            Some(needed) => {
                let mut near: Vec<usize> = needed
                    .iter()
                    .flat_map(|[west, south, east, north]| {
                        tree.locate_in_envelope_intersecting(&AABB::from_corners([*west, *south], [*east, *north]))
                    })
                    .map(|entry| entry.data)
                    .collect();
                near.sort_unstable();
                near.dedup();
                near.into_iter().filter(|at| accepted(*at)).count()
            }
        });
        assert_eq!(found, again, "{name}");
        println!(
            "{}",
            serde_json::json!({
                "filter": name, "accepted": found, "read_ms": read_ms, "scan_ms": scan_ms, "tree_ms": tree_ms,
            })
        );
    }
    Ok(())
}
