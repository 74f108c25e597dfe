//! Geometries in CQL2 JSON: GeoJSON (RFC 7946, 3.1).

use crate::{
    FilterError,
    error::Wanted,
    read_json::{Reader, Step},
};
use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use serde_json::{Map, Value};

type Read<T> = Result<T, FilterError>;

impl Reader<'_> {
    /// The geometry of an object that has a `type`. Other members, such as `bbox`, are not looked at.
    pub(crate) fn geometry(&mut self, members: &Map<String, Value>, whole: &Value) -> Read<Geometry<f64>> {
        let kind = members.get("type").and_then(Value::as_str).unwrap_or_default();
        if kind == "GeometryCollection" {
            return self.collection(members, whole);
        }
        let Some(coordinates) = members.get("coordinates") else {
            return Err(self.wrong(Wanted::Coordinates, whole));
        };
        self.within(Step::of("coordinates"), |reader| match kind {
            "Point" => Ok(Point(reader.position(coordinates)?).into()),
            "LineString" => Ok(reader.line(coordinates)?.into()),
            "Polygon" => Ok(reader.polygon(coordinates)?.into()),
            "MultiPoint" => {
                let points = reader.list(coordinates, |reader, item| reader.position(item).map(Point))?;
                Ok(MultiPoint(points).into())
            }
            "MultiLineString" => Ok(MultiLineString(reader.list(coordinates, Self::line)?).into()),
            "MultiPolygon" => Ok(MultiPolygon(reader.list(coordinates, Self::polygon)?).into()),
            _ => Err(reader.wrong(Wanted::GeometryType, whole)),
        })
    }

    fn collection(&mut self, members: &Map<String, Value>, whole: &Value) -> Read<Geometry<f64>> {
        let Some(parts) = members.get("geometries") else {
            return Err(self.wrong(Wanted::Array, whole));
        };
        self.builder.enter()?;
        let parts = self.within(Step::of("geometries"), |reader| {
            reader.list(parts, |reader, part| match part.as_object() {
                Some(members) => reader.geometry(members, part),
                None => Err(reader.wrong(Wanted::GeometryType, part)),
            })
        })?;
        self.builder.leave();
        Ok(Geometry::GeometryCollection(GeometryCollection(parts)))
    }

    fn list<T>(&mut self, value: &Value, item: impl Fn(&mut Self, &Value) -> Read<T>) -> Read<Vec<T>> {
        let items = match value.as_array() {
            Some(items) if !items.is_empty() => items,
            _ => return Err(self.wrong(Wanted::Coordinates, value)),
        };
        let numbered = items.iter().enumerate();
        numbered
            .map(|(number, one)| self.within(Step::At(number), |reader| item(reader, one)))
            .collect()
    }

    /// Two numbers; a height and what follows are dropped.
    fn position(&mut self, value: &Value) -> Read<Coord<f64>> {
        self.builder.vertex()?;
        let number = |at: usize| {
            value
                .get(at)
                .and_then(Value::as_f64)
                .filter(|number| number.is_finite())
        };
        match (number(0), number(1)) {
            (Some(x), Some(y)) => Ok(Coord { x, y }),
            _ => Err(self.wrong(Wanted::Coordinates, value)),
        }
    }

    fn line(&mut self, value: &Value) -> Read<LineString<f64>> {
        let line = self.list(value, Self::position)?;
        if line.len() < 2 {
            return Err(self.wrong(Wanted::Line, value));
        }
        Ok(LineString(line))
    }

    fn polygon(&mut self, value: &Value) -> Read<Polygon<f64>> {
        let mut rings = self.list(value, |reader, ring| {
            let positions = reader.list(ring, Self::position)?;
            if positions.len() < 4 || positions.first() != positions.last() {
                return Err(reader.wrong(Wanted::Ring, ring));
            }
            Ok(LineString(positions))
        })?;
        let outer = rings.remove(0);
        Ok(Polygon::new(outer, rings))
    }
}
