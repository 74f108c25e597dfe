//! Reading a row's attributes back from JSON.
//!
//! Only a text of the very form `2026-11-21` is a date: a code such as `20190101` stays a text.

use jiff::civil::Date;
use serde::{
    Deserialize,
    de::{Deserializer, MapAccess, Visitor},
};
use std::{collections::BTreeMap, fmt};
use territory::{Attributes, Value};

/// The attributes of a JSON object.
pub(crate) fn read(text: &str) -> Result<Attributes, serde_json::Error> {
    if text == "{}" {
        return Ok(Attributes::default());
    }
    serde_json::from_str::<Fields>(text).map(|Fields(fields)| Attributes(fields))
}

struct Fields(BTreeMap<String, Value>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object of plain values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some((name, Plain(value))) = map.next_entry()? {
            fields.insert(name, value);
        }
        Ok(Fields(fields))
    }
}

struct Plain(Value);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PlainVisitor).map(Plain)
    }
}

struct PlainVisitor;

impl Visitor<'_> for PlainVisitor {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("null, true, false, a number or a text")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::Real(value as f64), Value::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Real(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(date(value).map_or_else(|| Value::Text(value.to_owned()), Value::Date))
    }
}

fn date(text: &str) -> Option<Date> {
    match text.as_bytes() {
        [_, _, _, _, b'-', _, _, b'-', _, _] => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_were_written() {
        let mut attributes = Attributes::default();
        attributes.set("code", Value::Text("20190101".into()));
        attributes.set("name", Value::Text("Ñañañique \"2\"".into()));
        attributes.set("filed_at", Value::Date("1771-05-03".parse().unwrap()));
        attributes.set("declared_ha", Value::Real(100.0));
        attributes.set("parts", Value::Integer(-3));
        attributes.set("titled", Value::Bool(true));
        attributes.set("holder", Value::Null);
        let text = serde_json::to_string(&attributes).unwrap();
        assert_eq!(read(&text).unwrap(), attributes);
    }

    #[test]
    fn lists_and_objects_are_refused() {
        assert!(read(r#"{"a":[1]}"#).is_err());
        assert!(read(r#"{"a":{"b":1}}"#).is_err());
        assert!(read("[]").is_err());
    }
}
