//! Datums, and the operations between them that are pinned by name.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A geodetic datum in use in Peru.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Datum {
    /// WGS 84, what this crate converts to.
    Wgs84,
    /// Provisional South American Datum 1956: maps and rights before 2016.
    Psad56,
    /// Peru96, the Peruvian realisation of SIRGAS (RJ 086-2011-IGN).
    Peru96,
    /// SIRGAS 2000.
    Sirgas2000,
}

impl Datum {
    pub(crate) const fn ellipsoid(self) -> &'static str {
        match self {
            Self::Wgs84 => "WGS84",
            Self::Psad56 => "intl",
            Self::Peru96 | Self::Sirgas2000 => "GRS80",
        }
    }

    /// The name that people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wgs84 => "WGS 84",
            Self::Psad56 => "PSAD 56",
            Self::Peru96 => "Peru96 (SIRGAS)",
            Self::Sirgas2000 => "SIRGAS 2000",
        }
    }
}

/// An operation from PSAD 56 to WGS 84, written as its code (`EPSG:1208`).
///
/// Left to itself PROJ changes the operation inside Peru, near 5° S, with a jump of 11 m. So nothing is left to it:
/// [`DatumOperation::Epsg1208`] holds everywhere, and another one only where a caller names it.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DatumOperation {
    /// Geocentric translation (−279, 175, −379) m, 6 stations in Peru, 16 m. The pinned one.
    #[default]
    Epsg1208,
    /// Geocentric translation (−288, 175, −376) m, mean of South America, 42 m. Some published layers were made with it.
    Epsg1201,
    /// Coordinate frame rotation of the Ecuadorian institute, 5 m in Ecuador: no accuracy is stated for Peru.
    Epsg3990,
}

impl DatumOperation {
    /// All of them, the pinned one first.
    pub const ALL: [Self; 3] = [Self::Epsg1208, Self::Epsg1201, Self::Epsg3990];

    /// The code, as `EPSG:1208`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Epsg1208 => "EPSG:1208",
            Self::Epsg1201 => "EPSG:1201",
            Self::Epsg3990 => "EPSG:3990",
        }
    }

    /// Metres, as the EPSG registry states it.
    pub const fn accuracy_m(self) -> f64 {
        match self {
            Self::Epsg1208 => 16.0,
            Self::Epsg1201 => 42.0,
            Self::Epsg3990 => 5.0,
        }
    }

    /// The Helmert step from PSAD 56 to WGS 84 (metres, seconds of arc, parts per million; EPSG registry).
    pub(crate) const fn helmert(self) -> &'static str {
        match self {
            Self::Epsg1208 => "+proj=helmert +x=-279 +y=175 +z=-379",
            Self::Epsg1201 => "+proj=helmert +x=-288 +y=175 +z=-376",
            Self::Epsg3990 => {
                "+proj=helmert +x=-60.31 +y=245.935 +z=31.008 +rx=-12.324 +ry=-3.755 +rz=7.37 +s=0.447 \
                 +convention=coordinate_frame"
            }
        }
    }
}

/// An operation that this crate does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown datum operation {0:?}: EPSG:1208, EPSG:1201 and EPSG:3990 are known")]
pub struct UnknownOperation(pub String);

impl FromStr for DatumOperation {
    type Err = UnknownOperation;

    fn from_str(text: &str) -> Result<Self, UnknownOperation> {
        let code = text.trim();
        let code = code
            .get(..5)
            .filter(|head| head.eq_ignore_ascii_case("EPSG:"))
            .map_or(code, |_| &code[5..]);
        let known = Self::ALL.into_iter().find(|operation| operation.id()[5..] == *code);
        known.ok_or_else(|| UnknownOperation(text.to_owned()))
    }
}

impl TryFrom<String> for DatumOperation {
    type Error = UnknownOperation;

    fn try_from(text: String) -> Result<Self, UnknownOperation> {
        text.parse()
    }
}

impl From<DatumOperation> for String {
    fn from(operation: DatumOperation) -> Self {
        operation.id().to_owned()
    }
}

impl fmt::Display for DatumOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The datum operation that made a result: it travels with the result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OperationUsed {
    /// `EPSG:1208` and the like; `none` where the datum did not change.
    pub id: String,
    /// Metres, as the registry states it; 0 where the datum did not change.
    pub accuracy_m: f64,
}

impl OperationUsed {
    pub(crate) fn between(datum: Datum, operation: DatumOperation) -> Self {
        let (id, accuracy_m) = match datum {
            Datum::Wgs84 => ("none", 0.0),
            Datum::Psad56 => (operation.id(), operation.accuracy_m()),
            // null geocentric translations with the accuracy of the registry
            Datum::Peru96 => ("EPSG:5378", 1.0),
            Datum::Sirgas2000 => ("EPSG:15894", 1.0),
        };
        Self {
            id: id.to_owned(),
            accuracy_m,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_read_with_and_without_the_authority() {
        assert_eq!("epsg:1201".parse(), Ok(DatumOperation::Epsg1201));
        assert_eq!(" 3990".parse(), Ok(DatumOperation::Epsg3990));
        assert_eq!(
            "EPSG:9999".parse::<DatumOperation>(),
            Err(UnknownOperation("EPSG:9999".into()))
        );
        assert!("ñññññ".parse::<DatumOperation>().is_err());
    }

    #[test]
    fn the_pinned_operation_is_1208() {
        assert_eq!(DatumOperation::default().id(), "EPSG:1208");
        assert_eq!(
            serde_json::to_string(&DatumOperation::default()).unwrap(),
            "\"EPSG:1208\""
        );
    }
}
