//! Numbers and dates as people read them: decimal point, thousands apart by a thin space, no more decimals than help.

use crate::Texts;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A thin space that does not break.
const THIN: char = '\u{202f}';

/// A number with fixed decimals and its thousands apart from five digits on.
pub(crate) fn fixed(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let digits = whole.len();
    let mut out = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && digits > 4 && (digits - place) % 3 == 0 && digit != '-' {
            out.push(THIN);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A count.
pub(crate) fn count(value: usize) -> String {
    fixed(value as f64, 0)
}

/// Hectares: two decimals below ten, one below a thousand, then none; «menos de 0.01» rather than a zero that is none.
pub(crate) fn hectares_text(texts: &Texts, ha: f64) -> String {
    match ha {
        h if h > 0.0 && h < 0.01 => texts.say("less-than-a-hundredth"),
        h if h < 10.0 => fixed(h, 2),
        h if h < 1000.0 => fixed(h, 1),
        h => fixed(h, 0),
    }
}

/// Hectares and their band as people read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// Rounded to what half the band allows.
    pub text: String,
    /// `entre 1790 y 1810 ha`, `exacto` or `sin banda`.
    pub band: String,
    /// The value behind, with all its decimals.
    pub exact: String,
}

/// Tenths of a unit to which half a band lets a number be rounded: 30 ha of band give tens, 3 ha units, less than 0.3 ha tenths.
pub(crate) fn tenths(half: f64) -> f64 {
    let mut tenths = 1.0;
    while tenths <= half {
        tenths *= 10.0;
    }
    tenths
}

/// A number rounded to so many tenths; «menos de …» rather than a zero that is none.
fn rounded(texts: &Texts, value: f64, tenths: f64) -> String {
    let places = usize::from(tenths < 10.0);
    let near = (value * 10.0 / tenths).round() * tenths / 10.0;
    if value > 0.0 && near <= 0.0 {
        return texts.fill("less-than", &[("n", fixed(tenths / 10.0, places).into())]);
    }
    fixed(near, places)
}

/// Hectares with their band: limits of the band are rounded outwards, so that what is shown still holds what was found.
pub(crate) fn figure<const PLACES: usize>(
    texts: &Texts,
    ha: conflicts::Fixed<PLACES>,
    band: Option<[conflicts::Fixed<PLACES>; 2]>,
) -> Figure {
    let exact = ha.to_string();
    let Some([low, high]) = band.map(|band| band.map(|end| end.0)) else {
        let (text, band) = (hectares_text(texts, ha.0), texts.say("band-none"));
        return Figure { text, band, exact };
    };
    if high - low < 0.000_05 {
        let (text, band) = (hectares_text(texts, ha.0), texts.say("band-exact"));
        return Figure { text, band, exact };
    }
    let tenths = tenths((high - low) / 2.0);
    let places = usize::from(tenths < 10.0);
    let end = |units: f64| fixed(units * tenths / 10.0, places).into();
    let ends = [
        ("low", end((low * 10.0 / tenths + 1e-9).floor())),
        ("high", end((high * 10.0 / tenths - 1e-9).ceil())),
    ];
    Figure {
        text: rounded(texts, ha.0, tenths),
        band: texts.fill("band-between", &ends),
        exact,
    }
}

/// A share as a percentage, to no more than its band allows; `half` is half the band as a share, nothing where none is known.
pub(crate) fn percent_text(texts: &Texts, share: f64, half: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 0.05 => texts.say("less-than-a-tenth-percent"),
        p => format!("{}\u{a0}%", rounded(texts, p, tenths(half * 100.0))),
    }
}

/// Half a band as a share of the land; nothing where no band is known.
pub(crate) fn half_share<const PLACES: usize>(band: Option<[conflicts::Fixed<PLACES>; 2]>, land_ha: f64) -> f64 {
    match band {
        Some([low, high]) if land_ha > 0.0 => (high.0 - low.0) / 2.0 / land_ha,
        _ => 0.0,
    }
}

/// How many of a hundred parts a share is, to no more than half its band allows.
pub(crate) fn hundredths(share: f64, half: f64) -> f64 {
    let step = (tenths(half * 100.0) / 10.0).max(1.0);
    (share * 100.0 / step).round() * step
}

/// A share as «22 de cada 100 partes», to no more than half its band allows.
pub(crate) fn parts(texts: &Texts, share: f64, half: f64) -> String {
    match share {
        s if s >= 0.999_999_5 => texts.say("parts-all"),
        s if s > 0.99 => texts.say("parts-almost-all"),
        s if s < 0.01 => texts.say("parts-less-than-one"),
        _ => match hundredths(share, half) {
            n if n < 1.0 => texts.say("parts-less-than-one"),
            n => texts.fill("parts", &[("n", format!("{n:.0}").into())]),
        },
    }
}

/// A day: `3 set 2026`.
pub(crate) fn day_text(texts: &Texts, date: Date) -> String {
    let month = texts.say(&format!("month-{}", date.month()));
    format!("{}\u{a0}{month}\u{a0}{}", date.day(), date.year())
}

/// A moment in Lima, five hours behind UTC all year.
pub(crate) fn moment_text(texts: &Texts, at: Timestamp) -> String {
    let there = at.to_zoned(TimeZone::fixed(jiff::tz::offset(-5)));
    let time = format!("{:02}:{:02}", there.hour(), there.minute());
    let places = [("day", day_text(texts, there.date()).into()), ("time", time.into())];
    texts.fill("moment-in-lima", &places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn thousands_stand_apart_from_five_digits_on() {
        assert_eq!(fixed(1234.56, 1), "1234.6");
        assert_eq!(fixed(1_234_567.0, 0), "1\u{202f}234\u{202f}567");
        assert_eq!(fixed(12_345.678, 2), "12\u{202f}345.68");
    }

    #[test]
    fn a_share_never_reads_as_nothing_or_as_all_when_it_is_neither() {
        let texts = Texts::of(Lang::Es);
        assert_eq!(parts(texts, 0.223, 0.0), "22 de cada 100 partes de la tierra");
        assert_eq!(parts(texts, 0.001, 0.0), "menos de 1 de cada 100 partes de la tierra");
        assert_eq!(parts(texts, 0.998, 0.0), "más de 99 de cada 100 partes de la tierra");
        assert_eq!(parts(texts, 1.0, 0.0), "toda la tierra");
        assert_eq!(hectares_text(texts, 0.0001), "menos de 0.01");
    }

    fn shown(ha: f64, band: Option<[f64; 2]>) -> (String, String) {
        let band = band.map(|band| band.map(conflicts::Fixed::<4>));
        let figure = figure(Texts::of(Lang::Es), conflicts::Fixed::<4>(ha), band);
        (figure.text, figure.band)
    }

    fn pair(text: &str, band: &str) -> (String, String) {
        (text.to_owned(), band.to_owned())
    }

    #[test]
    fn hectares_are_rounded_to_what_half_the_band_allows() {
        assert_eq!(
            shown(1234.567, Some([1219.6, 1249.6])),
            pair("1230", "entre 1210 y 1250 ha")
        );
        assert_eq!(shown(50.04, Some([48.5, 51.5])), pair("50", "entre 48 y 52 ha"));
        assert_eq!(shown(50.04, Some([49.95, 50.13])), pair("50.0", "entre 49.9 y 50.2 ha"));
        assert_eq!(shown(7.2, Some([0.0, 300.0])), pair("menos de 100", "entre 0 y 300 ha"));
        assert_eq!(shown(100.0, Some([100.0, 100.0])), pair("100.0", "exacto"));
        assert_eq!(shown(100.0, None), pair("100.0", "sin banda"));
    }

    #[test]
    fn what_is_shown_of_a_band_holds_the_band() {
        for tenth in 1..400 {
            let (low, high) = (f64::from(tenth) * 0.37, f64::from(tenth) * 0.91);
            let (_, said) = shown(f64::from(tenth) * 0.5, Some([low, high]));
            let ends: Vec<f64> = said.split(' ').filter_map(|word| word.parse().ok()).collect();
            assert!(
                ends[0] <= low && high <= ends[1],
                "{said} does not hold {low} and {high}"
            );
        }
    }

    #[test]
    fn shares_follow_their_band() {
        let texts = Texts::of(Lang::Es);
        assert_eq!(percent_text(texts, 0.2236, 0.0), "22.4\u{a0}%");
        assert_eq!(percent_text(texts, 0.2236, 0.02), "22\u{a0}%");
        assert_eq!(percent_text(texts, 0.2236, 0.15), "20\u{a0}%");
        assert_eq!(parts(texts, 0.2236, 0.15), "20 de cada 100 partes de la tierra");
    }

    #[test]
    fn the_hour_is_that_of_lima() {
        let at = "2026-03-02T04:59:00Z".parse().unwrap();
        let said = moment_text(Texts::of(Lang::Es), at);
        assert!(
            said.contains("1\u{a0}mar\u{a0}2026") && said.contains("23:59"),
            "{said}"
        );
    }
}
