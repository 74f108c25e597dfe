//! A view as the templates want it: whatever can be known of words beforehand is told with them, for a template that looks at every
//! letter of every cell takes longer than all the rest.

use serde_json::{Map, Value, json};

/// A word longer than this may be broken.
const LONG_WORD: usize = 16;

/// A row longer than this, in letters, may go over two pages: one that fits no page would lose its end.
const TALL_ROW: usize = 1_500;

/// The same for facts, and for facts in three columns.
const TALL_FACTS: usize = 1_200;
const TALL_SHEET: usize = 3_000;

/// Makes words without a language of their own plain strings, and words in which a line may end after a hyphen lists of parts; a cell
/// that has nothing but words becomes those words. Rows and facts too long for a page are marked `tall`, the longest words of a dense
/// column are written beside it.
pub(super) fn prepare(view: &mut Value) {
    let sections = view["sections"].as_array_mut().into_iter().flatten();
    let blocks = sections.flat_map(|section| section["blocks"].as_array_mut().into_iter().flatten());
    for block in blocks {
        match block["kind"].as_str() {
            Some("table") => table(&mut block["table"]),
            Some("facts") => mark_tall(block, TALL_FACTS),
            Some("sheet") => mark_tall(block, TALL_SHEET),
            _ => {}
        }
    }
    words(view);
}

fn mark_tall(block: &mut Value, most: usize) {
    let letters: usize = list(&block["facts"])
        .map(|fact| length(&fact["term"]) + length(&fact["fact"]))
        .sum();
    block["tall"] = (letters > most).into();
}

fn table(table: &mut Value) {
    let count = list(&table["columns"]).count();
    if table["dense"] == true {
        for place in 0..count {
            let longest = list(&table["rows"])
                .map(|row| text(&row["cells"][place]["text"]))
                .max_by_key(|words| words.chars().count())
                .unwrap_or_default()
                .to_owned();
            let column = &mut table["columns"][place];
            column["words"] = text(&column["heading"]).split(' ').collect();
            column["longest"] = longest.into();
        }
    }
    for row in table["rows"].as_array_mut().into_iter().flatten() {
        let letters: usize = list(&row["cells"])
            .map(|cell| length(&cell["text"]) + length(&cell["small"]))
            .sum();
        row["tall"] = (letters > TALL_ROW).into();
        row["cells"].as_array_mut().into_iter().flatten().for_each(cell);
    }
}

/// Leaves of a cell what it has.
fn cell(cell: &mut Value) {
    let said = text(&cell["text"]);
    let is_empty = said.is_empty();
    let is_long = said
        .split([' ', '-', '\n', '\u{a0}'])
        .any(|word| word.len() > LONG_WORD);
    let Some(fields) = cell.as_object_mut() else { return };
    fields.retain(|name, value| match name.as_str() {
        "text" => true,
        "small" => !text(value).is_empty(),
        "letter" => *value == true && !is_empty,
        "head" => *value == true,
        "link" | "tag" | "swatch" => !value.is_null(),
        _ => false,
    });
    if is_long {
        fields.insert("long".to_owned(), true.into());
    }
    if fields.len() == 1 && fields["text"]["lang"].is_null() {
        *cell = json!({ "text": fields["text"]["text"] });
    } else {
        *cell = json!({ "rich": fields });
    }
}

/// Replaces all words.
fn words(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(words),
        Value::Object(fields) => match as_words(fields) {
            Some(said) => *value = said,
            None => fields.iter_mut().for_each(|(_, field)| words(field)),
        },
        _ => {}
    }
}

fn as_words(fields: &Map<String, Value>) -> Option<Value> {
    let said = fields.get("text")?.as_str()?;
    if fields.keys().any(|name| name != "text" && name != "lang") {
        return None;
    }
    let parts = parts(said);
    match (fields.get("lang"), parts.len()) {
        (None, 1) => Some(said.into()),
        _ if said.is_empty() => Some("".into()),
        (lang, _) => Some(json!({ "parts": parts, "lang": lang })),
    }
}

/// The words after each hyphen that joins them: Spanish repeats a hyphen where a line ends with it, and a name of machines would read as
/// another one. Words without such a hyphen are one part.
fn parts(said: &str) -> Vec<&str> {
    let letters = said.as_bytes();
    let joins = |at: usize| {
        let beside = |at: usize| {
            letters
                .get(at)
                .is_some_and(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        };
        letters[at] == b'-' && at > 0 && beside(at - 1) && beside(at + 1)
    };
    if (0..letters.len()).any(joins) {
        said.split_inclusive('-').collect()
    } else {
        vec![said]
    }
}

/// How many letters some words have.
fn length(said: &Value) -> usize {
    text(said).len()
}

/// The words of a `Said`.
fn text(said: &Value) -> &str {
    said["text"].as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_strings_unless_they_have_a_language_or_a_hyphen_that_joins() {
        let mut view = json!({ "title": { "text": "Uno – dos" }, "foreign": { "text": "one", "lang": "en" }, "id": { "text": "antes-de-2026" }, "line": { "text": { "text": "Una respuesta." } } });
        prepare(&mut view);
        assert_eq!(view["title"], "Uno – dos");
        assert_eq!(view["line"], json!({ "text": "Una respuesta." }));
        assert_eq!(view["foreign"], json!({ "parts": ["one"], "lang": "en" }));
        assert_eq!(view["id"], json!({ "parts": ["antes-", "de-", "2026"], "lang": null }));
    }

    fn prepared_cell(mut one: Value) -> Value {
        cell(&mut one);
        words(&mut one);
        one
    }

    #[test]
    fn a_cell_keeps_what_it_has_and_nothing_else() {
        let bare = json!({ "text": { "text": "12,5" }, "letter": false, "head": false, "exact": "12.5" });
        assert_eq!(prepared_cell(bare), "12,5");
        let head = json!({ "text": { "text": "Santa Rosa" }, "letter": false, "head": true, "small": { "text": "" } });
        assert_eq!(
            prepared_cell(head),
            json!({ "rich": { "text": "Santa Rosa", "head": true } })
        );
        let long = json!({ "text": { "text": "otorrinolaringología" }, "letter": true, "head": false });
        assert_eq!(
            prepared_cell(long),
            json!({ "rich": { "text": "otorrinolaringología", "letter": true, "long": true } })
        );
    }

    #[test]
    fn what_is_longer_than_a_page_is_marked() {
        let facts = |letters: usize| json!({ "kind": "facts", "facts": [{ "term": { "text": "x" }, "fact": { "text": "y".repeat(letters) } }] });
        let row = |letters: usize| json!({ "cells": [{ "text": { "text": "z".repeat(letters) } }] });
        let table = json!({ "columns": [{ "heading": { "text": "Este (m)" } }], "dense": true, "rows": [row(3), row(TALL_ROW + 1)] });
        let mut view =
            json!({ "sections": [{ "blocks": [facts(5), facts(TALL_FACTS), { "kind": "table", "table": table }] }] });
        prepare(&mut view);
        let blocks = &view["sections"][0]["blocks"];
        assert_eq!((&blocks[0]["tall"], &blocks[1]["tall"]), (&json!(false), &json!(true)));
        let rows = &blocks[2]["table"]["rows"];
        assert_eq!((&rows[0]["tall"], &rows[1]["tall"]), (&json!(false), &json!(true)));
        let column = &blocks[2]["table"]["columns"][0];
        assert_eq!(column["words"], json!(["Este", "(m)"]));
        assert_eq!(column["longest"].as_str().unwrap().len(), TALL_ROW + 1);
    }
}
