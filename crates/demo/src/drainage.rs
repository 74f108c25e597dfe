//! Where water goes: flooding from the edge, steepest descent, accumulation.

use crate::lattice::Lattice;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// No cell downstream: water leaves the lattice here.
pub const LEAVES: u32 = u32::MAX;

/// Raises every cell that water could not leave, so that from each there is a strictly falling way to the edge.
///
/// Returns the cells in the order in which the flood reaches them and the cell each was reached from (priority flood
/// with a rise of `rise` a cell; Barnes, Lehman, Mulla 2014, doi:10.1016/j.cageo.2013.04.024). Where `level` is true no
/// rise is asked: still water. Heights must be positive.
pub fn flood(lattice: &Lattice, heights: &mut [f64], rise: f64, level: &[bool]) -> (Vec<u32>, Vec<u32>) {
    let mut reached_from = vec![LEAVES; lattice.cells()];
    let mut seen = vec![false; lattice.cells()];
    let mut heap = BinaryHeap::new();
    for cell in (0..lattice.cells()).filter(|&cell| lattice.margin(cell) == 0) {
        seen[cell] = true;
        heap.push(Reverse((heights[cell].to_bits(), as_u32(cell))));
    }
    let mut order = Vec::with_capacity(lattice.cells());
    while let Some(Reverse((_, cell))) = heap.pop() {
        order.push(cell);
        let here = cell as usize;
        for (_, other) in lattice.neighbours(here) {
            if std::mem::replace(&mut seen[other], true) {
                continue;
            }
            let still = !level.is_empty() && level[other] && level[here];
            let least = if still { heights[here] } else { heights[here] + rise };
            heights[other] = heights[other].max(least);
            reached_from[other] = cell;
            heap.push(Reverse((heights[other].to_bits(), as_u32(other))));
        }
    }
    (order, reached_from)
}

/// The drainage of a surface from which water can leave.
#[derive(Debug)]
pub struct Drainage {
    /// The cell downstream of each, or `LEAVES`.
    pub downstream: Vec<u32>,
    /// Cells from low to high: every cell comes after the one downstream of it.
    pub order: Vec<u32>,
    /// Cells that drain through each, itself included.
    pub cells: Vec<u32>,
}

impl Drainage {
    /// Steepest descent over `heights`; still water follows the flood to its outflow. Raises pits, if any.
    pub fn over(lattice: &Lattice, heights: &mut [f64], rise: f64, level: &[bool]) -> Self {
        let (order, reached_from) = flood(lattice, heights, rise, level);
        let downstream: Vec<u32> = (0..lattice.cells())
            .map(|cell| steepest(lattice, heights, cell).unwrap_or(reached_from[cell]))
            .collect();
        let mut cells = vec![1_u32; lattice.cells()];
        for &cell in order.iter().rev() {
            let below = downstream[cell as usize];
            if below != LEAVES {
                cells[below as usize] += cells[cell as usize];
            }
        }
        Self {
            downstream,
            order,
            cells,
        }
    }

    /// The cell downstream, if water stays on the lattice.
    pub fn below(&self, cell: usize) -> Option<usize> {
        let below = self.downstream[cell];
        (below != LEAVES).then_some(below as usize)
    }

    /// Which cells drain through `outlet`, itself included.
    pub fn catchment(&self, outlet: usize) -> Vec<bool> {
        let mut inside = vec![false; self.downstream.len()];
        inside[outlet] = true;
        for &cell in &self.order {
            if let Some(below) = self.below(cell as usize) {
                inside[cell as usize] |= inside[below];
            }
        }
        inside
    }

    /// The cells that drain straight into `cell`, in the order of the compass.
    pub fn donors(&self, lattice: &Lattice, cell: usize) -> Vec<usize> {
        lattice
            .neighbours(cell)
            .map(|(_, other)| other)
            .filter(|&other| self.below(other) == Some(cell))
            .collect()
    }
}

fn steepest(lattice: &Lattice, heights: &[f64], cell: usize) -> Option<u32> {
    let mut best = (0.0, None);
    for (direction, other) in lattice.neighbours(cell) {
        let fall = (heights[cell] - heights[other]) / Lattice::stride(direction);
        if fall > best.0 {
            best = (fall, Some(as_u32(other)));
        }
    }
    best.1
}

/// A cell number as the lattice stores it.
pub fn as_u32(cell: usize) -> u32 {
    u32::try_from(cell).expect("the lattice has fewer than four thousand million cells")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Lattice = Lattice {
        width: 5,
        height: 5,
        cell: 1.0,
        west: 0.0,
        north: 5.0,
    };

    #[test]
    fn a_pit_is_raised_and_drains() {
        let mut heights = vec![10.0; 25];
        heights[12] = 1.0;
        heights[2] = 5.0;
        let drainage = Drainage::over(&SMALL, &mut heights, 0.25, &[]);
        assert!(heights[12] > 10.0);
        let mut cell = 12;
        for _ in 0..25 {
            match drainage.below(cell) {
                Some(below) => cell = below,
                None => return,
            }
        }
        unreachable!("the water goes round in a circle");
    }

    #[test]
    fn every_cell_is_counted_once_where_water_leaves() {
        let mut heights: Vec<f64> = (0..25_u32).map(|cell| 50.0 + f64::from(cell * 7 % 11)).collect();
        let drainage = Drainage::over(&SMALL, &mut heights, 0.1, &[]);
        let out: u32 = (0..25)
            .filter(|&cell| drainage.below(cell).is_none())
            .map(|cell| drainage.cells[cell])
            .sum();
        assert_eq!(out, 25);
    }
}
