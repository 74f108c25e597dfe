//! Why grids do not fit a model.

/// Why grids do not fit a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GridsError {
    /// Another number of grids than of criteria.
    #[error("{found} grids for {wanted} criteria")]
    Criteria {
        /// Grids given.
        found: usize,
        /// Criteria of the model.
        wanted: usize,
    },
    /// A grid of another length.
    #[error("the grid of «{name}» has {found} cells, the result {wanted}")]
    Cells {
        /// The criterion, or `territorio`.
        name: String,
        /// Cells of the grid.
        found: usize,
        /// Cells of the result.
        wanted: usize,
    },
}

impl GridsError {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Criteria { found, wanted } => {
                format!(
                    "Hay {found} grillas para {wanted} criterios; entregue una por criterio, en el orden de sus nombres."
                )
            }
            Self::Cells { name, found, wanted } => format!(
                "La grilla de «{name}» tiene {found} celdas y el modelo {wanted}; llévela a la grilla del modelo (to_grid)."
            ),
        }
    }
}
