//! The layers of a store over a model: which rights lie in a catchment or along a river.

use super::model::Model;
use crate::exit::refuse;
use crate::{clock, times::Times};
use clap::Args;
use crs::transform_from_lonlat;
use geo::{CoordsIter, MapCoordsInPlace};
use geo_types::{Coord, Geometry};
use std::cell::Cell;
use std::path::PathBuf;
use store::{Snapshot, SnapshotOptions, Store};
use territory::{Feature, Visibility};
use watershed::covered_cells;

/// Where layers come from.
#[derive(Args)]
pub struct Layers {
    /// Un almacén (GeoPackage): dibuja también sus derechos mineros, comunidades, manantiales y lagunas; sin MDE, el drenaje también es suyo.
    #[arg(long, value_name = "ALMACEN")]
    store: Option<PathBuf>,
    #[command(flatten)]
    times: Times,
}

impl Layers {
    /// The store and what everybody may see of it, if there is one.
    pub fn held(&self) -> anyhow::Result<Option<(Store, Snapshot)>> {
        let Some(path) = &self.store else {
            if self.times.are_stated() {
                return refuse("--valid-at y --known-at son de un almacén: agregue --store o quítelas");
            }
            return Ok(None);
        };
        let store = Store::open_read(path)?;
        let options = SnapshotOptions {
            ceiling: Visibility::Public,
            as_of: self.times.as_of(clock::now())?,
        };
        let snapshot = Snapshot::load(&store, options)?;
        Ok(Some((store, snapshot)))
    }
}

/// A feature on the cells of a model.
pub struct OnCells<'a> {
    pub feature: &'a Feature,
    /// Ascending.
    pub cells: Vec<u32>,
}

/// The features with the cells that they cover; those that the model's system cannot say are beyond it.
pub fn on_cells<'a>(model: &Model, features: impl Iterator<Item = &'a Feature>) -> Vec<OnCells<'a>> {
    let on = |feature: &'a Feature| {
        let land = in_system(model, &feature.lonlat)?;
        let (cells, _) = covered_cells(model.grid(), &land);
        Some(OnCells { feature, cells })
    };
    features.filter_map(on).filter(|on| !on.cells.is_empty()).collect()
}

/// A geometry in the model's coordinates; none where its system cannot say it.
fn in_system(model: &Model, lonlat: &Geometry<f64>) -> Option<Geometry<f64>> {
    let mut places: Vec<Coord<f64>> = lonlat.coords_iter().collect();
    transform_from_lonlat(model.grid().crs(), None, &mut places).ok()?;
    let (places, next) = (&places, &Cell::new(0_usize));
    let mut land = lonlat.clone();
    // both walks meet the vertices in the same order
    land.map_coords_in_place(|_| places[next.replace(next.get() + 1)]);
    Some(land)
}
