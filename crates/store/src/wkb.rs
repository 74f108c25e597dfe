//! Well-known binary, little-endian, two dimensions, and the GeoPackage blob around it (OGC 12-128r17, §2.1.3).

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

const DEEPEST: u8 = 8;
const BLOB_HEAD: usize = 8;
const ENVELOPE: usize = 32;
const WITH_ENVELOPE: u8 = 0b0000_0011;
const EMPTY_WITHOUT_ENVELOPE: u8 = 0b0001_0001;

/// Bytes that are no geometry of ours, at a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a geometry at byte {at}")]
pub(crate) struct BadGeometry {
    /// Offset in the bytes given.
    pub at: usize,
}

/// Well-known binary of the geometry.
pub(crate) fn to_wkb(geometry: &Geometry<f64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes, geometry);
    bytes
}

/// The geometry of well-known binary that [`to_wkb`] wrote.
pub(crate) fn from_wkb(bytes: &[u8]) -> Result<Geometry<f64>, BadGeometry> {
    let mut reader = Reader { bytes, at: 0 };
    let geometry = reader.geometry(DEEPEST)?;
    if reader.at == bytes.len() {
        Ok(geometry)
    } else {
        Err(BadGeometry { at: reader.at })
    }
}

/// A GeoPackage blob on EPSG:4326, with the envelope `[west, south, east, north]`; `None` for a geometry without points.
pub(crate) fn to_blob(geometry: &Geometry<f64>, envelope: Option<[f64; 4]>) -> Vec<u8> {
    let flags = if envelope.is_some() {
        WITH_ENVELOPE
    } else {
        EMPTY_WITHOUT_ENVELOPE
    };
    let mut bytes = vec![b'G', b'P', 0, flags];
    bytes.extend(4326_i32.to_le_bytes());
    if let Some([west, south, east, north]) = envelope {
        for value in [west, east, south, north] {
            bytes.extend(value.to_le_bytes());
        }
    }
    write(&mut bytes, geometry);
    bytes
}

/// The envelope `[west, south, east, north]` that a blob of ours states; `None` for a geometry without points.
pub(crate) fn blob_envelope(blob: &[u8]) -> Result<Option<[f64; 4]>, BadGeometry> {
    match blob {
        [b'G', b'P', 0, EMPTY_WITHOUT_ENVELOPE, ..] => Ok(None),
        [b'G', b'P', 0, WITH_ENVELOPE, ..] => {
            let mut reader = Reader {
                bytes: blob,
                at: BLOB_HEAD,
            };
            let [west, east, south, north] = [reader.real()?, reader.real()?, reader.real()?, reader.real()?];
            Ok(Some([west, south, east, north]))
        }
        _ => Err(BadGeometry { at: 0 }),
    }
}

/// The geometry and envelope of a blob that [`to_blob`] wrote.
pub(crate) fn from_blob(blob: &[u8]) -> Result<(Geometry<f64>, Option<[f64; 4]>), BadGeometry> {
    let envelope = blob_envelope(blob)?;
    let head = BLOB_HEAD + if envelope.is_some() { ENVELOPE } else { 0 };
    let wkb = blob.get(head..).ok_or(BadGeometry { at: blob.len() })?;
    Ok((
        from_wkb(wkb).map_err(|bad| BadGeometry { at: bad.at + head })?,
        envelope,
    ))
}

fn write(bytes: &mut Vec<u8>, geometry: &Geometry<f64>) {
    match geometry {
        Geometry::Point(point) => {
            open(bytes, 1);
            coords(bytes, &[point.0]);
        }
        Geometry::Line(line) => line_string(bytes, &[line.start, line.end]),
        Geometry::LineString(line) => line_string(bytes, &line.0),
        Geometry::Polygon(polygon) => write_polygon(bytes, polygon),
        Geometry::Rect(rect) => write_polygon(bytes, &rect.to_polygon()),
        Geometry::Triangle(triangle) => write_polygon(bytes, &triangle.to_polygon()),
        Geometry::MultiPoint(points) => {
            open(bytes, 4);
            count(bytes, points.0.len());
            for point in &points.0 {
                open(bytes, 1);
                coords(bytes, &[point.0]);
            }
        }
        Geometry::MultiLineString(lines) => {
            open(bytes, 5);
            count(bytes, lines.0.len());
            lines.0.iter().for_each(|line| line_string(bytes, &line.0));
        }
        Geometry::MultiPolygon(polygons) => {
            open(bytes, 6);
            count(bytes, polygons.0.len());
            polygons.0.iter().for_each(|polygon| write_polygon(bytes, polygon));
        }
        Geometry::GeometryCollection(parts) => {
            open(bytes, 7);
            count(bytes, parts.0.len());
            parts.0.iter().for_each(|part| write(bytes, part));
        }
    }
}

fn open(bytes: &mut Vec<u8>, kind: u32) {
    bytes.push(1);
    bytes.extend(kind.to_le_bytes());
}

fn count(bytes: &mut Vec<u8>, items: usize) {
    let items = u32::try_from(items).expect("limits at the door keep geometries below 2^32 parts and vertices");
    bytes.extend(items.to_le_bytes());
}

fn coords(bytes: &mut Vec<u8>, coords: &[Coord<f64>]) {
    bytes.reserve(coords.len() * 16);
    for coord in coords {
        bytes.extend(coord.x.to_le_bytes());
        bytes.extend(coord.y.to_le_bytes());
    }
}

fn line_string(bytes: &mut Vec<u8>, line: &[Coord<f64>]) {
    open(bytes, 2);
    count(bytes, line.len());
    coords(bytes, line);
}

fn write_polygon(bytes: &mut Vec<u8>, polygon: &Polygon<f64>) {
    open(bytes, 3);
    if polygon.exterior().0.is_empty() {
        return count(bytes, 0);
    }
    count(bytes, polygon.interiors().len() + 1);
    for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
        count(bytes, ring.0.len());
        coords(bytes, &ring.0);
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], BadGeometry> {
        let end = self.at.checked_add(length).ok_or(BadGeometry { at: self.at })?;
        let taken = self.bytes.get(self.at..end).ok_or(BadGeometry { at: self.at })?;
        self.at = end;
        Ok(taken)
    }

    fn number(&mut self) -> Result<usize, BadGeometry> {
        let at = self.at;
        let bytes = self.take(4)?.try_into().map_err(|_| BadGeometry { at })?;
        Ok(u32::from_le_bytes(bytes) as usize)
    }

    fn real(&mut self) -> Result<f64, BadGeometry> {
        self.take(8).map(read_real)
    }

    /// A count of items that take at least `least` bytes each: never more than the bytes can hold.
    fn count(&mut self, least: usize) -> Result<usize, BadGeometry> {
        let at = self.at;
        let items = self.number()?;
        if items > (self.bytes.len() - self.at) / least {
            Err(BadGeometry { at })
        } else {
            Ok(items)
        }
    }

    fn kind(&mut self) -> Result<usize, BadGeometry> {
        match self.take(1)? {
            [1] => self.number(),
            _ => Err(BadGeometry { at: self.at - 1 }),
        }
    }

    fn coord(&mut self) -> Result<Coord<f64>, BadGeometry> {
        self.take(16).map(read_coord)
    }

    fn line(&mut self) -> Result<LineString<f64>, BadGeometry> {
        let length = self.count(16)?;
        Ok(LineString(
            self.take(length * 16)?.chunks_exact(16).map(read_coord).collect(),
        ))
    }

    fn polygon(&mut self) -> Result<Polygon<f64>, BadGeometry> {
        let rings = self.count(4)?;
        if rings == 0 {
            return Ok(Polygon::new(LineString(Vec::new()), Vec::new()));
        }
        let exterior = self.line()?;
        let interiors = (1..rings).map(|_| self.line()).collect::<Result<_, _>>()?;
        Ok(Polygon::new(exterior, interiors))
    }

    fn parts<T>(
        &mut self,
        wanted: usize,
        read: impl Fn(&mut Self) -> Result<T, BadGeometry>,
    ) -> Result<Vec<T>, BadGeometry> {
        let parts = self.count(9)?;
        let mut read_parts = Vec::with_capacity(parts);
        for _ in 0..parts {
            let at = self.at;
            if self.kind()? != wanted {
                return Err(BadGeometry { at });
            }
            read_parts.push(read(self)?);
        }
        Ok(read_parts)
    }

    fn geometry(&mut self, depth: u8) -> Result<Geometry<f64>, BadGeometry> {
        let at = self.at;
        Ok(match self.kind()? {
            1 => Geometry::Point(Point(self.coord()?)),
            2 => Geometry::LineString(self.line()?),
            3 => Geometry::Polygon(self.polygon()?),
            4 => Geometry::MultiPoint(MultiPoint(self.parts(1, |reader| Ok(Point(reader.coord()?)))?)),
            5 => Geometry::MultiLineString(MultiLineString(self.parts(2, Self::line)?)),
            6 => Geometry::MultiPolygon(MultiPolygon(self.parts(3, Self::polygon)?)),
            7 if depth > 0 => {
                let parts = self.count(9)?;
                let read: Result<Vec<_>, _> = (0..parts).map(|_| self.geometry(depth - 1)).collect();
                Geometry::GeometryCollection(GeometryCollection(read?))
            }
            _ => return Err(BadGeometry { at }),
        })
    }
}

fn read_real(bytes: &[u8]) -> f64 {
    f64::from_le_bytes(bytes.try_into().expect("callers give eight bytes"))
}

fn read_coord(bytes: &[u8]) -> Coord<f64> {
    Coord {
        x: read_real(&bytes[..8]),
        y: read_real(&bytes[8..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{line_string, point, polygon};

    fn samples() -> Vec<Geometry<f64>> {
        let with_hole = polygon!(
            exterior: [(x: -78.0, y: -7.0), (x: -77.0, y: -7.0), (x: -77.0, y: -6.0), (x: -78.0, y: -7.0)],
            interiors: [[(x: -77.5, y: -6.9), (x: -77.4, y: -6.9), (x: -77.4, y: -6.8), (x: -77.5, y: -6.9)]],
        );
        let line = line_string![(x: 1.0, y: 2.0), (x: 3.5, y: -0.25)];
        vec![
            Geometry::Point(point!(x: -78.5, y: -7.1)),
            Geometry::LineString(line.clone()),
            Geometry::Polygon(with_hole.clone()),
            Geometry::MultiPoint(MultiPoint(vec![point!(x: 1.0, y: 2.0), point!(x: 3.0, y: 4.0)])),
            Geometry::MultiLineString(MultiLineString(vec![line.clone(), line.clone()])),
            Geometry::MultiPolygon(MultiPolygon(vec![with_hole.clone(), with_hole.clone()])),
            Geometry::MultiPolygon(MultiPolygon(Vec::new())),
            Geometry::GeometryCollection(GeometryCollection(vec![with_hole.into(), line.into()])),
        ]
    }

    #[test]
    fn every_kind_of_geometry_comes_back_as_it_was() {
        for geometry in samples() {
            assert_eq!(from_wkb(&to_wkb(&geometry)), Ok(geometry.clone()));
            let envelope = Some([-78.0, -7.0, -77.0, -6.0]);
            assert_eq!(
                from_blob(&to_blob(&geometry, envelope)),
                Ok((geometry.clone(), envelope))
            );
            assert_eq!(from_blob(&to_blob(&geometry, None)), Ok((geometry, None)));
        }
    }

    #[test]
    fn bytes_cut_anywhere_are_refused() {
        for geometry in samples() {
            let blob = to_blob(&geometry, Some([0.0; 4]));
            for end in 0..blob.len() {
                assert!(from_blob(&blob[..end]).is_err(), "{geometry:?} cut at {end}");
            }
        }
    }

    #[test]
    fn a_count_larger_than_the_bytes_is_refused_before_memory_is_taken() {
        let mut bytes = to_wkb(&samples()[1]);
        bytes[5..9].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(from_wkb(&bytes), Err(BadGeometry { at: 5 }));
    }

    #[test]
    fn nesting_without_end_is_refused() {
        let mut nested = Geometry::Point(point!(x: 0.0, y: 0.0));
        for _ in 0..20 {
            nested = Geometry::GeometryCollection(GeometryCollection(vec![nested]));
        }
        assert!(from_wkb(&to_wkb(&nested)).is_err());
    }
}
