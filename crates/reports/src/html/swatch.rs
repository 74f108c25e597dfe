//! The colour, letter and hatch of a state: three signs, so that one is enough.

use crate::view::LegendEntry;
use maud::{Markup, PreEscaped, html};

/// The groups with a sign of their own: id, letter.
pub(super) const SIGNED: [(&str, &str); 4] = [("titulado", "T"), ("tramite", "P"), ("extinguido", "X"), ("otros", "O")];

/// The hatches, once a page: titled blue, in process green, extinct black, others brown, as users of GEOCATMIN know them.
pub(super) fn patterns() -> Markup {
    const PATTERNS: &str = concat!(
        r##"<svg class="defs" aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg"><defs>"##,
        r##"<pattern id="h-titulado" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#bcd2f2"/><path d="M0 0V6" stroke="#1c56b0" stroke-width="3"/></pattern>"##,
        r##"<pattern id="h-tramite" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="6" height="6" fill="#d3edd6"/><path d="M0 0V6" stroke="#1e7a34" stroke-width="2"/></pattern>"##,
        r##"<pattern id="h-extinguido" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/><path d="M0 0L6 6M6 0L0 6" stroke="#1b1f24" stroke-width="1"/></pattern>"##,
        r##"<pattern id="h-otros" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#f0dfc9"/><circle cx="3" cy="3" r="1.6" fill="#80511f"/></pattern>"##,
        "</defs></svg>"
    );
    PreEscaped(PATTERNS.to_owned())
}

/// The sign of a group; nothing for groups without one.
pub(super) fn sign(group: &str) -> Markup {
    let Some((id, letter)) = SIGNED.iter().find(|(id, _)| *id == group) else {
        return html! {};
    };
    html! {
        svg.sw viewBox="0 0 30 21" aria-hidden="true" focusable="false" {
            rect width="30" height="21" fill=(format!("url(#h-{id})")) {}
            rect x="8" y="2.5" width="14" height="16" rx="2" fill="#fff" {}
            text x="15" y="15.5" text-anchor="middle" { (letter) }
        }
    }
}

/// What each sign means.
pub(super) fn legend(entries: &[LegendEntry], label: &str) -> Markup {
    html! {
        ul.legend.small aria-label=(label) {
            @for entry in entries {
                li { span.state { (sign(&entry.group)) span lang=[entry.text.lang] { (entry.text.text) } } }
            }
        }
    }
}

/// A share of the land as a bar: what is covered is dark.
pub(super) fn bar(share: f64) -> Markup {
    let width = format!("{:.2}", (share * 400.0).clamp(0.0, 400.0));
    html! {
        svg.bar viewBox="0 0 400 16" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect width=(width) height="16" fill="#1b1f24" {}
        }
    }
}
