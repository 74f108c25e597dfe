//! Drafts, features and moments for the tests of this folder.

use crs::UtmZone;
use geo_types::{Geometry, MultiPolygon, Rect, coord};
use jiff::{SignedDuration, Timestamp};
use store::{DraftEdition, Snapshot, SnapshotOptions, Store};
use territory::{
    AsOf, Attributes, Counts, Coverage, EditionMeta, Feature, Land, LayerKind, NewFeature, Operation, Series, Shape,
    Value, Visibility,
};

pub fn draft(kind: LayerKind, publisher: &str, territory: &str) -> DraftEdition {
    DraftEdition {
        kind,
        series: Series {
            publisher: publisher.into(),
            territory: territory.into(),
        },
        title: format!("Capa de prueba de {territory}"),
        source: "datos sintéticos".into(),
        licence: "ninguna declarada".into(),
        visibility: Visibility::Public,
        valid_from: "2026-01-01".parse().unwrap(),
        valid_until: None,
        scale_denominator: Some(100_000),
        sigma_m: Some(50.0),
        coverage: Coverage::National,
        crs: "EPSG:24877".into(),
        operation: Operation {
            id: "EPSG:1208".into(),
            accuracy_m: 16.0,
        },
        synthetic: true,
    }
}

pub fn rights() -> DraftEdition {
    draft(LayerKind::Concessions, "INGEMMET", "Cajamarca")
}

/// A square of a hundredth of a degree at a place of a lattice west of 78° W.
pub fn feature(key: &str, name: &str, place: u32) -> NewFeature {
    let (x, y) = (
        -79.5 + f64::from(place % 100) * 0.012,
        -7.5 + f64::from(place / 100) * 0.012,
    );
    let square = Rect::new(coord! { x: x, y: y }, coord! { x: x + 0.01, y: y + 0.01 });
    let land = Geometry::MultiPolygon(MultiPolygon(vec![square.to_polygon()]));
    let shape = Shape::from_lonlat(&land, UtmZone::Z17).unwrap();
    let mut attributes = Attributes::default();
    attributes.set("name", Value::Text(name.into()));
    attributes.set("declared_ha", Value::Real(100.0));
    attributes.set("filed_at", Value::Date("1998-05-04".parse().unwrap()));
    let source_fields = serde_json::from_str(r#"{"D_ESTADO":"D.M. Titulado D.L. 708","N":7}"#).unwrap();
    NewFeature {
        feature: Feature {
            key: key.into(),
            source_row: u64::from(place) + 1,
            attributes,
            source_fields,
            lonlat: land.clone(),
            land: Some(Land::new(UtmZone::Z17, shape)),
        },
        source: Some(land),
    }
}

pub fn counts(kept: usize) -> Counts {
    Counts {
        read: kept as u64,
        kept: kept as u64,
        rejected: 0,
        repaired: 0,
    }
}

pub fn noon(day: i64) -> Timestamp {
    "2026-06-01T12:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(24 * day)
}

pub fn publish(store: &Store, edition: DraftEdition, features: Vec<NewFeature>, at: Timestamp) -> EditionMeta {
    let mut draft = store.begin(edition).unwrap();
    let kept = features.len();
    for feature in features {
        draft.push(feature).unwrap();
    }
    draft
        .commit(counts(kept), serde_json::json!({ "rejected": [] }), at)
        .unwrap()
}

pub fn as_of(valid: &str, known: Timestamp) -> SnapshotOptions {
    SnapshotOptions {
        ceiling: Visibility::Private,
        as_of: AsOf {
            valid: valid.parse().unwrap(),
            known,
        },
    }
}

/// What everybody sees, as known a year later.
pub fn today(store: &Store) -> Snapshot {
    let options = SnapshotOptions {
        ceiling: Visibility::Public,
        ..as_of("2026-12-31", noon(365))
    };
    Snapshot::load(store, options).unwrap()
}

pub fn keys(snapshot: &Snapshot, kind: LayerKind) -> Vec<String> {
    snapshot
        .collection(kind)
        .flat_map(|edition| edition.features.iter())
        .map(|feature| feature.key.clone())
        .collect()
}

pub fn rows_in_file(store: &Store, table: &str) -> i64 {
    let connection = rusqlite::Connection::open(store.path()).unwrap();
    connection
        .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
        .unwrap()
}
