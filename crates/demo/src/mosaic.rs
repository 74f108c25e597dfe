//! From labels on the lattice to polygons whose shared borders are the same points on both sides.
//!
//! Borders run along cell sides from node to node; each is smoothed and thinned once, then strung into rings. Lines that
//! several layers share (the province's edge, the divide, the lake's shore) are drawn once and lent to all: the `Outline`.

use crate::lattice::{Lattice, TERRITORY};
use crate::patches::{Labels, OUTSIDE};
use crate::rings::polygons;
use geo_types::MultiPolygon;
use std::collections::BTreeMap;

/// Easting and northing in metres, EPSG:32718.
pub type Place = (f64, f64);

/// How much a border is smoothed and thinned.
#[derive(Clone, Copy, Debug)]
pub struct Drawing {
    /// Times that each point moves towards its neighbours.
    pub rounds: usize,
    /// Metres that a left-out point may lie off the line.
    pub tolerance: f64,
}

/// Where each corner of the lattice lies on a line that layers share.
#[derive(Clone, Debug)]
pub struct Outline {
    base: Labels,
    corners: Vec<Option<(Place, bool)>>,
}

/// A border between two labels, from node to node, or closed.
#[derive(Debug)]
pub struct Arc {
    /// Label on the left of its direction.
    pub left: u16,
    /// Label on the right.
    pub right: u16,
    /// First and last corner: rings are strung by these.
    pub ends: (usize, usize),
    /// Its points.
    pub places: Vec<Place>,
}

const ACROSS: usize = TERRITORY.width + 1;

/// East, south, west, north: the corner one side further.
fn step(corner: usize, direction: usize) -> Option<usize> {
    let (x, y) = (corner % ACROSS, corner / ACROSS);
    match direction {
        0 => (x < TERRITORY.width).then_some(corner + 1),
        1 => (y < TERRITORY.height).then_some(corner + ACROSS),
        2 => (x > 0).then(|| corner - 1),
        _ => (y > 0).then(|| corner - ACROSS),
    }
}

/// Labels left and right of the side that leaves a corner in a direction.
fn sides(labels: &Labels, corner: usize, direction: usize) -> (u16, u16) {
    let (x, y) = (corner % ACROSS, corner / ACROSS);
    let at = |dx: usize, dy: usize| match ((x + dx).checked_sub(1), (y + dy).checked_sub(1)) {
        (Some(column), Some(row)) if column < TERRITORY.width && row < TERRITORY.height => {
            labels[TERRITORY.index(column, row)]
        }
        _ => OUTSIDE,
    };
    let (nw, ne, sw, se) = (at(0, 0), at(1, 0), at(0, 1), at(1, 1));
    [(ne, se), (se, sw), (sw, nw), (nw, ne)][direction]
}

fn place(corner: usize) -> Place {
    let Lattice { cell, west, north, .. } = TERRITORY;
    (
        west + (corner % ACROSS) as f64 * cell,
        north - (corner / ACROSS) as f64 * cell,
    )
}

/// A run of corners from node to node.
struct Chain {
    left: u16,
    right: u16,
    corners: Vec<usize>,
    lent: bool,
    /// Closed, and no other border meets it: its first point is like any other.
    free: bool,
}

struct Tracer<'a> {
    labels: &'a Labels,
    outline: Option<&'a Outline>,
}

impl Tracer<'_> {
    fn is_border(&self, corner: usize, direction: usize) -> bool {
        let (left, right) = sides(self.labels, corner, direction);
        left != right && step(corner, direction).is_some()
    }

    fn is_lent(&self, corner: usize, direction: usize) -> bool {
        self.outline.is_some_and(|outline| {
            let (left, right) = sides(&outline.base, corner, direction);
            left != right
        })
    }

    fn exits(&self, corner: usize) -> Vec<usize> {
        (0..4).filter(|&direction| self.is_border(corner, direction)).collect()
    }

    fn is_node(&self, corner: usize) -> bool {
        let exits = self.exits(corner);
        exits.len() > 2 || exits.len() == 2 && self.is_lent(corner, exits[0]) != self.is_lent(corner, exits[1])
    }

    fn chains(&self) -> Vec<Chain> {
        let corners = ACROSS * (TERRITORY.height + 1);
        let nodes: Vec<bool> = (0..corners).map(|corner| self.is_node(corner)).collect();
        let mut walked = vec![[false; 4]; corners];
        let mut chains = Vec::new();
        for only_nodes in [true, false] {
            for start in (0..corners).filter(|&corner| nodes[corner] || !only_nodes) {
                for direction in self.exits(start) {
                    if !walked[start][direction] {
                        chains.push(self.walk(start, direction, &nodes, &mut walked));
                    }
                }
            }
        }
        chains
    }

    fn walk(&self, start: usize, direction: usize, nodes: &[bool], walked: &mut [[bool; 4]]) -> Chain {
        let (left, right) = sides(self.labels, start, direction);
        let mut chain = Chain {
            left,
            right,
            corners: vec![start],
            lent: self.is_lent(start, direction),
            free: false,
        };
        let (mut here, mut way) = (start, direction);
        while let Some(next) = step(here, way) {
            walked[here][way] = true;
            walked[next][(way + 2) % 4] = true;
            chain.corners.push(next);
            here = next;
            if nodes[here] || here == start {
                chain.free = here == start && !nodes[here];
                break;
            }
            let Some(onward) = self.exits(here).into_iter().find(|&exit| exit != (way + 2) % 4) else {
                break;
            };
            way = onward;
        }
        chain
    }
}

impl Outline {
    /// Draws the borders of `base` for others to borrow.
    pub fn draw(base: Labels, drawing: Drawing) -> Self {
        let chains = Tracer {
            labels: &base,
            outline: None,
        }
        .chains();
        let mut corners = vec![None; ACROSS * (TERRITORY.height + 1)];
        for chain in chains {
            let smooth = smoothed(
                chain.corners.iter().map(|&corner| place(corner)).collect(),
                drawing.rounds,
                chain.free,
            );
            let kept = thinned(&smooth, drawing.tolerance);
            for pair in kept.windows(2) {
                let (from, to) = (pair[0], pair[1]);
                for index in from..=to {
                    let t = (index - from) as f64 / (to - from) as f64;
                    let at = (
                        smooth[from].0 + t * (smooth[to].0 - smooth[from].0),
                        smooth[from].1 + t * (smooth[to].1 - smooth[from].1),
                    );
                    corners[chain.corners[index]] = Some((at, index == from || index == to));
                }
            }
        }
        Self { base, corners }
    }

    fn borrowed(&self, corners: &[usize]) -> Vec<Place> {
        let last = corners.len() - 1;
        let points = corners.iter().enumerate().filter_map(|(index, &corner)| {
            let (at, kept) = self.corners[corner]?;
            (kept || index == 0 || index == last).then_some(at)
        });
        points.collect()
    }
}

/// The borders of `labels`, drawn once each; those of the outline as the outline has them, the others as `drawing_of` a
/// label on either side asks, the more timid of the two.
fn arcs(labels: &Labels, outline: &Outline, drawing_of: impl Fn(u16) -> Drawing) -> Vec<Arc> {
    let chains = Tracer {
        labels,
        outline: Some(outline),
    }
    .chains();
    let drawn = chains.into_iter().map(|chain| {
        let ends = (chain.corners[0], chain.corners[chain.corners.len() - 1]);
        let (one, other) = (drawing_of(chain.left), drawing_of(chain.right));
        let drawing = if one.rounds < other.rounds { one } else { other };
        let places = if chain.lent {
            outline.borrowed(&chain.corners)
        } else {
            between(&chain, outline, drawing)
        };
        let places = places
            .into_iter()
            .map(|(e, n)| (centimetres(e), centimetres(n)))
            .collect();
        Arc {
            left: chain.left,
            right: chain.right,
            ends,
            places,
        }
    });
    drawn.collect()
}

/// The points of a border that is not on the outline, though it may begin and end there.
fn between(chain: &Chain, outline: &Outline, drawing: Drawing) -> Vec<Place> {
    let mut places: Vec<Place> = chain.corners.iter().map(|&corner| place(corner)).collect();
    for end in [0, places.len() - 1] {
        if let Some((at, _)) = outline.corners[chain.corners[end]] {
            places[end] = at;
        }
    }
    let smooth = smoothed(places, drawing.rounds, chain.free);
    thinned(&smooth, drawing.tolerance)
        .into_iter()
        .map(|index| smooth[index])
        .collect()
}

fn centimetres(metres: f64) -> f64 {
    (metres * 100.0).round() / 100.0
}

/// Each label's land. Where borders drawn too boldly would make a polygon invalid, its own are drawn more timidly.
pub fn mosaic(labels: &Labels, outline: &Outline, drawing: Drawing) -> BTreeMap<u16, MultiPolygon<f64>> {
    use geo::Validation;
    let mut timid: BTreeMap<u16, usize> = BTreeMap::new();
    loop {
        let bold = |label: u16| {
            let less = 1 << timid.get(&label).copied().unwrap_or(0);
            Drawing {
                rounds: drawing.rounds / less,
                tolerance: drawing.tolerance / less as f64,
            }
        };
        let drawn = polygons(&arcs(labels, outline, bold));
        let invalid: Vec<u16> = drawn
            .iter()
            .filter(|(_, land)| !land.is_valid())
            .map(|(label, _)| *label)
            .collect();
        if invalid.is_empty()
            || invalid
                .iter()
                .all(|label| timid.get(label).is_some_and(|&times| times > 5))
        {
            return drawn;
        }
        for label in invalid {
            *timid.entry(label).or_default() += 1;
        }
    }
}

/// Points moved towards their neighbours; the ends stay, unless the line is closed and `free` to move all round.
pub fn smoothed(mut places: Vec<Place>, rounds: usize, free: bool) -> Vec<Place> {
    let last = places.len() - 1;
    for _ in 0..rounds {
        let before = places.clone();
        for index in 1..last {
            places[index] = towards(before[index - 1], before[index], before[index + 1]);
        }
        if free {
            places[0] = towards(before[last - 1], before[0], before[1]);
            places[last] = places[0];
        }
    }
    places
}

fn towards(before: Place, here: Place, after: Place) -> Place {
    (
        0.25 * before.0 + 0.5 * here.0 + 0.25 * after.0,
        0.25 * before.1 + 0.5 * here.1 + 0.25 * after.1,
    )
}

/// Which points stay so that none left out lies further than `tolerance` from the line (Douglas & Peucker 1973).
pub fn thinned(places: &[Place], tolerance: f64) -> Vec<usize> {
    let last = places.len() - 1;
    let mut keep = vec![false; places.len()];
    keep[0] = true;
    keep[last] = true;
    let mut spans = vec![(0, last)];
    if places[0] == places[last] && last > 3 {
        for third in [last / 3, 2 * last / 3] {
            keep[third] = true;
        }
        spans = vec![(0, last / 3), (last / 3, 2 * last / 3), (2 * last / 3, last)];
    }
    while let Some((from, to)) = spans.pop() {
        let farthest = (from + 1..to).map(|index| (off_line(places[from], places[to], places[index]), index));
        if let Some((distance, index)) = farthest.max_by(|a, b| a.0.total_cmp(&b.0))
            && distance > tolerance
        {
            keep[index] = true;
            spans.extend([(from, index), (index, to)]);
        }
    }
    (0..places.len()).filter(|&index| keep[index]).collect()
}

fn off_line(from: Place, to: Place, at: Place) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (px, py) = (at.0 - from.0, at.1 - from.1);
    let length = dx * dx + dy * dy;
    let t = if length > 0.0 {
        ((px * dx + py * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    libm::sqrt((px - t * dx) * (px - t * dx) + (py - t * dy) * (py - t * dy))
}
