//! Where the water of an intake comes from: its basin, what lies there, and headwaters in order.

use crate::common::{around, as_of, feature, files_of, meta, rectangle, right, surroundings};
use conflicts::water::{IntakeOut, Registered, SourceView, UnitTree, rank_headwaters, source_view, within};
use conflicts::{CanalsLaid, CoverageArea, Fixed, LayerState, Rulebook, Subject, WaterModel, basin};
use crs::Crs;
use geo_types::{Coord, Geometry, Point};
use proptest::prelude::*;
use std::sync::Arc;
use territory::{Attributes, Feature, LayerKind, Metres};
use watershed::{Elevation, Grid, Placement, Waters, find_drainage};

const SIDE: usize = 40;
/// Metres of a cell: the grid is 2 km wide, from the corner of `rectangle(0, 0, …)` on.
const CELL: f64 = 50.0;

/// A valley that falls to the south along the column `bed`.
fn valley(bed: usize) -> Vec<WaterModel> {
    let place = Placement {
        west: 700_000.0,
        north: 8_500_000.0 + CELL * SIDE as f64,
        width: CELL,
        height: CELL,
    };
    let grid = Grid::new(SIDE, SIDE, place, Crs::from_epsg(32718).unwrap()).unwrap();
    let height = |cell: usize| {
        let (row, column) = (cell / SIDE, cell % SIDE);
        let up = i32::try_from(SIDE - row).unwrap();
        let aside = i32::try_from(column.abs_diff(bed)).unwrap();
        3_000_000 + up * 2_000 + aside * 9_000
    };
    let drained = find_drainage(Elevation::new(grid, (0..SIDE * SIDE).map(height).collect()).unwrap());
    vec![WaterModel {
        meta: meta(LayerKind::Drainage, "modelo"),
        feature: "modelo".to_owned(),
        // no side of a row drains a hundred cells: the bed is the only stream
        waters: Arc::new(Waters::new(drained, 100, None)),
        canals: Arc::new(CanalsLaid::default()),
        layers: Vec::new(),
        limit: Metres(100.0),
    }]
}

/// The view of an intake in the middle of a cell, with rights, zones and projects.
fn view(
    models: &[WaterModel],
    (row, column): (usize, usize),
    rights: &[Feature],
    zones: &[Feature],
    works: &[Feature],
) -> SourceView {
    let [x, y] = models[0].waters.grid().centre(row * SIDE + column);
    let mut place = [Coord { x, y }];
    crs::utm_to_lonlat(&mut place, crs::UtmZone::Z18).unwrap();
    let point = [place[0].x, place[0].y];
    let found = basin(models, point, (Metres(30.0), 1e6)).unwrap();
    let subject = Subject::geometry(&found.land, None).unwrap();
    assert!(
        subject.repairs.is_empty(),
        "nothing of a basin is mended: {:?}",
        subject.repairs
    );
    let [of_rights, of_zones, of_works] = [
        (LayerKind::Concessions, "derechos"),
        (LayerKind::Zoning, "zee"),
        (LayerKind::Projects, "obras"),
    ]
    .map(|(kind, id)| meta(kind, id));
    let around_all = surroundings(vec![
        around(LayerKind::Concessions, &of_rights, CoverageArea::National, rights),
        around(LayerKind::Zoning, &of_zones, CoverageArea::National, zones),
    ]);
    let book = Rulebook::parse(&files_of("2026-2")).unwrap();
    let registered = Registered::of(
        &subject,
        &around(LayerKind::Projects, &of_works, CoverageArea::National, works),
    );
    let intake = IntakeOut {
        point: point.map(Fixed),
        feature: None,
        name: None,
    };
    let held = within(&subject, &around_all, &book, as_of());
    source_view(intake, found, registered, held)
}

fn live(view: &SourceView) -> f64 {
    view.at_risk.as_ref().map_or(f64::NAN, |live| live.union_ha.0)
}

#[test]
fn the_basin_is_the_cells_that_drain_to_the_intake() {
    let drained = valley(20);
    let all = view(&drained, (SIDE - 1, 20), &[], &[], &[]);
    assert_eq!(all.basin.cells, (SIDE * SIDE) as u64, "everything falls to the bed");
    let hectares = all.within.area.utm_ha.0;
    assert!(
        (hectares - 400.0).abs() < 1e-3,
        "{hectares}: 2 × 2 km in the model's own zone"
    );
    assert!((all.basin.area_ha.0 - hectares).abs() < 0.01);
    assert_eq!(all.hydrography, "modelled");
    assert_eq!(
        (all.works.state, all.agreements.state),
        (LayerState::Consulted, LayerState::NoData)
    );
    assert!(all.not_known.contains(&"groundwater".to_owned()));
}

#[test]
fn a_right_across_the_divide_changes_nothing_and_one_over_the_basin_is_all_of_it() {
    let drained = valley(10);
    let intake = (SIDE / 2, 10);
    let inside = right("A", rectangle(0.0, 1.0, 0.5, 0.5), "titulado");
    let outside = right("B", rectangle(0.0, 0.0, 2.0, 0.2), "titulado");
    let alone = view(&drained, intake, &[inside], &[], &[]);
    let with_other = view(
        &drained,
        intake,
        &[right("A", rectangle(0.0, 1.0, 0.5, 0.5), "titulado"), outside],
        &[],
        &[],
    );
    assert!(live(&alone) > 1.0);
    assert_eq!(
        alone.at_risk.as_ref().unwrap().union_ha,
        with_other.at_risk.as_ref().unwrap().union_ha
    );
    let whole = view(
        &drained,
        intake,
        &[right("T", rectangle(-1.0, -1.0, 4.0, 4.0), "tramite")],
        &[],
        &[],
    );
    assert_eq!(whole.at_risk.unwrap().share_of_subject.to_string(), "1.000000");
    let expired = view(
        &drained,
        intake,
        &[right("X", rectangle(-1.0, -1.0, 4.0, 4.0), "extinguido")],
        &[],
        &[],
    );
    assert!(live(&expired).abs() < 1e-9, "an expired right is no live one");
}

#[test]
fn works_in_the_basin_are_listed_and_those_beside_it_are_not() {
    let drained = valley(20);
    let work = |key: &str, x: f64, y: f64| {
        let mut place = [Coord {
            x: 700_000.0 + x,
            y: 8_500_000.0 + y,
        }];
        crs::utm_to_lonlat(&mut place, crs::UtmZone::Z18).unwrap();
        Feature {
            key: key.to_owned(),
            source_row: 1,
            attributes: Attributes::default(),
            source_fields: serde_json::Map::new(),
            lonlat: Geometry::Point(Point(place[0])),
            land: None,
        }
    };
    let works = [
        work("w-1", 1000.0, 1500.0),
        work("w-2", 1000.0, 200.0),
        work("w-3", 5000.0, 1500.0),
    ];
    let found = view(&drained, (SIDE / 2, 20), &[], &[], &works);
    let keys: Vec<&str> = found.works.features.iter().map(|one| one.feature.as_str()).collect();
    assert_eq!(keys, ["w-1"], "w-2 lies below the intake, w-3 beyond the model");
}

#[test]
fn headwaters_are_ordered_by_their_share_under_live_rights() {
    let unit = |code: &str, west: f64| feature(code, rectangle(west, 0.0, 1.0, 1.0), &[("code", code)]);
    let units = [
        unit("4119", 0.0),
        unit("4129", 1.0),
        unit("4131", 2.0),
        unit("4139", 3.0),
        unit("4149", 4.0),
    ];
    let rights = [
        right("A", rectangle(1.0, 0.0, 0.5, 1.0), "titulado"),
        right("B", rectangle(3.0, 0.0, 0.25, 1.0), "tramite"),
    ];
    let tree = UnitTree::of(&units);
    let (own, of_rights) = (
        meta(LayerKind::HydrographicUnits, "u"),
        meta(LayerKind::Concessions, "d"),
    );
    let book = Rulebook::parse(&files_of("2026-2")).unwrap();
    let found = tree.headwaters("41").into_iter().map(|place| {
        let fact = tree.facts()[place].clone();
        let unit = units.iter().find(|unit| unit.key == fact.feature).unwrap();
        let subject = Subject::feature(LayerKind::HydrographicUnits, &own, unit, None).unwrap();
        let around = surroundings(vec![around(
            LayerKind::Concessions,
            &of_rights,
            CoverageArea::National,
            &rights,
        )]);
        (fact, within(&subject, &around, &book, as_of()))
    });
    let ranked = rank_headwaters("41", found.collect());
    let told: Vec<(usize, &str)> = ranked
        .ranked
        .iter()
        .map(|one| (one.place, one.unit.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [(1, "4129"), (2, "4139"), (3, "4119"), (3, "4149")],
        "4131 is no headwater"
    );
    assert_eq!(ranked.proxy, "code-digit-9");
    assert!(tree.headwaters("42").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn farther_down_the_bed_the_basin_and_all_that_lies_in_it_only_grow(
        bed in 2..38_usize,
        upper in 4..36_usize,
        down in 1..10_usize,
        west in 0..30_i32,
        south in 0..30_i32,
        side in 1..20_i32,
    ) {
        let drained = valley(bed);
        let place = [west, south, side, side].map(|cells| f64::from(cells) / 20.0);
        let land = || rectangle(place[0], place[1], place[2], place[3]);
        let rights = [right("A", land(), "titulado")];
        let zones = [feature("z", land(), &[("category", "A")])];
        let above = view(&drained, (upper, bed), &rights, &zones, &[]);
        let below = view(&drained, ((upper + down).min(SIDE - 1), bed), &rights, &zones, &[]);
        prop_assert!(below.basin.cells > above.basin.cells || upper == SIDE - 1);
        prop_assert!(live(&below) >= live(&above) - 1e-6, "{} {}", live(&above), live(&below));
        for one in [&above, &below] {
            let whole = one.within.area.utm_ha.0;
            prop_assert!((whole - one.basin.area_ha.0).abs() < 0.01, "{} {}", whole, one.basin.area_ha);
            for land in &one.within.land {
                let parts: f64 = land.classes.iter().map(|class| class.ground.utm_ha.0).sum();
                prop_assert!((parts + land.unknown.utm_ha.0 - whole).abs() < 1e-6);
            }
            // the same land as a right and as a zone: one figure
            let zone: f64 = one.within.land[0].classes.iter().map(|class| class.ground.utm_ha.0).sum();
            prop_assert!((zone - live(one)).abs() < 0.02, "{} {}", zone, live(one));
        }
    }
}
