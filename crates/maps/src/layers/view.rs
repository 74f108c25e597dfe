//! Which land a picture shows: a box of any offered coordinate system on pixels.

use super::mercator::mercator;
use crate::{MapError, Rect};
use crs::{Crs, transform_from_lonlat, transform_to_lonlat};
use geo_types::Coord;

/// The pixel that WMS takes for one, in millimetres.
pub const PIXEL_MM: f64 = 0.28;
/// Metres of a degree of the equator, as WMS counts them.
const METRES_OF_A_DEGREE: f64 = 111_319.490_793_273_57;

/// A box of a coordinate system on a picture; `x` is easting or longitude, `y` northing or latitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// System of the box; geographic ones are lon/lat here, whatever their order on the wire.
    pub crs: Crs,
    /// Left edge, in units of the system.
    pub west: f64,
    /// Top edge.
    pub north: f64,
    /// Units for one millimetre, to the right and down.
    pub per_mm: [f64; 2],
    /// The picture, in millimetres.
    pub frame: Rect,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
    /// Metres for one on the picture, as WMS counts scales.
    pub denominator: f64,
}

impl View {
    /// A box `[west, south, east, north]` on a picture whose pixels are `pixel_mm` wide.
    ///
    /// # Errors
    /// [`MapError::EmptyBox`] where the box has no width or height or the picture no pixels.
    pub fn new(crs: Crs, bbox: [f64; 4], pixels: (u32, u32), pixel_mm: f64) -> Result<Self, MapError> {
        let [west, south, east, north] = bbox;
        let fine = bbox.iter().all(|side| side.is_finite()) && west < east && south < north;
        if !fine || pixels.0 == 0 || pixels.1 == 0 {
            return Err(MapError::EmptyBox);
        }
        let frame = Rect::new(0.0, 0.0, f64::from(pixels.0) * pixel_mm, f64::from(pixels.1) * pixel_mm);
        let per_mm = [(east - west) / frame.width, (north - south) / frame.height];
        let metres = if crs.is_geographic() { METRES_OF_A_DEGREE } else { 1.0 };
        Ok(Self {
            crs,
            west,
            north,
            per_mm,
            frame,
            pixels,
            denominator: per_mm[0] * metres * 1000.0,
        })
    }

    /// Millimetres of one pixel.
    pub fn pixel_mm(&self) -> f64 {
        self.frame.width / f64::from(self.pixels.0)
    }

    /// The place in lon/lat degrees of a point of the picture (millimetres); none beyond what the system can say.
    pub fn lonlat(&self, paper: Coord<f64>) -> Option<Coord<f64>> {
        let mut place = [self.ground(paper)];
        transform_to_lonlat(self.crs, None, &mut place).ok()?;
        Some(place[0])
    }

    /// West, south, east and north in degrees of a box that holds all that the picture shows, `margin_mm` beyond its edges too;
    /// none where that is out of the system's reach altogether.
    pub fn lonlat_box(&self, margin_mm: f64) -> Option<[f64; 4]> {
        const STEPS: u32 = 16;
        let [xs, ys] = self.crs.range();
        let rim = self.frame.grown(margin_mm);
        let (low, high) = (
            self.ground(Coord {
                x: rim.x,
                y: rim.bottom(),
            }),
            self.ground(Coord {
                x: rim.right(),
                y: rim.y,
            }),
        );
        if low.x > xs[1] || high.x < xs[0] || low.y > ys[1] || high.y < ys[0] {
            return None;
        }
        let (west, east) = (low.x.max(xs[0]), high.x.min(xs[1]));
        let (south, north) = (low.y.max(ys[0]), high.y.min(ys[1]));
        let mut sides: Option<[f64; 4]> = None;
        for step in 0..=STEPS {
            let part = f64::from(step) / f64::from(STEPS);
            let (x, y) = (west + (east - west) * part, south + (north - south) * part);
            // the middle lines too: a wide box of a zone bulges between its corners
            let middle = (f64::midpoint(west, east), f64::midpoint(south, north));
            for place in [
                (x, south),
                (x, north),
                (west, y),
                (east, y),
                (x, middle.1),
                (middle.0, y),
            ] {
                let mut place = [Coord { x: place.0, y: place.1 }];
                if transform_to_lonlat(self.crs, None, &mut place).is_err() {
                    continue;
                }
                let [place] = place;
                let [west, south, east, north] = sides.unwrap_or([place.x, place.y, place.x, place.y]);
                sides = Some([
                    west.min(place.x),
                    south.min(place.y),
                    east.max(place.x),
                    north.max(place.y),
                ]);
            }
        }
        sides
    }

    /// Where places in lon/lat degrees are on the picture, in millimetres.
    ///
    /// # Errors
    /// The projection's, where a place is out of its reach.
    pub(crate) fn paper(&self, lonlat: &[Coord<f64>]) -> Result<Vec<Coord<f64>>, MapError> {
        let mut places = Vec::with_capacity(lonlat.len());
        self.each_on_paper(lonlat, |place| places.push(place))?;
        Ok(places)
    }

    /// Gives each place as [`View::paper`], in order.
    pub(super) fn each_on_paper(
        &self,
        lonlat: &[Coord<f64>],
        mut take: impl FnMut(Coord<f64>),
    ) -> Result<(), MapError> {
        // one division for all points, not two for each
        let [right, down] = self.per_mm.map(f64::recip);
        let on_paper = |place: Coord<f64>| Coord {
            x: (place.x - self.west) * right,
            y: (self.north - place.y) * down,
        };
        if self.crs == Crs::WGS84 {
            for place in lonlat {
                take(on_paper(*place));
            }
        } else if self.crs == Crs::WEB_MERCATOR {
            for place in lonlat {
                take(on_paper(mercator(*place)));
            }
        } else {
            let mut places = lonlat.to_vec();
            transform_from_lonlat(self.crs, None, &mut places)?;
            for place in places {
                take(on_paper(place));
            }
        }
        Ok(())
    }

    /// Where zero of the system is on the picture: hatches of neighbouring pictures begin there, and so meet.
    pub(crate) fn origin(&self) -> Coord<f64> {
        self.on_paper(Coord { x: 0.0, y: 0.0 })
    }

    fn on_paper(&self, place: Coord<f64>) -> Coord<f64> {
        Coord {
            x: (place.x - self.west) / self.per_mm[0],
            y: (self.north - place.y) / self.per_mm[1],
        }
    }

    fn ground(&self, paper: Coord<f64>) -> Coord<f64> {
        Coord {
            x: self.west + paper.x * self.per_mm[0],
            y: self.north - paper.y * self.per_mm[1],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::coord;

    #[test]
    fn the_square_map_is_where_proj_puts_it() {
        for place in [
            coord! {x: -78.5, y: -7.1},
            coord! {x: -70.0, y: -18.3},
            coord! {x: 0.0, y: 0.0},
        ] {
            let mut by_proj = [place];
            transform_from_lonlat(Crs::WEB_MERCATOR, None, &mut by_proj).unwrap();
            let ours = mercator(place);
            assert!(
                (ours.x - by_proj[0].x).hypot(ours.y - by_proj[0].y) < 1e-4,
                "metres: {ours:?} {by_proj:?}"
            );
        }
    }

    #[test]
    fn a_box_of_every_system_comes_back_to_its_corners_and_its_scale_is_that_of_wms() {
        for (crs, bbox) in [
            (Crs::WGS84, [-79.0, -7.0, -78.0, -6.0]),
            (Crs::WEB_MERCATOR, [-8_800_000.0, -800_000.0, -8_700_000.0, -700_000.0]),
            (
                Crs::from_epsg(32_717).unwrap(),
                [700_000.0, 9_200_000.0, 800_000.0, 9_300_000.0],
            ),
            (
                Crs::from_epsg(24_877).unwrap(),
                [700_000.0, 9_200_000.0, 800_000.0, 9_300_000.0],
            ),
        ] {
            let view = View::new(crs, bbox, (500, 400), PIXEL_MM).unwrap();
            let corner = view.lonlat(coord! {x: 0.0, y: 0.0}).unwrap();
            let back = view.paper(&[corner]).unwrap()[0];
            assert!(back.x.hypot(back.y) < 1e-3, "{crs}: {back:?}");
            let held = view.lonlat_box(0.0).unwrap();
            assert!(held[0] <= corner.x && held[3] >= corner.y, "{crs}");
        }
        let utm = View::new(
            Crs::from_epsg(32_717).unwrap(),
            [700_000.0, 9_200_000.0, 800_000.0, 9_300_000.0],
            (500, 500),
            PIXEL_MM,
        );
        // 200 m a pixel of 0.28 mm
        assert!((utm.unwrap().denominator - 714_285.714).abs() < 0.01);
    }

    #[test]
    fn a_box_beyond_the_reach_of_its_system_shows_nothing_and_a_huge_one_what_there_is() {
        let zone = Crs::from_epsg(32_717).unwrap();
        let far = View::new(zone, [9.0e6, 0.0, 9.1e6, 0.1e6], (10, 10), PIXEL_MM).unwrap();
        assert_eq!(far.lonlat_box(0.0), None);
        let huge = View::new(Crs::WEB_MERCATOR, [-9.0e7, -9.0e7, 9.0e7, 9.0e7], (256, 256), PIXEL_MM).unwrap();
        let [west, south, east, north] = huge.lonlat_box(1.0).unwrap();
        assert!(west < -179.9 && east > 179.9 && south < -84.0 && north > 84.0);
    }

    #[test]
    fn a_box_without_width_or_pixels_is_refused() {
        for (bbox, pixels) in [
            ([1.0, 0.0, 1.0, 2.0], (10, 10)),
            ([0.0, f64::NAN, 1.0, 2.0], (10, 10)),
            ([0.0, 0.0, 1.0, 2.0], (0, 10)),
        ] {
            assert!(matches!(
                View::new(Crs::WGS84, bbox, pixels, PIXEL_MM),
                Err(MapError::EmptyBox)
            ));
        }
    }
}
