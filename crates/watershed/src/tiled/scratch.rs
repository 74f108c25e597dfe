//! Where rasters are kept that memory does not hold: bytes at places, which somebody else stores.

/// A raster of the work; its cells follow one another row by row, little-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Heights in millimetres, `i32`; filled ones once the grid is drained.
    Heights,
    /// Codes of directions, `u8`.
    Directions,
    /// Labels of catchments within their tiles, `u16`.
    Labels,
    /// Numbers of basins, `u32`.
    Basins,
    /// Cells that drain through each, `u32`.
    Sums,
    /// Places of units plus one, `u32`.
    Units,
}

impl Layer {
    /// A word for it, as files are named.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Heights => "heights",
            Self::Directions => "directions",
            Self::Labels => "labels",
            Self::Basins => "basins",
            Self::Sums => "sums",
            Self::Units => "units",
        }
    }
}

/// A store of bytes for each layer.
pub trait Scratch {
    /// Why something cannot be kept or had again.
    type Error: std::error::Error + Send + Sync + 'static;

    /// Fills `bytes` with what was written at `at`. Nothing else is asked for.
    ///
    /// # Errors
    /// When it cannot be had.
    fn read(&mut self, layer: Layer, at: u64, bytes: &mut [u8]) -> Result<(), Self::Error>;

    /// Keeps bytes at `at`, in place of what was there.
    ///
    /// # Errors
    /// When they cannot be kept.
    fn write(&mut self, layer: Layer, at: u64, bytes: &[u8]) -> Result<(), Self::Error>;

    /// Forgets a layer, if there is one.
    ///
    /// # Errors
    /// When that fails.
    fn discard(&mut self, layer: Layer) -> Result<(), Self::Error>;
}

/// A value of a cell, as bytes.
pub(super) trait Word: Copy + Default + Send + Sync {
    /// Bytes of it.
    const SIZE: usize;
    fn put(self, bytes: &mut [u8]);
    fn take(bytes: &[u8]) -> Self;
}

macro_rules! words {
    ($($word:ty)*) => {$(
        impl Word for $word {
            const SIZE: usize = size_of::<Self>();

            #[inline]
            fn put(self, bytes: &mut [u8]) {
                bytes.copy_from_slice(&self.to_le_bytes());
            }

            #[inline]
            fn take(bytes: &[u8]) -> Self {
                Self::from_le_bytes(bytes.try_into().expect("chunks of this size"))
            }
        }
    )*};
}

words!(u8 u16 u32 i32);

/// Cells that pass between words and bytes at once.
const AT_ONCE: usize = 1 << 16;

/// Reads cells from the cell `first` on.
pub(super) fn load<T: Word, S: Scratch>(
    scratch: &mut S,
    layer: Layer,
    first: usize,
    cells: &mut [T],
) -> Result<(), S::Error> {
    let mut bytes = vec![0; T::SIZE * AT_ONCE.min(cells.len())];
    let mut at = (first * T::SIZE) as u64;
    for cells in cells.chunks_mut(AT_ONCE) {
        let bytes = &mut bytes[..cells.len() * T::SIZE];
        scratch.read(layer, at, bytes)?;
        for (cell, bytes) in cells.iter_mut().zip(bytes.chunks_exact(T::SIZE)) {
            *cell = T::take(bytes);
        }
        at += bytes.len() as u64;
    }
    Ok(())
}

/// Writes cells from the cell `first` on.
pub(super) fn save<T: Word, S: Scratch>(
    scratch: &mut S,
    layer: Layer,
    first: usize,
    cells: &[T],
) -> Result<(), S::Error> {
    let mut bytes = vec![0; T::SIZE * AT_ONCE.min(cells.len())];
    let mut at = (first * T::SIZE) as u64;
    for cells in cells.chunks(AT_ONCE) {
        let bytes = &mut bytes[..cells.len() * T::SIZE];
        for (cell, bytes) in cells.iter().zip(bytes.chunks_exact_mut(T::SIZE)) {
            cell.put(bytes);
        }
        scratch.write(layer, at, bytes)?;
        at += bytes.len() as u64;
    }
    Ok(())
}
