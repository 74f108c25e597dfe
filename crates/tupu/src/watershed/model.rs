//! A drained elevation model as drawings want it: heights, lines and land in degrees, and the place that a point belongs to.

use super::ground::{Deriving, Drained, mean_cell};
use super::progress::Progress;
use crate::exit::refuse;
use clap::Args;
use crs::{Crs, transform_from_lonlat, transform_to_lonlat};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use maps::{Heights, smoothed};
use reports::ModelSource;
use std::path::PathBuf;
use store::{Snapshot, Store};
use territory::{EditionMeta, LayerKind, Metres};
use watershed::{Border, Catchment, Corner, Grid, NODATA, Outline, Snap, Waters, borders};

/// How often a line that follows cells is smoothed before it is drawn.
const SMOOTH: u32 = 4;

/// A drained model and its streams.
pub struct Model {
    pub waters: Waters,
    pub source: ModelSource,
}

/// Where a model comes from: files of heights, or the drainage that a store has.
#[derive(Args)]
pub struct Relief {
    /// El modelo de elevación: GeoTIFF, COG, .asc o .hgt; varios archivos de una misma grilla hacen un mosaico. Sin él, el drenaje
    /// publicado en el almacén de --store, con el umbral con que se publicó.
    #[arg(value_name = "MDE", required_unless_present = "store")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    how: Deriving,
}

/// The place of a stream that a point was led to.
pub struct Led {
    /// The point asked for, in the model's coordinates.
    pub asked: [f64; 2],
    pub snap: Snap,
    /// The cell of the stream.
    pub mouth: u32,
}

impl Relief {
    /// The model: of the files, else the one of the store that holds the point; the only one where no point is asked for.
    pub fn model(
        &self,
        held: Option<&(Store, Snapshot)>,
        point: Option<[f64; 2]>,
        progress: &mut Progress,
    ) -> anyhow::Result<Model> {
        match held {
            Some(held) if self.files.is_empty() => Model::held(held, point),
            _ => Ok(Model::of(
                self.how.drain(&self.files, progress)?,
                &self.files,
                self.how.threshold,
            )),
        }
    }
}

impl Model {
    /// Finds the streams.
    fn of(drained: Drained, files: &[PathBuf], threshold_m2: f64) -> Self {
        let names = files.iter().filter_map(|file| file.file_name());
        let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
        let grid = drained.drainage.grid();
        let source = ModelSource {
            title: names.join(", "),
            cell: (grid.placement().width, grid.crs().is_geographic()),
            threshold: threshold_m2 / 1e4,
            synthetic: false,
        };
        Self {
            waters: Waters::new(drained.drainage, drained.threshold, None),
            source,
        }
    }

    /// The drainage that a store has.
    fn held((store, snapshot): &(Store, Snapshot), point: Option<[f64; 2]>) -> anyhow::Result<Self> {
        let mut found = Vec::new();
        for edition in snapshot.collection(LayerKind::Drainage) {
            for feature in edition.features.iter() {
                if let Some(waters) = store.waters_of(feature)? {
                    let model = Self::published(waters, &edition.meta);
                    let holds = match point {
                        Some(point) => model.grid().cell_at(model.place(point)?).is_some(),
                        None => true,
                    };
                    found.extend(holds.then_some(model));
                }
            }
        }
        match (found.len(), point) {
            (0, None) => refuse(
                "El almacén no tiene ningún drenaje publicado para esa fecha: publíquelo con «tupu watershed publish», o dé un modelo de \
                 elevación.",
            ),
            (0, Some(_)) => refuse(
                "No se puede determinar: ningún drenaje publicado en el almacén contiene el punto; revise sus coordenadas, o dé un modelo \
                 de elevación de esa zona.",
            ),
            (1, _) | (_, Some(_)) => Ok(found.swap_remove(0)),
            _ => refuse("El almacén tiene varios drenajes publicados: diga de cuál con --point."),
        }
    }

    fn published(waters: Waters, meta: &EditionMeta) -> Self {
        let grid = waters.grid();
        let source = ModelSource {
            title: format!("{} ({}, edición {})", meta.title, meta.series.publisher, meta.id),
            cell: (grid.placement().width, grid.crs().is_geographic()),
            threshold: f64::from(waters.network().threshold) * mean_cell(grid) / 1e4,
            synthetic: meta.synthetic,
        };
        Self { waters, source }
    }

    pub fn grid(&self) -> &Grid {
        self.waters.grid()
    }

    pub fn heights(&self) -> Heights<'_> {
        let (grid, place) = (self.grid(), self.grid().placement());
        Heights {
            crs: grid.crs(),
            west: place.west,
            north: place.north,
            cell: [place.width, place.height],
            columns: grid.columns(),
            millimetres: self.waters.drained().filled.millimetres(),
            missing: NODATA,
        }
    }

    /// A point of the command in the model's coordinates: degrees are told by their size where the model has metres.
    pub fn place(&self, [x, y]: [f64; 2]) -> anyhow::Result<[f64; 2]> {
        let degrees = x.abs() <= 180.0 && y.abs() <= 90.0;
        if self.grid().crs().is_geographic() || !degrees {
            return Ok([x, y]);
        }
        let mut place = [Coord { x, y }];
        match transform_from_lonlat(self.grid().crs(), None, &mut place) {
            Ok(_) => Ok([place[0].x, place[0].y]),
            Err(error) => refuse(error.sentence_es()),
        }
    }

    /// Leads a point to the nearest stream within a distance.
    pub fn led(&self, point: [f64; 2], limit: Metres) -> anyhow::Result<Led> {
        let asked = self.place(point)?;
        match self.waters.snap(asked, limit) {
            Ok((snap, mouth)) => Ok(Led {
                asked,
                mouth: mouth.cell,
                snap,
            }),
            Err(why) => refuse(why.sentence_es().unwrap_or_default()),
        }
    }

    /// Places of the model in lon/lat degrees.
    pub fn lonlat(&self, places: impl IntoIterator<Item = [f64; 2]>) -> anyhow::Result<Vec<Coord<f64>>> {
        to_lonlat(
            self.grid().crs(),
            places.into_iter().map(|[x, y]| Coord { x, y }).collect(),
        )
    }

    /// Order and line of each reach in degrees, without stairs.
    pub fn streams(&self) -> anyhow::Result<Vec<(u8, LineString<f64>)>> {
        let mut out = Vec::with_capacity(self.waters.network().reaches.len());
        for reach in &self.waters.network().reaches {
            let mut line = self.lonlat(reach.line(self.waters.drained()))?;
            if line.len() == 1 {
                line.push(line[0]);
            }
            out.push((reach.strahler, LineString(smoothed(line, false, SMOOTH))));
        }
        Ok(out)
    }

    /// The borders of outlines in degrees, each once and without stairs.
    pub fn borders(&self, outlines: &[Outline]) -> anyhow::Result<Vec<LineString<f64>>> {
        let lines = borders(outlines).into_iter().map(|Border { corners, closed }| {
            let mut line = smoothed(self.corners(&corners)?, closed, SMOOTH);
            line.extend(closed.then(|| line[0]));
            Ok(LineString(line))
        });
        lines.collect()
    }

    /// The land of an outline in degrees; smooth for drawing.
    pub fn land(&self, outline: &Outline, smooth: bool) -> anyhow::Result<MultiPolygon<f64>> {
        let ring = |corners: &Vec<Corner>| -> anyhow::Result<LineString<f64>> {
            let mut line = if smooth {
                smoothed(self.corners(&every(corners))?, true, SMOOTH)
            } else {
                self.corners(corners)?
            };
            line.extend(line.first().copied());
            Ok(LineString(line))
        };
        let mut parts = Vec::new();
        for (outer, holes) in &outline.parts {
            parts.push(Polygon::new(
                ring(outer)?,
                holes.iter().map(ring).collect::<anyhow::Result<_>>()?,
            ));
        }
        Ok(MultiPolygon(parts))
    }

    /// The whole model as west, south, east and north in its coordinates.
    pub fn bounds(&self) -> [f64; 4] {
        let grid = self.grid();
        let ([west, north], [east, south]) = (grid.corner(0, 0), grid.corner(grid.columns(), grid.rows()));
        [west, south, east, north]
    }

    /// The land of a catchment in its units, and whether on the ellipsoid: hectares.
    pub fn hectares(&self, catchment: &Catchment) -> (f64, bool) {
        (catchment.area / 1e4, self.grid().crs().is_geographic())
    }

    fn corners(&self, corners: &[Corner]) -> anyhow::Result<Vec<Coord<f64>>> {
        let grid = self.grid();
        self.lonlat(
            corners
                .iter()
                .map(|[column, row]| grid.corner(*column as usize, *row as usize)),
        )
    }
}

/// A ring with every corner that it passes.
fn every(ring: &[Corner]) -> Vec<Corner> {
    let mut out = Vec::new();
    for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let steps = from[0].abs_diff(to[0]) + from[1].abs_diff(to[1]);
        let along = |from: u32, to: u32, step: u32| match from.cmp(&to) {
            std::cmp::Ordering::Less => from + step,
            std::cmp::Ordering::Equal => from,
            std::cmp::Ordering::Greater => from - step,
        };
        out.extend((0..steps).map(|step| [along(from[0], to[0], step), along(from[1], to[1], step)]));
    }
    out
}

/// Coordinates of a system as lon/lat degrees.
fn to_lonlat(crs: Crs, mut places: Vec<Coord<f64>>) -> anyhow::Result<Vec<Coord<f64>>> {
    match transform_to_lonlat(crs, None, &mut places) {
        Ok(_) => Ok(places),
        Err(error) => refuse(error.sentence_es()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_gets_every_corner_that_it_passes_once() {
        let ring = [[1, 1], [4, 1], [4, 2], [1, 2]];
        let all = every(&ring);
        assert_eq!(all, [[1, 1], [2, 1], [3, 1], [4, 1], [4, 2], [3, 2], [2, 2], [1, 2]]);
    }
}
