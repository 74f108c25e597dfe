//! What is looked for in all that people read: nothing lost, nothing empty, no number without its band, no misspelt word.

use crate::pages::{page_for, pages, samples, words};
use crate::sample::{USUAL, issued, sample};
use conflicts::{Finding, Report};
use reports::view::{Block, Table, View};
use reports::{Audience, Lang, Rendering, community, document, office};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::{Command, Stdio};

fn views(report: &Report, lang: Lang) -> [View; 2] {
    let document = document(report, &issued("2026-06-02T04:59:00Z")).unwrap();
    let rendering = Rendering {
        lang,
        ..Rendering::default()
    };
    [community(&document, &rendering), office(&document, &rendering)]
}

fn tables(view: &View) -> impl Iterator<Item = &Table> {
    let blocks = view.sections.iter().flat_map(|section| &section.blocks);
    blocks.filter_map(|block| match block {
        Block::Table { table } => Some(table),
        _ => None,
    })
}

/// The exact values of each row of a page, by its key.
fn rows(page: &str) -> BTreeMap<String, Vec<String>> {
    let read = page.split("data-key=\"").skip(1).map(|rest| {
        let (key, rest) = rest.split_once('"').unwrap();
        let row = rest.split("</tr>").next().unwrap();
        let values = row.split("<data value=\"").skip(1);
        let values = values.map(|value| value.split('"').next().unwrap().to_owned());
        (key.to_owned(), values.collect())
    });
    read.collect()
}

fn key(record: &str, finding: &Finding) -> String {
    format!("{record} {} {} {}", finding.layer, finding.feature, finding.source_row)
}

#[test]
fn no_finding_is_lost_between_the_document_and_the_page() {
    for (report, page) in pages() {
        let rows = rows(&page);
        let found = report.findings.iter().map(|finding| (key("finding", finding), finding));
        let grazed = report.roces.iter().map(|roce| (key("roce", roce), roce));
        for (key, finding) in found.chain(grazed) {
            let values = rows.get(&key).unwrap_or_else(|| panic!("{key} is not on the page"));
            let Some(overlap) = &finding.overlap else { continue };
            let areas = [overlap.utm_ha.to_string(), overlap.geodesic_ha.to_string()];
            assert_eq!(values[..2], areas, "{key}");
        }
        for total in &report.totals {
            let values = &rows[&format!("total {} {}", total.layer, total.group)];
            assert!(
                values.is_empty() || values[1] == total.union_ha.to_string(),
                "{values:?}"
            );
        }
        assert_eq!(
            rows.keys().filter(|key| key.starts_with("layer ")).count(),
            report.layers.len()
        );
    }
}

#[test]
fn every_row_has_a_cell_a_column_and_no_cell_is_empty() {
    for report in samples() {
        for view in Lang::ALL.into_iter().flat_map(|lang| views(&report, lang)) {
            for table in tables(&view) {
                assert!(!table.caption.text.is_empty());
                for row in &table.rows {
                    assert_eq!(row.cells.len(), table.columns.len(), "{}", table.caption.text);
                    for cell in &row.cells {
                        assert!(!cell.text.text.trim().is_empty(), "an empty cell in {:?}", row.key);
                    }
                }
            }
        }
    }
}

#[test]
fn every_overlap_and_total_has_a_band_or_says_that_it_has_none() {
    let words = ["exacto", "sin banda", "entre ", "exact", "no band", "between "];
    for report in samples() {
        for view in Lang::ALL.into_iter().flat_map(|lang| views(&report, lang)) {
            let rows = tables(&view).flat_map(|table| &table.rows);
            let judged = rows.filter(|row| {
                let key = row.key.as_deref().unwrap_or_default();
                ["finding ", "roce ", "right ", "total "]
                    .iter()
                    .any(|record| key.starts_with(record))
            });
            for row in judged {
                let first = row
                    .cells
                    .iter()
                    .find(|cell| cell.exact.as_ref().is_some_and(|exact| exact.contains('.')));
                let Some(area) = first else { continue };
                let band = area.small.as_ref().map_or("", |small| small.text.as_str());
                assert!(
                    words.iter().any(|word| band.starts_with(word)),
                    "{:?} has «{band}»",
                    row.key
                );
            }
        }
    }
}

#[test]
fn a_view_can_be_written_for_media_that_read_json() {
    for view in views(&sample(USUAL), Lang::Es) {
        let json = serde_json::to_string(&view).unwrap();
        assert!(json.contains("\"kind\":\"answer\"") && json.contains("Página {n} de {total}"));
    }
}

/// The words that a source said, which are not ours to spell.
fn of_sources(report: &Report) -> BTreeSet<String> {
    let mut text = serde_json::to_string(&report.layers).unwrap();
    text += &serde_json::to_string(&report.subject).unwrap();
    for finding in report.findings.iter().chain(&report.roces) {
        for part in [
            Some(&finding.name),
            finding.holder.as_ref(),
            finding.status.label.as_ref(),
        ] {
            text.push(' ');
            text += part.map_or("", String::as_str);
        }
        for word in std::iter::once(&finding.rule).chain(finding.norms.iter().map(|norm| &norm.instrument)) {
            text.push(' ');
            text += word;
        }
    }
    split(&text).collect()
}

/// The words of a text; what is written in capitals alone is an abbreviation or a code.
fn split(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| {
            word.chars().count() > 2 && word.chars().all(char::is_alphabetic) && word.chars().any(char::is_lowercase)
        })
        .map(ToOwned::to_owned)
}

/// The words that the dictionary of Peru does not know; none where there is no such program.
fn misspelt(text: &str) -> Option<BTreeSet<String>> {
    let mut hunspell = Command::new("hunspell")
        .args(["-d", "es_PE", "-i", "utf-8", "-l"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    hunspell.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let said = hunspell.wait_with_output().unwrap();
    assert!(
        said.status.success(),
        "hunspell has no dictionary es_PE: install hunspell-es"
    );
    Some(
        String::from_utf8(said.stdout)
            .unwrap()
            .lines()
            .map(ToOwned::to_owned)
            .collect(),
    )
}

#[test]
fn every_spanish_word_is_in_the_dictionary_or_in_the_list_of_our_terms() {
    let terms: BTreeSet<String> = include_str!("terms.txt")
        .split_whitespace()
        .map(ToOwned::to_owned)
        .collect();
    let mut known = terms.clone();
    let mut all = String::new();
    for report in samples() {
        known.extend(of_sources(&report));
        for audience in Audience::ALL {
            let page = page_for(&report, audience, Lang::Es);
            all += &split(
                &words(&page)
                    .replace("&amp;", "&")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">"),
            )
            .map(|word| word + "\n")
            .collect::<String>();
        }
    }
    let Some(unknown) = misspelt(&all) else {
        assert!(
            std::env::var_os("TUPU_REQUIRE_SHARED").is_none(),
            "hunspell is not installed"
        );
        eprintln!("skipped: hunspell is not installed (apt-get install hunspell hunspell-es)");
        return;
    };
    let unknown: Vec<&String> = unknown.iter().filter(|word| !known.contains(*word)).collect();
    assert!(unknown.is_empty(), "misspelt, or to be added to terms.txt: {unknown:?}");
    let wrong = misspelt("superposisión").unwrap();
    assert!(!wrong.is_empty(), "the dictionary takes anything");
}
