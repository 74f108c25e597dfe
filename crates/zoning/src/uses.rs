//! The matrix of uses: what a zoning recommends for each use in each zone, with its condition and where it is written.

use crate::read::{Node, read_file};
use crate::{Fault, ModelError};

/// What is recommended for a use in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Advice {
    /// R: *recomendable*.
    Recommended,
    /// RR: *recomendable con restricciones*; always with its condition.
    WithConditions,
    /// NR: *no recomendable*.
    NotRecommended,
    /// NA: *no aplica*.
    NotApplicable,
}

impl Advice {
    const ALL: [Self; 4] = [
        Self::Recommended,
        Self::WithConditions,
        Self::NotRecommended,
        Self::NotApplicable,
    ];

    /// The letters.
    pub fn letters(self) -> &'static str {
        ["R", "RR", "NR", "NA"][self as usize]
    }
}

/// A cell of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseCell {
    /// What is recommended.
    pub advice: Advice,
    /// Under which condition; always there for RR.
    pub condition: Option<String>,
    /// The page of the ordinance.
    pub page: u32,
}

/// A matrix of zones and uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseMatrix {
    /// The ordinance that approved it.
    pub ordinance: String,
    /// Uses by code, with their titles, in the order of the codes.
    pub uses: Vec<(String, String)>,
    /// Zones by code, in their order; for each of [`Self::uses`] its cell, `None` being *sin dato*.
    pub zones: Vec<(String, Vec<Option<UseCell>>)>,
}

/// Reads a matrix for the zones of these codes. `file` is only named in faults.
///
/// # Errors
/// All faults of the file: an RR without its condition, a zone or a use that is not declared, a cell without its page.
pub fn read_uses(file: &str, text: &str, zones: &[String]) -> Result<UseMatrix, Vec<ModelError>> {
    read_file(file, text, |root| {
        root.only(&["ordinance", "uses", "zones"]);
        let ordinance = root.text("ordinance");
        let uses = root.each("uses", |code, node| {
            node.only(&["title"]);
            Some((code.to_owned(), node.text("title")?))
        })?;
        let rows = root.each("zones", |code, node| read_row(code, node, (zones, &uses)));
        Some(UseMatrix {
            ordinance: ordinance?,
            zones: rows?,
            uses,
        })
    })
}

type Row = (String, Vec<Option<UseCell>>);

fn read_row(code: &str, node: Node<'_>, (zones, uses): (&[String], &[(String, String)])) -> Option<Row> {
    if !zones.iter().any(|zone| zone == code) {
        node.faults.add(node.path, code, Fault::NotOneOf(zones.to_vec()));
        return None;
    }
    let known: Vec<&str> = uses.iter().map(|(code, _)| code.as_str()).collect();
    for stranger in node.table.keys().filter(|key| !known.contains(&key.as_str())) {
        node.refuse(
            stranger,
            Fault::NotOneOf(known.iter().map(|code| (*code).to_owned()).collect()),
        );
    }
    let cells = known.iter().map(|code| {
        if node.has(code) {
            node.within(code, read_cell).map(Some)
        } else {
            Some(None)
        }
    });
    let cells: Vec<Option<Option<UseCell>>> = cells.collect();
    Some((code.to_owned(), cells.into_iter().collect::<Option<Vec<_>>>()?))
}

fn read_cell(node: Node<'_>) -> Option<UseCell> {
    node.only(&["advice", "condition", "page"]);
    let advice = node
        .one_of("advice", &Advice::ALL.map(Advice::letters))
        .map(|place| Advice::ALL[place]);
    let page = node.whole_within("page", 1, 100_000);
    let condition = node.optional_text("condition");
    if advice == Some(Advice::WithConditions) && !node.has("condition") {
        node.refuse("condition", Fault::Missing);
        return None;
    }
    Some(UseCell {
        advice: advice?,
        condition,
        page: page?,
    })
}

impl UseMatrix {
    /// The cell of a zone and a use. `None` is *sin dato*: nothing is recommended, and nothing is advised against.
    pub fn cell(&self, zone: &str, used: &str) -> Option<&UseCell> {
        let column = self.uses.iter().position(|(code, _)| code == used)?;
        let (_, row) = self.zones.iter().find(|(code, _)| code == zone)?;
        row[column].as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MATRIX: &str = r#"
ordinance = "Ordenanza Regional de prueba 001"

[uses.agricultura]
title = "Agricultura anual"

[uses.turismo]
title = "Turismo"

[zones.P1]
agricultura = { advice = "R", page = 12 }
turismo = { advice = "RR", condition = "fuera de bofedales", page = 13 }

[zones.B1]
agricultura = { advice = "NR", page = 14 }
"#;

    fn zones() -> Vec<String> {
        ["B1", "D1", "P1"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_missing_cell_is_without_data() {
        let matrix = read_uses("usos.toml", MATRIX, &zones()).unwrap();
        assert_eq!(
            matrix.cell("P1", "turismo").unwrap().condition.as_deref(),
            Some("fuera de bofedales")
        );
        assert_eq!(matrix.cell("B1", "agricultura").unwrap().advice, Advice::NotRecommended);
        for (zone, used) in [
            ("B1", "turismo"),
            ("D1", "turismo"),
            ("P1", "minería"),
            ("Z9", "turismo"),
        ] {
            assert_eq!(matrix.cell(zone, used), None);
        }
    }

    #[test]
    fn a_restriction_without_its_condition_is_refused_with_all_other_faults() {
        let text = MATRIX
            .replace("condition = \"fuera de bofedales\", ", "")
            .replace("\"NR\", page = 14", "\"SI\"")
            .replace(
                "[zones.B1]",
                "[zones.B7]\nturismo = { advice = \"R\", page = 1 }\n[zones.B1]\npesca = { advice = \"R\", page = 2 }",
            );
        let found = read_uses("usos.toml", &text, &zones()).unwrap_err();
        let keys: Vec<&str> = found.iter().map(|error| error.key.as_str()).collect();
        let wanted = [
            "zones.B1.pesca",
            "zones.B1.agricultura.advice",
            "zones.B1.agricultura.page",
            "zones.B7",
            "zones.P1.turismo.condition",
        ];
        assert_eq!(keys, wanted);
        assert!(found[0].sentence_es().contains("usos.toml"));
    }
}
