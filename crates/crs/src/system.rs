//! The coordinate reference systems that Peruvian data come in.

use crate::{Datum, UtmZone};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A supported coordinate reference system; written as `EPSG:32718`. WGS 84 geographic is lon/lat, always.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Crs(u32);

/// A code or name that is none of the supported systems.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unsupported coordinate system {given:?}; supported: {}", Crs::supported())]
pub struct UnsupportedCrs {
    /// What was asked for.
    pub given: String,
}

impl UnsupportedCrs {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        format!(
            "El sistema de coordenadas «{}» no está admitido. Use uno de estos: {}.",
            self.given,
            Crs::supported()
        )
    }
}

/// How x and y are made from longitude and latitude.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) enum Projection {
    Geographic,
    WebMercator,
    Utm(UtmZone),
    /// One of the three Peruvian zones of PSAD 56: central meridian, and the parameters in PROJ's words.
    Strip(f64, &'static str),
}

pub(crate) struct System {
    epsg: u32,
    name: &'static str,
    pub(crate) datum: Datum,
    pub(crate) projection: Projection,
}

const fn system(epsg: u32, name: &'static str, datum: Datum, projection: Projection) -> System {
    System {
        epsg,
        name,
        datum,
        projection,
    }
}

use Datum::{Peru96, Psad56, Sirgas2000, Wgs84};
use Projection::{Geographic, Strip, Utm, WebMercator};
use UtmZone::{Z17, Z18, Z19};

/// Parameters from the EPSG registry (projections 15001–15003 for the three Peruvian zones).
const SYSTEMS: [System; 20] = [
    system(4326, "WGS 84 (longitud, latitud)", Wgs84, Geographic),
    system(3857, "WGS 84 / Web Mercator", Wgs84, WebMercator),
    system(32_717, "WGS 84 / UTM 17S", Wgs84, Utm(Z17)),
    system(32_718, "WGS 84 / UTM 18S", Wgs84, Utm(Z18)),
    system(32_719, "WGS 84 / UTM 19S", Wgs84, Utm(Z19)),
    system(4248, "PSAD 56 (longitud, latitud)", Psad56, Geographic),
    system(24_877, "PSAD 56 / UTM 17S", Psad56, Utm(Z17)),
    system(24_878, "PSAD 56 / UTM 18S", Psad56, Utm(Z18)),
    system(24_879, "PSAD 56 / UTM 19S", Psad56, Utm(Z19)),
    system(
        24_891,
        "PSAD 56 / Perú zona oeste",
        Psad56,
        Strip(
            -80.5,
            "+lat_0=-6 +lon_0=-80.5 +k=0.99983008 +x_0=222000 +y_0=1426834.743",
        ),
    ),
    system(
        24_892,
        "PSAD 56 / Perú zona centro",
        Psad56,
        Strip(
            -76.0,
            "+lat_0=-9.5 +lon_0=-76 +k=0.99932994 +x_0=720000 +y_0=1039979.159",
        ),
    ),
    system(
        24_893,
        "PSAD 56 / Perú zona este",
        Psad56,
        Strip(
            -70.5,
            "+lat_0=-9.5 +lon_0=-70.5 +k=0.99952992 +x_0=1324000 +y_0=1040084.558",
        ),
    ),
    system(5373, "Peru96 (longitud, latitud)", Peru96, Geographic),
    system(5839, "Peru96 / UTM 17S", Peru96, Utm(Z17)),
    system(5387, "Peru96 / UTM 18S", Peru96, Utm(Z18)),
    system(5389, "Peru96 / UTM 19S", Peru96, Utm(Z19)),
    system(4674, "SIRGAS 2000 (longitud, latitud)", Sirgas2000, Geographic),
    system(31_977, "SIRGAS 2000 / UTM 17S", Sirgas2000, Utm(Z17)),
    system(31_978, "SIRGAS 2000 / UTM 18S", Sirgas2000, Utm(Z18)),
    system(31_979, "SIRGAS 2000 / UTM 19S", Sirgas2000, Utm(Z19)),
];

impl Crs {
    /// Longitude and latitude in degrees of WGS 84, in this order: CRS84, and EPSG:4326 as the web writes it.
    pub const WGS84: Self = Self(4326);
    /// The web's square map of the world, metres.
    pub const WEB_MERCATOR: Self = Self(3857);

    /// The system of a code.
    ///
    /// # Errors
    /// The code is none of the supported ones.
    pub fn from_epsg(code: u32) -> Result<Self, UnsupportedCrs> {
        let known = SYSTEMS.iter().find(|system| system.epsg == code);
        known.map(|system| Self(system.epsg)).ok_or_else(|| UnsupportedCrs {
            given: format!("EPSG:{code}"),
        })
    }

    /// Reads `EPSG:24877`, `24877`, `CRS84`, a URN or an OGC address.
    ///
    /// ```
    /// use crs::Crs;
    /// assert_eq!(Crs::parse("urn:ogc:def:crs:EPSG::32718").unwrap().epsg(), 32_718);
    /// assert_eq!(Crs::parse("http://www.opengis.net/def/crs/OGC/1.3/CRS84").unwrap(), Crs::WGS84);
    /// assert!(Crs::parse("EPSG:2056").unwrap_err().to_string().contains("EPSG:32718"));
    /// ```
    ///
    /// # Errors
    /// The text names none of the supported systems.
    pub fn parse(text: &str) -> Result<Self, UnsupportedCrs> {
        let unsupported = || UnsupportedCrs {
            given: text.trim().chars().take(120).collect(),
        };
        let upper = text.trim().trim_matches(['<', '>', '[', ']']).to_ascii_uppercase();
        let parts: Vec<&str> = upper.split([':', '/', '#']).filter(|part| !part.is_empty()).collect();
        let Some((&last, before)) = parts.split_last() else {
            return Err(unsupported());
        };
        if matches!(last, "CRS84" | "CRS84H") {
            return if before.iter().all(|part| names_no_other_authority(part)) {
                Ok(Self::WGS84)
            } else {
                Err(unsupported())
            };
        }
        let epsg = before.is_empty() || before.contains(&"EPSG") || before.contains(&"EPSG.XML");
        match last.parse::<u32>() {
            Ok(code) if epsg => Self::from_epsg(code).map_err(|_| unsupported()),
            _ => Err(unsupported()),
        }
    }

    /// The zone of WGS 84 / UTM south.
    pub const fn utm(zone: UtmZone) -> Self {
        Self(zone.epsg())
    }

    /// The zone of PSAD 56 / UTM south.
    pub const fn psad56_utm(zone: UtmZone) -> Self {
        Self(24_860 + zone.number() as u32)
    }

    /// The geographic system of a datum.
    pub const fn geographic(datum: Datum) -> Self {
        Self(match datum {
            Wgs84 => 4326,
            Psad56 => 4248,
            Peru96 => 5373,
            Sirgas2000 => 4674,
        })
    }

    /// The UTM zone of a datum.
    pub const fn utm_of(datum: Datum, zone: UtmZone) -> Self {
        match datum {
            Wgs84 => Self::utm(zone),
            Psad56 => Self::psad56_utm(zone),
            Peru96 => Self([5839, 5387, 5389][zone.index()]),
            Sirgas2000 => Self(31_960 + zone.number() as u32),
        }
    }

    /// The EPSG code.
    pub const fn epsg(self) -> u32 {
        self.0
    }

    /// The name that people read, in Spanish.
    pub fn name(self) -> &'static str {
        self.system().name
    }

    /// Whether coordinates are degrees.
    pub fn is_geographic(self) -> bool {
        self.system().projection == Geographic
    }

    /// The datum of the system.
    pub fn datum(self) -> Datum {
        self.system().datum
    }

    /// The UTM zone, whatever the datum.
    pub fn utm_zone(self) -> Option<UtmZone> {
        match self.system().projection {
            Utm(zone) => Some(zone),
            _ => None,
        }
    }

    /// Every supported system.
    pub fn all() -> impl Iterator<Item = Self> {
        SYSTEMS.iter().map(|system| Self(system.epsg))
    }

    /// Whether all numbers of the pair can be coordinates of the system: finite and within [`Crs::range`].
    pub fn admits(self, x: f64, y: f64) -> bool {
        let [x_range, y_range] = self.range();
        (x_range[0]..=x_range[1]).contains(&x) && (y_range[0]..=y_range[1]).contains(&y)
    }

    /// Smallest and largest x, smallest and largest y that can be meant; both ends belong.
    ///
    /// Generous: land far outside of a zone still has coordinates in it.
    pub fn range(self) -> [[f64; 2]; 2] {
        match self.system().projection {
            Geographic => [[-180.0, 180.0], [-90.0, 90.0]],
            WebMercator => [[-20_037_508.4, 20_037_508.4]; 2],
            Utm(_) => [[-3.0e6, 4.0e6], [1.0e6, 11.0e6]],
            Strip(..) => [[-3.0e6, 5.0e6], [-4.0e6, 5.0e6]],
        }
    }

    pub(crate) fn system(self) -> &'static System {
        SYSTEMS
            .iter()
            .find(|system| system.epsg == self.0)
            .expect("a Crs is only made from the table")
    }

    fn supported() -> String {
        let codes: Vec<String> = Self::all().map(|crs| crs.to_string()).collect();
        format!("CRS84, {}", codes.join(", "))
    }
}

fn names_no_other_authority(part: &str) -> bool {
    matches!(
        part,
        "OGC" | "URN" | "DEF" | "CRS" | "HTTP" | "HTTPS" | "WWW.OPENGIS.NET" | "X-OGC"
    ) || part.starts_with(|first: char| first.is_ascii_digit())
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EPSG:{}", self.0)
    }
}

impl FromStr for Crs {
    type Err = UnsupportedCrs;

    fn from_str(text: &str) -> Result<Self, UnsupportedCrs> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Crs {
    type Error = UnsupportedCrs;

    fn try_from(text: String) -> Result<Self, UnsupportedCrs> {
        Self::parse(&text)
    }
}

impl From<Crs> for String {
    fn from(crs: Crs) -> Self {
        crs.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_system_in_every_dress_are_understood() {
        for (text, code) in [
            ("EPSG:24877", 24_877),
            ("24877", 24_877),
            (" epsg:5387 ", 5387),
            ("CRS84", 4326),
            ("OGC:CRS84", 4326),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
            ("urn:ogc:def:crs:EPSG::32718", 32_718),
            ("urn:ogc:def:crs:EPSG:6.9:32719", 32_719),
            ("http://www.opengis.net/def/crs/EPSG/0/4326", 4326),
            ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84>", 4326),
            ("http://www.opengis.net/gml/srs/epsg.xml#32717", 32_717),
        ] {
            assert_eq!(Crs::parse(text).map(Crs::epsg), Ok(code), "{text}");
        }
    }

    #[test]
    fn an_unsupported_code_is_named_with_the_supported_ones() {
        for text in [
            "EPSG:2056",
            "ESRI:32718",
            "",
            "::",
            "EPSG:",
            "EPSG:99999999999999",
            "MOON:CRS84",
            "32718.0",
        ] {
            assert!(Crs::parse(text).is_err(), "{text}");
        }
        let message = Crs::parse("EPSG:2056").unwrap_err().to_string();
        assert!(
            message.contains("EPSG:2056") && message.contains("EPSG:24891"),
            "{message}"
        );
    }

    #[test]
    fn every_system_survives_being_written_and_read() {
        for crs in Crs::all() {
            let text = serde_json::to_string(&crs).unwrap();
            assert_eq!(serde_json::from_str::<Crs>(&text).unwrap(), crs);
        }
        assert_eq!(Crs::all().count(), 20);
        for zone in UtmZone::ALL {
            assert_eq!(Crs::psad56_utm(zone).utm_zone(), Some(zone));
            assert_eq!(Crs::psad56_utm(zone).datum(), Datum::Psad56);
            assert_eq!(Crs::utm(zone).utm_zone(), Some(zone));
            for datum in [Wgs84, Psad56, Peru96, Sirgas2000] {
                let crs = Crs::utm_of(datum, zone);
                assert_eq!((crs.utm_zone(), crs.datum()), (Some(zone), datum));
                assert!(Crs::geographic(datum).is_geographic() && Crs::geographic(datum).datum() == datum);
            }
        }
    }
}
