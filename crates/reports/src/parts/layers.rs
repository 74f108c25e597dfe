//! What was consulted and what is not known: every layer with its state, edition, dates, accuracy and datum operation.

use super::section;
use crate::csv_text::code;
use crate::number;
use crate::teller::Teller;
use crate::view::{Block, Cell, Column, Row, Said, Section, Table};
use conflicts::{EditionOut, LayerOut, LayerState};
use territory::LayerKind;

/// The table of layers and editions.
pub(crate) fn layers(tell: &Teller<'_>) -> Section {
    let columns = vec![
        Column::words(tell.say("col-layer"), 11),
        Column::words(tell.say("col-consulted"), 6),
        Column::words(tell.say("col-edition"), 12),
        Column::words(tell.say("col-publisher"), 9),
        Column::words(tell.say("col-accuracy"), 6),
        Column::words(tell.say("col-datum"), 6),
    ];
    let table = Table {
        caption: tell.say("layers-caption"),
        columns,
        rows: tell.report.layers.iter().map(|layer| row(tell, layer)).collect(),
        ..Table::default()
    };
    let blocks = vec![super::text(tell, "layers-words"), Block::Table { table }];
    section(tell, "layers", "layers-heading", blocks)
}

fn row(tell: &Teller<'_>, layer: &LayerOut) -> Row {
    let name = tell.layer(layer.id);
    let title = (layer.title != name.text).then(|| Said::plain(&layer.title));
    let mut cells = vec![
        Cell {
            small: title,
            ..Cell::of(name).head()
        },
        state(tell, layer),
    ];
    match &layer.edition {
        Some(edition) => cells.extend(of_edition(tell, edition)),
        None => cells.extend((0..4).map(|_| Cell::of(tell.say("no-edition")))),
    }
    let edition = layer.edition.as_ref().map_or("", |edition| &edition.edition);
    Row {
        cells,
        total: false,
        key: Some(format!("layer {} {edition}", layer.id)),
    }
}

fn state(tell: &Teller<'_>, layer: &LayerOut) -> Cell {
    let small = match (layer.covered_share, &layer.reason) {
        (_, Some(reason)) => Some(tell.quote(reason)),
        (Some(share), None) => {
            let percent = number::percent_text(tell.texts, share.0, 0.0);
            Some(tell.fill("covered", &[("percent", percent.into())]))
        }
        (None, None) => layer.edition.is_some().then(|| tell.say("coverage-undeclared")),
    };
    Cell {
        small,
        tag: Some(tag(layer.state)),
        ..Cell::of(tell.coded("state", &layer.state))
    }
}

fn tag(state: LayerState) -> &'static str {
    match state {
        LayerState::Consulted => "consulted",
        LayerState::Partial => "partial",
        LayerState::NoData => "no-data",
        LayerState::NotConsulted => "not-consulted",
    }
}

fn of_edition(tell: &Teller<'_>, edition: &EditionOut) -> [Cell; 4] {
    let day = tell.day(edition.valid_from).text;
    let at = tell.moment(edition.published_at).text;
    let mut dates = tell.fill("edition-dates", &[("day", day.into()), ("at", at.into())]);
    if edition.synthetic {
        dates.text = format!("{} · {}", dates.text, tell.texts.say("synthetic-short"));
    }
    let publisher = [
        ("territory", edition.territory.as_str().into()),
        ("licence", edition.licence.as_str().into()),
    ];
    let scale = match edition.scale_denominator {
        Some(scale) => tell.fill("scale", &[("n", number::fixed(f64::from(scale), 0).into())]),
        None => tell.say("scale-unknown"),
    };
    let sigma = match edition.sigma_m {
        Some(sigma) => Said::plain(format!("σ {sigma} m")),
        None => tell.say("sigma-unknown"),
    };
    let datum = if edition.operation == "none" {
        Cell::of(tell.say("operation-none"))
    } else {
        Cell::of(Said::plain(&edition.operation)).small(Said::plain(format!("± {} m", edition.operation_accuracy_m)))
    };
    [
        Cell::of(Said::plain(&edition.edition)).small(dates),
        Cell::of(Said::plain(&edition.publisher)).small(tell.fill("territory-licence", &publisher)),
        Cell::of(sigma).small(scale),
        datum,
    ]
}

/// What is not known: layers that leave a question open, then the limits of the report.
pub(crate) fn unknown(tell: &Teller<'_>) -> Section {
    let mut items = open(tell);
    items.extend(tell.report.limits.iter().map(|limit| tell.quote(&limit.text)));
    section(tell, "limits", "limits-heading", vec![Block::Bullets { items }])
}

/// The same in short: what the sentences on layers say already is not said again of each layer.
pub(crate) fn unknown_in_short(tell: &Teller<'_>) -> Section {
    // what the notices, the answer or the meaning say already is not said again; the annex has all
    const ELSEWHERE: [&str; 7] = [
        "no-data",
        "partial",
        "undeclared",
        "not-consulted",
        "synthetic",
        "no-water",
        "informative",
    ];
    let mut items = open(tell);
    let limits = tell.report.limits.iter();
    let others = limits.filter(|limit| !ELSEWHERE.contains(&limit.kind.as_str()));
    items.extend(others.map(|limit| tell.quote(&limit.text)));
    section(tell, "unknown", "limits-heading", vec![Block::Bullets { items }])
}

/// The layers that leave a question open, by their state: never silent.
fn open(tell: &Teller<'_>) -> Vec<Said> {
    let states = [
        (LayerState::NotConsulted, "open-not-consulted"),
        (LayerState::NoData, "open-no-data"),
        (LayerState::Partial, "open-partial"),
    ];
    let said = states.into_iter().map(|(state, id)| {
        let mut of_state: Vec<LayerKind> = tell
            .report
            .layers
            .iter()
            .filter(|layer| code(&layer.state) == code(&state))
            .map(|layer| layer.id)
            .collect();
        of_state.dedup();
        let names: Vec<String> = of_state.iter().map(|layer| tell.layer(*layer).text).collect();
        (!names.is_empty()).then(|| tell.fill(id, &[("layers", names.join("; ").into())]))
    });
    said.flatten().collect()
}
