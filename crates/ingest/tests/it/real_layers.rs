//! Every file of the real data imports, and its traps are met.

use crate::support::{import, import_file, keys, request, shared, shipped};
use ingest::{Imported, OpenError, Source};
use std::collections::BTreeMap;
use territory::{NewFeature, RepairKind};

fn real(file: &str, profile: &str) -> Option<(Imported, Vec<NewFeature>)> {
    let path = shared(&format!("real/{file}"))?;
    Some(import_file(&path, &shipped(profile)).unwrap_or_else(|error| panic!("{file}: {}", error.sentence_es())))
}

fn of_key<'a>(features: &'a [NewFeature], key: &str) -> &'a NewFeature {
    features
        .iter()
        .find(|feature| feature.feature.key == key)
        .unwrap_or_else(|| panic!("no feature {key}"))
}

#[test]
fn every_polygon_layer_comes_in_with_the_numbers_that_are_known_of_it() {
    for (file, profile, read, kept) in [
        (
            "mining/cajamarca_catastro_minero_2009.geojson",
            "ingemmet-2009",
            2785,
            2785,
        ),
        (
            "communities/cajamarca_comunidades_campesinas.geojson",
            "communities",
            103,
            103,
        ),
        (
            "communities/cajamarca_comunidades_nativas.geojson",
            "native-communities",
            4,
            4,
        ),
        ("communities/cajamarca_predio_rural.geojson", "rural-parcels", 115, 115),
        ("protected/cajamarca_anp.geojson", "sernanp", 9, 6),
        (
            "protected/cajamarca_zona_amortiguamiento.geojson",
            "sernanp-buffer",
            9,
            7,
        ),
        ("admin/cajamarca_distrito.geojson", "inei-districts", 127, 127),
        ("admin/cajamarca_provincia.geojson", "inei-provinces", 13, 13),
        ("admin/cajamarca_po_cajamarca.geojson", "inei-departments", 1, 1),
        (
            "admin/peru_departamental_simple.geojson",
            "inei-departments-2007",
            25,
            25,
        ),
        ("admin/peru_provincial_simple.geojson", "inei-provinces-2007", 197, 195),
        ("admin/peru_distrital_simple.geojson", "inei-districts-2007", 1834, 1826),
        ("admin/peru_capital_provincia.geojson", "provincial-capitals", 194, 194),
        ("hydrography/coata_unidades_hidrograficas_n5.geojson", "ana-units", 9, 9),
    ] {
        let Some((imported, features)) = real(file, profile) else {
            return;
        };
        let counts = imported.counts;
        assert_eq!(
            (counts.read, counts.kept),
            (read, kept),
            "{file}\n{}",
            imported.quality.to_spanish()
        );
        assert_eq!(counts.kept, features.len() as u64, "{file}");
        assert_eq!(
            counts.read,
            counts.kept + counts.rejected + imported.quality.joined_rows,
            "{file}"
        );
        assert!(
            imported.quality.unknown_values.is_empty(),
            "{file}: {:?}",
            imported.quality.unknown_values
        );
        let mut unique = keys(&features);
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), features.len(), "{file}: keys are unique");
    }
}

#[test]
fn what_has_no_profile_of_its_own_comes_in_with_the_generic_one() {
    let generic = shipped("generic");
    for (file, kind, kept) in [
        ("hydrography/puno_puntos_cuencas.geojson", "springs", 83),
        ("hydrography/peru_vertientes.geojson", "hydrographic-units", 3),
        ("dem/angascancha_shp/geology.shp", "other", 75),
        ("dem/angascancha_shp/catchment.shp", "hydrographic-units", 1),
        ("dem/angascancha_shp/river_network.shp", "rivers", 38),
        ("dem/angascancha_shp/river_basin.shp", "rivers", 17),
        ("dem/angascancha_shp/piezometers.shp", "springs", 10),
        ("dem/angascancha_shp/crossSection1.shp", "other", 1),
    ] {
        let Some(path) = shared(&format!("real/{file}")) else {
            return;
        };
        let mut wanted = request(path.to_str().unwrap(), &generic);
        wanted.kind = Some(kind.parse().unwrap());
        let (imported, _) = import(&wanted).unwrap_or_else(|error| panic!("{file}: {}", error.sentence_es()));
        assert_eq!(imported.counts.kept, kept, "{file}\n{}", imported.quality.to_spanish());
    }
}

#[test]
fn the_states_of_the_2009_rights_fall_into_the_groups_of_the_golden_file() {
    let Some((imported, features)) = real("mining/cajamarca_catastro_minero_2009.geojson", "ingemmet-2009") else {
        return;
    };
    let mut groups = BTreeMap::<&str, u32>::new();
    for feature in &features {
        *groups
            .entry(feature.feature.attributes.text("state_group").unwrap())
            .or_default() += 1;
    }
    // T 1893, N 357, E 222, Q 4; P 268; F 20, L 7, X 1; B 8, R 5
    assert_eq!(
        groups,
        BTreeMap::from([("extinguido", 28), ("otros", 13), ("titulado", 2476), ("tramite", 268)])
    );
    // the register's own zones; where a right lies on the meridian its land may be mostly in the other
    let in_18 = features
        .iter()
        .filter(|f| f.feature.attributes.text("zone") == Some("18"))
        .count();
    assert_eq!(in_18, 73);
    assert_eq!(imported.quality.zones, BTreeMap::from([(17, 2719), (18, 66)]));
    let oldest = features
        .iter()
        .filter_map(|f| f.feature.attributes.date("filed_at"))
        .min()
        .unwrap();
    assert!(oldest.year() < 1900, "{oldest}");
    assert!(
        imported.quality.not_understood.is_empty(),
        "{:?}",
        imported.quality.not_understood
    );
    assert!(imported.quality.overlaps.measured && imported.quality.overlaps.list.is_empty());
    assert!(
        imported.quality.overlaps.pairs > 2000,
        "{}",
        imported.quality.overlaps.pairs
    );
}

#[test]
fn two_communities_of_one_name_stay_two_and_their_years_are_of_the_last_century() {
    let Some((imported, features)) = real("communities/cajamarca_comunidades_campesinas.geojson", "communities") else {
        return;
    };
    let yanac: Vec<_> = features
        .iter()
        .filter(|f| f.feature.name() == "San Juan de Yanac")
        .collect();
    assert_eq!(yanac.len(), 2);
    assert!(
        yanac
            .iter()
            .all(|f| f.feature.key.starts_with("c-") && f.feature.key.len() == 14)
    );
    assert_ne!(yanac[0].feature.key, yanac[1].feature.key);
    let years = features
        .iter()
        .filter_map(|f| f.feature.attributes.date("recognised_at"))
        .map(jiff::civil::Date::year);
    let (first, last) = years.fold((9999, 0), |(low, high), year| (low.min(year), high.max(year)));
    assert_eq!((first, last), (1936, 1996));
    // legal and polygon hectares differ by more than 5 % in 57 of 103: 8 of them declare no area at all
    let far = imported
        .quality
        .area_differences
        .items
        .iter()
        .filter(|d| d.difference.abs() > 0.05)
        .count();
    let undeclared = features
        .iter()
        .filter(|f| f.feature.attributes.number("declared_ha").is_none())
        .count();
    assert_eq!((far, undeclared), (49, 8));
}

#[test]
fn sectors_of_one_protected_area_become_one_feature() {
    let Some((imported, features)) = real("protected/cajamarca_anp.geojson", "sernanp") else {
        return;
    };
    let udima = of_key(&features, "RVS03");
    let declared = udima.feature.attributes.number("declared_ha").unwrap();
    assert!((declared - (2259.15 + 9849.64 + 74.41)).abs() < 1e-6, "{declared}");
    let shared = imported
        .quality
        .shared_keys
        .items
        .iter()
        .find(|shared| shared.key == "RVS03")
        .unwrap();
    assert_eq!(shared.rows.len(), 3);
    assert_eq!(imported.quality.joined_rows, 3);
}

#[test]
fn districts_that_lost_their_polygon_are_listed_with_their_code() {
    let Some((imported, _)) = real("admin/peru_distrital_simple.geojson", "inei-districts-2007") else {
        return;
    };
    let rejected = &imported.quality.rejected;
    assert_eq!(rejected.total, 8);
    let amantani = rejected
        .items
        .iter()
        .find(|r| r.id.as_deref() == Some("210103"))
        .unwrap();
    assert_eq!((amantani.row, amantani.field.as_str()), (176, "geometry"));
    assert!(amantani.reason.contains("no tiene geometría"), "{}", amantani.reason);
}

#[test]
fn a_province_in_two_rows_is_joined_and_its_two_names_are_told() {
    let Some((imported, features)) = real("admin/peru_provincial_simple.geojson", "inei-provinces-2007") else {
        return;
    };
    assert_eq!(of_key(&features, "2001").feature.name(), "PIURA");
    let shared = imported
        .quality
        .shared_keys
        .items
        .iter()
        .find(|shared| shared.key == "2001")
        .unwrap();
    assert!(shared.differing.contains(&"name".to_owned()), "{shared:?}");
}

#[test]
fn invalid_rings_are_repaired_and_stated_with_areas() {
    let generic = shipped("generic");
    let Some(path) = shared("real/hydrography/peru_vertientes.geojson") else {
        return;
    };
    let mut wanted = request(path.to_str().unwrap(), &generic);
    wanted.kind = Some(territory::LayerKind::HydrographicUnits);
    let (imported, features) = import(&wanted).unwrap();
    assert_eq!(imported.counts.repaired, 3);
    assert!(
        imported
            .quality
            .repairs
            .items
            .iter()
            .any(|r| r.kind != RepairKind::DroppedRepeats && r.area_before_ha > 0.0)
    );
    assert!(
        features.iter().all(|f| f.source.is_some()),
        "the source's own coordinates are kept beside repaired ones"
    );
}

#[test]
fn a_shapefile_without_prj_is_refused_with_candidates_until_the_crs_is_said() {
    let Some(path) = shared("real/dem/angascancha_shp/main_river.shp") else {
        return;
    };
    let generic = shipped("generic");
    let mut wanted = request(path.to_str().unwrap(), &generic);
    wanted.kind = Some(territory::LayerKind::Rivers);
    wanted.valid_from = Some(jiff::civil::date(2020, 1, 1));
    let refused = Source::open(&wanted).unwrap_err();
    let OpenError::NoCrs { candidates, .. } = &refused else {
        panic!("{refused}")
    };
    assert!(candidates.iter().any(|c| c.contains("EPSG:32718")) && candidates.iter().any(|c| c.contains("EPSG:24878")));
    assert!(refused.sentence_es().contains("--crs"));
    wanted.crs = Some("EPSG:32718");
    let (imported, features) = import(&wanted).unwrap();
    assert_eq!(imported.counts.kept, 1);
    assert!(features[0].source.is_some() && features[0].feature.land.is_none());
}

#[test]
fn a_folder_of_shapefiles_lists_them_until_one_is_named() {
    let Some(path) = shared("real/dem/angascancha_shp") else {
        return;
    };
    let generic = shipped("generic");
    let mut wanted = request(path.to_str().unwrap(), &generic);
    wanted.kind = Some(territory::LayerKind::Rivers);
    wanted.valid_from = Some(jiff::civil::date(2020, 1, 1));
    let refused = Source::open(&wanted).unwrap_err();
    assert!(
        matches!(&refused, OpenError::SeveralLayers(names) if names.len() == 7),
        "{refused}"
    );
    wanted.table = Some("river_network");
    assert_eq!(import(&wanted).unwrap().0.counts.kept, 38);
}
