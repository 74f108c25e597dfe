//! The report in words to be read aloud in an assembly: three minutes at most, numbers and days in words.

use super::{Gender, decimal_words, number_words};
use crate::{Document, Lang, Texts};
use conflicts::{Finding, LayerOut, LayerState, Report};
use jiff::civil::Date;
use territory::LayerKind;

/// Three minutes at the pace of somebody who reads to an assembly.
const MOST_WORDS: usize = 420;
/// Rights that are named, at most; how many remain is said.
const MOST_NAMED: usize = 6;

/// Paragraphs to be read aloud, with an empty line between them; Spanish. Names as many rights as three minutes allow, the largest
/// first, and says how many it leaves out. What is made up, incomplete or not known is always said.
pub fn spoken(document: &Document<'_, Report>) -> String {
    let texts = Texts::of(Lang::Es);
    let mut named = MOST_NAMED;
    loop {
        let text = paragraphs(document, texts, named).join("\n\n") + "\n";
        if named == 0 || text.split_whitespace().count() <= MOST_WORDS {
            return text;
        }
        named -= 1;
    }
}

fn paragraphs(document: &Document<'_, Report>, texts: &Texts, named: usize) -> Vec<String> {
    let report = document.content;
    let mut said = crate::tables::notices(report, texts);
    said.push(opening(report, texts));
    said.push(rights(report, texts));
    said.extend(each_right(report, texts, named));
    said.extend(others(report, texts));
    if !report.roces.is_empty() {
        said.push(texts.fill("spoken-roces", &counted(report.roces.len(), Gender::Masculine)));
    }
    said.extend(unknown(report, texts));
    said.push(texts.say("spoken-meaning"));
    let code = document.code.to_string().replace('-', ", ");
    let spelt: Vec<String> = code
        .split(", ")
        .map(|group| group.chars().map(String::from).collect::<Vec<_>>().join(" "))
        .collect();
    said.push(texts.fill("spoken-code", &[("code", spelt.join(", ").into())]));
    said
}

type Values<'a> = Vec<(&'static str, fluent_bundle::FluentValue<'a>)>;

fn counted(count: usize, gender: Gender) -> Values<'static> {
    let words = number_words(count as u64, gender);
    vec![("count", count.into()), ("n", words.into())]
}

fn opening(report: &Report, texts: &Texts) -> String {
    let name = report.subject.name.clone();
    let name = name.unwrap_or_else(|| texts.say("subject-without-name"));
    texts.fill(
        "spoken-opening",
        &[
            ("name", name.into()),
            ("ha", hectares(texts, report.subject.area.utm_ha.0, None).into()),
            ("day", day(texts, report.as_of.valid).into()),
        ],
    )
}

/// How many live rights, on how much of the land.
fn rights(report: &Report, texts: &Texts) -> String {
    let states: Vec<LayerState> = of_rights(report).map(|layer| layer.state).collect();
    if states
        .iter()
        .all(|state| matches!(state, LayerState::NoData | LayerState::NotConsulted))
    {
        return texts.say("spoken-rights-unknown");
    }
    let whole = states.iter().all(|state| *state == LayerState::Consulted);
    let live = |total: &&conflicts::TotalOut| total.layer == LayerKind::Concessions && total.group == "vigente";
    let mut said = match report.totals.iter().find(live).filter(|total| total.count > 0) {
        Some(total) => {
            let mut values = counted(total.count, Gender::Masculine);
            values.push(("ha", hectares(texts, total.union_ha.0, total.band90.map(width)).into()));
            values.push(("parts", parts(texts, total.share_of_subject.0).into()));
            texts.fill("spoken-rights", &values)
        }
        None => texts.say("spoken-rights-none"),
    };
    if !whole {
        said.push(' ');
        said.push_str(&texts.say("spoken-rights-in-part"));
    }
    said
}

fn of_rights(report: &Report) -> impl Iterator<Item = &LayerOut> {
    report.layers.iter().filter(|layer| layer.id == LayerKind::Concessions)
}

fn width(band: [conflicts::Fixed<4>; 2]) -> f64 {
    band[1].0 - band[0].0
}

/// A sentence for each right that shares land, then how many are left out.
fn each_right(report: &Report, texts: &Texts, named: usize) -> Vec<String> {
    let letters = crate::letters(report);
    let rights: Vec<(&Finding, String)> = report
        .findings
        .iter()
        .zip(letters)
        .filter_map(|(finding, letter)| letter.map(|letter| (finding, letter)))
        .filter(|(finding, _)| finding.overlap.is_some())
        .collect();
    let mut said: Vec<String> = rights
        .iter()
        .take(named)
        .map(|(finding, letter)| right(texts, finding, letter))
        .collect();
    let rest = rights.len().saturating_sub(named);
    if rest > 0 {
        said.push(texts.fill("spoken-more", &counted(rest, Gender::Masculine)));
    }
    said
}

fn right(texts: &Texts, finding: &Finding, letter: &str) -> String {
    let overlap = finding.overlap.as_ref();
    let band = overlap.and_then(|overlap| overlap.band90).map(width);
    let ha = overlap.map(|overlap| hectares(texts, overlap.utm_ha.0, band));
    let state = finding
        .status
        .group
        .as_deref()
        .map(|group| texts.say(&format!("group-{group}")));
    let mut said = texts.fill(
        "spoken-right",
        &[
            ("letter", letter.to_owned().into()),
            ("name", finding.name.clone().into()),
            ("state", state.unwrap_or_else(|| texts.say("not-stated")).into()),
            ("ha", ha.unwrap_or_default().into()),
        ],
    );
    if let Some(filed) = finding.filed_at {
        said.push(' ');
        said.push_str(&texts.fill("spoken-since", &[("day", day(texts, filed).into())]));
    }
    said
}

/// One sentence for the other layers that share something.
fn others(report: &Report, texts: &Texts) -> Option<String> {
    let mut layers: Vec<LayerKind> = report.findings.iter().map(|finding| finding.layer).collect();
    layers.retain(|layer| *layer != LayerKind::Concessions);
    layers.dedup();
    (!layers.is_empty()).then(|| texts.fill("spoken-others", &[("layers", names(texts, &layers).into())]))
}

/// What is not known, by layer.
fn unknown(report: &Report, texts: &Texts) -> Vec<String> {
    let of = |state: LayerState, id: &str| {
        let mut layers: Vec<LayerKind> = report
            .layers
            .iter()
            .filter(|layer| layer.state == state)
            .map(|layer| layer.id)
            .collect();
        layers.dedup();
        (!layers.is_empty()).then(|| texts.fill(id, &[("layers", names(texts, &layers).into())]))
    };
    [
        of(LayerState::NotConsulted, "spoken-not-consulted"),
        of(LayerState::NoData, "spoken-no-data"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn names(texts: &Texts, layers: &[LayerKind]) -> String {
    let names: Vec<String> = layers
        .iter()
        .map(|layer| texts.say(&format!("layer-{layer}")).to_lowercase())
        .collect();
    names.join("; ")
}

/// Hectares in words: to tens where the band is 30 ha wide or more, whole from ten on, else with one decimal; never a zero that is none.
fn hectares(texts: &Texts, ha: f64, band: Option<f64>) -> String {
    if ha > 0.0 && ha < 0.05 {
        return texts.say("spoken-little");
    }
    let rounded = match band {
        Some(width) if width >= 30.0 && ha >= 30.0 => (ha / 10.0).round() * 10.0,
        _ if ha >= 10.0 => ha.round(),
        _ => (ha * 10.0).round() / 10.0,
    };
    let words = decimal_words(rounded, 1, Gender::Feminine);
    match rounded {
        one if (one - 1.0).abs() < 1e-9 => texts.fill("spoken-hectare", &[("n", words.into())]),
        _ if words.ends_with("millón") || words.ends_with("millones") => {
            texts.fill("spoken-millions-of-hectares", &[("n", words.into())])
        }
        _ => texts.fill("spoken-hectares", &[("n", words.into())]),
    }
}

/// A share in words: «veintidós de cada cien partes de la tierra».
fn parts(texts: &Texts, share: f64) -> String {
    match share {
        s if s >= 0.999_999_5 => texts.say("parts-all"),
        s if s > 0.99 => texts.say("spoken-parts-almost-all"),
        s if s < 0.01 => texts.say("spoken-parts-less-than-one"),
        s => {
            let words = decimal_words((s * 100.0).round(), 0, Gender::Feminine);
            texts.fill("spoken-parts", &[("n", words.into())])
        }
    }
}

/// A day in words: «tres de setiembre de dos mil veintiséis».
fn day(texts: &Texts, date: Date) -> String {
    let number = match date.day() {
        1 => texts.say("spoken-first"),
        day => number_words(day.unsigned_abs().into(), Gender::Alone),
    };
    let month = texts.say(&format!("spoken-month-{}", date.month()));
    let year = number_words(date.year().unsigned_abs().into(), Gender::Alone);
    texts.fill(
        "spoken-day",
        &[("day", number.into()), ("month", month.into()), ("year", year.into())],
    )
}
