//! What an upload may cost, stated in every refusal.

/// Limits that are checked before or during the work.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the upload.
    pub bytes: usize,
    /// Bytes of an archive once unpacked, all entries together.
    pub unpacked_bytes: u64,
    /// Entries of an archive.
    pub entries: usize,
    /// Geometry collections and folders within one another; JSON and XML may nest four times as deep.
    pub nesting: usize,
    /// Vertices of all rings together.
    pub vertices: usize,
    /// Features, placemarks, tracks or rows with a geometry of their own.
    pub features: usize,
}

impl Limits {
    /// Depth of brackets or elements.
    pub(crate) const fn depth(&self) -> usize {
        self.nesting * 4
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 5_000_000,
            unpacked_bytes: 50_000_000,
            entries: 64,
            nesting: 8,
            vertices: 200_000,
            features: 1_000,
        }
    }
}
