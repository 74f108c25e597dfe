//! A patch as JSON: features like those of `GeoJSON`, whose coordinates are decimals in strings, so that they come back bit by bit
//! whoever reads them; attributes and fields of the source are kept as the text that they were.

use crate::{LandRow, Patch, PatchError, Row, hex};
use crs::UtmZone;
use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use serde_json::{Map, Value, json};

/// Collections within collections; more is nobody's data.
const DEEPEST: u8 = 8;

impl Patch {
    /// The document's members `removed` and `put`.
    pub fn to_json(&self) -> Value {
        json!({ "removed": self.removed, "put": self.put.iter().map(feature).collect::<Vec<_>>() })
    }

    /// Reads what [`Patch::to_json`] wrote; other members are left alone.
    ///
    /// # Errors
    /// [`PatchError::Malformed`], with the member.
    pub fn from_json(document: &Value) -> Result<Self, PatchError> {
        let list = |name: &str| {
            let list = document.get(name).and_then(Value::as_array);
            list.ok_or_else(|| malformed(name, "una lista"))
        };
        let removed = list("removed")?
            .iter()
            .map(|key| text(key, "removed"))
            .collect::<Result<_, _>>()?;
        let rows = list("put")?.iter().enumerate();
        let put = rows
            .map(|(place, feature)| row(feature, &format!("put[{place}]")))
            .collect::<Result<_, _>>()?;
        Ok(Self { removed, put })
    }
}

fn malformed(at: &str, expected: &str) -> PatchError {
    PatchError::Malformed {
        at: at.to_owned(),
        why: format!("se espera {expected}"),
    }
}

fn text(value: &Value, at: &str) -> Result<String, PatchError> {
    let text = value.as_str().map(ToOwned::to_owned);
    text.ok_or_else(|| malformed(at, "un texto"))
}

fn feature(row: &Row) -> Value {
    let mut feature = json!({
        "type": "Feature",
        "id": row.key,
        "source_row": row.source_row,
        "geometry": geometry(&row.geometry),
        "attributes": row.attributes,
        "source_fields": row.source_fields,
    });
    if let Some(land) = &row.land {
        feature["land"] = json!({ "zone": land.zone, "shape": hex(&land.bytes) });
    }
    if let Some(source) = &row.source {
        feature["source_geometry"] = geometry(source);
    }
    feature
}

fn row(feature: &Value, at: &str) -> Result<Row, PatchError> {
    let member = |name: &str| feature.get(name).unwrap_or(&Value::Null);
    let place = |name: &str| format!("{at}.{name}");
    let source_row = member("source_row").as_u64();
    let land = match member("land") {
        Value::Null => None,
        land => Some(land_row(land).ok_or_else(|| malformed(&place("land"), "una zona y una forma en hexadecimal"))?),
    };
    let read = |name: &str| {
        from_geometry(member(name), DEEPEST)
            .ok_or_else(|| malformed(&place(name), "una geometría con coordenadas en texto"))
    };
    Ok(Row {
        key: text(member("id"), &place("id"))?,
        source_row: source_row.ok_or_else(|| malformed(&place("source_row"), "un número de fila"))?,
        attributes: text(member("attributes"), &place("attributes"))?,
        source_fields: text(member("source_fields"), &place("source_fields"))?,
        geometry: read("geometry")?,
        land,
        source: match member("source_geometry") {
            Value::Null => None,
            _ => Some(read("source_geometry")?),
        },
    })
}

fn land_row(land: &Value) -> Option<LandRow> {
    let zone = u8::try_from(land.get("zone")?.as_u64()?).ok()?;
    let hex = land.get("shape")?.as_str()?;
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes = hex.as_bytes();
    if bytes.len() % 2 != 0 {
        return None;
    }
    Some(LandRow {
        zone: UtmZone::from_number(zone)?,
        bytes: bytes
            .chunks(2)
            .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
            .collect::<Option<_>>()?,
    })
}

fn geometry(geometry: &Geometry<f64>) -> Value {
    let of = |kind: &str, coordinates: Value| json!({ "type": kind, "coordinates": coordinates });
    match geometry {
        Geometry::Point(one) => of("Point", point(&one.0)),
        Geometry::MultiPoint(many) => of("MultiPoint", many.iter().map(|one| point(&one.0)).collect()),
        Geometry::Line(one) => of("LineString", line(&LineString(vec![one.start, one.end]))),
        Geometry::LineString(one) => of("LineString", line(one)),
        Geometry::MultiLineString(many) => of("MultiLineString", many.iter().map(line).collect()),
        Geometry::Polygon(one) => of("Polygon", polygon(one)),
        Geometry::Rect(one) => of("Polygon", polygon(&one.to_polygon())),
        Geometry::Triangle(one) => of("Polygon", polygon(&one.to_polygon())),
        Geometry::MultiPolygon(many) => of("MultiPolygon", many.iter().map(polygon).collect()),
        Geometry::GeometryCollection(many) => {
            json!({ "type": "GeometryCollection", "geometries": many.iter().map(self::geometry).collect::<Vec<_>>() })
        }
    }
}

fn point(coord: &Coord<f64>) -> Value {
    json!([coord.x.to_string(), coord.y.to_string()])
}

fn line(line: &LineString<f64>) -> Value {
    line.0.iter().map(point).collect()
}

fn polygon(polygon: &Polygon<f64>) -> Value {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    rings.map(line).collect()
}

fn from_geometry(value: &Value, deepest: u8) -> Option<Geometry<f64>> {
    let object: &Map<String, Value> = value.as_object()?;
    let coordinates = object.get("coordinates");
    Some(match object.get("type")?.as_str()? {
        "Point" => Geometry::Point(Point(from_point(coordinates?)?)),
        "MultiPoint" => Geometry::MultiPoint(MultiPoint(each(coordinates?, |one| Some(Point(from_point(one)?)))?)),
        "LineString" => Geometry::LineString(from_line(coordinates?)?),
        "MultiLineString" => Geometry::MultiLineString(MultiLineString(each(coordinates?, from_line)?)),
        "Polygon" => Geometry::Polygon(from_polygon(coordinates?)?),
        "MultiPolygon" => Geometry::MultiPolygon(MultiPolygon(each(coordinates?, from_polygon)?)),
        "GeometryCollection" => {
            let deeper = deepest.checked_sub(1)?;
            let geometries = each(object.get("geometries")?, |one| from_geometry(one, deeper))?;
            Geometry::GeometryCollection(GeometryCollection(geometries))
        }
        _ => return None,
    })
}

fn each<T>(list: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    list.as_array()?.iter().map(read).collect()
}

fn from_point(value: &Value) -> Option<Coord<f64>> {
    match value.as_array()?.as_slice() {
        [x, y] => {
            let (x, y): (f64, f64) = (x.as_str()?.parse().ok()?, y.as_str()?.parse().ok()?);
            (x.is_finite() && y.is_finite()).then_some(Coord { x, y })
        }
        _ => None,
    }
}

fn from_line(value: &Value) -> Option<LineString<f64>> {
    each(value, from_point).map(LineString)
}

fn from_polygon(value: &Value) -> Option<Polygon<f64>> {
    let mut rings = each(value, from_line)?.into_iter();
    let exterior = rings.next()?;
    let polygon = Polygon::new(exterior, rings.collect());
    Some(polygon)
}
