//! For whom a report is rendered, and the map that goes with it.

use std::str::FromStr;

/// For whom a report is rendered. The canonical document is the same for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// A community: two pages and annexes.
    #[default]
    Community,
    /// A planning office: everything.
    Office,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Self; 2] = [Self::Community, Self::Office];

    /// The stable word: `community`, `office`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Community => "community",
            Self::Office => "office",
        }
    }
}

/// A word that names no audience.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown audience «{0}»")]
pub struct UnknownAudience(pub String);

impl UnknownAudience {
    /// What a person reads, with the audiences that there are.
    pub fn sentence_es(&self) -> String {
        let known = Audience::ALL.map(Audience::id).join(", ");
        format!("No hay informes para «{}». Los destinatarios son: {known}.", self.0)
    }
}

impl FromStr for Audience {
    type Err = UnknownAudience;

    fn from_str(text: &str) -> Result<Self, UnknownAudience> {
        let known = Self::ALL.into_iter().find(|audience| audience.id() == text);
        known.ok_or_else(|| UnknownAudience(text.to_owned()))
    }
}

/// A drawn map, ready to be put on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// A whole SVG document.
    pub svg: String,
    /// Width on paper.
    pub width_mm: f64,
    /// Height on paper.
    pub height_mm: f64,
    /// What it shows, for those who do not see it.
    pub alt: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_audience_gets_the_list() {
        assert_eq!("office".parse(), Ok(Audience::Office));
        let unknown = "opmi".parse::<Audience>().expect_err("project vetting is not there");
        assert_eq!(
            unknown.sentence_es(),
            "No hay informes para «opmi». Los destinatarios son: community, office."
        );
    }
}
