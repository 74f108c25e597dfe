//! The land itself, what is not known, and how the report was made.

use super::spanish;
use crate::csv_text::code;
use crate::{Texts, number};
use conflicts::Report;
use maud::{Markup, html};

/// The land: its three areas, where it is, how its coordinates were understood.
pub(super) fn subject(report: &Report, texts: &Texts) -> Markup {
    let subject = &report.subject;
    let area = &subject.area;
    let zone = texts.fill("utm-ha", &[("zone", area.utm_zone.to_string().into())]);
    html! {
        section aria-labelledby="subject" {
            h2 #subject { (texts.say("subject-heading")) }
            dl.facts {
                @if let (Some(layer), Some(id)) = (subject.layer, &subject.id) {
                    dt { (texts.say(&format!("layer-{layer}"))) } dd { (id) }
                }
                dt { (zone) } dd { (number::hectares(texts, area.utm_ha)) " ha" }
                dt { (texts.say("geodesic-ha")) } dd { (number::hectares(texts, area.geodesic_ha)) " ha" }
                dt { (texts.say("declared-ha")) }
                dd { @match area.declared_ha { Some(ha) => { (number::hectares(texts, ha)) " ha" }, None => (texts.say("not-stated")) } }
                @if let Some(admin) = &subject.admin {
                    dt { (texts.say("ubigeo")) } dd { @match &admin.ubigeo { Some(code) => (code), None => (texts.say("not-stated")) } }
                }
                dt { (texts.say("centre")) } dd { (place(subject.centroid)) }
                @if !subject.watersheds.is_empty() {
                    dt { (texts.say("watersheds")) }
                    dd { @for unit in &subject.watersheds { div { (unit.name) " (" (unit.code) "): " (number::percent(texts, unit.share_of_subject)) } } }
                }
            }
            (understood(report, texts))
        }
    }
}

/// Latitude, then longitude, in degrees.
fn place([lon, lat]: [conflicts::Fixed<7>; 2]) -> String {
    format!("{:.5}°, {:.5}°", lat.0, lon.0)
}

fn understood(report: &Report, texts: &Texts) -> Markup {
    let source = &report.subject.source;
    html! {
        h3 { (texts.say("understood-heading")) }
        ul {
            @if let Some(declared) = &source.crs_declared { li { (texts.say("crs-declared")) " " (declared) } }
            @else { li { (texts.say("crs-not-declared")) } }
            li { (texts.say("crs-used")) " " (source.crs_used) }
            @for evidence in &source.evidence { li lang=[spanish(texts)] { (evidence) } }
            @if report.subject.repairs.is_empty() { li { (texts.say("repairs-none")) } }
            @for repair in &report.subject.repairs {
                li {
                    (texts.say(&format!("repair-{}", code(&repair.kind)))) " (" (number::count(repair.count)) "): "
                    (number::hectares(texts, repair.area_before_ha)) " → " (number::hectares(texts, repair.area_after_ha)) " ha"
                }
            }
        }
    }
}

/// What is not known.
pub(super) fn limits(report: &Report, texts: &Texts) -> Markup {
    html! {
        section aria-labelledby="limits" {
            h2 #limits { (texts.say("limits-heading")) }
            ul lang=[spanish(texts)] { @for limit in &report.limits { li { (limit.text) } } }
        }
    }
}

/// The three areas and the rules of measuring.
pub(super) fn method(report: &Report, texts: &Texts) -> Markup {
    let version = report.method.to_string();
    html! {
        section aria-labelledby="method" {
            h2 #method { (texts.fill("method-heading", &[("version", version.into())])) }
            p { (texts.say("areas-words")) }
            dl {
                @for area in ["declared", "utm", "geodesic"] {
                    dt { b { (texts.say(&format!("area-{area}"))) } }
                    dd { (texts.say(&format!("area-{area}-words"))) }
                }
            }
            @for words in ["method-union", "method-roce", "method-states", "method-exact"] { p { (texts.say(words)) } }
        }
    }
}
