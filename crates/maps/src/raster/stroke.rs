//! Lines with a width: a quadrilateral for each stretch and a wedge at each turn, all running round in one sense, so that what
//! they share counts once.

use super::mask::Mask;
use geo_types::Coord;

/// How far a round turn may lie from the true circle, in pixels.
const ROUND: f64 = 0.1;
/// Stretches shorter than this have no direction, in pixels.
const SHORT: f64 = 1e-6;

/// How a line is drawn, in pixels.
pub struct Nib {
    /// Half the width.
    pub half: f64,
    /// Whether ends are round; else they are cut.
    pub round: bool,
}

impl Nib {
    /// Adds a line to a mask. A line whose ends are one point is closed.
    pub fn draw(&self, mask: &mut Mask, points: &[Coord<f64>], closed: bool) {
        let mut first: Option<Stretch> = None;
        let mut before: Option<Stretch> = None;
        let around = if closed { points.first() } else { None };
        let nexts = points.iter().skip(1).chain(around);
        for (start, end) in points.iter().zip(nexts) {
            let Some(stretch) = Stretch::of(*start, *end, self.half) else {
                continue;
            };
            stretch.fill(mask);
            match before {
                Some(before) => self.turn(mask, before, stretch),
                None => first = Some(stretch),
            }
            before = Some(stretch);
        }
        let (Some(first), Some(last)) = (first, before) else {
            if let (true, Some(point)) = (self.round, points.first()) {
                disc(mask, *point, self.half);
            }
            return;
        };
        if closed || last.end == first.start {
            self.turn(mask, last, first);
        } else if self.round {
            disc(mask, first.start, self.half);
            disc(mask, last.end, self.half);
        }
    }

    /// The wedge between two stretches, on the outer side of the turn.
    fn turn(&self, mask: &mut Mask, before: Stretch, after: Stretch) {
        let cross = before.off.x * after.off.y - before.off.y * after.off.x;
        let dot = before.off.x * after.off.x + before.off.y * after.off.y;
        let angle = cross.atan2(dot);
        if angle.abs() < 0.02 {
            return;
        }
        // the side away from the turn gapes
        let (from, to, sense) = if angle > 0.0 {
            (before.off, after.off, angle)
        } else {
            (after.off * -1.0, before.off * -1.0, -angle)
        };
        let centre = after.start;
        let steps = pieces(self.half, sense);
        let arc = (0..=steps).map(|step| {
            if step == steps {
                return centre + to;
            }
            let (sin, cos) = (sense * f64::from(step) / f64::from(steps)).sin_cos();
            centre
                + Coord {
                    x: from.x * cos - from.y * sin,
                    y: from.x * sin + from.y * cos,
                }
        });
        mask.ring(std::iter::once(centre).chain(arc));
    }
}

/// A straight part of a line; `off` leads from its middle to its side.
#[derive(Clone, Copy)]
struct Stretch {
    start: Coord<f64>,
    end: Coord<f64>,
    off: Coord<f64>,
}

impl Stretch {
    fn of(start: Coord<f64>, end: Coord<f64>, half: f64) -> Option<Self> {
        let along = end - start;
        let length = (along.x * along.x + along.y * along.y).sqrt();
        let off = Coord {
            x: along.y,
            y: -along.x,
        } * (half / length);
        (length > SHORT).then_some(Self { start, end, off })
    }

    fn fill(&self, mask: &mut Mask) {
        let Self { start, end, off } = *self;
        mask.ring([start + off, end + off, end - off, start - off]);
    }
}

/// Adds a disc to a mask, in pixels.
pub fn disc(mask: &mut Mask, centre: Coord<f64>, radius: f64) {
    let steps = pieces(radius, std::f64::consts::TAU).max(8);
    mask.ring((0..steps).map(|step| {
        let (sin, cos) = (std::f64::consts::TAU * f64::from(step) / f64::from(steps)).sin_cos();
        centre + Coord { x: cos, y: sin } * radius
    }));
}

/// Chords that stand for so much of a circle.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 1..=256"
)]
fn pieces(radius: f64, angle: f64) -> u32 {
    let one = 2.0 * (1.0 - ROUND / radius.max(ROUND)).acos();
    (angle / one).ceil().clamp(1.0, 256.0) as u32
}

/// The dashes of a line, in pixels, beginning with a dash.
pub fn dashes(points: &[Coord<f64>], closed: bool, lengths: &[f64]) -> Vec<Vec<Coord<f64>>> {
    let mut out: Vec<Vec<Coord<f64>>> = Vec::new();
    let (mut which, mut left) = (0, lengths[0]);
    let around = if closed { points.first() } else { None };
    let mut open: Vec<Coord<f64>> = points.first().copied().into_iter().collect();
    for (start, end) in points.iter().zip(points.iter().skip(1).chain(around)) {
        let along = *end - *start;
        let length = (along.x * along.x + along.y * along.y).sqrt();
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let turn = *start + along * (done / length);
            if which % 2 == 0 {
                open.push(turn);
                out.push(std::mem::take(&mut open));
            } else {
                open = vec![turn];
            }
            which = (which + 1) % lengths.len();
            left = lengths[which];
        }
        left -= length - done;
        if which % 2 == 0 {
            open.push(*end);
        }
    }
    if which % 2 == 0 && open.len() > 1 {
        out.push(open);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_follow_the_line_and_leave_the_gaps_free() {
        let at = |x: f64, y: f64| Coord { x, y };
        let found = dashes(&[at(0.0, 0.0), at(5.0, 0.0), at(5.0, 5.0)], false, &[3.0, 1.0]);
        assert_eq!(
            found,
            [
                vec![at(0.0, 0.0), at(3.0, 0.0)],
                vec![at(4.0, 0.0), at(5.0, 0.0), at(5.0, 2.0)],
                vec![at(5.0, 3.0), at(5.0, 5.0)]
            ]
        );
    }
}
