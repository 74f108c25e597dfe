//! Well-known binary as GDAL gives it → plain geometry, with what was left behind.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

/// A geometry and what its binary form said besides x and y.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    /// The geometry; `None` when it is empty.
    pub geometry: Option<Geometry<f64>>,
    /// Heights were dropped.
    pub has_z: bool,
    /// Measures were dropped.
    pub has_m: bool,
    /// Rings whose ends did not meet, by part (0 for the first).
    pub unclosed: Vec<usize>,
}

/// Bytes that say nothing this crate reads.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WkbError {
    /// They end in the middle.
    #[error("the geometry ends in the middle")]
    Truncated,
    /// Arcs, surfaces, solids.
    #[error("geometry type {0} is not supported")]
    Unsupported(u32),
    /// Collections in collections beyond reason.
    #[error("the geometry is nested too deeply")]
    TooDeep,
}

const MAX_DEPTH: usize = 8;

/// Decodes ISO or extended WKB.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, WkbError> {
    let mut reader = Reader {
        bytes,
        at: 0,
        decoded: Decoded::default(),
        part: 0,
    };
    let geometry = reader.geometry(0)?;
    let mut decoded = reader.decoded;
    decoded.geometry = geometry;
    Ok(decoded)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    decoded: Decoded,
    part: usize,
}

/// Byte order and number of values of each coordinate.
#[derive(Clone, Copy)]
struct Layout {
    little: bool,
    values: usize,
}

impl Reader<'_> {
    fn geometry(&mut self, depth: usize) -> Result<Option<Geometry<f64>>, WkbError> {
        if depth > MAX_DEPTH {
            return Err(WkbError::TooDeep);
        }
        let little = self.take(1)?[0] == 1;
        let code = self.count(little)?;
        let (mut has_z, mut has_m) = (code & 0x8000_0000 != 0, code & 0x4000_0000 != 0);
        let mut kind = code & 0x0fff_ffff;
        match kind / 1000 {
            1 => has_z = true,
            2 => has_m = true,
            3 => (has_z, has_m) = (true, true),
            _ => {}
        }
        kind %= 1000;
        self.decoded.has_z |= has_z;
        self.decoded.has_m |= has_m;
        let layout = Layout {
            little,
            values: 2 + usize::from(has_z) + usize::from(has_m),
        };
        self.body(kind, layout, depth)
    }

    fn body(&mut self, kind: u32, layout: Layout, depth: usize) -> Result<Option<Geometry<f64>>, WkbError> {
        match kind {
            1 => {
                let at = self.coord(layout)?;
                // an empty point is written as NaN NaN
                Ok((!(at.x.is_nan() && at.y.is_nan())).then_some(Geometry::Point(Point(at))))
            }
            2 => {
                let line = self.line(layout)?;
                Ok((!line.0.is_empty()).then_some(Geometry::LineString(line)))
            }
            3 => Ok(self.polygon(layout)?.map(Geometry::Polygon)),
            4..=7 => {
                let count = self.count(layout.little)?;
                let mut members = Vec::new();
                for _ in 0..count {
                    members.extend(self.geometry(depth + 1)?);
                }
                Ok(gathered(kind, members))
            }
            other => Err(WkbError::Unsupported(other)),
        }
    }

    fn polygon(&mut self, layout: Layout) -> Result<Option<Polygon<f64>>, WkbError> {
        let count = self.count(layout.little)?;
        let mut rings = Vec::new();
        for _ in 0..count {
            let ring = self.line(layout)?;
            if ring.0.len() > 1 && !same_place(ring.0[0], ring.0[ring.0.len() - 1]) {
                self.decoded.unclosed.push(self.part);
            }
            rings.push(ring);
        }
        self.part += 1;
        let mut rings = rings.into_iter();
        let Some(exterior) = rings.next().filter(|ring| !ring.0.is_empty()) else {
            return Ok(None);
        };
        Ok(Some(Polygon::new(
            exterior,
            rings.filter(|ring| !ring.0.is_empty()).collect(),
        )))
    }

    fn line(&mut self, layout: Layout) -> Result<LineString<f64>, WkbError> {
        let count = self.count(layout.little)? as usize;
        if count.saturating_mul(layout.values * 8) > self.bytes.len() - self.at {
            return Err(WkbError::Truncated);
        }
        (0..count)
            .map(|_| self.coord(layout))
            .collect::<Result<Vec<_>, _>>()
            .map(LineString)
    }

    fn coord(&mut self, layout: Layout) -> Result<Coord<f64>, WkbError> {
        let bytes = self.take(layout.values * 8)?;
        let number = |at: usize| {
            let mut eight = [0; 8];
            eight.copy_from_slice(&bytes[at..at + 8]);
            if layout.little {
                f64::from_le_bytes(eight)
            } else {
                f64::from_be_bytes(eight)
            }
        };
        Ok(Coord {
            x: number(0),
            y: number(8),
        })
    }

    fn count(&mut self, little: bool) -> Result<u32, WkbError> {
        let mut four = [0; 4];
        four.copy_from_slice(self.take(4)?);
        Ok(if little {
            u32::from_le_bytes(four)
        } else {
            u32::from_be_bytes(four)
        })
    }

    fn take(&mut self, length: usize) -> Result<&[u8], WkbError> {
        let end = self.at.checked_add(length).ok_or(WkbError::Truncated)?;
        let slice = self.bytes.get(self.at..end).ok_or(WkbError::Truncated)?;
        self.at = end;
        Ok(slice)
    }
}

#[expect(clippy::float_cmp, reason = "a ring is closed when its ends are the same numbers")]
fn same_place(a: Coord<f64>, b: Coord<f64>) -> bool {
    a.x == b.x && a.y == b.y
}

fn gathered(kind: u32, members: Vec<Geometry<f64>>) -> Option<Geometry<f64>> {
    if members.is_empty() {
        return None;
    }
    let mut points = Vec::new();
    let mut lines = Vec::new();
    let mut polygons = Vec::new();
    if kind == 7 {
        return Some(Geometry::GeometryCollection(GeometryCollection(members)));
    }
    for member in members {
        match member {
            Geometry::Point(point) => points.push(point),
            Geometry::LineString(line) => lines.push(line),
            Geometry::Polygon(polygon) => polygons.push(polygon),
            _ => {}
        }
    }
    match kind {
        4 => Some(Geometry::MultiPoint(MultiPoint(points))),
        5 => Some(Geometry::MultiLineString(MultiLineString(lines))),
        _ => Some(Geometry::MultiPolygon(MultiPolygon(polygons))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(code: u32, values: &[f64]) -> Vec<u8> {
        let mut bytes = vec![1];
        bytes.extend(code.to_le_bytes());
        for value in values {
            bytes.extend(value.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn heights_and_measures_are_dropped_and_stated() {
        for (code, values, z, m) in [
            (1, &[1.0, 2.0][..], false, false),
            (1001, &[1.0, 2.0, 9.0], true, false),
            (2001, &[1.0, 2.0, 9.0], false, true),
            (3001, &[1.0, 2.0, 9.0, 9.0], true, true),
            (0x8000_0001, &[1.0, 2.0, 9.0], true, false),
        ] {
            let decoded = decode(&point(code, values)).unwrap();
            assert_eq!(decoded.geometry, Some(Geometry::Point(Point::new(1.0, 2.0))), "{code}");
            assert_eq!((decoded.has_z, decoded.has_m), (z, m), "{code}");
        }
    }

    #[test]
    fn an_open_ring_is_closed_and_stated() {
        let mut bytes = vec![1];
        bytes.extend(3_u32.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(3_u32.to_le_bytes());
        for value in [0.0_f64, 0.0, 1.0, 0.0, 1.0, 1.0] {
            bytes.extend(value.to_le_bytes());
        }
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.unclosed, [0]);
        let Some(Geometry::Polygon(polygon)) = decoded.geometry else {
            unreachable!("a polygon was written")
        };
        assert_eq!(polygon.exterior().0.len(), 4);
    }

    #[test]
    fn bytes_that_end_early_or_bend_are_refused() {
        assert_eq!(decode(&point(1, &[1.0])).unwrap_err(), WkbError::Truncated);
        assert_eq!(decode(&[]).unwrap_err(), WkbError::Truncated);
        assert_eq!(decode(&point(8, &[])).unwrap_err(), WkbError::Unsupported(8));
        let mut huge = vec![1, 2, 0, 0, 0];
        huge.extend(u32::MAX.to_le_bytes());
        assert_eq!(decode(&huge).unwrap_err(), WkbError::Truncated);
    }
}
