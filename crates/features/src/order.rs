//! The order of features: `sortby`.

use crate::schema::KEY;
use crate::{At, Collection, Row};
use std::cmp::Ordering;
use territory::Value;

/// A property to put features in order by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// Its name.
    pub property: String,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// A property that the collection does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no property {0:?} to sort by")]
pub struct OrderError(pub String);

/// Reads `+name,-filed_at`. A sign that nobody escaped arrives as a space.
///
/// # Errors
/// A name that is none of the collection's.
pub fn sort_keys(text: &str, collection: &Collection) -> Result<Vec<SortKey>, OrderError> {
    let read = |part: &str| {
        let property = part.trim().trim_start_matches(['+', '-']).trim().to_owned();
        let known = property == KEY || collection.schema.kind(&property).is_some();
        let descending = part.trim().starts_with('-');
        if known {
            Ok(SortKey { property, descending })
        } else {
            Err(OrderError(property))
        }
    };
    text.split(',').map(read).collect()
}

/// Puts places in order; of equals the one that comes first in the collection. What is missing comes last, in both directions.
pub(crate) fn sort(places: &mut [At], keys: &[SortKey], collection: &Collection) {
    places.sort_by(|one, other| {
        let (left, right) = (collection.row(*one), collection.row(*other));
        let mut orders = keys.iter().map(|key| compare(&left, &right, key));
        orders.find(|order| order.is_ne()).unwrap_or_else(|| one.cmp(other))
    });
}

fn compare(one: &Row<'_>, other: &Row<'_>, key: &SortKey) -> Ordering {
    if key.property == KEY && !one.feature.attributes.0.contains_key(KEY) {
        let order = one.feature.key.cmp(&other.feature.key);
        return if key.descending { order.reverse() } else { order };
    }
    let order = match (value(one, key), value(other, key)) {
        (None, None) => return Ordering::Equal,
        (None, Some(_)) => return Ordering::Greater,
        (Some(_), None) => return Ordering::Less,
        (Some(one), Some(other)) => order_of(one, other),
    };
    if key.descending { order.reverse() } else { order }
}

fn value<'a>(row: &Row<'a>, key: &SortKey) -> Option<&'a Value> {
    row.feature
        .attributes
        .0
        .get(&key.property)
        .filter(|value| **value != Value::Null)
}

/// Values of one type by their order; of several, numbers before dates before words.
fn order_of(one: &Value, other: &Value) -> Ordering {
    use Value::{Bool, Date, Integer, Null, Real, Text};
    match (one, other) {
        (Bool(one), Bool(other)) => one.cmp(other),
        (Integer(one), Integer(other)) => one.cmp(other),
        (Integer(one), Real(other)) => (*one as f64).total_cmp(other),
        (Real(one), Integer(other)) => one.total_cmp(&(*other as f64)),
        (Real(one), Real(other)) => one.total_cmp(other),
        (Date(one), Date(other)) => one.cmp(other),
        (Text(one), Text(other)) => one.cmp(other),
        _ => {
            let rank = |value: &Value| match value {
                Null => 0,
                Bool(_) => 1,
                Integer(_) | Real(_) => 2,
                Date(_) => 3,
                Text(_) => 4,
            };
            rank(one).cmp(&rank(other))
        }
    }
}
