//! The answer: how many rights, how much of the land, what only grazes, the water, what changed.

use crate::number;
use crate::teller::{SIGNED, Teller};
use crate::view::{AnswerLine, Said};
use conflicts::{Class, LayerState, TotalOut};
use territory::LayerKind;

/// The lines, from the most to the least important; in short, one line names all other layers.
pub(crate) fn lines(tell: &Teller<'_>, in_short: bool) -> Vec<AnswerLine> {
    let live = tell
        .total(LayerKind::Concessions, "vigente")
        .filter(|total| total.count > 0);
    let mut lines = vec![rights(tell, live)];
    lines.extend(live.map(|live| land(tell, live)));
    if in_short {
        lines.push(line(grazes(tell)));
        lines.push(line(water(tell)));
        lines.extend(others_in_short(tell).map(line));
    } else {
        lines.extend(
            other_layers(tell)
                .into_iter()
                .map(|layer| line(other_layer(tell, layer))),
        );
        lines.push(line(grazes(tell)));
        lines.push(line(water(tell)));
    }
    lines.extend(changed(tell));
    lines
}

fn line(text: Said) -> AnswerLine {
    AnswerLine {
        figure: None,
        share: None,
        text,
    }
}

/// What is said of live mining rights; the state of the layer decides what «none found» means.
fn rights(tell: &Teller<'_>, live: Option<&TotalOut>) -> AnswerLine {
    let state = tell.state(LayerKind::Concessions);
    let Some(live) = live else {
        return line(match state {
            Some(LayerState::Consulted) => tell.say("rights-none"),
            Some(LayerState::Partial) => tell.say("rights-none-in-part"),
            Some(LayerState::NoData) => tell.say("rights-no-data"),
            Some(LayerState::NotConsulted) | None => tell.say("rights-not-consulted"),
        });
    };
    let id = if state == Some(LayerState::Consulted) {
        "rights-found"
    } else {
        "rights-found-in-part"
    };
    let n = number::count(live.count);
    let places = [
        ("count", live.count.into()),
        ("n", n.clone().into()),
        ("list", by_state(tell).into()),
    ];
    AnswerLine {
        figure: Some(n),
        share: None,
        text: tell.fill(id, &places),
    }
}

/// How many of each group.
fn by_state(tell: &Teller<'_>) -> String {
    let counted = SIGNED
        .iter()
        .filter_map(|group| tell.total(LayerKind::Concessions, group))
        .filter(|total| total.count > 0);
    let said = counted.map(|total| {
        let n = number::count(total.count);
        let places = [("count", total.count.into()), ("n", n.into())];
        tell.texts.fill(&format!("count-{}", total.group), &places)
    });
    said.collect::<Vec<_>>().join(", ")
}

/// How much of the land live rights take.
fn land(tell: &Teller<'_>, live: &TotalOut) -> AnswerLine {
    let half = number::half_share(live.band90, tell.land_ha());
    let figure = tell.figure(live.union_ha, live.band90);
    let share = live.share_of_subject.0;
    let places = [
        ("count", live.count.into()),
        ("ha", figure.text.into()),
        ("band", figure.band.into()),
        ("parts", number::parts(tell.texts, share, half).into()),
    ];
    let short = number::hundredths(share, half);
    let shown = (0.01..=0.99).contains(&share) && short >= 1.0;
    AnswerLine {
        figure: shown.then(|| tell.texts.fill("parts-short", &[("n", format!("{short:.0}").into())])),
        share: Some(share),
        text: tell.fill("rights-land", &places),
    }
}

/// The other layers that meet the land, those of water aside.
fn other_layers(tell: &Teller<'_>) -> Vec<LayerKind> {
    let counted = tell.report.findings.iter().filter(|finding| finding.overlap.is_some());
    let mut layers: Vec<LayerKind> = counted.map(|finding| finding.layer).collect();
    layers.dedup();
    layers.retain(|layer| *layer != LayerKind::Concessions && !WATER.contains(layer));
    layers
}

/// All of them in one line: what they are is in the annexes.
fn others_in_short(tell: &Teller<'_>) -> Option<Said> {
    let said = other_layers(tell).into_iter().map(|layer| {
        let findings = tell.report.findings.iter();
        let n = findings
            .filter(|finding| finding.layer == layer && finding.overlap.is_some())
            .count();
        format!("{} ({})", tell.layer(layer).text, number::count(n))
    });
    let list: Vec<String> = said.collect();
    (!list.is_empty()).then(|| tell.fill("others-in-short", &[("list", list.join("; ").into())]))
}

fn other_layer(tell: &Teller<'_>, layer: LayerKind) -> Said {
    let of_layer = tell.report.findings.iter().filter(|finding| finding.layer == layer);
    let n = of_layer.filter(|finding| finding.overlap.is_some()).count();
    let mut places = vec![("layer", tell.layer(layer).text.into()), ("n", number::count(n).into())];
    let Some(total) = tell.total(layer, "todos") else {
        return tell.fill("other-layer-without-area", &places);
    };
    let half = number::half_share(total.band90, tell.land_ha());
    let figure = tell.figure(total.union_ha, total.band90);
    places.extend([
        ("ha", figure.text.into()),
        ("band", figure.band.into()),
        (
            "parts",
            number::parts(tell.texts, total.share_of_subject.0, half).into(),
        ),
    ]);
    tell.fill("other-layer", &places)
}

/// What only grazes the limit, and what is in doubt.
fn grazes(tell: &Teller<'_>) -> Said {
    let doubtful = tell
        .report
        .roces
        .iter()
        .filter(|roce| roce.class == Class::Dudoso)
        .count();
    let n = tell.report.roces.len() - doubtful;
    let places = [("count", n.into()), ("n", number::count(n).into())];
    let mut said = tell.fill("grazes", &places);
    if doubtful > 0 {
        let places = [("count", doubtful.into()), ("n", number::count(doubtful).into())];
        said.text.push(' ');
        said.text.push_str(&tell.fill("doubtful", &places).text);
    }
    said
}

/// The layers of water, in the order in which they are told.
const WATER: [LayerKind; 3] = [LayerKind::Springs, LayerKind::WaterBodies, LayerKind::Rivers];

/// Water inside or near the land, by layer and its state, and that nobody looked upstream.
fn water(tell: &Teller<'_>) -> Said {
    let counts = WATER.map(|layer| {
        let n = tell
            .report
            .findings
            .iter()
            .filter(|finding| finding.layer == layer)
            .count();
        let name = tell.layer(layer).text;
        let what = match tell.state(layer) {
            _ if n > 0 => number::count(n),
            Some(LayerState::Consulted) => tell.texts.say("water-none"),
            Some(LayerState::Partial) => tell.texts.say("water-none-in-part"),
            Some(LayerState::NoData) => tell.texts.say("unknown-short"),
            Some(LayerState::NotConsulted) | None => tell.texts.say("water-not-consulted"),
        };
        format!("{name}: {what}")
    });
    let mut said = tell.fill("water", &[("list", counts.join("; ").into())]);
    if let Some(limit) = tell.report.limits.iter().find(|limit| limit.kind == "no-water") {
        said.text.push(' ');
        said.text.push_str(&tell.quote(&limit.text).text);
    }
    said
}

/// What changed, where somebody asked: «nothing» is a statement too.
fn changed(tell: &Teller<'_>) -> Option<AnswerLine> {
    let changes = tell.report.changes.as_ref()?;
    let n = changes.events.len();
    let places = [
        ("count", n.into()),
        ("n", number::count(n).into()),
        ("from", tell.day(changes.from.valid).text.into()),
        ("to", tell.day(changes.to.valid).text.into()),
    ];
    Some(AnswerLine {
        figure: (n > 0).then(|| number::count(n)),
        share: None,
        text: tell.fill("changed", &places),
    })
}
