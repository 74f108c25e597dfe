//! Which land is seen, and how large: metres of a UTM zone to millimetres of a frame.

use crate::{MapError, Rect};
use crs::{Crs, UtmZone, lonlat_to_utm, utm_to_lonlat};
use geo::{BoundingRect, CoordsIter};
use geo_types::{Coord, Geometry, MultiPolygon};

/// The denominators of round scales.
pub const ROUND_SCALES: [u32; 12] = [
    1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
];
/// What the denominators of [`Fit::Fine`] begin with.
const FINE: [f64; 10] = [1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5];
/// Denominators that may be asked for.
const ASKED: std::ops::RangeInclusive<u32> = 500..=10_000_000;
/// Part of the frame that stays free round the land at the least; less where a box was asked for.
const ROOM: f64 = 0.08;
const FINE_ROOM: f64 = 0.02;
const MM_OF_A_METRE: f64 = 1000.0;

/// How the scale is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// As large as the land allows, with two figures.
    #[default]
    Close,
    /// The least round denominator that fits.
    Round,
    /// The least of 1:1 000, 1:1 250, 1:1 500, 1:2 000 and so on that fits, up to 1:20 000 000, with little room round the land.
    Fine,
    /// One over this.
    Scale(u32),
}

/// A rectangle of land in a frame of paper. North of the grid is up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Zone of the metres.
    pub zone: UtmZone,
    /// Frame on paper, in millimetres.
    pub frame: Rect,
    /// Easting of the frame's left edge, metres.
    pub west: f64,
    /// Northing of the frame's top edge, metres.
    pub north: f64,
    /// Metres on the ground for one on paper.
    pub denominator: f64,
}

impl Window {
    /// The land (lon/lat WGS 84 degrees) in the middle of a frame.
    ///
    /// # Errors
    /// [`MapError::NoLand`], [`MapError::DoesNotFit`] with the least round scale that fits, [`MapError::Scale`] for one out of
    /// 1:500 to 1:10 000 000, and the projection's.
    pub fn round(zone: UtmZone, land: &MultiPolygon<f64>, frame: Rect, fit: Fit) -> Result<Self, MapError> {
        let mut metres: Vec<Coord<f64>> = land.coords_iter().collect();
        lonlat_to_utm(&mut metres, zone)?;
        let bounds = geo_types::MultiPoint::from(metres)
            .bounding_rect()
            .ok_or(MapError::NoLand)?;
        let (width, height) = (bounds.width().max(10.0), bounds.height().max(10.0));
        let room = if fit == Fit::Fine { FINE_ROOM } else { ROOM };
        let inner = (frame.width * (1.0 - 2.0 * room), frame.height * (1.0 - 2.0 * room));
        let least = (width / inner.0).max(height / inner.1) * MM_OF_A_METRE;
        // an asked scale may use the whole frame but for a millimetre on each side
        let tight = (width / (frame.width - 2.0)).max(height / (frame.height - 2.0)) * MM_OF_A_METRE;
        let denominator = match fit {
            Fit::Close => two_figures(least),
            Fit::Round => f64::from(round_scale(least)?),
            Fit::Fine => fine_scale(least)?,
            Fit::Scale(asked) if !ASKED.contains(&asked) => return Err(MapError::Scale { asked }),
            Fit::Scale(asked) if f64::from(asked) < tight => {
                return Err(MapError::DoesNotFit {
                    asked,
                    fits: round_scale(tight)?,
                });
            }
            Fit::Scale(asked) => f64::from(asked),
        };
        let centre = bounds.center();
        Ok(Self {
            zone,
            frame,
            west: centre.x - frame.width / 2.0 * denominator / MM_OF_A_METRE,
            north: centre.y + frame.height / 2.0 * denominator / MM_OF_A_METRE,
            denominator,
        })
    }

    /// Metres of ground in a millimetre of paper.
    pub fn metres_per_mm(&self) -> f64 {
        self.denominator / MM_OF_A_METRE
    }

    /// Where a place (easting, northing in metres) is on paper.
    pub fn paper(&self, metres: Coord<f64>) -> Coord<f64> {
        Coord {
            x: self.frame.x + (metres.x - self.west) / self.metres_per_mm(),
            y: self.frame.y + (self.north - metres.y) / self.metres_per_mm(),
        }
    }

    /// Easting and northing in metres of a point on paper.
    pub fn ground(&self, paper: Coord<f64>) -> Coord<f64> {
        Coord {
            x: self.west + (paper.x - self.frame.x) * self.metres_per_mm(),
            y: self.north - (paper.y - self.frame.y) * self.metres_per_mm(),
        }
    }

    /// West, south, east and north in degrees of a box that holds all that the frame shows.
    ///
    /// # Errors
    /// The projection's.
    pub fn lonlat_box(&self) -> Result<[f64; 4], MapError> {
        const STEPS: u32 = 8;
        let mut rim = Vec::new();
        for step in 0..=STEPS {
            let part = f64::from(step) / f64::from(STEPS);
            let (x, y) = (
                self.frame.x + self.frame.width * part,
                self.frame.y + self.frame.height * part,
            );
            rim.extend([
                Coord { x, y: self.frame.y },
                Coord {
                    x,
                    y: self.frame.bottom(),
                },
                Coord { x: self.frame.x, y },
                Coord {
                    x: self.frame.right(),
                    y,
                },
            ]);
        }
        // a frame may be larger than what its zone can say: nothing that it could show lies beyond
        let [xs, ys] = Crs::utm(self.zone).range();
        let said = |place: Coord<f64>| Coord {
            x: place.x.clamp(xs[0], xs[1]),
            y: place.y.clamp(ys[0], ys[1]),
        };
        let mut rim: Vec<Coord<f64>> = rim.into_iter().map(|point| said(self.ground(point))).collect();
        utm_to_lonlat(&mut rim, self.zone)?;
        let bounds = geo_types::MultiPoint::from(rim)
            .bounding_rect()
            .ok_or(MapError::NoLand)?;
        Ok([bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y])
    }

    /// Metres between the lines of the grid: a round number that is 18 to 45 mm on paper, more where letters are so much larger.
    pub fn grid_step(&self, letters: f64) -> f64 {
        const STEPS: [f64; 16] = [
            10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6,
        ];
        let wanted = 18.0 * letters * self.metres_per_mm();
        STEPS.into_iter().find(|step| *step >= wanted).unwrap_or(1e6)
    }

    /// The middle of the frame in lon/lat degrees.
    ///
    /// # Errors
    /// The projection's.
    pub fn centre(&self) -> Result<Coord<f64>, MapError> {
        let mut centre = [self.ground(self.frame.centre())];
        utm_to_lonlat(&mut centre, self.zone)?;
        Ok(centre[0])
    }

    /// Whether any of the geometry's box may be in the frame, whose box in degrees is given.
    pub(crate) fn may_show(geometry: &Geometry<f64>, [west, south, east, north]: [f64; 4]) -> bool {
        geometry.bounding_rect().is_some_and(|bounds| {
            bounds.min().x <= east && bounds.max().x >= west && bounds.min().y <= north && bounds.max().y >= south
        })
    }
}

/// Degrees from true north to grid north at a place, positive where grid north lies east of it.
pub fn convergence_degrees(zone: UtmZone, lonlat: Coord<f64>) -> f64 {
    let from_meridian = (lonlat.x - zone.central_meridian()).to_radians();
    (from_meridian.tan() * lonlat.y.to_radians().sin()).atan().to_degrees()
}

fn round_scale(least: f64) -> Result<u32, MapError> {
    let fits = ROUND_SCALES.into_iter().find(|scale| f64::from(*scale) >= least);
    fits.ok_or(MapError::TooLarge)
}

/// The least round denominator, of many.
fn fine_scale(least: f64) -> Result<f64, MapError> {
    const MOST: f64 = 20_000_000.0;
    let mut unit = 1_000.0;
    while unit <= MOST {
        let fits = FINE.into_iter().map(|times| times * unit).find(|scale| *scale >= least);
        if let Some(fits) = fits.filter(|scale| *scale <= MOST) {
            return Ok(fits);
        }
        unit *= 10.0;
    }
    Err(MapError::TooLarge)
}

/// The next number with two figures.
fn two_figures(value: f64) -> f64 {
    let unit = 10_f64.powi(if value < 1.0 { 0 } else { digits(value) - 2 }.max(0));
    (value / unit).ceil() * unit
}

/// How many figures the whole part has.
fn digits(value: f64) -> i32 {
    let mut left = value;
    let mut count = 0;
    while left >= 1.0 && count < 18 {
        left /= 10.0;
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{Rect as Box, coord};

    fn land(km: f64) -> MultiPolygon<f64> {
        let mut corners: Vec<Coord<f64>> = Box::new(
            coord! {x: 760_000.0, y: 9_240_000.0},
            coord! {x: 760_000.0 + km * 1000.0, y: 9_240_000.0 + km * 1000.0},
        )
        .to_polygon()
        .exterior()
        .0
        .clone();
        utm_to_lonlat(&mut corners, UtmZone::Z17).unwrap();
        MultiPolygon(vec![geo_types::Polygon::new(corners.into(), vec![])])
    }

    const FRAME: Rect = Rect::new(10.0, 10.0, 200.0, 150.0);

    #[test]
    fn the_least_round_scale_that_fits_is_chosen_and_the_land_is_in_the_middle() {
        let window = Window::round(UtmZone::Z17, &land(5.0), FRAME, Fit::Round).unwrap();
        assert!((window.denominator - 50_000.0).abs() < 1e-9);
        let middle = window.ground(FRAME.centre());
        assert!((middle.x - 762_500.0).abs() < 0.01 && (middle.y - 9_242_500.0).abs() < 0.01);
        let corner = window.paper(coord! {x: 760_000.0, y: 9_240_000.0});
        assert!(
            (corner.x - 60.0).abs() < 1e-3 && (corner.y - 135.0).abs() < 1e-3,
            "{corner:?}"
        );
    }

    #[test]
    fn a_scale_that_does_not_fit_names_the_one_that_does() {
        let error = Window::round(UtmZone::Z17, &land(5.0), FRAME, Fit::Scale(10_000)).unwrap_err();
        assert!(
            matches!(
                error,
                MapError::DoesNotFit {
                    asked: 10_000,
                    fits: 50_000
                }
            ),
            "{error}"
        );
        assert!(error.sentence_es().contains("1:50\u{a0}000"), "{}", error.sentence_es());
        assert!(Window::round(UtmZone::Z17, &land(5.0), FRAME, Fit::Scale(50_000)).is_ok());
        assert!(matches!(
            Window::round(UtmZone::Z17, &land(5.0), FRAME, Fit::Scale(10)),
            Err(MapError::Scale { asked: 10 })
        ));
        let nothing = MultiPolygon(Vec::new());
        assert!(matches!(
            Window::round(UtmZone::Z17, &nothing, FRAME, Fit::Round),
            Err(MapError::NoLand)
        ));
    }

    #[test]
    fn the_box_holds_what_the_frame_shows() {
        let window = Window::round(UtmZone::Z17, &land(5.0), FRAME, Fit::Close).unwrap();
        let [west, south, east, north] = window.lonlat_box().unwrap();
        let mut corners: Vec<Coord<f64>> = FRAME.corners().into_iter().map(|at| window.ground(at)).collect();
        utm_to_lonlat(&mut corners, UtmZone::Z17).unwrap();
        assert!(
            corners
                .iter()
                .all(|at| at.x >= west && at.x <= east && at.y >= south && at.y <= north)
        );
    }

    #[test]
    fn grid_north_lies_west_of_true_north_east_of_the_meridian_in_the_south() {
        let turn = convergence_degrees(UtmZone::Z17, coord! {x: -78.5, y: -7.0});
        assert!((turn + 0.305).abs() < 0.01, "{turn}");
    }

    #[test]
    fn a_fine_scale_is_the_least_of_many_and_leaves_little_room() {
        for (least, fits) in [
            (900.0, 1_000.0),
            (1_010.0, 1_250.0),
            (62_000.0, 75_000.0),
            (76_000.0, 100_000.0),
            (4.9e6, 5e6),
            (16e6, 20e6),
        ] {
            assert!((fine_scale(least).unwrap() - fits).abs() < 1e-9, "{least}");
        }
        assert!(matches!(fine_scale(20_000_001.0), Err(MapError::TooLarge)));
        let window = Window::round(UtmZone::Z17, &land(5.0), FRAME, Fit::Fine).unwrap();
        assert!((window.denominator - 40_000.0).abs() < 1e-9, "{}", window.denominator);
    }

    #[test]
    fn scales_are_rounded_up_to_two_figures() {
        assert!((two_figures(43_210.0) - 44_000.0).abs() < 1e-9);
        assert!((two_figures(9_000.0) - 9_000.0).abs() < 1e-9);
    }
}
