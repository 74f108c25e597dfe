//! The tables of findings: the short one of rights, and the full ones, layer by layer.

use super::sheets::{relation, since};
use crate::number;
use crate::teller::{SIGNED, Teller, key};
use crate::view::{Block, Cell, Column, LegendEntry, Row, Said, Table};
use conflicts::Finding;
use territory::LayerKind;

/// A finding with its letter.
pub(crate) type Lettered<'a> = (&'a Finding, Option<&'a str>);

/// What the signs of states mean, where a finding has one.
pub(crate) fn legend(tell: &Teller<'_>, rows: &[Lettered<'_>]) -> Option<Block> {
    let shown = |group: &str| {
        rows.iter()
            .any(|(finding, _)| finding.status.group.as_deref() == Some(group))
    };
    let entries: Vec<LegendEntry> = SIGNED
        .iter()
        .filter(|group| shown(group))
        .map(|group| LegendEntry {
            group: (*group).to_owned(),
            text: tell.texts.said(&format!("group-{group}"), &[]),
        })
        .collect();
    (!entries.is_empty()).then_some(Block::Legend { entries })
}

/// The short table of rights: letter, code and name, holder, state, hectares, since.
pub(crate) fn short(tell: &Teller<'_>, rows: &[Lettered<'_>]) -> Table {
    let columns = vec![
        Column::words(tell.say("col-letter"), 3),
        Column::words(tell.say("col-name"), 11),
        Column::words(tell.say("col-holder"), 12),
        Column::words(tell.say("col-state"), 9),
        Column::numbers(tell.say("col-overlap"), 9),
        Column::words(tell.say("col-since"), 8),
    ];
    let rows = rows.iter().map(|(finding, letter)| Row {
        cells: vec![
            letter_cell(*letter),
            name(finding).head(),
            Cell::of(tell.stated(finding.holder.as_deref())),
            group(tell, finding),
            overlap(tell, finding),
            Cell::of(since(tell, finding)),
        ],
        total: false,
        key: Some(key("right", finding)),
    });
    Table {
        caption: tell.say("rights-caption"),
        columns,
        rows: rows.collect(),
        ..Table::default()
    }
}

/// The state in one word: what the source says in full stands in the sheet of the right.
fn group(tell: &Teller<'_>, finding: &Finding) -> Cell {
    match &finding.status.group {
        Some(group) => Cell {
            swatch: Some(group.clone()),
            ..Cell::of(tell.say(&format!("group-{group}")))
        },
        None => tell.status(finding),
    }
}

fn letter_cell(letter: Option<&str>) -> Cell {
    Cell {
        letter: letter.is_some(),
        link: letter.map(|letter| format!("#right-{letter}")),
        ..Cell::of(Said::plain(letter.unwrap_or("—")))
    }
}

fn name(finding: &Finding) -> Cell {
    let code = (finding.feature != finding.name).then(|| Said::plain(&finding.feature));
    Cell {
        small: code,
        ..Cell::of(Said::plain(&finding.name))
    }
}

fn overlap(tell: &Teller<'_>, finding: &Finding) -> Cell {
    match &finding.overlap {
        Some(overlap) => tell.banded(overlap.utm_ha, overlap.band90),
        None => Cell::of(tell.say("no-area")),
    }
}

/// All findings of a list, one table a layer, with every area; `record` heads the keys of the rows.
pub(crate) fn by_layer(tell: &Teller<'_>, rows: &[Lettered<'_>], record: &str) -> Vec<Block> {
    let of_layers = rows.chunk_by(|(a, _), (b, _)| a.layer == b.layer);
    let tables = of_layers.map(|of_layer| Block::Table {
        table: full(tell, of_layer, record),
    });
    tables.collect()
}

/// One layer's table; `rows` is not empty.
fn full(tell: &Teller<'_>, rows: &[Lettered<'_>], record: &str) -> Table {
    let layer = rows.first().map_or(LayerKind::Other, |(finding, _)| finding.layer);
    let rights = layer == LayerKind::Concessions;
    let n = number::count(rows.len());
    let places = [
        ("layer", tell.layer(layer).text.into()),
        ("count", rows.len().into()),
        ("n", n.into()),
    ];
    // names have the room that states do not need
    let stated = rows
        .iter()
        .any(|(finding, _)| finding.status.label.is_some() || finding.status.group.is_some());
    let (of_name, of_state) = if stated { (18, 22) } else { (24, 16) };
    let mut columns = vec![Column::words(tell.say("col-name"), of_name)];
    if rights {
        columns.push(Column::words(tell.say("col-holder"), 1).below());
    }
    columns.extend([
        Column::words(tell.say("col-state"), of_state),
        Column::numbers(tell.say("col-overlap"), 13),
        Column::numbers(tell.say("overlap-geodesic"), 13),
        Column::numbers(tell.say("col-share"), 10),
        Column::numbers(tell.say("feature-ha"), 12),
        Column::words(tell.say("col-relation"), 1).below(),
        Column::words(tell.say("col-rule"), 1).below(),
    ]);
    Table {
        caption: tell.fill("findings-caption", &places),
        columns,
        rows: rows.iter().map(|row| full_row(tell, *row, rights, record)).collect(),
        ..Table::default()
    }
}

fn full_row(tell: &Teller<'_>, (finding, letter): Lettered<'_>, rights: bool, record: &str) -> Row {
    let mut head = name(finding).head();
    if let Some(letter) = letter {
        head.text.text = format!("{letter} · {}", head.text.text);
    }
    let mut cells = vec![head];
    if rights {
        cells.push(Cell::of(tell.stated(finding.holder.as_deref())));
    }
    let since = finding.filed_at.or(finding.dated_at).map(|day| {
        let day = tell.day(day).text;
        tell.fill("since", &[("day", day.into())])
    });
    let mut state = tell.status(finding);
    if let Some(since) = since {
        state.small = Some(match state.small {
            Some(small) => Said {
                text: format!("{} · {}", small.text, since.text),
                ..small
            },
            None => since,
        });
    }
    cells.push(state);
    cells.extend(areas(tell, finding));
    cells.push(of_relation(tell, finding));
    cells.push(Cell {
        link: Some(format!("#rule-{}", finding.rule)),
        ..Cell::of(tell.coded("severity", &finding.severity)).small(Said::plain(&finding.rule))
    });
    Row {
        cells,
        total: false,
        key: Some(key(record, finding)),
    }
}

/// The overlap in the plane with its band, on the ellipsoid with its shape, as a share, and the feature's own area.
fn areas(tell: &Teller<'_>, finding: &Finding) -> [Cell; 4] {
    let without = || Cell::of(tell.say("no-area"));
    let overlap = finding.overlap.as_ref();
    let band = overlap.and_then(|overlap| overlap.band90);
    let geodesic = overlap.map(|overlap| {
        let places = [
            ("count", overlap.parts.into()),
            ("parts", number::count(overlap.parts as usize).into()),
            ("m", number::fixed(overlap.mean_width_m.0, 1).into()),
        ];
        tell.hectares(overlap.geodesic_ha)
            .small(tell.fill("shape-short", &places))
    });
    let share = finding.share_of_subject.map(|share| tell.percent(share, band));
    let share = share.map(|cell| match finding.share_of_feature {
        Some(of_feature) => {
            let percent = tell.percent(of_feature, None).text.text;
            cell.small(tell.fill("of-feature", &[("percent", percent.into())]))
        }
        None => cell,
    });
    let whole = finding.feature_utm_ha.map(|ha| {
        let declared = finding.feature_declared_ha.map_or_else(
            || tell.texts.say("not-stated"),
            |ha| format!("{}\u{a0}ha", number::hectares_text(tell.texts, ha.0)),
        );
        tell.hectares(ha)
            .small(tell.fill("declared-short", &[("ha", declared.into())]))
    });
    [
        self::overlap(tell, finding),
        geodesic.unwrap_or_else(without),
        share.unwrap_or_else(without),
        whole.unwrap_or_else(without),
    ]
}

/// How the land lies to it, how sure, and which of the two is older.
fn of_relation(tell: &Teller<'_>, finding: &Finding) -> Cell {
    let cell = Cell::of(relation(tell, finding));
    match finding.precedence {
        Some(precedence) => cell.small(tell.coded("precedence", &precedence)),
        None => cell,
    }
}

/// What only grazes or is in doubt.
pub(crate) fn roces(tell: &Teller<'_>) -> Vec<Block> {
    let rows: Vec<Lettered<'_>> = tell.report.roces.iter().map(|roce| (roce, None)).collect();
    let mut blocks = vec![super::text(tell, "roces-words")];
    if rows.is_empty() {
        blocks.push(super::text(tell, "roces-none"));
    }
    blocks.extend(by_layer(tell, &rows, "roce"));
    blocks
}
