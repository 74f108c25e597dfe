//! Streams and units as tables with geometries in the grid's own system.

use super::ground::kind_of_area;
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use territory::{ColumnKind, GeoRow, GeoTable, GeometryKind, Value};
use watershed::{Grid, Outline, Reach, Ring, Unit};

/// The table of reaches, without its rows.
pub fn streams(grid: &Grid) -> GeoTable {
    let mut columns = vec![
        ("reach".to_owned(), ColumnKind::Integer),
        ("next_reach".to_owned(), ColumnKind::Integer),
        ("upstream_reaches".to_owned(), ColumnKind::Integer),
        ("unit".to_owned(), ColumnKind::Integer),
        ("strahler".to_owned(), ColumnKind::Integer),
        ("shreve".to_owned(), ColumnKind::Integer),
        ("length_m".to_owned(), ColumnKind::Real),
        ("slope_pct".to_owned(), ColumnKind::Real),
        ("upstream_cells".to_owned(), ColumnKind::Integer),
    ];
    if !grid.crs().is_geographic() {
        columns.push(("upstream_ha_planar".to_owned(), ColumnKind::Real));
    }
    GeoTable {
        name: "streams".to_owned(),
        title: "Cursos de agua modelados".to_owned(),
        description: "Hidrografía modelada a partir de un modelo de elevación.".to_owned(),
        geometry: Some(GeometryKind::Any),
        columns,
        rows: Vec::new(),
    }
}

/// A reach with the unit in which it lies; `line` are the middles of its cells.
pub fn stream(grid: &Grid, (number, reach): (usize, &Reach), unit: u32, mut line: Vec<[f64; 2]>) -> GeoRow {
    let mut values = vec![
        Value::Integer(as_i64(number) + 1),
        reach
            .next
            .map_or(Value::Null, |next| Value::Integer(i64::from(next) + 1)),
        Value::Integer(i64::from(reach.size)),
        Value::Integer(i64::from(unit)),
        Value::Integer(i64::from(reach.strahler)),
        Value::Integer(i64::from(reach.shreve)),
        Value::Real(rounded(reach.length, 2)),
        reach
            .slope()
            .map_or(Value::Null, |slope| Value::Real(rounded(slope * 100.0, 3))),
        Value::Integer(i64::from(reach.drained_cells)),
    ];
    if !grid.crs().is_geographic() {
        let hectares = f64::from(reach.drained_cells) * grid.cell_area(0) / 1e4;
        values.push(Value::Real(rounded(hectares, 4)));
    }
    if line.len() == 1 {
        // a reach of one cell at an outlet: a line needs two points
        line.push(line[0]);
    }
    let line: LineString<f64> = line.into_iter().map(|[x, y]| Coord { x, y }).collect();
    GeoRow {
        geometry: Some(Geometry::LineString(line)),
        values,
    }
}

/// The table of units, without its rows.
pub fn units(grid: &Grid) -> GeoTable {
    let kind = kind_of_area(grid.crs());
    let columns = [
        ("unit".to_owned(), ColumnKind::Integer),
        ("code".to_owned(), ColumnKind::Text),
        ("level".to_owned(), ColumnKind::Integer),
        ("parent".to_owned(), ColumnKind::Text),
        ("continues_prefix".to_owned(), ColumnKind::Integer),
        ("basin".to_owned(), ColumnKind::Integer),
        ("next_unit".to_owned(), ColumnKind::Integer),
        (format!("area_ha_{kind}"), ColumnKind::Real),
        ("perimeter_m".to_owned(), ColumnKind::Real),
        ("lowest_m".to_owned(), ColumnKind::Real),
        ("highest_m".to_owned(), ColumnKind::Real),
        ("relief_m".to_owned(), ColumnKind::Real),
        ("mean_slope_pct".to_owned(), ColumnKind::Real),
        ("strahler".to_owned(), ColumnKind::Integer),
        ("streams_m".to_owned(), ColumnKind::Real),
        ("drainage_density_km_km2".to_owned(), ColumnKind::Real),
        ("main_stem_m".to_owned(), ColumnKind::Real),
        ("kirpich_minutes".to_owned(), ColumnKind::Real),
        ("gravelius".to_owned(), ColumnKind::Real),
    ];
    GeoTable {
        name: "units".to_owned(),
        title: "Microcuencas codificadas (Pfafstetter)".to_owned(),
        description: "Unidades modeladas a partir de un modelo de elevación; no son unidades oficiales.".to_owned(),
        geometry: Some(GeometryKind::Land),
        columns: columns.to_vec(),
        rows: Vec::new(),
    }
}

/// A unit with its facts.
pub fn unit(grid: &Grid, (number, unit): (usize, &Unit), prefix: Option<&str>) -> GeoRow {
    GeoRow {
        geometry: Some(Geometry::MultiPolygon(land(grid, &unit.outline))),
        values: facts(as_i64(number) + 1, unit, prefix),
    }
}

fn as_i64(value: usize) -> i64 {
    i64::try_from(value).expect("a grid has fewer cells")
}

fn facts(number: i64, unit: &Unit, prefix: Option<&str>) -> Vec<Value> {
    let code = &unit.piece.code;
    let own = code.len() - prefix.filter(|_| unit.continues).map_or(0, str::len);
    let parent = (own > 0)
        .then(|| code[..code.len() - 1].to_owned())
        .filter(|parent| !parent.is_empty());
    let metres = |millimetres: i32| f64::from(millimetres) / 1000.0;
    let [lowest, highest] = unit.heights.map(metres);
    vec![
        Value::Integer(number),
        Value::Text(code.clone()),
        Value::Integer(i64::try_from(code.len()).unwrap_or(0)),
        parent.map_or(Value::Null, Value::Text),
        Value::Bool(unit.continues),
        Value::Integer(i64::from(unit.basin)),
        unit.next
            .map_or(Value::Null, |next| Value::Integer(i64::try_from(next).unwrap_or(0) + 1)),
        Value::Real(rounded(unit.area / 1e4, 4)),
        Value::Real(rounded(unit.perimeter, 2)),
        Value::Real(lowest),
        Value::Real(highest),
        Value::Real(rounded(highest - lowest, 3)),
        Value::Real(rounded(unit.mean_slope * 100.0, 3)),
        Value::Integer(i64::from(unit.strahler)),
        Value::Real(rounded(unit.stream_length, 2)),
        Value::Real(rounded(unit.drainage_density() * 1000.0, 4)),
        Value::Real(rounded(unit.stem_length, 2)),
        unit.concentration_minutes()
            .map_or(Value::Null, |minutes| Value::Real(rounded(minutes, 2))),
        Value::Real(rounded(unit.compactness(), 4)),
    ]
}

/// Rounded to so many places, so that files show no more than is known.
pub fn rounded(value: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    (value * scale).round() / scale
}

/// An outline in the grid's coordinates, outer rings against the clock.
pub fn land(grid: &Grid, outline: &Outline) -> MultiPolygon<f64> {
    let ring = |ring: &Ring| -> LineString<f64> {
        let corners = ring.iter().rev().chain(ring.last());
        let point = |[x, y]: [f64; 2]| Coord { x, y };
        corners
            .map(|[column, row]| point(grid.corner(*column as usize, *row as usize)))
            .collect()
    };
    let part = |(outer, holes): &(Ring, Vec<Ring>)| Polygon::new(ring(outer), holes.iter().map(ring).collect());
    MultiPolygon(outline.parts.iter().map(part).collect())
}
