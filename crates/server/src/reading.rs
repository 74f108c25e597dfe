//! From what somebody hands in to a subject.

use crate::{
    config::Config,
    judging::{no_subject, over_limit},
    problem::{Kind, Problem},
};
use conflicts::{Subject, SubjectError};
use crs::{Crs, UtmZone, disguise::Reading};
use serde_json::{Value, json};
use territory::Repair;
use uploads::{Incoming, Limits, Note, TooMuch, Upload, UploadError};

/// How the sender says that coordinates are to be read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Declaration {
    crs: Option<Crs>,
    reading: Option<Reading>,
}

impl Declaration {
    /// A code (`EPSG:32717`), or one of the readings that a refusal offered (`utm-17-psad56`).
    ///
    /// # Errors
    /// `invalid-parameter`, with the codes.
    pub(crate) fn parse(text: Option<&str>) -> Result<Self, Problem> {
        let Some(text) = text.map(str::trim) else {
            return Ok(Self::default());
        };
        if let Some(reading) = Reading::from_id(text) {
            return Ok(Self {
                crs: None,
                reading: Some(reading),
            });
        }
        match Crs::parse(text) {
            Ok(crs) => Ok(Self {
                crs: Some(crs),
                reading: None,
            }),
            Err(error) => {
                let known: Vec<String> = Crs::all().map(|crs| crs.to_string()).collect();
                Err(Kind::InvalidParameter
                    .because(error.sentence_es())
                    .with("parameter", "crs")
                    .with("known", known))
            }
        }
    }
}

/// The limits of uploads, as the settings state them.
pub(crate) fn limits(config: &Config) -> Limits {
    Limits {
        bytes: config.uploads.bytes,
        unpacked_bytes: config.uploads.unpacked_bytes,
        entries: config.uploads.entries,
        vertices: config.uploads.vertices,
        ..Limits::default()
    }
}

/// Reads a file or text and puts its land in its zone.
///
/// # Errors
/// What is wrong with it, where, and the mend.
pub(crate) fn read(
    mut incoming: Incoming<'_>,
    declaration: Declaration,
    zone: Option<UtmZone>,
    config: &Config,
) -> Result<Subject, Problem> {
    (incoming.crs, incoming.reading) = (declaration.crs, declaration.reading);
    let upload = uploads::read(&incoming, &limits(config)).map_err(|error| refused(&error))?;
    let subject = subject_of(&upload, zone).map_err(|error| no_subject(&error))?;
    let (area, limit) = (subject.footprint.utm_hectares().0, config.uploads.area_ha);
    if area > limit {
        return Err(over_limit("hectáreas", whole(area), whole(limit)));
    }
    Ok(subject)
}

/// The subject of an upload, repaired, with all that was done to it on the way.
///
/// # Errors
/// As [`Subject::geometry`].
pub fn subject_of(upload: &Upload, zone: Option<UtmZone>) -> Result<Subject, SubjectError> {
    let mut subject = Subject::geometry(&upload.land, zone)?;
    subject.crs_declared.clone_from(&upload.crs_declared);
    subject.crs_used = upload.crs_used.to_string();
    subject.evidence.clone_from(&upload.evidence);
    if upload.operation.accuracy_m > 0.0 {
        let operation = &upload.operation;
        subject.evidence.push(format!(
            "Las coordenadas se llevaron a WGS 84 con la operación {}, de {} m de exactitud.",
            operation.id, operation.accuracy_m
        ));
    }
    let left_out = upload.left_out.iter().map(uploads::LeftOut::sentence_es);
    subject
        .evidence
        .extend(upload.notes.iter().map(Note::sentence_es).chain(left_out));
    let closed: Vec<Repair> = upload
        .notes
        .iter()
        .filter_map(|note| closing(note, upload, &subject))
        .collect();
    subject.repairs.splice(0..0, closed);
    Ok(subject)
}

/// The closing of rings as a repair, where the area of the part is known.
fn closing(note: &Note, upload: &Upload, subject: &Subject) -> Option<Repair> {
    let Note::RingsClosed { part, rings } = note else {
        return None;
    };
    let before = subject
        .repairs
        .iter()
        .find(|repair| repair.part == *part)
        .map(|repair| repair.area_before);
    let alone = (upload.land.0.len() == 1).then(|| subject.footprint.utm_hectares());
    Some(Repair::closed(*part, *rings, before.or(alone)?))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "hectares of a country are below 2^53 and not negative"
)]
fn whole(hectares: f64) -> u64 {
    hectares.max(0.0).ceil() as u64
}

fn refused(error: &UploadError) -> Problem {
    let kind = match error {
        UploadError::NonFinite { .. }
        | UploadError::AtOrigin { .. }
        | UploadError::OutOfRange { .. }
        | UploadError::NoLand { .. }
        | UploadError::TooFewVertices { .. } => Kind::InvalidGeometry,
        UploadError::NeedsCrs { .. } => Kind::CrsNeeded,
        UploadError::Nowhere { .. } | UploadError::Outside { .. } => Kind::OutsidePeru,
        UploadError::TooMuch {
            what: TooMuch::Bytes, ..
        } => Kind::TooLarge,
        UploadError::TooMuch { .. } => Kind::OverLimit,
        _ => Kind::UnreadableUpload,
    };
    let problem = kind.because(error.sentence_es()).with("reason", error.id());
    match error {
        UploadError::NonFinite { feature, vertex }
        | UploadError::AtOrigin { feature, vertex }
        | UploadError::OutOfRange { feature, vertex, .. } => problem.with("feature", *feature).with("vertex", *vertex),
        UploadError::TooMuch { figure, limit, .. } => problem.with("figure", *figure).with("limit", *limit),
        UploadError::NeedsCrs { candidates, .. } => {
            let candidates: Vec<Value> = candidates.iter().map(choice).collect();
            problem.with("parameter", "crs").with("candidates", candidates)
        }
        _ => problem,
    }
}

/// A reading as something to choose: `crs` is what to send, to five decimals (a metre) where it puts the first vertex.
fn choice(candidate: &crs::disguise::Candidate) -> Value {
    let rounded = |degrees: f64| (degrees * 1e5).round() / 1e5;
    json!({
        "crs": candidate.reading.id(),
        "epsg": candidate.reading.crs().to_string(),
        "label": candidate.reading.label_es(),
        "lon": rounded(candidate.first.x),
        "lat": rounded(candidate.first.y),
    })
}
