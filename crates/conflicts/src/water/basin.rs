//! The land that drains to a point, drawn: the one answer that walks the whole catchment.

use super::answer::SnapOut;
use super::laid::{lonlat_of, on_grid, one_after_another};
use super::model::WaterModel;
use super::question::{Asked, WaterQuestion, water_answer};
use super::{Direction, ModelOut, WaterAnswer};
use crate::Fixed;
use geo::{CoordsIter, MapCoordsInPlace, Orient, orient};
use geo_types::{Coord, Geometry, MultiPolygon, Point};
use serde::Serialize;
use std::cell::Cell;
use territory::Metres;
use watershed::{Above, catchment_of};

/// The catchment of a point.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BasinOut {
    /// The model.
    pub model: ModelOut,
    /// How the point came to its stream.
    pub snap: SnapOut,
    /// Hectares by whole cells, of the model's kind.
    pub area_ha: Fixed<2>,
    /// Lowest and highest filled height in metres.
    pub heights_m: [Fixed<1>; 2],
    /// Their difference.
    pub relief_m: Fixed<1>,
    /// Order by Strahler of the stream at the point.
    pub order: u8,
    /// Kilometres of modelled streams whose reaches drain there whole.
    pub streams_km: Fixed<3>,
    /// Kilometres of the longest way of water to the point.
    pub longest_way_km: Fixed<3>,
    /// Cells.
    pub cells: u64,
    /// Its land, longitude and latitude WGS 84.
    #[serde(skip)]
    pub land: MultiPolygon<f64>,
}

/// Why there is no catchment.
#[derive(Clone, Debug, PartialEq)]
pub enum NoBasin {
    /// No place of a stream: the answer says which and why.
    Nowhere(Box<WaterAnswer>),
    /// More ground than may be walked.
    TooLarge {
        /// Its hectares.
        hectares: f64,
    },
}

/// Draws what drains to a point (longitude, latitude). Canals are not followed: the relief alone is drawn.
///
/// Walks each cell of the catchment once, some 40 bytes for each: its hectares are known before the walk, and `most_ha` are the limit.
///
/// # Errors
/// [`NoBasin`].
pub fn basin(models: &[WaterModel], point: [f64; 2], (limit, most_ha): (Metres, f64)) -> Result<BasinOut, NoBasin> {
    let question = WaterQuestion {
        asked: Asked::Point(point),
        direction: Direction::Upstream,
        limit,
    };
    let place = Geometry::Point(Point::new(point[0], point[1]));
    let found = models.iter().find_map(|model| {
        let Geometry::Point(at) = on_grid(model.waters.grid(), &place)? else {
            return None;
        };
        let (snap, mouth) = model.waters.snap([at.x(), at.y()], limit).ok()?;
        Some((model, snap, mouth))
    });
    let Some((model, snap, mouth)) = found else {
        return Err(NoBasin::Nowhere(Box::new(water_answer(models, &question))));
    };
    let waters = &*model.waters;
    let above = Above::of(waters, &watershed::Canals::default(), &[mouth.cell]);
    let hectares = above.ground() as f64 / 1e10;
    if hectares > most_ha {
        return Err(NoBasin::TooLarge { hectares });
    }
    let Some(catchment) = catchment_of(waters.drained(), mouth.cell, waters.network().threshold) else {
        return Err(NoBasin::Nowhere(Box::new(water_answer(models, &question))));
    };
    let grid = waters.grid();
    let mut land = catchment.polygon(grid);
    let mut corners: Vec<Coord<f64>> = land.coords_iter().collect();
    if crs::transform_to_lonlat(grid.crs(), None, &mut corners).is_err() {
        return Err(NoBasin::Nowhere(Box::new(water_answer(models, &question))));
    }
    land.map_coords_in_place(one_after_another(&corners, &Cell::new(0)));
    let land = land.orient(orient::Direction::Default);
    let metres = |millimetres: i32| Fixed(f64::from(millimetres) / 1000.0);
    let reaches = above.sources().iter().flat_map(|source| source.reaches.clone());
    let streams: u64 = reaches.map(|reach| u64::from(waters.flow().length(reach))).sum();
    Ok(BasinOut {
        model: model.out(),
        snap: SnapOut {
            distance_m: Some(Fixed(snap.distance.0)),
            limit_m: Fixed(limit.0),
            at: lonlat_of(grid.crs(), snap.at).map(|at| at.map(Fixed)),
        },
        area_ha: Fixed(above.ground() as f64 / 1e10),
        heights_m: catchment.heights.map(metres),
        relief_m: Fixed(catchment.relief()),
        order: catchment.order,
        streams_km: Fixed(streams as f64 / 1e6),
        longest_way_km: Fixed(f64::from(catchment.longest_way()) / 1e6),
        cells: catchment.cells.len() as u64,
        land,
    })
}
