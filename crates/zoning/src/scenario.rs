//! Two results of one territory side by side: areas and what became what.

use territory::UtmHectares;

/// What became what between two grids of codes of one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Codes that occur in either, in growing order, *sin dato* and outside included.
    pub codes: Vec<u8>,
    /// Cells by the code before (row) and after (column), in the order of `codes`.
    pub cells: Vec<Vec<u64>>,
}

/// Two grids of another length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{before} cells before, {after} after")]
pub struct LengthError {
    /// Cells of the first.
    pub before: usize,
    /// Cells of the second.
    pub after: usize,
}

impl LengthError {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        let Self { before, after } = self;
        format!("Los resultados tienen {before} y {after} celdas; compare escenarios de un mismo modelo y territorio.")
    }
}

/// Counts what became what.
///
/// # Errors
/// Grids of different lengths.
pub fn compare(before: &[u8], after: &[u8]) -> Result<Transition, LengthError> {
    if before.len() != after.len() {
        let (before, after) = (before.len(), after.len());
        return Err(LengthError { before, after });
    }
    let mut all = vec![0_u64; 1 << 16];
    for (a, b) in before.iter().zip(after) {
        all[usize::from(*a) << 8 | usize::from(*b)] += 1;
    }
    let count = |a: u8, b: u8| all[usize::from(a) << 8 | usize::from(b)];
    let occurs = |code: &u8| (0..=u8::MAX).any(|other| count(*code, other) + count(other, *code) > 0);
    let codes: Vec<u8> = (0..=u8::MAX).filter(occurs).collect();
    let row = |a: &u8| codes.iter().map(|b| count(*a, *b)).collect();
    let cells = codes.iter().map(row).collect();
    Ok(Transition { codes, cells })
}

impl Transition {
    /// Cells of each code before.
    pub fn before(&self) -> Vec<u64> {
        self.cells.iter().map(|row| row.iter().sum()).collect()
    }

    /// Cells of each code after.
    pub fn after(&self) -> Vec<u64> {
        let column = |at: usize| self.cells.iter().map(|row| row[at]).sum();
        (0..self.codes.len()).map(column).collect()
    }

    /// Cells that kept their code.
    pub fn kept(&self) -> u64 {
        self.cells.iter().enumerate().map(|(at, row)| row[at]).sum()
    }
}

/// Hectares of cells of a side in metres.
pub fn hectares(cells: u64, side: f64) -> UtmHectares {
    UtmHectares(cells as f64 * (side * side) / 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_and_columns_sum_to_the_areas(pairs in proptest::collection::vec((0_u8..5, 0_u8..5), 0..400)) {
            let (before, after): (Vec<u8>, Vec<u8>) = pairs.iter().copied().unzip();
            let found = compare(&before, &after).unwrap();
            let count = |grid: &[u8], code: u8| grid.iter().map(|one| u64::from(*one == code)).sum::<u64>();
            for (at, code) in found.codes.iter().enumerate() {
                prop_assert_eq!(found.before()[at], count(&before, *code));
                prop_assert_eq!(found.after()[at], count(&after, *code));
            }
            prop_assert_eq!(found.before().iter().sum::<u64>(), pairs.len() as u64);
            let same = pairs.iter().map(|(a, b)| u64::from(a == b)).sum::<u64>();
            prop_assert_eq!(found.kept(), same);
        }
    }

    #[test]
    fn grids_of_other_lengths_are_refused() {
        let error = compare(&[1, 2], &[1]).unwrap_err();
        assert!(error.sentence_es().contains("2 y 1"));
    }
}
