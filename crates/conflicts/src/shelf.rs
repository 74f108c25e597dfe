//! The versions of the rulebook, and which of them is for a day.

use crate::fault::{Fault, FaultKind as Kind, RulebookError};
use crate::lint::HEAD;
use crate::{Rulebook, book_files, lint};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Versions of the rulebook, checked one by one and against each other. There is at least one.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// By their first day.
    books: Vec<Rulebook>,
}

impl Shelf {
    /// One book alone, for any day.
    pub fn of(book: Rulebook) -> Self {
        Self { books: vec![book] }
    }

    /// Reads and checks versions from the texts of their files, by the name of their folder and of the file.
    ///
    /// # Errors
    /// All faults of all versions at once, and gaps and overlaps between their times.
    pub fn parse(folders: &BTreeMap<String, BTreeMap<String, String>>) -> Result<Self, RulebookError> {
        let mut faults = Vec::new();
        let mut books: Vec<(&str, Rulebook)> = Vec::new();
        for (folder, files) in folders {
            match book_files::assemble(files) {
                Ok(book) => books.push((folder, book)),
                Err(RulebookError(found)) => faults.extend(found.into_iter().map(|fault| fault.of_book(folder))),
            }
        }
        if folders.is_empty() {
            faults.push(Fault::new("", Kind::NoVersion));
        }
        books.sort_by(|a, b| (a.1.in_force_from, a.0).cmp(&(b.1.in_force_from, b.0)));
        // the times of versions mean something only when all were read
        let whole = faults.is_empty();
        for (place, (folder, book)) in books.iter().enumerate() {
            let next = books.get(place + 1).map(|(_, next)| next).filter(|_| whole);
            let end = book.in_force_until.or(next.map(|next| next.in_force_from));
            faults.extend(lint::faults(book, end).into_iter().map(|fault| fault.of_book(folder)));
            faults.extend(
                next.and_then(|next| seam(book, next))
                    .map(|fault| fault.of_book(folder)),
            );
            let same = |other: &&(&str, Rulebook)| other.1.id == book.id;
            if books[..place].iter().any(|other| same(&other)) {
                faults.push(Fault::new(HEAD, Kind::SameId).at("", "id", &&book.id).of_book(folder));
            }
        }
        if faults.is_empty() {
            let books = books.into_iter().map(|(_, book)| book).collect();
            Ok(Self { books })
        } else {
            Err(RulebookError(faults))
        }
    }

    /// The version for a day: the latest that began. A day before all has the first, and its reports say that it was not
    /// in force.
    ///
    /// # Panics
    /// Never: a shelf without a book cannot be made.
    pub fn in_force(&self, day: Date) -> &Rulebook {
        let begun = self.books.iter().rev().find(|book| book.in_force_from <= day);
        begun.or(self.books.first()).expect("a shelf holds a book")
    }

    /// All versions, the oldest first.
    pub fn books(&self) -> &[Rulebook] {
        &self.books
    }

    /// The version of an id.
    pub fn book(&self, id: &str) -> Option<&Rulebook> {
        self.books.iter().find(|book| book.id == id)
    }

    /// The day on which a version stops being used: its own end, or the first day of the next.
    pub fn end_of(&self, book: &Rulebook) -> Option<Date> {
        let next = self.books.iter().find(|other| other.in_force_from > book.in_force_from);
        book.in_force_until.or(next.map(|next| next.in_force_from))
    }

    /// A hash that changes with any of the versions.
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        for book in &self.books {
            hash.update(&book.sha256);
        }
        book_files::hex(&hash.finalize())
    }
}

/// What is wrong between a version and the next. A version without an end ends where the next begins.
fn seam(book: &Rulebook, next: &Rulebook) -> Option<Fault> {
    if book.in_force_from == next.in_force_from {
        return Some(Fault::new(HEAD, Kind::SameStart).at("", "in_force_from", &next.in_force_from));
    }
    let end = book.in_force_until?;
    let kind = match end.cmp(&next.in_force_from) {
        std::cmp::Ordering::Less => Kind::TimeGap,
        std::cmp::Ordering::Greater => Kind::TimeOverlap,
        std::cmp::Ordering::Equal => return None,
    };
    Some(Fault::new(HEAD, kind).at("", "in_force_until", &end))
}
