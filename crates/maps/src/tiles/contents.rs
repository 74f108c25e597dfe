//! What the features of a layer say and are, for the description of its tiles.

use geo_types::Geometry;
use std::collections::BTreeMap;
use territory::{Feature, Value};

/// What kind of value a field has in tiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words.
    Text,
    /// A day, written as words.
    Date,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Truth,
}

/// The fields of a layer's features and the dimension of their geometries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TileContents {
    /// Fields by name; one whose values are of several kinds is text.
    pub fields: BTreeMap<String, FieldKind>,
    /// 0 for points, 1 for lines, 2 for areas; none where features differ, or where there are none.
    pub dimension: Option<u8>,
}

impl TileContents {
    /// Of features, as many as there are.
    pub fn of<'a>(features: impl Iterator<Item = &'a Feature>) -> Self {
        let mut fields = BTreeMap::from([
            ("key".to_owned(), FieldKind::Text),
            ("edition".to_owned(), FieldKind::Text),
        ]);
        let mut dimensions = [false; 3];
        for feature in features {
            for (name, value) in &feature.attributes.0 {
                note(&mut fields, name, value);
            }
            mark(&mut dimensions, &feature.lonlat);
        }
        let present: Vec<u8> = (0..3).filter(|dimension| dimensions[usize::from(*dimension)]).collect();
        Self {
            fields,
            dimension: if let [only] = present[..] { Some(only) } else { None },
        }
    }
}

fn note(fields: &mut BTreeMap<String, FieldKind>, name: &str, value: &Value) {
    use FieldKind::{Date, Integer, Number, Text, Truth};
    let kind = match value {
        Value::Null => return,
        Value::Bool(_) => Truth,
        Value::Integer(_) => Integer,
        Value::Real(_) => Number,
        Value::Date(_) => Date,
        Value::Text(_) => Text,
    };
    match fields.get_mut(name) {
        None => {
            fields.insert(name.to_owned(), kind);
        }
        Some(known) if *known == kind => {}
        Some(known) => {
            let numbers = matches!((*known, kind), (Integer | Number, Integer | Number));
            *known = if numbers { Number } else { Text };
        }
    }
}

fn mark(dimensions: &mut [bool; 3], geometry: &Geometry<f64>) {
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => dimensions[0] = true,
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => dimensions[1] = true,
        Geometry::GeometryCollection(many) => many.iter().for_each(|one| mark(dimensions, one)),
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {
            dimensions[2] = true;
        }
    }
}
