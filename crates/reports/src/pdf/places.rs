//! Links within the paper lead to a place that is there, once; others are plain words.

use serde_json::Value;
use std::collections::BTreeMap;

/// Takes away every link to a section or sheet that the view does not have, or has twice. What Typst would otherwise have to ask
/// of the finished pages, once for each link, is known here beforehand.
pub(super) fn keep_links_that_lead(view: &mut Value) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for section in list(&view["sections"]) {
        let sheets = list(&section["blocks"]).filter(|block| block["kind"] == "heading" || block["kind"] == "sheet");
        let titled = (section["heading"]["text"] != "").then_some(section);
        for place in sheets.chain(titled) {
            *places.entry(text(&place["id"]).to_owned()).or_default() += 1;
        }
    }
    // the list of annexes links to every section
    for section in view["sections"].as_array_mut().into_iter().flatten() {
        section["link"] = format!("#{}", text(&section["id"])).into();
    }
    let leads = |target: &str| {
        target
            .strip_prefix('#')
            .is_none_or(|place| !place.is_empty() && places.get(place) == Some(&1))
    };
    drop_links(view, &leads);
}

fn drop_links(value: &mut Value, leads: &impl Fn(&str) -> bool) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| drop_links(item, leads)),
        Value::Object(fields) => {
            if fields.get("link").is_some_and(|link| !leads(text(link))) {
                fields.remove("link");
            }
            fields.iter_mut().for_each(|(_, field)| drop_links(field, leads));
        }
        _ => {}
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_link_stays_where_its_place_is_there_once() {
        let section = |id: &str, heading: &str, blocks: Value| json!({ "id": id, "heading": { "text": heading }, "blocks": blocks });
        let links = json!([{ "kind": "facts", "facts": [
            { "link": "#one" }, { "link": "#silent" }, { "link": "#twice" }, { "link": "#part" }, { "link": "#sheet" }, { "link": "https://x.pe" }, { "link": "#" },
        ]}]);
        let mut view = json!({ "sections": [
            section("one", "Uno", links),
            section("silent", "", json!([{ "kind": "heading", "id": "part" }, { "kind": "sheet", "id": "sheet" }])),
            section("twice", "Dos", json!([])),
            section("twice", "Dos", json!([])),
        ]});
        keep_links_that_lead(&mut view);
        let facts = list(&view["sections"][0]["blocks"][0]["facts"]);
        let kept: Vec<Option<&str>> = facts.map(|fact| fact["link"].as_str()).collect();
        assert_eq!(
            kept,
            [
                Some("#one"),
                None,
                None,
                Some("#part"),
                Some("#sheet"),
                Some("https://x.pe"),
                None
            ]
        );
        let sections = list(&view["sections"]);
        let listed: Vec<Option<&str>> = sections.map(|section| section["link"].as_str()).collect();
        assert_eq!(listed, [Some("#one"), None, None, None]);
    }
}
