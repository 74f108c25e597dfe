//! Finding features by place, key and name.

use crate::sample::{draft, feature, noon, publish, today};
use store::{NameRank, Store};
use territory::LayerKind;

fn communities() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let names = [
        "El Tingo",
        "El Tingo Alto",
        "Anexo de El Tingo",
        "El Tinjo",
        "La Encañada",
        "Combayo",
        "Río Grande",
    ];
    let features = names
        .iter()
        .zip(0..)
        .map(|(name, n)| feature(&format!("c{n}"), name, n * 10))
        .collect();
    publish(
        &store,
        draft(LayerKind::Communities, "DRAC", "Cajamarca"),
        features,
        noon(0),
    );
    (folder, store)
}

#[test]
fn names_are_found_whatever_their_case_and_accents_best_first() {
    let (_folder, store) = communities();
    let snapshot = today(&store);
    let found: Vec<(NameRank, String)> = snapshot
        .search_by_name(LayerKind::Communities, "  EL TÍNGO ", 10)
        .into_iter()
        .map(|found| (found.rank, found.feature.name().to_owned()))
        .collect();
    let expected = [
        (NameRank::Exact, "El Tingo"),
        (NameRank::Prefix, "El Tingo Alto"),
        (NameRank::Contains, "Anexo de El Tingo"),
        (NameRank::Near(1), "El Tinjo"),
    ];
    assert_eq!(found, expected.map(|(rank, name)| (rank, name.to_owned())));
    assert_eq!(snapshot.search_by_name(LayerKind::Communities, "el tingo", 2).len(), 2);
}

#[test]
fn a_name_with_an_error_offers_the_nearest_and_nonsense_offers_nothing() {
    let (_folder, store) = communities();
    let snapshot = today(&store);
    let nearest = |text| {
        snapshot
            .search_by_name(LayerKind::Communities, text, 3)
            .first()
            .map(|found| found.feature.name())
    };
    assert_eq!(nearest("Encanyada"), Some("La Encañada"));
    assert_eq!(nearest("conbayo"), Some("Combayo"));
    assert_eq!(nearest("rio grnade"), Some("Río Grande"));
    assert_eq!(nearest("xyzzy"), None);
    assert_eq!(nearest("–"), None);
    assert!(snapshot.search_by_name(LayerKind::Districts, "el tingo", 3).is_empty());
}

#[test]
fn a_feature_is_found_by_its_key() {
    let (_folder, store) = communities();
    let snapshot = today(&store);
    assert_eq!(snapshot.find(LayerKind::Communities, "c5")[0].feature.name(), "Combayo");
    assert!(snapshot.find(LayerKind::Communities, "c9").is_empty());
    assert!(snapshot.find(LayerKind::Concessions, "c5").is_empty());
}

#[test]
fn a_box_meets_exactly_the_features_whose_boxes_it_touches() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let features = (0..1_000).map(|n| feature(&format!("{n:04}"), "A", n)).collect();
    publish(&store, draft(LayerKind::Zoning, "GORE", "Cajamarca"), features, noon(0));
    let snapshot = today(&store);
    let edition = &snapshot.editions[0];
    for wanted in [
        [-79.5, -7.5, -79.49, -7.49],
        [-79.2, -7.45, -78.9, -7.42],
        [-79.4899, -7.4899, -79.4881, -7.4881],
        [0.0; 4],
    ] {
        for margin in [0.0, 0.0015, 0.1] {
            let meets = |bounds: [f64; 4]| {
                bounds[0] <= wanted[2] + margin
                    && wanted[0] - margin <= bounds[2]
                    && bounds[1] <= wanted[3] + margin
                    && wanted[1] - margin <= bounds[3]
            };
            let expected: Vec<&str> = edition
                .features
                .iter()
                .filter(|feature| {
                    let rect = geo::BoundingRect::bounding_rect(&feature.lonlat).unwrap();
                    meets([rect.min().x, rect.min().y, rect.max().x, rect.max().y])
                })
                .map(|feature| feature.key.as_str())
                .collect();
            let found: Vec<&str> = edition
                .touching(wanted, margin)
                .into_iter()
                .map(|feature| feature.key.as_str())
                .collect();
            assert_eq!(found, expected, "{wanted:?} grown by {margin}");
        }
    }
}
