//! Disguises: which readings of bare coordinates put them in the jurisdiction, and near the place that is stated.

use crate::written::{Declared, Order, Unit};
use crate::{Crs, Datum, TransformError, UtmZone, in_jurisdiction, transform_to_lonlat};
use geo_types::{Coord, coord};

/// A place that the coordinates are said to belong to: a district, a community.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Near {
    /// Longitude, degrees WGS 84.
    pub lon: f64,
    /// Latitude, degrees WGS 84.
    pub lat: f64,
    /// Kilometres within which a candidate counts as near.
    pub radius_km: f64,
}

/// Which degrees were written without their minus.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Signs {
    /// As they stand.
    AsWritten,
    /// All longitudes are positive and meant to be negative.
    LonNegated,
    /// All latitudes are positive and meant to be negative.
    LatNegated,
    /// Both.
    BothNegated,
}

/// One way to read a pair of numbers.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reading {
    /// Longitude and latitude.
    Degrees {
        /// Which comes first.
        order: Order,
        /// Which signs are missing.
        signs: Signs,
        /// WGS 84 unless another is declared.
        datum: Datum,
    },
    /// Easting and northing of a UTM zone.
    Utm {
        /// The zone.
        zone: UtmZone,
        /// WGS 84 and PSAD 56 unless another is declared.
        datum: Datum,
        /// Which comes first.
        order: Order,
    },
}

/// A reading that puts every coordinate in the jurisdiction.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// How the numbers are read.
    pub reading: Reading,
    /// Where the first coordinate then lies, lon/lat degrees.
    pub first: Coord<f64>,
    /// The mean of the coordinates, lon/lat degrees.
    pub centroid: Coord<f64>,
    /// Kilometres from the centroid to the stated place.
    pub distance_km: Option<f64>,
}

/// The readings that put all coordinates in the jurisdiction and, when a place is stated, near it; in a fixed order.
///
/// One candidate: use it and say so. Several: ask. UTM without a declared datum always has two (WGS 84 and PSAD 56, some
/// 450 m apart).
///
/// ```
/// use crs::disguise::disguises;
/// let found = disguises(&[(-13.52, -71.97)], None);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].reading.id(), "lat-lon");
/// ```
pub fn disguises(coords: &[(f64, f64)], near: Option<Near>) -> Vec<Candidate> {
    declared_disguises(coords, &Declared::default(), near)
}

/// As [`disguises`], among the readings that agree with what is declared.
pub fn declared_disguises(coords: &[(f64, f64)], declared: &Declared, near: Option<Near>) -> Vec<Candidate> {
    readings(declared)
        .into_iter()
        .filter_map(|reading| candidate(reading, coords, near))
        .collect()
}

fn candidate(reading: Reading, coords: &[(f64, f64)], near: Option<Near>) -> Option<Candidate> {
    // most readings fail at the first coordinate
    let head = &coords[..coords.len().min(1)];
    let placed = |coords: &[(f64, f64)]| {
        let lonlat = reading.lonlat(coords).ok()?;
        lonlat
            .iter()
            .all(|c| in_jurisdiction(c.x, c.y) && reading.reaches(c.x))
            .then_some(lonlat)
    };
    placed(head)?;
    let lonlat = placed(coords)?;
    let first = *lonlat.first()?;
    let sum = lonlat.iter().fold(coord! { x: 0.0, y: 0.0 }, |sum, c| sum + *c);
    let centroid = sum / lonlat.len() as f64;
    let distance_km = near.map(|near| kilometres(coord! { x: near.lon, y: near.lat }, centroid));
    let is_near = near
        .zip(distance_km)
        .is_none_or(|(near, distance)| distance <= near.radius_km);
    is_near.then_some(Candidate {
        reading,
        first,
        centroid,
        distance_km,
    })
}

/// Every reading that agrees with what is declared.
fn readings(declared: &Declared) -> Vec<Reading> {
    let mut all = Vec::new();
    let datums = |usual: &[Datum]| declared.datum.map_or_else(|| usual.to_vec(), |datum| vec![datum]);
    for order in [Order::EastFirst, Order::NorthFirst] {
        for datum in datums(&[Datum::Wgs84]) {
            for signs in [
                Signs::AsWritten,
                Signs::LonNegated,
                Signs::LatNegated,
                Signs::BothNegated,
            ] {
                all.push(Reading::Degrees { order, signs, datum });
            }
        }
        for zone in UtmZone::ALL {
            for datum in datums(&[Datum::Wgs84, Datum::Psad56]) {
                all.push(Reading::Utm { zone, datum, order });
            }
        }
    }
    all.retain(|reading| reading.agrees_with(declared));
    all
}

impl Reading {
    /// A stable name: `lon-lat`, `lat-lon-unsigned`, `utm-17-wgs84`, `utm-18-psad56-north-first`.
    pub fn id(self) -> String {
        let order = |order| if order == Order::NorthFirst { "-north-first" } else { "" };
        match self {
            Self::Degrees { order, signs, datum } => {
                let base = if order == Order::EastFirst {
                    "lon-lat"
                } else {
                    "lat-lon"
                };
                let signs = match signs {
                    Signs::AsWritten => "",
                    Signs::LonNegated => "-unsigned-lon",
                    Signs::LatNegated => "-unsigned-lat",
                    Signs::BothNegated => "-unsigned",
                };
                let datum = if datum == Datum::Wgs84 {
                    String::new()
                } else {
                    format!("-{}", datum_id(datum))
                };
                format!("{base}{signs}{datum}")
            }
            Self::Utm {
                zone,
                datum,
                order: first,
            } => {
                format!("utm-{}-{}{}", zone.number(), datum_id(datum), order(first))
            }
        }
    }

    /// The reading of a stable name: what a person answers when asked.
    pub fn from_id(id: &str) -> Option<Self> {
        let datums = [Datum::Wgs84, Datum::Psad56, Datum::Peru96, Datum::Sirgas2000];
        let declared = |datum| Declared {
            datum: Some(datum),
            ..Declared::default()
        };
        datums
            .into_iter()
            .flat_map(|datum| readings(&declared(datum)))
            .find(|reading| reading.id() == id)
    }

    /// What a person reads, in Spanish.
    pub fn label_es(self) -> String {
        match self {
            Self::Degrees { order, signs, datum } => {
                let base = match order {
                    Order::EastFirst => "longitud, latitud",
                    Order::NorthFirst => "latitud, longitud",
                };
                let signs = match signs {
                    Signs::AsWritten => "",
                    Signs::LonNegated => ", sin el signo menos de la longitud",
                    Signs::LatNegated => ", sin el signo menos de la latitud",
                    Signs::BothNegated => ", sin los signos menos",
                };
                format!("grados ({base}{signs}), {}", datum.name())
            }
            Self::Utm { zone, datum, order } => {
                let order = match order {
                    Order::EastFirst => "este, norte",
                    Order::NorthFirst => "norte, este",
                };
                format!("UTM zona {} Sur, {} ({order})", zone.number(), datum.name())
            }
        }
    }

    /// The coordinate system of the reading.
    pub fn crs(self) -> Crs {
        match self {
            Self::Degrees { datum, .. } => Crs::geographic(datum),
            Self::Utm { zone, datum, .. } => Crs::utm_of(datum, zone),
        }
    }

    /// The numbers as x (longitude or easting) and y of [`Reading::crs`].
    ///
    /// `None` where a sign is said to be missing from a number that has one.
    pub fn coords(self, pairs: &[(f64, f64)]) -> Option<Vec<Coord<f64>>> {
        let (order, [lon, lat]) = match self {
            Self::Degrees { order, signs, .. } => (order, signs.negated()),
            Self::Utm { order, .. } => (order, [false, false]),
        };
        let negate = |value: f64, missing: bool| match missing {
            true if value > 0.0 => Some(-value),
            true => None,
            false => Some(value),
        };
        let east_first = |&(a, b): &(f64, f64)| if order == Order::EastFirst { (a, b) } else { (b, a) };
        pairs
            .iter()
            .map(east_first)
            .map(|(x, y)| Some(coord! { x: negate(x, lon)?, y: negate(y, lat)? }))
            .collect()
    }

    /// The numbers as lon/lat WGS 84 degrees, by the pinned operation where the datum is PSAD 56.
    ///
    /// # Errors
    /// A number is not finite or out of range of the reading; a missing sign on a negative number counts as out of range.
    pub fn lonlat(self, pairs: &[(f64, f64)]) -> Result<Vec<Coord<f64>>, TransformError> {
        let crs = self.crs();
        let Some(mut coords) = self.coords(pairs) else {
            let [x_range, y_range] = crs.range();
            let vertex = pairs
                .iter()
                .position(|&pair| self.coords(&[pair]).is_none())
                .unwrap_or(0);
            let (x, y) = pairs[vertex];
            return Err(TransformError::OutOfRange {
                vertex,
                x,
                y,
                crs,
                x_range,
                y_range,
            });
        };
        transform_to_lonlat(crs, None, &mut coords)?;
        Ok(coords)
    }

    /// Whether a longitude is one that offices express in the zone: within it or a degree beside it.
    fn reaches(self, lon: f64) -> bool {
        match self {
            Self::Degrees { .. } => true,
            Self::Utm { zone, .. } => (lon - zone.central_meridian()).abs() <= 4.0,
        }
    }

    fn agrees_with(self, declared: &Declared) -> bool {
        let (unit, order) = match self {
            Self::Degrees { order, signs, .. } => {
                if declared.signs_settled && signs != Signs::AsWritten {
                    return false;
                }
                (Unit::Degrees, order)
            }
            Self::Utm { order, .. } => (Unit::Metres, order),
        };
        let zone = match self {
            Self::Utm { zone, .. } => declared.zone.is_none_or(|said| said == zone),
            Self::Degrees { .. } => declared.zone.is_none(),
        };
        zone && declared.unit.is_none_or(|said| said == unit)
            && declared.order.is_none_or(|said| said == order)
            && declared.crs.is_none_or(|said| said == self.crs())
    }
}

impl Signs {
    const fn negated(self) -> [bool; 2] {
        match self {
            Self::AsWritten => [false, false],
            Self::LonNegated => [true, false],
            Self::LatNegated => [false, true],
            Self::BothNegated => [true, true],
        }
    }
}

const fn datum_id(datum: Datum) -> &'static str {
    match datum {
        Datum::Wgs84 => "wgs84",
        Datum::Psad56 => "psad56",
        Datum::Peru96 => "peru96",
        Datum::Sirgas2000 => "sirgas2000",
    }
}

/// Great-circle kilometres on a sphere of the mean radius (IUGG, 6371.0088 km); 0.5 % off at most.
pub fn kilometres(from: Coord<f64>, to: Coord<f64>) -> f64 {
    let (phi, psi) = (from.y.to_radians(), to.y.to_radians());
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let h = half(to.y - from.y) + phi.cos() * psi.cos() * half(to.x - from.x);
    2.0 * 6371.0088 * h.sqrt().min(1.0).asin()
}
