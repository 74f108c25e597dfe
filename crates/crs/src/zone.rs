//! The three UTM zones of Peru, south of the equator.

use serde::{Deserialize, Serialize};

/// A UTM zone of WGS 84 south that Peru reaches; written as its number (17, 18, 19).
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum UtmZone {
    /// 84° W to 78° W, EPSG:32717.
    Z17,
    /// 78° W to 72° W, EPSG:32718.
    Z18,
    /// 72° W to 66° W, EPSG:32719.
    Z19,
}

/// A zone number that is none of 17, 18 and 19.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no UTM zone of Peru: 17, 18 or 19")]
pub struct NotAZone(pub u8);

impl UtmZone {
    /// From west to east.
    pub const ALL: [Self; 3] = [Self::Z17, Self::Z18, Self::Z19];

    /// 0, 1 or 2 from west to east: a place in an array of three.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// 17, 18 or 19.
    pub const fn number(self) -> u8 {
        match self {
            Self::Z17 => 17,
            Self::Z18 => 18,
            Self::Z19 => 19,
        }
    }

    /// The code of the zone in WGS 84: 32717, 32718 or 32719.
    pub const fn epsg(self) -> u32 {
        32_700 + self.number() as u32
    }

    /// Degrees of longitude: −81, −75 or −69.
    pub fn central_meridian(self) -> f64 {
        f64::from(self.number()) * 6.0 - 183.0
    }

    /// The zone of a number.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            17 => Some(Self::Z17),
            18 => Some(Self::Z18),
            19 => Some(Self::Z19),
            _ => None,
        }
    }

    /// The zone of a longitude in degrees. A border belongs to the zone east of it, but 66° W to zone 19.
    ///
    /// ```
    /// use crs::UtmZone;
    /// assert_eq!(UtmZone::of_longitude(-78.0), Some(UtmZone::Z18));
    /// assert_eq!(UtmZone::of_longitude(-65.0), None);
    /// ```
    pub fn of_longitude(lon: f64) -> Option<Self> {
        match lon {
            _ if (-84.0..-78.0).contains(&lon) => Some(Self::Z17),
            _ if (-78.0..-72.0).contains(&lon) => Some(Self::Z18),
            _ if (-72.0..=-66.0).contains(&lon) => Some(Self::Z19),
            _ => None,
        }
    }
}

impl TryFrom<u8> for UtmZone {
    type Error = NotAZone;

    fn try_from(number: u8) -> Result<Self, NotAZone> {
        Self::from_number(number).ok_or(NotAZone(number))
    }
}

impl From<UtmZone> for u8 {
    fn from(zone: UtmZone) -> Self {
        zone.number()
    }
}

impl std::fmt::Display for UtmZone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}S", self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_belong_to_the_zone_east_of_them() {
        assert_eq!(UtmZone::of_longitude(-84.0), Some(UtmZone::Z17));
        assert_eq!(UtmZone::of_longitude(-78.000_001), Some(UtmZone::Z17));
        assert_eq!(UtmZone::of_longitude(-72.0), Some(UtmZone::Z19));
        assert_eq!(UtmZone::of_longitude(-66.0), Some(UtmZone::Z19));
        assert_eq!(UtmZone::of_longitude(-84.1), None);
        assert_eq!(UtmZone::of_longitude(f64::NAN), None);
    }

    #[test]
    fn zones_are_written_as_numbers() {
        assert_eq!(serde_json::to_string(&UtmZone::ALL).unwrap(), "[17,18,19]");
        assert!(serde_json::from_str::<UtmZone>("20").is_err());
        assert_eq!(UtmZone::ALL.map(UtmZone::epsg), [32_717, 32_718, 32_719]);
    }
}
