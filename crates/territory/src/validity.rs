//! Whether rings are simple and nested as the standard asks (OGC Simple Features 06-103r4 §6.1.11).

use crate::cross::edges_meet;
use crate::measure::winding;
use crate::shape::{Box2, GridPoint, Ring, Shape};
use geo::Validation;

impl Shape {
    /// Whether the rings are simple, disjoint but for points, and holes lie in their exterior.
    pub fn is_valid(&self) -> bool {
        !self.is_empty() && (self.is_plainly_valid() || self.to_metres().is_valid())
    }

    /// The common case, decided exactly and quickly: no two edges meet but neighbours in their corner, and rings nest.
    fn is_plainly_valid(&self) -> bool {
        let mut meets = false;
        for (position, ring) in self.rings.iter().enumerate() {
            for edge in ring.first..ring.last {
                let (p, q) = self.edge(edge);
                let reach = Box2::of_edge(p, q);
                self.runs_where(
                    |bounds| bounds.meets(&reach),
                    |run| {
                        let run = self.runs[run];
                        for other in run.first.max(edge + 1)..run.end {
                            meets |= self.improper(*ring, edge, (p, q), other);
                        }
                    },
                );
                if meets {
                    return false;
                }
            }
            if !self.nests(position) {
                return false;
            }
        }
        true
    }

    /// Whether two different edges meet where they may not.
    fn improper(&self, ring: Ring, edge: u32, (p, q): (GridPoint, GridPoint), other: u32) -> bool {
        let (r, s) = self.edge(other);
        if !Box2::of_edge(p, q).meets(&Box2::of_edge(r, s)) {
            return false;
        }
        let follows = other == edge + 1 && other < ring.last;
        let closes = edge == ring.first && other + 1 == ring.last;
        if follows {
            return turns_back(p, q, s);
        }
        if closes {
            return turns_back(r, s, q);
        }
        edges_meet((p, q), (r, s))
    }

    /// Whether a ring whose edges meet no other lies where its role says: holes in their own exterior, exteriors in no other's land.
    fn nests(&self, position: usize) -> bool {
        let ring = self.rings[position];
        if self.rings.len() == 1 {
            return true;
        }
        let start = self.points[ring.first as usize];
        if ring.exterior {
            // its own ring counts as shifted: inside or outside of itself does not matter, so leave it out
            let others: Vec<Ring> = self.rings.iter().copied().filter(|other| *other != ring).collect();
            return winding(&Self::from_rings(self.points.clone(), others), start, 1.0) == 0;
        }
        let shell = self.rings[..position].iter().rev().find(|ring| ring.exterior);
        shell.is_some_and(|shell| winding(&Self::from_rings(self.points.clone(), vec![*shell]), start, 1.0) == 1)
    }
}

/// Whether q→s runs back over p→q.
pub(crate) fn turns_back(p: GridPoint, q: GridPoint, s: GridPoint) -> bool {
    let (ax, ay) = (q[0] - p[0], q[1] - p[1]);
    let (bx, by) = (s[0] - q[0], s[1] - q[1]);
    ax * by - ay * bx == 0.0 && ax * bx + ay * by < 0.0
}
