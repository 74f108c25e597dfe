//! Pages in English have no sentence that their Spanish twins have too, unless it is marked as Spanish.

use crate::client::post;
use crate::stage::Stage;
use serde_json::json;
use std::collections::BTreeSet;

/// What pages in any language say alike: names of programs, formats, standards and units.
const ALIKE: [&str; 11] = [
    "CSV", "HTTP", "JSON", "MapLibre", "PDF", "QGIS", "SHA-256", "TileJSON", "Tupu", "UTM", "ha",
];

/// Elements without an end.
const VOID: [&str; 4] = ["meta", "link", "input", "br"];
/// Elements whose words are no sentences.
const NO_WORDS: [&str; 3] = ["code", "style", "pre"];

/// The words of a page between its tags and in its labels, without what is marked as of another language.
fn words(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut skipped: Option<(String, usize)> = None;
    for piece in page.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        let ends = tag.starts_with('/');
        if let Some((outer, depth)) = &mut skipped {
            if name == outer && !VOID.contains(&name) {
                *depth = if ends { *depth - 1 } else { *depth + 1 };
            }
            if *depth > 0 {
                continue;
            }
            skipped = None;
        } else if !ends
            && name != "html"
            && !VOID.contains(&name)
            && (tag.contains(" lang=") || NO_WORDS.contains(&name))
        {
            skipped = Some((name.to_owned(), 1));
            continue;
        }
        let labels = ["data-label=\"", "aria-label=\"", "placeholder=\""];
        let labels = labels
            .iter()
            .filter_map(|label| tag.split_once(label)?.1.split('"').next());
        found.extend(labels.chain([text]).map(|words| words.trim().to_owned()));
    }
    found.retain(|words| words.chars().filter(|letter| letter.is_alphabetic()).count() > 2);
    found
}

/// Whether words are those of the data, numbers and ids, or alike in any language.
fn is_no_sentence(words: &str, data: &str) -> bool {
    let plain = |word: &str| ALIKE.contains(&word) || word.contains(|sign: char| sign.is_ascii_digit());
    words
        .split(['(', ')', ':', '·', ','])
        .map(str::trim)
        .all(|piece| data.contains(piece) || piece.split(' ').all(plain))
}

fn pages(stage: &Stage) -> Vec<String> {
    let order = json!({ "inputs": { "feature": { "layer": "communities", "id": "c-2", "edition": "communities-prueba-cajamarca-1" } } });
    let job = crate::client::send(
        stage.addr,
        "POST",
        "/processes/check/execution",
        &[("Content-Type", "application/json"), ("Prefer", "respond-async")],
        order.to_string().as_bytes(),
    );
    let id = job.json()["jobID"].as_str().unwrap().to_owned();
    let report = stage.get("/collections/communities/items/c-1/check").json();
    let code = report["code"].as_str().unwrap();
    let plain = [
        "/",
        "/api.html",
        "/conformance",
        "/collections",
        "/collections/communities",
        "/collections/communities/queryables",
        "/collections/communities/schema",
        "/collections/communities/items",
        "/collections/communities/items/c-1",
        "/collections/communities/changes?from=2020-01-01&to=2026-06-01",
        "/collections/communities/tiles",
        "/collections/communities/tiles/WebMercatorQuad",
        "/tiles",
        "/tileMatrixSets",
        "/tileMatrixSets/WebMercatorQuad",
        "/editions",
        "/checks",
        "/verify",
        "/keys",
        "/processes",
        "/processes/check",
        "/jobs",
        "/problems",
        "/problems/crs-needed",
        "/nothing-here",
    ];
    let mut pages: Vec<String> = plain.map(str::to_owned).to_vec();
    pages.extend([
        format!("/verify/{code}"),
        format!("/jobs/{id}"),
        format!("/jobs?id={id},other"),
    ]);
    pages
}

#[test]
fn pages_in_english_share_no_sentence_with_their_spanish_twins() {
    let stage = Stage::usual();
    let data: String = ["communities", "concessions", "districts", "springs"]
        .map(|layer| {
            stage.get(&format!("/collections/{layer}/items?f=json")).text() + &stage.get("/editions?f=json").text()
        })
        .concat();
    let mut shared = BTreeSet::new();
    for path in pages(&stage) {
        let sign = if path.contains('?') { '&' } else { '?' };
        let page = |lang: &str| {
            let address = if path == "/api.html" {
                format!("{path}?lang={lang}")
            } else {
                format!("{path}{sign}f=html&lang={lang}")
            };
            stage.get(&address).text()
        };
        let (spanish, english) = (page("es"), page("en"));
        assert!(
            spanish.contains("<html lang=\"es\"") && english.contains("<html lang=\"en\""),
            "{path}: {english}"
        );
        let (spanish, english) = (words(&spanish), words(&english));
        assert!(spanish.len() > 5 && english.len() > 5, "{path}: {english:?}");
        let both = spanish.intersection(&english);
        let both = both.filter(|words| !is_no_sentence(words, &data));
        shared.extend(both.map(|words| format!("{path}: {words}")));
    }
    assert!(shared.is_empty(), "{shared:#?}");
}

#[test]
fn a_document_that_is_handed_in_is_spoken_of_in_the_language_asked_for() {
    let stage = Stage::usual();
    let report = stage.get("/collections/communities/items/c-1/check?f=json").text();
    let page = post(stage.addr, "/verify?f=html&lang=en", "application/json", &report);
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    assert!(
        text.contains("byte for byte") && text.contains("Check another") && !text.contains("octeto"),
        "{text}"
    );
}

#[test]
fn the_words_of_a_page_are_those_between_its_tags_and_in_its_labels() {
    let page = "<html lang=\"en\"><p>One <b lang=\"es\">dos <b>tres</b> cuatro</b> five <code>seis</code></p><td data-label=\"Seven\">8</td></html>";
    let expected = ["One", "five", "Seven"].map(str::to_owned);
    assert_eq!(words(page), expected.into_iter().collect());
}
