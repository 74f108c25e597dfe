//! The tree of passes: how every catchment reaches the ocean, and how high its water must rise for it.
//!
//! Kruskal's order over meetings sorted by height and cell. A tree that meets the ocean is drained at once and for good, so the
//! ocean itself is in no set. The order is total, so the tree is the only one, however the raster was cut.

use crate::catchments::{Meeting, OCEAN, TileCatchments};
use crate::direction::OUTLET;
use crate::frame::Tiling;
use rayon::prelude::*;

/// No catchment.
pub const NONE: u32 = u32::MAX;

/// A meeting between catchments of the whole raster.
#[derive(Clone, Copy, Debug)]
struct Pass {
    height: i32,
    cell: u32,
    own: u32,
    /// [`NONE`] for the ocean.
    other: u32,
    code: u8,
}

/// How a catchment is left.
#[derive(Clone, Copy, Debug)]
pub struct Exit {
    /// The catchment beyond; [`NONE`] for the ocean.
    pub to: u32,
    /// The last cell of this catchment on the way.
    pub cell: u32,
    /// The direction out of that cell.
    pub code: u8,
}

/// What is known of every catchment; catchments are numbered tile by tile.
pub struct Tree {
    /// The number of the first catchment of each tile.
    pub first: Vec<u32>,
    /// The catchment beyond each halo slot, tile by tile.
    pub beyond: Vec<Vec<u32>>,
    /// The cell of each catchment that is its minimum.
    pub pits: Vec<u32>,
    /// The height to which each catchment fills.
    pub levels: Vec<i32>,
    /// The outlet cell of each catchment's basin.
    pub outlets: Vec<u32>,
    /// How each is left; the exit of an outlet that needs none is itself.
    pub exits: Vec<Exit>,
}

/// Finds how every catchment drains.
pub fn find_passes(tiling: &Tiling, mut tiles: Vec<TileCatchments>) -> Tree {
    let mut first = Vec::with_capacity(tiles.len());
    let mut pits = Vec::with_capacity(tiles.iter().map(|tile| tile.pits.len()).sum());
    for tile in &tiles {
        first.push(u32::try_from(pits.len()).expect("fewer catchments than cells"));
        pits.extend_from_slice(&tile.pits);
    }
    let beyond: Vec<Vec<u32>> = (0..tiles.len())
        .into_par_iter()
        .map(|number| resolve_halo(tiling, &tiles, &first, number))
        .collect();
    let mut passes = gather(&mut tiles, &first, &beyond);
    passes.par_sort_unstable_by_key(|pass| (pass.height, pass.cell, pass.code));
    let mut grove = Grove::new(&pits, tiling.columns);
    for (tile, base) in tiles.iter().zip(&first) {
        for outlet in &tile.outlets {
            grove.open(base + u32::from(*outlet));
        }
    }
    for pass in &passes {
        grove.join(pass);
    }
    let Grove {
        levels, outlets, exits, ..
    } = grove;
    Tree {
        first,
        beyond,
        pits,
        levels,
        outlets,
        exits,
    }
}

/// Follows the labels of halo cells from tile to tile until they are minima.
fn resolve_halo(tiling: &Tiling, tiles: &[TileCatchments], first: &[u32], number: usize) -> Vec<u32> {
    let size = (tiling.rows, tiling.columns);
    let tile = tiling.tile(number);
    let resolve = |position: u16| {
        let mut place = tile.beyond(position, size)?;
        loop {
            let number = tiling.number(place.0, place.1);
            let (tile, found) = (tiling.tile(number), &tiles[number]);
            let rim = tile.rim_place(tile.position(place.0, place.1));
            let (label, pits) = (usize::from(found.rim[rim]), found.pits.len());
            if label < pits {
                return Some(first[number] + u32::try_from(label).expect("a label has 16 bits"));
            }
            let position = tile.halo().nth(label - pits)?;
            place = tile.beyond(position, size)?;
        }
    };
    tile.halo().map(|position| resolve(position).unwrap_or(NONE)).collect()
}

/// The meetings of all tiles between catchments that differ; the tiles give them away.
fn gather(tiles: &mut [TileCatchments], first: &[u32], beyond: &[Vec<u32>]) -> Vec<Pass> {
    let mut all = Vec::with_capacity(tiles.iter().map(|tile| tile.meetings.len()).sum());
    for (number, tile) in tiles.iter_mut().enumerate() {
        let pits = tile.pits.len();
        let name = |label: u16| match usize::from(label).checked_sub(pits) {
            _ if label == OCEAN => NONE,
            Some(slot) => beyond[number][slot],
            None => first[number] + u32::from(label),
        };
        let pass = |meeting: Meeting| Pass {
            height: meeting.height,
            cell: meeting.cell,
            own: name(meeting.own),
            other: name(meeting.other),
            code: meeting.code,
        };
        let meetings = std::mem::take(&mut tile.meetings).into_iter();
        all.extend(meetings.map(pass).filter(|pass| pass.own != pass.other));
    }
    all
}

/// Trees of catchments that grow together.
struct Grove {
    columns: usize,
    parents: Vec<u32>,
    sizes: Vec<u32>,
    /// The members of a tree in a ring.
    rings: Vec<u32>,
    levels: Vec<i32>,
    outlets: Vec<u32>,
    exits: Vec<Exit>,
}

/// A level that no water has: the catchment is not drained yet.
const DRY: i32 = i32::MIN;

impl Grove {
    fn new(pits: &[u32], columns: usize) -> Self {
        let count = pits.len();
        let each: Vec<u32> = (0..count)
            .map(|at| u32::try_from(at).expect("fewer catchments than cells"))
            .collect();
        let exit = |cell: &u32| Exit {
            to: NONE,
            cell: *cell,
            code: OUTLET,
        };
        Self {
            columns,
            parents: each.clone(),
            sizes: vec![1; count],
            rings: each,
            levels: vec![DRY; count],
            outlets: pits.to_vec(),
            exits: pits.iter().map(exit).collect(),
        }
    }

    /// The minimum of a catchment is an outlet.
    fn open(&mut self, catchment: u32) {
        // lower than any cell: nothing is raised
        self.levels[catchment as usize] = DRY + 1;
    }

    fn root(&mut self, catchment: u32) -> u32 {
        let mut at = catchment;
        while self.parents[at as usize] != at {
            let above = self.parents[self.parents[at as usize] as usize];
            self.parents[at as usize] = above;
            at = above;
        }
        at
    }

    fn is_drained(&self, catchment: u32) -> bool {
        catchment == NONE || self.levels[catchment as usize] != DRY
    }

    fn join(&mut self, pass: &Pass) {
        let over = Exit {
            to: pass.other,
            cell: pass.cell,
            code: pass.code,
        };
        match (self.is_drained(pass.own), self.is_drained(pass.other)) {
            (true, true) => {}
            (false, true) => self.drain(pass.own, over, pass.height),
            (true, false) => self.drain(pass.other, self.back(pass), pass.height),
            (false, false) => {
                let (own, other) = (self.root(pass.own), self.root(pass.other));
                if own == other {
                    return;
                }
                let own_is_smaller = (self.sizes[own as usize], own) < (self.sizes[other as usize], other);
                let (small, large) = if own_is_smaller { (own, other) } else { (other, own) };
                if own_is_smaller {
                    self.turn(pass.own, over);
                } else {
                    self.turn(pass.other, self.back(pass));
                }
                self.parents[small as usize] = large;
                self.sizes[large as usize] += self.sizes[small as usize];
                self.rings.swap(small as usize, large as usize);
            }
        }
    }

    /// The same pass from the other side: the neighbour is left toward the cell.
    fn back(&self, pass: &Pass) -> Exit {
        let cell = crate::direction::downstream(pass.cell as usize, pass.code, self.columns);
        Exit {
            to: pass.own,
            cell: u32::try_from(cell).expect("a grid has fewer cells"),
            code: crate::direction::opposite(pass.code),
        }
    }

    /// Makes `catchment` the root of its tree, which is left by `exit`: the exits on the way to the old root turn round.
    fn turn(&mut self, catchment: u32, exit: Exit) {
        let (mut at, mut coming) = (catchment, exit);
        while at != NONE {
            let old = std::mem::replace(&mut self.exits[at as usize], coming);
            let next = old.to;
            if next != NONE {
                let cell = crate::direction::downstream(old.cell as usize, old.code, self.columns);
                coming = Exit {
                    to: at,
                    cell: u32::try_from(cell).expect("a grid has fewer cells"),
                    code: crate::direction::opposite(old.code),
                };
            }
            at = next;
        }
    }

    /// The tree of `catchment` drains by `exit` at a height.
    fn drain(&mut self, catchment: u32, exit: Exit, level: i32) {
        let outlet = if exit.to == NONE {
            exit.cell
        } else {
            self.outlets[exit.to as usize]
        };
        self.turn(catchment, exit);
        let mut at = catchment;
        loop {
            self.levels[at as usize] = level;
            self.outlets[at as usize] = outlet;
            at = self.rings[at as usize];
            if at == catchment {
                break;
            }
        }
    }
}
