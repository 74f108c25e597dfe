//! The canonical content of a feature and of an edition, and its SHA-256.
//!
//! A feature's content is what its row holds, so that the file can be checked without decoding anything: key, attributes,
//! source fields, lon/lat, home zone and land, source coordinates. The source row is no part of it. An edition's hash is over
//! its features' hashes in the order of their keys (bytes of UTF-8): it does not depend on the order of the source.

use geo_types::Coord;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// SHA-256 of something.
pub(crate) type Hash = [u8; 32];

const FEATURE: &[u8] = b"tupu/feature/1\n";
const EDITION: &[u8] = b"tupu/edition/1\n";

/// The columns of a row that are its content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Content<'a> {
    pub key: &'a str,
    pub attributes: &'a str,
    pub source_fields: &'a str,
    pub geom: &'a [u8],
    pub home_zone: Option<i64>,
    pub land: Option<&'a [u8]>,
    pub source_geom: Option<&'a [u8]>,
}

impl Content<'_> {
    /// Its hash: each part with its length before it; a missing part differs from an empty one.
    pub(crate) fn hash(&self) -> Hash {
        let mut hasher = Sha256::new_with_prefix(FEATURE);
        let zone = self.home_zone.map(i64::to_le_bytes);
        let parts = [
            Some(self.key.as_bytes()),
            Some(self.attributes.as_bytes()),
            Some(self.source_fields.as_bytes()),
            Some(self.geom),
            zone.as_ref().map(<[u8; 8]>::as_slice),
            self.land,
            self.source_geom,
        ];
        for part in parts {
            match part {
                Some(bytes) => {
                    hasher.update((bytes.len() as u64 + 1).to_le_bytes());
                    hasher.update(bytes);
                }
                None => hasher.update(0_u64.to_le_bytes()),
            }
        }
        hasher.finalize().into()
    }
}

/// The hash of an edition, fed with its features' hashes in the order of their keys.
pub(crate) struct EditionHasher(Sha256);

impl EditionHasher {
    pub(crate) fn new() -> Self {
        Self(Sha256::new_with_prefix(EDITION))
    }

    pub(crate) fn add(&mut self, feature: &[u8]) {
        self.0.update(feature);
    }

    /// Lower-case hex.
    pub(crate) fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
    }
    text
}

/// JSON with the keys of every object in order, however the map at hand keeps them.
pub(crate) fn canonical_json(fields: &Map<String, Value>) -> String {
    let mut text = String::new();
    write_object(&mut text, fields);
    text
}

fn write_object(text: &mut String, fields: &Map<String, Value>) {
    let mut entries: Vec<_> = fields.iter().collect();
    entries.sort_by_key(|(name, _)| *name);
    text.push('{');
    for (place, (name, value)) in entries.into_iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&Value::from(name.as_str()).to_string());
        text.push(':');
        write_value(text, value);
    }
    text.push('}');
}

fn write_value(text: &mut String, value: &Value) {
    match value {
        Value::Object(fields) => write_object(text, fields),
        Value::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write_value(text, item);
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// West, south, east, north of some points; `Err` with the first that is not finite.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Bounds(pub Option<[f64; 4]>);

impl Bounds {
    pub(crate) fn add(&mut self, point: Coord<f64>) {
        self.join([point.x, point.y, point.x, point.y]);
    }

    pub(crate) fn join(&mut self, [west, south, east, north]: [f64; 4]) {
        let bounds = self.0.get_or_insert([west, south, east, north]);
        *bounds = [
            bounds[0].min(west),
            bounds[1].min(south),
            bounds[2].max(east),
            bounds[3].max(north),
        ];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(key: &str) -> Content<'_> {
        Content {
            key,
            attributes: "{}",
            source_fields: "{}",
            geom: b"GP",
            home_zone: None,
            land: None,
            source_geom: None,
        }
    }

    #[test]
    fn every_part_of_the_content_changes_the_hash() {
        let base = content("a");
        let others = [
            content("b"),
            Content {
                attributes: "{\"a\":1}",
                ..base
            },
            Content {
                source_fields: "{\"a\":1}",
                ..base
            },
            Content { geom: b"GQ", ..base },
            Content {
                home_zone: Some(17),
                ..base
            },
            Content {
                land: Some(b""),
                ..base
            },
            Content {
                source_geom: Some(b""),
                ..base
            },
        ];
        let mut hashes: Vec<Hash> = others.iter().map(Content::hash).chain([base.hash()]).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), others.len() + 1);
    }

    #[test]
    fn json_is_canonical_whatever_the_order_of_the_fields() {
        let one: Map<String, Value> =
            serde_json::from_str(r#"{"b":{"d":1.50,"c":[null,{"z":1,"y":"ñ"}]},"a":true}"#).unwrap();
        assert_eq!(
            canonical_json(&one),
            r#"{"a":true,"b":{"c":[null,{"y":"ñ","z":1}],"d":1.5}}"#
        );
    }
}
