//! The territory before anybody drew a layer on it: land, pieces, the lines that layers share.

use crate::atoms::Atoms;
use crate::landscape::Landscape;
use crate::lattice::TERRITORY;
use crate::mosaic::{Drawing, Outline, mosaic};
use crate::noise::Noise;
use crate::patches::{Labels, OUTSIDE, components, keep_largest, open, round_off, untouch_corners};
use geo_types::MultiPolygon;
use std::collections::BTreeMap;

/// How borders are drawn that nature made, for scales near 1:25 000.
pub const FINE: Drawing = Drawing {
    rounds: 6,
    tolerance: 5.0,
};
/// How zones are drawn, for scales near 1:100 000.
pub const BROAD: Drawing = Drawing {
    rounds: 16,
    tolerance: 11.0,
};

/// Land and the lines that its layers share.
#[derive(Debug)]
pub struct Territory {
    /// The land.
    pub land: Landscape,
    /// Its pieces.
    pub atoms: Atoms,
    /// Whether each cell belongs to the province.
    pub inside: Vec<bool>,
    /// The province's edge, the divide of the microcuenca, the shore.
    pub outline: Outline,
}

impl Territory {
    /// Makes the land and decides what the province is.
    pub fn make() -> Self {
        let land = Landscape::make();
        let atoms = Atoms::divide(&land);
        let inside = province(&land, &atoms);
        let mut base: Labels = (0..TERRITORY.cells())
            .map(|cell| {
                if inside[cell] {
                    1 + u16::from(land.basin[cell]) + 2 * u16::from(land.lake[cell])
                } else {
                    OUTSIDE
                }
            })
            .collect();
        drop_slivers(&mut base);
        untouch_corners(&mut base);
        let inside = base.iter().map(|&label| label != OUTSIDE).collect();
        let outline = Outline::draw(base, FINE);
        Self {
            land,
            atoms,
            inside,
            outline,
        }
    }

    /// Labels for the cells of the province; outside it the label is 0.
    pub fn labels(&self, label: impl Fn(usize) -> u16) -> Labels {
        (0..TERRITORY.cells())
            .map(|cell| if self.inside[cell] { label(cell) } else { OUTSIDE })
            .collect()
    }

    /// Polygons of the labels.
    pub fn draw(&self, labels: &mut Labels, drawing: Drawing) -> BTreeMap<u16, MultiPolygon<f64>> {
        untouch_corners(labels);
        mosaic(labels, &self.outline, drawing)
    }
}

/// The pieces of the microcuenca and of the slopes behind it that a province of this size would hold.
fn province(land: &Landscape, atoms: &Atoms) -> Vec<bool> {
    let mut in_basin = vec![0_usize; atoms.pieces.len()];
    let mut margin = vec![usize::MAX; atoms.pieces.len()];
    for cell in 0..TERRITORY.cells() {
        let piece = atoms.of_cell[cell];
        in_basin[piece] += usize::from(land.basin[cell]);
        margin[piece] = margin[piece].min(TERRITORY.margin(cell));
    }
    let belongs: Vec<bool> = (0..atoms.pieces.len())
        .map(|piece| {
            let (middle, cells) = atoms.pieces[piece];
            let (x, y) = Noise(31).warped(middle.0, middle.1, 4.0, 1.2);
            let near = (x - 0.3) * (x - 0.3) / (7.0 * 7.0) + y * y / (6.1 * 6.1) < 1.0;
            in_basin[piece] * 2 > cells || (near && margin[piece] >= 10)
        })
        .collect();
    let mut labels: Labels = (0..TERRITORY.cells())
        .map(|cell| 1 + u16::from((belongs[atoms.of_cell[cell]] || land.basin[cell]) && TERRITORY.margin(cell) > 6))
        .collect();
    round_off(&mut labels, 3);
    keep_largest(&mut labels, 2, 1, 1);
    keep_largest(&mut labels, 1, 1, 2);
    labels.iter().map(|&label| label == 2).collect()
}

/// Gives up land behind the divide where it is too narrow for a cartographer to draw both lines.
fn drop_slivers(base: &mut Labels) {
    open(base, 1, 5.0, OUTSIDE);
    for label in [1, 2, OUTSIDE] {
        let (_, patches) = components(base);
        for cells in &patches {
            if base[cells[0]] == label && cells.len() < 300 {
                for &cell in cells {
                    base[cell] = if label == OUTSIDE { 1 } else { OUTSIDE };
                }
            }
        }
    }
}
