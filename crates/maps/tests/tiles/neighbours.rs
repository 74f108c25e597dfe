//! Neighbours stay neighbours, and the bytes stay the same.

use crate::{
    decoder::read_tile,
    made::{Random, source, tile},
};
use geo_types::{Coord, Geometry, LineString, Polygon};
use maps::tiles::TileId;
use std::collections::BTreeMap;

const CELLS: usize = 6;
const STEPS: usize = 64;

/// Cells of a mesh whose borders wander a little, each border made once.
fn mesh() -> Vec<Geometry<f64>> {
    let mut random = Random(3);
    let mut wander = || (random.next() - 0.5) * 0.002;
    let mut side = |from: (usize, usize), to: (usize, usize)| -> Vec<Coord<f64>> {
        let place = |(x, y): (usize, usize)| Coord {
            x: -79.0 + x as f64 * 0.1,
            y: -8.0 + y as f64 * 0.1,
        };
        let (a, b) = (place(from), place(to));
        (0..=STEPS)
            .map(|step| {
                let share = step as f64 / STEPS as f64;
                let off = if step == 0 || step == STEPS {
                    (0.0, 0.0)
                } else {
                    (wander(), wander())
                };
                Coord {
                    x: a.x + share * (b.x - a.x) + off.0,
                    y: a.y + share * (b.y - a.y) + off.1,
                }
            })
            .collect()
    };
    let mut across = BTreeMap::new();
    let mut along = BTreeMap::new();
    for x in 0..=CELLS {
        for y in 0..=CELLS {
            across.insert((x, y), side((x, y), (x + 1, y)));
            along.insert((x, y), side((x, y), (x, y + 1)));
        }
    }
    let cell = |(x, y): (usize, usize)| {
        let back = |line: &[Coord<f64>]| line.iter().rev().copied().collect::<Vec<_>>();
        let mut ring = across[&(x, y)].clone();
        ring.extend(&along[&(x + 1, y)]);
        ring.extend(back(&across[&(x, y + 1)]));
        ring.extend(back(&along[&(x, y)]));
        Geometry::Polygon(Polygon::new(LineString(ring), vec![]))
    };
    (0..CELLS * CELLS).map(|at| cell((at % CELLS, at / CELLS))).collect()
}

/// The directed edges of all rings of a tile, each with how often it is there.
fn edges(bytes: &[u8]) -> BTreeMap<[i64; 4], u32> {
    let mut edges = BTreeMap::new();
    for feature in read_tile(bytes, 64).iter().flat_map(|layer| &layer.features) {
        let Geometry::MultiPolygon(land) = &feature.geometry else {
            panic!("land")
        };
        for polygon in land {
            for line in polygon.exterior().lines() {
                #[expect(clippy::cast_possible_truncation, reason = "whole units of a tile")]
                let edge = [line.start.x, line.start.y, line.end.x, line.end.y].map(|value| value as i64);
                *edges.entry(edge).or_insert(0) += 1;
            }
        }
    }
    edges
}

#[test]
fn the_borders_of_a_mesh_are_the_same_on_both_sides_at_every_zoom() {
    let source = source(mesh());
    for zoom in 7..=15 {
        let id = TileId::holding(zoom, -78.7, -7.7).unwrap();
        let edges = edges(&tile(&source, id));
        let lonely = edges
            .keys()
            .filter(|[a, b, c, d]| !edges.contains_key(&[*c, *d, *a, *b]));
        // the rim of the mesh and the cuts at the buffer have one side only
        let west = crate::made::in_tile(id, Coord { x: -79.0, y: -8.0 });
        let east = crate::made::in_tile(id, Coord { x: -78.4, y: -7.4 });
        let rim = |x: i64, y: i64| {
            let (x, y) = (x as f64, y as f64);
            let slack = (east.x - west.x) * 0.004 + 4.0;
            let on_mesh = [west.x, east.x].iter().any(|edge| (x - edge).abs() < slack)
                || [west.y, east.y].iter().any(|edge| (y - edge).abs() < slack);
            on_mesh || [-64.0, 4160.0].contains(&x) || [-64.0, 4160.0].contains(&y)
        };
        let torn: Vec<_> = lonely.filter(|[a, b, c, d]| !(rim(*a, *b) && rim(*c, *d))).collect();
        assert!(torn.is_empty(), "zoom {zoom}: {torn:?}");
        assert!(
            edges.values().all(|count| *count == 1),
            "zoom {zoom}: no edge is there twice"
        );
        assert!(edges.len() > 8, "zoom {zoom}");
    }
}

#[test]
fn the_same_features_give_the_same_bytes() {
    let (one, other) = (source(mesh()), source(mesh()));
    for zoom in [0, 6, 9, 12, 15] {
        let id = TileId::holding(zoom, -78.7, -7.7).unwrap();
        assert_eq!(tile(&one, id), tile(&other, id));
        assert!(!tile(&one, id).is_empty());
    }
}
