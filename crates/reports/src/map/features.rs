//! Which features of a report are drawn, and in which style.

use conflicts::{ReportShapes, ShapeOf};
use maps::MapFeature;
use territory::LayerKind;

/// Orders from this one on are drawn as rivers.
const RIVER_ORDER: u32 = 4;

/// Areas that pale beyond the subject: protected land, towns, rights by state. Live rights stand over the others.
pub fn under<'a>(shapes: &'a ReportShapes, letters: &'a [Option<String>]) -> Vec<MapFeature<'a>> {
    let mut out: Vec<MapFeature<'a>> = Vec::new();
    for (layer, style) in [
        (LayerKind::BufferZones, "buffer-zone"),
        (LayerKind::ProtectedAreas, "protected-area"),
        (LayerKind::Urban, "urban"),
    ] {
        out.extend(of_layer(shapes, layer).map(|shape| plain(shape, style)));
    }
    for style in ["right-extinguido", "right-otros", "right-tramite", "right-titulado"] {
        let context = shapes.context.iter().chain(&shapes.roces).map(|shape| (shape, None));
        let judged = shapes.findings.iter().zip(letters);
        let all = context.chain(judged.map(|(shape, letter)| (shape, letter.as_deref())));
        let wanted = all.filter(|(shape, _)| right_style(shape) == Some(style));
        out.extend(wanted.map(|(shape, letter)| MapFeature {
            letter,
            label: None,
            ..plain(shape, style)
        }));
    }
    out
}

/// Lines and points that are as strong everywhere: limits, water, and the rims of rights that only graze.
pub fn over(shapes: &ReportShapes) -> Vec<MapFeature<'_>> {
    let mut out: Vec<MapFeature<'_>> = Vec::new();
    for (layer, style) in [
        (LayerKind::WaterBodies, "water-body"),
        (LayerKind::Districts, "district"),
        (LayerKind::Communities, "community"),
    ] {
        out.extend(of_layer(shapes, layer).map(|shape| plain(shape, style)));
    }
    let mut rivers: Vec<MapFeature<'_>> = of_layer(shapes, LayerKind::Rivers)
        .map(|shape| plain(shape, if is_river(shape) { "river" } else { "stream" }))
        .collect();
    rivers.sort_by_key(|river| river.style == "river");
    out.extend(rivers);
    out.extend(of_layer(shapes, LayerKind::Springs).map(|shape| plain(shape, "spring")));
    let grazing = shapes.roces.iter().filter(|shape| right_style(shape).is_some());
    out.extend(grazing.map(|shape| MapFeature {
        label: None,
        ..plain(shape, "graze")
    }));
    out
}

fn of_layer(shapes: &ReportShapes, layer: LayerKind) -> impl Iterator<Item = &ShapeOf> {
    let all = shapes.context.iter().chain(&shapes.roces).chain(&shapes.findings);
    all.filter(move |shape| shape.layer == layer)
}

fn right_style(shape: &ShapeOf) -> Option<&'static str> {
    let right = shape.layer == LayerKind::Concessions;
    right.then_some(match shape.group.as_deref() {
        Some("titulado") => "right-titulado",
        Some("tramite") => "right-tramite",
        Some("extinguido") => "right-extinguido",
        _ => "right-otros",
    })
}

fn plain<'a>(shape: &'a ShapeOf, style: &'static str) -> MapFeature<'a> {
    MapFeature {
        geometry: &shape.lonlat,
        style,
        letter: None,
        label: proper_name(shape),
    }
}

fn proper_name(shape: &ShapeOf) -> Option<&str> {
    name_on_maps(&shape.name).filter(|name| *name != shape.feature)
}

/// A name that may stand on a map; none where it only says what the thing is.
pub fn name_on_maps(name: &str) -> Option<&str> {
    const COMMON: [&str; 16] = [
        "quebrada",
        "rio",
        "río",
        "acequia",
        "canal",
        "laguna",
        "lago",
        "manante",
        "manantial",
        "captacion",
        "captación",
        "puquio",
        "bofedal",
        "zona urbana",
        "s/n",
        "sin nombre",
    ];
    let name = name.trim();
    let common = COMMON.contains(&name.to_lowercase().as_str());
    (!name.is_empty() && !common).then_some(name)
}

fn is_river(shape: &ShapeOf) -> bool {
    let order = shape
        .category
        .as_deref()
        .and_then(|category| category.trim().parse::<u32>().ok());
    let name = shape.name.to_lowercase();
    let named = ["río ", "rio "].iter().any(|word| name.starts_with(word)) || name == "río" || name == "rio";
    order.map_or(named, |order| order >= RIVER_ORDER)
}
