//! What is drawn: plain shapes and words in millimetres of paper. Both back ends draw this and nothing else.

use crate::{Colour, Face, Hatch, Pixels, Rect};
use geo_types::Coord;
use std::sync::Arc;

/// A whole drawing. `x` runs right and `y` down from the top left corner of the page.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// Width of the page.
    pub width_mm: f64,
    /// Height of the page.
    pub height_mm: f64,
    /// BCP 47 code of the words' language.
    pub lang: String,
    /// What it is, for those who do not see it.
    pub title: String,
    /// What it shows, for those who do not see it.
    pub desc: String,
    /// From the lowest to the highest.
    pub groups: Vec<Group>,
}

/// Things that belong together.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Stable name: `grid`, `under`, `subject`, `letters`, …
    pub name: &'static str,
    /// From the lowest to the highest.
    pub items: Vec<Item>,
}

/// A thing that is drawn.
#[derive(Clone, Debug)]
pub enum Item {
    /// Lines and areas; areas are filled by the even-odd rule.
    Path {
        /// Its lines.
        lines: Vec<Line>,
        /// Inside.
        fill: Option<Paint>,
        /// Outline.
        pen: Option<Pen>,
    },
    /// An area with a hatch, filled by the even-odd rule.
    Area {
        /// Its rings; the first point is not repeated.
        rings: Vec<Vec<Coord<f64>>>,
        /// Inside.
        fill: Fill,
    },
    /// A disc.
    Disc {
        /// Centre.
        centre: Coord<f64>,
        /// Radius.
        radius: f64,
        /// Inside.
        fill: Option<Paint>,
        /// Outline.
        pen: Option<Pen>,
    },
    /// A raster of colours.
    Picture {
        /// Where it lies.
        frame: Rect,
        /// Its colours, over the whole frame.
        pixels: Arc<Pixels>,
    },
    /// Words.
    Words(Words),
}

/// A line, or a closed ring.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its points; the first is not repeated at the end of a ring.
    pub points: Vec<Coord<f64>>,
    /// Whether it closes.
    pub closed: bool,
}

/// A fill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    /// Colour.
    pub colour: Colour,
    /// 0 to 1.
    pub opacity: f64,
}

/// A fill with a hatch over it.
#[derive(Clone, Debug)]
pub struct Fill {
    /// Below the hatch.
    pub paint: Option<Paint>,
    /// The hatch.
    pub hatch: Hatch,
    /// Shifts the hatch by a part of its spacing, so that two areas with the same hatch show that they overlap.
    pub turn: usize,
    /// Where the hatch begins: pictures side by side whose origins are one place show one hatch.
    pub origin: Coord<f64>,
}

/// A stroke.
#[derive(Clone, Debug, PartialEq)]
pub struct Pen {
    /// Colour.
    pub colour: Colour,
    /// 0 to 1.
    pub opacity: f64,
    /// Width.
    pub width_mm: f64,
    /// Dashes and gaps; none for a whole line.
    pub dash: Vec<f64>,
    /// Whether ends are round; else they are cut.
    pub round: bool,
}

/// Where a text stands to its point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    #[default]
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A rim that keeps words readable over lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Halo {
    /// Colour.
    pub colour: Colour,
    /// Width on each side of the letter.
    pub width_mm: f64,
}

/// One line of words.
#[derive(Clone, Debug)]
pub struct Words {
    /// Point of the base line.
    pub at: Coord<f64>,
    /// What it says.
    pub text: String,
    /// Letters.
    pub face: Face,
    /// Size of the em.
    pub size_mm: f64,
    /// Colour.
    pub colour: Colour,
    /// Rim.
    pub halo: Option<Halo>,
    /// How it stands.
    pub anchor: Anchor,
    /// Degrees clockwise about the point.
    pub turn: f64,
}

impl Pen {
    /// A whole, opaque line.
    pub fn plain(colour: Colour, width_mm: f64) -> Self {
        Self {
            colour,
            opacity: 1.0,
            width_mm,
            dash: Vec::new(),
            round: false,
        }
    }
}

impl Paint {
    /// An opaque fill.
    pub fn plain(colour: Colour) -> Self {
        Self { colour, opacity: 1.0 }
    }
}

impl Words {
    /// Words in ink that begin at a point.
    pub fn plain(at: Coord<f64>, text: impl Into<String>, face: Face, size_mm: f64) -> Self {
        Self {
            at,
            text: text.into(),
            face,
            size_mm,
            colour: Colour::INK,
            halo: None,
            anchor: Anchor::Start,
            turn: 0.0,
        }
    }

    /// The same, anchored otherwise.
    #[must_use]
    pub fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// The same in another colour.
    #[must_use]
    pub fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// Millimetres that it takes.
    pub fn width(&self) -> f64 {
        self.face.width(&self.text, self.size_mm)
    }
}

impl Item {
    /// Open lines.
    pub fn lines(lines: impl IntoIterator<Item = Vec<Coord<f64>>>, pen: Pen) -> Self {
        Self::Path {
            lines: lines.into_iter().map(|points| Line { points, closed: false }).collect(),
            fill: None,
            pen: Some(pen),
        }
    }

    /// Areas.
    pub fn areas(rings: impl IntoIterator<Item = Vec<Coord<f64>>>, fill: Option<Paint>, pen: Option<Pen>) -> Self {
        Self::Path {
            lines: rings.into_iter().map(|points| Line { points, closed: true }).collect(),
            fill,
            pen,
        }
    }
}
