//! All crossings of two boundaries: the edges of the smaller shape against those of the other that lie near.

use crate::cross::cross;
use crate::shape::{Box2, GridPoint, Shape};

/// A place where the boundary of the first shape crosses the second's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Crossing {
    /// Edge of the first shape, and how far along it, 0 to 1.
    pub edge: u32,
    pub along: f64,
    /// Edge of the second shape, and how far along it.
    pub other_edge: u32,
    pub other_along: f64,
    /// +1: the first boundary enters the second shape here; −1: it leaves.
    pub enters: i8,
}

/// How two boundaries meet beside crossing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Meeting {
    /// They share a point.
    pub touches: bool,
    /// A corner of one lies exactly on the other.
    pub tied: bool,
    /// Metres on which they lie back to back and the symbolic shift pushes them into one another: a channel without width that
    /// both borders count.
    pub channel: f64,
}

/// The crossings of a pair, and room to work in, kept from pair to pair.
#[derive(Debug, Default)]
pub(crate) struct Crossings {
    /// In no order.
    pub list: Vec<Crossing>,
    near: Vec<Edge>,
}

/// Points up to which the edges near are gathered once a pair: mining rights have some five to thirteen.
const FEW: usize = 24;

/// Finds all crossings of the boundaries inside `common`, the box that both share. The second counts as shifted by (ε, ε²).
pub(crate) fn find_crossings(first: &Shape, second: &Shape, common: &Box2, crossings: &mut Crossings) -> Meeting {
    let Crossings { list, near } = crossings;
    list.clear();
    // walk the shape with fewer edges outside, look up the other's inside
    let swap = first.points.len() > second.points.len();
    let (outer, inner) = if swap { (second, first) } else { (first, second) };
    let mut found = Found {
        swap,
        meeting: Meeting::default(),
        crossings: list,
    };
    let few = inner.points.len() <= FEW;
    if few {
        near.clear();
        let runs = 0..inner.runs.len();
        near.extend(
            runs.flat_map(|run| inner.edges_of_run(run))
                .filter(|edge| edge.reach.meets(common)),
        );
    }
    outer.runs_where(
        |bounds| bounds.meets(common),
        |run| {
            let run = outer.runs[run];
            for edge in run.first..run.end {
                let ends = outer.edge(edge);
                let reach = Box2::of_edge(ends.0, ends.1);
                if !reach.meets(common) {
                    continue;
                }
                let outer_edge = Edge {
                    index: edge,
                    ends,
                    reach,
                };
                if few {
                    for inner_edge in near.iter() {
                        found.try_pair(&outer_edge, inner_edge);
                    }
                } else {
                    inner.runs_where(
                        |bounds| bounds.meets(&reach),
                        |run| {
                            for inner_edge in inner.edges_of_run(run) {
                                found.try_pair(&outer_edge, &inner_edge);
                            }
                        },
                    );
                }
            }
        },
    );
    found.meeting
}

/// An edge with its box.
#[derive(Clone, Copy, Debug)]
struct Edge {
    index: u32,
    ends: (GridPoint, GridPoint),
    reach: Box2,
}

impl Shape {
    fn edges_of_run(&self, run: usize) -> impl Iterator<Item = Edge> + '_ {
        let run = self.runs[run];
        (run.first..run.end).map(|index| {
            let ends = self.edge(index);
            Edge {
                index,
                ends,
                reach: Box2::of_edge(ends.0, ends.1),
            }
        })
    }
}

struct Found<'a> {
    swap: bool,
    meeting: Meeting,
    crossings: &'a mut Vec<Crossing>,
}

impl Found<'_> {
    #[inline]
    fn try_pair(&mut self, outer: &Edge, inner: &Edge) {
        if !outer.reach.meets(&inner.reach) {
            return;
        }
        let (first, second) = if self.swap { (inner, outer) } else { (outer, inner) };
        let met = cross(first.ends, second.ends, 1.0);
        self.meeting.touches |= met.touches;
        self.meeting.tied |= met.tied;
        self.meeting.channel += met.channel;
        if let Some((along, other_along, enters)) = met.crossing {
            let (edge, other_edge) = (first.index, second.index);
            self.crossings.push(Crossing {
                edge,
                along,
                other_edge,
                other_along,
                enters,
            });
        }
    }
}
