//! The sheet of an official hydrographic unit.

mod page;

use super::{
    Answer, Site,
    layer::{feature as find, layer},
    water::{Place, When},
};
use crate::{
    answer::{document, media, unchanged},
    current::Current,
    judging::{Ask, Course, no_subject, within_of},
    negotiate::{Format, format},
    params::Params,
    problem::{Kind, Problem},
    shared::Shared,
    speech::Speech,
    units::UnitTrees,
};
use actix_web::{HttpRequest, web::Path};
use conflicts::Direction;
use conflicts::water::{Along, UnitSheet, joined, unit_sheet, unit_ways, units_along};
use std::time::Instant;
use territory::{Feature, LayerKind};

/// `/watershed/{code}`
pub(crate) async fn unit(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let known = ["f", "lang", "edition", "valid-at", "known-at"];
    let params = Params::read(request.query_string(), &known)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let ask = Ask::of(&params)?;
    let current = site.current()?;
    let (code, edition) = (path.into_inner(), params.text("edition").map(ToOwned::to_owned));
    let mut tag = None;
    if ask.is_present() {
        consulted(&current)?;
        current.units.find(&code, edition.as_deref())?;
        let tag = tag.insert(speech.entity_tag(&current.tag, format));
        if let Some(answer) = unchanged(&request, tag) {
            return Ok(answer);
        }
    }
    let shared = site.clone();
    let body = site
        .pool
        .run(move |stop| {
            let sheet = sheet(
                (&shared, &current),
                (&code, edition.as_deref()),
                (&ask, &Course::until(stop)),
            )?;
            match format {
                Format::Html => Ok(page::of(&sheet, &speech)),
                _ => reports::canonical_json(&sheet).map_err(|error| Problem::internal(&error)),
            }
        })
        .await?;
    Ok(document(media(format), tag.as_deref(), body))
}

/// Refuses where units are in force and cannot be read: that is not «no such unit».
pub(super) fn consulted(current: &Current) -> Result<(), Problem> {
    match current.snapshot.failure_of(LayerKind::HydrographicUnits) {
        Some(failure) => {
            Err(Kind::NotReady.because(format!("No se consultaron las unidades hidrográficas: {failure}.")))
        }
        None => layer(&current.snapshot, LayerKind::HydrographicUnits.id()).map(drop),
    }
}

fn sheet(
    (shared, current): (&Shared, &Current),
    (code, edition): (&str, Option<&str>),
    (ask, course): (&Ask, &Course),
) -> Result<UnitSheet, Problem> {
    let snapshot = ask.snapshot(current)?;
    let found = if ask.is_present() {
        current.units.find(code, edition)?
    } else {
        layer(&snapshot, LayerKind::HydrographicUnits.id())?;
        UnitTrees::of(&snapshot, Some(&current.units)).find(code, edition)?
    };
    let subject = found.subject()?;
    let within = within_of(shared, (current, &snapshot), (&subject, course))?;
    Ok(unit_sheet(&found.tree, found.unit, (&found.edition.meta, within)))
}

/// A unit by the address of its feature.
#[derive(Clone, Copy)]
pub(super) struct AskedUnit<'a> {
    key: &'a str,
    edition: Option<&'a str>,
}

/// The unit that a question names, where it names one: it is answered by the codes.
pub(super) fn asked(place: &Place) -> Option<AskedUnit<'_>> {
    match place {
        Place::Feature { layer, key, edition } if layer == LayerKind::HydrographicUnits.id() => Some(AskedUnit {
            key,
            edition: edition.as_deref(),
        }),
        _ => None,
    }
}

/// What lies upstream of a unit, or downstream of it, by the codes.
pub(super) fn along(
    (shared, current): (&Shared, &Current),
    asked: AskedUnit<'_>,
    (direction, when, stop): (Direction, When, Instant),
    (format, speech): (Format, &Speech),
) -> Result<String, Problem> {
    let snapshot = when.snapshot(current)?;
    let kind = layer(&snapshot, LayerKind::HydrographicUnits.id())?;
    let feature = find(&snapshot, kind, asked.key, asked.edition)?;
    let code = feature.feature.attributes.text("code").unwrap_or(asked.key);
    let trees = UnitTrees::of(&snapshot, Some(&current.units));
    let found = trees.find(code, Some(&feature.edition.meta.id))?;
    let along = match direction {
        Direction::Upstream => Along::Upstream,
        Direction::Downstream => Along::Downstream,
    };
    let units = units_along(&found.tree, found.unit, along);
    let features: Option<Vec<&Feature>> = units.iter().map(|unit| found.feature(*unit)).collect();
    let features = features.ok_or_else(|| Problem::internal(&"a tree of other features"))?;
    let subject = joined(&features).map_err(|error| no_subject(&error))?;
    let course = Course::until(stop);
    let held = subject.map(|subject| within_of(shared, (current, &snapshot), (&subject, &course)));
    let ways = unit_ways(
        &found.tree,
        (found.unit, along),
        (&found.edition.meta, held.transpose()?),
    );
    match format {
        Format::Html => Ok(page::of_ways(&ways, speech)),
        _ => reports::canonical_json(&ways).map_err(|error| Problem::internal(&error)),
    }
}
