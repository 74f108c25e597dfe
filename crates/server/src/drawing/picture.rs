//! What somebody wants to see, within limits, and its scene.

use crate::{
    config::MapLimits,
    params::invalid,
    problem::{Kind, Problem},
    words::title_of,
};
use maps::{
    Colour, Group, Item, MapError, Paint, Scene,
    layers::{BEYOND_MM, LayerFeature, LayerMap, Step, View, compose_layers},
};
use reports::{Lang, layer_styles, name_on_maps};
use store::Snapshot;
use territory::{EditionMeta, LayerKind};

/// What is drawn and where.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    /// Layers, the lowest first.
    pub kinds: Vec<LayerKind>,
    /// The land.
    pub view: View,
    /// Whether names are written.
    pub names: bool,
    /// What lies below; none for nothing.
    pub background: Option<Colour>,
}

/// As what a picture goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Medium {
    /// Pixels.
    Png,
    /// Lines.
    Svg,
}

/// Pixels of a picture, not yet held against the limits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Layers that are drawn.
    pub layers: usize,
}

impl Sizes {
    /// Holds the work against the limits, before any.
    ///
    /// # Errors
    /// `invalid-parameter` for a side, `over-limit` for the work, with the figure and the limit.
    pub(crate) fn check(self, limits: MapLimits) -> Result<(), Problem> {
        for (name, value) in [("width", self.width), ("height", self.height)] {
            if value == 0 || value > limits.side {
                return Err(invalid(
                    name,
                    &value.to_string(),
                    &format!("un número de 1 a {}", limits.side),
                ));
            }
        }
        let work = u64::from(self.width) * u64::from(self.height) * self.layers.max(1) as u64;
        if work > limits.work {
            return Err(Kind::OverLimit
                .because(format!(
                    "La imagen pide {} × {} puntos de {} capas, que son {work}, y el límite de este servidor es {}. Pida una imagen \
                     menor o menos capas.",
                    self.width, self.height, self.layers, limits.work
                ))
                .with("figure", work)
                .with("limit", limits.work));
        }
        Ok(())
    }
}

impl Medium {
    /// Its media type.
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }

    /// A scene as bytes, so many pixels wide and high, on a colour or on nothing.
    ///
    /// # Errors
    /// `internal`.
    pub(crate) fn bytes(
        self,
        mut scene: Scene,
        pixels: (u32, u32),
        background: Option<Colour>,
    ) -> Result<Vec<u8>, Problem> {
        match self {
            Self::Png => scene
                .picture(pixels, background)
                .map_err(|error| Problem::internal(&error)),
            Self::Svg => {
                if let Some(colour) = background {
                    let page = maps::Rect::new(0.0, 0.0, scene.width_mm, scene.height_mm);
                    let items = vec![Item::areas([page.corners()], Some(Paint::plain(colour)), None)];
                    scene.groups.insert(0, Group { name: "paper", items });
                }
                Ok(scene.svg().into_bytes())
            }
        }
    }
}

impl Picture {
    /// The scene of what a snapshot has there.
    ///
    /// # Errors
    /// `internal`.
    pub(crate) fn scene(&self, snapshot: &Snapshot) -> Result<Scene, Problem> {
        let titles: Vec<&str> = self.kinds.iter().map(|kind| title_of(*kind)).collect();
        let map = LayerMap {
            view: self.view,
            features: self.features(snapshot),
            names: self.names,
            words: [Lang::Es.code().to_owned(), titles.join(", "), String::new()],
        };
        compose_layers(&map).map_err(|error: MapError| Problem::internal(&error))
    }

    /// Features that the picture may show, layer by layer and rule by rule.
    fn features<'a>(&self, snapshot: &'a Snapshot) -> Vec<LayerFeature<'a>> {
        let Some(bounds) = self.view.lonlat_box(BEYOND_MM) else {
            return Vec::new();
        };
        let mut found: Vec<((usize, usize), LayerFeature<'a>)> = Vec::new();
        for (layer, kind) in self.kinds.iter().enumerate() {
            let look = layer_styles().look(*kind);
            let steps: Vec<Vec<&'static Step>> = look
                .rules
                .iter()
                .map(|rule| rule.steps_at(self.view.denominator).collect())
                .collect();
            if steps.iter().all(Vec::is_empty) {
                continue;
            }
            let mut finder = look.finder();
            for edition in snapshot.collection(*kind) {
                for turn in edition.touching_positions(bounds, 0.0) {
                    let feature = &edition.features[turn];
                    let Some(rule) = finder.rule_of(&feature.attributes) else {
                        continue;
                    };
                    let name = if self.names {
                        look.words_of(feature).and_then(name_on_maps)
                    } else {
                        None
                    };
                    found.extend(steps[rule].iter().map(|step| {
                        let drawn = LayerFeature {
                            geometry: &feature.lonlat,
                            step,
                            name,
                            turn,
                        };
                        ((layer, rule), drawn)
                    }));
                }
            }
        }
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, feature)| feature).collect()
    }
}

/// The editions of some layers.
pub(crate) fn meta_of<'a>(snapshot: &'a Snapshot, kinds: &'a [LayerKind]) -> impl Iterator<Item = &'a EditionMeta> {
    kinds
        .iter()
        .flat_map(|kind| snapshot.collection(*kind))
        .map(|edition| &edition.meta)
}
