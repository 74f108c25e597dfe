//! What a frame shows, and the room that its legend and sources take.

use super::classes::{Class, classes};
use super::{Figures, LayerSheetAsk, LayerSheetGround, words};
use crate::{Texts, layer_meanings, layer_styles};
use maps::{LayerNeeds, Layout, LegendSign, Lines, MapError, Window, legend_height};
use std::collections::BTreeMap;
use territory::LayerKind;

/// A figure as wide as any.
const WIDE_FIGURE: &str = "00\u{a0}000\u{a0}000\u{a0}ha";

/// What a frame shows.
pub(super) struct Facts<'a> {
    /// Classes with a feature in the frame, the lowest first.
    pub classes: Vec<Class<'a>>,
    /// Notes under the heading of the legend.
    pub notes: Vec<String>,
    /// The foot of the sheet.
    pub sources: String,
    kinds: Vec<LayerKind>,
    denominator: f64,
}

impl<'a> Facts<'a> {
    /// What a window shows.
    pub fn of(ground: &LayerSheetGround<'a>, window: &Window, texts: &Texts) -> Result<Self, MapError> {
        let classes = classes(&ground.layers, window)?;
        Ok(Self {
            notes: words::legend_notes(ground, &classes, texts),
            sources: words::sources(ground, &classes, (window.lonlat_box()?, texts))?,
            kinds: ground.layers.iter().map(|layer| layer.kind).collect(),
            classes,
            denominator: window.denominator,
        })
    }

    /// A layout with room for them.
    pub fn layout(&self, ask: &LayerSheetAsk, locator: bool, texts: &Texts) -> Result<Layout, MapError> {
        let mut needs = LayerNeeds {
            sources: &self.sources,
            legend_mm: 0.0,
            locator,
        };
        let bare = Layout::layers(ask.paper, ask.lies(), needs)?;
        needs.legend_mm = self.legend_mm(&bare, texts)?;
        Layout::layers(ask.paper, ask.lies(), needs)
    }

    /// Whether they have room in a layout that was made for others.
    pub fn fit(&self, layout: &Layout, texts: &Texts) -> Result<bool, MapError> {
        let legend = self.legend_mm(layout, texts)? <= layout.legend.height + 1e-6;
        Ok(legend && layout.foot_height(&self.sources) <= layout.foot.height + 1e-6)
    }

    /// How high the legend is at full size.
    fn legend_mm(&self, layout: &Layout, texts: &Texts) -> Result<f64, MapError> {
        let symbology = layer_styles().symbology_at(&self.kinds, self.denominator);
        let keys = self.classes.iter().rev().flat_map(|class| &class.keys);
        let signs: Vec<LegendSign<'_>> = keys.map(|key| LegendSign(key)).collect();
        let words = Lines {
            meanings: layer_meanings(texts),
            headings: self.headings(texts),
            legend_notes: self.notes.clone(),
            figures: self.wide_figures(),
            ..Lines::default()
        };
        legend_height(&signs, &symbology, &words, layout)
    }

    fn wide_figures(&self) -> Figures {
        let areas = self.classes.iter().filter(|class| class.has_areas());
        areas
            .filter_map(|class| Some((class.keys.first()?.clone(), WIDE_FIGURE.to_owned())))
            .collect()
    }

    /// Names of layers over their signs, by the keys of styles, where a layer has several.
    pub fn headings(&self, texts: &Texts) -> BTreeMap<String, String> {
        let several = |kind: LayerKind| layer_styles().look(kind).rules.len() > 1;
        let classes = self.classes.iter().filter(|class| several(class.kind));
        classes
            .flat_map(|class| {
                let title = texts.say(&format!("layer-{}", class.kind));
                class.keys.iter().map(move |key| (key.clone(), title.clone()))
            })
            .collect()
    }
}
