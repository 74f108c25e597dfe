//! What helps people without a screen or with a receiver in the hand: corners, tracks, a short message, words to read aloud.

mod corners;
mod gpx;
mod kml;
mod number_words;
mod sms;
mod spoken;
mod xml;

pub use corners::{Corner, corners, corners_csv, corners_section};
pub use gpx::gpx;
pub use kml::kml;
pub use number_words::{Gender, decimal_words, number_words};
pub use sms::{septets, sms};
pub use spoken::spoken;
