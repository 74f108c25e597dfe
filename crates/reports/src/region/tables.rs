//! The tables of a region.

use super::Region;
use super::cells::{band, count, hectares, keyed, name, plain_hectares, row, said, share, table, unknown, words};
use crate::Texts;
use crate::csv_text::code;
use crate::matrix_csv::{groups, roces, total};
use crate::number;
use crate::view::{Block, Cell, Row};
use conflicts::{LayerState, MatrixRow, TotalOut};
use territory::LayerKind;

/// All rows of a group together.
pub(super) fn groups_of(region: &Region<'_>) -> Vec<Row> {
    let texts = region.texts;
    let line = |total: &conflicts::MatrixTotal| {
        let swatch = (total.group != "todos").then(|| total.group.clone());
        row(vec![
            Cell {
                text: texts.said(&format!("group-{}", total.group), &[]),
                swatch,
                head: true,
                ..Cell::default()
            },
            count(total.subjects),
            count(total.features),
            count(total.pairs),
            plain_hectares(texts, total.sum_geodesic_ha),
            hectares(texts, total.union_geodesic_ha, total.band90_geodesic_ha),
            words(band(texts, total.union_geodesic_ha, total.band90_geodesic_ha)),
            share(texts, total.share_of_subjects),
        ])
    };
    region.matrix.totals.iter().map(line).collect()
}

pub(super) fn groups_block(region: &Region<'_>) -> Block {
    let columns = [
        ("region-col-group", false, 4),
        ("region-col-subjects", true, 2),
        ("region-col-features", true, 2),
        ("region-col-pairs", true, 2),
        ("region-col-sum-geodesic", true, 3),
        ("col-union-geodesic", true, 3),
        ("region-col-band", true, 4),
        ("col-share", true, 2),
    ];
    table(region.texts, "region-groups-caption", &columns, groups_of(region))
}

/// Zone × status: one row a subject.
pub(super) fn rows(region: &Region<'_>) -> Block {
    let live = region.matrix.against == LayerKind::Concessions;
    let groups = groups(region.matrix);
    let ids: Vec<String> = groups.iter().map(|group| format!("group-{group}")).collect();
    let mut columns = vec![
        ("col-name", false, 6),
        ("col-consulted", false, 3),
        ("col-utm-ha", true, 3),
    ];
    columns.extend(ids.iter().map(|id| (id.as_str(), true, 3)));
    if live {
        columns.extend([("col-live", true, 4), ("col-share", true, 3)]);
    }
    columns.push(("col-roces", true, 2));
    let rows = region.matrix.rows.iter().map(|one| subject(region, one, groups, live));
    table(region.texts, "matrix-caption", &columns, rows.collect())
}

fn subject(region: &Region<'_>, one: &MatrixRow, groups: &[&str], live: bool) -> Row {
    let texts = region.texts;
    let zone = texts.fill("region-zone", &[("zone", one.utm_zone.to_string().into())]);
    let mut cells = vec![
        name(&one.name, &one.feature),
        state(texts, one.state),
        Cell {
            small: Some(said(zone)),
            ..plain_hectares(texts, one.utm_ha)
        },
    ];
    for group in groups {
        cells.push(match total(one, group) {
            Some(found) => Cell {
                small: Some(said(texts.fill(
                    "region-cell",
                    &[
                        ("n", number::count(found.count).into()),
                        ("count", found.count.into()),
                        (
                            "share",
                            number::percent_text(texts, found.share_of_subject.0, 0.0).into(),
                        ),
                    ],
                ))),
                ..hectares(texts, found.union_ha, found.band90)
            },
            None => unknown(texts),
        });
    }
    if live {
        cells.extend(vigente(region, total(one, "vigente")));
    }
    cells.push(roces(one).map_or_else(|| unknown(texts), count));
    keyed(format!("subject {} {}", one.edition, one.source_row), cells)
}

/// How the layer was consulted for a land.
fn state(texts: &Texts, state: LayerState) -> Cell {
    let tag = match state {
        LayerState::Consulted => "consulted",
        LayerState::Partial => "partial",
        LayerState::NoData => "no-data",
        LayerState::NotConsulted => "not-consulted",
    };
    Cell {
        text: texts.said(&format!("state-{tag}"), &[]),
        tag: Some(tag),
        ..Cell::default()
    }
}

fn vigente(region: &Region<'_>, total: Option<&TotalOut>) -> [Cell; 2] {
    let texts = region.texts;
    match total {
        Some(total) => [
            Cell {
                small: Some(said(band(texts, total.union_ha, total.band90))),
                ..hectares(texts, total.union_ha, total.band90)
            },
            share(texts, total.share_of_subject),
        ],
        None => [unknown(texts), unknown(texts)],
    }
}

pub(super) fn ranking(region: &Region<'_>) -> Block {
    let texts = region.texts;
    let columns = [
        ("region-col-place", true, 1),
        ("col-name", false, 6),
        ("col-share", true, 2),
        ("col-union-geodesic", true, 3),
        ("col-count", true, 2),
    ];
    let rows = region.matrix.ranking.iter().map(|ranked| {
        row(vec![
            count(ranked.place),
            name(&ranked.name, &ranked.feature),
            share(texts, ranked.share_of_subject),
            plain_hectares(texts, ranked.union_geodesic_ha),
            count(ranked.count),
        ])
    });
    table(texts, "region-ranking-caption", &columns, rows.collect())
}

pub(super) fn hotspots(region: &Region<'_>) -> Block {
    let texts = region.texts;
    let columns = [
        ("col-name", false, 5),
        ("region-col-deepest", true, 2),
        ("region-col-stacked", true, 3),
        ("region-col-at", false, 4),
        ("region-col-rights", false, 6),
    ];
    let rows = region.matrix.hotspots.iter().map(|spot| {
        let [lon, lat] = spot.stack.at;
        row(vec![
            name(&spot.name, &spot.feature),
            count(spot.stack.deepest),
            plain_hectares(texts, spot.stack.stacked_geodesic_ha),
            Cell {
                exact: Some(format!("{lon}, {lat}")),
                ..words(format!("{:.4}°, {:.4}°", lon.0, lat.0))
            },
            words(spot.stack.features.join(", ")),
        ])
    });
    table(texts, "region-hotspots-caption", &columns, rows.collect())
}

pub(super) fn years(region: &Region<'_>) -> Block {
    let texts = region.texts;
    let columns = [
        ("region-col-year", false, 2),
        ("region-col-features", true, 2),
        ("col-union-geodesic", true, 3),
    ];
    let rows = region.matrix.series.iter().map(|year| {
        let said = year
            .year
            .map_or_else(|| texts.say("region-undated"), |year| year.to_string());
        row(vec![
            Cell {
                head: true,
                ..words(said)
            },
            count(year.features),
            plain_hectares(texts, year.union_geodesic_ha),
        ])
    });
    table(texts, "region-series-caption", &columns, rows.collect())
}

pub(super) fn quality(region: &Region<'_>) -> Block {
    let texts = region.texts;
    let columns = [
        ("region-col-quality", false, 5),
        ("col-layer", false, 4),
        ("col-count", true, 2),
        ("region-col-of", true, 2),
        ("region-col-which", false, 7),
    ];
    let rows = region.matrix.quality.iter().map(|found| {
        let which = found.edition.clone().unwrap_or_else(|| found.features.join(", "));
        row(vec![
            Cell {
                head: true,
                ..words(texts.say(&format!("region-quality-{}", found.kind)))
            },
            words(texts.say(&format!("layer-{}", found.layer))),
            words(number::fixed(found.count as f64, 0)),
            found
                .of
                .map_or_else(|| words("—"), |of| words(number::fixed(of as f64, 0))),
            words(which),
        ])
    });
    table(texts, "region-quality-caption", &columns, rows.collect())
}

pub(super) fn editions(region: &Region<'_>) -> Block {
    let texts = region.texts;
    let columns = [
        ("col-edition", false, 5),
        ("col-publisher", false, 3),
        ("region-col-valid-from", false, 3),
        ("region-col-scale", true, 2),
        ("region-col-deviation", true, 2),
    ];
    let rows = region.matrix.editions.iter().map(|edition| {
        let scale = edition
            .scale_denominator
            .map(|scale| format!("1:{}", number::fixed(f64::from(scale), 0)));
        row(vec![
            Cell {
                head: true,
                ..words(edition.edition.clone())
            },
            words(edition.publisher.clone()),
            words(number::day_text(texts, edition.valid_from)),
            scale.map_or_else(|| unknown(texts), words),
            edition
                .sigma_m
                .map_or_else(|| unknown(texts), |sigma| words(format!("{sigma} m"))),
        ])
    });
    table(texts, "region-editions-caption", &columns, rows.collect())
}

pub(super) fn pairs(region: &Region<'_>) -> Block {
    let texts = region.texts;
    let columns = [
        ("col-name", false, 5),
        ("region-col-feature", false, 5),
        ("region-col-group", false, 3),
        ("region-col-class", false, 2),
        ("region-col-filed", false, 3),
        ("region-col-shared-ha", true, 3),
        ("region-col-band", true, 4),
    ];
    let lines = region
        .matrix
        .rows
        .iter()
        .flat_map(|one| one.pairs.iter().map(move |pair| (one, pair)));
    let rows = lines.map(|(one, pair)| {
        let group = pair.group.as_ref().map(|group| Cell {
            swatch: Some(group.clone()),
            ..words(texts.say(&format!("group-{group}")))
        });
        let key = format!(
            "pair {} {} {} {}",
            one.edition, one.source_row, pair.edition, pair.feature
        );
        keyed(
            key,
            vec![
                name(&one.name, &one.feature),
                name(&pair.name, &pair.feature),
                group.unwrap_or_else(|| words("—")),
                words(texts.say(&format!("class-{}", code(&pair.class)))),
                words(
                    pair.filed_at
                        .map_or_else(|| texts.say("region-undated"), |day| number::day_text(texts, day)),
                ),
                hectares(texts, pair.utm_ha, pair.band90),
                words(band(texts, pair.utm_ha, pair.band90)),
            ],
        )
    });
    table(texts, "region-pairs-caption", &columns, rows.collect())
}
