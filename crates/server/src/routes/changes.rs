//! What changed in a layer between two times.

use super::{Answer, Site, layer::layer};
use crate::{
    answer::{document, entity_tag, media, unchanged},
    judging::unread,
    negotiate::{Format, format},
    page::page,
    params::{Params, TIME, Time, invalid},
    problem::{Kind, Problem},
    speech::Speech,
    words::{count, title_of},
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
    let params = Params::read(request.query_string(), &["f", "from", "to"])?;
    let format = format(
        request.headers(),
        params.f(),
        &[Format::Json, Format::Html, Format::Csv],
    )?;
    let current = site.current()?;
    let kind = layer(&current.snapshot, &path)?;
    let from = params.time("from")?.ok_or_else(|| invalid("from", "", TIME))?;
    let to = Time::later(params.time("to")?);
    let from = from.earlier("from", to, "«to»")?;
    let tag = entity_tag(&current.tag, format);
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
                Format::Html => Ok(as_page(&changes, &query)),
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

fn as_page(changes: &LayerChanges, query: &str) -> String {
    let synthetic = |at: &Option<EditionAt>| at.as_ref().is_some_and(|at| at.synthetic);
    let any_synthetic = changes
        .compared
        .iter()
        .any(|one| synthetic(&one.before) || synthetic(&one.after));
    let others: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("f="))
        .collect();
    let href = |f: &str| format!("/collections/{}/changes?{}&f={f}", changes.layer, others.join("&"));
    let body = html! {
        p { "Del " (changes.from.valid) " al " (changes.to.valid) ". Un lindero cambió si se apartó más de " (changes.tolerance_m) " m." }
        ul { @for series in &changes.compared { li { (compared(series)) } } }
        @if changes.events.is_empty() {
            p role="status" { "Ningún cambio en lo comparado." }
        } @else {
            p role="status" {
                @for (place, kind) in kinds(changes).enumerate() {
                    @if place > 0 { " · " }
                    (kind_es(kind)) ": " (count(changes.counts[kind.id()] as u64))
                }
            }
            @if changes.events.len() > SHOWN {
                p { "Se muestran los primeros " (SHOWN) " de " (count(changes.events.len() as u64)) ". El CSV y el JSON los traen todos." }
            }
            (table(&changes.events))
        }
        p { a href=(href("csv")) { "CSV" } " · " a href=(href("json")) { "JSON" } }
    };
    page(&format!("Cambios: {}", title_of(changes.layer)), any_synthetic, &body)
}

fn kinds(changes: &LayerChanges) -> impl Iterator<Item = ChangeKind> {
    ChangeKind::ALL.into_iter().filter(|kind| changes.counts[kind.id()] > 0)
}

fn compared(series: &SeriesCompared) -> Markup {
    html! {
        (series.publisher) " (" (series.territory) "): "
        @match (&series.before, &series.after) {
            (Some(before), Some(after)) if before.edition == after.edition => { "la misma edición, " (after.edition) },
            (Some(before), Some(after)) => {
                (before.edition) " (" (count(before.features)) " elementos) → " (after.edition) " (" (count(after.features)) ")"
                @if series.minor > 0 { "; " (count(series.minor as u64)) " con diferencias menores, que no son cambios" }
            },
            (None, Some(after)) => { strong { "no se comparó" } ": no hay edición anterior a " (after.edition) },
            (Some(before), None) => { strong { "no se comparó" } ": no hay edición posterior a " (before.edition) },
            (None, None) => {},
        }
    }
}

fn table(events: &[ChangeOut]) -> Markup {
    html! {
        table.cards {
            thead { tr { @for name in ["Elemento", "Cambio", "Antes", "Ahora"] { th scope="col" { (name) } } } }
            tbody {
                @for event in events.iter().take(SHOWN) {
                    tr {
                        th scope="row" { (event.name) " (" (event.feature) ")" }
                        td data-label="Cambio" {
                            (kind_es(event.kind))
                            @if let Some(name) = &event.field { ": " (Speech::default().field(name)) }
                            @if let Some(moved) = event.moved_m { ", hasta " (moved) " m" }
                        }
                        td data-label="Antes" { (said(event, event.before.as_deref())) }
                        td data-label="Ahora" { (said(event, event.after.as_deref())) }
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

fn kind_es(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::New => "nuevo",
        ChangeKind::Gone => "ya no está",
        ChangeKind::Status => "otro estado",
        ChangeKind::Holder => "otro titular",
        ChangeKind::Geometry => "otro lindero",
        ChangeKind::Attributes => "otro dato",
    }
}
