//! The headwaters of a region, put in order by what lies in them.

use super::{Answer, Site, layer::layer, unit::consulted};
use crate::{
    answer::{document, media, unchanged},
    basin::{number, percent},
    current::Current,
    judging::{Ask, Course, over_limit, within_of},
    negotiate::{Format, format},
    page::page_for,
    params::{Params, invalid},
    problem::{Kind, Problem},
    shared::Shared,
    speech::Speech,
    units::{FoundUnit, UnitTrees},
    words::segment,
};
use actix_web::HttpRequest;
use conflicts::water::{Headwaters, RankedHeadwater, UnitRef, Within, rank_headwaters};
use maud::{Markup, html};
use store::Snapshot;
use territory::LayerKind;

/// Units that one question looks into.
const MOST: usize = 300;

/// `/watershed/headwaters`
pub(crate) async fn headwaters(request: HttpRequest, site: Site) -> Answer {
    let known = ["f", "lang", "region", "edition", "valid-at", "known-at"];
    let params = Params::read(request.query_string(), &known)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let ask = Ask::of(&params)?;
    let region = region(&params)?;
    let current = site.current()?;
    let edition = params.text("edition").map(ToOwned::to_owned);
    let mut tag = None;
    if ask.is_present() {
        consulted(&current)?;
        let tag = tag.insert(speech.entity_tag(&format!("{}-{region}", current.tag), format));
        if let Some(answer) = unchanged(&request, tag) {
            return Ok(answer);
        }
    }
    let shared = site.clone();
    let body = site
        .pool
        .run(move |stop| {
            let asked = (region.as_str(), edition.as_deref());
            let ranked = ranked((&shared, &current), asked, (&ask, &Course::until(stop)))?;
            match format {
                Format::Html => Ok(as_page(&ranked, &speech)),
                _ => reports::canonical_json(&ranked).map_err(|error| Problem::internal(&error)),
            }
        })
        .await?;
    Ok(document(media(format), tag.as_deref(), body))
}

fn region(params: &Params) -> Result<String, Problem> {
    let text = params.text("region").unwrap_or_default().trim();
    let digits = (1..=7).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let refused = || {
        invalid(
            "region",
            text,
            "con qué comienzan los códigos: de 1 a 7 dígitos, como 0176",
        )
    };
    digits.then(|| text.to_owned()).ok_or_else(refused)
}

fn ranked(
    (shared, current): (&Shared, &Current),
    (region, edition): (&str, Option<&str>),
    (ask, course): (&Ask, &Course),
) -> Result<Headwaters, Problem> {
    let snapshot = ask.snapshot(current)?;
    layer(&snapshot, LayerKind::HydrographicUnits.id())?;
    let trees = UnitTrees::of(&snapshot, Some(&current.units));
    let units = trees.headwaters(region, edition)?;
    if units.is_empty() {
        return Err(Kind::UnknownFeature
            .because(format!(
                "Ninguna unidad hidrográfica sin más división cuyo código comience en «{region}» termina en 9. Pruebe con menos dígitos."
            ))
            .with("region", region));
    }
    if units.len() > MOST {
        return Err(over_limit("cabeceras", units.len() as u64, MOST as u64));
    }
    let found: Result<Vec<_>, Problem> = units
        .iter()
        .map(|unit| looked_into((shared, current), &snapshot, unit, course))
        .collect();
    Ok(rank_headwaters(region, found?))
}

fn looked_into(
    (shared, current): (&Shared, &Current),
    snapshot: &Snapshot,
    found: &FoundUnit,
    course: &Course,
) -> Result<(UnitRef, Within), Problem> {
    let subject = found.subject()?;
    let within = within_of(shared, (current, snapshot), (&subject, course))?;
    Ok((found.tree.facts()[found.unit].clone(), within))
}

fn as_page(found: &Headwaters, speech: &Speech) -> String {
    let columns = [
        speech.say("headwaters-col-place"),
        speech.say("headwaters-col-unit"),
        speech.say("headwaters-col-live"),
        speech.say("basin-col-union"),
        speech.layer(LayerKind::Communities),
        speech.layer(LayerKind::Springs),
        speech.say("headwaters-col-protected"),
    ];
    let body = html! {
        p.notice role="note" { (speech.say("headwaters-proxy")) }
        p { (speech.say("headwaters-order")) }
        table.cards {
            thead { tr { @for column in &columns { th scope="col" { (column) } } } }
            tbody { @for one in &found.ranked { (row(one, &columns, speech)) } }
        }
    };
    let title = speech.fill("headwaters-title", &[("region", found.region.clone().into())]);
    page_for(speech, (&title, false), &body)
}

fn row(one: &RankedHeadwater, columns: &[String; 7], speech: &Speech) -> Markup {
    let sheet = format!("/watershed/{}", segment(&one.unit.code));
    let unknown = speech.say("basin-not-stated");
    let share = one
        .live
        .as_ref()
        .map_or_else(|| unknown.clone(), |live| percent(live.share_of_subject.0));
    let union = one
        .live
        .as_ref()
        .map_or_else(|| unknown.clone(), |live| number(live.union_ha.0));
    let protected = one
        .protected_share
        .map_or_else(|| "—".to_owned(), |share| percent(share.0));
    html! {
        tr {
            td.num data-label=(columns[0]) { (one.place) }
            th scope="row" {
                a href=(speech.href(&sheet)) { (one.unit.code) } " " (one.unit.name)
                @if one.standing != "complete" { " (" (speech.say("basin-not-consulted")) ")" }
            }
            td.num data-label=(columns[2]) { (share) }
            td.num data-label=(columns[3]) { (union) }
            td.num data-label=(columns[4]) { (one.communities) }
            td.num data-label=(columns[5]) { (one.springs) }
            td.num data-label=(columns[6]) { (protected) }
        }
    }
}
