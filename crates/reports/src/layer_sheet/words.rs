//! All words of a sheet, from the texts and the editions.

use super::classes::Class;
use super::places::Places;
use super::{Figures, LayerSheetAsk, LayerSheetGround, Plan};
use crate::number::{day_text, fixed};
use crate::{Texts, layer_meanings, layer_styles, map};
use conflicts::{CoverageArea, EditionAround, LayerAround};
use geo_types::{Coord, Geometry, Rect};
use maps::{Lines, MapError, Window};
use territory::{EditionMeta, LayerKind, Shape, shared_area};

/// More names than these are not said in a line.
const NAMES: usize = 3;

/// All words of a sheet.
pub(super) fn words(
    (ask, ground, plan): &(&LayerSheetAsk, &LayerSheetGround<'_>, &Plan<'_>),
    places: &Places<'_>,
    figures: Figures,
    texts: &Texts,
) -> Result<Lines, MapError> {
    let window = &plan.window;
    let title = ask.title.clone().unwrap_or_else(|| title(ground, texts));
    let mut notes = map::window_notes(texts, window, plan.layout.letters)?;
    notes.push(system(texts, window)?);
    Ok(Lines {
        lang: texts
            .said("map-legend", &[])
            .lang
            .unwrap_or(texts.lang.code())
            .to_owned(),
        desc: desc(&title, plan, &figures, texts),
        title,
        subtitle: subtitle(ground, places, texts),
        legend: texts.say("map-legend"),
        meanings: layer_meanings(texts),
        headings: plan.facts.headings(texts),
        figures,
        legend_notes: plan.facts.notes.clone(),
        ratio: Some(texts.fill("map-ratio", &[("scale", map::spaced(window.denominator).into())])),
        kilometres: texts.say("map-km"),
        metres: texts.say("map-m"),
        walk: None,
        north: texts.say("map-north"),
        notes,
        axes: [texts.say("map-east"), texts.say("map-north-axis")],
        sources: plan.facts.sources.clone(),
        locator: texts.say("sheet-locator"),
        ramp: None,
    })
}

fn layer_title(kind: LayerKind, texts: &Texts) -> String {
    texts.say(&format!("layer-{kind}"))
}

/// The names of the layers, the highest first; how many there are, where they are too many for a line.
fn title(ground: &LayerSheetGround<'_>, texts: &Texts) -> String {
    let layers = &ground.layers;
    if layers.len() > NAMES {
        return texts.fill("sheet-title-many", &[("n", layers.len().to_string().into())]);
    }
    let names: Vec<String> = layers.iter().map(|layer| layer_title(layer.kind, texts)).collect();
    names.join(" · ")
}

fn subtitle(ground: &LayerSheetGround<'_>, places: &Places<'_>, texts: &Texts) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (kind, names) in &places.names {
        if names.len() <= NAMES {
            let values = [("count", names.len().into()), ("list", names.join(", ").into())];
            let id = match kind {
                LayerKind::Departments => "sheet-in-departments",
                LayerKind::Provinces => "sheet-in-provinces",
                _ => "sheet-in-districts",
            };
            parts.push(texts.fill(id, &values));
        }
    }
    let day = day_text(texts, ground.as_of.valid);
    parts.push(texts.fill("sheet-as-of", &[("day", day.into())]));
    if editions(ground).any(|(_, edition)| edition.meta.synthetic) {
        parts.push(texts.say("synthetic-short"));
    }
    parts.join(" · ")
}

fn editions<'g>(ground: &'g LayerSheetGround<'_>) -> impl Iterator<Item = (LayerKind, &'g EditionAround<'g>)> {
    let layers = ground.layers.iter();
    layers.flat_map(|layer| layer.editions.iter().map(|edition| (layer.kind, edition)))
}

fn desc(title: &str, plan: &Plan<'_>, figures: &Figures, texts: &Texts) -> String {
    let scale = map::spaced(plan.window.denominator);
    let mut out = texts.fill("sheet-desc", &[("title", title.into()), ("scale", scale.into())]);
    for class in plan.facts.classes.iter().rev() {
        let (Some(key), Some(id)) = (class.keys.first(), class.words) else {
            continue;
        };
        let figure = figures.get(key).map(|figure| format!(", {figure}"));
        out.extend([" ", &texts.say(id), &figure.unwrap_or_default(), "."]);
    }
    out
}

/// What the figures of the legend are, what is not drawn, and whose colours those are.
pub(super) fn legend_notes(ground: &LayerSheetGround<'_>, classes: &[Class<'_>], texts: &Texts) -> Vec<String> {
    let mut notes = Vec::new();
    let drawn = || classes.iter().filter(|class| !class.keys.is_empty());
    if drawn().any(Class::has_areas) {
        notes.push(texts.say("sheet-hectares"));
    }
    let none_of =
        |layer: &&LayerAround<'_>| !layer.editions.is_empty() && classes.iter().all(|class| class.kind != layer.kind);
    let empty = ground.layers.iter().filter(none_of);
    let empty = empty.map(|layer| layer_title(layer.kind, texts)).collect();
    let undrawn = classes.iter().filter(|class| class.keys.is_empty());
    let undrawn = undrawn
        .filter_map(|class| class.words)
        .map(|id| texts.say(id))
        .collect();
    let ours = |layer: &&LayerAround<'_>| {
        layer_styles().look(layer.kind).unofficial && drawn().any(|class| class.kind == layer.kind)
    };
    let ours = ground.layers.iter().filter(ours);
    let ours = ours.map(|layer| layer_title(layer.kind, texts)).collect();
    for (id, list) in [
        ("sheet-unofficial", ours),
        ("sheet-undrawn", undrawn),
        ("sheet-empty", empty),
    ] {
        notes.extend(listed(id, list, ", ", texts));
    }
    notes
}

fn listed(id: &str, mut list: Vec<String>, between: &str, texts: &Texts) -> Option<String> {
    list.dedup();
    (!list.is_empty()).then(|| texts.fill(id, &[("list", list.join(between).into())]))
}

/// Where what is drawn comes from and of which day it is, the norm of a zoning, and where the data may end.
pub(super) fn sources(
    ground: &LayerSheetGround<'_>,
    classes: &[Class<'_>],
    (lonlat_box, texts): ([f64; 4], &Texts),
) -> Result<String, MapError> {
    let mut read: Vec<String> = Vec::new();
    let (mut partial, mut lacking, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for layer in &ground.layers {
        let title = layer_title(layer.kind, texts);
        for edition in &layer.editions {
            if !edition.features.is_empty() || covers(edition, lonlat_box)? {
                read.push(source(&title, edition.meta, texts));
            }
        }
        match (&layer.failure, layer.editions.is_empty()) {
            (Some(_), _) => failed.push(title),
            (None, true) => lacking.push(title),
            (None, false) if !whole(layer, lonlat_box)? => partial.push(title),
            _ => {}
        }
    }
    let mut out: Vec<String> = Vec::new();
    if editions(ground).any(|(_, edition)| edition.meta.synthetic) {
        out.push(texts.say("synthetic"));
    }
    out.extend(listed("map-sources", read, "; ", texts));
    if ground.layers.iter().any(|layer| layer.kind == LayerKind::Zoning) {
        out.push(norm(classes, texts));
    }
    for (id, list) in [
        ("sheet-partial", partial),
        ("map-lacking", lacking),
        ("map-failed", failed),
    ] {
        out.extend(listed(id, list, ", ", texts));
    }
    Ok(out.join(" "))
}

/// An edition in a line: title, publisher, edition, day, scale and deviation.
fn source(layer: &str, meta: &EditionMeta, texts: &Texts) -> String {
    let accuracy = match (meta.scale_denominator, meta.deviation()) {
        (Some(scale), Some(sigma)) => texts.fill(
            "sheet-scale-sigma",
            &[
                ("scale", map::spaced(f64::from(scale)).into()),
                ("sigma", metres(sigma.0).into()),
            ],
        ),
        (None, Some(sigma)) => texts.fill("sheet-sigma", &[("sigma", metres(sigma.0).into())]),
        _ => texts.say("sheet-no-sigma"),
    };
    let values = [
        ("layer", layer.into()),
        ("publisher", meta.series.publisher.as_str().into()),
        ("edition", meta.id.as_str().into()),
        ("day", day_text(texts, meta.valid_from).into()),
        ("accuracy", accuracy.into()),
    ];
    texts.fill("sheet-source", &values)
}

/// Metres to a tenth where they are few.
fn metres(value: f64) -> String {
    fixed(value, usize::from(value < 10.0))
}

/// The norms that the zones name, each once.
fn norm(classes: &[Class<'_>], texts: &Texts) -> String {
    let zones = classes.iter().filter(|class| class.kind == LayerKind::Zoning);
    let said = zones.flat_map(|class| &class.features);
    let mut norms: Vec<String> = said
        .filter_map(|feature| feature.attributes.text("norm").map(|norm| norm.trim().to_owned()))
        .collect();
    norms.sort();
    listed("sheet-norm", norms, "; ", texts).unwrap_or_else(|| texts.say("sheet-no-norm"))
}

/// Whether the editions of a layer say that together they are complete in a box of degrees: one of them is.
fn whole(layer: &LayerAround<'_>, lonlat_box: [f64; 4]) -> Result<bool, MapError> {
    for edition in &layer.editions {
        if covers(edition, lonlat_box)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an edition says that it is complete in a box of degrees.
fn covers(edition: &EditionAround<'_>, [west, south, east, north]: [f64; 4]) -> Result<bool, MapError> {
    /// Less than this may be missing: the sums are rounded.
    const NEARLY: f64 = 0.999_999;
    let CoverageArea::Area(land, lonlat) = edition.coverage else {
        return Ok(matches!(edition.coverage, CoverageArea::National));
    };
    let all = Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
    let shape = Shape::from_lonlat(&Geometry::Polygon(all.to_polygon()), land.home)?;
    let shared = shared_area(&shape, land.shape_in(land.home, lonlat)).0 * 10_000.0;
    Ok(shared >= shape.square_metres() * NEARLY)
}

/// The system of the grid, and the middle of the frame in degrees.
fn system(texts: &Texts, window: &Window) -> Result<String, MapError> {
    let centre = window.centre()?;
    let values = [
        ("epsg", window.zone.epsg().to_string().into()),
        ("lat", degrees(centre.y, ["N", "S"]).into()),
        ("lon", degrees(centre.x, ["E", texts.say("sheet-west").as_str()]).into()),
    ];
    Ok(texts.fill("sheet-crs", &values))
}

/// Degrees and minutes with the letter of the side.
fn degrees(value: f64, sides: [&str; 2]) -> String {
    let minutes = (value.abs() * 60.0).round();
    let (whole, rest) = ((minutes / 60.0).floor(), minutes % 60.0);
    format!("{whole:.0}°\u{a0}{rest:02.0}′\u{a0}{}", sides[usize::from(value < 0.0)])
}
