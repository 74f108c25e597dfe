//! Spanish numbers in words, as they are read aloud.

/// Whether what is counted is masculine or feminine, or the number stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// Before a masculine noun: *veintiún derechos*, *doscientos*.
    Masculine,
    /// Before a feminine noun: *veintiuna hectáreas*, *doscientas*.
    Feminine,
    /// Alone: *veintiuno*.
    Alone,
}

const SMALL: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS: [&str; 10] = [
    "",
    "",
    "",
    "treinta",
    "cuarenta",
    "cincuenta",
    "sesenta",
    "setenta",
    "ochenta",
    "noventa",
];
const HUNDREDS: [&str; 10] = [
    "",
    "ciento",
    "doscient",
    "trescient",
    "cuatrocient",
    "quinient",
    "seiscient",
    "setecient",
    "ochocient",
    "novecient",
];

/// A whole number below a thousand million in words; larger ones in digits.
///
/// ```
/// use reports::{Gender, number_words};
/// assert_eq!(number_words(21, Gender::Feminine), "veintiuna");
/// assert_eq!(number_words(1_021, Gender::Masculine), "mil veintiún");
/// ```
pub fn number_words(number: u64, gender: Gender) -> String {
    if number >= 1_000_000_000 {
        return number.to_string();
    }
    let (millions, rest) = (number / 1_000_000, number % 1_000_000);
    let (thousands, units) = (rest / 1_000, rest % 1_000);
    let mut words = Vec::new();
    match millions {
        0 => {}
        1 => words.push("un millón".to_owned()),
        // millón is masculine whatever is counted
        many => words.push(format!("{} millones", below_thousand(many, Gender::Masculine))),
    }
    match thousands {
        0 => {}
        1 => words.push("mil".to_owned()),
        many => {
            let before_mil = if gender == Gender::Feminine {
                gender
            } else {
                Gender::Masculine
            };
            words.push(format!("{} mil", below_thousand(many, before_mil)));
        }
    }
    if units > 0 || number == 0 {
        words.push(below_thousand(units, gender));
    }
    words.join(" ")
}

fn below_thousand(number: u64, gender: Gender) -> String {
    let digit = |value: u64| usize::try_from(value).expect("below a thousand");
    let (hundreds, rest) = (digit(number / 100), number % 100);
    let mut words = Vec::new();
    match (hundreds, rest) {
        (0, _) => {}
        (1, 0) => words.push("cien".to_owned()),
        (1, _) => words.push("ciento".to_owned()),
        (_, _) => words.push(format!(
            "{}{}",
            HUNDREDS[hundreds],
            if gender == Gender::Feminine { "as" } else { "os" }
        )),
    }
    if rest > 0 || hundreds == 0 {
        words.push(below_hundred(digit(rest), gender));
    }
    words.join(" ")
}

fn below_hundred(number: usize, gender: Gender) -> String {
    let one = match gender {
        Gender::Masculine => "un",
        Gender::Feminine => "una",
        Gender::Alone => "uno",
    };
    match (number, number % 10) {
        (1, _) => one.to_owned(),
        (21, _) if gender == Gender::Masculine => "veintiún".to_owned(),
        (21, _) => format!("veinti{one}"),
        (small, _) if small < 30 => SMALL[small].to_owned(),
        (tens, 0) => TENS[tens / 10].to_owned(),
        (tens, 1) => format!("{} y {one}", TENS[tens / 10]),
        (tens, unit) => format!("{} y {}", TENS[tens / 10], SMALL[unit]),
    }
}

/// A number with up to two decimals: *doce coma cinco*, *tres coma cero siete*. Decimals that are nothing are not said.
pub fn decimal_words(number: f64, places: usize, gender: Gender) -> String {
    let text = format!("{:.*}", places.min(2), number.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    let Ok(whole) = whole.parse::<u64>() else {
        return text.clone();
    };
    if decimals.is_empty() {
        return number_words(whole, gender);
    }
    let zeros = decimals.len() - decimals.trim_start_matches('0').len();
    let rest: u64 = decimals.parse().unwrap_or_default();
    let zeros = "cero ".repeat(zeros);
    format!(
        "{} coma {zeros}{}",
        number_words(whole, gender),
        number_words(rest, Gender::Alone)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_are_said_as_the_academy_writes_them() {
        let alone = |n| number_words(n, Gender::Alone);
        for (number, said) in [
            (0, "cero"),
            (1, "uno"),
            (16, "dieciséis"),
            (21, "veintiuno"),
            (22, "veintidós"),
            (30, "treinta"),
            (31, "treinta y uno"),
            (100, "cien"),
            (101, "ciento uno"),
            (200, "doscientos"),
            (500, "quinientos"),
            (700, "setecientos"),
            (999, "novecientos noventa y nueve"),
            (1_000, "mil"),
            (1_001, "mil uno"),
            (2_000, "dos mil"),
            (21_000, "veintiún mil"),
            (31_000, "treinta y un mil"),
            (100_000, "cien mil"),
            (101_000, "ciento un mil"),
            (1_000_000, "un millón"),
            (1_000_001, "un millón uno"),
            (21_000_000, "veintiún millones"),
            (
                999_999_999,
                "novecientos noventa y nueve millones novecientos noventa y nueve mil novecientos noventa y nueve",
            ),
            (1_000_000_000, "1000000000"),
        ] {
            assert_eq!(alone(number), said);
        }
    }

    #[test]
    fn what_is_counted_decides_the_gender() {
        let of = |n, gender| number_words(n, gender);
        assert_eq!(of(21, Gender::Masculine), "veintiún");
        assert_eq!(of(21, Gender::Feminine), "veintiuna");
        assert_eq!(of(1, Gender::Feminine), "una");
        assert_eq!(of(200, Gender::Feminine), "doscientas");
        assert_eq!(of(21_231, Gender::Feminine), "veintiuna mil doscientas treinta y una");
        assert_eq!(of(200_000_500, Gender::Feminine), "doscientos millones quinientas");
    }

    #[test]
    fn decimals_keep_their_zeros_in_front_and_lose_those_behind() {
        assert_eq!(decimal_words(12.5, 1, Gender::Feminine), "doce coma cinco");
        assert_eq!(decimal_words(3.07, 2, Gender::Feminine), "tres coma cero siete");
        assert_eq!(decimal_words(1.50, 2, Gender::Feminine), "una coma cinco");
        assert_eq!(decimal_words(4.0, 1, Gender::Feminine), "cuatro");
        assert_eq!(decimal_words(0.99, 1, Gender::Feminine), "una");
    }

    #[test]
    fn no_two_numbers_are_said_the_same() {
        let mut said = BTreeSet::new();
        for number in (0..12_000).chain((12_000..999_999_999).step_by(99_991)) {
            assert!(said.insert(number_words(number, Gender::Feminine)), "{number}");
        }
    }
}
