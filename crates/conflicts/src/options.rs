//! What a reader may choose about a check; each choice is stated in the report.

/// Choices of a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckOptions {
    /// Count every overlap, however small or thin, as other programs do.
    pub keep_slivers: bool,
}
