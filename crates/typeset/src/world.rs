//! All that a document can see: the files and letters of its job, and nothing else.

use crate::{Job, MOST_BYTES, MOST_FILES, TypesetError};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

/// Typst's own library, made once. The extras are the marks for cells that head a row.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let extras: Features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(extras).build())
});

/// The files of a job.
pub(crate) struct Shelf<'a> {
    main: FileId,
    files: BTreeMap<&'a str, Bytes>,
    sources: BTreeMap<&'a str, Source>,
    job: &'a Job<'a>,
}

impl<'a> Shelf<'a> {
    pub(crate) fn new(job: &'a Job<'a>) -> Result<Self, TypesetError> {
        let size: usize = job.files.iter().map(|(_, bytes)| bytes.len()).sum();
        if size > MOST_BYTES {
            return Err(TypesetError::TooLarge(size));
        }
        if job.files.len() > MOST_FILES {
            return Err(TypesetError::TooManyFiles(job.files.len()));
        }
        let mut sources = BTreeMap::new();
        let mut files = BTreeMap::new();
        for (name, bytes) in job.files {
            let id = file_id(name)?;
            let is_typst = id.vpath().extension() == Some("typ");
            if let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| is_typst) {
                sources.insert(*name, Source::new(id, text.to_owned()));
            }
            files.insert(*name, Bytes::new(bytes.to_vec()));
        }
        Ok(Self {
            main: file_id(job.main)?,
            files,
            sources,
            job,
        })
    }
}

fn file_id(name: &str) -> Result<FileId, TypesetError> {
    let bad = || TypesetError::BadName(name.to_owned());
    let path = VirtualPath::new(name).map_err(|_| bad())?;
    if path.get_without_slash() != name || name.is_empty() {
        return Err(bad());
    }
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The name of a file of the job; a package has none here.
fn name_of(id: FileId) -> FileResult<&'static str> {
    let path = id.get();
    match path.root() {
        VirtualRoot::Project => Ok(path.vpath().get_without_slash()),
        VirtualRoot::Package(_) => Err(FileError::AccessDenied),
    }
}

fn missing(name: &str) -> FileError {
    FileError::NotFound(PathBuf::from(name))
}

impl World for Shelf<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.job.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let name = name_of(id)?;
        let known = self.sources.get(name).cloned();
        known.ok_or_else(|| match self.files.get(name) {
            Some(_) => FileError::NotSource,
            None => missing(name),
        })
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = name_of(id)?;
        self.files.get(name).cloned().ok_or_else(|| missing(name))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.job.fonts.faces.get(index).cloned()
    }

    /// There is no clock: a document that asks for the date has a fault.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
