//! Classes of a sheet: the features of a layer that are drawn alike, and the hectares that they cover together.

use super::Figures;
use crate::number::hectares_text;
use crate::{Texts, layer_styles, name_on_maps};
use conflicts::LayerAround;
use crs::UtmZone;
use geo::{BoundingRect, Contains, Intersects};
use geo_types::{Coord, Geometry, MultiPolygon, Polygon, Rect};
use maps::layers::LayerLook;
use maps::{MapError, Window};
use territory::{Feature, LayerKind, Shape, overlap, union_within};

/// Features of a layer that are drawn alike.
pub(super) struct Class<'a> {
    /// The layer.
    pub kind: LayerKind,
    /// Its look.
    pub look: &'static LayerLook,
    /// Keys of its styles, the lowest first; none where nothing of it is drawn at the scale.
    pub keys: Vec<String>,
    /// The id of its words.
    pub words: Option<&'static str>,
    /// Whether its insides are painted: of a limit alone nobody asks for hectares.
    pub painted: bool,
    /// The features in the frame.
    pub features: Vec<&'a Feature>,
}

impl Class<'_> {
    /// What stands on the map for a feature.
    pub fn name_of<'f>(&self, feature: &'f Feature) -> Option<&'f str> {
        self.look.words_of(feature).and_then(name_on_maps)
    }

    /// Whether it is land with an area that the legend has to tell.
    pub fn has_areas(&self) -> bool {
        let area = |feature: &&Feature| matches!(feature.lonlat, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
        self.painted && self.features.iter().any(area)
    }

    /// The hectares that its features cover together within the frame; none where some of them are areas that nobody measured.
    pub fn hectares(&self, frame: &Shape, window: &Window) -> Option<f64> {
        let mut shapes: Vec<&Shape> = Vec::new();
        for feature in &self.features {
            match (&feature.land, &feature.lonlat) {
                (Some(land), _) => shapes.push(land.shape_in(window.zone, &feature.lonlat)),
                (None, Geometry::Polygon(_) | Geometry::MultiPolygon(_)) => return None,
                (None, _) => {}
            }
        }
        Some(union_within(frame, &shapes).ground.0)
    }
}

/// The classes of some layers in a window, the lowest first.
pub(super) fn classes<'a>(layers: &[LayerAround<'a>], window: &Window) -> Result<Vec<Class<'a>>, MapError> {
    let seen = Seen::of(window)?;
    let mut out: Vec<Class<'a>> = Vec::new();
    for layer in layers {
        let look = layer_styles().look(layer.kind);
        let mut by_rule: Vec<Vec<&'a Feature>> = look.rules.iter().map(|_| Vec::new()).collect();
        for feature in layer.editions.iter().flat_map(|edition| &edition.features) {
            if let Some(rule) = look.rule_of(&feature.attributes).filter(|_| seen.has(feature)) {
                by_rule[rule].push(feature);
            }
        }
        for (rule, features) in look.rules.iter().zip(by_rule) {
            if features.is_empty() {
                continue;
            }
            let steps: Vec<_> = rule.steps_at(window.denominator).collect();
            let keys: Vec<String> = steps.iter().map(|step| step.key(layer.kind)).collect();
            let first = steps.first().copied().or_else(|| rule.draw.first());
            let painted = first.is_some_and(|step| step.style.fill.is_some() || step.style.hatch.is_some());
            let words = first.and_then(|step| step.style.legend.as_deref());
            // rules of a layer that draw alike are one class
            let same = |class: &&mut Class<'a>| class.kind == layer.kind && class.keys == keys && class.words == words;
            match out.iter_mut().find(same) {
                Some(class) => class.features.extend(features),
                None => out.push(Class {
                    kind: layer.kind,
                    look,
                    keys,
                    words,
                    painted,
                    features,
                }),
            }
        }
    }
    Ok(out)
}

/// What a window shows.
struct Seen {
    frame: Shape,
    zone: UtmZone,
    bounds: Rect,
}

impl Seen {
    fn of(window: &Window) -> Result<Self, MapError> {
        let [west, south, east, north] = window.lonlat_box()?;
        Ok(Self {
            frame: frame_of(window),
            zone: window.zone,
            bounds: Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }),
        })
    }

    /// Whether anything of a feature is in the frame: its land by its very border, lines and points by the box of the frame.
    fn has(&self, feature: &Feature) -> bool {
        let Some(bounds) = feature.lonlat.bounding_rect() else {
            return false;
        };
        bounds.intersects(&self.bounds)
            && match &feature.land {
                Some(land) => overlap(&self.frame, land.shape_in(self.zone, &feature.lonlat)).touches,
                None => self.bounds.contains(&bounds) || feature.lonlat.intersects(&self.bounds),
            }
    }
}

/// The frame as land of its zone.
pub(super) fn frame_of(window: &Window) -> Shape {
    let corners: Vec<_> = window
        .frame
        .corners()
        .into_iter()
        .map(|corner| window.ground(corner))
        .collect();
    Shape::from_metres(&MultiPolygon(vec![Polygon::new(corners.into(), Vec::new())]))
}

/// What each class covers within the frame, by the key of its first style, as the legend writes it.
pub(super) fn figures(classes: &[Class<'_>], window: &Window, texts: &Texts) -> Figures {
    let frame = frame_of(window);
    let mut out = Figures::new();
    for class in classes.iter().filter(|class| class.has_areas()) {
        let Some(key) = class.keys.first() else { continue };
        out.insert(key.clone(), said(class.hectares(&frame, window), texts));
    }
    out
}

/// Hectares in words.
fn said(hectares: Option<f64>, texts: &Texts) -> String {
    match hectares {
        Some(hectares) => {
            let number = hectares_text(texts, hectares).replace('\u{202f}', "\u{a0}");
            texts.fill("sheet-ha", &[("ha", number.into())])
        }
        None => texts.say("sheet-unmeasured"),
    }
}
