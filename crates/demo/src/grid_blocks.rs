//! Mining rights as unions of 1-km cells of a cadastral grid.

use crate::mosaic::Place;
use crate::rng::SplitMix64;
use crate::utm::from_psad56;
use geo_types::{MultiPolygon, Polygon};
use std::collections::{BTreeMap, BTreeSet};

/// The grid on which a right was filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grid {
    /// Whole kilometres of PSAD 56 UTM 18S, EPSG:24878: rights filed from 1992 to 2016.
    Psad56,
    /// Whole kilometres of WGS 84 UTM 18S, EPSG:32718: rights filed from 2017 (Ley 30428).
    Wgs84,
}

/// A cell by the kilometres of its south-west corner.
pub type Block = (i32, i32);

impl Grid {
    /// The corner at whole kilometres, in EPSG:32718.
    fn corner(self, (east, north): Block) -> Place {
        let (e, n) = (f64::from(east) * 1000.0, f64::from(north) * 1000.0);
        match self {
            Self::Psad56 => from_psad56(e, n),
            Self::Wgs84 => (e, n),
        }
    }

    /// The cell that holds a place in EPSG:32718, to within the few metres by which the shift varies.
    pub fn block_at(self, (easting, northing): Place) -> Block {
        let (e, n) = match self {
            Self::Psad56 => {
                let (e, n) = from_psad56(easting, northing);
                (2.0 * easting - e, 2.0 * northing - n)
            }
            Self::Wgs84 => (easting, northing),
        };
        #[expect(clippy::cast_possible_truncation, reason = "kilometres of UTM fit easily")]
        ((e / 1000.0).floor() as i32, (n / 1000.0).floor() as i32)
    }

    /// The land of cells: a polygon for each set that hangs together by sides; corners only where the border turns.
    pub fn land(self, blocks: &BTreeSet<Block>) -> MultiPolygon<f64> {
        let polygons = parts(blocks).into_iter().map(|part| {
            let ring = border(&part).into_iter().map(|corner| self.corner(corner)).collect();
            Polygon::new(crate::rings::line(ring), Vec::new())
        });
        MultiPolygon(polygons.collect())
    }
}

fn beside((east, north): Block) -> [Block; 4] {
    [
        (east + 1, north),
        (east, north + 1),
        (east - 1, north),
        (east, north - 1),
    ]
}

fn parts(blocks: &BTreeSet<Block>) -> Vec<BTreeSet<Block>> {
    let mut left = blocks.clone();
    let mut parts = Vec::new();
    while let Some(start) = left.pop_first() {
        let (mut part, mut queue) = (BTreeSet::from([start]), vec![start]);
        while let Some(block) = queue.pop() {
            for next in beside(block) {
                if left.remove(&next) {
                    part.insert(next);
                    queue.push(next);
                }
            }
        }
        parts.push(part);
    }
    parts
}

/// The closed border of cells that hang together and hold no hole, anticlockwise.
fn border(part: &BTreeSet<Block>) -> Vec<Block> {
    let mut next: BTreeMap<Block, Block> = BTreeMap::new();
    for &(e, n) in part {
        let corners = [(e, n), (e + 1, n), (e + 1, n + 1), (e, n + 1)];
        let outside = [(e, n - 1), (e + 1, n), (e, n + 1), (e - 1, n)];
        for side in (0..4).filter(|&side| !part.contains(&outside[side])) {
            next.insert(corners[side], corners[(side + 1) % 4]);
        }
    }
    let start = *next.keys().next().expect("a part has at least one cell");
    let mut ring = vec![start];
    let mut here = next[&start];
    while here != start {
        ring.push(here);
        here = next[&here];
    }
    let turns = (0..ring.len()).filter(|&index| {
        let (before, at, after) = (
            ring[(index + ring.len() - 1) % ring.len()],
            ring[index],
            ring[(index + 1) % ring.len()],
        );
        (at.0 - before.0, at.1 - before.1) != (after.0 - at.0, after.1 - at.1)
    });
    let mut turns: Vec<Block> = turns.map(|index| ring[index]).collect();
    turns.push(turns[0]);
    turns
}

/// Grows a block of `count` cells from `start` among those that `may` be used; never touches itself at a corner only.
pub fn grown(start: Block, count: usize, rng: &mut SplitMix64, may: impl Fn(Block) -> bool) -> BTreeSet<Block> {
    let mut blocks = BTreeSet::from([start]);
    for _ in 0..400 {
        if blocks.len() >= count {
            break;
        }
        let all: Vec<Block> = blocks.iter().copied().collect();
        let next = beside(*rng.pick(&all))[rng.below(4)];
        if may(next) && !blocks.contains(&next) && stays_simple(&blocks, next) {
            blocks.insert(next);
        }
    }
    blocks
}

/// Whether a further cell leaves the block without a hole and without parts that meet at a corner only.
fn stays_simple(blocks: &BTreeSet<Block>, (e, n): Block) -> bool {
    let has = |de: i32, dn: i32| blocks.contains(&(e + de, n + dn));
    let round = [
        has(1, 0),
        has(1, 1),
        has(0, 1),
        has(-1, 1),
        has(-1, 0),
        has(-1, -1),
        has(0, -1),
        has(1, -1),
    ];
    let lone_corner = (1..8)
        .step_by(2)
        .any(|corner| round[corner] && !round[corner - 1] && !round[(corner + 1) % 8]);
    let entries = (0..8).filter(|&index| !round[index] && round[(index + 1) % 8]).count();
    !lone_corner && entries <= 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Area;

    #[test]
    fn a_block_of_wgs84_cells_has_a_hundred_hectares_a_cell() {
        let blocks = grown((815, 8514), 7, &mut SplitMix64::new(3), |_| true);
        assert_eq!(blocks.len(), 7);
        assert!((Grid::Wgs84.land(&blocks).unsigned_area() - 7e6).abs() < 1e-6);
    }

    #[test]
    fn the_psad56_grid_lies_about_430_metres_off() {
        let land = Grid::Psad56.land(&BTreeSet::from([(815, 8514)]));
        let first = land.0[0].exterior().0[0];
        assert!(
            (first.x - 815_000.0 + 222.0).abs() < 10.0 && (first.y - 8_514_000.0 + 367.0).abs() < 10.0,
            "{first:?}"
        );
    }
}
