//! What a text says of its own coordinates: system, datum, zone, unit and order.

use super::LONGEST;
use crate::dms::plain;
use crate::{Crs, Datum, UnsupportedCrs, UtmZone};

/// Degrees or metres.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Longitude and latitude.
    Degrees,
    /// Easting and northing.
    Metres,
}

/// Which of the two numbers comes first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Order {
    /// Longitude, latitude; easting, northing.
    EastFirst,
    /// Latitude, longitude; northing, easting.
    NorthFirst,
}

/// What is said of coordinates; nothing by default.
#[derive(Copy, Clone, Debug, Default, PartialEq)]
pub struct Declared {
    /// A system by its code.
    pub crs: Option<Crs>,
    /// A UTM zone.
    pub zone: Option<UtmZone>,
    /// A datum.
    pub datum: Option<Datum>,
    /// Degrees or metres.
    pub unit: Option<Unit>,
    /// Which number comes first.
    pub order: Option<Order>,
    /// Whether a letter N or E says that a degree is positive, so that no missing minus is supposed.
    pub signs_settled: bool,
}

/// Declarations that cannot all hold, or that name what is not supported.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Contradiction {
    /// Two different values were declared.
    #[error("declared both {first} and {second}")]
    Two {
        /// The first, as read.
        first: String,
        /// The second, as read.
        second: String,
    },
    /// A zone that does not reach Peru, or the northern half of one.
    #[error("zone {0} is not one of 17S, 18S and 19S")]
    Zone(String),
    /// A coordinate system that is not supported.
    #[error(transparent)]
    Crs(#[from] UnsupportedCrs),
}

impl Contradiction {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Two { first, second } => {
                format!("Se declara «{first}» y también «{second}»: deje una sola declaración.")
            }
            Self::Zone(zone) => format!("La zona «{zone}» no es una de las zonas UTM del Perú: 17S, 18S o 19S."),
            Self::Crs(unsupported) => unsupported.sentence_es(),
        }
    }
}

impl Declared {
    /// What a system says when it is declared by its code.
    pub fn of(crs: Crs) -> Self {
        let unit = if crs.is_geographic() {
            Unit::Degrees
        } else {
            Unit::Metres
        };
        Self {
            crs: Some(crs),
            zone: crs.utm_zone(),
            datum: Some(crs.datum()),
            unit: Some(unit),
            ..Self::default()
        }
    }

    /// Whether anything is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Both declarations together.
    ///
    /// # Errors
    /// They contradict each other.
    pub fn join(self, other: Self) -> Result<Self, Contradiction> {
        Ok(Self {
            crs: either(self.crs, other.crs, |crs| crs.to_string())?,
            zone: either(self.zone, other.zone, |zone| zone.to_string())?,
            datum: either(self.datum, other.datum, |datum| datum.name().to_owned())?,
            unit: either(self.unit, other.unit, |unit| unit_es(unit).to_owned())?,
            order: either(self.order, other.order, |order| order_es(order).to_owned())?,
            signs_settled: self.signs_settled || other.signs_settled,
        })
    }
}

fn unit_es(unit: Unit) -> &'static str {
    match unit {
        Unit::Degrees => "grados",
        Unit::Metres => "metros UTM",
    }
}

fn order_es(order: Order) -> &'static str {
    match order {
        Order::EastFirst => "primero el este o la longitud",
        Order::NorthFirst => "primero el norte o la latitud",
    }
}

fn either<T: Copy + PartialEq>(
    first: Option<T>,
    second: Option<T>,
    name: impl Fn(T) -> String,
) -> Result<Option<T>, Contradiction> {
    match (first, second) {
        (Some(a), Some(b)) if a != b => Err(Contradiction::Two {
            first: name(a),
            second: name(b),
        }),
        _ => Ok(first.or(second)),
    }
}

/// Takes what a text declares (`UTM 17S WGS84`, `zona 18 PSAD56`, `EPSG:32718`, `17 M`), and gives the rest in capitals.
/// A text of more than 400 bytes declares nothing.
///
/// ```
/// use crs::{Datum, written::read_declaration};
/// let (declared, rest) = read_declaration("zona 18 PSAD56").unwrap();
/// assert_eq!(declared.datum, Some(Datum::Psad56));
/// assert_eq!(rest.trim(), "");
/// ```
///
/// # Errors
/// Two declarations contradict each other, or one names what is not supported.
pub fn read_declaration(text: &str) -> Result<(Declared, String), Contradiction> {
    let mut rest = plain(text);
    let mut declared = Declared::default();
    if text.len() > LONGEST {
        return Ok((declared, rest));
    }
    while let Some(code) = take_code(&mut rest) {
        declared = declared.join(Declared::of(Crs::parse(&code)?))?;
    }
    for (name, number, datum) in [
        ("WGS", "84", Datum::Wgs84),
        ("PSAD", "56", Datum::Psad56),
        ("SIRGAS", "2000", Datum::Sirgas2000),
        ("SIRGAS", "95", Datum::Peru96),
        ("SIRGAS", "", Datum::Peru96),
        ("PERU", "96", Datum::Peru96),
        ("REGGEN", "", Datum::Peru96),
    ] {
        while take_name(&mut rest, name, number) {
            declared = declared.join(Declared {
                datum: Some(datum),
                ..Declared::default()
            })?;
        }
    }
    while take_name(&mut rest, "UTM", "") {
        declared = declared.join(Declared {
            unit: Some(Unit::Metres),
            ..Declared::default()
        })?;
    }
    for filler in ["DATUM", "COORDENADAS", "COORDENADA", "GEOGRAFICAS", "SISTEMA"] {
        while take_name(&mut rest, filler, "") {}
    }
    if let Some(zone) = take_zone(&mut rest, declared.unit == Some(Unit::Metres))? {
        declared = declared.join(Declared {
            zone: Some(zone),
            unit: Some(Unit::Metres),
            ..Declared::default()
        })?;
    }
    Ok((declared, rest))
}

/// Cuts `EPSG:32718` or a URN of it out of the text.
fn take_code(rest: &mut String) -> Option<String> {
    let at = rest.find("EPSG")?;
    let start = rest[..at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let length = rest[start..]
        .find([' ', '\t', ',', ';', ')'])
        .unwrap_or(rest.len() - start);
    let mut end = start + length;
    // «EPSG 32718» and «EPSG: 32718»
    if !rest[start..end].ends_with(|c: char| c.is_ascii_digit()) {
        let digits = rest[end..].trim_start();
        let blank = rest.len() - end - digits.len();
        end += blank + digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    }
    let code: String = rest[start..end].chars().filter(|c| !c.is_whitespace()).collect();
    let code = code
        .strip_prefix("EPSG")
        .filter(|tail| tail.starts_with(|c: char| c.is_ascii_digit()))
        .map_or(code.clone(), |digits| format!("EPSG:{digits}"));
    rest.replace_range(start..end, " ");
    Some(code)
}

/// Cuts a name out of the text: whole words only, its number after nothing, a blank, a hyphen or a point.
fn take_name(rest: &mut String, name: &str, number: &str) -> bool {
    let mut from = 0;
    while let Some(found) = rest[from..].find(name) {
        let start = from + found;
        from = start + name.len();
        let mut end = from;
        if !number.is_empty() {
            let tail = rest[end..].trim_start_matches([' ', '-', '_', '.', ':']);
            let gap = rest.len() - end - tail.len();
            if gap > 2 || !tail.starts_with(number) {
                continue;
            }
            end += gap + number.len();
        }
        let borders = |c: Option<char>| {
            !c.is_some_and(|c| {
                if number.is_empty() {
                    c.is_alphabetic()
                } else {
                    c.is_alphanumeric()
                }
            })
        };
        if borders(rest[..start].chars().next_back()) && borders(rest[end..].chars().next()) {
            rest.replace_range(start..end, " ");
            return true;
        }
    }
    false
}

/// Cuts `ZONA 17`, `17S`, `17 M`, `18L` out of the text; a bare number is a zone only after the word or before a letter.
fn take_zone(rest: &mut String, utm: bool) -> Result<Option<UtmZone>, Contradiction> {
    let named = ["ZONA", "ZONE", "HUSO"].into_iter().find_map(|word| {
        let at = rest.find(word)?;
        let start = at + word.len();
        let tail = rest[start..].trim_start_matches([' ', ':', '=', '.']);
        tail.starts_with(|c: char| c.is_ascii_digit())
            .then(|| (at, rest.len() - tail.len()))
    });
    let (cut, digits) = if let Some(found) = named {
        found
    } else {
        let blank = rest.len() - rest.trim_start().len();
        (blank, blank)
    };
    let tail = &rest[digits..];
    let length = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
    if length == 0 || length > 2 {
        return Ok(None);
    }
    let after = &tail[length..];
    let gap = after.len() - after.trim_start().len();
    let word = after[gap..]
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(after.len() - gap);
    let band = &after[gap..gap + word];
    let is_band = matches!(band, "S" | "SUR" | "K" | "L" | "M");
    if named.is_none() && !(is_band || (utm && band == "N")) {
        return Ok(None);
    }
    let written = format!("{}{}", &tail[..length], if word <= 3 { band } else { "" });
    // a first number of two digits and «S» are a zone only when two more numbers follow: «17 S 78 W» are degrees
    if named.is_none() && !utm && !metres_follow(&after[gap + word..]) {
        return Ok(None);
    }
    let north = matches!(band, "N" | "NORTE")
        && !after[gap + word..]
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit());
    let zone = tail[..length]
        .parse()
        .ok()
        .and_then(UtmZone::from_number)
        .filter(|_| !north);
    let zone = zone.ok_or(Contradiction::Zone(written))?;
    let end = digits + length + if is_band { gap + word } else { 0 };
    rest.replace_range(cut..end, " ");
    Ok(Some(zone))
}

/// Whether a number of five digits or more follows: metres, not degrees.
fn metres_follow(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '\''))
        .any(|run| {
            run.split('.')
                .next()
                .is_some_and(|whole| whole.bytes().filter(u8::is_ascii_digit).count() >= 5)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::written::read_pair;

    #[test]
    fn declarations_in_many_dresses_are_understood() {
        for (text, zone, datum) in [
            ("17 M 765000 9250000", Some(17), None),
            ("UTM 17S WGS84 E 765000 N 9250000", Some(17), Some(Datum::Wgs84)),
            ("UTM WGS-84 17S 765000 9250000", Some(17), Some(Datum::Wgs84)),
            ("zona 18 PSAD56 E 765000 N 9250000", Some(18), Some(Datum::Psad56)),
            ("18L 765000 9250000", Some(18), None),
            (
                "Datum PSAD 56, Zona: 19 Sur; 765000.5; 9250000",
                Some(19),
                Some(Datum::Psad56),
            ),
            ("EPSG:32718 765000 9250000", Some(18), Some(Datum::Wgs84)),
            ("EPSG 24877 765000 9250000", Some(17), Some(Datum::Psad56)),
            ("SIRGAS 2000 zona 18S 765000 9250000", Some(18), Some(Datum::Sirgas2000)),
        ] {
            let written = read_pair(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(written.declared.zone.map(UtmZone::number), zone, "{text}");
            assert_eq!(written.declared.datum, datum, "{text}");
            assert!(
                (written.pair.0 - 765_000.0).abs() <= 0.5 && (written.pair.1 - 9_250_000.0).abs() < 0.1,
                "{text}"
            );
        }
    }

    #[test]
    fn degrees_that_look_like_a_zone_stay_degrees() {
        let written = read_pair("17 S 70 W").unwrap();
        assert_eq!((written.pair, written.declared.zone), ((-70.0, -17.0), None));
        let written = read_pair("17°30'S 70°15'W").unwrap();
        assert_eq!((written.pair, written.declared.zone), ((-70.25, -17.5), None));
    }

    #[test]
    fn declarations_that_contradict_are_refused() {
        assert!(read_declaration("WGS84 PSAD56").is_err());
        assert!(read_declaration("EPSG:32718 zona 17").is_err());
        assert!(read_declaration("EPSG:2056").is_err());
        assert!(read_declaration("zona 20").is_err());
        assert!(read_declaration("UTM zona 17N WGS84").is_err());
    }
}
