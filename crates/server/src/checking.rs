//! The one way from what somebody asks about to the rendered report: for addresses, forms and processes alike.

use crate::{
    config::Config,
    current::Current,
    issuing::{Judged, issue},
    judging::{Ask, Course, judge, no_subject, within_cost},
    params::{Params, invalid},
    problem::{Kind, Problem},
    reading::{Declaration, read},
    rendering::{Answered, Wish},
    routes::layer::{feature, layer},
    sealing::Keep,
    shared::Shared,
};
use actix_web::web::Bytes;
use conflicts::Subject;
use crs::UtmZone;
use std::borrow::Cow;
use store::Snapshot;
use uploads::Incoming;

/// Letters of the name of a land.
pub(crate) const LONGEST_NAME: usize = 200;

/// What is asked about.
#[derive(Debug)]
pub(crate) enum Land {
    /// A feature of a layer.
    Known {
        layer: String,
        key: String,
        edition: Option<String>,
    },
    /// What somebody sent, as it came.
    Sent {
        bytes: Bytes,
        media: Option<String>,
        filename: Option<String>,
        declaration: Declaration,
        name: Option<String>,
    },
    /// What somebody sent, as land.
    Read(Box<Subject>),
}

/// A land, and what is wished to know of it.
#[derive(Debug)]
pub(crate) struct Query {
    /// The land.
    pub land: Land,
    /// Choices of the judgement.
    pub ask: Ask,
    /// Why the report is kept, if it is.
    pub why: Keep,
    /// How it is rendered.
    pub wish: Wish,
}

impl Land {
    /// Bytes with their media type and file name; the parameters say their coordinate system and the land's name.
    ///
    /// # Errors
    /// `invalid-parameter`.
    pub(crate) fn sent(
        bytes: Bytes,
        (media, filename): (Option<String>, Option<String>),
        params: &Params,
    ) -> Result<Self, Problem> {
        let declaration = Declaration::parse(params.text("crs"))?;
        let name = params.text("name").map(|name| name.trim().to_owned());
        if let Some(name) = name.as_deref().filter(|name| name.chars().count() > LONGEST_NAME) {
            let expected = format!("un nombre de {LONGEST_NAME} letras como mucho");
            return Err(invalid("name", name, &expected));
        }
        Ok(Self::Sent {
            bytes,
            media,
            filename,
            declaration,
            name,
        })
    }

    /// What was sent, read.
    fn read(self, config: &Config, zone: Option<UtmZone>) -> Result<Self, Problem> {
        let Self::Sent {
            bytes,
            media,
            filename,
            declaration,
            name,
        } = self
        else {
            return Ok(self);
        };
        let incoming = Incoming {
            bytes: &bytes,
            content_type: media.as_deref(),
            filename: filename.as_deref(),
            ..Incoming::default()
        };
        let mut subject = read(incoming, declaration, zone, config)?;
        subject.name = name;
        Ok(Self::Read(Box::new(subject)))
    }

    /// The subject among these features.
    fn subject(&self, snapshot: &Snapshot, zone: Option<UtmZone>) -> Result<Cow<'_, Subject>, Problem> {
        match self {
            Self::Known {
                layer: name,
                key,
                edition,
            } => {
                let kind = layer(snapshot, name)?;
                let found = feature(snapshot, kind, key, edition.as_deref())?;
                Subject::feature(kind, &found.edition.meta, found.feature, zone)
                    .map(Cow::Owned)
                    .map_err(|error| no_subject(&error))
            }
            Self::Read(subject) => Ok(Cow::Borrowed(subject)),
            Self::Sent { .. } => Err(Problem::internal(&"a land that was not read")),
        }
    }
}

impl Query {
    /// The report, judged, sealed, kept where it is to be kept, and rendered.
    ///
    /// # Errors
    /// All of a check's; `unknown-job` where it was given up meanwhile, and then nothing is kept.
    pub(crate) fn answered(self, shared: &Shared, current: &Current, course: &Course) -> Result<Answered, Problem> {
        let Self { land, ask, why, wish } = self;
        let land = land.read(&shared.config, ask.zone)?;
        let snapshot = ask.snapshot(current)?;
        let subject = land.subject(&snapshot, ask.zone)?;
        let report = judge(shared, (current, &snapshot), (&subject, course), &ask)?;
        if course.is_given_up() {
            return Err(Kind::UnknownJob.because("El trabajo se descartó."));
        }
        let judged = Judged {
            current,
            snapshot: &snapshot,
            subject: &subject,
            report: &report,
        };
        issue(shared, judged, (&ask, why), &wish)
    }

    /// Reads what was sent and refuses what can be refused before its turn comes: for the present, also unknown features and too
    /// much work.
    ///
    /// # Errors
    /// Those of reading; `unknown-layer`, `unknown-feature`, `no-land`, `over-limit`.
    pub(crate) fn prepared(mut self, shared: &Shared, current: &Current) -> Result<Self, Problem> {
        self.land = self.land.read(&shared.config, self.ask.zone)?;
        if self.ask.is_present() {
            let snapshot = &current.snapshot;
            let book = current.shelf.in_force(snapshot.options.as_of.valid);
            let subject = self.land.subject(snapshot, self.ask.zone)?;
            within_cost(shared, &subject, &snapshot.surroundings(&subject, book))?;
        }
        Ok(self)
    }
}
