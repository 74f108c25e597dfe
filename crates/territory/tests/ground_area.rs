//! The ground area of overlaps against Karney's polygon areas.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use crs::UtmZone;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use territory::{Shape, geodesic_hectares, overlap};

/// A polygon of `side` metres with many vertices, so that straight and geodesic edges are the same, at an easting and northing.
fn dense(zone: UtmZone, east: f64, north: f64, side: f64) -> (Shape, MultiPolygon<f64>) {
    const STEPS: u32 = 200;
    let along = |from: (f64, f64), to: (f64, f64)| {
        (0..STEPS).map(move |i| {
            let t = f64::from(i) / f64::from(STEPS);
            Coord {
                x: from.0 + t * (to.0 - from.0),
                y: from.1 + t * (to.1 - from.1),
            }
        })
    };
    let (e, n) = (east + side, north + side);
    let corners = [(east, north), (e, north), (e, n), (east, n), (east, north)];
    let ring: Vec<Coord<f64>> = corners.windows(2).flat_map(|pair| along(pair[0], pair[1])).collect();
    let metric = MultiPolygon(vec![Polygon::new(LineString(ring.clone()), vec![])]);
    let mut degrees = ring;
    crs::utm_to_lonlat(&mut degrees, zone).unwrap();
    (
        Shape::from_metres(&metric),
        MultiPolygon(vec![Polygon::new(LineString(degrees), vec![])]),
    )
}

#[test]
fn ground_area_equals_karneys_to_two_parts_in_ten_million_all_over_peru() {
    for zone in UtmZone::ALL {
        for east in [166_000.0, 300_000.0, 500_000.0, 640_000.0, 820_000.0] {
            for north in [7_970_000.0, 8_600_000.0, 9_300_000.0, 9_950_000.0] {
                for side in [100.0, 3_000.0, 40_000.0] {
                    let (shape, lonlat) = dense(zone, east, north, side);
                    let ground = overlap(&shape, &shape).ground.0;
                    let karney = geodesic_hectares(&lonlat).0;
                    let error = (ground - karney).abs() / karney;
                    // 0.1 mm of grid on a side of 100 m is a millionth of its area
                    let allowed = 2e-7 + 2e-4 / side;
                    assert!(
                        error < allowed,
                        "zone {} east {east} north {north} side {side}: {error:e}",
                        zone.number()
                    );
                }
            }
        }
    }
}

#[test]
fn planar_and_ground_hectares_differ_as_the_scale_does() {
    // at the central meridian lengths shrink to 0.9996, at the edge of a zone they grow: 100 ha planar are 100.08 and 99.81 ha
    let middle = dense(UtmZone::Z18, 500_000.0, 8_500_000.0, 1000.0).0;
    let edge = dense(UtmZone::Z18, 825_000.0, 8_500_000.0, 1000.0).0;
    let ground = |shape: &Shape| overlap(shape, shape).ground.0;
    assert!((ground(&middle) - 100.080).abs() < 0.001, "{}", ground(&middle));
    assert!((ground(&edge) - 99.82).abs() < 0.02, "{}", ground(&edge));
}
