//! The parameters of a WMS request: names in any case, unknown ones left alone, as the standard wants.

use super::{Code, Exception};
use crate::drawing::Axes;
use actix_web::web::Query;
use std::collections::BTreeMap;
use territory::LayerKind;

/// The version that answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// 1.1.1
    V111,
    /// 1.3.0
    V130,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// What there is.
    Capabilities,
    /// A picture.
    Map,
    /// What lies under a point.
    FeatureInfo,
    /// What signs mean.
    LegendGraphic,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The version that answers it.
    pub version: Version,
    pairs: BTreeMap<String, String>,
}

impl Version {
    /// `1.3.0`
    pub(crate) fn number(self) -> &'static str {
        match self {
            Self::V111 => "1.1.1",
            Self::V130 => "1.3.0",
        }
    }

    /// The parameter that names the coordinate system.
    pub(crate) fn crs_name(self) -> &'static str {
        match self {
            Self::V111 => "SRS",
            Self::V130 => "CRS",
        }
    }

    /// The system of a code: 1.1.1 puts longitude first in EPSG:4326 too.
    pub(crate) fn axes(self, code: &str) -> Option<Axes> {
        let axes = Axes::find(code)?;
        Some(match self {
            Self::V111 => Axes { swapped: false, ..axes },
            Self::V130 => axes,
        })
    }

    /// The codes of all systems.
    pub(crate) fn codes(self) -> Vec<String> {
        let codes = Axes::all().into_iter().map(Axes::code);
        codes.filter(|code| self == Self::V130 || code != "CRS:84").collect()
    }
}

impl Asked {
    /// Reads a query. Of a name given twice the first counts.
    pub(crate) fn read(query: &str) -> Self {
        let mut pairs: BTreeMap<String, String> = BTreeMap::new();
        let read = Query::<Vec<(String, String)>>::from_query(query);
        for (name, value) in read.map(Query::into_inner).unwrap_or_default() {
            pairs.entry(name.to_ascii_uppercase()).or_insert(value);
        }
        let version = pairs
            .get("VERSION")
            .or_else(|| pairs.get("WMTVER"))
            .map_or("1.3.0", |text| text.trim());
        let older = version
            .split('.')
            .map(|part| part.parse::<u32>().unwrap_or(0))
            .lt([1, 3, 0]);
        Self {
            version: if older { Version::V111 } else { Version::V130 },
            pairs,
        }
    }

    /// The value of a name in capitals; blank is as good as absent.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.pairs
            .get(name)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
    }

    /// A value that is needed.
    pub(crate) fn needed(&self, name: &str, example: &str) -> Result<&str, Exception> {
        self.text(name).ok_or_else(|| Exception::missing(name, example))
    }

    /// A whole number that is needed.
    pub(crate) fn whole(&self, name: &str, example: &str) -> Result<u32, Exception> {
        let text = self.needed(name, example)?;
        text.parse()
            .map_err(|_| Exception::invalid(name, text, "un número entero"))
    }

    /// What is asked for.
    pub(crate) fn request(&self) -> Result<Request, Exception> {
        if let Some(service) = self
            .text("SERVICE")
            .filter(|service| !service.eq_ignore_ascii_case("WMS"))
        {
            return Err(Exception::invalid("SERVICE", service, "WMS"));
        }
        let text = self.needed("REQUEST", "GetCapabilities")?;
        match text.to_ascii_lowercase().as_str() {
            "getcapabilities" | "capabilities" => Ok(Request::Capabilities),
            "getmap" | "map" => Ok(Request::Map),
            "getfeatureinfo" | "feature_info" => Ok(Request::FeatureInfo),
            "getlegendgraphic" => Ok(Request::LegendGraphic),
            _ => Err(Exception::new(
                Code::OperationNotSupported,
                format!(
                    "REQUEST={} no se ofrece aquí. Lo que hay: GetCapabilities, GetMap, GetFeatureInfo, GetLegendGraphic.",
                    text.chars().take(80).collect::<String>()
                ),
            )),
        }
    }

    /// The layers of a list, in its order.
    pub(crate) fn layers(&self, name: &str, known: &[LayerKind]) -> Result<Vec<LayerKind>, Exception> {
        let text = self.needed(name, "concessions")?;
        let mut out = Vec::new();
        for wanted in text.split(',').map(str::trim) {
            let kind = known.iter().find(|kind| kind.id() == wanted).ok_or_else(|| {
                let ids: Vec<&str> = known.iter().map(|kind| kind.id()).collect();
                let wanted: String = wanted.chars().take(80).collect();
                Exception::new(
                    Code::LayerNotDefined,
                    format!("No hay ninguna capa «{wanted}». Las que hay: {}.", ids.join(", ")),
                )
            })?;
            out.push(*kind);
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case_and_versions_are_negotiated() {
        let asked = Asked::read("service=wms&ReQuest=GetMap&version=1.1.0&Layers=a&layers=b&vendor=x");
        assert_eq!(asked.version, Version::V111);
        assert_eq!(asked.request().unwrap(), Request::Map);
        assert_eq!(asked.text("LAYERS"), Some("a"));
        for (text, version) in [
            ("1.0.0", Version::V111),
            ("1.3.0", Version::V130),
            ("1.4.0", Version::V130),
            ("2.0.0", Version::V130),
            ("1.2.9", Version::V111),
        ] {
            assert_eq!(Asked::read(&format!("version={text}")).version, version, "{text}");
        }
        assert_eq!(Asked::read("").version, Version::V130);
    }

    #[test]
    fn the_older_version_puts_longitude_first() {
        assert!(Version::V130.axes("EPSG:4326").unwrap().swapped);
        assert!(!Version::V111.axes("EPSG:4326").unwrap().swapped);
        assert!(!Version::V111.codes().contains(&"CRS:84".to_owned()));
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let code = |query: &str| Asked::read(query).request().unwrap_err().code;
        assert_eq!(code("service=WMS"), Code::MissingParameterValue);
        assert_eq!(code("service=WFS&request=GetMap"), Code::InvalidParameterValue);
        assert_eq!(code("request=GetTile"), Code::OperationNotSupported);
        let asked = Asked::read("layers=springs,nothing");
        let refused = asked.layers("LAYERS", &[LayerKind::Springs]).unwrap_err();
        assert!(
            refused.code == Code::LayerNotDefined && refused.text.contains("«nothing»"),
            "{}",
            refused.text
        );
    }
}
