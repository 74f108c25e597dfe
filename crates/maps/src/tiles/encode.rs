//! Layers of one tile as a Mapbox Vector Tile 2.1.

use super::{
    clip::Square,
    drawing::Drawing,
    grid::{EXTENT, TileId},
    source::TileSource,
    wire::Message,
};
use std::collections::{BTreeMap, HashMap};

/// Changes whenever the same features give other bytes.
pub const TILE_VERSION: u32 = 1;

/// A layer of a tile: its name, and the editions whose features it has.
#[derive(Clone, Copy, Debug)]
pub struct TileLayer<'a> {
    /// The name, different from that of every other layer of the tile.
    pub name: &'a str,
    /// Its editions; their features follow one another.
    pub sources: &'a [&'a TileSource],
}

/// The features that come within `buffer` units of a tile, layer by layer, as a vector tile; no bytes where there are none.
///
/// Areas and lines are cut at the buffer and thinned for the zoom. What is too small to be seen is drawn as a square of two units or as
/// a line of one, so that every feature that meets the tile is in it. Exteriors have a positive area by the shoelace formula in
/// the tile's own coordinates (`y` down), holes a negative one. The same features give the same bytes.
pub fn encode_tile(tile: TileId, layers: &[TileLayer<'_>], buffer: u32) -> Vec<u8> {
    let mut message = Message::default();
    for layer in layers {
        let mut writing = Writing {
            several: layer.sources.len() > 1,
            ..Writing::default()
        };
        for source in layer.sources {
            writing.add(source, tile, buffer);
        }
        if !writing.features.0.is_empty() {
            message.bytes(3, &writing.finish(layer.name));
        }
    }
    message.0
}

#[derive(Default)]
struct Writing {
    features: Message,
    keys: BTreeMap<String, u32>,
    key_list: Vec<String>,
    // only asked, never walked: its order is nobody's
    values: HashMap<Vec<u8>, u32>,
    value_messages: Message,
    value_count: u32,
    /// Whether several sources may say the same: one alone says each value once.
    several: bool,
}

impl Writing {
    fn add(&mut self, source: &TileSource, tile: TileId, buffer: u32) {
        let Some((reach, near)) = source.near(tile, buffer) else {
            return;
        };
        let square = Square {
            least: -f64::from(buffer),
            most: f64::from(EXTENT + buffer),
        };
        let in_tile = source.grid.in_tile(tile);
        let mut drawing = Drawing::new(source, in_tile, tile.z(), (square, reach));
        let mut numbers = Numbers::of(source, near.len());
        let (mut feature, mut tags) = (Message::default(), Vec::new());
        for entry in near.iter().map(|position| &source.entries[*position as usize]) {
            let Some((dimension, commands)) = drawing.draw(entry) else {
                continue;
            };
            feature.0.clear();
            tags.clear();
            for [key, value] in source.words.tags(entry.feature) {
                tags.push(numbers.key(*key, |key| self.key(&source.words.keys[key as usize])));
                tags.push(numbers.value(*value, |value| self.value(source.words.message(value))));
            }
            feature.number(1, entry.id);
            feature.packed(2, &tags);
            feature.number(3, dimension as u64);
            feature.packed(4, commands);
            self.features.bytes(2, &feature.0);
        }
    }

    fn key(&mut self, name: &str) -> u32 {
        if let Some(number) = self.keys.get(name) {
            return *number;
        }
        let number = count(self.key_list.len());
        self.key_list.push(name.to_owned());
        self.keys.insert(name.to_owned(), number);
        number
    }

    fn known(&self, message: &[u8]) -> Option<&u32> {
        if self.several { self.values.get(message) } else { None }
    }

    fn value(&mut self, message: &[u8]) -> u32 {
        if let Some(number) = self.known(message) {
            return *number;
        }
        let number = self.value_count;
        self.value_count += 1;
        self.value_messages.bytes(4, message);
        if self.several {
            self.values.insert(message.to_owned(), number);
        }
        number
    }

    fn finish(self, name: &str) -> Vec<u8> {
        let mut layer = Message::default();
        layer.number(15, 2);
        layer.bytes(1, name.as_bytes());
        layer.0.extend_from_slice(&self.features.0);
        for key in &self.key_list {
            layer.bytes(3, key.as_bytes());
        }
        layer.0.extend_from_slice(&self.value_messages.0);
        layer.number(5, u64::from(EXTENT));
        layer.0
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).expect("a tile has fewer than 2^32 values")
}

/// Numbers that a source's keys and values have in the tile, once they have one: 0 is none, others are one more.
struct Numbers {
    keys: Vec<u32>,
    values: Seen,
}

enum Seen {
    All(Vec<u32>),
    Some(HashMap<u32, u32>),
}

impl Numbers {
    fn of(source: &TileSource, features: usize) -> Self {
        // a place for each value is quicker, and more than a small tile should clear
        let dense = features.saturating_mul(64) > source.words.values();
        Self {
            keys: vec![0; source.words.keys.len()],
            values: if dense {
                Seen::All(vec![0; source.words.values()])
            } else {
                Seen::Some(HashMap::with_capacity(features * 8))
            },
        }
    }

    fn key(&mut self, key: u32, number: impl FnOnce(u32) -> u32) -> u32 {
        once(&mut self.keys[key as usize], key, number)
    }

    fn value(&mut self, value: u32, number: impl FnOnce(u32) -> u32) -> u32 {
        let place = match &mut self.values {
            Seen::All(places) => &mut places[value as usize],
            Seen::Some(places) => places.entry(value).or_insert(0),
        };
        once(place, value, number)
    }
}

fn once(place: &mut u32, of: u32, number: impl FnOnce(u32) -> u32) -> u32 {
    if *place == 0 {
        *place = number(of) + 1;
    }
    *place - 1
}
