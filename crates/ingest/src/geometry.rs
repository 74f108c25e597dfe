//! A row's geometry: what kind of thing it is, whether its coordinates can be meant, where it lies.

use crate::format::Format;
use crate::wkb::{self, WkbError};
use crs::{Crs, DatumOperation, OperationUsed};
use geo::{CoordsIter, MapCoordsInPlace};
use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use std::cell::Cell;
use territory::LayerKind;

/// Vertices that one feature may have; the largest department of Peru has some 100 000 at 1:100 000.
pub const MAX_VERTICES: usize = 2_000_000;

/// Why a geometry is left out, in Spanish, and the mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub reason: String,
    pub mend: String,
}

impl Refusal {
    pub(crate) fn new(reason: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            mend: mend.into(),
        }
    }
}

/// Land, lines or points in the source's coordinates, and what was done to get them.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub geometry: Geometry<f64>,
    /// Notes for the report: ids of [`note_es`].
    pub notes: Vec<&'static str>,
    /// Parts with an open ring.
    pub unclosed: Vec<usize>,
}

/// What a note of the report means.
pub(crate) fn note_es(id: &str) -> &'static str {
    match id {
        "z-dropped" => "con alturas (Z), que no se conservan",
        "m-dropped" => "con medidas (M), que no se conservan",
        "collection-opened" => "colecciones de geometrías de las que se tomó lo que corresponde a la capa",
        "parts-left-out" => "con puntos o líneas sueltos junto al terreno, que no se conservan",
        "closed-lines" => "líneas cerradas leídas como terreno (DXF)",
        _ => "con otra particularidad",
    }
}

/// Decodes the geometry of a row and takes what the kind of layer means by a geometry.
pub(crate) fn draw(bytes: Option<&[u8]>, kind: LayerKind, format: Format) -> Result<Drawn, Refusal> {
    let empty = || Refusal::new("no tiene geometría", "dibújela en la fuente o quite la fila");
    let decoded = wkb::decode(bytes.ok_or_else(empty)?).map_err(|error| match error {
        WkbError::Unsupported(code) => Refusal::new(
            format!("su geometría es de un tipo que no se lee (arcos o superficies, tipo {code})"),
            "conviértala en polígonos de segmentos rectos",
        ),
        WkbError::Truncated | WkbError::TooDeep => {
            Refusal::new("su geometría está dañada", "vuelva a exportarla desde la fuente")
        }
    })?;
    let geometry = decoded.geometry.ok_or_else(empty)?;
    let mut notes = Vec::new();
    if decoded.has_z {
        notes.push("z-dropped");
    }
    if decoded.has_m {
        notes.push("m-dropped");
    }
    let vertices = geometry.coords_count();
    if vertices > MAX_VERTICES {
        return Err(Refusal::new(
            format!("tiene {vertices} vértices y el límite es {MAX_VERTICES}"),
            "simplifíquela o divídala",
        ));
    }
    let geometry = meant(geometry, kind, format, &mut notes)?;
    Ok(Drawn {
        geometry,
        notes,
        unclosed: decoded.unclosed,
    })
}

/// Members by dimension.
#[derive(Default)]
struct Members {
    points: Vec<Point<f64>>,
    lines: Vec<LineString<f64>>,
    polygons: Vec<Polygon<f64>>,
}

impl Members {
    fn take(&mut self, geometry: Geometry<f64>) {
        match geometry {
            Geometry::Point(point) => self.points.push(point),
            Geometry::MultiPoint(points) => self.points.extend(points.0),
            Geometry::LineString(line) => self.lines.push(line),
            Geometry::MultiLineString(lines) => self.lines.extend(lines.0),
            Geometry::Polygon(polygon) => self.polygons.push(polygon),
            Geometry::MultiPolygon(polygons) => self.polygons.extend(polygons.0),
            Geometry::GeometryCollection(members) => members.0.into_iter().for_each(|member| self.take(member)),
            Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {}
        }
    }
}

fn meant(
    geometry: Geometry<f64>,
    kind: LayerKind,
    format: Format,
    notes: &mut Vec<&'static str>,
) -> Result<Geometry<f64>, Refusal> {
    let collection = matches!(geometry, Geometry::GeometryCollection(_));
    let plain_land = matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
    if !collection && !plain_land && !kind.is_land() {
        return Ok(geometry);
    }
    let mut members = Members::default();
    members.take(geometry);
    if collection {
        notes.push("collection-opened");
    }
    if kind.is_land() && members.polygons.is_empty() && format == Format::Dxf {
        let (closed, open): (Vec<_>, Vec<_>) = members.lines.into_iter().partition(|l| l.is_closed() && l.0.len() > 3);
        members.lines = open;
        if !closed.is_empty() {
            notes.push("closed-lines");
            members
                .polygons
                .extend(closed.into_iter().map(|line| Polygon::new(line, Vec::new())));
        }
    }
    let Members {
        points,
        lines,
        polygons,
    } = members;
    if !polygons.is_empty() {
        if !(points.is_empty() && lines.is_empty()) {
            notes.push("parts-left-out");
        }
        return Ok(Geometry::MultiPolygon(MultiPolygon(polygons)));
    }
    if kind.is_land() {
        let what = if lines.is_empty() { "puntos" } else { "líneas" };
        return Err(Refusal::new(
            format!("tiene {what} donde se espera terreno (polígonos)"),
            "dibuje el polígono, o importe la capa con otra clase (--layer)",
        ));
    }
    Ok(if lines.is_empty() {
        Geometry::MultiPoint(MultiPoint(points))
    } else {
        if !points.is_empty() {
            notes.push("parts-left-out");
        }
        Geometry::MultiLineString(MultiLineString(lines))
    })
}

/// Vertices outside of Peru: the first, and how many of how many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Abroad {
    pub vertex: usize,
    pub at: Coord<f64>,
    pub count: usize,
}

/// The geometry in lon/lat degrees of WGS 84.
#[derive(Debug)]
pub(crate) struct InDegrees {
    pub lonlat: Geometry<f64>,
    pub operation: OperationUsed,
    pub abroad: Option<Abroad>,
}

/// Brings a geometry to lon/lat and looks at each vertex on the way. Vertices are counted from 1.
pub(crate) fn to_lonlat(
    geometry: &Geometry<f64>,
    crs: Crs,
    operation: Option<DatumOperation>,
) -> Result<InDegrees, Refusal> {
    let mut coords: Vec<Coord<f64>> = geometry.coords_iter().collect();
    for (position, coord) in coords.iter().enumerate() {
        check_given(*coord, position + 1, crs)?;
    }
    let operation = crs::transform_to_lonlat(crs, operation, &mut coords).map_err(|error| {
        Refusal::new(
            error.sentence_es(),
            "corrija la coordenada o declare otro sistema con --crs",
        )
    })?;
    let mut outside = coords
        .iter()
        .enumerate()
        .filter(|(_, c)| !crs::in_jurisdiction(c.x, c.y));
    let abroad = outside.next().map(|(position, at)| Abroad {
        vertex: position + 1,
        at: *at,
        count: 1 + outside.count(),
    });
    if let Some(abroad) = abroad
        && abroad.count == coords.len()
    {
        return Err(far_away(abroad.at, geometry));
    }
    let mut lonlat = geometry.clone();
    let next = Cell::new(0);
    lonlat.map_coords_in_place(|_| coords[next.replace(next.get() + 1)]);
    Ok(InDegrees {
        lonlat,
        operation,
        abroad,
    })
}

fn check_given(coord: Coord<f64>, vertex: usize, crs: Crs) -> Result<(), Refusal> {
    let Coord { x, y } = coord;
    if !(x.is_finite() && y.is_finite()) {
        return Err(Refusal::new(
            format!("el vértice {vertex} no es un número finito ({x}, {y})"),
            "corrija esa coordenada",
        ));
    }
    if x.abs() < f64::MIN_POSITIVE && y.abs() < f64::MIN_POSITIVE {
        return Err(Refusal::new(
            format!("el vértice {vertex} es (0, 0)"),
            "complete la coordenada que falta",
        ));
    }
    if !crs.admits(x, y) {
        let [[west, east], [south, north]] = crs.range();
        return Err(Refusal::new(
            format!(
                "el vértice {vertex} ({x}, {y}) está fuera de rango en {crs}: x de {west} a {east}, y de {south} a {north}"
            ),
            "corrija la coordenada o declare otro sistema con --crs",
        ));
    }
    Ok(())
}

fn far_away(at: Coord<f64>, given: &Geometry<f64>) -> Refusal {
    let swapped = given
        .coords_iter()
        .next()
        .is_some_and(|c| crs::in_jurisdiction(c.y, c.x));
    let unsigned = given
        .coords_iter()
        .next()
        .is_some_and(|c| crs::in_jurisdiction(-c.x.abs(), -c.y.abs()));
    let mend = if swapped {
        "parece que la latitud y la longitud están cambiadas de lugar: corríjalas"
    } else if unsigned {
        "parece que falta el signo menos: corríjalo"
    } else {
        "revise el sistema de coordenadas (--crs) o quite la fila"
    };
    Refusal::new(
        format!("está fuera del Perú: longitud {:.4}°, latitud {:.4}°", at.x, at.y),
        mend,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{GeometryCollection, point, polygon};

    fn square(x: f64, y: f64) -> Polygon<f64> {
        polygon![(x: x, y: y), (x: x + 0.1, y: y), (x: x + 0.1, y: y + 0.1), (x: x, y: y + 0.1)]
    }

    #[test]
    fn a_collection_gives_its_land_and_the_rest_is_stated() {
        let mixed = GeometryCollection(vec![square(-78.0, -7.0).into(), point! { x: -78.0, y: -7.0 }.into()]);
        let mut notes = Vec::new();
        let land = meant(
            Geometry::GeometryCollection(mixed),
            LayerKind::Communities,
            Format::GeoJson,
            &mut notes,
        )
        .unwrap();
        assert_eq!(land, Geometry::MultiPolygon(MultiPolygon(vec![square(-78.0, -7.0)])));
        assert_eq!(notes, ["collection-opened", "parts-left-out"]);
    }

    #[test]
    fn lines_where_land_is_meant_are_left_out_and_where_rivers_are_meant_kept() {
        let line: Geometry<f64> = LineString::from(vec![(-78.0, -7.0), (-78.1, -7.0)]).into();
        let refusal = meant(line.clone(), LayerKind::Communities, Format::GeoJson, &mut Vec::new()).unwrap_err();
        assert!(refusal.reason.contains("líneas"), "{refusal:?}");
        assert_eq!(
            meant(line.clone(), LayerKind::Rivers, Format::GeoJson, &mut Vec::new()).unwrap(),
            line
        );
    }

    #[test]
    fn a_bad_vertex_is_named_by_its_number() {
        for (bad, words) in [
            ((f64::NAN, -7.0), "no es un número finito"),
            ((-78.0, f64::INFINITY), "no es un número finito"),
            ((0.0, 0.0), "(0, 0)"),
            ((-780.0, -7.0), "fuera de rango"),
        ] {
            let line: Geometry<f64> = LineString::from(vec![(-78.0, -7.0), bad]).into();
            let refusal = to_lonlat(&line, Crs::WGS84, None).unwrap_err();
            assert!(
                refusal.reason.contains("vértice 2") && refusal.reason.contains(words),
                "{refusal:?}"
            );
        }
    }

    #[test]
    fn land_abroad_is_refused_and_land_across_the_border_is_flagged() {
        let abroad = to_lonlat(&square(-70.0, 40.0).into(), Crs::WGS84, None).unwrap_err();
        assert!(abroad.reason.contains("fuera del Perú"), "{abroad:?}");
        let swapped = to_lonlat(&square(-7.0, -78.0).into(), Crs::WGS84, None).unwrap_err();
        assert!(swapped.mend.contains("cambiadas"), "{swapped:?}");
        let border: Geometry<f64> = LineString::from(vec![(-69.6, -17.0), (-68.0, -17.0)]).into();
        assert_eq!(
            to_lonlat(&border, Crs::WGS84, None)
                .unwrap()
                .abroad
                .map(|a| (a.vertex, a.count)),
            Some((2, 1))
        );
    }

    #[test]
    fn metres_become_degrees_in_the_order_of_the_vertices() {
        let line: Geometry<f64> = LineString::from(vec![(300_000.0, 8_800_000.0), (301_000.0, 8_800_000.0)]).into();
        let moved = to_lonlat(&line, Crs::parse("EPSG:24878").unwrap(), None).unwrap();
        assert_eq!(moved.operation.id, "EPSG:1208");
        let ends: Vec<Coord<f64>> = moved.lonlat.coords_iter().collect();
        assert!(ends[0].x < ends[1].x && (ends[0].x + 76.83).abs() < 0.1, "{ends:?}");
    }
}
