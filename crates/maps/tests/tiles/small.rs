//! No right is lost from afar.

use crate::{
    decoder::read_tile,
    made::{Random, source, tile},
};
use geo::Area;
use geo_types::{Coord, Geometry, Rect};
use maps::tiles::TileId;
use std::collections::BTreeSet;

#[test]
fn every_small_right_is_drawn_with_an_area_at_every_zoom() {
    let mut random = Random(7);
    let places: Vec<(f64, f64)> = (0..600)
        .map(|_| (-81.0 + 12.0 * random.next(), -18.0 + 17.0 * random.next()))
        .collect();
    // 10 m, 100 m and 1 km wide
    let side = |at: usize| [0.000_1, 0.001, 0.01][at % 3];
    let rights = places.iter().enumerate().map(|(at, (x, y))| {
        let far = Coord {
            x: x + side(at),
            y: y + side(at),
        };
        Geometry::Polygon(Rect::new(Coord { x: *x, y: *y }, far).to_polygon())
    });
    let source = source(rights);
    for zoom in 0..=13 {
        let tiles: BTreeSet<TileId> = places
            .iter()
            .map(|(x, y)| TileId::holding(zoom, *x, *y).unwrap())
            .collect();
        let mut seen = BTreeSet::new();
        for id in tiles {
            for layer in read_tile(&tile(&source, id), 64) {
                for feature in &layer.features {
                    assert!(feature.geometry.unsigned_area() >= 0.5, "zoom {zoom}");
                    seen.insert(feature.id);
                }
            }
        }
        assert_eq!(seen.len(), places.len(), "zoom {zoom}");
    }
}

#[test]
fn a_corridor_too_narrow_to_be_seen_and_a_stream_too_short_are_drawn_still() {
    let from = Coord { x: -79.0, y: -8.0 };
    let corridor = Rect::new(from, Coord { x: -77.0, y: -7.999_99 }).to_polygon();
    let stream = geo_types::LineString::from(vec![(-78.0, -7.5), (-78.000_01, -7.5)]);
    let source = source([Geometry::Polygon(corridor), Geometry::LineString(stream)]);
    for zoom in [3, 6, 9] {
        for east in [-78.9, -78.0, -77.2] {
            let layers = read_tile(&tile(&source, TileId::holding(zoom, east, -8.0).unwrap()), 64);
            assert!(!layers.is_empty(), "the corridor at zoom {zoom}, {east}");
        }
        let layers = read_tile(&tile(&source, TileId::holding(zoom, -78.0, -7.5).unwrap()), 64);
        let lines = layers[0]
            .features
            .iter()
            .filter(|feature| matches!(feature.geometry, Geometry::MultiLineString(_)));
        assert_eq!(lines.count(), 1, "the stream at zoom {zoom}");
    }
}
