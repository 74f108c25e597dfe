//! An edition: a dated release of a layer, and what is known about it.

use crate::{LayerKind, Metres, Visibility};
use geo_types::MultiPolygon;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Who publishes a layer, for which territory: editions of one series follow one another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Series {
    /// The publisher, as a short name: `INGEMMET`.
    pub publisher: String,
    /// The territory: `Perú`, `Cajamarca`.
    pub territory: String,
}

/// The ground for which an edition says «what is not drawn here does not exist». Declared by the profile, never inferred.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Coverage {
    /// Nobody declared it: every consultation is partial.
    Undeclared,
    /// All of Peru.
    National,
    /// The land of a declared outline.
    Area {
        /// Where the outline comes from, in words.
        source: String,
        /// The outline, lon/lat WGS 84 degrees, valid.
        outline: MultiPolygon<f64>,
    },
}

/// The datum operation that brought the source's coordinates to WGS 84.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// `EPSG:1208`, or `none` where the source was on WGS 84 already.
    pub id: String,
    /// Its stated accuracy in metres; 0 where nothing was shifted.
    pub accuracy_m: f64,
}

/// How many features went in and came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows read from the source.
    pub read: u64,
    /// Features of the edition.
    pub kept: u64,
    /// Rows left out, each listed in the quality report.
    pub rejected: u64,
    /// Features whose geometry was repaired.
    pub repaired: u64,
}

/// West, south, east, north in degrees WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extent(pub [f64; 4]);

/// What the publisher says of an edition before its features come.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftEdition {
    /// What the layer is about.
    pub kind: LayerKind,
    /// Publisher and territory. Names that differ in case, accents and signs only are the same series.
    pub series: Series,
    /// The title that people read.
    pub title: String,
    /// Where the data came from.
    pub source: String,
    /// The licence, or the words that say that none is stated.
    pub licence: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// The day from which the facts hold.
    pub valid_from: Date,
    /// The day on which they ceased to hold, if known; excluded.
    pub valid_until: Option<Date>,
    /// The scale's denominator.
    pub scale_denominator: Option<u32>,
    /// Positional standard deviation in metres.
    pub sigma_m: Option<f64>,
    /// Where it is complete, as the profile declares.
    pub coverage: Coverage,
    /// The CRS of the source.
    pub crs: String,
    /// The datum operation used.
    pub operation: Operation,
    /// Data made by a program.
    pub synthetic: bool,
}

/// Everything known about an edition but its features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditionMeta {
    /// The edition's id, unique in a store: `concessions-ingemmet-cajamarca-3`.
    pub id: String,
    /// What the layer is about; its id is the collection's.
    pub kind: LayerKind,
    /// Publisher and territory.
    pub series: Series,
    /// The title that people read.
    pub title: String,
    /// Where the data came from.
    pub source: String,
    /// The licence, or the words that say that none is stated.
    pub licence: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// The day from which the facts hold.
    pub valid_from: Date,
    /// The day on which they ceased to hold, if known; excluded.
    pub valid_until: Option<Date>,
    /// When the edition entered the store: the known time.
    pub published_at: Timestamp,
    /// When it was withdrawn; a reader who asks as known later does not see it.
    pub withdrawn_at: Option<Timestamp>,
    /// The scale's denominator: 100 000 for 1:100 000.
    pub scale_denominator: Option<u32>,
    /// Positional standard deviation in metres: given, or 0.5 mm of the scale.
    pub sigma_m: Option<f64>,
    /// Where it is complete.
    pub coverage: Coverage,
    /// The CRS of the source: `EPSG:24877`; several joined by `+`.
    pub crs: String,
    /// The datum operation used.
    pub operation: Operation,
    /// Rows in and features out.
    pub counts: Counts,
    /// Of all features; none for an empty edition.
    pub extent: Option<Extent>,
    /// SHA-256 of the canonical content, lower-case hex.
    pub sha256: String,
    /// Data made by a program: every page says so.
    pub synthetic: bool,
    /// The quality report of the import, as it was.
    pub quality: serde_json::Value,
}

impl EditionMeta {
    /// Positional standard deviation in metres, on each axis: as given, else 0.5 mm on a map of its scale; none where neither is
    /// known.
    pub fn deviation(&self) -> Option<Metres> {
        const ON_THE_MAP: f64 = 0.000_5;
        let of_scale = || self.scale_denominator.map(|scale| f64::from(scale) * ON_THE_MAP);
        self.sigma_m.or_else(of_scale).map(Metres)
    }

    /// The id of its series: its own without the ordinal. Editions of one series follow one another.
    pub fn series_id(&self) -> &str {
        match self.id.rsplit_once('-') {
            Some((series, ordinal)) if ordinal.bytes().all(|byte| byte.is_ascii_digit()) => series,
            _ => &self.id,
        }
    }
}

/// The two axes of time: which facts held, as known when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOf {
    /// The day for which we ask.
    pub valid: Date,
    /// The moment whose knowledge we use.
    pub known: Timestamp,
}

impl AsOf {
    /// Whether a reader at this pair of times sees the edition.
    pub fn sees(&self, edition: &EditionMeta) -> bool {
        edition.valid_from <= self.valid
            && edition.valid_until.is_none_or(|end| self.valid < end)
            && edition.published_at <= self.known
            && edition.withdrawn_at.is_none_or(|end| self.known < end)
    }
}
