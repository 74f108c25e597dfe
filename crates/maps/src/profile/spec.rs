//! What a profile is made of.

use crate::Symbology;
use std::collections::BTreeMap;

/// A profile to be drawn.
#[derive(Debug)]
pub struct ProfileSpec<'a> {
    /// Width and height of the page in millimetres; the lanes of what lies along the river come on top.
    pub size_mm: (f64, f64),
    /// Metres along the water and metres above the sea, from the first point down.
    pub line: &'a [[f64; 2]],
    /// What lies along it, in the order of the lanes.
    pub bands: Vec<ProfileBand<'a>>,
    /// Places on it.
    pub marks: Vec<ProfileMark<'a>>,
    /// How bands are drawn.
    pub symbology: &'a Symbology,
    /// All words.
    pub words: ProfileWords,
}

/// A stretch of the river that runs through something.
#[derive(Clone, Copy, Debug)]
pub struct ProfileBand<'a> {
    /// Metres along the water at its upper and lower end.
    pub reach: [f64; 2],
    /// Its style: the inside of areas.
    pub style: &'a str,
    /// Its letter.
    pub letter: &'a str,
}

/// A place on the river.
#[derive(Clone, Copy, Debug)]
pub struct ProfileMark<'a> {
    /// Metres along the water.
    pub along: f64,
    /// Its words.
    pub text: &'a str,
}

/// All words of a profile.
#[derive(Clone, Debug, Default)]
pub struct ProfileWords {
    /// BCP 47 code.
    pub lang: String,
    /// What it is, over it and for those who do not see it.
    pub title: String,
    /// What it shows, for those who do not see it.
    pub desc: String,
    /// Under the title.
    pub subtitle: String,
    /// The axis of the way: «Kilómetros aguas abajo».
    pub along: String,
    /// The axis of the heights: «Altura (m s. n. m.)».
    pub height: String,
    /// Over the lanes.
    pub lanes: String,
    /// What each style means, by the ids of the symbology.
    pub meanings: BTreeMap<String, String>,
    /// Under it: how much steeper than the ground it is, sources.
    pub notes: Vec<String>,
}
