//! Tiles that were made, up to so many bytes: the ones asked for least recently go first.

use super::coding::Coding;
use actix_web::web::Bytes;
use maps::tiles::TileId;
use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use territory::LayerKind;

/// What a tile takes beside its bytes.
const OVERHEAD: usize = 160;

/// What is made of the features of a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TileForm {
    /// The features, packed so.
    Vector(Coding),
    /// A picture with so many pixels for each of the usual 256 a side.
    Picture(u32),
}

/// Which tile, of which layers, in which form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CacheKey {
    pub kinds: Vec<LayerKind>,
    pub tile: TileId,
    pub form: TileForm,
}

/// Two halves: new ones go into the first; when it is full it becomes the second, whose tiles go unless they are asked for.
pub(crate) struct Cache {
    half: usize,
    kept: Mutex<Kept>,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// What a cache holds, and how often it had what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CacheLoad {
    pub tiles: usize,
    pub bytes: usize,
    pub hits: u64,
    pub misses: u64,
}

#[derive(Default)]
struct Kept {
    young: HashMap<CacheKey, Bytes>,
    old: HashMap<CacheKey, Bytes>,
    young_bytes: usize,
    old_bytes: usize,
}

impl Cache {
    /// One that holds so many bytes; 0 for none.
    pub(crate) fn of(bytes: usize) -> Self {
        Self {
            half: bytes / 2,
            kept: Mutex::default(),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }
    }

    /// The bytes of a tile that a reader asks for, if it was made; counted.
    pub(crate) fn ask(&self, key: &CacheKey) -> Option<Bytes> {
        let found = self.find(key);
        let count = if found.is_some() { &self.hits } else { &self.misses };
        count.fetch_add(1, Ordering::Relaxed);
        found
    }

    /// What it holds.
    pub(crate) fn load(&self) -> CacheLoad {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        CacheLoad {
            tiles: kept.young.len() + kept.old.len(),
            bytes: kept.young_bytes + kept.old_bytes,
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
        }
    }

    /// The bytes of a tile, if it was made; none of them for an empty one.
    pub(crate) fn find(&self, key: &CacheKey) -> Option<Bytes> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = kept.young.get(key) {
            return Some(bytes.clone());
        }
        let bytes = kept.old.remove(key)?;
        kept.old_bytes -= bytes.len() + OVERHEAD;
        self.put(&mut kept, key.clone(), bytes.clone());
        Some(bytes)
    }

    /// Keeps the bytes of a tile, if there is room for it at all.
    pub(crate) fn keep(&self, key: CacheKey, bytes: Bytes) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.young.contains_key(&key) {
            self.put(&mut kept, key, bytes);
        }
    }

    fn put(&self, kept: &mut Kept, key: CacheKey, bytes: Bytes) {
        let size = bytes.len() + OVERHEAD;
        if size > self.half {
            return;
        }
        if kept.young_bytes + size > self.half {
            kept.old = std::mem::take(&mut kept.young);
            kept.old_bytes = std::mem::take(&mut kept.young_bytes);
        }
        kept.young_bytes += size;
        kept.young.insert(key, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(x: u32) -> CacheKey {
        CacheKey {
            kinds: vec![LayerKind::Concessions],
            tile: TileId::new(10, x, 0).unwrap(),
            form: TileForm::Vector(Coding::Identity),
        }
    }

    fn bytes_in(cache: &Cache) -> usize {
        let kept = cache.kept.lock().unwrap();
        kept.young
            .values()
            .chain(kept.old.values())
            .map(|bytes| bytes.len() + OVERHEAD)
            .sum()
    }

    #[test]
    fn it_never_holds_more_than_it_may_and_keeps_what_is_asked_for() {
        let cache = Cache::of(10_000);
        for x in 0..200 {
            cache.keep(key(x), Bytes::from(vec![0; 500]));
            assert!(bytes_in(&cache) <= 10_000);
            assert_eq!(cache.load().bytes, bytes_in(&cache));
            assert!(cache.find(&key(0)).is_some(), "asked for all the time, after {x}");
        }
        assert!(cache.find(&key(1)).is_none());
        assert!(cache.find(&key(199)).is_some());
    }

    #[test]
    fn what_is_larger_than_half_of_it_is_not_kept_and_a_cache_of_nothing_keeps_nothing() {
        let cache = Cache::of(1000);
        cache.keep(key(1), Bytes::from(vec![0; 600]));
        assert!(cache.find(&key(1)).is_none());
        let none = Cache::of(0);
        none.keep(key(1), Bytes::new());
        assert!(none.find(&key(1)).is_none());
    }
}
