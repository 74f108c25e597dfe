//! All words of a map, from the texts and the report.

use crate::number::day_text;
use crate::{MAP_CONTEXT, Texts, map_symbology};
use conflicts::{LayerState, Report};
use maps::{Lines, MapError, Walk, Window, convergence_degrees};

/// 4 km an hour; the texts say so.
const METRES_A_MINUTE: f64 = 4000.0 / 60.0;
/// A turn that nobody sees on paper.
const LEAST_TURN: f64 = 0.05;

/// The words of a map.
pub fn words(report: &Report, letters: &[Option<String>], texts: &Texts, window: &Window) -> Result<Lines, MapError> {
    let name = name(report, texts);
    let meanings = map_symbology().legend_ids().into_iter();
    Ok(Lines {
        // words that nobody reviewed are Spanish, and the drawing says so
        lang: texts
            .said("map-legend", &[])
            .lang
            .unwrap_or(texts.lang.code())
            .to_owned(),
        title: texts.fill("map-title", &[("name", name.as_str().into())]),
        desc: desc(report, letters, texts),
        subtitle: subtitle(report, texts),
        legend: texts.say("map-legend"),
        meanings: meanings.map(|id| (id.to_owned(), texts.say(id))).collect(),
        ratio: Some(texts.fill("map-ratio", &[("scale", spaced(window.denominator).into())])),
        kilometres: texts.say("map-km"),
        metres: texts.say("map-m"),
        walk: Some(Walk {
            metres_a_minute: METRES_A_MINUTE,
            unit: texts.say("map-min"),
            title: texts.say("map-walk"),
        }),
        north: texts.say("map-north"),
        notes: window_notes(texts, window, 1.0)?,
        axes: [texts.say("map-east"), texts.say("map-north-axis")],
        sources: sources(report, texts),
        ..Lines::default()
    })
}

fn name(report: &Report, texts: &Texts) -> String {
    let name = report.subject.name.clone();
    name.unwrap_or_else(|| texts.say("subject-without-name"))
}

fn subtitle(report: &Report, texts: &Texts) -> String {
    let standing = texts.say(&format!("standing-{}", report.standing));
    let day = day_text(texts, report.as_of.valid);
    texts.fill(
        "map-sheet-subtitle",
        &[("standing", standing.into()), ("day", day.into())],
    )
}

fn desc(report: &Report, letters: &[Option<String>], texts: &Texts) -> String {
    let count = letters.iter().flatten().count();
    let values = [
        ("name", name(report, texts).into()),
        ("count", count.into()),
        ("n", count.to_string().into()),
        ("zone", report.subject.area.utm_zone.to_string().into()),
    ];
    let mut out = texts.fill("map-desc", &values);
    for (finding, letter) in report.findings.iter().zip(letters) {
        let Some(letter) = letter else { continue };
        let group = finding.status.group.as_deref().unwrap_or("otros");
        let values = [
            ("letter", letter.as_str().into()),
            ("name", finding.name.as_str().into()),
            ("state", texts.say(&format!("group-{group}")).into()),
        ];
        out.push(' ');
        out.push_str(&texts.fill("map-desc-letter", &values));
    }
    out
}

/// The notes on grid and north.
pub(crate) fn window_notes(texts: &Texts, window: &Window, letters: f64) -> Result<Vec<String>, MapError> {
    let step = window.grid_step(letters);
    let (length, unit) = if step >= 1000.0 {
        (step / 1000.0, "map-km")
    } else {
        (step, "map-m")
    };
    let zone = window.zone.number().to_string();
    let step = format!("{}\u{a0}{}", length.round(), texts.say(unit));
    let turn = convergence_degrees(window.zone, window.centre()?);
    let north = if turn.abs() < LEAST_TURN {
        texts.say("map-north-same")
    } else {
        let side = texts.say(if turn > 0.0 { "map-side-east" } else { "map-side-west" });
        let degrees = format!("{:.1}", turn.abs());
        texts.fill("map-north-note", &[("degrees", degrees.into()), ("side", side.into())])
    };
    Ok(vec![
        texts.fill("map-grid", &[("zone", zone.into()), ("step", step.into())]),
        north,
    ])
}

/// Where what is drawn comes from and of which day it is, and what could not be drawn for want of data.
pub fn sources(report: &Report, texts: &Texts) -> String {
    let (mut read, mut lacking, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    let mut synthetic = false;
    for layer in report.layers.iter().filter(|layer| MAP_CONTEXT.contains(&layer.id)) {
        let title = texts.say(&format!("layer-{}", layer.id));
        match (&layer.edition, layer.state) {
            (Some(edition), LayerState::Consulted | LayerState::Partial) => {
                synthetic |= edition.synthetic;
                let values = [
                    ("layer", title.into()),
                    ("publisher", edition.publisher.as_str().into()),
                    ("day", day_text(texts, edition.valid_from).into()),
                ];
                read.push(texts.fill("map-source", &values));
            }
            (_, LayerState::NotConsulted) => failed.push(title),
            _ => lacking.push(title),
        }
    }
    let mut out: Vec<String> = Vec::new();
    if synthetic {
        out.push(texts.say("synthetic"));
    }
    for (id, mut list, between) in [
        ("map-sources", read, "; "),
        ("map-lacking", lacking, ", "),
        ("map-failed", failed, ", "),
    ] {
        list.dedup();
        if !list.is_empty() {
            out.push(texts.fill(id, &[("list", list.join(between).into())]));
        }
    }
    out.join(" ")
}

/// A whole number with its thousands apart.
pub(crate) fn spaced(value: f64) -> String {
    let digits = format!("{value:.0}");
    let first = digits.len() % 3;
    let (head, rest) = digits.split_at(first);
    let groups = rest.as_bytes().chunks(3).map(String::from_utf8_lossy);
    let head = (!head.is_empty()).then(|| head.into());
    head.into_iter().chain(groups).collect::<Vec<_>>().join("\u{a0}")
}
