//! Rows of a layer → codes, with what is wrong with them.

use super::UnitFault;
use super::tree::OfficialUnit;
use std::collections::BTreeMap;
use territory::{Attributes, Feature, Value};

/// A row of a layer of official units. Texts as the source has them; surrounding blanks are cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenUnit {
    /// The row of the source, 1 for the first.
    pub row: u64,
    /// Its code (`CODIGO`).
    pub code: Option<String>,
    /// Its codes by level from the first (`NIVEL1` to `NIVEL8`); none where the unit does not reach the level.
    pub levels: Vec<Option<String>>,
    /// Its level (`NIVEL`), where the source says one.
    pub level: Option<i64>,
    /// Its name (`NOMBRE`).
    pub name: String,
}

impl GivenUnit {
    /// What a feature says of itself: our fields `code`, `level`, `level_1` to `level_8` and `name`.
    pub fn of(feature: &Feature) -> Self {
        let attributes = &feature.attributes;
        Self {
            row: feature.source_row,
            code: text_of(attributes, "code"),
            levels: (1..=DIGITS)
                .map(|level| text_of(attributes, &format!("level_{level}")))
                .collect(),
            level: match attributes.0.get("level") {
                Some(Value::Integer(level)) => Some(*level),
                _ => None,
            },
            name: attributes.text("name").unwrap_or_default().to_owned(),
        }
    }
}

/// The longest code.
const DIGITS: usize = 8;

/// A code may have come as a number.
fn text_of(attributes: &Attributes, field: &str) -> Option<String> {
    match attributes.0.get(field)? {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

fn filled(value: Option<&String>) -> Option<&str> {
    value.map(|value| value.trim()).filter(|value| !value.is_empty())
}

/// Units by their codes, each once, and what is wrong with the rows.
pub(super) fn read(rows: &[GivenUnit]) -> (Vec<OfficialUnit>, Vec<UnitFault>) {
    let mut faults = Vec::new();
    let mut found: BTreeMap<String, (Vec<usize>, String)> = BTreeMap::new();
    for (place, given) in rows.iter().enumerate() {
        match code_of(given) {
            Ok(code) => {
                faults.extend(disagreements(given, code));
                let entry = found.entry(code.to_owned());
                let (places, _) = entry.or_insert_with(|| (Vec::new(), given.name.trim().to_owned()));
                places.push(place);
            }
            Err(fault) => faults.push(fault),
        }
    }
    let several = found.iter().filter(|(_, (places, _))| places.len() > 1);
    faults.extend(several.map(|(code, (places, _))| UnitFault::Duplicate {
        code: code.clone(),
        rows: places.iter().map(|place| rows[*place].row).collect(),
    }));
    let unit = |(code, (places, name)): (String, (Vec<usize>, String))| OfficialUnit {
        code,
        name,
        place: places[0],
    };
    (found.into_iter().map(unit).collect(), faults)
}

/// The code of a row: what it says, or else its deepest level.
fn code_of(given: &GivenUnit) -> Result<&str, UnitFault> {
    let row = given.row;
    let deepest = || given.levels.iter().rev().find_map(|level| filled(level.as_ref()));
    let code = filled(given.code.as_ref())
        .or_else(deepest)
        .ok_or(UnitFault::NoCode { row })?;
    let digits = code.len() <= DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        let code = code.to_owned();
        return Err(UnitFault::NotDigits { row, code });
    }
    match meant(given, code) {
        None => Ok(code),
        Some(meant) => Err(UnitFault::LostZeros {
            row,
            code: code.to_owned(),
            meant,
        }),
    }
}

/// The code with the zeros that it lost, where its level asks for more digits and all levels that the row has agree: each is
/// the beginning of that code, or what a spreadsheet leaves of it.
fn meant(given: &GivenUnit, code: &str) -> Option<String> {
    let deepest = given.levels.iter().rposition(|level| filled(level.as_ref()).is_some());
    let said = given.level.and_then(|level| usize::try_from(level).ok());
    let digits = said.or(deepest.map(|at| at + 1)).filter(|digits| *digits <= DIGITS)?;
    if digits <= code.len() {
        return None;
    }
    let meant = format!("{code:0>digits$}");
    let agrees = |(level, value): (usize, &str)| {
        let whole = meant.get(..level);
        whole.is_some_and(|whole| whole == value || value == left_of(whole))
    };
    let mut levels = (1..)
        .zip(&given.levels)
        .filter_map(|(level, value)| Some((level, filled(value.as_ref())?)));
    levels.all(agrees).then_some(meant)
}

/// What is left of a code that became a number.
fn left_of(code: &str) -> &str {
    let left = code.trim_start_matches('0');
    if left.is_empty() { "0" } else { left }
}

/// Levels that the code does not bear out: level 3 is its first three digits, there is none beyond its end, and its own is as many as
/// its digits.
fn disagreements<'a>(given: &'a GivenUnit, code: &'a str) -> impl Iterator<Item = UnitFault> + 'a {
    let row = given.row;
    let length = given.level.filter(|level| usize::try_from(*level) != Ok(code.len()));
    let length = length.map(|level| UnitFault::OtherLength {
        row,
        code: code.to_owned(),
        level,
    });
    let levels = (1..)
        .zip(&given.levels)
        .filter_map(|(level, value)| Some((level, filled(value.as_ref())?)));
    let wrong = levels.filter(move |(level, value)| code.get(..*level) != Some(*value));
    length
        .into_iter()
        .chain(wrong.map(move |(level, value)| UnitFault::LevelDisagrees {
            row,
            level,
            value: value.to_owned(),
            code: code.to_owned(),
        }))
}
