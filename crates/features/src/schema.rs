//! What the features of a collection say of themselves: the names and types of their properties.

use filters::{PropertyType, Queryables};
use std::collections::BTreeMap;
use store::Edition;
use territory::Value;

/// The name of the geometry among the properties.
pub(crate) const GEOMETRY: &str = "geometry";
/// The name of the key among the properties.
pub(crate) const KEY: &str = "key";

/// A property of a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Our field name.
    pub name: String,
    /// What it holds; where editions differ, the type that holds both.
    pub kind: PropertyType,
}

/// The properties of a collection, by name, without key and geometry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// In alphabetical order.
    pub properties: Vec<Property>,
}

impl Schema {
    /// The properties that any feature of the editions has. A field that is null everywhere is a string.
    pub fn of<'a>(editions: impl IntoIterator<Item = &'a Edition>) -> Self {
        let mut kinds: BTreeMap<&str, Option<PropertyType>> = BTreeMap::new();
        for edition in editions {
            for feature in edition.features.iter() {
                for (name, value) in &feature.attributes.0 {
                    let kind = kinds.entry(name).or_default();
                    *kind = joined(*kind, kind_of(value));
                }
            }
        }
        let property = |(name, kind): (&str, Option<PropertyType>)| Property {
            name: name.to_owned(),
            kind: kind.unwrap_or(PropertyType::String),
        };
        Self {
            properties: kinds.into_iter().map(property).collect(),
        }
    }

    /// The type of a property.
    pub fn kind(&self, name: &str) -> Option<PropertyType> {
        let at = self
            .properties
            .binary_search_by(|property| property.name.as_str().cmp(name))
            .ok()?;
        Some(self.properties[at].kind)
    }

    /// What a filter may name: the properties, `key` and `geometry`.
    pub fn queryables(&self) -> Queryables {
        let own = self
            .properties
            .iter()
            .map(|property| (property.name.clone(), property.kind));
        let ours = [
            (KEY.to_owned(), PropertyType::String),
            (GEOMETRY.to_owned(), PropertyType::Geometry),
        ];
        Queryables::new(own.chain(ours))
    }
}

fn kind_of(value: &Value) -> Option<PropertyType> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some(PropertyType::Boolean),
        Value::Integer(_) => Some(PropertyType::Integer),
        Value::Real(_) => Some(PropertyType::Number),
        Value::Date(_) => Some(PropertyType::Date),
        Value::Text(_) => Some(PropertyType::String),
    }
}

/// The type that holds both.
fn joined(one: Option<PropertyType>, other: Option<PropertyType>) -> Option<PropertyType> {
    use PropertyType::{Integer, Number, String};
    match (one, other) {
        (None, kind) | (kind, None) => kind,
        (Some(one), Some(other)) if one == other => Some(one),
        (Some(Integer | Number), Some(Integer | Number)) => Some(Number),
        _ => Some(String),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_that_differ_become_the_one_that_holds_both() {
        use PropertyType::{Boolean, Date, Integer, Number, String};
        assert_eq!(joined(Some(Integer), Some(Number)), Some(Number));
        assert_eq!(joined(Some(Date), None), Some(Date));
        assert_eq!(joined(Some(Boolean), Some(Integer)), Some(String));
    }
}
