//! Coordinate systems as pictures name them, and boxes that go from one to another.

use crate::{params::invalid, problem::Problem};
use crs::{Crs, transform_from_lonlat, transform_to_lonlat};
use features::WireCrs;
use geo_types::Coord;

/// A system and the order of its axes on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Axes {
    /// The system; geographic ones are lon/lat inside.
    pub crs: Crs,
    /// Whether the latitude comes first on the wire.
    pub swapped: bool,
}

impl Axes {
    /// Longitude and latitude of WGS 84.
    pub(crate) const CRS84: Self = Self {
        crs: Crs::WGS84,
        swapped: false,
    };

    /// Every system offered: CRS84, 4326, 3857, and UTM of WGS 84 and PSAD 56 in the three zones of Peru.
    pub(crate) fn all() -> Vec<Self> {
        let own = |wire: WireCrs| Self {
            crs: wire.crs(),
            swapped: wire.is_swapped(),
        };
        WireCrs::all().into_iter().map(own).collect()
    }

    /// `CRS:84`, `EPSG:4326`, …, as WMS writes them.
    pub(crate) fn code(self) -> String {
        match (self.crs, self.swapped) {
            (Crs::WGS84, false) => "CRS:84".to_owned(),
            (crs, _) => format!("EPSG:{}", crs.epsg()),
        }
    }

    /// The address by which OGC API names it.
    pub(crate) fn uri(self) -> String {
        match (self.crs, self.swapped) {
            (Crs::WGS84, false) => "http://www.opengis.net/def/crs/OGC/1.3/CRS84".to_owned(),
            (crs, _) => format!("http://www.opengis.net/def/crs/EPSG/0/{}", crs.epsg()),
        }
    }

    /// The system of a code, an address or a URN.
    pub(crate) fn find(text: &str) -> Option<Self> {
        let plain = text.trim().trim_start_matches('[').trim_end_matches(']');
        let bare = plain.replace("urn:ogc:def:crs:", "").replace("::", ":");
        let wanted = bare.trim_start_matches("OGC:1.3:").replace("CRS84", "CRS:84");
        Self::all().into_iter().find(|axes| {
            axes.uri() == plain
                || axes.code().eq_ignore_ascii_case(&wanted)
                || wanted.eq_ignore_ascii_case("OGC:CRS:84") && *axes == Self::CRS84
        })
    }

    /// The system that a parameter names.
    ///
    /// # Errors
    /// `invalid-parameter`, with those that there are.
    pub(crate) fn read(name: &str, text: &str) -> Result<Self, Problem> {
        Self::find(text).ok_or_else(|| {
            let known: Vec<String> = Self::all().into_iter().map(Self::uri).collect();
            invalid(name, text, &format!("uno de estos sistemas: {}", known.join(", "))).with("known", known)
        })
    }

    /// Four numbers of the wire as `[west, south, east, north]`.
    pub(crate) fn bbox(self, [a, b, c, d]: [f64; 4]) -> [f64; 4] {
        if self.swapped { [b, a, d, c] } else { [a, b, c, d] }
    }

    /// A box of this system as the least box of another that holds it; none where the other cannot say it.
    pub(crate) fn carried(self, bbox: [f64; 4], to: Self) -> Option<[f64; 4]> {
        const STEPS: u32 = 16;
        if self.crs == to.crs {
            return Some(bbox);
        }
        let [west, south, east, north] = bbox;
        let mut rim: Vec<Coord<f64>> = Vec::new();
        for step in 0..=STEPS {
            let part = f64::from(step) / f64::from(STEPS);
            let (x, y) = (west + (east - west) * part, south + (north - south) * part);
            rim.extend([(x, south), (x, north), (west, y), (east, y)].map(|(x, y)| Coord { x, y }));
        }
        transform_to_lonlat(self.crs, None, &mut rim).ok()?;
        transform_from_lonlat(to.crs, None, &mut rim).ok()?;
        let sides = |pick: fn(&Coord<f64>) -> f64| {
            let values = || rim.iter().map(pick);
            (
                values().fold(f64::INFINITY, f64::min),
                values().fold(f64::NEG_INFINITY, f64::max),
            )
        };
        let ((west, east), (south, north)) = (sides(|place| place.x), sides(|place| place.y));
        Some([west, south, east, north])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_found_by_code_address_and_urn() {
        for axes in Axes::all() {
            assert_eq!(Axes::find(&axes.code()), Some(axes));
            assert_eq!(Axes::find(&axes.uri()), Some(axes));
            assert_eq!(Axes::find(&format!("[{}]", axes.code().to_lowercase())), Some(axes));
        }
        assert_eq!(
            Axes::find("urn:ogc:def:crs:EPSG::32718").map(Axes::code).as_deref(),
            Some("EPSG:32718")
        );
        assert_eq!(Axes::find("CRS84"), Some(Axes::CRS84));
        assert_eq!(Axes::find("OGC:CRS84"), Some(Axes::CRS84));
        assert_eq!(Axes::find("EPSG:2056"), None);
    }

    #[test]
    fn latitude_comes_first_in_4326_alone() {
        let swapped: Vec<String> = Axes::all()
            .into_iter()
            .filter(|axes| axes.swapped)
            .map(Axes::code)
            .collect();
        assert_eq!(swapped, ["EPSG:4326"]);
        let axes = Axes::find("EPSG:4326").unwrap();
        let turned = axes.bbox([-8.0, -79.0, -7.0, -78.0]).map(|side| side.to_string());
        assert_eq!(turned, ["-79", "-8", "-78", "-7"]);
    }
}
