//! Spanish words for layers, fields and states that people read on our own pages.

use crate::speech::Speech;
use territory::{LayerKind, Value};

/// The title of a layer.
pub(crate) fn title_of(kind: LayerKind) -> &'static str {
    match kind {
        LayerKind::Concessions => "Derechos mineros",
        LayerKind::Communities => "Comunidades campesinas y nativas",
        LayerKind::ProtectedAreas => "Áreas naturales protegidas",
        LayerKind::BufferZones => "Zonas de amortiguamiento",
        LayerKind::Zoning => "Zonificación ecológica y económica",
        LayerKind::Districts => "Distritos",
        LayerKind::Provinces => "Provincias",
        LayerKind::Departments => "Departamentos",
        LayerKind::HydrographicUnits => "Unidades hidrográficas",
        LayerKind::Rivers => "Ríos y quebradas",
        LayerKind::WaterBodies => "Lagunas, lagos y humedales",
        LayerKind::Springs => "Manantiales y captaciones",
        LayerKind::RestrictedAreas => "Áreas restringidas a la actividad minera",
        LayerKind::LandCapability => "Capacidad de uso mayor",
        LayerKind::LandUse => "Uso actual de la tierra",
        LayerKind::Hazards => "Peligros",
        LayerKind::Urban => "Áreas urbanas",
        LayerKind::Projects => "Proyectos de inversión",
        LayerKind::Demands => "Demandas priorizadas",
        LayerKind::Drainage => "Modelos de drenaje",
        LayerKind::Canals => "Canales y trasvases",
        LayerKind::Other => "Otras capas",
    }
}

/// A value as people read it.
pub(crate) fn value(value: &Value, speech: &Speech) -> String {
    match value {
        Value::Null => "—".to_owned(),
        Value::Bool(true) => speech.say("page-yes"),
        Value::Bool(false) => speech.say("page-no"),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Text(text) => text.clone(),
    }
}

/// A count with thousands apart, as Spanish writes it: `70 000`.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

/// A key or name as a part of an address.
pub(crate) fn segment(text: &str) -> String {
    const SIGNS: &[u8; 16] = b"0123456789ABCDEF";
    let mut escaped = String::with_capacity(text.len() + text.len() / 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            escaped.push(char::from(SIGNS[usize::from(byte >> 4)]));
            escaped.push(char::from(SIGNS[usize::from(byte & 15)]));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_thousands_apart_from_five_digits_on() {
        assert_eq!(count(2026), "2026");
        assert_eq!(count(70_000), "70\u{a0}000");
        assert_eq!(count(1_234_567), "1\u{a0}234\u{a0}567");
    }

    #[test]
    fn keys_with_signs_and_accents_fit_in_an_address() {
        assert_eq!(segment("ñ/a b%"), "%C3%B1%2Fa%20b%25");
    }
}
