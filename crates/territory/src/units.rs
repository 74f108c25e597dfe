//! Quantities with their unit and their way of measuring in the type.

use serde::{Deserialize, Serialize};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub f64);

        impl std::ops::Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl std::ops::Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl std::iter::Sum for $name {
            /// Adds in the order given, so that the same order gives the same bytes.
            fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
                values.fold(Self(0.0), |total, value| total + value)
            }
        }
    };
}

quantity! {
    /// Hectares measured in the plane of a UTM zone of WGS 84 (what Peruvian offices print: `HASDATUM`).
    UtmHectares
}
quantity! {
    /// Hectares on the ellipsoid WGS 84: true ground area at height zero.
    GeodesicHectares
}
quantity! {
    /// Hectares as the register declares them; nobody measured them here.
    DeclaredHectares
}
quantity! {
    /// A length in metres.
    Metres
}
quantity! {
    /// A part of a whole, 0 to 1.
    Share
}

impl UtmHectares {
    /// Hectares of an area in square metres.
    pub fn from_square_metres(area: f64) -> Self {
        Self(area / 10_000.0)
    }

    /// The part of `whole` that this is; zero of nothing is zero.
    pub fn share_of(self, whole: Self) -> Share {
        if whole.0 > 0.0 {
            Share(self.0 / whole.0)
        } else {
            Share(0.0)
        }
    }
}
