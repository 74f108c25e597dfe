//! Rulebooks, their faults and their differences, as text or JSON.

use conflicts::{Difference, DifferenceKind, Rulebook, RulebookError, Shelf};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::fmt::Write as _;

fn summary(book: &Rulebook) -> Value {
    json!({
        "id": book.id, "title": book.title, "sha256": book.sha256,
        "in_force_from": book.in_force_from.to_string(),
        "in_force_until": book.in_force_until.map(|end| end.to_string()),
        "layers": book.layers.len(), "rules": book.rules.len(), "norms": book.norms.len(),
    })
}

/// Books without faults.
pub fn lint(books: &[Rulebook], as_json: bool) -> String {
    if as_json {
        let books: Vec<Value> = books.iter().map(summary).collect();
        return format!("{:#}\n", json!({ "books": books, "faults": [] }));
    }
    let mut text = String::new();
    for book in books {
        let _ = writeln!(text, "Libro de reglas {} — {}", book.id, book.title);
        let until = book
            .in_force_until
            .map_or_else(String::new, |end| format!(" hasta {end}"));
        let _ = writeln!(
            text,
            "en vigor desde {}{until}; huella {}",
            book.in_force_from, book.sha256
        );
        let (layers, rules, norms) = (book.layers.len(), book.rules.len(), book.norms.len());
        let _ = writeln!(text, "{layers} capas, {rules} reglas, {norms} normas: sin faltas");
    }
    text
}

/// Faults as JSON.
pub fn faults(error: &RulebookError) -> String {
    let fault = |fault: &conflicts::Fault| {
        json!({
            "book": fault.book, "file": fault.file, "entry": fault.entry, "key": fault.key, "value": fault.value,
            "kind": fault.kind, "sentence": fault.sentence_es(),
        })
    };
    let faults: Vec<Value> = error.0.iter().map(fault).collect();
    format!("{:#}", json!({ "books": [], "faults": faults }))
}

/// The versions with their days.
pub fn list(shelf: &Shelf, today: Date, as_json: bool) -> String {
    let current = &shelf.in_force(today).id;
    if as_json {
        let entry = |book: &Rulebook| {
            let mut entry = summary(book);
            entry["used_until"] = json!(shelf.end_of(book).map(|end| end.to_string()));
            entry["today"] = json!(book.id == *current);
            entry
        };
        let books: Vec<Value> = shelf.books().iter().map(entry).collect();
        return format!("{:#}\n", json!({ "books": books }));
    }
    let mut text = String::new();
    for book in shelf.books() {
        let end = shelf
            .end_of(book)
            .map_or_else(|| "sin fin".to_owned(), |end| format!("hasta {end}"));
        let mark = if book.id == *current { "*" } else { " " };
        let _ = writeln!(
            text,
            "{mark} {:<14} desde {} {end:<16} {}",
            book.id, book.in_force_from, book.title
        );
    }
    text.push_str("* rige hoy; cada versión rige hasta el día anterior al que se indica\n");
    text
}

/// What differs.
pub fn differences(list: &[Difference], (before, after): (&Rulebook, &Rulebook), as_json: bool) -> String {
    if as_json {
        let document = json!({ "from": summary(before), "to": summary(after), "differences": list });
        return format!("{document:#}\n");
    }
    let mut text = format!("De {} a {}: ", before.id, after.id);
    match list.len() {
        0 => text.push_str("las mismas reglas\n"),
        1 => text.push_str("1 diferencia\n"),
        many => {
            let _ = writeln!(text, "{many} diferencias");
        }
    }
    for one in list {
        let sign = match one.kind {
            DifferenceKind::Added => '+',
            DifferenceKind::Removed => '-',
            DifferenceKind::Changed => '~',
        };
        let key = if one.key.is_empty() {
            String::new()
        } else {
            format!(" · {}", one.key)
        };
        let _ = writeln!(text, "{sign} {} {}{key}", part(one.part), one.entry);
        for (mark, value) in [('-', &one.before), ('+', &one.after)] {
            if let Some(value) = value {
                let _ = writeln!(text, "    {mark} {value}");
            }
        }
    }
    text
}

fn part(part: &str) -> &str {
    match part {
        "book" => "libro",
        "layer" => "capa",
        "rule" => "regla",
        "step" => "tramo",
        "norm" => "norma",
        "authority" => "autoridad",
        "limit" => "límite",
        "word" => "palabra",
        other => other,
    }
}
