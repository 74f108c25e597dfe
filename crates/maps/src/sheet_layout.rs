//! Where things stand on a sheet of layers: as the sheets of reports, with a locator, and with room for the legend that it has.

use crate::layout::{GAP, Layout, Paper, TICKS, foot_height};
use crate::{MapError, Rect};

/// What has to have room on a sheet of layers.
#[derive(Clone, Copy, Debug)]
pub struct LayerNeeds<'a> {
    /// The line of sources.
    pub sources: &'a str,
    /// How high the legend is at full size, in the width and columns of [`Layout::layers`] without needs.
    pub legend_mm: f64,
    /// Whether there is a locator.
    pub locator: bool,
}

/// Letters that are smaller than this part of their size nobody reads.
const LEAST_LETTERS: f64 = 0.78;
/// Heights on A4 in millimetres.
const HEAD: f64 = 13.0;
const SCALE: f64 = 30.0;
const LOCATOR: (f64, f64) = (30.0, 62.0);

impl Layout {
    /// A sheet of layers. The legend stands below on an upright sheet, to the right on a lying one, and is as high as it has to be.
    ///
    /// # Errors
    /// [`MapError::Crowded`] where legend and sources leave no room for the map, or are not to be read.
    pub fn layers(paper: Paper, lying: bool, needs: LayerNeeds<'_>) -> Result<Self, MapError> {
        let by = paper.letters();
        let margin = 10.0 * by.min(1.5);
        let (short, long) = paper.size_mm();
        let (width, height) = if lying { (long, short) } else { (short, long) };
        let inner = Rect::new(0.0, 0.0, width, height).grown(-margin);
        let foot = foot_height(needs.sources, inner.width, by);
        let ticks = TICKS * by;
        let top = inner.y + HEAD * by + ticks;
        let low = inner.bottom() - foot - GAP / 2.0;
        let body = Rect::new(inner.x + ticks, top, inner.width - ticks, low - top);
        let parts = if lying {
            Parts::beside(body, paper, needs)
        } else {
            Parts::below(inner, body, paper, needs)
        };
        let layout = Self {
            width_mm: width,
            height_mm: height,
            head: Some(Rect::new(inner.x, inner.y, inner.width, HEAD * by)),
            frame: parts.frame,
            legend: parts.legend,
            columns: parts.columns,
            scale: parts.scale,
            foot: Rect::new(inner.x, inner.bottom() - foot, inner.width, foot),
            locator: parts.locator,
            letters: by,
        };
        let legible = layout.legend.height >= needs.legend_mm * LEAST_LETTERS;
        let roomy = layout.frame.height > 0.4 * height && layout.frame.width > 0.4 * width;
        if legible && roomy {
            Ok(layout)
        } else {
            Err(MapError::Crowded { paper: paper.id() })
        }
    }
}

impl Paper {
    /// How much larger letters are than on A4: larger sheets are seen from farther away.
    fn letters(self) -> f64 {
        match self {
            Self::A4 => 1.0,
            Self::A3 => 1.12,
            Self::A2 => 1.32,
            Self::A1 => 1.6,
        }
    }

    /// Columns of the legend below an upright sheet of layers.
    fn legend_columns(self) -> u32 {
        match self {
            Self::A4 => 1,
            Self::A3 => 2,
            Self::A2 => 3,
            Self::A1 => 4,
        }
    }
}

struct Parts {
    frame: Rect,
    legend: Rect,
    columns: u32,
    scale: Rect,
    locator: Option<Rect>,
}

impl Parts {
    /// Legend, locator and bars to the right.
    fn beside(body: Rect, paper: Paper, needs: LayerNeeds<'_>) -> Self {
        let by = paper.letters();
        let panel = 62.0 * by;
        let x = body.right() - panel;
        let scale = Rect::new(x, body.bottom() - SCALE * by, panel, SCALE * by);
        let above = scale.y - GAP - body.y;
        let rest = above - needs.legend_mm - GAP;
        let locator = needs.locator.then(|| {
            let high = rest.clamp(LOCATOR.0 * by, LOCATOR.1 * by);
            Rect::new(x, scale.y - GAP - high, panel, high)
        });
        let low = locator.map_or(scale.y, |locator| locator.y) - GAP;
        Self {
            frame: Rect::new(body.x, body.y, body.width - panel - GAP, body.height),
            legend: Rect::new(x, body.y, panel, low - body.y),
            columns: 1,
            scale,
            locator,
        }
    }

    /// Legend, locator and bars below, side by side.
    fn below(inner: Rect, body: Rect, paper: Paper, needs: LayerNeeds<'_>) -> Self {
        let by = paper.letters();
        let most = 0.36 * body.height;
        let strip = needs.legend_mm.clamp((SCALE + 10.0) * by, most);
        let y = body.bottom() - strip;
        let wide = 50.0 * by;
        let scale = Rect::new(inner.right() - wide, y, wide, strip);
        let side = 44.0 * by;
        let locator = needs
            .locator
            .then(|| Rect::new(scale.x - 2.0 * GAP - side, y, side, strip.min(side * 1.2)));
        let right = locator.map_or(scale.x, |locator| locator.x) - GAP;
        Self {
            frame: Rect::new(body.x, body.y, body.width, y - GAP - body.y),
            legend: Rect::new(inner.x, y, right - inner.x, strip),
            // without a locator there is room for one more
            columns: paper.legend_columns() + u32::from(!needs.locator),
            scale,
            locator,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(paper: Paper, lying: bool, legend_mm: f64) -> Result<Layout, MapError> {
        let sources = "Fuentes: una, otra y otra más. ".repeat(12);
        let needs = LayerNeeds {
            sources: &sources,
            legend_mm,
            locator: true,
        };
        Layout::layers(paper, lying, needs)
    }

    #[test]
    fn nothing_stands_on_anything_else_and_all_on_the_page() {
        for (paper, lying) in Paper::ALL.into_iter().flat_map(|paper| [(paper, false), (paper, true)]) {
            for legend_mm in [20.0, 70.0] {
                let layout = layout(paper, lying, legend_mm).unwrap();
                let page = Rect::new(0.0, 0.0, layout.width_mm, layout.height_mm);
                let mut parts = vec![layout.frame, layout.legend, layout.scale, layout.foot];
                parts.extend(layout.head);
                parts.extend(layout.locator);
                assert_eq!(parts.len(), 6);
                for (at, part) in parts.iter().enumerate() {
                    assert!(page.grown(-9.0).holds(part), "{part:?} of {layout:?}");
                    assert!(
                        parts[at + 1..].iter().all(|other| !part.meets(other)),
                        "{part:?} of {layout:?}"
                    );
                }
                assert!(layout.frame.width > 90.0 && layout.frame.height > 80.0, "{layout:?}");
            }
        }
    }

    #[test]
    fn a_legend_that_nobody_could_read_is_refused_by_the_paper() {
        for lying in [false, true] {
            let error = layout(Paper::A4, lying, 250.0).unwrap_err();
            assert!(matches!(error, MapError::Crowded { paper: "a4" }), "{error}");
        }
        assert!(layout(Paper::A1, false, 250.0).is_ok());
    }
}
