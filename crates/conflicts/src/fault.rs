//! What is wrong with a rulebook: where, with which value, and how to mend it.

use std::fmt;

/// A rulebook, or several versions, that cannot be used: everything that is wrong, at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} faults: {}", .0.len(), .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct RulebookError(pub Vec<Fault>);

impl RulebookError {
    /// Each fault in a Spanish sentence of its own line, with its mend.
    pub fn sentence_es(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(Fault::sentence_es).collect();
        lines.join("\n")
    }
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Folder of the version; empty where one book alone was read.
    pub book: String,
    /// The file.
    pub file: String,
    /// The entry: id of a rule, layer or norm, section, or line.
    pub entry: String,
    /// The key.
    pub key: String,
    /// Its value.
    pub value: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// Kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// A file is not there.
    MissingFile,
    /// A file does not read as TOML with the known keys.
    Unreadable,
    /// A key of another name, or of a newer format.
    UnknownKey,
    /// A key is not there.
    MissingKey,
    /// The number of the format is not known.
    UnknownFormat,
    /// An id stands twice.
    Twice,
    /// A reason is blank or absent.
    NoReason,
    /// A number is negative, infinite or out of bounds.
    BadNumber,
    /// It ends before it begins.
    EndsBeforeBegins,
    /// A rule is for a layer that is not consulted.
    UnknownLayer,
    /// A state group that does not exist.
    UnknownGroup,
    /// A norm that is not listed.
    UnknownNorm,
    /// An authority that is not listed.
    UnknownAuthority,
    /// A norm that ended within the time of the book.
    RepealedNorm,
    /// A norm that began within the time of the book.
    LaterNorm,
    /// A norm or authority that no rule names.
    Unused,
    /// A finding of the layer could be left without a rule.
    NoRule,
    /// A rule behind others that take all that is its.
    NeverReached,
    /// The last step does not begin at 0.
    StepGap,
    /// The steps do not go from the largest share down.
    StepOrder,
    /// A sentence is not there.
    NoSentence,
    /// A sentence that nobody writes.
    UnknownSentence,
    /// A place between braces that is not known.
    UnknownPlace,
    /// A forbidden word.
    ForbiddenWord,
    /// None of the approved words.
    NoApprovedWord,
    /// Two versions have the same id.
    SameId,
    /// Two versions begin on the same day.
    SameStart,
    /// No version is in force between two.
    TimeGap,
    /// Two versions say that they are in force.
    TimeOverlap,
    /// There is no version at all.
    NoVersion,
}

impl Fault {
    /// Of a file as a whole.
    pub(crate) fn new(file: &str, kind: FaultKind) -> Self {
        Self {
            book: String::new(),
            file: file.to_owned(),
            entry: String::new(),
            key: String::new(),
            value: String::new(),
            kind,
        }
    }

    /// Of an entry's key with its value.
    pub(crate) fn at(self, entry: &str, key: &str, value: &(impl ToString + ?Sized)) -> Self {
        Self {
            entry: entry.to_owned(),
            key: key.to_owned(),
            value: value.to_string(),
            ..self
        }
    }

    /// In a version's folder.
    pub(crate) fn of_book(mut self, book: &str) -> Self {
        book.clone_into(&mut self.book);
        self
    }

    /// What the reader of TOML refused, with the line that it stands on.
    pub(crate) fn unreadable(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let before = text.get(..start).unwrap_or_default();
        let number = before.matches('\n').count() + 1;
        let line = text.lines().nth(number - 1).unwrap_or_default().trim();
        let message = error.message();
        let quoted = message.split('`').nth(1).unwrap_or_default();
        let (kind, key, value) = if message.starts_with("unknown field") {
            (FaultKind::UnknownKey, quoted, line.to_owned())
        } else if message.starts_with("missing field") {
            (FaultKind::MissingKey, quoted, String::new())
        } else {
            let key = line.split_once('=').map_or("", |(key, _)| key.trim());
            (FaultKind::Unreadable, key, format!("{line} ({})", message.trim()))
        };
        Self::new(file, kind).at(&format!("línea {number}"), key, &value)
    }

    /// What is wrong, in English, without the place.
    pub fn what(&self) -> &'static str {
        self.kind.english()
    }

    /// Where and what, and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        let (what, mend) = (self.kind.what_es(), self.kind.mend_es());
        let mut place: Vec<String> = Vec::new();
        let file = [self.book.as_str(), self.file.as_str()];
        place.push(
            file.into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("/"),
        );
        if !self.entry.is_empty() {
            place.push(self.entry.clone());
        }
        match (self.key.is_empty(), self.value.is_empty()) {
            (true, true) => {}
            (true, false) => place.push(format!("«{}»", self.value)),
            (false, true) => place.push(self.key.clone()),
            (false, false) => place.push(format!("{} = «{}»", self.key, self.value)),
        }
        place.retain(|part| !part.is_empty());
        if place.is_empty() {
            return format!("{what}. {mend}.");
        }
        format!("{}: {what}. {mend}.", place.join(", "))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = [&self.book, &self.file, &self.entry, &self.key];
        let place: Vec<&str> = place
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        write!(out, "{}: {}", place.join(": "), self.what())?;
        if self.value.is_empty() {
            Ok(())
        } else {
            write!(out, ": «{}»", self.value)
        }
    }
}
