//! The letters that documents may use.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// A set of faces, read once and used for every document.
pub struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) faces: Vec<Font>,
}

impl Fonts {
    /// Reads faces that the program carries; bytes that are no font are left out, and [`Self::families`] tells which are there.
    pub fn carried(files: &[&'static [u8]]) -> Self {
        let faces: Vec<Font> = files.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
        Self {
            book: LazyHash::new(FontBook::from_fonts(&faces)),
            faces,
        }
    }

    /// The names of the families, each once, in alphabetical order.
    pub fn families(&self) -> Vec<String> {
        let mut names: Vec<String> = self.faces.iter().map(|face| face.info().family.clone()).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Whether some face has a sign for a character. A character without one cannot be printed so that it can be read.
    pub fn have(&self, character: char) -> bool {
        self.faces
            .iter()
            .any(|face| face.info().coverage.contains(u32::from(character)))
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_tuple("Fonts").field(&self.families()).finish()
    }
}
