//! Typst documents in, tagged PDF out: PDF/A-2a (to keep) and PDF/UA-1 (for readers who do not see the page).
//!
//! A job brings every file that it reads and the letters that it uses. There is no file system, no network and no clock behind it, so
//! the same job makes the same bytes on every machine. Typst keeps what it worked out in a cache of the process; it is cut back after
//! each job ([`KEPT_JOBS`]), so that memory does not grow with the number of documents.

mod fault;
mod fonts;
mod world;

pub use fault::{Fault, TypesetError};
pub use fonts::Fonts;

use std::sync::LazyLock;
use typst::comemo;
use typst::diag::Warned;
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::Shelf;

/// The most bytes that the files of one job may have together.
pub const MOST_BYTES: usize = 32 << 20;

/// The most files that one job may bring.
pub const MOST_FILES: usize = 64;

/// What was worked out for a job is kept for so many jobs after it.
pub const KEPT_JOBS: usize = 2;

/// A civil moment in UTC, which stands in the document as the moment of its making.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Year.
    pub year: i32,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
    /// Hour.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
    /// Second.
    pub second: u8,
}

/// What is to be set.
///
/// The names of files are kept for the life of the process: they have to come from a fixed set, never from what somebody sent.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// Name of the Typst file to begin with.
    pub main: &'a str,
    /// Every file that can be read: name without a leading slash, bytes.
    pub files: &'a [(&'a str, &'a [u8])],
    /// The letters that can be used; there are no others.
    pub fonts: &'a Fonts,
    /// The moment of its making.
    pub created: Moment,
    /// What tells this document from others: the identifier in the file is a hash of it.
    pub ident: &'a str,
    /// Name and version of the program that made it.
    pub creator: &'a str,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Typeset {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// What Typst had to say, although it went on: letters that are missing, for instance.
    pub warnings: Vec<Fault>,
}

static STANDARDS: LazyLock<PdfStandards> = LazyLock::new(|| {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).expect("PDF/A-2a and PDF/UA-1 share PDF 1.7")
});

/// Sets a job as a tagged PDF that keeps PDF/A-2a and PDF/UA-1.
///
/// # Errors
/// When the job is too large, names a moment that does not exist, or its files have a fault: each with its file and line.
pub fn pdf(job: &Job<'_>) -> Result<Typeset, TypesetError> {
    if job.fonts.faces.is_empty() {
        return Err(TypesetError::NoLetters);
    }
    let shelf = Shelf::new(job)?;
    let options = options(job)?;
    let Warned { output, warnings } = typst::compile(&shelf);
    let made = output.and_then(|document| typst_pdf::pdf(&document, &options));
    let result = match made {
        Ok(pdf) => Ok(Typeset {
            pdf,
            warnings: Fault::all(&warnings, &shelf),
        }),
        Err(faults) => Err(TypesetError::Faults(Fault::all(&faults, &shelf))),
    };
    comemo::evict(KEPT_JOBS);
    result
}

fn options(job: &Job<'_>) -> Result<PdfOptions, TypesetError> {
    let at = job.created;
    let created = Datetime::from_ymd_hms(at.year, at.month, at.day, at.hour, at.minute, at.second)
        .ok_or(TypesetError::NoSuchMoment(at))?;
    Ok(PdfOptions {
        ident: Smart::Custom(job.ident.to_owned()),
        creator: Smart::Custom(Some(job.creator.to_owned())),
        timestamp: Some(Timestamp::new_utc(created)),
        page_ranges: None,
        standards: STANDARDS.clone(),
        tagged: true,
        pretty: false,
    })
}
