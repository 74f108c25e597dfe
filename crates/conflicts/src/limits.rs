//! What a report says that it does not know.

use crate::deviation;
use crate::explain::{fill, percent};
use crate::rulebook::{LayerRole, LayerRule};
use crate::{
    CheckOptions, EditionAround, EditionOut, Fixed, LayerAround, LayerOut, LayerState, Limit, Rulebook, Subject,
    Surroundings, state,
};
use geo::BoundingRect;
use jiff::civil::Date;
use std::collections::BTreeSet;
use territory::LayerKind;

/// Limits in the order in which they are found.
pub(crate) struct Limits<'b> {
    book: &'b Rulebook,
    list: Vec<Limit>,
    /// Titles of the layers that hold data made by a program.
    synthetic: BTreeSet<String>,
}

impl<'b> Limits<'b> {
    pub(crate) fn new(book: &'b Rulebook) -> Self {
        Self {
            book,
            list: Vec::new(),
            synthetic: BTreeSet::new(),
        }
    }

    /// All limits, with those that every report has.
    pub(crate) fn close(mut self) -> Vec<Limit> {
        if !self.synthetic.is_empty() {
            let layers: Vec<String> = std::mem::take(&mut self.synthetic).into_iter().collect();
            self.add("synthetic", None, &[("layer", &layers.join(", "))]);
        }
        self.add("no-water", None, &[]);
        self.add("informative", None, &[]);
        self.list
    }

    pub(crate) fn add(&mut self, kind: &str, layer: Option<LayerKind>, values: &[(&str, &str)]) {
        let template = self
            .book
            .limits
            .get(kind)
            .expect("the lint refuses rulebooks without this sentence");
        self.list.push(Limit {
            kind: kind.to_owned(),
            layer,
            text: fill(template, values),
        });
    }

    /// Facts of a past day are judged by the rules at hand, and the report says so.
    pub(crate) fn about_rules(&mut self, day: Date) {
        let book = self.book;
        if !book.in_force(day) {
            let (day, from) = (day.to_string(), book.in_force_from.to_string());
            let values = [("day", day.as_str()), ("rules", &book.id), ("from", &from)];
            self.add("rules-of-another-date", None, &values);
        }
    }

    pub(crate) fn about_subject(&mut self, subject: &Subject, options: CheckOptions) {
        let (zone, home) = (subject.footprint.zone(), subject.home);
        let (zone_text, home_text) = (zone.number().to_string(), home.number().to_string());
        if zone != home {
            self.add("zone-override", None, &[("zone", &zone_text), ("home", &home_text)]);
        }
        let bounds = subject.lonlat.bounding_rect();
        let zones = bounds.map(|b| {
            (
                crs::UtmZone::of_longitude(b.min().x),
                crs::UtmZone::of_longitude(b.max().x),
            )
        });
        if zones.is_some_and(|(west, east)| west != east) {
            self.add("crosses-zones", None, &[("zone", &home_text)]);
        }
        if options.keep_slivers {
            self.add("slivers-kept", None, &[]);
        }
        if !subject.repairs.is_empty() {
            let kinds: Vec<String> = subject
                .repairs
                .iter()
                .map(|repair| repair_words(repair.kind).to_owned())
                .collect();
            self.add("repaired", None, &[("what", &kinds.join(", "))]);
        }
        if let (Some(status), Some(name)) = (&subject.status, &subject.name)
            && status.to_lowercase().contains("referencial")
        {
            self.add("referential", None, &[("subject", name), ("status", status)]);
        }
    }

    /// Names the layers without a band: where the subject's deviation is unknown, all of them in one sentence.
    pub(crate) fn about_bands(&mut self, subject: &Subject, around: &Surroundings<'_>) {
        let book = self.book;
        let without = |rule: &&LayerRule| {
            let layers = around
                .layers
                .iter()
                .filter(|layer| layer.kind == rule.id && layer.failure.is_none());
            let mut editions = layers.flat_map(|layer| &layer.editions);
            rule.role == LayerRole::Finding
                && editions.any(|edition| deviation::of_pair(subject, edition.meta, book).is_none())
        };
        let layers: Vec<&LayerRule> = book.layers.iter().filter(without).collect();
        if layers.is_empty() || deviation::of_subject(subject, book).is_some() {
            for layer in layers {
                self.add("no-band", Some(layer.id), &[("layer", &layer.title)]);
            }
        } else {
            let titles: Vec<&str> = layers.iter().map(|layer| layer.title.as_str()).collect();
            self.add("no-band", None, &[("layer", &titles.join(", "))]);
        }
    }

    pub(crate) fn about_layer(
        &mut self,
        subject: &Subject,
        layer: &LayerAround<'_>,
        title: &str,
        out: &mut Vec<LayerOut>,
    ) {
        if let Some(reason) = &layer.failure {
            self.add(
                "not-consulted",
                Some(layer.kind),
                &[("layer", title), ("reason", reason)],
            );
            let reason = Some(reason.clone());
            out.push(LayerOut {
                id: layer.kind,
                title: title.to_owned(),
                state: LayerState::NotConsulted,
                covered_share: None,
                reason,
                edition: None,
            });
            return;
        }
        let state = state::of_layer(subject, &layer.editions);
        let mut covered = 0.0_f64;
        let mut editions: Vec<&EditionAround<'_>> = layer.editions.iter().collect();
        editions.sort_by(|a, b| a.meta.id.cmp(&b.meta.id));
        for edition in &editions {
            let share = state::covered_share(subject, edition);
            covered += share.unwrap_or(0.0);
            if share.is_none() && state != LayerState::Consulted {
                self.add(
                    "undeclared",
                    Some(layer.kind),
                    &[("layer", title), ("edition", &edition.meta.id)],
                );
            }
            if edition.meta.synthetic {
                self.synthetic.insert(title.to_owned());
            }
            out.push(LayerOut {
                id: layer.kind,
                title: edition.meta.title.clone(),
                state,
                covered_share: share.map(Fixed),
                reason: None,
                edition: Some(EditionOut::of(edition.meta)),
            });
        }
        match state {
            LayerState::NoData => {
                self.add("no-data", Some(layer.kind), &[("layer", title)]);
                if editions.is_empty() {
                    out.push(LayerOut {
                        id: layer.kind,
                        title: title.to_owned(),
                        state,
                        covered_share: None,
                        reason: None,
                        edition: None,
                    });
                }
            }
            LayerState::Partial if covered > 0.0 => {
                self.add(
                    "partial",
                    Some(layer.kind),
                    &[("layer", title), ("percent", &percent(covered.min(1.0)))],
                );
            }
            _ => {}
        }
    }
}

/// A repair in words for people.
pub(crate) fn repair_words(kind: territory::RepairKind) -> &'static str {
    use territory::RepairKind as K;
    match kind {
        K::ClosedRing => "se cerró un anillo abierto",
        K::DroppedRepeats => "se quitaron puntos repetidos",
        K::DroppedRing => "se quitó un anillo sin área",
        K::CutSpike => "se quitó una punta sin área",
        K::TurnedRing => "se corrigió el sentido de un anillo",
        K::SplitCrossing => "se separó un anillo que se cruzaba",
        K::MendedHoles => "se resolvieron huecos mal puestos",
        K::JoinedParts => "se unieron partes superpuestas",
        K::AbsorbedShell => "se absorbió una parte contenida en otra",
    }
}
