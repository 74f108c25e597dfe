//! The letters of maps and pages: IBM Plex Sans (SIL Open Font License 1.1, beside the files), carried in the program so that the
//! same map has the same letters on every machine.

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
