//! The sheet of an official hydrographic unit.

mod page;

use super::{Answer, Site, layer::layer};
use crate::{
    answer::{document, media, unchanged},
    current::Current,
    judging::{Ask, Course, within_of},
    negotiate::{Format, format},
    params::Params,
    problem::{Kind, Problem},
    shared::Shared,
    speech::Speech,
    units::UnitTrees,
};
use actix_web::{HttpRequest, web::Path};
use conflicts::water::{UnitSheet, unit_sheet};
use territory::LayerKind;

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
