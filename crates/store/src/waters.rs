//! The drainage models of a snapshot with what lies on them, ready for questions.

use crate::{Edition, Snapshot, Store, grid};
use conflicts::{CanalsLaid, GivenLayer, WATER_LAYERS, WaterLayer, WaterModel};
use std::sync::Arc;
use territory::{Feature, LayerKind, Metres};
use watershed::Waters;

/// How much is held, and how far points are led to streams.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaterLimits {
    /// Cells of a model: each takes some 18 bytes of memory.
    pub cells: u64,
    /// Metres within which springs and the ends of canals are led to streams.
    pub snap: Metres,
}

/// What there is to ask.
#[derive(Debug, Default)]
pub struct WaterModels {
    /// The models, by their editions.
    pub models: Vec<WaterModel>,
    /// Models in force that are not at hand, each with a sentence in Spanish that says why.
    pub refused: Vec<String>,
}

impl Snapshot {
    /// Ids and hashes of all that answers about water are made of: while they are the same, so are the models. Empty without a model.
    pub fn water_tag(&self) -> Vec<String> {
        if self.collection(LayerKind::Drainage).next().is_none() {
            return Vec::new();
        }
        let kinds = [LayerKind::Drainage, LayerKind::Canals];
        let editions = kinds
            .into_iter()
            .chain(WATER_LAYERS)
            .flat_map(|kind| self.collection(kind));
        editions
            .map(|edition| format!("{} {}", edition.meta.id, edition.meta.sha256))
            .collect()
    }

    /// Makes the models of its editions of drainage ready; parts of `before` that are the same are shared. Takes seconds for tens of
    /// millions of cells.
    pub fn water_models(&self, store: &Store, before: Option<&WaterModels>, limits: WaterLimits) -> WaterModels {
        let mut made = WaterModels::default();
        for edition in self.collection(LayerKind::Drainage) {
            for feature in edition.features.iter() {
                let Some(cells) = grid::cells_of(feature) else { continue };
                let known = before.and_then(|before| {
                    before
                        .models
                        .iter()
                        .find(|model| model.meta.id == edition.meta.id && model.feature == feature.key)
                });
                let waters = match known {
                    Some(model) => Ok(Arc::clone(&model.waters)),
                    None => waters(store, (edition, feature, cells), limits).map(Arc::new),
                };
                let model = waters.and_then(|waters| self.with_layers((edition, feature), waters, (known, limits)));
                match model {
                    Ok(model) => made.models.push(model),
                    Err(sentence) => made.refused.push(sentence),
                }
            }
        }
        made
    }

    fn given(&self, kind: LayerKind) -> GivenLayer<'_> {
        let editions = self
            .collection(kind)
            .map(|edition| (&edition.meta, &edition.features[..]));
        GivenLayer {
            kind,
            editions: editions.collect(),
        }
    }

    fn is_laid(&self, kind: LayerKind, editions: &[String]) -> bool {
        self.collection(kind).map(|edition| &edition.meta.id).eq(editions)
    }

    fn with_layers(
        &self,
        (edition, feature): (&Edition, &Feature),
        waters: Arc<Waters>,
        (known, limits): (Option<&WaterModel>, WaterLimits),
    ) -> Result<WaterModel, String> {
        let canals = known.map(|model| &model.canals);
        let canals = canals
            .filter(|canals| self.is_laid(LayerKind::Canals, &canals.editions))
            .cloned();
        let lay = |kind: LayerKind| {
            let mut layers = known.iter().flat_map(|model| &model.layers);
            let same = layers.find(|layer| layer.kind == kind && self.is_laid(kind, &layer.editions));
            match same {
                Some(layer) => Ok(Arc::clone(layer)),
                None => WaterLayer::lay(&waters, &self.given(kind), limits.snap)
                    .map(Arc::new)
                    .map_err(|error| error.sentence_es()),
            }
        };
        Ok(WaterModel {
            meta: edition.meta.clone(),
            feature: feature.key.clone(),
            canals: canals
                .unwrap_or_else(|| Arc::new(CanalsLaid::lay(&waters, &self.given(LayerKind::Canals), limits.snap))),
            layers: WATER_LAYERS.into_iter().map(lay).collect::<Result<_, _>>()?,
            waters,
            limit: limits.snap,
        })
    }
}

/// The model of an edition, or why it is not at hand, in Spanish.
fn waters(
    store: &Store,
    (edition, feature, cells): (&Edition, &Feature, u64),
    limits: WaterLimits,
) -> Result<Waters, String> {
    let id = &edition.meta.id;
    if cells > limits.cells {
        return Err(format!(
            "El modelo de drenaje {id} tiene {cells} celdas y el límite es {}; quien administra puede subirlo (unos 18 octetos de memoria \
             por celda).",
            limits.cells
        ));
    }
    match store.waters_of(feature) {
        Ok(Some(waters)) => Ok(waters),
        Ok(None) => Err(format!("El modelo de drenaje {id} no tiene grilla.")),
        Err(error) => Err(error.sentence_es()),
    }
}
