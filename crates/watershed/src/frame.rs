//! One tile of a raster with a ring of neighbours, in arrays that fit the cache and need no bounds checks.
//!
//! A position is row × 256 + column; the tile begins at (1, 1) and its neighbours' cells, the halo, lie round it.

use crate::direction::{CODES, NO_DIRECTION};

/// Positions from one row to the next.
pub const STRIDE: usize = 256;
/// Positions of a frame.
pub const PLANE: usize = STRIDE * STRIDE;
/// The longest side of a tile: with its halo it leaves two columns, so that rows never touch.
pub const LARGEST_TILE: usize = 252;
/// Places for the halo of the largest tile.
pub const HALO: usize = 4 * (LARGEST_TILE + 2);

/// A value for each position.
pub type Plane<T> = Box<[T; PLANE]>;

/// A frame filled with one value.
#[expect(clippy::unnecessary_box_returns, reason = "it is as large as a stack")]
pub fn plane<T: Copy>(value: T) -> Plane<T> {
    let filled = vec![value; PLANE].into_boxed_slice();
    filled
        .try_into()
        .unwrap_or_else(|_| unreachable!("the length is that of a plane"))
}

/// What is added to a position to follow a direction; nothing for an outlet and without data.
pub const LEAPS: [u16; 256] = {
    let mut leaps = [0; 256];
    let mut k = 0;
    let ways: [i32; 8] = [1, 257, 256, 255, -1, -257, -256, -255];
    while k < 8 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positions wrap at 65 536"
        )]
        let leap = ways[k] as u16;
        leaps[CODES[k] as usize] = leap;
        k += 1;
    }
    leaps
};

/// Whole rows of a raster, from one of them on.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a, T> {
    /// The cells, row by row.
    pub cells: &'a [T],
    /// The row of the raster that is the first of them.
    pub first: usize,
    /// Columns of the raster.
    pub columns: usize,
}

impl<'a, T> Rows<'a, T> {
    /// A row of the raster; `None` where it is not among them.
    pub fn get(&self, row: usize) -> Option<&'a [T]> {
        let at = row.checked_sub(self.first)? * self.columns;
        self.cells.get(at..at + self.columns)
    }
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// First row of the raster in it.
    pub row: usize,
    /// First column of the raster in it.
    pub column: usize,
    /// Rows, at most [`LARGEST_TILE`].
    pub rows: usize,
    /// Columns, at most [`LARGEST_TILE`].
    pub columns: usize,
}

impl Tile {
    /// The position of a cell of the raster, which lies in the tile or in its halo.
    pub fn position(&self, row: usize, column: usize) -> u16 {
        u16::try_from((row + 1 - self.row) * STRIDE + (column + 1 - self.column)).expect("the cell lies in the frame")
    }

    /// The cell at a position of the tile itself, in rows of `columns` cells.
    #[inline]
    pub fn cell(&self, position: u16, columns: usize) -> usize {
        let (row, column) = (usize::from(position) / STRIDE, usize::from(position) % STRIDE);
        (self.row + row - 1) * columns + self.column + column - 1
    }

    /// The positions of the halo, in the order of their slots: north, south, west, east.
    pub fn halo(&self) -> impl Iterator<Item = u16> + use<> {
        let Self { rows, columns, .. } = *self;
        let along = move |row: usize| (0..columns + 2).map(move |column| row * STRIDE + column);
        let down = move |column: usize| (1..=rows).map(move |row| row * STRIDE + column);
        let all = along(0).chain(along(rows + 1)).chain(down(0)).chain(down(columns + 1));
        all.map(|position| u16::try_from(position).expect("a frame has 65 536 positions"))
    }

    /// The row and column of the raster at a halo position; `None` beyond its edges.
    pub fn beyond(&self, position: u16, (rows, columns): (usize, usize)) -> Option<(usize, usize)> {
        let row = (self.row + usize::from(position) / STRIDE).checked_sub(1)?;
        let column = (self.column + usize::from(position) % STRIDE).checked_sub(1)?;
        (row < rows && column < columns).then_some((row, column))
    }

    /// Copies directions of a row of tiles into a frame; the halo gets none.
    pub fn load_directions(&self, frame: &mut Plane<u8>, directions: &[u8], columns: usize) {
        frame[..STRIDE].fill(0);
        for row in 0..self.rows {
            let (from, at) = (row * columns + self.column, (row + 1) * STRIDE);
            frame[at] = 0;
            frame[at + 1..=at + self.columns].copy_from_slice(&directions[from..from + self.columns]);
            frame[at + self.columns + 1..at + STRIDE].fill(0);
        }
        let halo = (self.rows + 1) * STRIDE;
        frame[halo..halo + STRIDE].fill(0);
    }

    /// The positions of its own cells that touch the halo, each once.
    pub fn rim(&self) -> impl Iterator<Item = u16> + use<> {
        let Self { rows, columns, .. } = *self;
        let inner = (2..rows).flat_map(move |row| [(row, 1), (row, columns)]);
        let all = (1..=columns)
            .flat_map(move |column| [(1, column), (rows, column)])
            .chain(inner);
        let mut last = None;
        all.filter(move |place| last.replace(*place) != Some(*place))
            .map(|(row, column)| u16::try_from(row * STRIDE + column).expect("a frame has 65 536 positions"))
    }

    /// The place of a position in [`Tile::rim`].
    pub fn rim_place(&self, position: u16) -> usize {
        let (row, column) = (usize::from(position) / STRIDE, usize::from(position) % STRIDE);
        let (tall, wide) = (usize::from(self.rows > 1), usize::from(self.columns > 1));
        if row == 1 {
            (column - 1) * (1 + tall)
        } else if row == self.rows {
            (column - 1) * 2 + 1
        } else {
            self.columns * (1 + tall) + (row - 2) * (1 + wide) + usize::from(column != 1)
        }
    }
}

/// A raster cut into tiles of one size, numbered row by row; the last ones of a row and of a column may be smaller.
#[derive(Clone, Copy, Debug)]
pub struct Tiling {
    /// Rows of the raster.
    pub rows: usize,
    /// Columns of the raster.
    pub columns: usize,
    /// Side of a tile.
    pub side: usize,
}

impl Tiling {
    /// Tiles of `side`, brought into 1 to [`LARGEST_TILE`].
    pub fn new(rows: usize, columns: usize, side: usize) -> Self {
        Self {
            rows,
            columns,
            side: side.clamp(1, LARGEST_TILE),
        }
    }

    /// Tiles in a row of them.
    pub fn across(&self) -> usize {
        self.columns.div_ceil(self.side)
    }

    /// Cells of a whole row of tiles.
    pub fn band_cells(&self) -> usize {
        self.side * self.columns
    }

    /// The tile of a number.
    pub fn tile(&self, number: usize) -> Tile {
        let (row, column) = (number / self.across() * self.side, number % self.across() * self.side);
        Tile {
            row,
            column,
            rows: self.side.min(self.rows - row),
            columns: self.side.min(self.columns - column),
        }
    }

    /// The number of the tile in which a cell lies.
    pub fn number(&self, row: usize, column: usize) -> usize {
        row / self.side * self.across() + column / self.side
    }

    /// How many tiles there are.
    pub fn count(&self) -> usize {
        self.across() * self.rows.div_ceil(self.side)
    }

    /// The numbers of the tiles of a row of them.
    pub fn band(&self, band: usize) -> std::ops::Range<usize> {
        band * self.across()..(band + 1) * self.across()
    }
}

/// The cells of a tile in an order in which all that flows into a cell within the tile comes before it.
pub struct Order {
    queue: Plane<u16>,
    waiting: Plane<u8>,
    length: usize,
}

impl Order {
    /// Room for any tile.
    pub fn new() -> Self {
        Self {
            queue: plane(0),
            waiting: plane(0),
            length: 0,
        }
    }

    /// Finds the order for directions whose halo is 0, and shows each cell with the position that it flows to: itself where the
    /// flow ends. What is shown first has nothing above it.
    #[inline]
    pub fn follow(&mut self, directions: &Plane<u8>, tile: &Tile, mut show: impl FnMut(u16, u16)) {
        self.count_inflows(directions, tile);
        let mut tail = 0;
        for row in 1..=tile.rows {
            for position in row * STRIDE + 1..=row * STRIDE + tile.columns {
                #[expect(clippy::cast_possible_truncation, reason = "a frame has 65 536 positions")]
                let at = position as u16;
                self.queue[tail & (PLANE - 1)] = at;
                tail += usize::from(self.waiting[usize::from(at)] == 0);
            }
        }
        let mut head = 0;
        while head < tail {
            let position = self.queue[head & (PLANE - 1)];
            head += 1;
            let next = position.wrapping_add(LEAPS[usize::from(directions[usize::from(position)])]);
            show(position, next);
            let left = self.waiting[usize::from(next)].wrapping_sub(1);
            self.waiting[usize::from(next)] = left;
            self.queue[tail & (PLANE - 1)] = next;
            tail += usize::from(left == 0);
        }
        self.length = tail;
    }

    /// The cells against the order: each comes after the one that it flows to.
    #[inline]
    pub fn upward(&self) -> impl Iterator<Item = u16> + '_ {
        self.queue[..self.length].iter().rev().copied()
    }

    /// How many neighbours of the tile flow into each of its cells; 1 for a cell without data, which nothing ever reaches, and 0
    /// in the halo, so that counting down never comes to 0 there.
    fn count_inflows(&mut self, directions: &Plane<u8>, tile: &Tile) {
        for row in 0..tile.rows + 2 {
            let at = row * STRIDE;
            self.waiting[at..at + STRIDE].fill(0);
        }
        for row in 1..=tile.rows {
            let at = row * STRIDE;
            let whole = |row: usize| -> &[u8; STRIDE] {
                directions[row * STRIDE..(row + 1) * STRIDE]
                    .try_into()
                    .expect("a row of a frame")
            };
            let (up, mid, down) = (whole(row - 1), whole(row), whole(row + 1));
            let counts: &mut [u8; STRIDE] = (&mut self.waiting[at..at + STRIDE])
                .try_into()
                .expect("a row of a frame");
            for i in 1..STRIDE - 1 {
                let is = |value: u8, code: u8| u8::from(value == code);
                let cardinal = is(mid[i + 1], 16) + is(down[i], 64) + is(mid[i - 1], 1) + is(up[i], 4);
                let diagonal = is(down[i + 1], 32) + is(down[i - 1], 128) + is(up[i - 1], 2) + is(up[i + 1], 8);
                counts[i] = cardinal + diagonal + is(mid[i], NO_DIRECTION);
            }
            counts[tile.columns + 1..].fill(0);
        }
    }
}
