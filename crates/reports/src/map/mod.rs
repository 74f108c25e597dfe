//! The map of a report: which of its features are drawn, in which style and with which words. `maps` draws it.

mod features;
mod layers;
mod words;

pub use features::name_on_maps;
pub use layers::{in_drawing_order, layer_meanings, layer_styles, symbology_mark};
pub(crate) use words::{spaced, window_notes};

use crate::{Lang, Picture, Texts, letters};
use conflicts::{Report, ReportShapes};
use crs::UtmZone;
use geo_types::MultiPolygon;
use maps::{Fit, Layout, MapError, MapSpec, Paper, Scene, SubjectLand, Symbology, Window};
use std::sync::LazyLock;
use territory::LayerKind;

/// The layers that help to find one's way on a map; a report's context is made of them.
pub const MAP_CONTEXT: [LayerKind; 9] = [
    LayerKind::Concessions,
    LayerKind::ProtectedAreas,
    LayerKind::BufferZones,
    LayerKind::Urban,
    LayerKind::Districts,
    LayerKind::Communities,
    LayerKind::Rivers,
    LayerKind::WaterBodies,
    LayerKind::Springs,
];
/// Width and height in millimetres of the map within a report.
pub const PICTURE_MM: (f64, f64) = (180.0, 120.0);

const TEXT: &str = include_str!("../../../../config/symbology/report.toml");

static SYMBOLOGY: LazyLock<Symbology> =
    LazyLock::new(|| Symbology::parse(TEXT).expect("a test reads the symbology that is carried in the program"));

/// How the maps of reports are drawn.
pub fn map_symbology() -> &'static Symbology {
    &SYMBOLOGY
}

/// A sheet that somebody asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SheetAsk {
    /// Its paper.
    pub paper: Paper,
    /// Whether it lies on its long side.
    pub lying: bool,
    /// Denominator; none for the least round scale that fits.
    pub scale: Option<u32>,
}

/// The map within a report: its limit, its rights with the letters of [`letters`], water and neighbours.
///
/// # Errors
/// When the land cannot be projected or fits at no scale.
pub fn map(report: &Report, shapes: &ReportShapes, lang: Lang) -> Result<Picture, MapError> {
    let scene = map_scene(report, shapes, lang)?;
    Ok(Picture {
        svg: scene.svg(),
        width_mm: scene.width_mm,
        height_mm: scene.height_mm,
        alt: scene.desc,
    })
}

/// [`map`] before it becomes SVG: [`Scene::png`] draws it too.
///
/// # Errors
/// As [`map`].
pub fn map_scene(report: &Report, shapes: &ReportShapes, lang: Lang) -> Result<Scene, MapError> {
    let (width_mm, height_mm) = PICTURE_MM;
    let texts = Texts::of(lang);
    let layout = Layout::picture(width_mm, height_mm, &words::sources(report, texts));
    let fit = Fit::Close;
    scene(report, shapes, texts, &Drawing { layout: &layout, fit })
}

/// A whole sheet at a round scale; [`Scene::svg`] and [`Scene::png`] draw it.
///
/// # Errors
/// As [`map`], and when the land does not fit at the asked scale: the error names the least that does.
pub fn sheet(report: &Report, shapes: &ReportShapes, lang: Lang, ask: SheetAsk) -> Result<Scene, MapError> {
    let texts = Texts::of(lang);
    let layout = Layout::sheet(ask.paper, ask.lying, &words::sources(report, texts));
    scene(
        report,
        shapes,
        texts,
        &Drawing {
            layout: &layout,
            fit: ask.fit(),
        },
    )
}

/// West, south, east and north in degrees of what [`map`] shows: the box in which to look for context.
///
/// # Errors
/// As [`map`].
pub fn map_frame(zone: UtmZone, land: &MultiPolygon<f64>) -> Result<[f64; 4], MapError> {
    let layout = Layout::picture(PICTURE_MM.0, PICTURE_MM.1, "");
    Window::round(zone, land, layout.frame, Fit::Close)?
        .lonlat_box()
        .map(grown)
}

/// The same for [`sheet`].
///
/// # Errors
/// As [`sheet`].
pub fn sheet_frame(zone: UtmZone, land: &MultiPolygon<f64>, ask: SheetAsk) -> Result<[f64; 4], MapError> {
    let layout = Layout::sheet(ask.paper, ask.lying, "");
    Window::round(zone, land, layout.frame, ask.fit())?
        .lonlat_box()
        .map(grown)
}

/// The line of sources, unknown before the report, changes the frame's height by some millimetres, and so its scale.
fn grown([west, south, east, north]: [f64; 4]) -> [f64; 4] {
    const PART: f64 = 0.12;
    let (width, height) = ((east - west) * PART, (north - south) * PART);
    [west - width, south - height, east + width, north + height]
}

impl SheetAsk {
    fn fit(self) -> Fit {
        self.scale.map_or(Fit::Round, Fit::Scale)
    }
}

struct Drawing<'a> {
    layout: &'a Layout,
    fit: Fit,
}

fn scene(report: &Report, shapes: &ReportShapes, texts: &Texts, drawing: &Drawing<'_>) -> Result<Scene, MapError> {
    let letters = letters(report);
    let window = Window::round(shapes.zone, &shapes.subject, drawing.layout.frame, drawing.fit)?;
    let mut words = words::words(report, &letters, texts, &window)?;
    // a picture within a page is drawn as large as the page likes: its bar is true, a ratio would not be
    if drawing.fit == Fit::Close {
        words.ratio = None;
    }
    let spec = MapSpec {
        layout: drawing.layout,
        symbology: map_symbology(),
        subject: Some(SubjectLand {
            land: &shapes.subject,
            style: "subject",
        }),
        under: features::under(shapes, &letters),
        over: features::over(shapes),
        words,
        locator: None,
        relief: None,
        top: Vec::new(),
        window,
    };
    maps::compose(&spec)
}

#[cfg(test)]
mod tests;
