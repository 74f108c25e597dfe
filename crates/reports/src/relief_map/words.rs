//! The words of a map of relief.

use super::{ModelSource, ReliefMap, features, group_of, meanings};
use crate::Texts;
use crate::map::{spaced, window_notes};
use crate::number::{day_text, fixed};
use maps::{Layout, Lines, MapError, Ramp, Relief, Window};
use std::collections::BTreeMap;
use territory::{EditionMeta, LayerKind};

/// All words of a map.
pub(super) fn words(
    map: &ReliefMap<'_>,
    (window, relief, layout): (&Window, &Relief, &Layout),
    (sources, texts): (String, &Texts),
) -> Result<Lines, MapError> {
    let title = map.ask.title.clone().unwrap_or_else(|| texts.say(title_id(map)));
    let lang = texts.said("relief-title", &[]).lang.unwrap_or(texts.lang.code());
    Ok(Lines {
        lang: lang.to_owned(),
        desc: desc(map, &title, window, texts),
        title,
        subtitle: subtitle(map, texts),
        legend: texts.say("map-legend"),
        legend_notes: notes(map, texts),
        meanings: meanings(texts),
        headings: headings(texts),
        ramp: Some(ramp(relief, texts)),
        ratio: Some(texts.fill("map-ratio", &[("scale", spaced(window.denominator).into())])),
        kilometres: texts.say("map-km"),
        metres: texts.say("map-m"),
        north: texts.say("map-north"),
        notes: window_notes(texts, window, layout.letters)?,
        axes: [texts.say("map-east"), texts.say("map-north-axis")],
        sources: if sources.is_empty() {
            sources
        } else {
            format!("{} {sources}", shade(relief, texts))
        },
        ..Lines::default()
    })
}

fn title_id(map: &ReliefMap<'_>) -> &'static str {
    match (&map.catchment, map.units.is_empty()) {
        (Some(_), _) => "relief-title-catchment",
        (None, false) => "relief-title-units",
        (None, true) => "relief-title",
    }
}

fn subtitle(map: &ReliefMap<'_>, texts: &Texts) -> String {
    let Some(catchment) = &map.catchment else {
        return texts.say("relief-subtitle");
    };
    let values = [
        ("ha", hectares(catchment.hectares.0).into()),
        ("kind", kind(catchment.hectares.1, texts).into()),
        ("relief", spaced(catchment.relief).into()),
        ("snap", fixed(catchment.places.1, 0).into()),
    ];
    texts.fill("relief-subtitle-catchment", &values)
}

/// Hectares to the tenth where they are few.
fn hectares(ha: f64) -> String {
    if ha < 100.0 { fixed(ha, 1) } else { spaced(ha) }
}

fn kind(geodesic: bool, texts: &Texts) -> String {
    texts.say(if geodesic {
        "relief-kind-geodesic"
    } else {
        "relief-kind-planar"
    })
}

fn notes(map: &ReliefMap<'_>, texts: &Texts) -> Vec<String> {
    let mut notes = vec![texts.say("relief-arrows")];
    if let Some(catchment) = &map.catchment {
        if catchment.cut {
            notes.push(texts.say("relief-cut"));
        }
        notes.push(texts.say("relief-groundwater"));
    }
    notes
}

fn headings(texts: &Texts) -> BTreeMap<String, String> {
    let streams = (1..=super::HIGHEST).map(|order| (format!("stream-{order}"), texts.say("relief-modelled")));
    streams.collect()
}

fn ramp(relief: &Relief, texts: &Texts) -> Ramp {
    let number = |metres: i32| {
        let said = spaced(f64::from(metres.unsigned_abs()));
        if metres < 0 { format!("−{said}") } else { said }
    };
    Ramp {
        title: texts.say("relief-heights"),
        steps: relief
            .steps
            .iter()
            .map(|step| (step.colour, number(step.from_m)))
            .collect(),
        missing: relief.missing.map(|colour| (colour, texts.say("relief-missing"))),
    }
}

fn shade(relief: &Relief, texts: &Texts) -> String {
    if relief.exaggeration_tenths == 10 {
        return texts.say("relief-shade-plain");
    }
    let times = fixed(f64::from(relief.exaggeration_tenths) / 10.0, 1);
    texts.fill("relief-shade", &[("times", times.into())])
}

/// For those who do not see it: what drains there, and the rights with letters.
fn desc(map: &ReliefMap<'_>, title: &str, window: &Window, texts: &Texts) -> String {
    let values = [("title", title.into()), ("scale", spaced(window.denominator).into())];
    let mut out = vec![texts.fill("relief-desc", &values)];
    if let Some(catchment) = &map.catchment {
        let (ha, geodesic) = catchment.hectares;
        let values = [("ha", hectares(ha).into()), ("kind", kind(geodesic, texts).into())];
        out.push(texts.fill("relief-desc-catchment", &values));
        let consulted = map
            .layers
            .iter()
            .any(|layer| layer.kind == LayerKind::Concessions && !layer.editions.is_empty());
        if consulted && map.letters.is_empty() {
            out.push(texts.say("relief-desc-none"));
        }
    }
    let mut rights: Vec<(&String, &territory::Feature)> = features(map, LayerKind::Concessions)
        .filter_map(|right| Some((map.letters.get(&right.key)?, right)))
        .collect();
    rights.sort_by_key(|(letter, _)| (letter.len(), letter.as_str()));
    out.extend(rights.into_iter().map(|(letter, right)| {
        let state = texts.say(&format!("group-{}", group_of(right)));
        let values = [
            ("letter", letter.as_str().into()),
            ("name", right.name().into()),
            ("state", state.into()),
        ];
        texts.fill("relief-desc-right", &values)
    }));
    out.join(" ")
}

/// Where heights and layers come from, of which day they are, and what could not be drawn for want of data.
pub(super) fn sources(map: &ReliefMap<'_>, texts: &Texts) -> String {
    let mut out = vec![model(&map.model, texts)];
    let editions = || {
        map.layers
            .iter()
            .flat_map(|layer| layer.editions.iter().map(move |edition| (layer.kind, edition)))
    };
    if map.model.synthetic || editions().any(|(_, edition)| edition.meta.synthetic) {
        out.insert(0, texts.say("synthetic"));
    }
    let title = |kind: LayerKind| texts.say(&format!("layer-{kind}"));
    let read = editions().map(|(kind, edition)| source(kind, edition.meta, texts));
    let lacking = map
        .layers
        .iter()
        .filter(|layer| layer.editions.is_empty() && layer.failure.is_none());
    let failed = map.layers.iter().filter(|layer| layer.failure.is_some());
    for (id, list, between) in [
        ("map-sources", read.collect::<Vec<_>>(), "; "),
        ("map-lacking", lacking.map(|layer| title(layer.kind)).collect(), ", "),
        ("map-failed", failed.map(|layer| title(layer.kind)).collect(), ", "),
    ] {
        if !list.is_empty() {
            out.push(texts.fill(id, &[("list", list.join(between).into())]));
        }
    }
    out.join(" ")
}

/// The elevation model in a line.
pub(super) fn model(model: &ModelSource, texts: &Texts) -> String {
    let (side, degrees) = model.cell;
    let cell = if degrees {
        texts.fill("relief-cell-degrees", &[("s", fixed(side * 3600.0, 1).into())])
    } else {
        texts.fill("relief-cell-metres", &[("m", fixed(side, 1).into())])
    };
    let values = [
        ("title", model.title.as_str().into()),
        ("cell", cell.into()),
        ("threshold", fixed(model.threshold, 1).into()),
    ];
    texts.fill("relief-source", &values)
}

/// An edition in a line.
pub(super) fn source(kind: LayerKind, meta: &EditionMeta, texts: &Texts) -> String {
    let values = [
        ("layer", texts.say(&format!("layer-{kind}")).into()),
        ("publisher", meta.series.publisher.as_str().into()),
        ("day", day_text(texts, meta.valid_from).into()),
    ];
    texts.fill("map-source", &values)
}
