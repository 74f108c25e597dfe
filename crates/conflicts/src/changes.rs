//! What changed between two times, as far as it meets a subject; and for a whole layer.

use crate::{AsOfOut, ChangeOut, ChangesOut, ComparedOut, Fixed, Rulebook, Subject, SubjectKind};
use serde::Serialize;
use std::collections::BTreeMap;
use territory::{
    Change, ChangeKind, Difference, EditionMeta, Feature, LayerKind, Metres, changes_between, relate_to_land,
    same_feature, shared_area,
};

/// Metres by which a border must have moved to count as changed, where the rulebook does not say: copies of one limit in
/// several systems and formats differ by less.
pub const CHANGE_TOLERANCE: Metres = Metres(1.0);

/// When land counts as changed: what the rulebook says, else [`CHANGE_TOLERANCE`].
pub fn change_tolerance(book: &Rulebook) -> Metres {
    let rule = book.changes.as_ref();
    rule.map_or(CHANGE_TOLERANCE, |rule| Metres(rule.tolerance_m))
}

/// The editions of one series at two times, and the features of both that may meet the subject.
#[derive(Clone, Debug, Default)]
pub struct EditionPair<'a> {
    /// The edition seen at the earlier time; none where there was none, or it was not consulted.
    pub before: Option<&'a EditionMeta>,
    /// The edition seen at the later time.
    pub after: Option<&'a EditionMeta>,
    /// Features of the earlier edition: those near the subject, and those whose key is near it in the later one.
    pub olds: Vec<&'a Feature>,
    /// Features of the later edition, likewise.
    pub news: Vec<&'a Feature>,
}

impl EditionPair<'_> {
    fn layer(&self) -> Option<LayerKind> {
        self.after.or(self.before).map(|meta| meta.kind)
    }

    /// Both editions, where they can be compared.
    fn comparable(&self) -> Option<(&EditionMeta, &EditionMeta)> {
        self.before.zip(self.after)
    }

    /// Whether both are there and may differ.
    pub fn may_differ(&self) -> bool {
        self.comparable()
            .is_some_and(|(before, after)| before.id != after.id && before.sha256 != after.sha256)
    }

    fn compared(&self) -> Option<ComparedOut> {
        let id = |meta: Option<&EditionMeta>| meta.map(|meta| meta.id.clone());
        Some(ComparedOut {
            layer: self.layer()?,
            before: id(self.before),
            after: id(self.after),
        })
    }
}

/// The changes from `from` to `to` of the features that meet the subject, or met it, and of the subject's own row. A series
/// without an edition at one of the times is told as not compared, and gives no event.
///
/// Hectares of `new`, `gone` and `geometry` are what the feature shares with the subject as it is now; for the subject itself
/// they are its whole area.
pub fn changes(
    subject: &Subject,
    pairs: &[EditionPair<'_>],
    (from, to): (AsOfOut, AsOfOut),
    tolerance: Metres,
) -> ChangesOut {
    let mut events: Vec<ChangeOut> = pairs
        .iter()
        .filter(|pair| pair.may_differ())
        .flat_map(|pair| events(subject, pair, tolerance))
        .collect();
    events.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    let mut compared: Vec<ComparedOut> = pairs.iter().filter_map(EditionPair::compared).collect();
    compared.sort_by(|a, b| (a.layer, &a.after, &a.before).cmp(&(b.layer, &b.after, &b.before)));
    compared.dedup();
    ChangesOut {
        from,
        to,
        tolerance_m: Fixed(tolerance.0),
        compared,
        events,
    }
}

fn sort_key(event: &ChangeOut) -> (LayerKind, &str, ChangeKind, Option<&str>, Option<&str>) {
    (
        event.layer,
        &event.feature,
        event.kind,
        event.field.as_deref(),
        event.after.as_deref(),
    )
}

fn events(subject: &Subject, pair: &EditionPair<'_>, tolerance: Metres) -> Vec<ChangeOut> {
    let Some(layer) = pair.layer() else {
        return Vec::new();
    };
    let own = own_key(subject, pair);
    let mut by_key: BTreeMap<&str, [Vec<&Feature>; 2]> = BTreeMap::new();
    for (time, features) in [&pair.olds, &pair.news].into_iter().enumerate() {
        for feature in features {
            by_key.entry(&feature.key).or_default()[time].push(feature);
        }
    }
    by_key.retain(|key, [olds, news]| {
        let same = olds.len() == news.len() && olds.iter().zip(news.iter()).all(|(old, new)| same_feature(old, new));
        !same && (own == Some(*key) || olds.iter().chain(news.iter()).any(|feature| meets(subject, feature)))
    });
    let of = |time: usize| by_key.values().flat_map(move |both| both[time].iter().copied());
    let difference = changes_between(of(0), of(1), tolerance);
    let event = |change: Change| {
        let [olds, news] = &by_key[change.key.as_str()];
        let mut event = event_of(layer, &change);
        if own != Some(change.key.as_str()) && is_about_land(change.kind) {
            let shared = |features: &[&Feature]| features.get(change.version).and_then(|one| shared(subject, one));
            event.before = event.before.and_then(|_| shared(olds));
            event.after = event.after.and_then(|_| shared(news));
        }
        event
    };
    difference.changes.into_iter().map(event).collect()
}

fn is_about_land(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::New | ChangeKind::Gone | ChangeKind::Geometry)
}

/// The subject's key, where the pair is of the series that it comes from.
fn own_key<'s>(subject: &'s Subject, pair: &EditionPair<'_>) -> Option<&'s str> {
    match &subject.kind {
        SubjectKind::Feature { edition, key, .. } => {
            let after = pair.after?;
            (after.id == *edition).then_some(key.as_str())
        }
        SubjectKind::Geometry => None,
    }
}

fn meets(subject: &Subject, feature: &Feature) -> bool {
    let (zone, shape) = (subject.footprint.zone(), subject.footprint.shape());
    match &feature.land {
        Some(land) => territory::overlap(shape, land.shape_in(zone, &feature.lonlat)).touches,
        None => relate_to_land(shape, &feature.lonlat, zone).is_some(),
    }
}

/// Planar hectares that a feature shares with the subject, with four places.
fn shared(subject: &Subject, feature: &Feature) -> Option<String> {
    let land = feature.land.as_ref()?;
    let shape = land.shape_in(subject.footprint.zone(), &feature.lonlat);
    Some(Fixed::<4>(shared_area(subject.footprint.shape(), shape).0).to_string())
}

fn event_of(layer: LayerKind, change: &Change) -> ChangeOut {
    ChangeOut {
        kind: change.kind,
        layer,
        feature: change.key.clone(),
        name: change.name.clone(),
        field: change.field.clone(),
        before: change.before.clone(),
        after: change.after.clone(),
        moved_m: change.moved.map(|moved| Fixed(moved.0)),
    }
}

/// What changed in a whole layer: `tupu/changes/1`. Hectares are those of whole features in their home zones.
#[derive(Clone, Debug, Serialize)]
pub struct LayerChanges {
    /// `tupu/changes/1`.
    pub schema: &'static str,
    /// The layer.
    pub layer: LayerKind,
    /// The earlier time.
    pub from: AsOfOut,
    /// The later time.
    pub to: AsOfOut,
    /// Metres by which a border must have moved.
    pub tolerance_m: Fixed<1>,
    /// The editions compared, one entry a series.
    pub compared: Vec<SeriesCompared>,
    /// How many events there are of each kind, all kinds in their order.
    pub counts: BTreeMap<&'static str, usize>,
    /// By series, feature, kind and field. Empty: nothing changed in the series compared.
    pub events: Vec<ChangeOut>,
}

/// One series of a layer at both times.
#[derive(Clone, Debug, Serialize)]
pub struct SeriesCompared {
    /// Publisher of the series.
    pub publisher: String,
    /// Its territory.
    pub territory: String,
    /// Edition at the earlier time; none: the series is not compared.
    pub before: Option<EditionAt>,
    /// Edition at the later time; none: the series is not compared.
    pub after: Option<EditionAt>,
    /// Whether both are there.
    pub compared: bool,
    /// Features whose rows differ in nothing that is an event: moves within the tolerance, unnamed fields of the source.
    pub minor: usize,
}

/// An edition in a comparison.
#[derive(Clone, Debug, Serialize)]
pub struct EditionAt {
    /// Its id.
    pub edition: String,
    /// Hash of its content.
    pub sha256: String,
    /// From when its facts hold.
    pub valid_from: jiff::civil::Date,
    /// When it was published here.
    pub published_at: jiff::Timestamp,
    /// Its features.
    pub features: u64,
    /// Made by a program.
    pub synthetic: bool,
}

impl EditionAt {
    fn of(meta: &EditionMeta) -> Self {
        Self {
            edition: meta.id.clone(),
            sha256: meta.sha256.clone(),
            valid_from: meta.valid_from,
            published_at: meta.published_at,
            features: meta.counts.kept,
            synthetic: meta.synthetic,
        }
    }
}

/// A series of a layer at two times with what differs; nothing differs where one of the editions is missing.
#[derive(Clone, Debug)]
pub struct SeriesDifference<'a> {
    /// The earlier edition.
    pub before: Option<&'a EditionMeta>,
    /// The later edition.
    pub after: Option<&'a EditionMeta>,
    /// What differs.
    pub difference: Difference,
}

/// The document of a layer's changes; series in the order given.
pub fn layer_changes(
    layer: LayerKind,
    series: Vec<SeriesDifference<'_>>,
    (from, to): (jiff::civil::Date, jiff::civil::Date),
    tolerance: Metres,
) -> LayerChanges {
    let newest = |metas: &mut dyn Iterator<Item = &EditionMeta>| metas.map(|meta| meta.published_at).max();
    let known = [
        newest(&mut series.iter().filter_map(|one| one.before)),
        newest(&mut series.iter().filter_map(|one| one.after)),
    ];
    let mut counts: BTreeMap<&'static str, usize> = ChangeKind::ALL.iter().map(|kind| (kind.id(), 0)).collect();
    let mut compared = Vec::new();
    let mut events = Vec::new();
    for SeriesDifference {
        before,
        after,
        difference,
    } in series
    {
        let Some(any) = after.or(before) else { continue };
        compared.push(SeriesCompared {
            publisher: any.series.publisher.clone(),
            territory: any.series.territory.clone(),
            before: before.map(EditionAt::of),
            after: after.map(EditionAt::of),
            compared: before.is_some() && after.is_some(),
            minor: difference.minor,
        });
        for change in &difference.changes {
            *counts.entry(change.kind.id()).or_default() += 1;
            events.push(event_of(layer, change));
        }
    }
    let as_of = |valid, known| AsOfOut { valid, known };
    LayerChanges {
        schema: "tupu/changes/1",
        layer,
        from: as_of(from, known[0]),
        to: as_of(to, known[1]),
        tolerance_m: Fixed(tolerance.0),
        compared,
        counts,
        events,
    }
}
