//! The land of a report that was issued earlier, found again in the editions that it was made of.

use crate::Snapshot;
use conflicts::{Finding, Report, ReportShapes, Subject, shapes_from};
use crs::UtmZone;
use territory::{Feature, LayerKind, editions_root, hex};

impl Snapshot {
    /// Whether this snapshot holds every edition that a report used, feature for feature: they lead to the root that its seal states.
    pub fn holds_editions_of(&self, report: &Report, editions_root_hex: &str) -> bool {
        let used = report.layers.iter().filter_map(|layer| layer.edition.as_ref());
        let all = used.clone().all(|used| {
            let held = self.edition(&used.edition);
            held.is_some_and(|held| held.meta.sha256 == used.sha256 && held.root.is_some())
        });
        all && hex(&editions_root(&self.roots_of(report))) == editions_root_hex
    }

    /// The land of a report about a feature, where the snapshot has it exactly: the hash of its land on the grid is the report's.
    /// None for land that somebody gave, which no edition has.
    pub fn land_of(&self, report: &Report) -> Option<Subject> {
        let (layer, key) = (report.subject.layer?, report.subject.id.as_deref()?);
        let zone = UtmZone::from_number(report.subject.area.utm_zone);
        let mut found = self.find(layer, key).into_iter().filter_map(|found| {
            let subject = Subject::feature(layer, &found.edition.meta, found.feature, zone).ok()?;
            (subject.sha256() == report.subject.sha256).then_some(subject)
        });
        found.next()
    }

    /// The geometries of a report that was issued earlier, with the features of `kinds` in the frame as context. None where a
    /// feature of a finding is not in the editions at hand.
    pub fn shapes_of_issued(
        &self,
        (subject, report): (&Subject, &Report),
        (kinds, frame): (&[LayerKind], Option<[f64; 4]>),
        with_shared: bool,
    ) -> Option<ReportShapes> {
        let context = frame.map_or_else(Vec::new, |frame| self.features_in(kinds, frame));
        let find = |finding: &Finding| self.feature_of(finding);
        shapes_from((subject, report), &find, &context, with_shared)
    }

    fn feature_of(&self, finding: &Finding) -> Option<&Feature> {
        let edition = self.edition(&finding.edition)?;
        let first = edition
            .features
            .partition_point(|feature| feature.key < finding.feature);
        let mut same = edition.features[first..]
            .iter()
            .take_while(|feature| feature.key == finding.feature);
        same.find(|feature| feature.source_row == finding.source_row)
    }
}
