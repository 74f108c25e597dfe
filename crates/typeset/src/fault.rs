//! What went wrong in a document, with its file and line.

use crate::{MOST_BYTES, MOST_FILES, Moment, world::Shelf};
use std::fmt;
use typst::diag::SourceDiagnostic;
use typst::{World, WorldExt};

/// A fault or a warning of Typst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, where it is known.
    pub file: Option<String>,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What it is, in Typst's English.
    pub message: String,
    /// What could mend it.
    pub hints: Vec<String>,
}

/// Why a document was not set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    /// The files of the job are too large together.
    #[error("the files of the document have {0} bytes, more than {MOST_BYTES}")]
    TooLarge(usize),
    /// The job brings too many files.
    #[error("the document has {0} files, more than {MOST_FILES}")]
    TooManyFiles(usize),
    /// A file has a name that is no path within the job.
    #[error("«{0}» is not the name of a file of the document")]
    BadName(String),
    /// The moment of its making is not in the calendar.
    #[error("there is no such moment: {0:?}")]
    NoSuchMoment(Moment),
    /// The job brings no letters: Typst would leave out every word and say nothing.
    #[error("the document has no letters")]
    NoLetters,
    /// The files have faults.
    #[error("{}", joined(.0))]
    Faults(Vec<Fault>),
}

fn joined(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    lines.join("; ")
}

impl Fault {
    pub(crate) fn all(diagnostics: &[SourceDiagnostic], shelf: &Shelf<'_>) -> Vec<Self> {
        diagnostics.iter().map(|found| Self::of(found, shelf)).collect()
    }

    fn of(found: &SourceDiagnostic, shelf: &Shelf<'_>) -> Self {
        let id = found.span.id();
        let range = shelf.range(found.span);
        let source = id.and_then(|id| shelf.source(id).ok());
        let line = source
            .zip(range)
            .and_then(|(source, range)| source.lines().byte_to_line(range.start));
        Self {
            file: id.map(|id| id.vpath().get_without_slash().to_owned()),
            line: line.map(|line| line + 1),
            message: found.message.to_string(),
            hints: found.hints.iter().map(|hint| hint.v.to_string()).collect(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(out, "{file}:")?;
        }
        if let Some(line) = self.line {
            write!(out, "{line}:")?;
        }
        if self.file.is_some() {
            out.write_str(" ")?;
        }
        out.write_str(&self.message)?;
        for hint in &self.hints {
            write!(out, " ({hint})")?;
        }
        Ok(())
    }
}
