//! Cells of a layer in any order: pages of them in memory, the one that was not asked for the longest gives way.

use super::scratch::{Layer, Scratch, Word, load, save};
use crate::outline::Labels;

/// No page is held here.
const ABSENT: u32 = u32::MAX;

struct Page<T> {
    number: usize,
    cells: Vec<T>,
    changed: bool,
    asked: u64,
}

/// A layer whose cells are read and changed one by one.
pub(super) struct Pages<'a, S, T> {
    scratch: &'a mut S,
    layer: Layer,
    cells: usize,
    bits: u32,
    /// For each page its place in `held`.
    places: Vec<u32>,
    held: Vec<Page<T>>,
    most: usize,
    /// Counts loads.
    clock: u64,
    /// The page that was asked for last, and its place.
    last: (usize, usize),
}

impl<'a, S: Scratch, T: Word> Pages<'a, S, T> {
    /// Pages of 2^`bits` cells of a layer of so many, no more than `bytes` at once, but two.
    pub fn new(scratch: &'a mut S, (layer, cells): (Layer, usize), bits: u32, bytes: u64) -> Self {
        let most = usize::try_from(bytes).unwrap_or(usize::MAX) / (T::SIZE << bits);
        Self {
            scratch,
            layer,
            cells,
            bits,
            places: vec![ABSENT; cells.div_ceil(1 << bits)],
            held: Vec::new(),
            most: most.max(2),
            clock: 0,
            last: (usize::MAX, 0),
        }
    }

    /// The value of a cell.
    #[inline]
    pub fn cell(&mut self, cell: usize) -> Result<T, S::Error> {
        let place = self.place(cell)?;
        Ok(self.held[place].cells[cell & ((1 << self.bits) - 1)])
    }

    /// Gives a cell a value, and says the one that it had.
    pub fn replace(&mut self, cell: usize, value: T) -> Result<T, S::Error> {
        let place = self.place(cell)?;
        let page = &mut self.held[place];
        page.changed = true;
        Ok(std::mem::replace(&mut page.cells[cell & ((1 << self.bits) - 1)], value))
    }

    /// Writes back what was changed.
    pub fn finish(mut self) -> Result<(), S::Error> {
        (0..self.held.len()).try_for_each(|place| self.write_back(place))
    }

    #[inline]
    fn place(&mut self, cell: usize) -> Result<usize, S::Error> {
        let page = cell >> self.bits;
        if self.last.0 != page {
            self.last = (page, self.find(page)?);
        }
        Ok(self.last.1)
    }

    fn find(&mut self, page: usize) -> Result<usize, S::Error> {
        self.clock += 1;
        let known = self.places[page];
        let place = if known == ABSENT {
            self.fetch(page)?
        } else {
            known as usize
        };
        self.held[place].asked = self.clock;
        Ok(place)
    }

    fn fetch(&mut self, page: usize) -> Result<usize, S::Error> {
        let place = if self.held.len() < self.most {
            self.held.push(Page {
                number: page,
                cells: Vec::new(),
                changed: false,
                asked: 0,
            });
            self.held.len() - 1
        } else {
            let oldest = (0..self.held.len()).min_by_key(|place| self.held[*place].asked);
            let place = oldest.expect("at least two pages are held");
            self.write_back(place)?;
            self.places[self.held[place].number] = ABSENT;
            place
        };
        let first = page << self.bits;
        let held = &mut self.held[place];
        held.number = page;
        held.cells
            .resize((self.cells - first).min(1 << self.bits), T::default());
        load(self.scratch, self.layer, first, &mut held.cells)?;
        self.places[page] = u32::try_from(place).expect("pages are fewer than cells");
        Ok(place)
    }

    fn write_back(&mut self, place: usize) -> Result<(), S::Error> {
        let page = &mut self.held[place];
        if std::mem::take(&mut page.changed) {
            save(self.scratch, self.layer, page.number << self.bits, &page.cells)?;
        }
        Ok(())
    }
}

impl<S: Scratch> Labels for Pages<'_, S, u32> {
    type Error = S::Error;

    #[inline]
    fn get(&mut self, cell: usize) -> Result<u32, S::Error> {
        self.cell(cell)
    }
}
