//! The letters that documents may use.

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInfo, FontVariations};
use typst::utils::LazyHash;

/// The number of the family's name in the name table of a font (OpenType, `name`, id 16).
const TYPOGRAPHIC_FAMILY: u16 = 16;

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
            book: LazyHash::new(FontBook::from_infos(faces.iter().map(named))),
            faces,
        }
    }

    /// The names of the families, each once, in alphabetical order.
    pub fn families(&self) -> Vec<String> {
        let mut names: Vec<String> = self.faces.iter().map(|face| named(face).family).collect();
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

/// What is known of a face, under the family that its maker gives it for programs with more than four styles. The old family name
/// would make a family of its own of «IBM Plex Sans `SmBld`», and nobody who asks for the semibold of a family would find it.
fn named(face: &Font) -> FontInfo {
    let mut info = face.info().clone();
    let one = face
        .clone()
        .instantiate(info.variant, Abs::pt(10.0), &FontVariations::default());
    let names = one.ttf().names().into_iter();
    let family = names
        .filter(|name| name.name_id == TYPOGRAPHIC_FAMILY)
        .find_map(|name| name.to_string());
    if let Some(family) = family {
        info.family = family;
    }
    info
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_tuple("Fonts").field(&self.families()).finish()
    }
}
