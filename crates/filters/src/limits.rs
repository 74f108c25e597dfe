//! What a filter may cost before it is refused.

/// Bounds on a filter; each is looked at before the work that it bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text or JSON.
    pub bytes: usize,
    /// Levels of expressions in one another. A chain of `n` sums is `n` levels; a chain of `AND` is one. At most 50 is obeyed.
    pub depth: usize,
    /// Literals, names and operations together.
    pub nodes: usize,
    /// Vertices of all literal geometries together.
    pub vertices: usize,
    /// Characters of one pattern of `LIKE`.
    pub pattern: usize,
}

impl Default for Limits {
    /// 1 MiB, 50 levels, 5 000 nodes, 10 000 vertices, 200 characters.
    fn default() -> Self {
        Self {
            bytes: 1 << 20,
            depth: 50,
            nodes: 5_000,
            vertices: 10_000,
            pattern: 200,
        }
    }
}
