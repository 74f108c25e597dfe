//! Refusals in the words of WMS.

use super::Version;
use crate::problem::Problem;
use maps::xml_escaped;

/// The codes of the standard; none of them for what it does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// What the standard has no code for.
    None,
    /// A format that is not offered.
    InvalidFormat,
    /// A system that is not offered.
    InvalidCrs,
    /// A layer that there is not.
    LayerNotDefined,
    /// A style that there is not.
    StyleNotDefined,
    /// A point beyond the picture.
    InvalidPoint,
    /// The reader has this document.
    CurrentUpdateSequence,
    /// The reader has a later document than there is.
    InvalidUpdateSequence,
    /// A parameter that is needed.
    MissingParameterValue,
    /// A value that cannot be.
    InvalidParameterValue,
    /// A time that cannot be.
    InvalidDimensionValue,
    /// A request that is not offered.
    OperationNotSupported,
}

/// A refusal.
#[derive(Clone, Debug)]
pub(crate) struct Exception {
    /// Its code.
    pub code: Code,
    /// What happened and how to mend it, in Spanish.
    pub text: String,
    /// The HTTP status: 200 for what the asker can mend, as WMS clients expect, and the server's own troubles as they are.
    pub status: u16,
}

impl Exception {
    /// A refusal of a code.
    pub(crate) fn new(code: Code, text: impl Into<String>) -> Self {
        Self {
            code,
            text: text.into(),
            status: 200,
        }
    }

    /// A parameter that is needed.
    pub(crate) fn missing(name: &str, example: &str) -> Self {
        Self::new(
            Code::MissingParameterValue,
            format!("Falta el parámetro «{name}». Agréguelo, por ejemplo {name}={example}."),
        )
    }

    /// A value that cannot be.
    pub(crate) fn invalid(name: &str, value: &str, expected: &str) -> Self {
        let value: String = value.chars().take(80).collect();
        Self::new(
            Code::InvalidParameterValue,
            format!("«{name}» vale «{value}» y se espera {expected}."),
        )
    }

    /// The report in the form of a version.
    pub(crate) fn xml(&self, version: Version) -> String {
        let code = match self.code.word(version) {
            Some(word) => format!(" code=\"{word}\""),
            None => String::new(),
        };
        let text = xml_escaped(&self.text);
        match version {
            Version::V130 => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ServiceExceptionReport version=\"1.3.0\" xmlns=\"http://www.opengis.net/ogc\" \
                 xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://www.opengis.net/ogc \
                 http://schemas.opengis.net/wms/1.3.0/exceptions_1_3_0.xsd\"><ServiceException{code}>{text}</ServiceException></ServiceExceptionReport>\n"
            ),
            Version::V111 => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!DOCTYPE ServiceExceptionReport SYSTEM \
                 \"http://schemas.opengis.net/wms/1.1.1/exception_1_1_1.dtd\">\n<ServiceExceptionReport version=\"1.1.1\">\
                 <ServiceException{code}>{text}</ServiceException></ServiceExceptionReport>\n"
            ),
        }
    }
}

impl From<Problem> for Exception {
    fn from(problem: Problem) -> Self {
        let status = problem.kind.status();
        Self {
            code: if status == 400 {
                Code::InvalidParameterValue
            } else {
                Code::None
            },
            text: problem.detail,
            status: if status >= 500 { status } else { 200 },
        }
    }
}

impl Code {
    fn word(self, version: Version) -> Option<&'static str> {
        Some(match self {
            Self::None => return None,
            Self::InvalidFormat => "InvalidFormat",
            Self::InvalidCrs if version == Version::V111 => "InvalidSRS",
            Self::InvalidCrs => "InvalidCRS",
            Self::LayerNotDefined => "LayerNotDefined",
            Self::StyleNotDefined => "StyleNotDefined",
            Self::InvalidPoint => "InvalidPoint",
            Self::CurrentUpdateSequence => "CurrentUpdateSequence",
            Self::InvalidUpdateSequence => "InvalidUpdateSequence",
            Self::MissingParameterValue => "MissingParameterValue",
            Self::InvalidParameterValue => "InvalidParameterValue",
            Self::InvalidDimensionValue => "InvalidDimensionValue",
            Self::OperationNotSupported => "OperationNotSupported",
        })
    }
}
