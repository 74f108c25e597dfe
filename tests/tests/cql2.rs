//! The predicates of OGC 21-065r2's test suite over its own layers, with the counts that it expects.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up fails")]

use filters::{Filter, Limits, PropertyType, Queryables, Record, Scalar};
use geo_types::Geometry;
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use tests::cli::shared_data;
use tests::wkb;

/// Vectors whose counts contradict their data, with what the data has. Of the 243 places, three begin with «Ch» without accents
/// (Chicago, Chișinău, Chengdu) and one with «chis» (Chișinău); the suite expects two of either.
const CONTRADICTED: [(&str, usize, usize); 3] = [
    ("ACCENTI(name) LIKE accenti('Ch%')", 2, 3),
    ("ACCENTI(CASEI(name)) LIKE accenti(casei('Chiș%'))", 2, 1),
    ("ACCENTI(CASEI(name)) LIKE accenti(casei('cHis%'))", 2, 1),
];

struct Row {
    values: Vec<Option<Scalar<'static>>>,
    geometry: Geometry<f64>,
    bbox: Option<[f64; 4]>,
}

impl Record for Row {
    fn value(&self, slot: usize) -> Option<Scalar<'_>> {
        self.values[slot].clone()
    }

    fn geometry(&self) -> Option<&Geometry<f64>> {
        Some(&self.geometry)
    }

    fn bbox(&self) -> Option<[f64; 4]> {
        self.bbox
    }
}

struct Layer {
    queryables: Queryables,
    rows: Vec<Row>,
}

fn property_type(declared: &str) -> PropertyType {
    match declared.split('(').next().unwrap() {
        "INTEGER" => PropertyType::Integer,
        "REAL" => PropertyType::Number,
        "DATE" => PropertyType::Date,
        "DATETIME" => PropertyType::Timestamp,
        "BOOLEAN" => PropertyType::Boolean,
        "MULTIPOLYGON" | "LINESTRING" | "POINT" => PropertyType::Geometry,
        _ => PropertyType::String,
    }
}

fn scalar(value: ValueRef<'_>, kind: PropertyType) -> Option<Scalar<'static>> {
    Some(match (value, kind) {
        (ValueRef::Integer(value), PropertyType::Boolean) => Scalar::Boolean(value != 0),
        (ValueRef::Integer(value), _) => Scalar::Integer(value),
        (ValueRef::Real(value), _) => Scalar::Number(value),
        (ValueRef::Text(text), PropertyType::Date) => Scalar::Date(std::str::from_utf8(text).unwrap().parse().unwrap()),
        // the file leaves the offset out; GeoPackage's instants are UTC
        (ValueRef::Text(text), PropertyType::Timestamp) => {
            let text = std::str::from_utf8(text).unwrap().trim_end_matches('Z');
            Scalar::Timestamp(format!("{text}Z").parse().unwrap())
        }
        (ValueRef::Text(text), _) => Scalar::Text(Cow::Owned(String::from_utf8(text.to_vec()).unwrap())),
        _ => return None,
    })
}

fn layer(file: &Connection, table: &str) -> Layer {
    let mut info = file
        .prepare("SELECT name, type FROM pragma_table_info(?1) ORDER BY cid")
        .unwrap();
    let columns: Vec<(String, PropertyType)> = info
        .query_map([table], |row| {
            Ok((row.get(0)?, property_type(&row.get::<_, String>(1)?)))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut statement = file
        .prepare(&format!("SELECT * FROM \"{table}\" ORDER BY fid"))
        .unwrap();
    let mut rows = Vec::new();
    let mut found = statement.query([]).unwrap();
    while let Some(row) = found.next().unwrap() {
        let geometry = wkb::of_geopackage(row.get_ref("geom").unwrap().as_blob().unwrap());
        let values = columns
            .iter()
            .enumerate()
            .map(|(slot, (_, kind))| scalar(row.get_ref(slot).unwrap(), *kind));
        rows.push(Row {
            values: values.collect(),
            bbox: wkb::bounds(&geometry),
            geometry,
        });
    }
    Layer {
        queryables: Queryables::new(columns),
        rows,
    }
}

/// The count by asking every row, which must be the count by asking only the rows that the boxes and keys leave.
fn count(filter: &Filter, layer: &Layer, text: &str) -> usize {
    let bound = filter
        .bind(&layer.queryables)
        .unwrap_or_else(|error| panic!("{text}: {}", error.sentence_es()));
    let bounds = bound.bounds();
    let keys = bound.key_equals("name");
    let name = layer.queryables.find("name").ok();
    let left = |row: &&Row| {
        let keyed = match (&keys, name.and_then(|(slot, _)| row.value(slot))) {
            (Some(keys), Some(Scalar::Text(found))) => keys.contains(&found.as_ref()),
            (Some(_), _) => false,
            (None, _) => true,
        };
        keyed && filters::Bound::may_hold(bounds.as_deref(), row.bbox.as_ref())
    };
    let all = layer.rows.iter().filter(|row| bound.accepts(*row)).count();
    let few = layer.rows.iter().filter(left).filter(|row| bound.accepts(*row)).count();
    assert_eq!(all, few, "{text}: with the boxes {bounds:?} and keys {keys:?}");
    all
}

#[test]
fn all_predicates_of_the_standards_own_suite_count_what_it_expects() {
    let Some(data) = shared_data() else { return };
    let folder = data.join("cql2");
    let vectors: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("cql2_vectors.json")).unwrap()).unwrap();
    let path = folder.join("ne110m4cql2.gpkg");
    let uri = format!("file:{}?immutable=1", path.display());
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let file = Connection::open_with_flags(uri, flags).unwrap();
    let mut layers: BTreeMap<String, Layer> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut contradicted = 0;
    let vectors = vectors.as_array().unwrap();
    assert_eq!(vectors.len(), 351);
    for vector in vectors {
        let (source, text) = (vector["source"].as_str().unwrap(), vector["filter"].as_str().unwrap());
        let expected = usize::try_from(vector["expected"].as_u64().unwrap()).unwrap();
        let layer = layers.entry(source.to_owned()).or_insert_with(|| layer(&file, source));
        let read = |result: Result<Filter, filters::FilterError>| {
            result.unwrap_or_else(|error| panic!("{text}: {}", error.sentence_es()))
        };
        let filter = read(Filter::from_text(text, &Limits::default()));
        let again = read(Filter::from_text(&filter.to_text(), &Limits::default()));
        let json = read(Filter::from_json(&filter.to_json().to_string(), &Limits::default()));
        assert_eq!((&again, &json), (&filter, &filter), "{text}");
        let found = count(&filter, layer, text);
        match CONTRADICTED.iter().find(|(contradicted, ..)| *contradicted == text) {
            Some((_, said, has)) => {
                contradicted += 1;
                assert_eq!((expected, found), (*said, *has), "{text}");
            }
            None if found != expected => wrong.push(format!("{text}: {found}, expected {expected}")),
            None => {}
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
    assert_eq!(contradicted, 3);
}
