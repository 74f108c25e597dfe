//! GeoJSON (RFC 7946), and the older form with a `crs` member.

use crate::raw::{Claim, Collector, Pair, Raw};
use crate::{At, Format, Kind, Limits, TooMuch, UploadError, json};
use crs::Crs;
use crs::written::Declared;
use serde_json::{Map, Value};

/// Reads a geometry, feature, feature collection or geometry collection.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Raw, UploadError> {
    let document = json::parse(text, limits.depth())?;
    let mut collector = Collector::new(Format::GeoJson, Claim::Standard, limits);
    let Value::Object(root) = &document else {
        return Err(collector.malformed(At::Line { line: 1, column: 1 }, "se esperaba un objeto con «type»"));
    };
    if let Some(name) = crs_member(root) {
        collector.raw.declared = Declared::of(Crs::parse(&name)?);
        collector.raw.claim = Claim::Said(name);
    }
    match root.get("type").and_then(Value::as_str) {
        Some("FeatureCollection") => {
            let Some(Value::Array(features)) = root.get("features") else {
                return Err(collector.malformed(At::Whole, "la FeatureCollection no tiene la lista «features»"));
            };
            for feature in features {
                read_feature(&mut collector, feature)?;
            }
        }
        Some("Feature") => read_feature(&mut collector, &document)?,
        _ => {
            collector.feature()?;
            geometry(&mut collector, &document, 0)?;
        }
    }
    collector.finish()
}

fn crs_member(root: &Map<String, Value>) -> Option<String> {
    let crs = root.get("crs")?;
    let properties = crs.get("properties")?;
    let code = properties
        .get("code")
        .map(|code| code.to_string().trim_matches('"').to_owned());
    properties
        .get("name")
        .and_then(Value::as_str)
        .map(str::to_owned)
        .or(code)
}

fn read_feature(collector: &mut Collector<'_>, feature: &Value) -> Result<(), UploadError> {
    collector.feature()?;
    match feature.get("geometry") {
        Some(Value::Null) | None if feature.get("type").and_then(Value::as_str) == Some("Feature") => {
            collector.leave_out(Kind::Empty);
            Ok(())
        }
        Some(value) => geometry(collector, value, 0),
        None => Err(here(collector, "se esperaba un elemento («type»: «Feature»)")),
    }
}

fn here(collector: &Collector<'_>, seen: &str) -> UploadError {
    collector.malformed(
        At::Feature {
            feature: collector.current(),
            vertex: None,
        },
        seen,
    )
}

fn geometry(collector: &mut Collector<'_>, value: &Value, depth: usize) -> Result<(), UploadError> {
    if depth > collector.limits.nesting {
        return Err(UploadError::too_much(TooMuch::Nesting, depth, collector.limits.nesting));
    }
    let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
    let list = |name: &str| value.get(name).and_then(Value::as_array).map(Vec::as_slice);
    match kind {
        "Polygon" => match list("coordinates") {
            Some(rings) => polygon(collector, rings),
            None => Err(here(collector, "el polígono no tiene «coordinates»")),
        },
        "MultiPolygon" => {
            let Some(polygons) = list("coordinates") else {
                return Err(here(collector, "el multipolígono no tiene «coordinates»"));
            };
            if polygons.is_empty() {
                collector.leave_out(Kind::Empty);
            }
            for rings in polygons {
                let Some(rings) = rings.as_array() else {
                    return Err(here(collector, "un polígono no es una lista de anillos"));
                };
                polygon(collector, rings)?;
            }
            Ok(())
        }
        "GeometryCollection" => {
            let Some(members) = list("geometries") else {
                return Err(here(collector, "la colección no tiene «geometries»"));
            };
            if members.is_empty() {
                collector.leave_out(Kind::Empty);
            }
            members
                .iter()
                .try_for_each(|member| geometry(collector, member, depth + 1))
        }
        "Point" | "MultiPoint" => {
            collector.leave_out(Kind::Point);
            Ok(())
        }
        "LineString" | "MultiLineString" => {
            collector.leave_out(Kind::Line);
            Ok(())
        }
        "" => Err(here(collector, "falta «type» en la geometría")),
        other => Err(here(
            collector,
            &format!("el tipo de geometría «{}» no existe", crate::text::quoted(other, 40)),
        )),
    }
}

fn polygon(collector: &mut Collector<'_>, rings: &[Value]) -> Result<(), UploadError> {
    if rings.is_empty() {
        collector.leave_out(Kind::Empty);
        return Ok(());
    }
    let mut read = Vec::with_capacity(rings.len());
    let mut vertex = 0;
    for ring in rings {
        let Some(positions) = ring.as_array() else {
            return Err(here(collector, "un anillo no es una lista de posiciones"));
        };
        collector.count_vertices(positions.len())?;
        let mut points: Vec<Pair> = Vec::with_capacity(positions.len());
        for position in positions {
            vertex += 1;
            points.push(pair(collector, position, vertex)?);
        }
        read.push(points);
    }
    collector.polygon(read)
}

fn pair(collector: &mut Collector<'_>, position: &Value, vertex: usize) -> Result<Pair, UploadError> {
    let feature = collector.current();
    let wrong = |seen: &str| {
        let at = At::Feature {
            feature,
            vertex: Some(vertex),
        };
        UploadError::Malformed {
            format: Format::GeoJson,
            at,
            seen: seen.to_owned(),
        }
    };
    let Some(numbers) = position.as_array() else {
        return Err(wrong("una posición no es una lista de números"));
    };
    if numbers.len() < 2 {
        return Err(wrong("una posición necesita dos números"));
    }
    let number = |value: &Value| match value {
        Value::Null => Err(UploadError::NonFinite { feature, vertex }),
        value => value.as_f64().ok_or_else(|| wrong("una coordenada no es un número")),
    };
    let pair = (number(&numbers[0])?, number(&numbers[1])?);
    if numbers.len() > 2 {
        collector.heights(1);
    }
    Ok(pair)
}
