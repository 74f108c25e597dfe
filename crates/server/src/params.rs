//! Parameters of a request, from its address or its form: known ones only, each at most once.

use crate::{
    clock,
    nearest::nearest,
    problem::{Kind, Problem},
    sealing::Keep,
};
use actix_web::web::Query;
use crs::UtmZone;
use jiff::{Timestamp, civil::Date};
use reports::{Audience, Lang};
use serde_json::json;
use std::collections::BTreeMap;
use territory::AsOf;

/// The parameters of a check, in addresses and forms.
pub(crate) const CHECK: &[&str] = &[
    "f", "lang", "audience", "zone", "slivers", "valid-at", "known-at", "since", "keep",
];

/// How a time is written.
pub(crate) const TIME: &str = "una fecha como 2026-01-31 o un momento como 2026-01-31T12:00:00Z";

/// What was given. Parameters without a value are as good as absent: forms send them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params(BTreeMap<String, String>);

impl Params {
    /// Reads a query or an urlencoded form.
    ///
    /// # Errors
    /// `unknown-parameter`, and `invalid-parameter` for one given twice.
    pub(crate) fn read(text: &str, known: &[&str]) -> Result<Self, Problem> {
        let pairs = Query::<Vec<(String, String)>>::from_query(text)
            .map_err(|_| Kind::BadRequest.because("Los parámetros de la dirección no se pueden leer. Revíselos."))?;
        let mut params = Self::default();
        for (name, value) in pairs.into_inner() {
            params.add(&name, value, known)?;
        }
        Ok(params)
    }

    /// Adds one.
    ///
    /// # Errors
    /// As [`Params::read`].
    pub(crate) fn add(&mut self, name: &str, value: String, known: &[&str]) -> Result<(), Problem> {
        if !known.contains(&name) {
            return Err(unknown(name, known));
        }
        if value.trim().is_empty() {
            return Ok(());
        }
        match self.0.insert(name.to_owned(), value) {
            None => Ok(()),
            Some(_) => Err(Kind::InvalidParameter
                .because(format!("«{name}» está dos veces. Deje una sola."))
                .with("parameter", name)),
        }
    }

    /// The value of one.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// All of them, by name.
    pub(crate) fn into_pairs(self) -> impl Iterator<Item = (String, String)> {
        self.0.into_iter()
    }

    /// `f`.
    pub(crate) fn f(&self) -> Option<&str> {
        self.text("f")
    }

    /// `lang`: es, en, qu.
    pub(crate) fn lang(&self) -> Result<Lang, Problem> {
        let known: Vec<&str> = Lang::ALL.iter().map(|lang| lang.code()).collect();
        self.chosen("lang", &known, |word| {
            Lang::ALL.into_iter().find(|lang| lang.code() == word)
        })
    }

    /// `audience`: community, office.
    pub(crate) fn audience(&self) -> Result<Audience, Problem> {
        let known: Vec<&str> = Audience::ALL.iter().map(|audience| audience.id()).collect();
        self.chosen("audience", &known, |word| word.parse().ok())
    }

    /// One of a few words; the usual one where nothing was said.
    fn chosen<T: Default>(&self, name: &str, known: &[&str], read: impl Fn(&str) -> Option<T>) -> Result<T, Problem> {
        let Some(text) = self.text(name) else {
            return Ok(T::default());
        };
        read(text.trim()).ok_or_else(|| {
            invalid(name, text, &format!("una de estas palabras: {}", known.join(", "))).with("available", json!(known))
        })
    }

    /// `limit`: from 1 to `most`.
    pub(crate) fn limit(&self, usual: usize, most: usize) -> Result<usize, Problem> {
        let Some(text) = self.text("limit") else {
            return Ok(usual);
        };
        match text.parse() {
            Ok(limit) if (1..=most).contains(&limit) => Ok(limit),
            _ => Err(invalid("limit", text, &format!("un número de 1 a {most}"))),
        }
    }

    /// `zone`: 17, 18 or 19.
    pub(crate) fn zone(&self) -> Result<Option<UtmZone>, Problem> {
        self.text("zone")
            .map(|text| {
                text.trim()
                    .parse()
                    .ok()
                    .and_then(UtmZone::from_number)
                    .ok_or_else(|| invalid("zone", text, "17, 18 o 19"))
            })
            .transpose()
    }

    /// `slivers=keep`.
    pub(crate) fn keep_slivers(&self) -> Result<bool, Problem> {
        match self.text("slivers") {
            None => Ok(false),
            Some("keep") => Ok(true),
            Some(other) => Err(invalid("slivers", other, "keep, o nada")),
        }
    }

    /// `keep`: whether the report is to be kept.
    pub(crate) fn keep(&self) -> Result<Keep, Problem> {
        match self.text("keep") {
            None | Some("false") => Ok(Keep::Usual),
            Some("true") => Ok(Keep::Asked),
            Some(other) => Err(invalid("keep", other, "true, o nada")),
        }
    }

    /// `valid-at`: a day.
    pub(crate) fn valid_at(&self) -> Result<Option<Date>, Problem> {
        self.text("valid-at")
            .map(|text| {
                text.trim()
                    .parse()
                    .map_err(|_| invalid("valid-at", text, "una fecha como 2026-01-31"))
            })
            .transpose()
    }

    /// A time to compare with.
    pub(crate) fn time(&self, name: &'static str) -> Result<Option<Time>, Problem> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        // a plus sign that nobody escaped arrives as a space
        let plain = text.trim().replace(' ', "+");
        let (valid, known) = match (plain.parse::<Timestamp>(), plain.parse::<Date>()) {
            (Ok(moment), _) => (clock::day_of(moment), Some(moment)),
            (_, Ok(day)) => (day, None),
            _ => return Err(invalid(name, text, TIME)),
        };
        Ok(Some(Time { valid, known }))
    }

    /// `known-at`: a moment, or the end of a day in Lima.
    pub(crate) fn known_at(&self) -> Result<Option<Timestamp>, Problem> {
        let Some(text) = self.text("known-at") else {
            return Ok(None);
        };
        // a plus sign that nobody escaped arrives as a space
        let plain = text.trim().replace(' ', "+");
        let moment = plain
            .parse::<Timestamp>()
            .ok()
            .or_else(|| plain.parse().ok().and_then(clock::end_of));
        moment.map(Some).ok_or_else(|| invalid("known-at", text, TIME))
    }
}

/// A time to compare with: a day, or a moment with its day in Lima.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    valid: Date,
    known: Option<Timestamp>,
}

impl Time {
    /// The later of two times; all that the store knows is known where no moment is given.
    pub(crate) fn later(time: Option<Self>) -> AsOf {
        AsOf {
            valid: time.map_or_else(clock::today, |time| time.valid),
            known: time.and_then(|time| time.known).unwrap_or(Timestamp::MAX),
        }
    }

    /// The earlier of two times: a day is seen as it is known at the later one.
    ///
    /// # Errors
    /// `invalid-parameter` with its name, where it is no earlier than the other, which `what` names.
    pub(crate) fn earlier(self, name: &str, later: AsOf, what: &str) -> Result<AsOf, Problem> {
        let known = self.known.unwrap_or(later.known);
        if self.valid > later.valid {
            let expected = format!("una fecha no posterior a {what} ({})", later.valid);
            return Err(invalid(name, &self.valid.to_string(), &expected));
        }
        if known > later.known {
            let expected = format!("un momento no posterior a {what} ({})", later.known);
            return Err(invalid(name, &known.to_string(), &expected));
        }
        Ok(AsOf {
            valid: self.valid,
            known,
        })
    }
}

/// The refusal of a value.
pub(crate) fn invalid(name: &str, value: &str, expected: &str) -> Problem {
    let value: String = value.chars().take(80).collect();
    Kind::InvalidParameter
        .because(format!("«{name}» vale «{value}» y se espera {expected}."))
        .with("parameter", name)
        .with("expected", expected)
}

/// The refusal of a name, with those that there are.
pub(crate) fn unknown(name: &str, known: &[&str]) -> Problem {
    let name: String = name.chars().take(80).collect();
    let near = nearest(&name, known.iter().copied());
    let offer = near
        .first()
        .map_or_else(String::new, |near| format!(" ¿Quiso decir «{near}»?"));
    let list = if known.is_empty() {
        "Esta dirección no tiene parámetros.".to_owned()
    } else {
        format!("Los que hay: {}.", known.join(", "))
    };
    Kind::UnknownParameter
        .because(format!("«{name}» no es un parámetro de esta dirección.{offer} {list}"))
        .with("parameter", name)
        .with("known", json!(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_parameter_is_named_and_the_known_ones_listed() {
        let problem = Params::read("zona=17", CHECK).unwrap_err();
        assert_eq!(problem.kind, Kind::UnknownParameter);
        assert!(problem.detail.contains("«zona»") && problem.detail.contains("¿Quiso decir «zone»?"));
        assert_eq!(problem.members["known"], json!(CHECK));
    }

    #[test]
    fn a_language_or_an_audience_that_does_not_exist_is_refused_with_the_list() {
        let params = Params::read("lang=fr&audience=opmi", CHECK).unwrap();
        let problem = params.lang().unwrap_err();
        assert_eq!(problem.members["available"], json!(["es", "qu", "en"]));
        let problem = params.audience().unwrap_err();
        assert_eq!(problem.members["available"], json!(["community", "office"]));
        assert!(problem.detail.contains("«opmi»"), "{}", problem.detail);
    }

    #[test]
    fn a_parameter_given_twice_is_refused_and_one_without_value_is_absent() {
        assert_eq!(
            Params::read("zone=17&zone=18", CHECK).unwrap_err().kind,
            Kind::InvalidParameter
        );
        assert_eq!(Params::read("zone=&slivers=", CHECK).unwrap().zone().unwrap(), None);
    }

    #[test]
    fn values_are_read_with_their_accents_and_signs() {
        let params = Params::read("name=El+T%C3%ADngo&limit=3", &["name", "limit"]).unwrap();
        assert_eq!(params.text("name"), Some("El Tíngo"));
        assert_eq!(params.limit(20, 100).unwrap(), 3);
        let params = Params::read("known-at=2026-01-01T00:00:00+00:00&valid-at=2026-02-29", CHECK).unwrap();
        assert!(params.known_at().unwrap().is_some());
        assert!(params.valid_at().unwrap_err().detail.contains("2026-02-29"));
    }

    #[test]
    fn values_out_of_their_range_say_what_is_expected() {
        for (query, expected) in [
            ("zone=20", "17, 18 o 19"),
            ("slivers=no", "keep"),
            ("known-at=ayer", "2026-01-31"),
        ] {
            let params = Params::read(query, CHECK).unwrap();
            let refusals = [
                params.zone().err(),
                params.keep_slivers().err(),
                params.known_at().err(),
            ];
            let problem = refusals.into_iter().flatten().next().unwrap();
            assert!(problem.detail.contains(expected), "{}", problem.detail);
        }
    }
}
