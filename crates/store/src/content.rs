//! The canonical content of a feature and of an edition, and its SHA-256.
//!
//! A feature's content is what its row holds, so that the file can be checked without decoding anything: key, attributes,
//! source fields, lon/lat, home zone and land, source coordinates. The source row is no part of it. An edition's hash is over
//! its features' hashes in the order of their keys (bytes of UTF-8): it does not depend on the order of the source.

use geo_types::Coord;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use territory::hex;

const EDITION: &[u8] = b"tupu/edition/1\n";

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
