//! Geometries of a foreign GeoPackage, read without our own reader: little-endian WKB in two dimensions.

use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPolygon, Point, Polygon};

struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    fn number(&mut self) -> usize {
        let bytes = self.take(4).try_into().expect("four bytes were taken");
        u32::from_le_bytes(bytes) as usize
    }

    fn coord(&mut self) -> Coord<f64> {
        let mut float = || f64::from_le_bytes(self.take(8).try_into().expect("eight bytes were taken"));
        Coord { x: float(), y: float() }
    }

    fn line(&mut self) -> LineString<f64> {
        let count = self.number();
        LineString((0..count).map(|_| self.coord()).collect())
    }

    fn polygon(&mut self) -> Polygon<f64> {
        let count = self.number();
        let mut rings: Vec<LineString<f64>> = (0..count).map(|_| self.line()).collect();
        let outer = rings.remove(0);
        Polygon::new(outer, rings)
    }

    fn geometry(&mut self) -> Geometry<f64> {
        assert_eq!(self.take(1), [1], "little-endian");
        match self.number() {
            1 => Point(self.coord()).into(),
            2 => self.line().into(),
            3 => self.polygon().into(),
            kind @ (5 | 6) => {
                let count = self.number();
                let parts: Vec<Geometry<f64>> = (0..count).map(|_| self.geometry()).collect();
                together(kind, parts)
            }
            other => panic!("type {other} is not one of this test's"),
        }
    }
}

fn together(kind: usize, parts: Vec<Geometry<f64>>) -> Geometry<f64> {
    if kind == 5 {
        let lines = parts.into_iter().map(|part| part.try_into().expect("a line"));
        return MultiLineString(lines.collect()).into();
    }
    let areas = parts.into_iter().map(|part| part.try_into().expect("a polygon"));
    MultiPolygon(areas.collect()).into()
}

/// The geometry of a GeoPackage's blob (OGC 12-128r17, 2.1.3).
///
/// # Panics
/// When it is none, or of another type than these tests have.
pub fn of_geopackage(blob: &[u8]) -> Geometry<f64> {
    assert_eq!(&blob[..2], b"GP");
    let envelope = match (blob[3] >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        _ => 64,
    };
    Bytes(&blob[8 + envelope..]).geometry()
}

/// West, south, east, north; none of a geometry without vertices.
pub fn bounds(geometry: &Geometry<f64>) -> Option<[f64; 4]> {
    use geo::BoundingRect;
    let rect = geometry.bounding_rect()?;
    Some([rect.min().x, rect.min().y, rect.max().x, rect.max().y])
}
