//! Maps of relief and modelled water, and profiles of rivers: what stands on them and in which words. `maps` draws them; what drains
//! where comes as plain data.

mod page;
mod profile;
mod words;

pub use page::river_profile_page;
pub use profile::{RiverBand, RiverProfile, river_profile};

use crate::{Lang, LayerSheetAsk, Texts, layer_meanings, map_symbology, name_on_maps};
use conflicts::LayerAround;
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point};
use maps::{
    Heights, LayerNeeds, Layout, LegendSign, MapError, MapFeature, MapSpec, Relief, Scene, SubjectLand, WaterLook,
    Window, legend_height, relief,
};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use territory::{Feature, LayerKind};

/// The layers that help to find one's way on a map of relief; a map of it may have them.
pub const RELIEF_CONTEXT: [LayerKind; 6] = [
    LayerKind::Concessions,
    LayerKind::ProtectedAreas,
    LayerKind::Urban,
    LayerKind::Communities,
    LayerKind::WaterBodies,
    LayerKind::Springs,
];
/// The highest order that has a sign of its own.
const HIGHEST: u8 = 7;

static LOOK: LazyLock<WaterLook> = LazyLock::new(|| {
    WaterLook::parse(include_str!("../../../../config/symbology/water.toml"), map_symbology())
        .expect("a test reads the symbology that is carried in the program")
});

/// How relief and modelled water are drawn.
pub fn water_look() -> &'static WaterLook {
    &LOOK
}

/// A map of relief and of the water that was modelled on it. All geometry in lon/lat WGS 84 degrees.
#[derive(Debug)]
pub struct ReliefMap<'a> {
    /// Land to be shown, paper, scale and title; [`LayerSheetAsk::resolved`].
    pub ask: LayerSheetAsk,
    /// The heights.
    pub heights: Heights<'a>,
    /// Order by Strahler and line of each reach, from its upper end down.
    pub streams: Vec<(u8, LineString<f64>)>,
    /// The borders of units, each once.
    pub borders: Vec<LineString<f64>>,
    /// Code and land of each unit.
    pub units: Vec<(String, MultiPolygon<f64>)>,
    /// What drains to a place.
    pub catchment: Option<CatchmentShown>,
    /// Layers round it; none where no store was asked.
    pub layers: Vec<LayerAround<'a>>,
    /// Letters of rights by their keys.
    pub letters: BTreeMap<String, String>,
    /// Where the heights come from.
    pub model: ModelSource,
}

/// What drains to a place.
#[derive(Debug)]
pub struct CatchmentShown {
    /// Its land.
    pub land: MultiPolygon<f64>,
    /// Hectares, and whether on the ellipsoid.
    pub hectares: (f64, bool),
    /// Highest above lowest height in metres.
    pub relief: f64,
    /// Whether it meets the edge of what was measured elsewhere than at its mouth: more may drain to the place from beyond.
    pub cut: bool,
    /// The place asked for, the place of the stream that it was led to, and the metres between them.
    pub places: ([Coord<f64>; 2], f64),
}

/// The elevation model that water was modelled on.
#[derive(Clone, Debug)]
pub struct ModelSource {
    /// Its name.
    pub title: String,
    /// Side of a cell in the units of its system, and whether those are degrees.
    pub cell: (f64, bool),
    /// Hectares from which a stream was modelled.
    pub threshold: f64,
    /// Whether a program made it up.
    pub synthetic: bool,
}

/// Draws it: the same drawing for the same data.
///
/// # Errors
/// [`MapError::DoesNotFit`], [`MapError::Crowded`], [`MapError::NoZone`], [`MapError::NoLand`] where no height lies in the frame, the
/// projection's.
pub fn relief_map(map: &ReliefMap<'_>, lang: Lang) -> Result<Scene, MapError> {
    let texts = Texts::of(lang);
    let drawn = Drawn::of(map);
    let sources = words::sources(map, texts);
    let bare = Layout::layers(map.ask.paper, map.ask.lies(), needs(&sources, 0.0))?;
    let (window, found) = look_at(map, &bare)?;
    let legend_mm = legend_mm(map, &drawn, (&bare, &window, &found), texts)?;
    let layout = Layout::layers(map.ask.paper, map.ask.lies(), needs(&sources, legend_mm))?;
    let (window, found) = look_at(map, &layout)?;
    let spec = MapSpec {
        layout: &layout,
        window,
        symbology: &water_look().symbology,
        subject: map.catchment.as_ref().map(|catchment| SubjectLand {
            land: &catchment.land,
            style: "catchment",
        }),
        under: drawn.under(map),
        over: drawn.over(map),
        top: drawn.top(),
        words: words::words(map, (&window, &found, &layout), (sources.clone(), texts))?,
        locator: None,
        relief: Some(&found),
    };
    maps::compose(&spec)
}

fn needs(sources: &str, legend_mm: f64) -> LayerNeeds<'_> {
    LayerNeeds {
        sources,
        legend_mm,
        locator: false,
    }
}

fn look_at(map: &ReliefMap<'_>, layout: &Layout) -> Result<(Window, Relief), MapError> {
    let window = map.ask.window(layout)?;
    let found = relief(&map.heights, &window, &water_look().relief)?;
    Ok((window, found))
}

/// How high the legend is at full size.
fn legend_mm(
    map: &ReliefMap<'_>,
    drawn: &Drawn,
    (layout, window, found): (&Layout, &Window, &Relief),
    texts: &Texts,
) -> Result<f64, MapError> {
    let look = water_look();
    let styles = &look.symbology.styles;
    let shown = |style: &&str| {
        styles
            .get(*style)
            .is_some_and(|style| style.shows_at(window.denominator))
    };
    let mut names: Vec<&str> = map.catchment.iter().map(|_| "catchment").collect();
    for feature in drawn
        .under(map)
        .iter()
        .rev()
        .chain(&drawn.over(map))
        .chain(&drawn.top())
    {
        if !names.contains(&feature.style) {
            names.push(feature.style);
        }
    }
    let signs: Vec<LegendSign<'_>> = names.into_iter().filter(shown).map(LegendSign).collect();
    let words = words::words(map, (window, found, layout), (String::new(), texts))?;
    legend_height(&signs, &look.symbology, &words, layout)
}

/// What a map holds, as geometries.
struct Drawn {
    streams: Vec<(u8, Geometry<f64>)>,
    borders: Vec<Geometry<f64>>,
    units: Vec<Geometry<f64>>,
    places: Vec<(&'static str, Geometry<f64>)>,
}

impl Drawn {
    fn of(map: &ReliefMap<'_>) -> Self {
        let mut streams: Vec<(u8, Geometry<f64>)> = map
            .streams
            .iter()
            .map(|(order, line)| ((*order).clamp(1, HIGHEST), Geometry::LineString(line.clone())))
            .collect();
        streams.sort_by_key(|(order, _)| *order);
        let places = map.catchment.iter().flat_map(|catchment| {
            let [asked, snapped] = catchment.places.0.map(|place| Geometry::Point(Point(place)));
            [("asked", asked), ("snapped", snapped)]
        });
        Self {
            streams,
            borders: map.borders.iter().cloned().map(Geometry::LineString).collect(),
            units: map
                .units
                .iter()
                .map(|(_, land)| Geometry::MultiPolygon(land.clone()))
                .collect(),
            places: places.collect(),
        }
    }

    /// What pales beyond the catchment.
    fn under<'a>(&'a self, map: &'a ReliefMap<'_>) -> Vec<MapFeature<'a>> {
        let mut out = layer(map, LayerKind::ProtectedAreas, "protected-area");
        out.extend(layer(map, LayerKind::Urban, "urban"));
        for group in ["extinguido", "otros", "tramite", "titulado"] {
            let rights = features(map, LayerKind::Concessions).filter(|right| group_of(right) == group);
            out.extend(rights.map(|right| MapFeature {
                geometry: &right.lonlat,
                style: right_style(group),
                letter: map.letters.get(&right.key).map(String::as_str),
                label: None,
            }));
        }
        out.extend(
            self.streams
                .iter()
                .map(|(order, line)| plain(line, stream_style(*order))),
        );
        out
    }

    fn over<'a>(&'a self, map: &'a ReliefMap<'_>) -> Vec<MapFeature<'a>> {
        let mut out: Vec<MapFeature<'a>> = self.borders.iter().map(|line| plain(line, "unit-border")).collect();
        let named = self.units.iter().zip(&map.units);
        out.extend(named.map(|(land, (code, _))| MapFeature {
            label: Some(code),
            ..plain(land, "unit")
        }));
        out.extend(layer(map, LayerKind::WaterBodies, "water-body"));
        out.extend(layer(map, LayerKind::Communities, "community"));
        out.extend(layer(map, LayerKind::Springs, "spring"));
        out
    }

    /// The places that the map is about.
    fn top(&self) -> Vec<MapFeature<'_>> {
        self.places.iter().map(|(style, place)| plain(place, style)).collect()
    }
}

fn plain<'a>(geometry: &'a Geometry<f64>, style: &'a str) -> MapFeature<'a> {
    MapFeature {
        geometry,
        style,
        letter: None,
        label: None,
    }
}

/// The state group of a right, as the styles of maps have it.
pub(crate) fn group_of(right: &Feature) -> &'static str {
    match right.attributes.text("state_group") {
        Some("titulado") => "titulado",
        Some("tramite") => "tramite",
        Some("extinguido") => "extinguido",
        _ => "otros",
    }
}

/// The style of rights of a state group.
pub(crate) fn right_style(group: &str) -> &'static str {
    match group {
        "titulado" => "right-titulado",
        "tramite" => "right-tramite",
        "extinguido" => "right-extinguido",
        _ => "right-otros",
    }
}

fn stream_style(order: u8) -> &'static str {
    const STYLES: [&str; HIGHEST as usize] = [
        "stream-1", "stream-2", "stream-3", "stream-4", "stream-5", "stream-6", "stream-7",
    ];
    STYLES[usize::from(order.clamp(1, HIGHEST)) - 1]
}

fn features<'a>(map: &'a ReliefMap<'_>, kind: LayerKind) -> impl Iterator<Item = &'a Feature> {
    let layers = map.layers.iter().filter(move |layer| layer.kind == kind);
    layers
        .flat_map(|layer| &layer.editions)
        .flat_map(|edition| edition.features.iter().copied())
}

fn layer<'a>(map: &'a ReliefMap<'_>, kind: LayerKind, style: &'a str) -> Vec<MapFeature<'a>> {
    let all = features(map, kind).map(|feature| MapFeature {
        geometry: &feature.lonlat,
        style,
        letter: None,
        label: name_on_maps(feature.name()).filter(|name| *name != feature.key),
    });
    all.collect()
}

/// What the signs mean, by the ids of the symbology.
fn meanings(texts: &Texts) -> BTreeMap<String, String> {
    let mut all = layer_meanings(texts);
    let ids = water_look().symbology.legend_ids().into_iter();
    all.extend(ids.map(|id| (id.to_owned(), texts.say(id))));
    all
}

#[cfg(test)]
mod tests;
