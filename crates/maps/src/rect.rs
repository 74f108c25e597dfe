//! Rectangles of paper.

use geo_types::Coord;

/// A rectangle in millimetres of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// From left, top, width and height.
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// A rectangle round a point.
    pub fn about(centre: Coord<f64>, width: f64, height: f64) -> Self {
        Self::new(centre.x - width / 2.0, centre.y - height / 2.0, width, height)
    }

    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Bottom edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Centre.
    pub fn centre(&self) -> Coord<f64> {
        Coord {
            x: self.x + self.width / 2.0,
            y: self.y + self.height / 2.0,
        }
    }

    /// Larger on each side by `by`, or smaller where it is negative.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self::new(self.x - by, self.y - by, self.width + 2.0 * by, self.height + 2.0 * by)
    }

    /// Whether they share more than an edge.
    pub fn meets(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether `other` lies in it, edges included.
    pub fn holds(&self, other: &Self) -> bool {
        self.x <= other.x && self.y <= other.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }

    /// Whether the point lies in it, edges included.
    pub fn has(&self, point: Coord<f64>) -> bool {
        (self.x..=self.right()).contains(&point.x) && (self.y..=self.bottom()).contains(&point.y)
    }

    /// Its corners, from the top left, clockwise.
    pub fn corners(&self) -> Vec<Coord<f64>> {
        vec![
            Coord { x: self.x, y: self.y },
            Coord {
                x: self.right(),
                y: self.y,
            },
            Coord {
                x: self.right(),
                y: self.bottom(),
            },
            Coord {
                x: self.x,
                y: self.bottom(),
            },
        ]
    }
}
