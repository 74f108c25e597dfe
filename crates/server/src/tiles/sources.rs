//! What tiles are made of: each edition made ready once, and kept as long as some snapshot has it.

use super::cache::Cache;
use crate::config::TileLimits;
use maps::tiles::{TILE_VERSION, TileContents, TileId, TileLayer, TileSource, encode_tile};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};
use store::{Edition, Snapshot};
use territory::{LayerKind, hex};

/// The editions of a snapshot, ready for tiles when first asked for, and the tiles that were made of them.
pub(crate) struct Tiles {
    /// Tiles that were made; they go with the snapshot.
    pub cache: Cache,
    buffer: u32,
    layers: BTreeMap<LayerKind, Layer>,
}

struct Layer {
    editions: Vec<Arc<Ready>>,
    tag: String,
    contents: OnceLock<TileContents>,
}

/// An edition and its tile source.
struct Ready {
    edition: Arc<Edition>,
    source: OnceLock<TileSource>,
}

impl Tiles {
    /// Those of a snapshot. What `before` made of the same features is kept.
    pub(crate) fn of(snapshot: &Snapshot, before: Option<&Self>, limits: TileLimits) -> Self {
        let layer = |kind: LayerKind| {
            let editions: Vec<Arc<Ready>> = snapshot
                .collection(kind)
                .map(|edition| ready(edition, before))
                .collect();
            let tag = tag(snapshot, kind, limits.buffer);
            Layer {
                editions,
                tag,
                contents: OnceLock::new(),
            }
        };
        Self {
            cache: Cache::of(limits.cache_bytes),
            buffer: limits.buffer,
            layers: snapshot.kinds().into_iter().map(|kind| (kind, layer(kind))).collect(),
        }
    }

    /// Changes whenever a tile of these layers may.
    pub(crate) fn tag(&self, kinds: &[LayerKind]) -> String {
        let tags: Vec<&str> = kinds
            .iter()
            .filter_map(|kind| self.layers.get(kind))
            .map(|layer| layer.tag.as_str())
            .collect();
        tags.join("-")
    }

    /// A tile of some layers; no bytes where it is empty. The first tile of an edition makes it ready.
    pub(crate) fn tile(&self, kinds: &[LayerKind], tile: TileId) -> Vec<u8> {
        let sources: Vec<(LayerKind, Vec<&TileSource>)> = kinds
            .iter()
            .filter_map(|kind| Some((*kind, self.layers.get(kind)?)))
            .map(|(kind, layer)| (kind, layer.editions.iter().map(|ready| ready.source()).collect()))
            .collect();
        let layers: Vec<TileLayer<'_>> = sources
            .iter()
            .map(|(kind, sources)| TileLayer {
                name: kind.id(),
                sources,
            })
            .collect();
        encode_tile(tile, &layers, self.buffer)
    }

    /// What a layer's features say; looked up once.
    pub(crate) fn contents(&self, kind: LayerKind) -> Option<&TileContents> {
        let layer = self.layers.get(&kind)?;
        let features = || layer.editions.iter().flat_map(|ready| ready.edition.features.iter());
        Some(layer.contents.get_or_init(|| TileContents::of(features())))
    }

    /// Makes every edition ready, one after another, while somebody wants it; how many bytes they take.
    pub(crate) fn make_ready(&self, mut wanted: impl FnMut() -> bool) -> usize {
        let editions = self.layers.values().flat_map(|layer| &layer.editions);
        editions
            .take_while(|_| wanted())
            .map(|ready| ready.source().bytes())
            .sum()
    }
}

impl Ready {
    fn source(&self) -> &TileSource {
        let Edition { meta, features, .. } = &*self.edition;
        self.source
            .get_or_init(|| TileSource::build(meta.series_id(), &meta.id, features))
    }
}

fn ready(edition: &Arc<Edition>, before: Option<&Tiles>) -> Arc<Ready> {
    let layer = before.and_then(|before| before.layers.get(&edition.meta.kind));
    let same = |ready: &&Arc<Ready>| {
        ready.edition.meta.id == edition.meta.id && Arc::ptr_eq(&ready.edition.features, &edition.features)
    };
    let known = layer.and_then(|layer| layer.editions.iter().find(same));
    known.cloned().unwrap_or_else(|| {
        Arc::new(Ready {
            edition: Arc::clone(edition),
            source: OnceLock::new(),
        })
    })
}

fn tag(snapshot: &Snapshot, kind: LayerKind, buffer: u32) -> String {
    let mut hash = Sha256::new();
    hash.update(TILE_VERSION.to_le_bytes());
    hash.update(buffer.to_le_bytes());
    for edition in snapshot.collection(kind) {
        hash.update(&edition.meta.id);
        hash.update([0]);
        hash.update(&edition.meta.sha256);
    }
    hex(&hash.finalize()[..10])
}
