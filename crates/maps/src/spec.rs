//! What a map is made of: land, features, words.

use crate::{Colour, Layout, Relief, Symbology, Window};
use geo_types::{Geometry, MultiPolygon};
use std::collections::BTreeMap;

/// A map to be composed.
#[derive(Debug)]
pub struct MapSpec<'a> {
    /// Where things stand on the page.
    pub layout: &'a Layout,
    /// Which land the frame shows.
    pub window: Window,
    /// How things are drawn.
    pub symbology: &'a Symbology,
    /// The land that the map is about; the rest is drawn lighter.
    pub subject: Option<SubjectLand<'a>>,
    /// Features that become lighter beyond the subject, from the lowest to the highest.
    pub under: Vec<MapFeature<'a>>,
    /// Features with the same strength everywhere, from the lowest to the highest.
    pub over: Vec<MapFeature<'a>>,
    /// Features over the limit of the subject too: the places that the map is about.
    pub top: Vec<MapFeature<'a>>,
    /// All words.
    pub words: Lines,
    /// Where the land lies, drawn small.
    pub locator: Option<Locator<'a>>,
    /// Shaded relief below all; its frame is that of the window.
    pub relief: Option<&'a Relief>,
}

/// A small map of where the land lies.
#[derive(Clone, Debug)]
pub struct Locator<'a> {
    /// West, south, east and north of it in lon/lat degrees.
    pub extent: [f64; 4],
    /// Units that the frame meets: lon/lat WGS 84 degrees.
    pub units: Vec<&'a Geometry<f64>>,
    /// Units round them.
    pub others: Vec<&'a Geometry<f64>>,
}

/// The land that a map is about.
#[derive(Clone, Copy, Debug)]
pub struct SubjectLand<'a> {
    /// Lon/lat WGS 84 degrees.
    pub land: &'a MultiPolygon<f64>,
    /// Its style.
    pub style: &'a str,
}

/// A feature to be drawn.
#[derive(Clone, Debug)]
pub struct MapFeature<'a> {
    /// Lon/lat WGS 84 degrees.
    pub geometry: &'a Geometry<f64>,
    /// Name of its style.
    pub style: &'a str,
    /// Its letter, which always appears.
    pub letter: Option<&'a str>,
    /// Its name, which appears where there is room.
    pub label: Option<&'a str>,
}

/// All words of a map.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// BCP 47 code.
    pub lang: String,
    /// What the map is, also for those who do not see it.
    pub title: String,
    /// What it shows, for those who do not see it.
    pub desc: String,
    /// Under the title on sheets that have room for a head.
    pub subtitle: String,
    /// Over the legend.
    pub legend: String,
    /// What each style means, by the ids of the symbology.
    pub meanings: BTreeMap<String, String>,
    /// Beside the meaning of a style, by its name: hectares.
    pub figures: BTreeMap<String, String>,
    /// Over the first of the styles that have it, by their names.
    pub headings: BTreeMap<String, String>,
    /// Under the heading of the legend.
    pub legend_notes: Vec<String>,
    /// The colours of the relief, under the notes of the legend.
    pub ramp: Option<Ramp>,
    /// Over the locator.
    pub locator: String,
    /// The scale as a ratio, where the page keeps its size: `1:25 000`.
    pub ratio: Option<String>,
    /// Unit of the bar: `km`.
    pub kilometres: String,
    /// Unit of a short bar: `m`.
    pub metres: String,
    /// The bar of walking time.
    pub walk: Option<Walk>,
    /// Letter of the north arrow.
    pub north: String,
    /// Under the arrow and the bars: which north, which grid.
    pub notes: Vec<String>,
    /// Letters of east and north on the grid's numbers.
    pub axes: [String; 2],
    /// Sources with their dates.
    pub sources: String,
}

/// What the colours of relief mean.
#[derive(Clone, Debug)]
pub struct Ramp {
    /// Over the colours.
    pub title: String,
    /// The lowest first, each with the number at its lower end.
    pub steps: Vec<(Colour, String)>,
    /// The colour of land without height, and its words.
    pub missing: Option<(Colour, String)>,
}

/// How fast somebody walks, in numbers and words.
#[derive(Clone, Debug)]
pub struct Walk {
    /// Metres in a minute.
    pub metres_a_minute: f64,
    /// Unit: `min`.
    pub unit: String,
    /// Over the bar: `a pie`.
    pub title: String,
}
