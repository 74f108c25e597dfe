//! The content of a feature as its row holds it, and the SHA-256 of that.

use crate::{EditionMeta, Hash, Proof};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const FEATURE: &[u8] = b"tupu/feature/1\n";

/// The columns of a row that are its content, byte for byte as the store keeps them.
#[derive(Clone, Copy, Debug)]
pub struct FeatureContent<'a> {
    /// The key.
    pub key: &'a str,
    /// Our fields, canonical JSON.
    pub attributes: &'a str,
    /// Fields of the source, canonical JSON.
    pub source_fields: &'a str,
    /// Lon/lat WGS 84 as a GeoPackage blob with its envelope.
    pub geom: &'a [u8],
    /// Number of the UTM zone of the land.
    pub home_zone: Option<i64>,
    /// The land on the grid, as [`crate::Shape::to_bytes`] writes it.
    pub land: Option<&'a [u8]>,
    /// The coordinates of the source as well-known binary.
    pub source_geom: Option<&'a [u8]>,
}

impl FeatureContent<'_> {
    /// Its hash: each part with its length before it; a missing part differs from an empty one.
    pub fn hash(&self) -> Hash {
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

/// A row's content with its source row, as a bundle carries it: text as it is, bytes in hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptFeature {
    /// The key.
    pub key: String,
    /// Row of the source; no part of the content.
    pub source_row: u64,
    /// Our fields.
    pub attributes: String,
    /// Fields of the source.
    pub source_fields: String,
    /// Lon/lat blob.
    #[serde(with = "hexed")]
    pub geom: Vec<u8>,
    /// Zone of the land.
    pub home_zone: Option<i64>,
    /// Land on the grid.
    #[serde(with = "hexed_or_none")]
    pub land: Option<Vec<u8>>,
    /// Source coordinates.
    #[serde(with = "hexed_or_none")]
    pub source_geom: Option<Vec<u8>>,
}

impl KeptFeature {
    /// Its content.
    pub fn content(&self) -> FeatureContent<'_> {
        FeatureContent {
            key: &self.key,
            attributes: &self.attributes,
            source_fields: &self.source_fields,
            geom: &self.geom,
            home_zone: self.home_zone,
            land: self.land.as_deref(),
            source_geom: self.source_geom.as_deref(),
        }
    }
}

/// What shows that nothing else of an edition meets a box: the pruned tree, and the features that do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionEvidence {
    /// What is known of the edition, without its quality report.
    pub meta: EditionMeta,
    /// Root of its tree, hex.
    pub root: String,
    /// West, south, east, north that were searched, as the bits of floats in hex.
    pub searched: [String; 4],
    /// The pruned tree.
    pub proof: Proof,
    /// The features whose boxes meet the one searched, by key.
    pub features: Vec<KeptFeature>,
}

mod hexed {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&crate::hex(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        bytes_of(&String::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("not hex"))
    }

    pub(super) fn bytes_of(text: &str) -> Option<Vec<u8>> {
        let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
        let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
        digits
            .chunks(2)
            .map(|pair| u8::try_from(pair[0] << 4 | pair[1]).ok())
            .collect()
    }
}

mod hexed_or_none {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::ref_option, reason = "serde asks for this signature")]
    pub fn serialize<S: Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
        match bytes {
            Some(bytes) => serializer.serialize_some(&crate::hex(bytes)),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u8>>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else {
            return Ok(None);
        };
        let bytes = super::hexed::bytes_of(&text);
        bytes.map(Some).ok_or_else(|| D::Error::custom("not hex"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_content_changes_the_hash() {
        let base = FeatureContent {
            key: "a",
            attributes: "{}",
            source_fields: "{}",
            geom: b"GP",
            home_zone: None,
            land: None,
            source_geom: None,
        };
        let other = "{\"a\":1}";
        let others = [
            FeatureContent { key: "b", ..base },
            FeatureContent {
                attributes: other,
                ..base
            },
            FeatureContent {
                source_fields: other,
                ..base
            },
            FeatureContent { geom: b"GQ", ..base },
            FeatureContent {
                home_zone: Some(17),
                ..base
            },
            FeatureContent {
                land: Some(b""),
                ..base
            },
            FeatureContent {
                source_geom: Some(b""),
                ..base
            },
        ];
        let mut hashes: Vec<Hash> = others.iter().map(FeatureContent::hash).chain([base.hash()]).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), others.len() + 1);
    }
}
