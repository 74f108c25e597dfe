//! A profile as a page: the drawing, and beside it the same in tables for those who do not see it.

use super::RiverProfile;
use crate::map::spaced;
use crate::number::fixed;
use crate::{Lang, Texts, page_in};
use maps::Scene;
use maud::{Markup, PreEscaped, html};

/// So many heights are said at the most.
const ROWS: f64 = 20.0;

/// The page of a profile that was drawn.
pub fn river_profile_page(profile: &RiverProfile, scene: &Scene, lang: Lang) -> String {
    let texts = Texts::of(lang);
    let body = html! {
        main #main {
            h1 { (scene.title) }
            p { (scene.desc) }
            figure { (PreEscaped(scene.svg())) }
            (rights(profile, texts))
            (heights(profile, texts))
        }
    };
    page_in(lang, &scene.title, body).into_string()
}

fn rights(profile: &RiverProfile, texts: &Texts) -> Markup {
    let heads = [
        texts.say("profile-col-letter"),
        texts.say("profile-col-right"),
        texts.say("profile-col-state"),
        texts.say("profile-col-from"),
        texts.say("profile-col-to"),
    ];
    html! {
        @if !profile.bands.is_empty() {
            table {
                caption { (texts.say("profile-lanes")) }
                thead { tr { @for head in &heads { th scope="col" { (head) } } } }
                tbody {
                    @for band in &profile.bands {
                        tr {
                            th scope="row" { (band.letter) }
                            td { (band.key) " · " (band.name) }
                            td { (texts.say(&format!("group-{}", band.group))) }
                            @for metres in band.reach { td { (fixed(metres / 1000.0, 2)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Heights at round kilometres and at the end.
fn heights(profile: &RiverProfile, texts: &Texts) -> Markup {
    let said = profile.said();
    html! {
        table {
            caption { (texts.say("profile-table-heights")) }
            thead { tr {
                th scope="col" { (texts.say("profile-col-along")) }
                th scope="col" { (texts.say("profile-height")) }
            } }
            tbody {
                @for [along, height] in said {
                    tr { th scope="row" { (fixed(along / 1000.0, 2)) } td { (spaced(height)) } }
                }
            }
        }
    }
}

impl RiverProfile {
    /// The heights at so many round places as a page says, and at the end.
    fn said(&self) -> Vec<[f64; 2]> {
        let step = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0]
            .map(|kilometres| kilometres * 1000.0)
            .into_iter()
            .find(|step| self.length() / step <= ROWS);
        let step = step.unwrap_or(1e6);
        let mut out: Vec<[f64; 2]> = Vec::new();
        for point in &self.line {
            let next = out.len() as f64 * step;
            if point[0] >= next {
                out.push(*point);
            }
        }
        if let Some(end) = self.line.last().filter(|end| out.last() != Some(*end)) {
            out.push(*end);
        }
        out
    }
}
