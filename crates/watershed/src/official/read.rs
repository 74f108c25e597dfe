//! Rows of a layer → codes, with what is wrong with them.

use super::UnitFault;
use super::tree::OfficialUnit;
use std::collections::BTreeMap;

/// A row of a layer of official units. Texts as the source has them; surrounding blanks are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenUnit<'a> {
    /// Its code (`CODIGO`).
    pub code: Option<&'a str>,
    /// Its codes by level from the first (`NIVEL1` to `NIVEL8`); none where the unit does not reach the level.
    pub levels: &'a [Option<&'a str>],
    /// Its name (`NOMBRE`).
    pub name: &'a str,
}

/// The longest code.
const DIGITS: usize = 8;

fn filled(value: Option<&str>) -> Option<&str> {
    value.map(str::trim).filter(|value| !value.is_empty())
}

/// Units by their codes, each once, and what is wrong with the rows.
pub(super) fn read(rows: &[GivenUnit]) -> (Vec<OfficialUnit>, Vec<UnitFault>) {
    let mut faults = Vec::new();
    let mut found: BTreeMap<String, (Vec<usize>, String)> = BTreeMap::new();
    for (row, given) in rows.iter().enumerate() {
        match code_of(row, given) {
            Ok(code) => {
                faults.extend(disagreements(row, given, code));
                let entry = found.entry(code.to_owned());
                let (rows, _) = entry.or_insert_with(|| (Vec::new(), given.name.trim().to_owned()));
                rows.push(row);
            }
            Err(fault) => faults.push(fault),
        }
    }
    let several = found.iter().filter(|(_, (rows, _))| rows.len() > 1);
    faults.extend(several.map(|(code, (rows, _))| UnitFault::Duplicate {
        code: code.clone(),
        rows: rows.clone(),
    }));
    let unit = |(code, (rows, name)): (String, (Vec<usize>, String))| OfficialUnit {
        code,
        name,
        row: rows[0],
    };
    (found.into_iter().map(unit).collect(), faults)
}

/// The code of a row: what it says, or else its deepest level.
fn code_of<'a>(row: usize, given: &GivenUnit<'a>) -> Result<&'a str, UnitFault> {
    let deepest = || given.levels.iter().rev().find_map(|level| filled(*level));
    let code = filled(given.code).or_else(deepest).ok_or(UnitFault::NoCode { row })?;
    let digits = code.len() <= DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        Ok(code)
    } else {
        Err(UnitFault::NotDigits {
            row,
            code: code.to_owned(),
        })
    }
}

/// Levels that the code does not bear out: level 3 is its first three digits, and there is none beyond its end.
fn disagreements<'a>(row: usize, given: &'a GivenUnit, code: &'a str) -> impl Iterator<Item = UnitFault> + 'a {
    let levels = (1..)
        .zip(given.levels)
        .filter_map(|(level, value)| Some((level, filled(*value)?)));
    let wrong = levels.filter(move |(level, value)| code.get(..*level) != Some(*value));
    wrong.map(move |(level, value)| UnitFault::LevelDisagrees {
        row,
        level,
        value: value.to_owned(),
        code: code.to_owned(),
    })
}
