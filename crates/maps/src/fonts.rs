//! The letters of maps and pages: IBM Plex Sans (SIL Open Font License 1.1, beside the files), carried in the program so that the
//! same map has the same letters on every machine.

use std::sync::LazyLock;

/// Text.
pub const REGULAR: &[u8] = include_bytes!("../fonts/IBMPlexSans-Regular.ttf");
/// Headings and what stands out.
pub const SEMIBOLD: &[u8] = include_bytes!("../fonts/IBMPlexSans-SemiBold.ttf");
/// Water, and words of another language.
pub const ITALIC: &[u8] = include_bytes!("../fonts/IBMPlexSans-Italic.ttf");
/// Small labels and tables.
pub const CONDENSED: &[u8] = include_bytes!("../fonts/IBMPlexSansCondensed-Regular.ttf");
/// Small labels that stand out.
pub const CONDENSED_SEMIBOLD: &[u8] = include_bytes!("../fonts/IBMPlexSansCondensed-SemiBold.ttf");

/// Every face.
pub const ALL: [&[u8]; 5] = [REGULAR, SEMIBOLD, ITALIC, CONDENSED, CONDENSED_SEMIBOLD];

/// A face that maps are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// Text.
    #[default]
    Regular,
    /// What stands out.
    Semibold,
    /// Water.
    Italic,
    /// Small labels.
    Condensed,
    /// Small labels that stand out.
    CondensedSemibold,
}

static PARSED: LazyLock<Vec<ttf_parser::Face<'static>>> = LazyLock::new(|| {
    let parse = |bytes| ttf_parser::Face::parse(bytes, 0).expect("the fonts are carried in the program and parse");
    ALL.iter().map(|bytes| parse(*bytes)).collect()
});

impl Face {
    /// The parsed font.
    pub(crate) fn font(self) -> &'static ttf_parser::Face<'static> {
        &PARSED[match self {
            Self::Regular => 0,
            Self::Semibold => 1,
            Self::Italic => 2,
            Self::Condensed => 3,
            Self::CondensedSemibold => 4,
        }]
    }

    /// Every face.
    pub const ALL: [Self; 5] = [
        Self::Regular,
        Self::Semibold,
        Self::Italic,
        Self::Condensed,
        Self::CondensedSemibold,
    ];

    /// The name of the face, as styles for maps write it.
    pub fn stack(self) -> &'static str {
        match self {
            Self::Regular => "IBM Plex Sans Regular",
            Self::Semibold => "IBM Plex Sans SemiBold",
            Self::Italic => "IBM Plex Sans Italic",
            Self::Condensed => "IBM Plex Sans Condensed Regular",
            Self::CondensedSemibold => "IBM Plex Sans Condensed SemiBold",
        }
    }

    /// Families as SVG and CSS want them, ours first.
    pub(crate) fn families(self) -> &'static str {
        match self {
            Self::Condensed | Self::CondensedSemibold => {
                "'IBM Plex Sans Condensed','IBM Plex Sans Cond','Noto Sans Condensed','DejaVu Sans Condensed',sans-serif"
            }
            _ => "'IBM Plex Sans','Noto Sans','DejaVu Sans',sans-serif",
        }
    }

    /// Whether it is heavier than text.
    pub(crate) fn is_bold(self) -> bool {
        matches!(self, Self::Semibold | Self::CondensedSemibold)
    }

    /// Millimetres that a text of this size takes, without kerning. A letter that the font lacks counts as an `n`.
    pub fn width(self, text: &str, size_mm: f64) -> f64 {
        let font = self.font();
        let wide = |letter: char| {
            let glyph = font.glyph_index(letter).or_else(|| font.glyph_index('n'));
            f64::from(glyph.and_then(|glyph| font.glyph_hor_advance(glyph)).unwrap_or(0))
        };
        text.chars().map(wide).sum::<f64>() * size_mm / f64::from(font.units_per_em())
    }

    /// A text in lines no wider than `width_mm`, broken between words; a longer word stands alone.
    pub fn wrap(self, text: &str, size_mm: f64, width_mm: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size_mm) <= width_mm => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_has_the_letters_of_our_languages() {
        let letters = "ABCXYZabcxyzáéíóúüñÁÉÍÓÚÜÑ¿¡«»·—–°′″'’ʼ0123456789:,.()%²±≥\u{a0}";
        for face in ALL {
            let font = ttf_parser::Face::parse(face, 0).unwrap();
            let lacking: Vec<char> = letters
                .chars()
                .filter(|letter| font.glyph_index(*letter).is_none())
                .collect();
            assert_eq!(lacking, Vec::<char>::new());
        }
    }

    #[test]
    fn lines_are_no_wider_than_asked_and_lose_no_word() {
        let text = "Límite de la comunidad campesina de Pukamarka Alta";
        let lines = Face::Regular.wrap(text, 2.5, 25.0);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| Face::Regular.width(line, 2.5) <= 25.0));
        assert_eq!(lines.join(" "), text);
    }
}
