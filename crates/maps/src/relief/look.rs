//! How relief and modelled water are drawn, read from settings.

use super::ReliefLook;
use crate::MapError;
use crate::symbology::{Style, Symbology};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The colours of relief and the styles over it.
#[derive(Clone, Debug)]
pub struct WaterLook {
    /// Colours of heights.
    pub relief: ReliefLook,
    /// Styles.
    pub symbology: Symbology,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    relief: ReliefLook,
    styles: BTreeMap<String, Style>,
}

impl WaterLook {
    /// Reads TOML: tables `relief` and `styles`. Styles that it does not have are taken from `shared`.
    ///
    /// # Errors
    /// [`MapError::Symbology`] with the place: wrong TOML, unknown keys, too few or too many tints.
    pub fn parse(text: &str, shared: &Symbology) -> Result<Self, MapError> {
        let written: Written = toml::from_str(text).map_err(|error| MapError::Symbology(error.to_string()))?;
        written.relief.check()?;
        let mut styles = shared.styles.clone();
        styles.extend(written.styles);
        Ok(Self {
            relief: written.relief,
            symbology: Symbology::of(styles)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELIEF: &str = "[relief]\ntints = [\"#000000\", \"#ffffff\"]\nshadow = \"#000000\"\nlight = \"#ffffff\"\nstrength = [50, 50]\nmissing = \"#777777\"\n";

    #[test]
    fn what_is_wrong_is_named_and_styles_of_reports_are_known() {
        let shared = Symbology::parse(include_str!("../../../../config/symbology/report.toml")).unwrap();
        let own = include_str!("../../../../config/symbology/water.toml");
        let look = WaterLook::parse(own, &shared).unwrap();
        assert!(look.symbology.style("right-titulado").is_ok() && look.symbology.style("stream-3").is_ok());
        for (from, to, named) in [
            (", \"#ffffff\"]", "]", "relief.tints"),
            ("[50, 50]", "[50, 101]", "relief.strength"),
            ("shadow", "shade", "shade"),
        ] {
            let wrong = format!("{}[styles]\n", RELIEF.replacen(from, to, 1));
            let error = WaterLook::parse(&wrong, &shared).unwrap_err().to_string();
            assert!(error.contains(named), "{error}");
        }
    }
}
