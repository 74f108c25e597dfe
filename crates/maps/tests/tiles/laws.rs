//! What holds for every feature and every tile.

use crate::{
    decoder::{Read, Tag, read_tile},
    made::{BUFFER, geometry_in_tile, source, tile},
};
use geo::{BoundingRect, Distance, Euclidean, Intersects, LinesIter};
use geo_types::{Coord, Geometry, Line, LineString, MultiLineString, MultiPolygon, Point, Polygon, Rect};
use maps::tiles::{TOLERANCE, TileId, WHOLE_ZOOM};
use proptest::prelude::*;

/// A star-shaped ring: radii as parts of a reach in degrees.
fn star(centre: (f64, f64), reach: f64, radii: &[f64]) -> LineString<f64> {
    let count = radii.len() as f64;
    let corner = |(at, radius): (usize, &f64)| {
        let angle = std::f64::consts::TAU * at as f64 / count;
        Coord {
            x: centre.0 + reach * radius * angle.cos(),
            y: centre.1 + reach * radius * angle.sin(),
        }
    };
    let mut ring: Vec<Coord<f64>> = radii.iter().enumerate().map(corner).collect();
    ring.push(ring[0]);
    LineString(ring)
}

prop_compose! {
    fn land()(
        east in -0.06_f64..0.06,
        north in -0.06_f64..0.06,
        magnitude in -5.5_f64..-0.8,
        outer in prop::collection::vec(0.3_f64..1.0, 3..60),
        inner in prop::collection::vec(0.05_f64..0.28, 3..12),
        shape in 0_u8..4,
    ) -> Geometry<f64> {
        let (centre, reach) = ((-78.5 + east, -7.1 + north), 10_f64.powf(magnitude));
        let exterior = star(centre, reach, &outer);
        match shape {
            0 => Geometry::Polygon(Polygon::new(exterior, vec![])),
            1 => Geometry::Polygon(Polygon::new(exterior, vec![star(centre, reach, &inner)])),
            2 => {
                let beside = star((centre.0 + 2.2 * reach, centre.1), reach, &inner);
                Geometry::MultiPolygon(MultiPolygon(vec![Polygon::new(exterior, vec![]), Polygon::new(beside, vec![])]))
            }
            _ => Geometry::MultiLineString(MultiLineString(vec![exterior, star(centre, reach, &inner)])),
        }
    }
}

fn lines_of(geometry: &Geometry<f64>) -> Vec<Line<f64>> {
    match geometry {
        Geometry::Polygon(polygon) => polygon.lines_iter().collect(),
        Geometry::MultiPolygon(polygons) => polygons.lines_iter().collect(),
        Geometry::MultiLineString(lines) => lines.lines_iter().collect(),
        other => panic!("{other:?} has no lines"),
    }
}

fn away(point: Coord<f64>, lines: &[Line<f64>]) -> f64 {
    let distances = lines.iter().map(|line| Euclidean.distance(&Point(point), line));
    distances.fold(f64::INFINITY, f64::min)
}

/// A vertex that lies in the tile itself, so that no cut at the buffer is near.
fn inner(point: Coord<f64>) -> bool {
    (0.0..=4096.0).contains(&point.x) && (0.0..=4096.0).contains(&point.y)
}

/// How far what was read lies from where the feature is, both ways, within the tile.
fn deviation(read: &Read, truth: &Geometry<f64>) -> f64 {
    let (drawn, true_lines) = (lines_of(&read.geometry), lines_of(truth));
    let out = drawn
        .iter()
        .map(|line| line.start)
        .filter(|point| inner(*point))
        .map(|point| away(point, &true_lines));
    let back = true_lines
        .iter()
        .map(|line| line.start)
        .filter(|point| inner(*point))
        .map(|point| away(point, &drawn));
    out.chain(back).fold(0.0, f64::max)
}

/// Whether it is so small that its own spikes are narrower than a unit, and may vanish.
fn small(truth: &Geometry<f64>) -> bool {
    truth
        .bounding_rect()
        .is_none_or(|rect| rect.width().max(rect.height()) < 80.0)
}

fn check(lands: &[Geometry<f64>], id: TileId) {
    let source = source(lands.iter().cloned());
    let layers = read_tile(&tile(&source, id), i64::from(BUFFER));
    let square = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 4096.0, y: 4096.0 });
    let reach = f64::from(BUFFER) + TOLERANCE + 1.0;
    let wide = Rect::new(
        Coord { x: -reach, y: -reach },
        Coord {
            x: 4096.0 + reach,
            y: 4096.0 + reach,
        },
    );
    for (position, land) in lands.iter().enumerate() {
        let truth = geometry_in_tile(id, land);
        let key = Tag::Text(format!("{position:06}"));
        let features = layers.iter().flat_map(|layer| &layer.features);
        let read = features.clone().find(|feature| feature.tags["key"] == key);
        let Some(read) = read else {
            assert!(
                !truth.intersects(&square),
                "a feature that meets the tile is not in it: {land:?}"
            );
            continue;
        };
        assert!(
            truth.intersects(&wide),
            "a feature that is not near the tile is in it: {land:?}"
        );
        if id.z() >= WHOLE_ZOOM && !small(&truth) {
            let off = deviation(read, &truth);
            assert!(off <= 1.0, "{off} units off at zoom {}: {land:?}", id.z());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn tiles_are_valid_and_hold_what_meets_them_where_it_lies(
        lands in prop::collection::vec(land(), 1..12),
        zoom in 0_u8..=18,
        east in -0.07_f64..0.07,
        north in -0.07_f64..0.07,
    ) {
        check(&lands, TileId::holding(zoom, -78.5 + east, -7.1 + north).unwrap());
    }

    #[test]
    fn tangled_rings_come_out_valid(corners in prop::collection::vec((-0.01_f64..0.01, -0.01_f64..0.01), 3..40), zoom in 4_u8..=17) {
        let ring: Vec<Coord<f64>> = corners.iter().map(|(x, y)| Coord { x: -78.5 + x, y: -7.1 + y }).collect();
        let land = Geometry::Polygon(Polygon::new(LineString(ring), vec![]));
        let source = source([land]);
        for (x, y) in [(0.0, 0.0), (0.003, 0.003), (-0.006, 0.002)] {
            let id = TileId::holding(zoom, -78.5 + x, -7.1 + y).unwrap();
            read_tile(&tile(&source, id), i64::from(BUFFER));
        }
    }
}

#[test]
fn a_tile_within_land_is_filled_and_one_beside_a_notch_is_empty() {
    let ring = [
        (-79.0, -8.0),
        (-78.0, -8.0),
        (-78.0, -7.0),
        (-78.9, -7.0),
        (-78.9, -7.9),
        (-79.0, -7.9),
    ];
    let ring = ring.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
    let source = source([Geometry::Polygon(Polygon::new(LineString(ring), vec![]))]);
    let filled = TileId::holding(14, -78.5, -7.5).unwrap();
    let layers = read_tile(&tile(&source, filled), 64);
    let Geometry::MultiPolygon(land) = &layers[0].features[0].geometry else {
        panic!("land")
    };
    let corners: Vec<Coord<f64>> = land.0[0].exterior().0.clone();
    assert_eq!(corners.len(), 5);
    assert!(
        corners
            .iter()
            .all(|corner| [-64.0, 4160.0].contains(&corner.x) && [-64.0, 4160.0].contains(&corner.y))
    );
    let notch = TileId::holding(14, -78.95, -7.5).unwrap();
    assert!(tile(&source, notch).is_empty());
}

#[test]
fn values_keep_their_types_and_what_is_null_is_not_told() {
    let source = source([Geometry::Point(Point::new(-78.5, -7.1))]);
    let layers = read_tile(&tile(&source, TileId::holding(9, -78.5, -7.1).unwrap()), 64);
    let tags = &layers[0].features[0].tags;
    assert_eq!(tags["declared_ha"], Tag::Double(100.5));
    assert_eq!((&tags["level"], &tags["count"]), (&Tag::Signed(-3), &Tag::Unsigned(7)));
    assert_eq!(
        (&tags["active"], &tags["filed_at"]),
        (&Tag::Truth(true), &Tag::Text("1998-05-04".into()))
    );
    assert_eq!(tags["edition"], Tag::Text("concessions-prueba-peru-1".into()));
    assert!(!tags.contains_key("holder"));
}

#[test]
fn a_collection_is_drawn_dimension_by_dimension_under_one_id() {
    let line = LineString::from(vec![(-78.5, -7.1), (-78.4, -7.1)]);
    let parts = vec![Geometry::Point(Point::new(-78.5, -7.1)), Geometry::LineString(line)];
    let source = source([Geometry::GeometryCollection(geo_types::GeometryCollection(parts))]);
    let layers = read_tile(&tile(&source, TileId::holding(9, -78.45, -7.1).unwrap()), 64);
    assert_eq!((layers[0].features.len(), layers[0].ids().len()), (2, 1));
}

#[test]
fn an_edition_without_features_or_without_any_place_gives_empty_tiles() {
    let empty = Geometry::MultiPolygon(MultiPolygon(vec![]));
    for geometries in [vec![], vec![empty]] {
        let source = source(geometries);
        assert!(tile(&source, TileId::new(0, 0, 0).unwrap()).is_empty());
    }
}
