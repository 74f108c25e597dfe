//! Where two documents differ first, in the order of their inputs.

use reports::OUTSIDE_THE_ID;
use serde_json::Value;

/// The first part of two documents that differs, in the order of the inputs.
pub fn first_difference(stated: &Value, made: &Value) -> Option<String> {
    for section in ["schema", "method", "as_of", "rulebook", "subject"] {
        if stated[section] != made[section] {
            return Some(format!(
                "difiere «{section}»{}",
                inner(&stated[section], &made[section])
            ));
        }
    }
    let named = |value: &Value| {
        let edition = ["edition", "id", "layer"].iter().find_map(|name| value[*name].as_str());
        let place = match (edition, value["kind"].as_str()) {
            (Some(edition), _) => format!("edición {edition}"),
            (None, Some(kind)) => format!("«{kind}»"),
            (None, None) => "un dato sin nombre".to_owned(),
        };
        let feature = value["feature"].as_str().map(|key| format!(", elemento {key}"));
        format!("{place}{}", feature.unwrap_or_default())
    };
    for section in ["layers", "findings", "roces", "totals", "series", "limits"] {
        let (one, other) = (list(&stated[section]), list(&made[section]));
        let pair = one.iter().zip(other).find(|(one, other)| one != other);
        if let Some((one, other)) = pair {
            return Some(format!("difiere «{section}», {}{}", named(one), inner(one, other)));
        }
        if one.len() != other.len() {
            let extra = one.get(other.len()).or(other.get(one.len()));
            return Some(format!(
                "difiere «{section}»: el informe tiene {} y ahora son {}; el primero de más es {}",
                one.len(),
                other.len(),
                extra.map(named).unwrap_or_default()
            ));
        }
    }
    let keys = |value: &Value| {
        value
            .as_object()
            .map(|fields| fields.keys().cloned().collect::<Vec<_>>())
    };
    let all: Vec<String> = [keys(stated), keys(made)].into_iter().flatten().flatten().collect();
    all.into_iter()
        .find(|key| !OUTSIDE_THE_ID.contains(&key.as_str()) && stated[key.as_str()] != made[key.as_str()])
        .map(|key| format!("difiere «{key}»"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The first field of two objects that differs, with both values.
fn inner(one: &Value, other: &Value) -> String {
    let (Some(fields), Some(others)) = (one.as_object(), other.as_object()) else {
        return format!(": {one} y ahora {other}");
    };
    let mut keys: Vec<&String> = fields.keys().chain(others.keys()).collect();
    keys.sort();
    keys.into_iter()
        .find(|key| one[key.as_str()] != other[key.as_str()])
        .map(|key| format!(", campo {key}: {} y ahora {}", one[key.as_str()], other[key.as_str()]))
        .unwrap_or_default()
}
