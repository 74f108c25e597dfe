//! Land-use conflict: capability against current use by a declared table; five outcomes whose areas are all of the land.

use crate::read::{Node, read_file};
use crate::{Association, Group, ModelError};
use territory::UtmHectares;

/// What a use is to the capability of its land.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UseConflict {
    /// *Conforme*.
    Conforming,
    /// *Sobreuso*: more than the land bears.
    Overuse,
    /// *Subuso*: less than it would bear.
    Underuse,
    /// *No evaluado*: the table leaves the use out, as urban land.
    NotRated,
    /// *Sin dato*: capability or use are not known, or the table does not name the use.
    NoData,
}

impl UseConflict {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 5] = [
        Self::Conforming,
        Self::Overuse,
        Self::Underuse,
        Self::NotRated,
        Self::NoData,
    ];

    /// The word, as tables and results write it.
    pub fn word(self) -> &'static str {
        ["conforme", "sobreuso", "subuso", "no_evaluado", "sin_dato"][self as usize]
    }
}

/// Uses against groups, with the source of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossingTable {
    /// Where the table comes from, as results print it.
    pub source: String,
    /// A row for each use, in the order of their codes.
    pub rows: Vec<CrossingRow>,
}

/// A row of a crossing table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossingRow {
    /// The code of the use.
    pub code: String,
    /// Its title, for people.
    pub title: String,
    /// What it is on land of each group, in the order of [`Group::ALL`].
    pub outcomes: [UseConflict; 5],
}

/// Reads a crossing table. `file` is only named in faults.
///
/// # Errors
/// All faults of the file.
pub fn read_crossing(file: &str, text: &str) -> Result<CrossingTable, Vec<ModelError>> {
    read_file(file, text, |root| {
        root.only(&["source", "uses"]);
        let source = root.text("source");
        let rows = root.each("uses", read_row);
        Some(CrossingTable {
            source: source?,
            rows: rows?,
        })
    })
}

fn read_row(code: &str, node: Node<'_>) -> Option<CrossingRow> {
    node.only(&["title", "A", "C", "P", "F", "X"]);
    let title = node.text("title");
    let words = UseConflict::ALL.map(UseConflict::word);
    let found = Group::ALL.map(|group| node.one_of(group.letter(), &words).map(|place| UseConflict::ALL[place]));
    let [Some(a), Some(c), Some(p), Some(f), Some(x)] = found else {
        return None;
    };
    Some(CrossingRow {
        code: code.to_owned(),
        title: title?,
        outcomes: [a, c, p, f, x],
    })
}

impl CrossingTable {
    /// What a use is on land of a group; *sin dato* for a use that the table does not name.
    pub fn outcome(&self, group: Group, code: &str) -> UseConflict {
        let row = self.rows.iter().find(|row| row.code == code);
        row.map_or(UseConflict::NoData, |row| row.outcomes[group as usize])
    }

    /// The shares of each outcome on a piece of land, in the order of [`UseConflict::ALL`]: by the proportions of an association, not by its
    /// first symbol. Their sum is 1.
    pub fn shares(&self, capability: Option<&Association>, code: Option<&str>) -> [f64; 5] {
        let mut shares = [0.0; 5];
        let (Some(Association(parts)), Some(code)) = (capability, code) else {
            shares[UseConflict::NoData as usize] = 1.0;
            return shares;
        };
        for (part, share) in parts {
            shares[self.outcome(part.group, code) as usize] += share;
        }
        shares
    }
}

/// Hectares of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Balance {
    /// In the order of [`UseConflict::ALL`].
    pub by_outcome: [f64; 5],
    /// All land that was given.
    pub given: f64,
}

impl Balance {
    /// Adds a piece of land by its shares.
    pub fn add(&mut self, area: UtmHectares, shares: [f64; 5]) {
        self.given += area.0;
        for (sum, share) in self.by_outcome.iter_mut().zip(shares) {
            *sum += area.0 * share;
        }
    }

    /// Hectares by which the outcomes miss the land that was given: the rounding of sums.
    pub fn gap(&self) -> UtmHectares {
        UtmHectares(self.by_outcome.iter().sum::<f64>() - self.given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fault, read_capability};
    use proptest::prelude::*;

    const TABLE: &str = r#"
source = "convención"

[uses.anual]
title = "Agricultura anual"
A = "conforme"
C = "sobreuso"
P = "sobreuso"
F = "sobreuso"
X = "sobreuso"

[uses.urbano]
title = "Urbano"
A = "no_evaluado"
C = "no_evaluado"
P = "no_evaluado"
F = "no_evaluado"
X = "no_evaluado"

[uses.pasto]
title = "Pasto"
A = "subuso"
C = "subuso"
P = "conforme"
F = "sobreuso"
X = "sobreuso"
"#;

    #[test]
    fn an_association_is_crossed_by_its_proportions() {
        let table = read_crossing("cruce.toml", TABLE).unwrap();
        let land = read_capability("P2c - Xse", Some("70-30")).unwrap();
        let shares = |land, used| format!("{:?}", table.shares(land, used));
        assert_eq!(shares(Some(&land), Some("pasto")), "[0.7, 0.3, 0.0, 0.0, 0.0]");
        let no_data = "[0.0, 0.0, 0.0, 0.0, 1.0]";
        assert_eq!(shares(Some(&land), Some("desconocido")), no_data);
        assert_eq!(shares(None, Some("pasto")), no_data);
        assert_eq!(shares(Some(&land), None), no_data);
    }

    #[test]
    fn a_missing_group_or_an_unknown_word_is_refused() {
        let found = read_crossing("cruce.toml", &TABLE.replacen("F = \"sobreuso\"\n", "", 1)).unwrap_err();
        assert_eq!(
            (found[0].key.as_str(), &found[0].fault),
            ("uses.anual.F", &Fault::Missing)
        );
        let found = read_crossing("cruce.toml", &TABLE.replacen("\"subuso\"", "\"poco\"", 1)).unwrap_err();
        assert_eq!((found.len(), found[0].value.as_str()), (1, "poco"));
    }

    proptest! {
        #[test]
        fn the_areas_of_the_outcomes_are_all_of_the_land(pieces in proptest::collection::vec((0.0_f64..5000.0, 0_usize..5, 0_usize..4), 1..200)) {
            let table = read_crossing("cruce.toml", TABLE).unwrap();
            let units = [("A2sc", None), ("P2c - Xse", Some("70-30")), ("F3e-A1-C2s(r)", Some("33-33-34")), ("Xw", None)];
            let mut balance = Balance::default();
            for (area, unit, used) in pieces {
                let land = units.get(unit).map(|(symbol, shares)| read_capability(symbol, *shares).unwrap());
                let used = ["anual", "urbano", "pasto"].get(used).copied();
                balance.add(UtmHectares(area), table.shares(land.as_ref(), used));
            }
            // a square centimetre on a million hectares
            prop_assert!(balance.gap().0.abs() < 1e-8, "{:?}", balance);
        }
    }
}
