//! What a layer is about, and who may see it.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $id:literal),+ $(,)?) => {
        /// The kind of a layer; its id names the collection too.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum LayerKind { $($(#[$doc])* $name),+ }

        impl LayerKind {
            /// Every kind, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable ASCII id: `concessions`, `protected-areas`, …
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }
        }
    };
}

kinds! {
    /// Mining rights (*derechos mineros*).
    Concessions = "concessions",
    /// Peasant and native communities.
    Communities = "communities",
    /// Natural protected areas (*ANP*).
    ProtectedAreas = "protected-areas",
    /// Buffer zones of protected areas (*zonas de amortiguamiento*).
    BufferZones = "buffer-zones",
    /// Ecological-economic zones (*ZEE*).
    Zoning = "zoning",
    /// Districts.
    Districts = "districts",
    /// Provinces.
    Provinces = "provinces",
    /// Departments.
    Departments = "departments",
    /// Hydrographic units with Pfafstetter codes.
    HydrographicUnits = "hydrographic-units",
    /// Rivers and streams.
    Rivers = "rivers",
    /// Lakes, lagoons, wetlands.
    WaterBodies = "water-bodies",
    /// Springs and water intakes.
    Springs = "springs",
    /// Areas restricted to mining (*CARAM*).
    RestrictedAreas = "restricted-areas",
    /// Land capability (*CUM*).
    LandCapability = "land-capability",
    /// Current land use.
    LandUse = "land-use",
    /// Hazards.
    Hazards = "hazards",
    /// Urban areas.
    Urban = "urban",
    /// Public investment projects.
    Projects = "projects",
    /// Prioritised demands of communities.
    Demands = "demands",
    /// Drained elevation models (*modelos de drenaje*): one feature for each, the ground that it covers.
    Drainage = "drainage",
    /// Canals and diversions, as lines from the intake down to where the water arrives.
    Canals = "canals",
    /// Anything else.
    Other = "other",
}

impl LayerKind {
    /// Whether features of this kind are land: polygons with an area that overlaps are measured on.
    pub fn is_land(self) -> bool {
        !matches!(
            self,
            Self::Rivers | Self::Springs | Self::Projects | Self::Demands | Self::Drainage | Self::Canals | Self::Other
        )
    }
}

impl fmt::Display for LayerKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.id())
    }
}

/// A word that names no layer kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown layer kind «{0}»")]
pub struct UnknownKind(pub String);

impl FromStr for LayerKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.id() == text)
            .ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

/// Who may see an edition. The snapshot enforces it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// The planning office that runs the service.
    Office,
    /// Only who published it.
    Private,
}
