//! What somebody asks of a sheet, and the land that it may show.

use crs::{Crs, TransformError, UtmZone, transform_to_lonlat};
use geo::BoundingRect;
use geo_types::{Coord, MultiPolygon, Polygon};
use maps::{Fit, LayerNeeds, Layout, MapError, Paper, Rect, Window};

/// A sheet of layers that somebody asks for.
#[derive(Clone, Debug)]
pub struct LayerSheetAsk {
    /// The land that has to be on it, in lon/lat WGS 84 degrees; the frame shows more round it.
    pub land: MultiPolygon<f64>,
    /// The zone of its grid; none for that of the middle of the land.
    pub zone: Option<UtmZone>,
    /// Its paper.
    pub paper: Paper,
    /// Whether it lies on its long side; none for the way that shows the land larger.
    pub lying: Option<bool>,
    /// Denominator; none for the least round one of [`Fit::Fine`] that fits.
    pub scale: Option<u32>,
    /// Its title; none for the names of the layers.
    pub title: Option<String>,
    /// Whether names are written on the map.
    pub names: bool,
}

/// The least part of the page's height that a frame takes.
const LEAST_FRAME: f64 = 0.4;

impl LayerSheetAsk {
    /// The land of a box `[west, south, east, north]` of a coordinate system, its sides as straight as they are there.
    ///
    /// # Errors
    /// When the system cannot say it in degrees.
    pub fn land_of(crs: Crs, [west, south, east, north]: [f64; 4]) -> Result<MultiPolygon<f64>, TransformError> {
        const STEPS: u32 = 16;
        let corners = [
            (west, south),
            (east, south),
            (east, north),
            (west, north),
            (west, south),
        ];
        let mut rim: Vec<Coord<f64>> = Vec::new();
        for pair in corners.windows(2) {
            let [(x, y), (to_x, to_y)] = [pair[0], pair[1]];
            rim.extend((0..STEPS).map(|step| {
                let part = f64::from(step) / f64::from(STEPS);
                Coord {
                    x: x + (to_x - x) * part,
                    y: y + (to_y - y) * part,
                }
            }));
        }
        transform_to_lonlat(crs, None, &mut rim)?;
        Ok(MultiPolygon(vec![Polygon::new(rim.into(), Vec::new())]))
    }

    /// The same with its zone and its way said, which the usual ones are looked up for.
    ///
    /// # Errors
    /// [`MapError::NoLand`], [`MapError::NoZone`], the projection's.
    pub fn resolved(mut self) -> Result<Self, MapError> {
        let middle = self.land.bounding_rect().ok_or(MapError::NoLand)?.center();
        let zone = match self.zone {
            Some(zone) => zone,
            None => UtmZone::of_longitude(middle.x).ok_or(MapError::NoZone { lon: middle.x })?,
        };
        self.zone = Some(zone);
        if self.lying.is_none() {
            let upright = self.closest(zone, false)?;
            self.lying = Some(self.closest(zone, true)? < upright);
        }
        Ok(self)
    }

    /// The closest scale of the land on a page, standing or lying.
    fn closest(&self, zone: UtmZone, lying: bool) -> Result<f64, MapError> {
        const USUAL: LayerNeeds<'_> = LayerNeeds {
            sources: "",
            legend_mm: 45.0,
            locator: true,
        };
        let layout = Layout::layers(self.paper, lying, USUAL)?;
        Ok(Window::round(zone, &self.land, layout.frame, Fit::Close)?.denominator)
    }

    /// Whether it lies; a sheet that nobody looked up stands.
    pub(crate) fn lies(&self) -> bool {
        self.lying.unwrap_or(false)
    }

    /// The window of the land in a layout.
    pub(crate) fn window(&self, layout: &Layout) -> Result<Window, MapError> {
        let zone = self.zone.ok_or(MapError::NoLand)?;
        let fit = self.scale.map_or(Fit::Fine, Fit::Scale);
        Window::round(zone, &self.land, layout.frame, fit)
    }

    /// West, south, east and north in degrees of all that the sheet may show, whatever room its legend takes: where to look for
    /// features.
    ///
    /// # Errors
    /// [`MapError::DoesNotFit`] with the least round scale that fits, the projection's.
    pub fn reach(&self) -> Result<[f64; 4], MapError> {
        self.reach_window()?.lonlat_box()
    }

    /// The largest frame that the page may have, at the scale that the smallest would want.
    pub(super) fn reach_window(&self) -> Result<Window, MapError> {
        let none = LayerNeeds {
            sources: "",
            legend_mm: 0.0,
            locator: false,
        };
        let mut layout = Layout::layers(self.paper, self.lies(), none)?;
        let largest = layout.frame;
        let window = self.window(&layout)?;
        if self.scale.is_some() {
            return Ok(window);
        }
        layout.frame = Rect::new(largest.x, largest.y, largest.width, LEAST_FRAME * layout.height_mm);
        let denominator = self.window(&layout)?.denominator;
        let middle = window.ground(largest.centre());
        let metres = denominator / 1000.0;
        Ok(Window {
            west: middle.x - largest.width / 2.0 * metres,
            north: middle.y + largest.height / 2.0 * metres,
            denominator,
            ..window
        })
    }
}
