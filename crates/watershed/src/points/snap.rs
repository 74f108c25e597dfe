//! The stream nearest to a point, within a stated distance.

use super::{Ground, Standing};
use crate::{Drainage, Grid, Network, Place};
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};
use territory::Metres;

/// A piece of a line and what lies along it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    /// The line.
    node: u32,
    /// Metres from its upper and lower end to the lower end of the line.
    above: [f64; 2],
}

type Piece = GeomWithData<Line<[f64; 2]>, Stretch>;

/// Streams in which points look for the nearest.
#[derive(Clone, Debug)]
pub struct Snapper {
    tree: RTree<Piece>,
    /// None for lines in metres.
    grid: Option<Grid>,
}

/// The place of a stream that a point belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    /// The reach, and how far above its lower end: a place of [`Flow::of_network`](crate::Flow::of_network).
    pub place: Place,
    /// Its coordinates.
    pub at: [f64; 2],
    /// How far it lies from the point.
    pub distance: Metres,
}

/// What a search for a stream finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Snapped {
    /// A stream within the distance.
    Found(Snap),
    /// None within it.
    Beyond {
        /// The distance stated.
        limit: Metres,
        /// How far the nearest stream lies; none where there is no stream at all.
        nearest: Option<Metres>,
    },
    /// The point stands where nothing can be said: off the grid, without data, in the sea.
    Nowhere(Standing),
}

impl Snapped {
    /// Why there is no answer, in Spanish, with the mend; none where a stream was found.
    pub fn sentence_es(&self) -> Option<String> {
        match self {
            Self::Found(_) => None,
            Self::Beyond {
                limit,
                nearest: Some(nearest),
            } => Some(format!(
                "No se puede determinar: el cauce modelado más cercano está a {:.0} m, más que el límite de {:.0} m; acerque el punto o amplíe el límite.",
                nearest.0, limit.0
            )),
            Self::Beyond { nearest: None, .. } => Some(
                "No se puede determinar: la red no tiene ningún cauce; revise el umbral con que se derivó.".to_owned(),
            ),
            Self::Nowhere(standing) => standing.sentence_es().map(str::to_owned),
        }
    }
}

impl Snapper {
    /// The reaches of a network, in the coordinates of its grid (metres or degrees; distances are metres of ground on the point's row).
    pub fn of_network(drained: &Drainage, network: &Network) -> Self {
        let grid = drained.grid();
        let lines = network.reaches.iter().map(|reach| reach.line(drained));
        Self::new(lines, Some(grid.clone()))
    }

    /// Lines in metres of one plane, each from its upper end down; numbered from 0.
    pub fn of_lines(lines: impl IntoIterator<Item = Vec<[f64; 2]>>) -> Self {
        Self::new(lines.into_iter(), None)
    }

    fn new(lines: impl Iterator<Item = Vec<[f64; 2]>>, grid: Option<Grid>) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        for (node, mut line) in (0..).zip(lines) {
            // a reach of one cell at an outlet is a point
            if let [only] = line[..] {
                line.push(only);
            }
            let mut above = 0.0;
            for ends in line.windows(2).rev() {
                let [across, down] = scale(grid.as_ref(), ends[0][1]);
                let length = libm::hypot((ends[1][0] - ends[0][0]) * across, (ends[1][1] - ends[0][1]) * down);
                let stretch = Stretch {
                    node,
                    above: [above + length, above],
                };
                above += length;
                pieces.push(Piece::new(Line::new(ends[0], ends[1]), stretch));
            }
        }
        Self {
            tree: RTree::bulk_load(pieces),
            grid,
        }
    }

    /// The nearest stream within `limit` metres; of several as near the one of the least number, and on it the lowest place.
    pub fn nearest(&self, point: [f64; 2], limit: Metres) -> Snapped {
        let mut reach = limit.0.max(0.0);
        if let Some(snap) = self.within(point, reach) {
            return Snapped::Found(snap);
        }
        // beyond the limit only to tell how far: the search widens until it holds all streams
        let whole = self.tree.root().envelope();
        let nearest = loop {
            if self.tree.size() == 0 {
                break None;
            }
            reach = (reach * 4.0).max(100.0);
            if let Some(snap) = self.within(point, reach) {
                break Some(snap.distance);
            }
            let (window, inside) = (self.window(point, reach), |at: [f64; 2], of: &AABB<[f64; 2]>| {
                (0..2).all(|axis| of.lower()[axis] <= at[axis] && at[axis] <= of.upper()[axis])
            });
            let all = inside(whole.lower(), &window) && inside(whole.upper(), &window);
            // a corner of the window lies √2 times as far as its reach: the last search holds it
            if all || !reach.is_finite() {
                break self.within(point, reach * 2.0).map(|snap| snap.distance);
            }
        };
        Snapped::Beyond { limit, nearest }
    }

    /// [`Snapper::nearest`] for a point of a grid: it must stand on measured land.
    pub fn snap(&self, ground: Ground, point: [f64; 2], limit: Metres) -> Snapped {
        match ground.stand(point) {
            Standing::OnCell(_) => self.nearest(point, limit),
            nowhere => Snapped::Nowhere(nowhere),
        }
    }

    fn window(&self, [x, y]: [f64; 2], reach: f64) -> AABB<[f64; 2]> {
        let [across, down] = scale(self.grid.as_ref(), y);
        let (wide, high) = (reach / across, reach / down);
        AABB::from_corners([x - wide, y - high], [x + wide, y + high])
    }

    fn within(&self, point: [f64; 2], reach: f64) -> Option<Snap> {
        let scale = scale(self.grid.as_ref(), point[1]);
        let near = self.tree.locate_in_envelope_intersecting(&self.window(point, reach));
        let found = near
            .map(|piece| foot(piece, point, scale))
            .filter(|snap| snap.distance.0 <= reach);
        found.min_by(|a, b| a.distance.0.total_cmp(&b.distance.0).then(a.place.cmp(&b.place)))
    }
}

/// The nearest place of a piece of line.
fn foot(piece: &Piece, [x, y]: [f64; 2], [across, down]: [f64; 2]) -> Snap {
    let Line { from, to } = *piece.geom();
    let [dx, dy] = [(to[0] - from[0]) * across, (to[1] - from[1]) * down];
    let [px, py] = [(x - from[0]) * across, (y - from[1]) * down];
    let square = dx * dx + dy * dy;
    let part = if square > 0.0 {
        ((px * dx + py * dy) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let [upper, lower] = piece.data.above;
    Snap {
        place: Place {
            node: piece.data.node,
            above: crate::upstream::millimetres_along(upper + (lower - upper) * part),
        },
        at: [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part],
        distance: Metres(libm::hypot(px - part * dx, py - part * dy)),
    }
}

/// Metres for each unit of the coordinates, east and north, at a northing or latitude.
fn scale(grid: Option<&Grid>, y: f64) -> [f64; 2] {
    let Some(grid) = grid else { return [1.0, 1.0] };
    let place = grid.placement();
    let last = grid.rows() - 1;
    let down = ((place.north - y) / place.height).clamp(0.0, last as f64);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the rows"
    )]
    let [east, south] = grid.spacing(down as usize);
    [east / place.width, south / place.height]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_finds_the_nearest_place_within_the_limit_and_is_told_how_far_else() {
        let lines = vec![
            vec![[0.0, 100.0], [0.0, 50.0], [0.0, 0.0]],
            vec![[200.0, 0.0], [100.0, 0.0]],
        ];
        let streams = Snapper::of_lines(lines);
        let Snapped::Found(snap) = streams.nearest([30.0, 70.0], Metres(30.0)) else {
            panic!("a stream lies 30 m away")
        };
        assert_eq!(snap.place, Place { node: 0, above: 70_000 });
        assert_eq!(snap.distance, Metres(30.0));
        let beyond = streams.nearest([150.0, 4_000.0], Metres(30.0));
        let Snapped::Beyond {
            nearest: Some(nearest), ..
        } = beyond
        else {
            panic!("all lie farther")
        };
        assert!((nearest.0 - 3_902.883).abs() < 0.001, "{nearest:?}");
        assert!(beyond.sentence_es().unwrap().contains("3903 m"));
        let none = Snapper::of_lines(Vec::new()).nearest([0.0, 0.0], Metres(9.0));
        let nothing = Snapped::Beyond {
            limit: Metres(9.0),
            nearest: None,
        };
        assert_eq!(none, nothing);
    }

    #[test]
    fn of_two_streams_as_near_the_first_is_taken_at_its_lowest_place() {
        let streams = Snapper::of_lines(vec![vec![[10.0, 0.0], [10.0, 9.0]], vec![[-10.0, 0.0], [-10.0, 9.0]]]);
        let Snapped::Found(snap) = streams.nearest([0.0, 0.0], Metres(10.0)) else {
            panic!("both lie 10 m away")
        };
        assert_eq!(snap.place, Place { node: 0, above: 9_000 });
    }
}
