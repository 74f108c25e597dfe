//! How much flows through every cell, tile by tile in the cache (Barnes 2017, «Parallel non-divergent
//! flow accumulation for trillion cell digital elevation models»).

use crate::direction::{NO_DIRECTION, OUTLET};
use crate::frame::{HALO, LEAPS, Order, Plane, STRIDE, Tile, Tiling, plane};
use rayon::prelude::*;
use std::ops::{Add, AddAssign};

/// A number that is added up downstream: whole, so that the order of the sum does not matter.
pub trait Load: Copy + Default + PartialEq + Add<Output = Self> + AddAssign + Send + Sync {
    /// Half of it.
    #[must_use]
    fn halved(self) -> Self;
}

impl Load for u32 {
    fn halved(self) -> Self {
        self / 2
    }
}

impl Load for u64 {
    fn halved(self) -> Self {
        self / 2
    }
}

/// No slot.
const NOWHERE: u16 = u16::MAX;

/// What a tile tells its neighbours.
pub struct Rim<L> {
    /// What flows into each halo cell from the tile.
    sent: Vec<L>,
    /// For each cell of [`Tile::rim`] the halo slot that it flows to in the end.
    leaves: Vec<u16>,
}

/// Adds up `load` of each row's cells downstream: each cell's own and that of all cells above it; nothing without data.
///
/// `directions` are those of a [`Drainage`](crate::Drainage): rows of `columns`, every neighbour exists, no cycles.
/// The caller sees to it that the sum of all cells fits the type.
pub fn accumulate<L: Load>(directions: &[u8], columns: usize, load: impl Fn(usize) -> L + Sync) -> Vec<L> {
    accumulate_in_tiles(directions, columns, crate::TILE, load)
}

/// [`accumulate`] in tiles of another side, 1 to 252 cells: the result is the same, the time is not.
pub fn accumulate_in_tiles<L: Load>(
    directions: &[u8],
    columns: usize,
    side: usize,
    load: impl Fn(usize) -> L + Sync,
) -> Vec<L> {
    let tiling = Tiling::new(directions.len() / columns, columns, side);
    let mut sums = vec![L::default(); directions.len()];
    let rims = add_up((&tiling, 0), directions, &mut sums, load);
    let arriving = exchange(&tiling, rims);
    pass_on((&tiling, 0), directions, &mut sums, &arriving);
    sums
}

/// Adds up within each tile of rows of them from `first` on; says what leaves each.
pub fn add_up<L: Load>(
    (tiling, first): (&Tiling, usize),
    directions: &[u8],
    sums: &mut [L],
    load: impl Fn(usize) -> L + Sync,
) -> Vec<Rim<L>> {
    let bands = sums
        .par_chunks_mut(tiling.band_cells())
        .zip_eq(directions.par_chunks(tiling.band_cells()));
    let rims: Vec<Vec<Rim<L>>> = bands
        .enumerate()
        .map_init(Desk::new, |desk, (band, (sums, directions))| {
            let work = |number| {
                let tile = tiling.tile(number);
                tile.load_directions(&mut desk.directions, directions, tiling.columns);
                desk.add_up(&tile, &load);
                desk.write(&tile, sums, tiling.columns);
                desk.rim(&tile)
            };
            tiling.band(first + band).map(work).collect()
        })
        .collect();
    rims.into_iter().flatten().collect()
}

/// Adds what arrives in each tile of rows of them from `first` on.
pub fn pass_on<L: Load>(
    (tiling, first): (&Tiling, usize),
    directions: &[u8],
    sums: &mut [L],
    arriving: &[Vec<(u16, L)>],
) {
    let bands = sums
        .par_chunks_mut(tiling.band_cells())
        .zip_eq(directions.par_chunks(tiling.band_cells()));
    bands
        .enumerate()
        .for_each_init(Desk::new, |desk, (band, (sums, directions))| {
            for number in tiling.band(first + band) {
                let tile = tiling.tile(number);
                tile.load_directions(&mut desk.directions, directions, tiling.columns);
                desk.pass_on(&tile, &arriving[number], sums, tiling.columns);
            }
        });
}

/// Room for the work on a tile.
struct Desk<L> {
    directions: Plane<u8>,
    sums: Plane<L>,
    leaves: Plane<u16>,
    order: Order,
    arrivals: Plane<u8>,
}

impl<L: Load> Desk<L> {
    fn new() -> Self {
        Self {
            directions: plane(0),
            sums: plane(L::default()),
            leaves: plane(NOWHERE),
            order: Order::new(),
            arrivals: plane(0),
        }
    }

    fn add_up(&mut self, tile: &Tile, load: impl Fn(usize) -> L) {
        self.sums[..STRIDE].fill(L::default());
        for row in 1..=tile.rows {
            let at = row * STRIDE;
            self.sums[at..at + STRIDE].fill(load(tile.row + row - 1));
            self.sums[at] = L::default();
            self.sums[at + tile.columns + 1] = L::default();
        }
        let halo = (tile.rows + 1) * STRIDE;
        self.sums[halo..halo + STRIDE].fill(L::default());
        let sums = &mut self.sums;
        self.order.follow(&self.directions, tile, |position, next| {
            let sum = sums[usize::from(position)];
            sums[usize::from(next)] += sum;
        });
    }

    /// Writes the sums of the tile. An outlet flowed to itself, which doubled it.
    fn write(&self, tile: &Tile, sums: &mut [L], columns: usize) {
        for row in 0..tile.rows {
            let (at, to) = ((row + 1) * STRIDE + 1, row * columns + tile.column);
            let own = self.sums[at..at + tile.columns]
                .iter()
                .zip(&self.directions[at..at + tile.columns]);
            for (target, (sum, direction)) in sums[to..to + tile.columns].iter_mut().zip(own) {
                *target = match *direction {
                    OUTLET => sum.halved(),
                    NO_DIRECTION => L::default(),
                    _ => *sum,
                };
            }
        }
    }

    fn rim(&mut self, tile: &Tile) -> Rim<L> {
        for (slot, position) in tile.halo().enumerate() {
            self.leaves[usize::from(position)] = u16::try_from(slot).expect("a halo has few slots");
        }
        for position in self.order.upward() {
            let direction = self.directions[usize::from(position)];
            let next = position.wrapping_add(LEAPS[usize::from(direction)]);
            let leaves = if direction == OUTLET {
                NOWHERE
            } else {
                self.leaves[usize::from(next)]
            };
            self.leaves[usize::from(position)] = leaves;
        }
        Rim {
            sent: tile.halo().map(|position| self.sums[usize::from(position)]).collect(),
            leaves: tile.rim().map(|position| self.leaves[usize::from(position)]).collect(),
        }
    }

    /// Carries what arrives at cells of the rim down to where it leaves the tile.
    fn pass_on(&mut self, tile: &Tile, arriving: &[(u16, L)], sums: &mut [L], columns: usize) {
        let inside = |position: u16| {
            let (row, column) = (usize::from(position) / STRIDE, usize::from(position) % STRIDE);
            (1..=tile.rows).contains(&row) && (1..=tile.columns).contains(&column)
        };
        let next = |directions: &Plane<u8>, position: u16| {
            let leap = LEAPS[usize::from(directions[usize::from(position)])];
            let next = position.wrapping_add(leap);
            (leap != 0 && inside(next)).then_some(next)
        };
        for (start, _) in arriving {
            let mut at = Some(*start);
            while let Some(position) = at {
                let arrivals = &mut self.arrivals[usize::from(position)];
                *arrivals += 1;
                if *arrivals > 1 {
                    break;
                }
                self.sums[usize::from(position)] = L::default();
                at = next(&self.directions, position);
            }
        }
        let band = Tile { row: 0, ..*tile };
        for (start, load) in arriving {
            let (mut at, mut carried) = (Some(*start), *load);
            while let Some(position) = at {
                let place = usize::from(position);
                self.sums[place] += carried;
                self.arrivals[place] -= 1;
                if self.arrivals[place] > 0 {
                    break;
                }
                carried = self.sums[place];
                sums[band.cell(position, columns)] += carried;
                at = next(&self.directions, position);
            }
        }
    }
}

/// From what every tile sends to what arrives in every tile, at cells of its rim.
pub fn exchange<L: Load>(tiling: &Tiling, rims: Vec<Rim<L>>) -> Vec<Vec<(u16, L)>> {
    let none = u32::MAX;
    let slot_of = |tile: usize, slot: usize| tile * HALO + slot;
    let size = (tiling.rows, tiling.columns);
    // each slot that something is sent to: the tile and position where it arrives, and the slot it goes on to
    let onward = |number: usize| -> Vec<(u32, u32, u16)> {
        let tile = tiling.tile(number);
        let along = tile.halo().zip(&rims[number].sent);
        along
            .map(|(position, sent)| {
                let place = if *sent == L::default() {
                    None
                } else {
                    tile.beyond(position, size)
                };
                let Some((row, column)) = place else {
                    return (none, none, 0);
                };
                let there = tiling.number(row, column);
                let position = tiling.tile(there).position(row, column);
                let leaves = rims[there].leaves[tiling.tile(there).rim_place(position)];
                let next = if leaves == NOWHERE {
                    none
                } else {
                    index(slot_of(there, usize::from(leaves)))
                };
                (next, index(there), position)
            })
            .collect()
    };
    let onward: Vec<Vec<(u32, u32, u16)>> = (0..rims.len()).into_par_iter().map(onward).collect();
    let mut flows = vec![L::default(); rims.len() * HALO];
    let mut waiting = vec![0_u16; rims.len() * HALO];
    for (tile, rim) in rims.iter().enumerate() {
        for (slot, sent) in rim.sent.iter().enumerate() {
            flows[slot_of(tile, slot)] = *sent;
            let next = onward[tile][slot].0;
            if next != none {
                waiting[next as usize] += 1;
            }
        }
    }
    drop(rims);
    for (tile, slots) in onward.iter().enumerate() {
        for slot in 0..slots.len() {
            let mut at = slot_of(tile, slot);
            // a slot that waits for nothing is carried down as far as nothing else is waited for
            while waiting[at] == 0 {
                waiting[at] = u16::MAX;
                let next = onward[at / HALO][at % HALO].0;
                if next == none {
                    break;
                }
                let flow = flows[at];
                at = next as usize;
                flows[at] += flow;
                waiting[at] -= 1;
            }
        }
    }
    let mut arriving = vec![Vec::new(); onward.len()];
    for (tile, slots) in onward.iter().enumerate() {
        for (slot, (_, there, position)) in slots.iter().enumerate() {
            if *there != none {
                arriving[*there as usize].push((*position, flows[slot_of(tile, slot)]));
            }
        }
    }
    arriving
}

fn index(value: usize) -> u32 {
    u32::try_from(value).expect("slots are fewer than cells")
}
