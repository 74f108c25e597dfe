//! Geometry on paper: projected, thinned, cut at the frame.

use crate::thin::thinned;
use crate::{MapError, Rect, Window, clip};
use crs::lonlat_to_utm;
use geo_types::{Coord, Geometry, LineString, Polygon};

/// Side of what stands for land that is too small to be seen.
const SPECK_MM: f64 = 0.2;

/// A geometry as the frame shows it, in millimetres of paper.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    /// Areas, for filling by the even-odd rule; the first point is not repeated.
    pub rings: Vec<Vec<Coord<f64>>>,
    /// Lines and outlines, without the edges of the frame.
    pub lines: Vec<Vec<Coord<f64>>>,
    /// Points.
    pub points: Vec<Coord<f64>>,
}

impl Flat {
    /// A geometry in lon/lat WGS 84 degrees as the window shows it.
    pub fn of(geometry: &Geometry<f64>, window: &Window) -> Result<Self, MapError> {
        let mut flat = Self::default();
        flat.add(geometry, window)?;
        Ok(flat)
    }

    /// Whether nothing of it is in the frame.
    pub fn is_empty(&self) -> bool {
        self.rings.is_empty() && self.lines.is_empty() && self.points.is_empty()
    }

    /// The box of its areas.
    pub fn bounds(&self) -> Option<Rect> {
        bounds(self.rings.iter().flatten())
    }

    fn add(&mut self, geometry: &Geometry<f64>, window: &Window) -> Result<(), MapError> {
        match geometry {
            Geometry::Point(point) => self.point(point.0, window)?,
            Geometry::MultiPoint(points) => {
                points.iter().try_for_each(|point| self.point(point.0, window))?;
            }
            Geometry::Line(line) => self.line(&LineString(vec![line.start, line.end]), window)?,
            Geometry::LineString(line) => self.line(line, window)?,
            Geometry::MultiLineString(lines) => lines.iter().try_for_each(|line| self.line(line, window))?,
            Geometry::Polygon(land) => self.area(land, window)?,
            Geometry::MultiPolygon(land) => land.iter().try_for_each(|part| self.area(part, window))?,
            Geometry::Rect(rect) => self.area(&rect.to_polygon(), window)?,
            Geometry::Triangle(triangle) => self.area(&triangle.to_polygon(), window)?,
            Geometry::GeometryCollection(parts) => {
                parts.iter().try_for_each(|part| self.add(part, window))?;
            }
        }
        Ok(())
    }

    fn point(&mut self, point: Coord<f64>, window: &Window) -> Result<(), MapError> {
        let placed = on_paper(&[point], window)?;
        self.points
            .extend(placed.into_iter().filter(|point| window.frame.has(*point)));
        Ok(())
    }

    fn line(&mut self, line: &LineString<f64>, window: &Window) -> Result<(), MapError> {
        let points = thinned(on_paper(&line.0, window)?, clip::SEEN_MM);
        self.lines.extend(clip::line(&points, &window.frame));
        Ok(())
    }

    /// Land that is too small to be seen is a square that is not.
    fn speck(&mut self, points: &[Coord<f64>], window: &Window) {
        let Some(bounds) = bounds(points.iter()).filter(|bounds| window.frame.has(bounds.centre())) else {
            return;
        };
        let square = Rect::about(bounds.centre(), SPECK_MM, SPECK_MM).corners();
        self.lines.push(square.iter().chain(&square[..1]).copied().collect());
        self.rings.push(square);
    }

    fn area(&mut self, land: &Polygon<f64>, window: &Window) -> Result<(), MapError> {
        let rings = std::iter::once((true, land.exterior())).chain(land.interiors().iter().map(|hole| (false, hole)));
        for (outer, ring) in rings {
            let points = thinned(on_paper(&ring.0, window)?, clip::SEEN_MM);
            if points.len() < 4 {
                if outer {
                    self.speck(&points, window);
                }
                continue;
            }
            self.lines.extend(joined(clip::line(&points, &window.frame)));
            let cut = clip::ring(&points[..points.len() - 1], &window.frame);
            if cut.len() > 2 {
                self.rings.push(cut);
            }
        }
        Ok(())
    }
}

/// The box of points.
pub fn bounds<'a>(points: impl Iterator<Item = &'a Coord<f64>>) -> Option<Rect> {
    let mut sides: Option<[f64; 4]> = None;
    for point in points {
        let [west, top, east, bottom] = sides.unwrap_or([point.x, point.y, point.x, point.y]);
        sides = Some([
            west.min(point.x),
            top.min(point.y),
            east.max(point.x),
            bottom.max(point.y),
        ]);
    }
    sides.map(|[west, top, east, bottom]| Rect::new(west, top, east - west, bottom - top))
}

/// The last part of a cut ring runs into the first where the ring began inside.
pub fn joined(mut parts: Vec<Vec<Coord<f64>>>) -> Vec<Vec<Coord<f64>>> {
    let runs_on = parts.len() > 1 && parts.last().and_then(|part| part.last()) == parts[0].first();
    if runs_on && let Some(mut last) = parts.pop() {
        last.extend_from_slice(&parts[0][1..]);
        parts[0] = last;
    }
    parts
}

fn on_paper(lonlat: &[Coord<f64>], window: &Window) -> Result<Vec<Coord<f64>>, MapError> {
    let mut metres = lonlat.to_vec();
    lonlat_to_utm(&mut metres, window.zone)?;
    Ok(metres.into_iter().map(|place| window.paper(place)).collect())
}
