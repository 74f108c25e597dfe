//! The profile of a river: its words, and the rights that it runs through.

use super::{meanings, right_style, water_look};
use crate::map::spaced;
use crate::number::fixed;
use crate::{Lang, Texts};
use maps::{
    MapError, ProfileBand, ProfileMark, ProfileSpec, ProfileWords, Scene, compose_profile, profile_exaggeration,
};
use territory::{EditionMeta, LayerKind};

/// A stretch of a river that runs through a right.
#[derive(Clone, Debug)]
pub struct RiverBand {
    /// Its letter.
    pub letter: String,
    /// Code of the right.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its state group: `titulado`, …
    pub group: String,
    /// Metres along the river at the upper and at the lower end.
    pub reach: [f64; 2],
}

/// A river from a place down.
#[derive(Clone, Debug)]
pub struct RiverProfile {
    /// Metres along the water and metres above the sea, from the upper end down.
    pub line: Vec<[f64; 2]>,
    /// The rights along it, from the upper end down.
    pub bands: Vec<RiverBand>,
    /// Whether the point asked for is the lower end, and the upper one the source.
    pub from_source: bool,
    /// Whether rights were consulted at all.
    pub consulted: bool,
    /// The editions that the rights are of.
    pub rights_from: Vec<EditionMeta>,
    /// Its title; none for the usual one.
    pub title: Option<String>,
    /// Where the heights come from.
    pub model: super::ModelSource,
}

/// Millimetres of the page without the lanes of rights.
const SIZE_MM: (f64, f64) = (190.0, 100.0);

/// Draws it: the same drawing for the same data.
///
/// # Errors
/// [`MapError::NoLand`] where the river has no length.
pub fn river_profile(profile: &RiverProfile, lang: Lang) -> Result<Scene, MapError> {
    let texts = Texts::of(lang);
    let (upper, lower) = (texts.say("profile-point"), texts.say("profile-outlet"));
    let source = texts.say("profile-source");
    let ends: [&str; 2] = if profile.from_source {
        [&source, &upper]
    } else {
        [&upper, &lower]
    };
    let length = profile.line.last().map_or(0.0, |[along, _]| *along);
    let bands = profile.bands.iter().map(|band| ProfileBand {
        reach: band.reach,
        style: right_style(&band.group),
        letter: &band.letter,
    });
    let mut spec = ProfileSpec {
        size_mm: SIZE_MM,
        line: &profile.line,
        bands: bands.collect(),
        marks: [0.0, length]
            .into_iter()
            .zip(ends)
            .map(|(along, text)| ProfileMark { along, text })
            .collect(),
        symbology: &water_look().symbology,
        words: words(profile, texts),
    };
    let times = profile_exaggeration(&spec).ok_or(MapError::NoLand)?;
    let said = if times < 10.0 { fixed(times, 1) } else { spaced(times) };
    spec.words
        .notes
        .insert(0, texts.fill("profile-exaggeration", &[("times", said.into())]));
    compose_profile(&spec)
}

fn words(profile: &RiverProfile, texts: &Texts) -> ProfileWords {
    let title = if profile.from_source {
        "profile-title-up"
    } else {
        "profile-title"
    };
    let lang = texts.said("profile-title", &[]).lang.unwrap_or(texts.lang.code());
    let mut notes = vec![sources(profile, texts)];
    if !profile.consulted {
        notes.insert(0, texts.say("profile-no-layers"));
    } else if profile.bands.is_empty() {
        notes.insert(0, texts.say("profile-desc-none"));
    }
    let (length, fall) = (profile.length(), profile.high() - profile.low());
    let slope = if length > 0.0 { fall / length * 100.0 } else { 0.0 };
    let values = [
        ("km", fixed(length / 1000.0, 2).into()),
        ("high", spaced(profile.high()).into()),
        ("low", spaced(profile.low()).into()),
        ("slope", fixed(slope, 1).into()),
    ];
    ProfileWords {
        lang: lang.to_owned(),
        title: profile.title.clone().unwrap_or_else(|| texts.say(title)),
        desc: desc(profile, texts),
        subtitle: texts.fill("profile-subtitle", &values),
        along: texts.say("profile-along"),
        height: texts.say("profile-height"),
        lanes: texts.say("profile-lanes"),
        meanings: meanings(texts),
        notes,
    }
}

/// Where heights and rights come from.
fn sources(profile: &RiverProfile, texts: &Texts) -> String {
    let mut out = vec![super::words::model(&profile.model, texts)];
    if profile.model.synthetic || profile.rights_from.iter().any(|meta| meta.synthetic) {
        out.insert(0, texts.say("synthetic"));
    }
    let read = profile.rights_from.iter();
    let read: Vec<String> = read
        .map(|meta| super::words::source(LayerKind::Concessions, meta, texts))
        .collect();
    if !read.is_empty() {
        out.push(texts.fill("map-sources", &[("list", read.join("; ").into())]));
    }
    out.join(" ")
}

fn desc(profile: &RiverProfile, texts: &Texts) -> String {
    let values = [
        ("km", fixed(profile.length() / 1000.0, 2).into()),
        ("high", spaced(profile.high()).into()),
        ("low", spaced(profile.low()).into()),
    ];
    let mut out = vec![texts.fill("profile-desc", &values)];
    if !profile.consulted {
        out.push(texts.say("profile-no-layers"));
    } else if profile.bands.is_empty() {
        out.push(texts.say("profile-desc-none"));
    }
    out.extend(profile.bands.iter().map(|band| {
        let [from, to] = band.reach.map(|metres| fixed(metres / 1000.0, 2));
        let values = [
            ("letter", band.letter.as_str().into()),
            ("name", band.name.as_str().into()),
            ("state", texts.say(&format!("group-{}", band.group)).into()),
            ("from", from.into()),
            ("to", to.into()),
        ];
        texts.fill("profile-desc-band", &values)
    }));
    out.join(" ")
}

impl RiverProfile {
    /// Metres along the water.
    pub fn length(&self) -> f64 {
        self.line.last().map_or(0.0, |[along, _]| *along)
    }

    /// Metres above the sea at the upper end.
    pub fn high(&self) -> f64 {
        self.line.first().map_or(0.0, |[_, height]| *height)
    }

    /// Metres above the sea at the lower end.
    pub fn low(&self) -> f64 {
        self.line.last().map_or(0.0, |[_, height]| *height)
    }
}
