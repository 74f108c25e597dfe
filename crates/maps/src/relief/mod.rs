//! Shaded relief: heights in, a raster of colours for the frame of a map out. Whole numbers from the heights on, so the same heights
//! give the same picture on every machine.

mod look;
mod sample;
mod shade;
mod tint;

pub use look::WaterLook;
pub use tint::{ReliefLook, TintStep};

use crate::{MapError, Pixels, Rect, Window};
use crs::Crs;
use std::sync::Arc;

/// Heights on a raster: north up, rows from north to south.
#[derive(Clone, Copy, Debug)]
pub struct Heights<'a> {
    /// Coordinate system of the corner and of the cells' sides.
    pub crs: Crs,
    /// West edge of the first column.
    pub west: f64,
    /// North edge of the first row.
    pub north: f64,
    /// Width and height of a cell, positive.
    pub cell: [f64; 2],
    /// How many columns there are.
    pub columns: usize,
    /// Millimetres above the sea, row by row.
    pub millimetres: &'a [i32],
    /// What stands for a cell that nobody measured.
    pub missing: i32,
}

/// Shaded relief in the frame of a map.
#[derive(Clone, Debug)]
pub struct Relief {
    /// The frame.
    pub frame: Rect,
    /// What is seen.
    pub pixels: Arc<Pixels>,
    /// The colours of its heights, the lowest first.
    pub steps: Vec<TintStep>,
    /// The colour of what nobody measured, where the frame shows such land.
    pub missing: Option<crate::Colour>,
    /// How many tenths steeper than the ground the shades are.
    pub exaggeration_tenths: u32,
}

/// Draws the relief that a window shows: tints by height, in steps of a round number of metres over what the frame shows, and shade
/// from four sides of the north-west (after Mark 1992, with one light mixed in), steepened where the land is gentle.
///
/// # Errors
/// The projection's, and [`MapError::NoLand`] where no height lies in the frame.
pub fn relief(heights: &Heights<'_>, window: &Window, look: &ReliefLook) -> Result<Relief, MapError> {
    let surface = sample::surface(heights, window)?;
    let (low, high) = surface.range().ok_or(MapError::NoLand)?;
    let tints = tint::Tints::of(look, (low, high));
    let shades = shade::shades(&surface);
    let lacking = surface.heights.contains(&None);
    let colours = surface.heights.iter().zip(&shades.tones);
    let colours = colours.map(|(height, tone)| height.map_or(look.missing, |height| tints.colour(height, *tone)));
    let pixels = Pixels::new(surface.columns, colours.collect());
    Ok(Relief {
        frame: window.frame,
        pixels: Arc::new(pixels),
        steps: tints.steps(),
        missing: lacking.then_some(look.missing),
        exaggeration_tenths: shades.exaggeration_tenths,
    })
}

#[cfg(test)]
mod tests;
