//! Tables of plain values, with a geometry a row where they have one: what a geographic file is made of.

use crate::Value;
use geo_types::Geometry;

/// What the geometries of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeometryKind {
    /// Polygons and multipolygons; written as multipolygons.
    Land,
    /// Any.
    Any,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// Days.
    Date,
}

/// A table; every row has one value a column.
#[derive(Clone, Debug)]
pub struct GeoTable {
    /// ASCII letters, digits and underscores, unlike any other table's: `findings`.
    pub name: String,
    /// What people read in lists of layers, unlike any other table's.
    pub title: String,
    /// What it holds, in a sentence.
    pub description: String,
    /// None for a table without geometries.
    pub geometry: Option<GeometryKind>,
    /// Names, as for the table, and kinds. `fid` and `geom` are taken.
    pub columns: Vec<(String, ColumnKind)>,
    /// In the order in which they are written.
    pub rows: Vec<GeoRow>,
}

/// A row.
#[derive(Clone, Debug)]
pub struct GeoRow {
    /// Lon/lat WGS 84 degrees unless whoever takes the table names another system; none where the row has no place.
    pub geometry: Option<Geometry<f64>>,
    /// One for each column.
    pub values: Vec<Value>,
}
