//! Numbers and dates as people read them: decimal point, thousands apart by a thin space, no more decimals than help.

use crate::Texts;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use maud::{Markup, html};

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

/// Hectares with the exact value at hand.
pub(crate) fn hectares<const PLACES: usize>(texts: &Texts, ha: conflicts::Fixed<PLACES>) -> Markup {
    html! { data value=(ha) title=(format!("{ha} ha")) { (hectares_text(texts, ha.0)) } }
}

/// A share as a percentage, with the exact share at hand.
pub(crate) fn percent(texts: &Texts, share: conflicts::Fixed<6>) -> Markup {
    html! { data value=(share) title=(share) { (percent_text(texts, share.0)) } }
}

pub(crate) fn percent_text(texts: &Texts, share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 0.05 => texts.say("less-than-a-tenth-percent"),
        p => format!("{p:.1}\u{a0}%"),
    }
}

/// A share as «22 de cada 100 partes».
pub(crate) fn parts(texts: &Texts, share: f64) -> String {
    let hundredths = (share * 100.0).round();
    match share {
        s if s >= 0.999_999_5 => texts.say("parts-all"),
        s if s > 0.99 => texts.say("parts-almost-all"),
        s if s < 0.01 => texts.say("parts-less-than-one"),
        _ => texts.fill("parts", &[("n", format!("{hundredths:.0}").into())]),
    }
}

/// A day: `3 set 2026`.
pub(crate) fn day(texts: &Texts, date: Date) -> Markup {
    html! { time datetime=(date) { (day_text(texts, date)) } }
}

pub(crate) fn day_text(texts: &Texts, date: Date) -> String {
    let month = texts.say(&format!("month-{}", date.month()));
    format!("{}\u{a0}{month}\u{a0}{}", date.day(), date.year())
}

/// A moment in Lima, five hours behind UTC all year.
pub(crate) fn moment(texts: &Texts, at: Timestamp) -> Markup {
    html! { time datetime=(at) { (moment_text(texts, at)) } }
}

pub(crate) fn moment_text(texts: &Texts, at: Timestamp) -> String {
    let there = at.to_zoned(TimeZone::fixed(jiff::tz::offset(-5)));
    let time = format!("{:02}:{:02}", there.hour(), there.minute());
    texts.fill(
        "moment-in-lima",
        &[("day", day_text(texts, there.date()).into()), ("time", time.into())],
    )
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
        assert_eq!(parts(texts, 0.223), "22 de cada 100 partes de la tierra");
        assert_eq!(parts(texts, 0.001), "menos de 1 de cada 100 partes de la tierra");
        assert_eq!(parts(texts, 0.998), "más de 99 de cada 100 partes de la tierra");
        assert_eq!(parts(texts, 1.0), "toda la tierra");
        assert_eq!(hectares_text(texts, 0.0001), "menos de 0.01");
    }

    #[test]
    fn the_hour_is_that_of_lima() {
        let at = "2026-03-02T04:59:00Z".parse().unwrap();
        let said = moment(Texts::of(Lang::Es), at).into_string();
        assert!(
            said.contains("1\u{a0}mar\u{a0}2026") && said.contains("23:59"),
            "{said}"
        );
    }
}
