//! Sheets of whole layers, as zoning maps are printed: what stands on them and in which words. `maps` draws them.

mod ask;
mod classes;
mod facts;
mod places;
mod words;

pub use ask::LayerSheetAsk;

use crate::{Lang, Texts, layer_styles};
use classes::Class;
use conflicts::LayerAround;
use facts::Facts;
use geo::CoordsIter;
use maps::{Layout, MapError, MapFeature, MapSpec, Scene, Window};
use std::collections::BTreeMap;
use territory::AsOf;

/// What a store has for a sheet.
#[derive(Debug)]
pub struct LayerSheetGround<'a> {
    /// The layers, the lowest first, with what lies in [`LayerSheetAsk::reach`].
    pub layers: Vec<LayerAround<'a>>,
    /// Departments, provinces and districts, for names of places and for the locator.
    pub units: Vec<LayerAround<'a>>,
    /// The days of the data.
    pub as_of: AsOf,
}

impl LayerSheetGround<'_> {
    /// Vertices of the layers in reach: the work of a sheet grows with them.
    pub fn vertices(&self) -> u64 {
        let editions = self.layers.iter().flat_map(|layer| &layer.editions);
        let counts = editions
            .flat_map(|edition| &edition.features)
            .map(|feature| match &feature.land {
                Some(land) => land.shape.point_count() as u64,
                None => feature.lonlat.coords_count() as u64,
            });
        counts.sum()
    }
}

/// A sheet of layers.
#[derive(Debug)]
pub struct LayerSheet {
    /// The drawing; [`sheet_pdf`](crate::sheet_pdf) makes a page of it.
    pub scene: Scene,
    /// The land that it shows.
    pub window: Window,
}

/// The layout, window and contents that belong together.
struct Plan<'a> {
    layout: Layout,
    window: Window,
    facts: Facts<'a>,
}

/// Draws a sheet of layers: the same drawing for the same data and question.
///
/// # Errors
/// [`MapError::DoesNotFit`] with the least round scale that fits, [`MapError::Crowded`], [`MapError::NoZone`], the projection's.
pub fn layer_sheet(ask: &LayerSheetAsk, ground: &LayerSheetGround<'_>, lang: Lang) -> Result<LayerSheet, MapError> {
    let texts = Texts::of(lang);
    let plan = Plan::made(ask, ground, texts)?;
    let Plan { layout, window, facts } = &plan;
    let kinds: Vec<_> = ground.layers.iter().map(|layer| layer.kind).collect();
    let symbology = layer_styles().symbology_at(&kinds, window.denominator);
    let figures = classes::figures(&facts.classes, window, texts);
    let places = places::places(ground, window)?;
    let spec = MapSpec {
        layout,
        window: *window,
        symbology: &symbology,
        subject: None,
        under: drawn(&facts.classes, ask.names),
        over: Vec::new(),
        words: words::words(&(ask, ground, &plan), &places, figures, texts)?,
        locator: places.locator,
        relief: None,
        top: Vec::new(),
    };
    Ok(LayerSheet {
        scene: maps::compose(&spec)?,
        window: *window,
    })
}

/// Features in the order in which they are drawn.
fn drawn<'a>(classes: &'a [Class<'a>], names: bool) -> Vec<MapFeature<'a>> {
    let mut out = Vec::new();
    for class in classes {
        for key in &class.keys {
            out.extend(class.features.iter().map(|feature| MapFeature {
                geometry: &feature.lonlat,
                style: key,
                letter: None,
                label: if names { class.name_of(feature) } else { None },
            }));
        }
    }
    out
}

impl<'a> Plan<'a> {
    /// Legend and sources have their height by what the frame shows, and the frame shows what they leave: they are laid out by what
    /// lies in reach, then by what the frame then shows; the second is taken where it has room for what its own frame shows.
    fn made(ask: &LayerSheetAsk, ground: &'a LayerSheetGround<'a>, texts: &Texts) -> Result<Self, MapError> {
        let wide = Facts::of(ground, &ask.reach_window()?, texts)?;
        let first = Self::laid(ask, ground, (&wide, texts))?;
        let Ok(second) = Self::laid(ask, ground, (&first.facts, texts)) else {
            return Ok(first);
        };
        let holds = second.facts.fit(&second.layout, texts)?;
        Ok(if holds { second } else { first })
    }

    fn laid(
        ask: &LayerSheetAsk,
        ground: &'a LayerSheetGround<'a>,
        (facts, texts): (&Facts<'a>, &Texts),
    ) -> Result<Self, MapError> {
        let locator = ground
            .units
            .iter()
            .flat_map(|layer| &layer.editions)
            .any(|edition| !edition.features.is_empty());
        let layout = facts.layout(ask, locator, texts)?;
        let window = ask.window(&layout)?;
        let facts = Facts::of(ground, &window, texts)?;
        Ok(Self { layout, window, facts })
    }
}

/// Hectares by the keys of styles, as they stand in the legend.
type Figures = BTreeMap<String, String>;

#[cfg(test)]
mod tests;
