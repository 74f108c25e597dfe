//! A profile laid over the columns of one source: which column feeds which of our fields.

use crate::field_rule::FieldRule;
use crate::{OpenError, Profile};

/// One of our fields and its columns.
#[derive(Clone, Debug)]
pub(crate) struct PlannedField {
    pub name: String,
    pub rule: FieldRule,
    /// Columns in order of preference; empty where the source has none of them.
    pub columns: Vec<usize>,
}

/// A profile laid over a source.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub columns: Vec<String>,
    pub fields: Vec<PlannedField>,
    pub key: Vec<usize>,
    pub zone: Option<usize>,
    /// Columns that no rule names and that are kept verbatim.
    pub rest: Vec<usize>,
}

impl Plan {
    /// Lays `profile` over `columns`. Names are compared as they are and then without regard to case.
    pub(crate) fn new(profile: &Profile, columns: Vec<String>) -> Result<Self, OpenError> {
        let find = |name: &String| {
            let exact = columns.iter().position(|column| column == name);
            exact.or_else(|| {
                columns
                    .iter()
                    .position(|column| column.to_lowercase() == name.to_lowercase())
            })
        };
        let missing = |field: &str| OpenError::MissingField {
            field: field.to_owned(),
            present: columns.clone(),
        };
        let mut fields = Vec::new();
        for (name, rule) in &profile.fields {
            let mut found: Vec<usize> = rule.from.iter().filter_map(find).collect();
            let mut seen = Vec::new();
            found.retain(|column| {
                !seen.contains(column) && {
                    seen.push(*column);
                    true
                }
            });
            if found.is_empty() && rule.required {
                return Err(missing(&rule.from.join("» o «")));
            }
            fields.push(PlannedField {
                name: name.clone(),
                rule: rule.clone(),
                columns: found,
            });
        }
        let key: Vec<usize> = profile.key.iter().filter_map(find).collect();
        let zone = match &profile.zone {
            Some(rule) => Some(find(&rule.field).ok_or_else(|| missing(&rule.field))?),
            None => None,
        };
        let dropped: Vec<usize> = profile.dropped.iter().filter_map(find).collect();
        let named =
            |column: usize| dropped.contains(&column) || fields.iter().any(|field| field.columns.contains(&column));
        let rest = (0..columns.len()).filter(|&column| !named(column)).collect();
        Ok(Self {
            columns,
            fields,
            key,
            zone,
            rest,
        })
    }
}
