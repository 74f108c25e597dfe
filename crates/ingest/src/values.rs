//! The values of a row become ours.

use crate::dates::read_date;
use crate::domain::fold;
use crate::field_rule::{FieldRule, ValueKind};
use crate::plan::{Plan, PlannedField};
use crate::row::Raw;
use crate::{Profile, repair_mojibake};
use serde_json::{Map, Number};
use territory::{Attributes, Value};

/// What was noticed while the values of a row were read.
#[derive(Debug, Default)]
pub(crate) struct ValueNotes {
    /// Columns whose text was repaired.
    pub mojibake: Vec<usize>,
    /// Columns with characters that are lost.
    pub lost: Vec<usize>,
    /// Our field and the source's word that no domain knows.
    pub unknown: Vec<(String, String)>,
    /// Our field and the text that is no date or number.
    pub not_understood: Vec<(String, String)>,
    /// Our fields that held several values.
    pub lists: Vec<String>,
}

/// Turns mojibake back in every text, in place.
pub(crate) fn clean_texts(values: &mut [Raw], notes: &mut ValueNotes) {
    for (column, value) in values.iter_mut().enumerate() {
        let Raw::Text(text) = value else { continue };
        if let Some(better) = repair_mojibake(text) {
            *text = better;
            notes.mojibake.push(column);
        }
        if text.contains('\u{fffd}') {
            notes.lost.push(column);
        }
    }
}

/// Our attributes of a row.
pub(crate) fn attributes_of(values: &[Raw], plan: &Plan, profile: &Profile, notes: &mut ValueNotes) -> Attributes {
    let mut attributes = Attributes::default();
    for (field, constant) in &profile.constants {
        attributes.set(field, Value::Text(constant.clone()));
    }
    for field in &plan.fields {
        if let Some(value) = read_field(values, field, profile, notes) {
            attributes.set(&field.name, value);
        }
    }
    attributes
}

/// Fields of the source that no rule names, verbatim.
pub(crate) fn rest_of(values: &[Raw], plan: &Plan) -> Map<String, serde_json::Value> {
    let verbatim = |raw: &Raw| match raw {
        Raw::Null => serde_json::Value::Null,
        Raw::Integer(number) => (*number).into(),
        Raw::Real(number) => Number::from_f64(*number).map_or(serde_json::Value::Null, serde_json::Value::Number),
        Raw::Text(text) => text.as_str().into(),
    };
    plan.rest
        .iter()
        .map(|&column| (plan.columns[column].clone(), verbatim(&values[column])))
        .collect()
}

/// The text of a column without outer blanks; `None` where it says nothing.
pub(crate) fn said(raw: &Raw, profile: &Profile) -> Option<String> {
    let text = match raw {
        Raw::Null => return None,
        Raw::Integer(number) => number.to_string(),
        Raw::Real(number) => plain(*number),
        Raw::Text(text) => text.trim_matches(|c: char| c.is_whitespace() || c == '\0').to_owned(),
    };
    let nothing = text.is_empty()
        || matches!(
            text.as_str(),
            "<Null>" | "<null>" | "NULL" | "null" | "(null)" | "None" | "nan" | "NaN"
        )
        || profile.nulls.iter().any(|null| fold(null) == fold(&text));
    (!nothing).then_some(text)
}

/// A number without a needless fraction: 60903, not 60903.0.
fn plain(number: f64) -> String {
    format!("{number}")
}

fn read_field(values: &[Raw], field: &PlannedField, profile: &Profile, notes: &mut ValueNotes) -> Option<Value> {
    let mut unknown = None;
    for &column in &field.columns {
        let Some(text) = said(&values[column], profile) else {
            continue;
        };
        let rule = &field.rule;
        let value = match rule.kind {
            ValueKind::Text => match &rule.domain {
                Some(domain) => {
                    let Some(word) = profile.domains[domain].translate(&text) else {
                        unknown.get_or_insert(text);
                        continue;
                    };
                    Some(Value::Text(word.to_owned()))
                }
                None => Some(Value::Text(read_text(&text, field, notes))),
            },
            ValueKind::Number => read_number(&text).map(|number| Value::Real(number * rule.factor.unwrap_or(1.0))),
            ValueKind::Integer => read_integer(&text).map(Value::Integer),
            ValueKind::Date => read_date(&text, &rule.formats, rule.century_from),
            ValueKind::Bool => read_bool(&text).map(Value::Bool),
        };
        match value {
            Some(value) if rule.zero_is_null && is_zero(&value) => {}
            Some(value) => return Some(value),
            None => notes.not_understood.push((field.name.clone(), text)),
        }
    }
    let word = unknown?;
    notes.unknown.push((field.name.clone(), word));
    let domain = field.rule.domain.as_ref().map(|domain| &profile.domains[domain]);
    domain.and_then(|domain| domain.otherwise.clone()).map(Value::Text)
}

fn read_text(text: &str, field: &PlannedField, notes: &mut ValueNotes) -> String {
    let FieldRule { pad, list, .. } = &field.rule;
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(length) = pad
        && text.len() < *length
        && text.bytes().all(|byte| byte.is_ascii_digit())
    {
        text = format!("{text:0>length$}");
    }
    if *list && text.contains('/') {
        let mut parts: Vec<&str> = Vec::new();
        for part in text.split('/').map(str::trim).filter(|part| !part.is_empty()) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        if parts.len() > 1 {
            notes.lists.push(field.name.clone());
        }
        text = parts.join(" / ");
    }
    text
}

/// A number; a comma stands for the point where it is the only sign.
fn read_number(text: &str) -> Option<f64> {
    let text = text
        .strip_suffix("ha")
        .or_else(|| text.strip_suffix("Ha"))
        .unwrap_or(text)
        .trim();
    let number = text.parse().or_else(|_| match text.matches(',').count() {
        1 if !text.contains('.') => text.replace(',', ".").parse(),
        _ => text.parse(),
    });
    number.ok().filter(|number: &f64| number.is_finite())
}

fn read_integer(text: &str) -> Option<i64> {
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

fn read_bool(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "si" | "s" | "1" | "true" | "verdadero" | "v" | "t" | "yes" | "y" => Some(true),
        "no" | "n" | "0" | "false" | "falso" | "f" => Some(false),
        _ => None,
    }
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Real(number) => number.abs() < f64::MIN_POSITIVE,
        Value::Integer(number) => *number == 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(profile: &str, columns: &[&str], values: &[Raw]) -> (Attributes, ValueNotes) {
        let head = "title='t'\npublisher='p'\nterritory='t'\nsource='s'\nlicence='l'\n";
        let profile = Profile::parse("prueba", &format!("{head}{profile}")).unwrap();
        let plan = Plan::new(&profile, columns.iter().map(|c| (*c).to_owned()).collect()).unwrap();
        let mut notes = ValueNotes::default();
        let mut values = values.to_vec();
        clean_texts(&mut values, &mut notes);
        (attributes_of(&values, &plan, &profile, &mut notes), notes)
    }

    fn text(text: &str) -> Raw {
        Raw::Text(text.to_owned())
    }

    #[test]
    fn the_first_column_that_says_something_wins() {
        let profile = "[fields.name]\nfrom=['NOMBRE','LABEL']";
        let (attributes, _) = read(profile, &["label", "Nombre"], &[text("El Tingo "), text("  ")]);
        assert_eq!(attributes.text("name"), Some("El Tingo"));
    }

    #[test]
    fn several_departments_in_one_field_are_all_kept() {
        let profile = "[fields.department]\nfrom=['DEPA']\nlist=true";
        let (attributes, notes) = read(profile, &["DEPA"], &[text("CAJAMARCA /  LA LIBERTAD /  CAJAMARCA")]);
        assert_eq!(attributes.text("department"), Some("CAJAMARCA / LA LIBERTAD"));
        assert_eq!(notes.lists, ["department"]);
    }

    #[test]
    fn a_word_that_no_domain_knows_is_reported_and_gets_the_word_for_others() {
        let profile = "[fields.state_group]\nfrom=['E','L']\ndomain='d'\n[domains.d]\notherwise='otros'\nvalues={T='titulado'}\ncontains={titulad='titulado'}";
        let (attributes, notes) = read(profile, &["E", "L"], &[text("Z"), text("")]);
        assert_eq!(attributes.text("state_group"), Some("otros"));
        assert_eq!(notes.unknown, [("state_group".to_owned(), "Z".to_owned())]);
        let (attributes, notes) = read(profile, &["E", "L"], &[text("Z"), text("D.M. TITULADO")]);
        assert_eq!(attributes.text("state_group"), Some("titulado"));
        assert!(notes.unknown.is_empty());
    }

    #[test]
    fn codes_that_became_numbers_get_their_zeros_back() {
        let profile = "[fields.ubigeo]\nfrom=['U']\npad=6";
        for raw in [Raw::Integer(60_903), Raw::Real(60_903.0), text("60903")] {
            assert_eq!(read(profile, &["U"], &[raw]).0.text("ubigeo"), Some("060903"));
        }
    }

    #[test]
    fn numbers_with_a_comma_are_read_and_nonsense_is_reported() {
        let profile = "[fields.declared_ha]\nfrom=['HA']\nas='number'\nzero_is_null=true\nfactor=100";
        assert_eq!(
            read(profile, &["HA"], &[text("12,5")]).0.number("declared_ha"),
            Some(1250.0)
        );
        assert_eq!(read(profile, &["HA"], &[Raw::Real(0.0)]).0.number("declared_ha"), None);
        let (attributes, notes) = read(profile, &["HA"], &[text("1,234,5.x")]);
        assert_eq!(attributes.number("declared_ha"), None);
        assert_eq!(
            notes.not_understood,
            [("declared_ha".to_owned(), "1,234,5.x".to_owned())]
        );
    }

    #[test]
    fn mojibake_is_repaired_before_anything_else_looks_at_it() {
        let profile = "[fields.state_label]\nfrom=['D']\n[fields.state_group]\nfrom=['D']\ndomain='d'\n[domains.d.contains]\n'trámite'='tramite'";
        let (attributes, notes) = read(profile, &["D"], &[text("D.M. en TrÃ¡mite D.L. 708")]);
        assert_eq!(attributes.text("state_label"), Some("D.M. en Trámite D.L. 708"));
        assert_eq!(attributes.text("state_group"), Some("tramite"));
        assert_eq!(notes.mojibake, [0]);
    }
}
