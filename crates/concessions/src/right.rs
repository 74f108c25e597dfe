//! What a report says of a mining right, read from a feature's fields.

use crate::RightGroup;
use jiff::civil::Date;
use territory::{DeclaredHectares, Feature};

/// A mining right as its feature describes it.
#[derive(Clone, Copy, Debug)]
pub struct MiningRight<'a> {
    feature: &'a Feature,
}

impl<'a> MiningRight<'a> {
    /// Reads a feature of a concessions layer.
    pub fn of(feature: &'a Feature) -> Self {
        Self { feature }
    }

    /// The unique code of the right (`CODIGOU`).
    pub fn code(self) -> &'a str {
        self.feature.attributes.text("code").unwrap_or(&self.feature.key)
    }

    /// The group of its state; a state that the profile could not place is among the others.
    pub fn group(self) -> RightGroup {
        let text = self.feature.attributes.text("state_group");
        text.and_then(|text| text.parse().ok()).unwrap_or(RightGroup::Otros)
    }

    /// The state's code and label as the source has them.
    pub fn state(self) -> (Option<&'a str>, Option<&'a str>) {
        (
            self.feature.attributes.text("state_code"),
            self.feature.attributes.text("state_label"),
        )
    }

    /// The holder, as far as the public register shows it.
    pub fn holder(self) -> Option<&'a str> {
        self.feature.attributes.text("holder")
    }

    /// The day of filing (*denuncio* or *petitorio*).
    pub fn filed_at(self) -> Option<Date> {
        self.feature.attributes.date("filed_at")
    }

    /// Hectares that the register declares.
    pub fn declared(self) -> Option<DeclaredHectares> {
        self.feature.attributes.number("declared_ha").map(DeclaredHectares)
    }
}
