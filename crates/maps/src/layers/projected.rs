//! Geometry on a picture: projected, without what no pixel shows, cut a little beyond the edges.

use super::View;
use crate::flat::{Flat, bounds, joined};
use crate::thin::thinned;
use crate::{MapError, Rect, clip};
use geo::BoundingRect;
use geo_types::{Coord, Geometry, LineString, Polygon};

/// Points nearer than this part of a pixel to the line between their neighbours are left out.
const SEEN: f64 = 0.2;
/// How far beyond the picture lines and areas go on, so that their outlines do not follow its edge.
pub const BEYOND_MM: f64 = 4.0;

impl View {
    /// A geometry in lon/lat degrees as the picture shows it.
    pub(crate) fn flat(&self, geometry: &Geometry<f64>) -> Result<Flat, MapError> {
        let mut flat = Flat::default();
        let reach = self.frame.grown(BEYOND_MM);
        self.add(geometry, &reach, &mut flat)?;
        Ok(flat)
    }

    /// The box of a geometry on the picture, in millimetres: exact where north is up and straight, nearly so elsewhere.
    pub(crate) fn box_of(&self, geometry: &Geometry<f64>) -> Option<Rect> {
        let rect = geometry.bounding_rect()?;
        let (least, most) = (rect.min(), rect.max());
        let corners = [
            least,
            most,
            Coord { x: least.x, y: most.y },
            Coord { x: most.x, y: least.y },
        ];
        bounds(self.paper(&corners).ok()?.iter())
    }

    fn add(&self, geometry: &Geometry<f64>, reach: &Rect, flat: &mut Flat) -> Result<(), MapError> {
        match geometry {
            Geometry::Point(point) => self.add_points(&[point.0], reach, flat)?,
            Geometry::MultiPoint(points) => {
                let points: Vec<Coord<f64>> = points.iter().map(|point| point.0).collect();
                self.add_points(&points, reach, flat)?;
            }
            Geometry::Line(line) => self.add_line(&LineString(vec![line.start, line.end]), reach, flat)?,
            Geometry::LineString(line) => self.add_line(line, reach, flat)?,
            Geometry::MultiLineString(lines) => lines.iter().try_for_each(|line| self.add_line(line, reach, flat))?,
            Geometry::Polygon(land) => self.add_area(land, reach, flat)?,
            Geometry::MultiPolygon(land) => land.iter().try_for_each(|part| self.add_area(part, reach, flat))?,
            Geometry::Rect(rect) => self.add_area(&rect.to_polygon(), reach, flat)?,
            Geometry::Triangle(triangle) => self.add_area(&triangle.to_polygon(), reach, flat)?,
            Geometry::GeometryCollection(parts) => parts.iter().try_for_each(|part| self.add(part, reach, flat))?,
        }
        Ok(())
    }

    fn add_points(&self, points: &[Coord<f64>], reach: &Rect, flat: &mut Flat) -> Result<(), MapError> {
        let placed = self.paper(points)?;
        flat.points.extend(placed.into_iter().filter(|point| reach.has(*point)));
        Ok(())
    }

    fn add_line(&self, line: &LineString<f64>, reach: &Rect, flat: &mut Flat) -> Result<(), MapError> {
        flat.lines.extend(clip::line(&self.thin(&line.0)?, reach));
        Ok(())
    }

    fn add_area(&self, land: &Polygon<f64>, reach: &Rect, flat: &mut Flat) -> Result<(), MapError> {
        for ring in std::iter::once(land.exterior()).chain(land.interiors()) {
            let mut points = self.thin(&ring.0)?;
            let Some(bounds) = bounds(points.iter()).filter(|_| points.len() > 3) else {
                continue;
            };
            if reach.holds(&bounds) {
                // most rings: nothing to cut
                flat.lines.push(points.clone());
                points.pop();
                flat.rings.push(points);
            } else if bounds.meets(reach) {
                let cut = clip::ring(&points[..points.len() - 1], reach);
                if cut.len() > 2 {
                    flat.lines.extend(joined(clip::line(&points, reach)));
                    flat.rings.push(cut);
                }
            }
        }
        Ok(())
    }

    /// On the picture, without points that repeat a pixel, then without those on straight stretches.
    fn thin(&self, lonlat: &[Coord<f64>]) -> Result<Vec<Coord<f64>>, MapError> {
        let near = self.pixel_mm() * SEEN;
        let last = lonlat.len().saturating_sub(1);
        let mut kept: Vec<Coord<f64>> = Vec::with_capacity(lonlat.len().min(64));
        let mut at = 0;
        self.each_on_paper(lonlat, |point| {
            let moved = kept.last().is_none_or(|before| {
                let step = point - *before;
                step.x.abs() > near || step.y.abs() > near
            });
            if moved || at == last {
                kept.push(point);
            }
            at += 1;
        })?;
        Ok(if kept.len() > 8 { thinned(kept, near) } else { kept })
    }
}
