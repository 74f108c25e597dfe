//! The land that somebody asks about.

use crate::precedence;
use crs::UtmZone;
use geo_types::MultiPolygon;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use territory::{DeclaredHectares, Feature, Footprint, FootprintError, LayerKind, Metres, Repair, home_zone, locate};

/// What a subject is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectKind {
    /// A feature of a layer.
    Feature {
        /// Its layer.
        layer: LayerKind,
        /// Its edition.
        edition: String,
        /// Its key.
        key: String,
    },
    /// A geometry that somebody gave.
    Geometry,
}

/// The land that somebody asks about, in its judging zone.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Feature or geometry.
    pub kind: SubjectKind,
    /// Its name.
    pub name: Option<String>,
    /// State of a feature as its source says: `Titulada`, `Referencial`.
    pub status: Option<String>,
    /// The day that it stands on for precedence; none for a geometry that somebody gave.
    pub dated_at: Option<Date>,
    /// Standard deviation of its position as its edition states it; none for a geometry that somebody gave.
    pub deviation: Option<Metres>,
    /// Grid of a mining right: `psad56` or `wgs84`.
    pub grid_datum: Option<String>,
    /// Land in the judging zone.
    pub footprint: Footprint,
    /// The same in lon/lat WGS 84 degrees.
    pub lonlat: MultiPolygon<f64>,
    /// The zone that holds most of it; differs from the judging zone where the reader asked for another.
    pub home: UtmZone,
    /// What was mended.
    pub repairs: Vec<Repair>,
    /// The CRS that was stated.
    pub crs_declared: Option<String>,
    /// The CRS used.
    pub crs_used: String,
    /// Why.
    pub evidence: Vec<String>,
    /// Hectares that a register declares.
    pub declared: Option<DeclaredHectares>,
}

/// Why something is no subject.
#[derive(Debug, thiserror::Error)]
pub enum SubjectError {
    /// The feature is a line or a point.
    #[error("feature {layer}/{key} is no land")]
    NoLand {
        /// Layer.
        layer: LayerKind,
        /// Key.
        key: String,
    },
    /// The land cannot be judged.
    #[error(transparent)]
    Footprint(#[from] FootprintError),
}

impl SubjectError {
    /// What is wrong and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::NoLand { layer, key } => format!(
                "El elemento «{key}» de «{layer}» es un punto o una línea: no tiene superficie que comparar. Elija otro."
            ),
            Self::Footprint(error) => match error {
                FootprintError::OutsideZones(lon) => format!(
                    "La longitud {lon} no cae en ninguna zona UTM del Perú (84° O a 66° O). Revise el sistema de coordenadas, \
                     el orden de los ejes y los signos."
                ),
                FootprintError::NotFinite { part, vertex } => format!(
                    "El vértice {} del polígono {} no es un número finito: corrija esa coordenada.",
                    vertex + 1,
                    part + 1
                ),
                FootprintError::Empty => {
                    "No queda ninguna tierra después de reparar la geometría: sus anillos no encierran \
                                          superficie. Dibuje el lindero como un polígono."
                        .to_owned()
                }
                FootprintError::NotMetric { x, y } => {
                    format!("({x}, {y}) no son este y norte de una zona UTM. Revise las coordenadas y su sistema.")
                }
                FootprintError::Invalid(what) => {
                    format!("Los anillos se cruzan o se superponen y no se pudieron reparar ({what}). Redibújelos.")
                }
                FootprintError::Transform(error) => error.sentence_es(),
            },
        }
    }
}

impl Subject {
    /// Hash of its land on the grid of the judging zone, in hex, as reports state it.
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        hash.update([self.footprint.zone().number()]);
        hash.update(self.footprint.shape().to_bytes());
        territory::hex(&hash.finalize())
    }

    /// A geometry in lon/lat WGS 84 degrees, repaired, judged in its home zone or in `zone`.
    ///
    /// # Errors
    /// When the geometry has no land, or lies outside of the zones.
    pub fn geometry(lonlat: &MultiPolygon<f64>, zone: Option<UtmZone>) -> Result<Self, SubjectError> {
        let located = locate(lonlat, zone)?;
        let home = home_zone(lonlat)?;
        let footprint = Footprint::from_shape(located.land.home, located.land.shape)?;
        Ok(Self {
            kind: SubjectKind::Geometry,
            name: None,
            status: None,
            dated_at: None,
            deviation: None,
            grid_datum: None,
            footprint,
            lonlat: located.lonlat,
            home,
            repairs: located.repairs,
            crs_declared: None,
            crs_used: "EPSG:4326".to_owned(),
            evidence: Vec::new(),
            declared: None,
        })
    }

    /// A feature of an edition, judged in its home zone or in `zone`.
    ///
    /// # Errors
    /// When the feature is no land.
    pub fn feature(
        layer: LayerKind,
        edition: &territory::EditionMeta,
        feature: &Feature,
        zone: Option<UtmZone>,
    ) -> Result<Self, SubjectError> {
        let no_land = || SubjectError::NoLand {
            layer,
            key: feature.key.clone(),
        };
        let land = feature.land.as_ref().ok_or_else(no_land)?;
        let lonlat = match &feature.lonlat {
            geo_types::Geometry::Polygon(polygon) => MultiPolygon(vec![polygon.clone()]),
            geo_types::Geometry::MultiPolygon(land) => land.clone(),
            _ => return Err(no_land()),
        };
        let zone = zone.unwrap_or(land.home);
        let shape = land.shape_in(zone, &feature.lonlat).clone();
        let text = |field: &str| feature.attributes.text(field).map(ToOwned::to_owned);
        Ok(Self {
            kind: SubjectKind::Feature {
                layer,
                edition: edition.id.clone(),
                key: feature.key.clone(),
            },
            name: text("name"),
            status: text("status"),
            dated_at: precedence::dated_at(layer, feature),
            deviation: edition.deviation(),
            grid_datum: text("grid_datum"),
            footprint: Footprint::from_stored(zone, shape)?,
            lonlat,
            home: land.home,
            repairs: Vec::new(),
            crs_declared: Some(edition.crs.clone()),
            crs_used: edition.crs.clone(),
            evidence: Vec::new(),
            declared: feature.attributes.number("declared_ha").map(DeclaredHectares),
        })
    }
}
