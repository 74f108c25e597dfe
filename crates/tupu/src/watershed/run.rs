//! A derivation step by step, wherever its rasters are: in memory, or in working files.

use super::ground::Breach;
use super::work_folder::WorkFolder;
use crate::exit::refuse;
use ingest::{ElevationSource, Strip};
use watershed::{
    Breached, Division, Drainage, Drained, Elevation, Grid, Inspection, Layer, NODATA, Network, OddLimits, Prefix,
    Reach, Room, StreamCells, Tiled, TiledError, Told, Unit, accumulate, breach, find_drainage, find_units, inspect,
};

/// The steps, in this order; rows can be read once their step is done.
pub trait Run {
    fn grid(&self) -> &Grid;
    /// Looks at the heights before they are drained.
    fn inspect(&mut self, limits: OddLimits, told: Told) -> anyhow::Result<Inspection>;
    fn drain(&mut self, breach: Option<Breach>, told: Told) -> anyhow::Result<(Drained, Option<Breached>)>;
    fn accumulate(&mut self, told: Told) -> anyhow::Result<()>;
    fn network(&mut self, threshold: u32, told: Told) -> anyhow::Result<Network>;
    /// The units, and for each reach the place of its unit plus one.
    fn units(&mut self, parts: Parts, told: Told) -> anyhow::Result<(Vec<Unit>, Vec<u32>)>;
    fn heights(&mut self, row: usize, out: &mut [i32]) -> anyhow::Result<()>;
    fn directions(&mut self, row: usize, out: &mut [u8]) -> anyhow::Result<()>;
    fn numbers(&mut self, layer: Layer, row: usize, out: &mut [u32]) -> anyhow::Result<()>;
    /// The number of the basin of a cell.
    fn basin(&mut self, cell: usize) -> anyhow::Result<Option<u32>>;
    /// The middles of a reach's cells.
    fn line(&self, reach: &Reach) -> Vec<[f64; 2]>;
    /// A layer is not needed any more.
    fn discard(&mut self, layer: Layer) -> anyhow::Result<()>;
}

/// What units are made of.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    pub network: &'a Network,
    pub outlets: &'a [u32],
    pub prefix: Option<Prefix<'a>>,
    pub division: Division,
}

/// All of it in memory.
pub struct Held {
    grid: Grid,
    /// Until it is drained.
    elevation: Option<Elevation>,
    drainage: Option<Drainage>,
    sums: Vec<u32>,
    labels: Vec<u32>,
}

impl Held {
    /// Reads all heights; where files overlap the first that has one holds.
    pub fn read(source: &ElevationSource, grid: Grid, told: Told) -> anyhow::Result<Self> {
        let elevation = read_whole(source, grid.clone(), told)?;
        Ok(Self {
            grid,
            elevation: Some(elevation),
            drainage: None,
            sums: Vec::new(),
            labels: Vec::new(),
        })
    }

    fn elevation(&self) -> &Elevation {
        self.elevation.as_ref().expect("it is not drained yet")
    }

    fn drainage(&self) -> &Drainage {
        self.drainage
            .as_ref()
            .expect("it is drained before its rows are asked for")
    }
}

/// A model with all of its heights.
pub fn read_whole(source: &ElevationSource, grid: Grid, told: Told) -> anyhow::Result<Elevation> {
    let place = source.place();
    let mut heights = vec![NODATA; place.columns * place.rows];
    source.read(&mut |strip: Strip| {
        let from = strip.row * place.columns + strip.column;
        for (height, metres) in heights[from..from + strip.metres.len()].iter_mut().zip(strip.metres) {
            if *height == NODATA {
                *height = watershed::millimetres(*metres);
            }
        }
        told(strip.row as f64 / place.rows as f64);
    })?;
    match Elevation::new(grid, heights) {
        Ok(elevation) => Ok(elevation),
        Err(error) => refuse(error.sentence_es()),
    }
}

/// Opens ways out of depressions, if that is asked for.
pub fn open_ways(elevation: Elevation, limits: Option<Breach>) -> (Elevation, Option<Breached>) {
    match limits {
        None => (elevation, None),
        Some(limits) => {
            let (elevation, breached) = breach(elevation, limits);
            (elevation, Some(breached))
        }
    }
}

impl Run for Held {
    fn grid(&self) -> &Grid {
        &self.grid
    }

    fn inspect(&mut self, limits: OddLimits, _told: Told) -> anyhow::Result<Inspection> {
        Ok(inspect(self.elevation(), limits))
    }

    fn drain(&mut self, breach: Option<Breach>, _told: Told) -> anyhow::Result<(Drained, Option<Breached>)> {
        let elevation = self.elevation.take().expect("it is drained once");
        let (elevation, breached) = open_ways(elevation, breach);
        let drainage = find_drainage(elevation);
        let drained = Drained {
            outlets: drainage.outlets.clone(),
            raised: drainage.raised,
        };
        self.drainage = Some(drainage);
        Ok((drained, breached))
    }

    fn accumulate(&mut self, _told: Told) -> anyhow::Result<()> {
        self.sums = accumulate(&self.drainage().directions, self.grid.columns(), |_| 1_u32);
        Ok(())
    }

    fn network(&mut self, threshold: u32, _told: Told) -> anyhow::Result<Network> {
        Ok(Network::find(self.drainage(), &self.sums, threshold))
    }

    fn units(&mut self, parts: Parts, _told: Told) -> anyhow::Result<(Vec<Unit>, Vec<u32>)> {
        let found = find_units(self.drainage(), parts.network, parts.prefix, parts.division);
        self.labels = found.labels;
        Ok((found.units, found.owners))
    }

    fn heights(&mut self, row: usize, out: &mut [i32]) -> anyhow::Result<()> {
        copy_row(self.drainage().filled.millimetres(), row, out);
        Ok(())
    }

    fn directions(&mut self, row: usize, out: &mut [u8]) -> anyhow::Result<()> {
        copy_row(&self.drainage().directions, row, out);
        Ok(())
    }

    fn numbers(&mut self, layer: Layer, row: usize, out: &mut [u32]) -> anyhow::Result<()> {
        let all = match layer {
            Layer::Basins => &self.drainage().basins,
            Layer::Sums => &self.sums,
            Layer::Units => &self.labels,
            Layer::Heights | Layer::Directions | Layer::Labels => unreachable!("these hold no numbers"),
        };
        copy_row(all, row, out);
        Ok(())
    }

    fn basin(&mut self, cell: usize) -> anyhow::Result<Option<u32>> {
        Ok(Some(self.drainage().basins[cell]).filter(|number| *number != 0))
    }

    fn line(&self, reach: &Reach) -> Vec<[f64; 2]> {
        reach.line(self.drainage())
    }

    fn discard(&mut self, layer: Layer) -> anyhow::Result<()> {
        match (layer, &mut self.drainage) {
            (Layer::Basins, Some(drainage)) => drainage.basins = Vec::new(),
            (Layer::Sums, _) => self.sums = Vec::new(),
            _ => {}
        }
        Ok(())
    }
}

fn copy_row<T: Copy>(all: &[T], row: usize, out: &mut [T]) {
    let first = row * out.len();
    out.copy_from_slice(&all[first..first + out.len()]);
}

/// In working files, tile by tile.
pub struct OnDisk {
    tiled: Tiled<WorkFolder>,
    streams: Option<StreamCells>,
}

impl OnDisk {
    /// Reads all heights into working files.
    pub fn read(source: &ElevationSource, mut tiled: Tiled<WorkFolder>, told: Told) -> anyhow::Result<Self> {
        let (rows, mut failed) = (source.place().rows, None);
        let mut heights = Vec::new();
        source.read(&mut |strip: Strip| {
            if failed.is_some() {
                return;
            }
            heights.clear();
            heights.extend(strip.metres.iter().map(|metres| watershed::millimetres(*metres)));
            failed = tiled.write_heights(strip.row, strip.column, &heights).err();
            told(strip.row as f64 / rows as f64);
        })?;
        let written = failed.map_or(Ok(()), Err).and_then(|()| tiled.finish_heights());
        done(written)?;
        Ok(Self { tiled, streams: None })
    }

    fn streams(&self) -> &StreamCells {
        self.streams.as_ref().expect("streams are found before units and lines")
    }
}

/// What went wrong with working files, in a sentence.
fn done<T>(outcome: Result<T, TiledError<std::io::Error>>) -> anyhow::Result<T> {
    match outcome {
        Ok(value) => Ok(value),
        Err(error @ TiledError::Scratch(_)) => Err(anyhow::anyhow!(error.sentence_es())),
        Err(error) => refuse(error.sentence_es()),
    }
}

impl Run for OnDisk {
    fn grid(&self) -> &Grid {
        self.tiled.grid()
    }

    fn inspect(&mut self, limits: OddLimits, told: Told) -> anyhow::Result<Inspection> {
        done(self.tiled.inspect(limits, told))
    }

    fn drain(&mut self, breach: Option<Breach>, told: Told) -> anyhow::Result<(Drained, Option<Breached>)> {
        if breach.is_some() {
            return refuse("--breach necesita el modelo entero en memoria: dé más con --memory, o quite --breach.");
        }
        Ok((done(self.tiled.drain(told))?, None))
    }

    fn accumulate(&mut self, told: Told) -> anyhow::Result<()> {
        done(self.tiled.accumulate(told))
    }

    fn network(&mut self, threshold: u32, told: Told) -> anyhow::Result<Network> {
        let streams = done(self.tiled.streams(threshold, told))?;
        let network = streams.network();
        self.streams = Some(streams.ways());
        Ok(network)
    }

    fn units(&mut self, parts: Parts, told: Told) -> anyhow::Result<(Vec<Unit>, Vec<u32>)> {
        let streams = self.streams.take().expect("streams are found before units");
        let of = (&streams, parts.network, parts.outlets);
        let found = done(self.tiled.units(of, parts.prefix, parts.division, told));
        self.streams = Some(streams);
        found
    }

    fn heights(&mut self, row: usize, out: &mut [i32]) -> anyhow::Result<()> {
        done(self.tiled.heights(row, out))
    }

    fn directions(&mut self, row: usize, out: &mut [u8]) -> anyhow::Result<()> {
        done(self.tiled.directions(row, out))
    }

    fn numbers(&mut self, layer: Layer, row: usize, out: &mut [u32]) -> anyhow::Result<()> {
        done(self.tiled.numbers(layer, row, out))
    }

    fn basin(&mut self, cell: usize) -> anyhow::Result<Option<u32>> {
        done(self.tiled.basin(cell))
    }

    fn line(&self, reach: &Reach) -> Vec<[f64; 2]> {
        reach.line(self.streams())
    }

    fn discard(&mut self, layer: Layer) -> anyhow::Result<()> {
        done(self.tiled.discard(layer))
    }
}

/// The rasters of a model in working files within `out`, as much of them in memory as `bytes` holds.
pub fn on_disk(grid: Grid, out: &std::path::Path, bytes: u64) -> anyhow::Result<Tiled<WorkFolder>> {
    let room = Room::within(bytes, &grid, rayon::current_num_threads());
    Ok(Tiled::new(grid, WorkFolder::open(out)?, room))
}
