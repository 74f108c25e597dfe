//! The `.prj` of a Shapefile: the system by its authority, else by datum and parameters, whatever its name.

use crs::written::Declared;
use crs::{Crs, Datum, UnsupportedCrs, UtmZone};

/// What a `.prj` declares, and its own name.
///
/// # Errors
/// The system is none of the supported ones.
pub(crate) fn read(text: &str) -> Result<(Declared, String), UnsupportedCrs> {
    let upper = text.to_ascii_uppercase();
    let name = quoted_after(
        &upper,
        text,
        &["PROJCS[", "PROJCRS[", "GEOGCS[", "GEOGCRS[", "GEODCRS["],
    )
    .unwrap_or(text.trim());
    let name = crate::text::quoted(name, 80);
    let unsupported = || UnsupportedCrs {
        given: if name.is_empty() {
            ".prj vacío".to_owned()
        } else {
            name.clone()
        },
    };
    let crs = by_parameters(&upper)
        .or_else(|| by_authority(&upper))
        .ok_or_else(unsupported)?;
    Ok((Declared::of(crs), name))
}

/// The text in quotes after the first of some openings, from the text as it was written.
fn quoted_after<'t>(upper: &str, text: &'t str, openings: &[&str]) -> Option<&'t str> {
    let start = openings
        .iter()
        .find_map(|opening| upper.find(opening).map(|at| at + opening.len()))?;
    let rest = text.get(start..)?.trim_start().strip_prefix('"')?;
    rest.split('"').next()
}

/// The authority that closes the whole definition.
fn by_authority(upper: &str) -> Option<Crs> {
    let at = upper
        .rfind("AUTHORITY[\"EPSG\"")
        .or_else(|| upper.rfind("ID[\"EPSG\""))?;
    // an authority of a part (unit, axis) is followed by more than brackets
    let rest = &upper[at..];
    let (_, code) = rest.split_once(',')?;
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let tail = code.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '"' | ']'));
    tail.is_empty().then(|| Crs::parse(&digits).ok())?
}

fn by_parameters(upper: &str) -> Option<Crs> {
    let datum = datum(upper)?;
    if !upper.contains("PROJCS[") && !upper.contains("PROJCRS[") {
        return Some(Crs::geographic(datum));
    }
    let folded = letters(upper);
    if folded.contains("PSEUDOMERCATOR") || folded.contains("WEBMERCATOR") || folded.contains("MERCATORAUXILIARYSPHERE")
    {
        return (datum == Datum::Wgs84).then_some(Crs::WEB_MERCATOR);
    }
    if !folded.contains("TRANSVERSEMERCATOR") {
        return None;
    }
    let meridian = parameter(upper, &["CENTRAL_MERIDIAN", "LONGITUDE OF NATURAL ORIGIN"])?;
    let easting = parameter(upper, &["FALSE_EASTING", "FALSE EASTING"])?;
    let northing = parameter(upper, &["FALSE_NORTHING", "FALSE NORTHING"])?;
    let scale = parameter(upper, &["SCALE_FACTOR", "SCALE FACTOR AT NATURAL ORIGIN"])?;
    let near = |value: f64, wanted: f64, within: f64| (value - wanted).abs() <= within;
    if near(scale, 0.9996, 1e-9) && near(easting, 500_000.0, 1e-3) && near(northing, 1.0e7, 1e-3) {
        let zone = UtmZone::ALL
            .into_iter()
            .find(|zone| near(meridian, zone.central_meridian(), 1e-9))?;
        return Some(Crs::utm_of(datum, zone));
    }
    // the three Peruvian zones of PSAD 56, by meridian and scale (EPSG projections of 24891 to 24893)
    let strips = [
        (24_891, -80.5, 0.999_830_08),
        (24_892, -76.0, 0.999_329_94),
        (24_893, -70.5, 0.999_529_92),
    ];
    let strip = strips
        .into_iter()
        .find(|&(_, at, factor)| near(meridian, at, 1e-9) && near(scale, factor, 1e-9));
    strip
        .filter(|_| datum == Datum::Psad56)
        .and_then(|(code, ..)| Crs::from_epsg(code).ok())
}

fn datum(upper: &str) -> Option<Datum> {
    let openings = ["DATUM[", "ENSEMBLE[", "GEOGCS[", "GEOGCRS[", "GEODCRS[", "BASEGEOGCRS["];
    openings.into_iter().find_map(|opening| {
        // «DATUM[» also ends other words, as «TRF» and «GEODETICDATUM[»: every one names the datum
        let name = quoted_after(upper, upper, &[opening])?;
        datum_of(&letters(name))
    })
}

fn datum_of(name: &str) -> Option<Datum> {
    let has = |part: &str| name.contains(part);
    if has("WGS84") || has("WGS1984") || has("WORLDGEODETICSYSTEM1984") {
        Some(Datum::Wgs84)
    } else if has("PSAD56") || has("PSAD1956") || (has("PROVISIONALS") && has("1956")) {
        Some(Datum::Psad56)
    } else if has("PERU96") || has("PERU1996") {
        Some(Datum::Peru96)
    } else if has("SIRGAS2000") || (has("SISTEMADEREFERENCIAGEOCENTRICO") && has("2000")) {
        Some(Datum::Sirgas2000)
    } else {
        None
    }
}

/// Letters and digits only.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn parameter(upper: &str, names: &[&str]) -> Option<f64> {
    names.iter().find_map(|name| {
        let at = upper.find(&format!("PARAMETER[\"{name}\""))?;
        let (_, value) = upper[at..].split_once(',')?;
        let length = value.find([',', ']']).unwrap_or(value.len());
        value[..length].trim().parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const UTM: &str = r#"PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",10000000.0],PARAMETER["Central_Meridian",-81.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;
    const WGS: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

    fn code(text: &str) -> Option<u32> {
        read(text).ok().and_then(|(declared, _)| declared.crs).map(Crs::epsg)
    }

    #[test]
    fn definitions_are_known_by_datum_and_parameters() {
        assert_eq!(
            code(&format!(r#"PROJCS["WGS_1984_UTM_Zone_17S",{WGS},{UTM}"#)),
            Some(32_717)
        );
        assert_eq!(
            code(&format!(r#"PROJCS["a name of one's own",{WGS},{UTM}"#)),
            Some(32_717)
        );
        assert_eq!(code(WGS), Some(4326));
        let psad = WGS.replace("D_WGS_1984", "D_Provisional_S_American_1956");
        assert_eq!(code(&psad), Some(4248));
        // a hint of the way to WGS 84 does not make it WGS 84
        let hinted = psad.replace("]],PRIMEM", "],TOWGS84[-288,175,-376,0,0,0,0]],PRIMEM");
        assert_eq!(code(&format!(r#"PROJCS["x",{hinted},{UTM}"#)), Some(24_877));
        let sirgas = WGS.replace("D_WGS_1984", "D_SIRGAS_2000");
        assert_eq!(code(&format!(r#"PROJCS["x",{sirgas},{UTM}"#)), Some(31_977));
        let west = UTM
            .replace("-81.0", "-80.5")
            .replace("0.9996", "0.99983008")
            .replace("500000.0", "222000.0");
        assert_eq!(
            code(&format!(r#"PROJCS["PSAD_1956_Peru_West",{psad},{west}"#)),
            Some(24_891)
        );
    }

    #[test]
    fn what_is_not_supported_is_named() {
        let north = UTM.replace("10000000.0", "0.0");
        let error = read(&format!(r#"PROJCS["WGS_1984_UTM_Zone_17N",{WGS},{north}"#)).unwrap_err();
        assert_eq!(error.given, "WGS_1984_UTM_Zone_17N");
        assert!(read("").is_err() && read("ñandú").is_err() && read("PROJCS[\"").is_err());
        assert!(read(r#"LOCAL_CS["arbitrary"]"#).is_err());
    }
}
