//! What every audience tells with: the report, its letters, and the sentences of a language.

use crate::csv_text::code;
use crate::number::{self, Figure};
use crate::view::{Cell, Said};
use crate::{Texts, letters};
use conflicts::{Finding, Fixed, LayerState, Report, TotalOut};
use fluent_bundle::FluentValue;
use territory::LayerKind;

/// The groups of states with a sign of their own, as users of GEOCATMIN know them.
pub(crate) const SIGNED: [&str; 4] = ["titulado", "tramite", "extinguido", "otros"];

pub(crate) struct Teller<'a> {
    pub report: &'a Report,
    pub texts: &'static Texts,
    letters: Vec<Option<String>>,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(report: &'a Report, texts: &'static Texts) -> Self {
        let letters = letters(report);
        Self { report, texts, letters }
    }

    pub(crate) fn say(&self, id: &str) -> Said {
        self.texts.said(id, &[])
    }

    pub(crate) fn fill(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> Said {
        self.texts.said(id, values)
    }

    /// A sentence that came with the report.
    pub(crate) fn quote(&self, spanish: &str) -> Said {
        self.texts.quote(spanish)
    }

    pub(crate) fn layer(&self, layer: LayerKind) -> Said {
        self.texts.said(&format!("layer-{layer}"), &[])
    }

    /// The sentence of a stable code: `class` and `firme` give `class-firme`.
    pub(crate) fn coded(&self, stem: &str, value: &impl serde::Serialize) -> Said {
        self.texts.said(&format!("{stem}-{}", code(value)), &[])
    }

    /// The findings with their letters.
    pub(crate) fn findings(&self) -> impl Iterator<Item = (&'a Finding, Option<&str>)> {
        let letters = self.letters.iter().map(Option::as_deref);
        self.report.findings.iter().zip(letters)
    }

    /// The state of a layer; none when the rulebook does not have it.
    pub(crate) fn state(&self, layer: LayerKind) -> Option<LayerState> {
        let found = self.report.layers.iter().find(|entry| entry.id == layer);
        found.map(|entry| entry.state)
    }

    pub(crate) fn total(&self, layer: LayerKind, group: &str) -> Option<&'a TotalOut> {
        let mut totals = self.report.totals.iter();
        totals.find(|total| total.layer == layer && total.group == group)
    }

    /// Planar hectares of the land.
    pub(crate) fn land_ha(&self) -> f64 {
        self.report.subject.area.utm_ha.0
    }

    pub(crate) fn figure(&self, ha: Fixed<4>, band: Option<[Fixed<4>; 2]>) -> Figure {
        number::figure(self.texts, ha, band)
    }

    /// Hectares with their band below.
    pub(crate) fn banded(&self, ha: Fixed<4>, band: Option<[Fixed<4>; 2]>) -> Cell {
        let figure = self.figure(ha, band);
        let text = Said::plain(format!("{}\u{a0}ha", figure.text));
        Cell::of(text).exact(&figure.exact).small(Said::plain(figure.band))
    }

    /// Hectares that have no band of their own: as many decimals as their size allows.
    pub(crate) fn hectares(&self, ha: Fixed<4>) -> Cell {
        let text = format!("{}\u{a0}ha", number::hectares_text(self.texts, ha.0));
        Cell::of(Said::plain(text)).exact(&ha)
    }

    /// A share of the land as a percentage; `band` in hectares limits its decimals.
    pub(crate) fn percent(&self, share: Fixed<6>, band: Option<[Fixed<4>; 2]>) -> Cell {
        let half = number::half_share(band, self.land_ha());
        Cell::of(Said::plain(number::percent_text(self.texts, share.0, half))).exact(&share)
    }

    pub(crate) fn day(&self, day: jiff::civil::Date) -> Said {
        Said::plain(number::day_text(self.texts, day))
    }

    pub(crate) fn moment(&self, at: jiff::Timestamp) -> Said {
        Said::plain(number::moment_text(self.texts, at))
    }

    /// The name of the land.
    pub(crate) fn name(&self) -> String {
        let name = self.report.subject.name.clone();
        name.unwrap_or_else(|| self.texts.say("subject-without-name"))
    }

    /// The state of a finding in words: the source's, with the group's below; «no consta» where neither is known.
    pub(crate) fn status(&self, finding: &Finding) -> Cell {
        let group = finding.status.group.as_deref();
        let of_group = group.map(|group| self.texts.said(&format!("group-{group}"), &[]));
        let mut cell = match (&finding.status.label, of_group) {
            (Some(label), Some(group)) => Cell::of(Said::plain(label)).small(group),
            (Some(label), None) => Cell::of(Said::plain(label)),
            (None, Some(group)) => Cell::of(group),
            (None, None) => Cell::of(self.say("not-stated")),
        };
        cell.swatch = group.filter(|group| SIGNED.contains(group)).map(ToOwned::to_owned);
        cell
    }

    /// A value of a source, or that it is not on record.
    pub(crate) fn stated(&self, value: Option<&str>) -> Said {
        match value.filter(|value| !value.trim().is_empty()) {
            Some(value) => Said::plain(value),
            None => self.say("not-stated"),
        }
    }
}

/// What a row is of, for programs.
pub(crate) fn key(record: &str, finding: &Finding) -> String {
    format!("{record} {} {} {}", finding.layer, finding.feature, finding.source_row)
}
