//! Where things stand on a page.

use crate::{Face, Rect};

/// Sheets of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 297 × 420 mm.
    A3,
    /// 420 × 594 mm.
    A2,
    /// 594 × 841 mm.
    A1,
}

impl Paper {
    /// Every paper, from the smallest to the largest.
    pub const ALL: [Self; 4] = [Self::A4, Self::A3, Self::A2, Self::A1];

    /// The stable word: `a4`, `a3`, `a2`, `a1`.
    pub fn id(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A3 => "a3",
            Self::A2 => "a2",
            Self::A1 => "a1",
        }
    }

    /// Width and height of the upright sheet.
    pub fn size_mm(self) -> (f64, f64) {
        match self {
            Self::A4 => (210.0, 297.0),
            Self::A3 => (297.0, 420.0),
            Self::A2 => (420.0, 594.0),
            Self::A1 => (594.0, 841.0),
        }
    }

    /// Columns of the legend below an upright sheet, each some 65 to 85 mm wide.
    fn columns(self) -> u32 {
        match self {
            Self::A4 => 2,
            Self::A3 => 3,
            Self::A2 => 4,
            Self::A1 => 6,
        }
    }
}

/// Where things stand on a page, in millimetres.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Width of the page.
    pub width_mm: f64,
    /// Height of the page.
    pub height_mm: f64,
    /// Title, on sheets.
    pub head: Option<Rect>,
    /// The land.
    pub frame: Rect,
    /// What the signs mean.
    pub legend: Rect,
    /// Columns of the legend.
    pub columns: u32,
    /// North arrow, bars and notes.
    pub scale: Rect,
    /// Sources.
    pub foot: Rect,
    /// The small map of where the land lies.
    pub locator: Option<Rect>,
    /// How much larger the letters of head, legend, bars and foot are than on A4.
    pub letters: f64,
}

/// Room for the grid's numbers on each side of the frame.
pub const TICKS: f64 = 4.0;
/// Between the parts of a page.
pub const GAP: f64 = 3.5;
/// Size of the letters of the foot, and from line to line.
pub const FOOT_SIZE: f64 = 2.1;
/// From line to line of the foot.
pub const FOOT_STEP: f64 = 2.75;
/// The letters of the foot.
pub const FOOT_FACE: Face = Face::Condensed;

impl Layout {
    /// A picture within a page: frame to the left, legend and bars to the right. The foot is as high as `sources` wants.
    pub fn picture(width_mm: f64, height_mm: f64, sources: &str) -> Self {
        const PANEL: f64 = 45.0;
        const SCALE: f64 = 30.0;
        let foot = foot_height(sources, width_mm, 1.0);
        let low = height_mm - foot - GAP / 2.0;
        let frame = Rect::new(TICKS, TICKS, width_mm - PANEL - GAP - TICKS, low - TICKS);
        let panel = width_mm - PANEL;
        Self {
            width_mm,
            height_mm,
            head: None,
            frame,
            legend: Rect::new(panel, 0.5, PANEL, low - SCALE - GAP),
            columns: 1,
            scale: Rect::new(panel, low - SCALE, PANEL, SCALE),
            foot: Rect::new(0.0, height_mm - foot, width_mm, foot),
            locator: None,
            letters: 1.0,
        }
    }

    /// A whole sheet with a head; the legend stands below on an upright sheet, to the right on a lying one.
    pub fn sheet(paper: Paper, lying: bool, sources: &str) -> Self {
        const MARGIN: f64 = 10.0;
        const HEAD: f64 = 13.0;
        let (short, long) = paper.size_mm();
        let (width, height) = if lying { (long, short) } else { (short, long) };
        let inner = Rect::new(0.0, 0.0, width, height).grown(-MARGIN);
        let foot = foot_height(sources, inner.width, 1.0);
        let (top, low) = (inner.y + HEAD + TICKS, inner.bottom() - foot - GAP / 2.0);
        let frame_width = |panel: f64| inner.width - 2.0 * TICKS - panel;
        let (frame, legend, columns, scale) = if lying {
            const PANEL: f64 = 52.0;
            const SCALE: f64 = 40.0;
            let panel = inner.right() - PANEL;
            (
                Rect::new(inner.x + TICKS, top, frame_width(PANEL + GAP - TICKS), low - top),
                Rect::new(panel, top, PANEL, low - top - SCALE - GAP),
                1,
                Rect::new(panel, low - SCALE, PANEL, SCALE),
            )
        } else {
            const STRIP: f64 = 42.0;
            const SCALE: f64 = 58.0;
            let strip = low - STRIP;
            (
                Rect::new(inner.x + TICKS, top, frame_width(0.0), strip - GAP - top),
                Rect::new(inner.x, strip, inner.width - SCALE - GAP, STRIP),
                paper.columns(),
                Rect::new(inner.right() - SCALE, strip, SCALE, STRIP),
            )
        };
        Self {
            width_mm: width,
            height_mm: height,
            head: Some(Rect::new(inner.x, inner.y, inner.width, HEAD)),
            frame,
            legend,
            columns,
            scale,
            foot: Rect::new(inner.x, inner.bottom() - foot, inner.width, foot),
            locator: None,
            letters: 1.0,
        }
    }
}

impl Layout {
    /// How high the foot would be with these words.
    pub fn foot_height(&self, sources: &str) -> f64 {
        foot_height(sources, self.foot.width, self.letters)
    }
}

/// How high the foot is with letters so much larger.
pub fn foot_height(sources: &str, width: f64, letters: f64) -> f64 {
    let lines = FOOT_FACE.wrap(sources, FOOT_SIZE * letters, width).len();
    lines as f64 * FOOT_STEP * letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stands_on_anything_else_and_all_on_the_page() {
        let sources = "Fuentes: una, otra y otra más. ".repeat(12);
        let mut layouts = vec![
            Layout::picture(180.0, 120.0, &sources),
            Layout::sheet(Paper::A3, false, ""),
        ];
        for paper in Paper::ALL {
            layouts.extend([false, true].map(|lying| Layout::sheet(paper, lying, &sources)));
        }
        for layout in layouts {
            let page = Rect::new(0.0, 0.0, layout.width_mm, layout.height_mm);
            let mut parts = vec![layout.frame, layout.legend, layout.scale, layout.foot];
            parts.extend(layout.head);
            for (at, part) in parts.iter().enumerate() {
                assert!(page.grown(1e-9).holds(part), "{part:?} of {layout:?}");
                assert!(
                    parts[at + 1..].iter().all(|other| !part.meets(other)),
                    "{part:?} of {layout:?}"
                );
            }
            assert!(layout.frame.width > 90.0 && layout.frame.height > 80.0, "{layout:?}");
        }
    }
}
