//! Geometries in CQL2 text: well-known text.

use crate::{Expr, FilterError, error::Wanted, read_text::Reader, tokens::Kind};
use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

type Read<T> = Result<T, FilterError>;

impl Reader<'_, '_> {
    /// The geometry that `word`, already taken, begins; none where it begins none.
    pub(crate) fn geometry(&mut self, word: &str) -> Read<Option<Expr>> {
        let read: fn(&mut Self) -> Read<Geometry<f64>> = match word.to_ascii_uppercase().as_str() {
            "POINT" => |reader| Ok(reader.point()?.into()),
            "LINESTRING" => |reader| Ok(reader.line()?.into()),
            "POLYGON" => |reader| Ok(reader.polygon()?.into()),
            "MULTIPOINT" => |reader| Ok(MultiPoint(reader.list(Self::loose_point)?).into()),
            "MULTILINESTRING" => |reader| Ok(MultiLineString(reader.list(Self::line)?).into()),
            "MULTIPOLYGON" => |reader| Ok(MultiPolygon(reader.list(Self::polygon)?).into()),
            "GEOMETRYCOLLECTION" => Self::collection,
            _ => return Ok(None),
        };
        if matches!(self.peek(), Kind::Word(z) if z.eq_ignore_ascii_case("z")) {
            self.skip();
        } else if !matches!(self.peek(), Kind::Sign("(")) {
            return Ok(None);
        }
        read(self).map(|geometry| Some(Expr::Geometry(Box::new(geometry))))
    }

    /// `( item, item, … )`
    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        self.expect("(")?;
        let mut items = vec![item(self)?];
        while self.take(",") {
            items.push(item(self)?);
        }
        self.expect(")")?;
        Ok(items)
    }

    /// Two numbers, and a height that is dropped.
    fn position(&mut self) -> Read<Coord<f64>> {
        self.builder.vertex()?;
        let (x, y) = (self.coordinate()?, self.coordinate()?);
        if !matches!(self.peek(), Kind::Sign("," | ")")) {
            self.coordinate()?;
        }
        Ok(Coord { x, y })
    }

    fn point(&mut self) -> Read<Point<f64>> {
        self.expect("(")?;
        let position = self.position()?;
        self.expect(")")?;
        Ok(Point(position))
    }

    /// A point of a multipoint, with or without its own parentheses.
    fn loose_point(&mut self) -> Read<Point<f64>> {
        if matches!(self.peek(), Kind::Sign("(")) {
            return self.point();
        }
        self.position().map(Point)
    }

    fn line(&mut self) -> Read<LineString<f64>> {
        let start = self.place();
        let line = LineString(self.list(Self::position)?);
        if line.0.len() < 2 {
            return Err(short(start, Wanted::Line, &line));
        }
        Ok(line)
    }

    fn polygon(&mut self) -> Read<Polygon<f64>> {
        let mut rings = self.list(Self::ring)?;
        let outer = rings.remove(0);
        Ok(Polygon::new(outer, rings))
    }

    fn ring(&mut self) -> Read<LineString<f64>> {
        let start = self.place();
        let ring = LineString(self.list(Self::position)?);
        if ring.0.len() < 4 || ring.0.first() != ring.0.last() {
            return Err(short(start, Wanted::Ring, &ring));
        }
        Ok(ring)
    }

    fn collection(&mut self) -> Read<Geometry<f64>> {
        self.builder.enter()?;
        let parts = self.list(|reader| {
            let start = reader.place();
            let word = match reader.peek() {
                Kind::Word(word) => *word,
                _ => "",
            };
            reader.skip();
            match reader.geometry(word)? {
                Some(Expr::Geometry(part)) => Ok(*part),
                _ => Err(FilterError::Syntax {
                    place: start,
                    wanted: Wanted::GeometryType,
                    found: word.to_owned(),
                }),
            }
        })?;
        self.builder.leave();
        Ok(Geometry::GeometryCollection(GeometryCollection(parts)))
    }
}

/// Too short, or not closed: told by the number of positions, or by the last one.
fn short(place: crate::Place, wanted: Wanted, line: &LineString<f64>) -> FilterError {
    let found = match line.0.last() {
        Some(last) if line.0.len() >= 4 => format!("{} {}", last.x, last.y),
        _ => line.0.len().to_string(),
    };
    FilterError::Syntax { place, wanted, found }
}
