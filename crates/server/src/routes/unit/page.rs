//! The sheet of a unit as a page.

use crate::{page::page_for, speech::Speech, words::segment};
use conflicts::water::{Along, UnitRef, UnitSheet, UnitWays};
use maud::{Markup, html};

/// The page.
pub(super) fn of(sheet: &UnitSheet, speech: &Speech) -> String {
    let UnitSheet { unit, within, .. } = sheet;
    let check = format!("/collections/hydrographic-units/items/{}/check", segment(&unit.feature));
    let edition = [
        ("edition", sheet.edition.edition.clone().into()),
        ("publisher", sheet.edition.publisher.clone().into()),
    ];
    let body = html! {
        p { (speech.say("unit-official")) }
        p { (speech.fill("unit-edition", &edition)) " — " (speech.fill("page-holds-from", &[("day", sheet.edition.valid_from.to_string().into())])) }
        (crate::basin::areas(&within.area, speech))
        h2 { (speech.say("unit-network")) }
        (network(sheet, speech))
        @let asked = format!("feature=hydrographic-units/{}&edition={}", segment(&unit.feature), segment(&sheet.edition.edition));
        p {
            a href=(speech.href(&format!("/upstream?{asked}"))) { (speech.say("unit-all-upstream")) } " · "
            a href=(speech.href(&format!("/downstream?{asked}"))) { (speech.say("unit-all-downstream")) }
        }
        @if sheet.shore { p.notice role="note" { (speech.say("unit-shore")) } }
        @if !sheet.faults.is_empty() {
            h2 { (speech.say("unit-faults")) }
            ul { @for fault in &sheet.faults { li lang=[speech.spanish()] { (fault.finding) } } }
        }
        (crate::basin::contents(within, speech))
        h2 { (speech.say("basin-not-known")) }
        ul {
            @for word in &sheet.not_known { @if let Some(sentence) = not_known(word, speech) { li { (sentence) } } }
            (crate::basin::limits(within, speech))
        }
        p { a href=(speech.href(&check)) { (speech.say("unit-check")) } }
    };
    let title = speech.fill(
        "unit-title",
        &[("code", unit.code.clone().into()), ("name", unit.name.clone().into())],
    );
    let synthetic = sheet.edition.synthetic
        || within
            .layers
            .iter()
            .any(|layer| layer.edition.as_ref().is_some_and(|edition| edition.synthetic));
    page_for(speech, (&title, synthetic), &body)
}

/// What lies along the flow of a unit.
pub(super) fn of_ways(ways: &UnitWays, speech: &Speech) -> String {
    let upstream = ways.along == Along::Upstream;
    let values = [
        ("code", ways.unit.code.clone().into()),
        ("name", ways.unit.name.clone().into()),
    ];
    let title = if upstream {
        speech.fill("unit-title-upstream", &values)
    } else {
        speech.fill("unit-title-downstream", &values)
    };
    let sheet = format!("/watershed/{}", segment(&ways.unit.code));
    let body = html! {
        p { (speech.say("unit-official")) }
        p { a href=(speech.href(&sheet)) { (speech.fill("unit-title", &values)) } }
        h2 { (if upstream { speech.say("unit-upstream") } else { speech.say("unit-downstream") }) }
        p { @if ways.units.is_empty() { (speech.say("unit-none")) } @else { (among(&ways.units, speech)) } }
        @if let Some(within) = &ways.within {
            (crate::basin::areas(&within.area, speech))
            (crate::basin::contents(within, speech))
        }
        h2 { (speech.say("basin-not-known")) }
        ul {
            @for word in &ways.not_known { @if let Some(sentence) = not_known(word, speech) { li { (sentence) } } }
            @if let Some(within) = &ways.within { (crate::basin::limits(within, speech)) }
        }
    };
    page_for(speech, (&title, ways.edition.synthetic), &body)
}

fn network(sheet: &UnitSheet, speech: &Speech) -> Markup {
    let row = |words: String, units: &[UnitRef]| {
        html! {
            tr {
                th scope="row" { (words) }
                td { @if units.is_empty() { (speech.say("unit-none")) } @else { (among(units, speech)) } }
            }
        }
    };
    html! {
        table {
            tbody {
                (row(speech.say("unit-parents"), &sheet.parents))
                @if !sheet.absent_parents.is_empty() {
                    tr { th scope="row" { (speech.say("unit-absent-parents")) } td { (sheet.absent_parents.join(", ")) } }
                }
                (row(speech.say("unit-children"), &sheet.children))
                (row(speech.say("unit-upstream"), &sheet.upstream))
                (row(speech.say("unit-next"), &sheet.next))
                (row(speech.say("unit-downstream"), &sheet.downstream))
                (row(speech.say("unit-main-stem"), &sheet.main_stem))
                @if let Some(hectares) = sheet.drained.utm_ha {
                    tr {
                        th scope="row" { (speech.say("unit-drained")) }
                        td { (speech.fill("unit-drained-sum", &[("count", sheet.drained.units.into()), ("ha", crate::basin::number(hectares.0).into())])) }
                    }
                }
            }
        }
    }
}

fn among(units: &[UnitRef], speech: &Speech) -> Markup {
    html! {
        @for (at, unit) in units.iter().enumerate() {
            @if at > 0 { ", " }
            a href=(speech.href(&format!("/watershed/{}", segment(&unit.code)))) { (unit.code) } " " (unit.name)
        }
    }
}

/// What codes cannot tell.
fn not_known(word: &str, speech: &Speech) -> Option<String> {
    Some(match word {
        "shore" => speech.say("unit-not-known-shore"),
        "inside" => speech.say("unit-not-known-inside"),
        "beyond" => speech.say("unit-not-known-beyond"),
        "canals" => speech.say("unit-not-known-canals"),
        "groundwater" => speech.say("unit-not-known-groundwater"),
        _ => return None,
    })
}
