//! Coordinate systems as they stand in addresses and headers, with their order of axes.

use crs::{Crs, UtmZone};

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const EPSG: &str = "http://www.opengis.net/def/crs/EPSG/0/";

/// A system with the order of its axes on the wire: EPSG:4326 puts latitude first, CRS84 and all others the easting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireCrs {
    crs: Crs,
    swapped: bool,
}

/// An address that names none of the systems offered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no offered coordinate system is called {0:?}")]
pub struct UnknownCrs(pub String);

impl WireCrs {
    /// Longitude and latitude in degrees of WGS 84.
    pub const CRS84: Self = Self {
        crs: Crs::WGS84,
        swapped: false,
    };
    /// Latitude and longitude in degrees of WGS 84.
    pub const EPSG4326: Self = Self {
        crs: Crs::WGS84,
        swapped: true,
    };

    /// Every system offered: CRS84, 4326, 3857, UTM of WGS 84 and of PSAD 56 in the three Peruvian zones.
    pub fn all() -> Vec<Self> {
        let zones = UtmZone::ALL;
        let plain = |crs| Self { crs, swapped: false };
        [Self::CRS84, Self::EPSG4326, plain(Crs::WEB_MERCATOR)]
            .into_iter()
            .chain(zones.map(|zone| plain(Crs::utm(zone))))
            .chain(zones.map(|zone| plain(Crs::psad56_utm(zone))))
            .collect()
    }

    /// Reads its address, or the short forms `CRS84` and `EPSG:32718`, with or without brackets.
    ///
    /// # Errors
    /// [`UnknownCrs`].
    pub fn parse(text: &str) -> Result<Self, UnknownCrs> {
        let plain = text.trim().trim_start_matches('[').trim_end_matches(']');
        let found = Self::all()
            .into_iter()
            .find(|one| one.uri() == plain || one.short() == plain.trim_start_matches("OGC:"));
        found.ok_or_else(|| UnknownCrs(plain.chars().take(120).collect()))
    }

    /// Its address, which clients send and `Content-Crs` says.
    pub fn uri(self) -> String {
        if self == Self::CRS84 {
            CRS84.to_owned()
        } else {
            format!("{EPSG}{}", self.crs.epsg())
        }
    }

    /// `CRS84`, `EPSG:4326`, …
    pub fn short(self) -> String {
        if self == Self::CRS84 {
            "CRS84".to_owned()
        } else {
            format!("EPSG:{}", self.crs.epsg())
        }
    }

    /// The system; both forms of WGS 84 are one.
    pub fn crs(self) -> Crs {
        self.crs
    }

    /// Whether the northing comes first.
    pub fn is_swapped(self) -> bool {
        self.swapped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_is_read_from_its_address_and_its_short_form() {
        assert_eq!(WireCrs::all().len(), 9);
        for one in WireCrs::all() {
            assert_eq!(WireCrs::parse(&one.uri()), Ok(one));
            assert_eq!(WireCrs::parse(&format!("[{}]", one.short())), Ok(one));
        }
        assert!(WireCrs::parse("http://www.opengis.net/def/crs/EPSG/0/24891").is_err());
        assert!(WireCrs::parse("EPSG:4326").unwrap().is_swapped());
    }
}
