//! What lies within a basin, on our own pages: areas, rights by state, communities and protected areas, land by class.

use crate::{
    speech::Speech,
    words::{count, segment},
};
use conflicts::water::{GroundPart, HeldOut, LandOut, Within};
use conflicts::{LayerState, SubjectArea, TotalOut};
use maud::{Markup, html};
use reports::Texts;
use territory::LayerKind;

/// A number of hectares with two places and thousands apart.
pub(crate) fn number(hectares: f64) -> String {
    let text = format!("{:.2}", hectares.max(0.0));
    let (whole, places) = text.split_once('.').unwrap_or((&text, "00"));
    format!("{}.{places}", count(whole.parse().unwrap_or_default()))
}

/// A part of a whole in percent.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

/// The three areas by their names.
pub(crate) fn areas(area: &SubjectArea, speech: &Speech) -> Markup {
    let row = |name: String, words: String, hectares: Option<f64>| {
        html! {
            tr {
                th scope="row" { (name) }
                td.num { @match hectares { Some(ha) => { (number(ha)) " ha" }, None => { (speech.say("basin-not-stated")) } } }
                td { (words) }
            }
        }
    };
    html! {
        h2 { (speech.say("basin-areas")) }
        table {
            tbody {
                (row(format!("{} ({}S)", speech.say("area-utm"), area.utm_zone), speech.say("area-utm-words"), Some(area.utm_ha.0)))
                (row(speech.say("area-geodesic"), speech.say("area-geodesic-words"), Some(area.geodesic_ha.0)))
                (row(speech.say("area-declared"), speech.say("area-declared-words"), area.declared_ha.map(|area| area.0)))
            }
        }
    }
}

/// What lies within: rights, features that are named, land.
pub(crate) fn contents(within: &Within, speech: &Speech) -> Markup {
    html! {
        h2 { (speech.layer(LayerKind::Concessions)) }
        (state(within, LayerKind::Concessions, speech))
        @if asked(within, LayerKind::Concessions) { (rights(&within.rights, speech)) }
        @for kind in [LayerKind::Communities, LayerKind::ProtectedAreas, LayerKind::BufferZones, LayerKind::Springs] {
            h2 { (speech.layer(kind)) }
            (state(within, kind, speech))
            @if asked(within, kind) { (held(&within.of(kind).collect::<Vec<_>>(), speech)) }
        }
        @for land in &within.land { (by_class(land, speech)) }
    }
}

/// The limits of the judgement, as items of a list.
pub(crate) fn limits(within: &Within, speech: &Speech) -> Markup {
    html! {
        @for limit in &within.limits {
            @let said = Texts::of(speech.lang).quote(&limit.text);
            li lang=[said.lang] { (said.text) }
        }
    }
}

/// Whether a layer said anything here.
fn asked(within: &Within, layer: LayerKind) -> bool {
    matches!(
        within.state_of(layer),
        Some(LayerState::Consulted | LayerState::Partial)
    )
}

fn state(within: &Within, layer: LayerKind, speech: &Speech) -> Markup {
    let words = said(within.state_of(layer), speech);
    html! { p { (speech.say("basin-layer")) ": " (words) "." } }
}

fn said(state: Option<LayerState>, speech: &Speech) -> String {
    match state {
        Some(LayerState::Consulted) => speech.say("state-consulted"),
        Some(LayerState::Partial) => speech.say("state-partial"),
        Some(LayerState::NoData) => speech.say("basin-no-data"),
        Some(LayerState::NotConsulted) | None => speech.say("basin-not-consulted"),
    }
}

fn rights(totals: &[TotalOut], speech: &Speech) -> Markup {
    let (group, rights, union, share) = (
        speech.say("basin-col-state"),
        speech.say("basin-col-rights"),
        speech.say("basin-col-union"),
        speech.say("basin-col-share"),
    );
    html! {
        table.cards {
            thead { tr { th scope="col" { (group) } th.num scope="col" { (rights) } th.num scope="col" { (union) } th.num scope="col" { (share) } } }
            tbody {
                @for total in totals {
                    tr {
                        th scope="row" { (speech.say(&format!("group-{}", total.group))) }
                        td.num data-label=(rights) { (count(total.count as u64)) }
                        td.num data-label=(union) { (number(total.union_ha.0)) }
                        td.num data-label=(share) { (percent(total.share_of_subject.0)) }
                    }
                }
            }
        }
        p { (speech.say("basin-union-words")) }
    }
}

fn held(found: &[&HeldOut], speech: &Speech) -> Markup {
    if found.is_empty() {
        return html! { p { (speech.say("basin-none-listed")) } };
    }
    let (own, share, part) = (
        speech.say("basin-col-within"),
        speech.say("basin-col-share"),
        speech.say("basin-col-part"),
    );
    let shown = |share: Option<f64>| share.map_or_else(|| "—".to_owned(), percent);
    html! {
        table.cards {
            thead { tr { th scope="col" { (speech.say("page-col-name")) } th.num scope="col" { (own) } th.num scope="col" { (share) } th.num scope="col" { (part) } } }
            tbody {
                @for one in found {
                    @let address = format!("/collections/{}/items/{}?edition={}", one.layer, segment(&one.feature), segment(&one.edition));
                    tr {
                        th scope="row" { a href=(speech.href(&address)) { (one.name) } }
                        td.num data-label=(own) { @match one.utm_ha { Some(area) => { (number(area.0)) }, None => "—" } }
                        td.num data-label=(share) { (shown(one.share_of_basin.map(|share| share.0))) }
                        td.num data-label=(part) { (shown(one.share_of_feature.map(|share| share.0))) }
                    }
                }
            }
        }
    }
}

fn by_class(land: &LandOut, speech: &Speech) -> Markup {
    let (class, area, share) = (
        speech.say("basin-col-class"),
        speech.say("basin-col-within"),
        speech.say("basin-col-share"),
    );
    let row = |name: &str, ground: &GroundPart| {
        html! {
            tr {
                th scope="row" { (name) }
                td.num data-label=(area) { (number(ground.utm_ha.0)) }
                td.num data-label=(share) { (percent(ground.share.0)) }
            }
        }
    };
    let unclassed = speech.say("basin-without-class");
    html! {
        h2 { (speech.layer(land.layer)) }
        p { (speech.say("basin-layer")) ": " (said(Some(land.state), speech)) "." }
        @if land.classes.is_empty() {
            p { (speech.say("basin-unknown")) ": " (number(land.unknown.utm_ha.0)) " ha, " (percent(land.unknown.share.0)) }
        } @else {
            table.cards {
                thead { tr { th scope="col" { (class) } th.num scope="col" { (area) } th.num scope="col" { (share) } } }
                tbody {
                    @for one in &land.classes { (row(one.class.as_deref().unwrap_or(&unclassed), &one.ground)) }
                    (row(&speech.say("basin-unknown"), &land.unknown))
                }
            }
        }
        @if land.disputed_ha.0 >= 0.01 { p { (speech.fill("basin-disputed", &[("ha", number(land.disputed_ha.0).into())])) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hectares_have_two_places_and_their_thousands_apart() {
        assert_eq!(number(45_996.014), "45\u{a0}996.01");
        assert_eq!(number(0.004), "0.00");
        assert_eq!(percent(0.123_45), "12.35 %");
    }
}
