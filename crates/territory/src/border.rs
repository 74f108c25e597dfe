//! How far two borders lie from one another: their Hausdorff distance, in metres of one zone.
//!
//! The farthest point of one border from the other may lie inside an edge, so edges are halved while a bound allows more than
//! what was found. Two bounds are used: the distance grows by no more than the way walked, and the distance to one straight
//! edge is convex, so along an edge it is greatest at an end.

use crate::Feature;
use crate::shape::{Box2, GRID_PER_METRE};
use crs::UtmZone;
use geo::CoordsIter;
use geo_types::{Coord, Geometry};

type Point = [f64; 2];
type Edge = [Point; 2];

/// The distance found is at most this many metres below the true one.
const EXACTNESS: f64 = 0.01;
const EDGES_PER_BLOCK: usize = 16;

/// The edges of a border, a line or points (edges without length), in metres.
pub(crate) struct Border {
    edges: Vec<Edge>,
    blocks: Vec<Box2>,
}

impl Border {
    /// The border of a feature in `zone`; empty where it has no coordinates or the projection refuses them.
    pub(crate) fn of(feature: &Feature, zone: UtmZone) -> Self {
        let edges = match &feature.land {
            Some(land) => {
                let shape = land.shape_in(zone, &feature.lonlat);
                let metres = |[x, y]: Point| [x / GRID_PER_METRE, y / GRID_PER_METRE];
                let rings = shape.rings.iter().flat_map(|ring| shape.edges(*ring));
                rings.map(|(p, q)| [metres(p), metres(q)]).collect()
            }
            None => line_edges(&feature.lonlat, zone).unwrap_or_default(),
        };
        Self::from_edges(edges)
    }

    fn from_edges(edges: Vec<Edge>) -> Self {
        let blocks = edges
            .chunks(EDGES_PER_BLOCK)
            .map(|edges| {
                let mut bounds = Box2::EMPTY;
                for point in edges.iter().flatten() {
                    bounds.add(*point);
                }
                bounds
            })
            .collect();
        Self { edges, blocks }
    }

    /// The greatest distance from a point of either border to the other; none where one of them is empty.
    pub(crate) fn distance_to(&self, other: &Self) -> Option<f64> {
        if self.edges.is_empty() || other.edges.is_empty() {
            return None;
        }
        let there = self.farthest_from(other, 0.0);
        Some(other.farthest_from(self, there))
    }

    /// The greatest distance from a point of this border to the other, or `found` where that is more.
    fn farthest_from(&self, other: &Self, found: f64) -> f64 {
        let mut known: Vec<[u64; 4]> = other.edges.iter().map(unordered).collect();
        known.sort_unstable();
        let mut farthest = found;
        let mut open: Vec<Edge> = Vec::new();
        for edge in &self.edges {
            if known.binary_search(&unordered(edge)).is_ok() {
                continue;
            }
            open.push(*edge);
            while let Some([p, q]) = open.pop() {
                let Reach { from_p, from_q, both } = other.reach(p, q);
                farthest = farthest.max(from_p).max(from_q);
                let most = both.min((from_p + from_q + length([p, q])) / 2.0);
                if most > farthest + EXACTNESS {
                    let middle = [f64::midpoint(p[0], q[0]), f64::midpoint(p[1], q[1])];
                    open.extend([[p, middle], [middle, q]]);
                }
            }
        }
        farthest
    }

    fn reach(&self, p: Point, q: Point) -> Reach {
        let mut reach = Reach {
            from_p: f64::INFINITY,
            from_q: f64::INFINITY,
            both: f64::INFINITY,
        };
        for (block, bounds) in self.blocks.iter().enumerate() {
            let (near_p, near_q) = (to_box(p, bounds), to_box(q, bounds));
            if near_p >= reach.from_p && near_q >= reach.from_q && near_p.max(near_q) >= reach.both {
                continue;
            }
            let first = block * EDGES_PER_BLOCK;
            let end = self.edges.len().min(first + EDGES_PER_BLOCK);
            for edge in &self.edges[first..end] {
                let (from_p, from_q) = (to_edge(p, *edge), to_edge(q, *edge));
                reach.from_p = reach.from_p.min(from_p);
                reach.from_q = reach.from_q.min(from_q);
                reach.both = reach.both.min(from_p.max(from_q));
            }
        }
        reach
    }
}

/// Distances from both ends of an edge to a border, and the least by which one single edge reaches both.
struct Reach {
    from_p: f64,
    from_q: f64,
    both: f64,
}

/// An edge whichever way it runs.
fn unordered([p, q]: &Edge) -> [u64; 4] {
    let bits = |[x, y]: &Point| [(x + 0.0).to_bits(), (y + 0.0).to_bits()];
    let (p, q) = (bits(p), bits(q));
    let (one, other) = if p <= q { (p, q) } else { (q, p) };
    [one[0], one[1], other[0], other[1]]
}

fn length([p, q]: Edge) -> f64 {
    let (dx, dy) = (q[0] - p[0], q[1] - p[1]);
    (dx * dx + dy * dy).sqrt()
}

fn to_box([x, y]: Point, Box2([west, south, east, north]): &Box2) -> f64 {
    let dx = (west - x).max(x - east).max(0.0);
    let dy = (south - y).max(y - north).max(0.0);
    (dx * dx + dy * dy).sqrt()
}

fn to_edge(point: Point, [p, q]: Edge) -> f64 {
    let (dx, dy) = (q[0] - p[0], q[1] - p[1]);
    let squared = dx * dx + dy * dy;
    let along = if squared > 0.0 {
        (((point[0] - p[0]) * dx + (point[1] - p[1]) * dy) / squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    length([point, [p[0] + along * dx, p[1] + along * dy]])
}

/// Lines as edges and points as edges without length; none where the projection refuses a coordinate.
fn line_edges(lonlat: &Geometry<f64>, zone: UtmZone) -> Option<Vec<Edge>> {
    let mut coords: Vec<Coord<f64>> = lonlat.coords_iter().collect();
    crs::lonlat_to_utm(&mut coords, zone).ok()?;
    let points: Vec<Point> = coords.iter().map(|c| [c.x, c.y]).collect();
    let lengths: Vec<usize> = match lonlat {
        Geometry::LineString(line) => vec![line.0.len()],
        Geometry::MultiLineString(lines) => lines.iter().map(|line| line.0.len()).collect(),
        Geometry::Line(_) => vec![2],
        _ => vec![1; points.len()],
    };
    let mut edges = Vec::with_capacity(points.len());
    let mut rest = points.as_slice();
    for length in lengths {
        let (line, after) = rest.split_at(length.min(rest.len()));
        rest = after;
        match line {
            [one] => edges.push([*one, *one]),
            _ => edges.extend(line.windows(2).map(|pair| [pair[0], pair[1]])),
        }
    }
    Some(edges)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[Point]) -> Border {
        let edges = points.iter().zip(points.iter().cycle().skip(1)).map(|(p, q)| [*p, *q]);
        Border::from_edges(edges.collect())
    }

    fn far(one: &[Point], other: &[Point]) -> f64 {
        ring(one).distance_to(&ring(other)).unwrap()
    }

    const SQUARE: [Point; 4] = [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]];

    #[test]
    fn a_border_lies_nowhere_from_itself_wherever_it_begins_and_however_it_runs() {
        let turned = [[100.0, 100.0], [100.0, 0.0], [0.0, 0.0], [0.0, 100.0]];
        assert!(far(&SQUARE, &turned).abs() < 1e-12);
    }

    #[test]
    fn a_point_added_on_an_edge_moves_nothing() {
        let five = [[0.0, 0.0], [50.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]];
        assert!(far(&SQUARE, &five).abs() < 1e-12);
    }

    #[test]
    fn the_farthest_point_may_lie_inside_an_edge() {
        // a notch between two corners: its sides start on the border, its bottom is 30 m inside, and so is no corner of the square
        let notched = [
            [0.0, 0.0],
            [40.0, 0.0],
            [40.0, 30.0],
            [60.0, 30.0],
            [60.0, 0.0],
            [100.0, 0.0],
            [100.0, 100.0],
            [0.0, 100.0],
        ];
        assert!((far(&SQUARE, &notched) - 30.0).abs() <= EXACTNESS);
        // the middle of the bottom edge is 10 m from the notch's corners: only halving finds it
        let bottom = Border::from_edges(vec![[[0.0, 0.0], [100.0, 0.0]]]);
        let two = Border::from_edges(vec![[[0.0, 0.0], [0.0, 0.0]], [[100.0, 0.0], [100.0, 0.0]]]);
        let found = bottom.farthest_from(&two, 0.0);
        assert!((found - 50.0).abs() <= EXACTNESS, "{found}");
    }

    #[test]
    fn an_island_that_appears_counts_from_either_side() {
        let mut with_island = ring(&SQUARE).edges;
        with_island.extend(ring(&[[500.0, 0.0], [510.0, 0.0], [505.0, 10.0]]).edges);
        let with_island = Border::from_edges(with_island);
        let found = ring(&SQUARE).distance_to(&with_island).unwrap();
        assert!((found - 410.0).abs() <= EXACTNESS, "{found}");
        assert!((with_island.distance_to(&ring(&SQUARE)).unwrap() - found).abs() <= EXACTNESS);
    }
}
