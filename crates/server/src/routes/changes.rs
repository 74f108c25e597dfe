//! What changed in a layer between two times.

use super::{Answer, Site, layer::layer};
use crate::{
    answer::{document, media, unchanged},
    judging::unread,
    negotiate::{Format, format},
    page::page_for,
    params::{Params, TIME, Time, invalid},
    problem::{Kind, Problem},
    speech::Speech,
    words::count,
};
use actix_web::{HttpRequest, web::Path};
use conflicts::{ChangeOut, EditionAt, LayerChanges, SeriesCompared, change_tolerance};
use maud::{Markup, html};
use store::SnapshotOptions;
use territory::{ChangeKind, LayerKind};

/// Events on a page; the other formats have all of them.
const SHOWN: usize = 500;

/// `/collections/{layer}/changes`
pub(crate) async fn changes(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), &["f", "from", "to", "lang"])?;
    let format = format(
        request.headers(),
        params.f(),
        &[Format::Json, Format::Html, Format::Csv],
    )?;
    let speech = Speech::of(&request, &params)?;
    let current = site.current()?;
    let kind = layer(&current.snapshot, &path)?;
    let from = params.time("from")?.ok_or_else(|| invalid("from", "", TIME))?;
    let to = Time::later(params.time("to")?);
    let from = from.earlier("from", to, "«to»")?;
    let tag = speech.entity_tag(&current.tag, format);
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let ceiling = current.snapshot.options.ceiling;
    let at = move |as_of| SnapshotOptions { ceiling, as_of };
    let tolerance = change_tolerance(current.shelf.in_force(to.valid));
    let query = request.query_string().to_owned();
    let body = site
        .pool
        .run(move |_| {
            let changes = current.store.layer_changes(kind, (at(from), at(to)), tolerance);
            let changes = changes.map_err(|error| unread(&current, error))?;
            if changes.compared.is_empty() {
                return Err(nothing_to_compare(kind, &changes));
            }
            match format {
                Format::Html => Ok(as_page(&changes, &query, &speech)),
                Format::Csv => reports::changes_csv(&changes).map_err(|error| Problem::internal(&error)),
                _ => reports::canonical_json(&changes).map_err(|error| Problem::internal(&error)),
            }
        })
        .await?;
    Ok(document(media(format), Some(&tag), body))
}

fn nothing_to_compare(kind: LayerKind, changes: &LayerChanges) -> Problem {
    Kind::InvalidParameter
        .because(format!(
            "De «{kind}» no hay ninguna edición para el {} ni para el {}. «/editions» las enumera con sus fechas.",
            changes.from.valid, changes.to.valid
        ))
        .with("parameter", "from")
}

fn as_page(changes: &LayerChanges, query: &str, speech: &Speech) -> String {
    let synthetic = |at: &Option<EditionAt>| at.as_ref().is_some_and(|at| at.synthetic);
    let any_synthetic = changes
        .compared
        .iter()
        .any(|one| synthetic(&one.before) || synthetic(&one.after));
    let others: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("f=") && !pair.starts_with("lang="))
        .collect();
    let href = |f: &str| format!("/collections/{}/changes?{}&f={f}", changes.layer, others.join("&"));
    let span = [
        ("from", changes.from.valid.to_string().into()),
        ("to", changes.to.valid.to_string().into()),
        ("m", changes.tolerance_m.to_string().into()),
    ];
    let shown = [
        ("shown", count(SHOWN as u64).into()),
        ("all", count(changes.events.len() as u64).into()),
    ];
    let body = html! {
        p { (speech.fill("changes-span", &span)) }
        ul { @for series in &changes.compared { li { (compared(series, speech)) } } }
        @if changes.events.is_empty() {
            p role="status" { (speech.say("changes-none")) }
        } @else {
            p role="status" {
                @for (place, kind) in kinds(changes).enumerate() {
                    @if place > 0 { " · " }
                    (named(kind, speech)) ": " (count(changes.counts[kind.id()] as u64))
                }
            }
            @if changes.events.len() > SHOWN { p { (speech.fill("changes-first", &shown)) } }
            (table(&changes.events, speech))
        }
        p { a href=(href("csv")) { "CSV" } " · " a href=(href("json")) { "JSON" } }
    };
    let title = speech.fill("changes-title", &[("layer", speech.layer(changes.layer).into())]);
    page_for(speech, (&title, any_synthetic), &body)
}

fn kinds(changes: &LayerChanges) -> impl Iterator<Item = ChangeKind> {
    ChangeKind::ALL.into_iter().filter(|kind| changes.counts[kind.id()] > 0)
}

fn compared(series: &SeriesCompared, speech: &Speech) -> Markup {
    let of = |id: &str, edition: &str| speech.fill(id, &[("edition", edition.to_owned().into())]);
    let counted = |id: &str, number: u64| speech.fill(id, &[("count", count(number).into())]);
    html! {
        (series.publisher) " (" (series.territory) "): "
        @match (&series.before, &series.after) {
            (Some(before), Some(after)) if before.edition == after.edition => (of("changes-same", &after.edition)),
            (Some(before), Some(after)) => {
                (before.edition) " (" (counted("changes-features", before.features)) ") → " (after.edition) " (" (count(after.features)) ")"
                @if series.minor > 0 { "; " (counted("changes-minor", series.minor as u64)) }
            },
            (None, Some(after)) => { strong { (speech.say("changes-not-compared")) } ": " (of("changes-no-before", &after.edition)) },
            (Some(before), None) => { strong { (speech.say("changes-not-compared")) } ": " (of("changes-no-after", &before.edition)) },
            (None, None) => {},
        }
    }
}

fn table(events: &[ChangeOut], speech: &Speech) -> Markup {
    let column = |name: &str| speech.say(&format!("changes-col-{name}"));
    html! {
        table.cards {
            thead { tr { @for name in ["feature", "change", "before", "after"] { th scope="col" { (column(name)) } } } }
            tbody {
                @for event in events.iter().take(SHOWN) {
                    tr {
                        th scope="row" { (event.name) " (" (event.feature) ")" }
                        td data-label=(column("change")) {
                            (named(event.kind, speech))
                            @if let Some(name) = &event.field { ": " (speech.field(name)) }
                            @if let Some(moved) = event.moved_m { ", " (speech.fill("changes-up-to", &[("m", moved.to_string().into())])) }
                        }
                        td data-label=(column("before")) { (said(event, event.before.as_deref())) }
                        td data-label=(column("after")) { (said(event, event.after.as_deref())) }
                    }
                }
            }
        }
    }
}

fn said(event: &ChangeOut, value: Option<&str>) -> String {
    let hectares = matches!(event.kind, ChangeKind::New | ChangeKind::Gone | ChangeKind::Geometry);
    match value {
        Some(value) if hectares => format!("{value} ha"),
        Some(value) => value.to_owned(),
        None => "—".to_owned(),
    }
}

/// What people call a kind of change.
fn named(kind: ChangeKind, speech: &Speech) -> String {
    speech.say(&format!("change-{}", kind.id()))
}
