//! The functions that a filter may call.

use crate::{Record, Scalar, words::Kind};
use geo_types::{Geometry, MultiPolygon};
use std::borrow::Cow;

/// A function: what it is called, takes and gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionInfo {
    /// Its name; any case will do in a filter.
    pub name: &'static str,
    /// The types of its arguments.
    pub arguments: &'static [Kind],
    /// The type of its value.
    pub returns: Kind,
    /// What it gives, in Spanish.
    pub about_es: &'static str,
    /// What it gives, in English.
    pub about_en: &'static str,
    pub(crate) function: Function,
}

/// Which function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Upper,
    Lower,
    Length,
    Abs,
    Year,
    GeodesicHa,
}

const FUNCTIONS: [FunctionInfo; 6] = [
    FunctionInfo {
        name: "upper",
        arguments: &[Kind::Text],
        returns: Kind::Text,
        about_es: "El texto en mayúsculas.",
        about_en: "The text in upper case.",
        function: Function::Upper,
    },
    FunctionInfo {
        name: "lower",
        arguments: &[Kind::Text],
        returns: Kind::Text,
        about_es: "El texto en minúsculas.",
        about_en: "The text in lower case.",
        function: Function::Lower,
    },
    FunctionInfo {
        name: "length",
        arguments: &[Kind::Text],
        returns: Kind::Number,
        about_es: "Cuántos caracteres tiene el texto.",
        about_en: "How many characters the text has.",
        function: Function::Length,
    },
    FunctionInfo {
        name: "abs",
        arguments: &[Kind::Number],
        returns: Kind::Number,
        about_es: "El número sin su signo.",
        about_en: "The number without its sign.",
        function: Function::Abs,
    },
    FunctionInfo {
        name: "year",
        arguments: &[Kind::Instant],
        returns: Kind::Number,
        about_es: "El año de una fecha, o de una fecha con hora en UTC.",
        about_en: "The year of a date, or of a timestamp in UTC.",
        function: Function::Year,
    },
    FunctionInfo {
        name: "geodesic_ha",
        arguments: &[Kind::Geometry],
        returns: Kind::Number,
        about_es: "Hectáreas geodésicas (elipsoide WGS 84) de los polígonos; nulo si no los hay.",
        about_en: "Geodesic hectares (WGS 84 ellipsoid) of the polygons; null where there are none.",
        function: Function::GeodesicHa,
    },
];

/// The functions that a filter may call.
pub fn functions() -> &'static [FunctionInfo] {
    &FUNCTIONS
}

impl FunctionInfo {
    pub(crate) fn of_name(name: &str) -> Option<&'static Self> {
        FUNCTIONS.iter().find(|info| info.name.eq_ignore_ascii_case(name))
    }

    /// How it is written, with the types of its arguments in Spanish.
    pub(crate) fn signature(&self) -> String {
        let arguments: Vec<&str> = self.arguments.iter().map(|kind| kind.argument_es()).collect();
        format!("{}({})", self.name, arguments.join(", "))
    }
}

/// The names, for errors.
pub(crate) fn names() -> String {
    let names: Vec<&str> = FUNCTIONS.iter().map(|info| info.name).collect();
    names.join(", ")
}

impl Function {
    /// The value of a function of one scalar.
    pub(crate) fn of_scalar(self, argument: &Scalar<'_>) -> Option<Scalar<'static>> {
        match (self, argument) {
            (Self::Upper, Scalar::Text(text)) => Some(Scalar::Text(Cow::Owned(text.to_uppercase()))),
            (Self::Lower, Scalar::Text(text)) => Some(Scalar::Text(Cow::Owned(text.to_lowercase()))),
            (Self::Length, Scalar::Text(text)) => i64::try_from(text.chars().count()).ok().map(Scalar::Integer),
            (Self::Abs, Scalar::Integer(number)) => {
                let whole = number.checked_abs().map(Scalar::Integer);
                whole.or(Some(Scalar::Number((*number as f64).abs())))
            }
            (Self::Abs, Scalar::Number(number)) => Some(Scalar::Number(number.abs())),
            (Self::Year, Scalar::Date(date)) => Some(Scalar::Integer(date.year().into())),
            (Self::Year, Scalar::Timestamp(instant)) => {
                let day = instant.to_zoned(jiff::tz::TimeZone::UTC).date();
                Some(Scalar::Integer(day.year().into()))
            }
            _ => None,
        }
    }

    /// The value of a function of the feature's geometry.
    pub(crate) fn of_feature<R: Record + ?Sized>(self, record: &R) -> Option<Scalar<'static>> {
        match self {
            Self::GeodesicHa => geodesic_ha(record.geometry()?).map(Scalar::Number),
            _ => None,
        }
    }
}

/// Hectares on the ellipsoid of the polygons of a geometry; none where there are none.
pub(crate) fn geodesic_ha(geometry: &Geometry<f64>) -> Option<f64> {
    let mut areas = Vec::new();
    crate::parts::any(geometry, &mut |part| {
        if let crate::parts::Part::Area(area) = part {
            areas.push(area.clone());
        }
        false
    });
    (!areas.is_empty()).then(|| territory::geodesic_hectares(&MultiPolygon(areas)).0)
}
