//! Drainage models as editions: whole or not at all, checked by their hashes, shared where nothing changed.

use crate::sample::{as_of, counts, draft, noon, publish, rows_in_file, today};
use crs::{Crs, UtmZone};
use geo_types::{Geometry, MultiPolygon, Point, Rect, coord};
use jiff::Timestamp;
use std::sync::Arc;
use store::{NewDrainage, Snapshot, Store, StoreError, WaterLimits};
use territory::{Attributes, EditionMeta, Feature, Land, LayerKind, Metres, NewFeature, Shape, Value};
use watershed::{Drainage, Elevation, Grid, Placement, find_drainage};

const LIMITS: WaterLimits = WaterLimits {
    cells: 1_000_000,
    snap: Metres(100.0),
};

/// A valley that runs south in the middle of 61 × 200 cells of 30 m in zone 17.
fn valley(step: i32) -> Drainage {
    let place = Placement {
        west: 700_000.0,
        north: 9_200_000.0,
        width: 30.0,
        height: 30.0,
    };
    let grid = Grid::new(61, 200, place, Crs::utm(UtmZone::Z17)).unwrap();
    let height = |cell: i32| ((cell % 61 - 30).abs() + 200 - cell / 61) * step;
    find_drainage(Elevation::new(grid, (0..61 * 200).map(height).collect()).unwrap())
}

/// Longitude and latitude of a cell.
fn lonlat(column: f64, row: f64) -> [f64; 2] {
    let mut at = [coord! { x: 700_000.0 + column * 30.0, y: 9_200_000.0 - row * 30.0 }];
    crs::utm_to_lonlat(&mut at, UtmZone::Z17).unwrap();
    [at[0].x, at[0].y]
}

fn named(key: &str, lonlat: Geometry<f64>, land: Option<Land>) -> NewFeature {
    let mut attributes = Attributes::default();
    attributes.set("name", Value::Text(key.into()));
    NewFeature {
        feature: Feature {
            key: key.into(),
            source_row: 1,
            attributes,
            source_fields: serde_json::Map::new(),
            lonlat,
            land,
        },
        source: None,
    }
}

fn square(key: &str, (column, row): (f64, f64), side: f64) -> NewFeature {
    let ([west, south], [east, north]) = (lonlat(column, row + side), lonlat(column + side, row));
    let rect = Rect::new(coord! { x: west, y: south }, coord! { x: east, y: north });
    let land = Geometry::MultiPolygon(MultiPolygon(vec![rect.to_polygon()]));
    let shape = Shape::from_lonlat(&land, UtmZone::Z17).unwrap();
    named(key, land, Some(Land::new(UtmZone::Z17, shape)))
}

fn spring(key: &str, column: f64, row: f64) -> NewFeature {
    let [x, y] = lonlat(column, row);
    named(key, Geometry::Point(Point::new(x, y)), None)
}

fn publish_model(store: &Store, drained: &Drainage, at: Timestamp) -> EditionMeta {
    let mut draft = store.begin(draft(LayerKind::Drainage, "Prueba", "Valle")).unwrap();
    let frame = square("modelo", (0.0, 0.0), 61.0);
    let frame = named("modelo", frame.feature.lonlat, None);
    let new = NewDrainage {
        drained,
        threshold_cells: 100,
        sea_mm: None,
    };
    draft.push_drainage(frame, new).unwrap();
    draft.commit(counts(1), serde_json::Value::Null, at).unwrap()
}

#[test]
fn a_model_comes_back_as_it_was_published_and_its_strips_are_kept_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let drained = valley(1000);
    let first = publish_model(&store, &drained, noon(0));
    assert_eq!(first.id, "drainage-prueba-valle-1");
    let snapshot = today(&store);
    let feature = &snapshot.collection(LayerKind::Drainage).next().unwrap().features[0];
    let waters = store.waters_of(feature).unwrap().unwrap();
    assert_eq!(waters.drained(), &drained);
    assert_eq!(waters.network().threshold, 100);
    let strips = rows_in_file(&store, "tupu_strips");
    assert!(strips > 0);
    let second = publish_model(&store, &drained, noon(1));
    assert_eq!(
        (second.sha256, rows_in_file(&store, "tupu_strips")),
        (first.sha256.clone(), strips)
    );
    let other = publish_model(&store, &valley(1100), noon(2));
    assert_ne!(other.sha256, first.sha256, "the hash of an edition covers its grid");
    assert!(rows_in_file(&store, "tupu_strips") > strips);
    assert!(store.check().unwrap().is_sound());
    // as known on the first day
    let before = Snapshot::load(&store, as_of("2026-12-31", noon(0))).unwrap();
    assert_eq!(before.collection(LayerKind::Drainage).next().unwrap().meta.id, first.id);
    store.withdraw(&other.id, noon(3)).unwrap();
    assert_eq!(
        today(&store).collection(LayerKind::Drainage).next().unwrap().meta.id,
        second.id
    );
}

#[test]
fn a_model_that_is_not_committed_leaves_nothing_and_damage_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let drained = valley(1000);
    let mut begun = store.begin(draft(LayerKind::Drainage, "Prueba", "Valle")).unwrap();
    let new = NewDrainage {
        drained: &drained,
        threshold_cells: 100,
        sea_mm: None,
    };
    begun
        .push_drainage(named("modelo", Geometry::Point(Point::new(-79.0, -7.0)), None), new)
        .unwrap();
    drop(begun);
    assert_eq!(rows_in_file(&store, "tupu_strips"), 0);
    publish_model(&store, &drained, noon(0));
    let raw = rusqlite::Connection::open(store.path()).unwrap();
    assert!(
        raw.execute("UPDATE tupu_strips SET bytes = x'00'", []).is_err(),
        "strips are kept"
    );
    raw.execute_batch("DROP TRIGGER tupu_strips_content_is_kept; UPDATE tupu_strips SET bytes = x'0102'")
        .unwrap();
    let report = store.check().unwrap();
    assert!(
        report.problems.iter().any(|problem| problem.contains("tupu_strips")),
        "{report:?}"
    );
    let snapshot = today(&store);
    let feature = &snapshot.collection(LayerKind::Drainage).next().unwrap().features[0];
    let refused = store.waters_of(feature).unwrap_err();
    assert!(matches!(refused, StoreError::Corrupt { .. }), "{refused}");
    let made = snapshot.water_models(&store, None, LIMITS);
    assert!(made.models.is_empty() && made.refused.len() == 1, "{:?}", made.refused);
    raw.execute_batch("DROP TRIGGER tupu_strips_rows_are_kept; DELETE FROM tupu_strips")
        .unwrap();
    let report = store.check().unwrap();
    assert!(
        report
            .problems
            .iter()
            .any(|problem| problem.contains("falta la franja")),
        "{report:?}"
    );
}

#[test]
fn a_store_of_the_format_before_opens_and_takes_a_model() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let store = Store::create(&path).unwrap();
    publish(
        &store,
        draft(LayerKind::Springs, "ANA", "Valle"),
        vec![spring("s-1", 30.5, 150.0)],
        noon(0),
    );
    drop(store);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("DROP TABLE tupu_strips; UPDATE tupu_meta SET value = 2 WHERE name = 'format_version'")
        .unwrap();
    drop(raw);
    let reader = Store::open_read(&path).unwrap();
    assert!(reader.check().unwrap().is_sound(), "who only reads changes nothing");
    drop(reader);
    let store = Store::open(&path).unwrap();
    publish_model(&store, &valley(1000), noon(1));
    assert!(store.check().unwrap().is_sound());
    assert_eq!(today(&store).water_models(&store, None, LIMITS).models.len(), 1);
}

#[test]
fn what_did_not_change_is_shared_and_a_model_beyond_the_limit_is_refused_with_the_figure() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    publish_model(&store, &valley(1000), noon(0));
    publish(
        &store,
        draft(LayerKind::Springs, "ANA", "Valle"),
        vec![spring("s-1", 30.5, 150.0)],
        noon(1),
    );
    let first = today(&store);
    let made = first.water_models(&store, None, LIMITS);
    publish(
        &store,
        draft(LayerKind::Concessions, "INGEMMET", "Valle"),
        vec![square("r-1", (28.0, 20.0), 5.0)],
        noon(2),
    );
    let second = today(&store);
    assert_ne!(first.water_tag(), second.water_tag());
    let again = second.water_models(&store, Some(&made), LIMITS);
    assert!(Arc::ptr_eq(&made.models[0].waters, &again.models[0].waters));
    let springs = |made: &store::WaterModels| {
        let layer = made.models[0]
            .layers
            .iter()
            .find(|layer| layer.kind == LayerKind::Springs);
        Arc::clone(layer.unwrap())
    };
    assert!(Arc::ptr_eq(&springs(&made), &springs(&again)));
    let few = WaterLimits { cells: 10, ..LIMITS };
    let refused = second.water_models(&store, None, few).refused;
    assert!(refused[0].contains("12200") && refused[0].contains("10"), "{refused:?}");
}
