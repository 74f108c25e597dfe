//! Networks as tables give them: a code, and the code of what it flows into.

use super::flow::{Flow, FlowError, as_u32};
use std::collections::BTreeMap;

/// A row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// Its code.
    pub code: &'a str,
    /// The code of what it flows into; none for an outlet.
    pub next: Option<&'a str>,
}

/// What keeps a table from being a network. Rows are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// A row without a code.
    #[error("row {row} has no code")]
    NoCode {
        /// The row.
        row: usize,
    },
    /// A code that several rows have.
    #[error("rows {rows:?} all have the code {code:?}")]
    Duplicate {
        /// The code.
        code: String,
        /// Its rows.
        rows: Vec<usize>,
    },
    /// An orphan: it flows into a code that no row has.
    #[error("row {row}, {code:?}, flows into {next:?}, which is in no row")]
    Orphan {
        /// The row.
        row: usize,
        /// Its code.
        code: String,
        /// What it flows into.
        next: String,
    },
    /// Water that returns to where it came from.
    #[error("the flow goes round through {codes:?}")]
    Cycle {
        /// The codes in the direction of flow.
        codes: Vec<String>,
    },
}

impl LinkFault {
    /// What a person reads, in Spanish, with the mend; there rows are counted from 1.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::NoCode { row } => format!("La fila {} no tiene código; complételo.", row + 1),
            Self::Duplicate { code, rows } => {
                let rows = rows_from_one(rows);
                format!("El código «{code}» está en las filas {rows}; deje una sola fila o corrija los códigos.")
            }
            Self::Orphan { row, code, next } => format!(
                "La fila {} («{code}») desemboca en «{next}», que no consta en la capa; agregue ese tramo o corrija el enlace.",
                row + 1
            ),
            Self::Cycle { codes } => format!(
                "El flujo vuelve a su origen por {}; corrija hacia dónde desemboca uno de ellos.",
                codes.join(" → ")
            ),
        }
    }
}

/// Rows as people count them.
fn rows_from_one(rows: &[usize]) -> String {
    let counted: Vec<String> = rows.iter().map(|row| (row + 1).to_string()).collect();
    counted.join(", ")
}

/// The number of the row that each row flows into, for [`Flow::new`].
///
/// # Errors
/// All faults of the table: rows without a code and duplicates, then orphans, then cycles among what is left.
pub fn link_by_code(rows: &[Link]) -> Result<Vec<Option<u32>>, Vec<LinkFault>> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (row, link) in rows.iter().enumerate() {
        if link.code.trim().is_empty() {
            faults.push(LinkFault::NoCode { row });
        } else {
            places.entry(link.code).or_default().push(row);
        }
    }
    let several = places.iter().filter(|(_, rows)| rows.len() > 1);
    faults.extend(several.map(|(code, rows)| LinkFault::Duplicate {
        code: (*code).to_owned(),
        rows: rows.clone(),
    }));
    let mut next = Vec::with_capacity(rows.len());
    for (row, link) in rows.iter().enumerate() {
        let place = link.next.and_then(|next| places.get(next)).map(|rows| as_u32(rows[0]));
        next.push(place);
        if let (Some(code), None) = (link.next, place) {
            faults.push(LinkFault::Orphan {
                row,
                code: link.code.to_owned(),
                next: code.to_owned(),
            });
        }
    }
    if let Err(FlowError::Cycles { cycles }) = Flow::new(&next, &vec![0; next.len()]) {
        let code = |node: &u32| rows[*node as usize].code.to_owned();
        faults.extend(cycles.iter().map(|cycle| LinkFault::Cycle {
            codes: cycle.iter().map(code).collect(),
        }));
    }
    if faults.is_empty() { Ok(next) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows<'a>(links: &[(&'a str, &'a str)]) -> Vec<Link<'a>> {
        let link = |(code, next): &(&'a str, &'a str)| Link {
            code,
            next: Some(*next).filter(|next| !next.is_empty()),
        };
        links.iter().map(link).collect()
    }

    #[test]
    fn codes_become_numbers() {
        let links = rows(&[("b", "a"), ("a", ""), ("c", "b")]);
        assert_eq!(link_by_code(&links), Ok(vec![Some(1), None, Some(0)]));
    }

    #[test]
    fn all_faults_are_listed_with_their_codes() {
        let links = rows(&[("a", "z"), ("b", "c"), ("c", "b"), ("d", ""), ("d", ""), ("", "")]);
        let faults = link_by_code(&links).unwrap_err();
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            faults,
            [
                LinkFault::NoCode { row: 5 },
                LinkFault::Duplicate {
                    code: "d".into(),
                    rows: vec![3, 4]
                },
                LinkFault::Orphan {
                    row: 0,
                    code: "a".into(),
                    next: "z".into()
                },
                LinkFault::Cycle {
                    codes: owned(&["b", "c"])
                },
            ]
        );
        assert!(
            faults[0].sentence_es().starts_with("La fila 6 ") && faults[1].sentence_es().contains("las filas 4, 5;")
        );
    }
}
