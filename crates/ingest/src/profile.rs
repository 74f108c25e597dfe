//! A profile: how the fields of one source become ours. Data, not code: `config/layers/NAME.toml`.

use crate::domain::Domain;
use crate::field_rule::FieldRule;
use crs::{Crs, UtmZone};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use territory::{LayerKind, Visibility};

/// How one source is read. Every key is explained in `config/layers/generic.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What the layer is about; without it the caller says.
    pub kind: Option<LayerKind>,
    /// The title that people read.
    pub title: String,
    /// The publisher's short name.
    pub publisher: String,
    /// The territory of the series.
    pub territory: String,
    /// Where the data comes from, in words.
    pub source: String,
    /// The licence, or the words that say that none is stated.
    pub licence: String,
    /// Who may see the edition.
    #[serde(default)]
    pub visibility: Visibility,
    /// The scale's denominator.
    pub scale: Option<u32>,
    /// Positional standard deviation in metres.
    pub sigma_m: Option<f64>,
    /// The day from which the facts hold, where the caller names none.
    pub valid_from: Option<Date>,
    /// The day on which the facts cease to hold, excluded.
    pub valid_until: Option<Date>,
    /// Data made by a program: every page will say so.
    #[serde(default)]
    pub synthetic: bool,
    /// The text encoding of shapefiles and CSV, where their own statement is missing or wrong.
    pub encoding: Option<String>,
    /// The CRS of sources that state none.
    pub crs: Option<String>,
    /// Each row says its UTM zone.
    pub zone: Option<ZoneRule>,
    /// The datum operation, when not the house's own.
    pub operation: Option<String>,
    /// A remark on the source that goes into the quality report.
    pub note: Option<String>,
    /// The ground where the layer is complete.
    #[serde(default)]
    pub coverage: CoverageRule,
    /// Source fields that hold the feature's id, in order of preference.
    #[serde(default)]
    pub key: Vec<String>,
    /// Our field whose value is appended to the key, so that several versions of one thing stay apart.
    pub key_version: Option<String>,
    /// What happens to rows with the same key.
    #[serde(default)]
    pub rows_with_same_key: SameKey,
    /// Our number fields that are added up when rows are joined.
    #[serde(default)]
    pub summed_when_joined: Vec<String>,
    /// Source fields that are not kept: personal data, advertising, internal numbers.
    #[serde(default)]
    pub dropped: Vec<String>,
    /// Texts that mean nothing, besides blank ones.
    #[serde(default)]
    pub nulls: Vec<String>,
    /// Coordinate columns of CSV files.
    #[serde(default)]
    pub coordinates: CoordinateColumns,
    /// Codes of interbasins along the sea or a lake: water leaves them, and nothing flows through them. Of hydrographic units only.
    #[serde(default)]
    pub shores: Vec<String>,
    /// Values that every feature of this source has.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// Our fields and where they come from.
    #[serde(default)]
    pub fields: BTreeMap<String, FieldRule>,
    /// Named value domains.
    #[serde(default)]
    pub domains: BTreeMap<String, Domain>,
    /// The name or path it was loaded by.
    #[serde(skip)]
    pub name: String,
    /// The folder that relative paths start from.
    #[serde(skip)]
    pub folder: Option<PathBuf>,
}

/// Each row names the UTM zone of its own coordinates.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneRule {
    /// The source field: `17`, `18S`, `19`.
    pub field: String,
    /// The datum of the coordinates.
    pub datum: Datum,
}

/// Datums that UTM coordinates in Peru come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Datum {
    /// WGS 84.
    #[serde(rename = "WGS84")]
    Wgs84,
    /// Provisional South American Datum 1956.
    #[serde(rename = "PSAD56")]
    Psad56,
}

impl Datum {
    /// The datum's southern UTM zone.
    pub fn utm(self, zone: UtmZone) -> Crs {
        match self {
            Self::Wgs84 => Crs::utm(zone),
            Self::Psad56 => Crs::psad56_utm(zone),
        }
    }
}

/// Where the layer says «what is not drawn here does not exist».
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "kind")]
pub enum CoverageRule {
    /// Nobody declared it.
    #[default]
    Undeclared,
    /// All of Peru.
    National,
    /// A declared outline.
    Area {
        /// Where the outline comes from.
        source: String,
        /// West, south, east, north in degrees.
        bbox: Option<[f64; 4]>,
        /// A file with the outline in lon/lat, relative to the profile.
        file: Option<PathBuf>,
    },
}

/// What happens to rows with the same key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SameKey {
    /// They stay features of their own; the later ones get `-2`, `-3` … behind the key.
    #[default]
    KeepApart,
    /// They are the parts of one feature.
    Join,
}

/// Names of coordinate columns, in order of preference.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CoordinateColumns {
    /// Longitude or easting.
    pub x: Vec<String>,
    /// Latitude or northing.
    pub y: Vec<String>,
    /// Well-known text.
    pub wkt: Vec<String>,
}

impl Default for CoordinateColumns {
    fn default() -> Self {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect();
        Self {
            x: words("x lon long longitud longitude este easting coord_x utm_x x_utm"),
            y: words("y lat latitud latitude norte northing coord_y utm_y y_utm"),
            wkt: words("wkt geom geometry geometria the_geom"),
        }
    }
}

/// A profile that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The file is missing or cannot be read.
    #[error("cannot read the profile {path}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// No profile of that name.
    #[error("there is no profile {name}; known: {known:?}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The text is no profile.
    #[error("the profile {name} is not valid: {source}")]
    Invalid {
        /// Its name or path.
        name: String,
        /// What the parser found, with line and column.
        source: Box<toml::de::Error>,
    },
    /// A rule contradicts another or names what does not exist.
    #[error("the profile {name}: {key}: {problem}")]
    Contradiction {
        /// Its name or path.
        name: String,
        /// The key at fault.
        key: String,
        /// What is wrong, in Spanish.
        problem: String,
    },
}

impl ProfileError {
    /// What to tell a person.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Unreadable { path, source } => {
                format!(
                    "No se puede leer el perfil {}: {source}. Indique un perfil de config/layers o una ruta.",
                    path.display()
                )
            }
            Self::Unknown { name, known } => {
                format!(
                    "No hay un perfil «{name}». Los que hay: {}. También se puede dar la ruta de un TOML.",
                    known.join(", ")
                )
            }
            Self::Invalid { name, source } => format!("El perfil {name} no es válido: {source}"),
            Self::Contradiction { name, key, problem } => format!("El perfil {name}, clave «{key}»: {problem}"),
        }
    }
}

impl Profile {
    /// Reads a profile file.
    ///
    /// # Errors
    /// When it is missing or not a valid profile.
    pub fn load(path: &Path) -> Result<Self, ProfileError> {
        let text = std::fs::read_to_string(path).map_err(|source| ProfileError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        let name = path.file_stem().map_or_else(
            || path.display().to_string(),
            |stem| stem.to_string_lossy().into_owned(),
        );
        let mut profile = Self::parse(&name, &text)?;
        profile.folder = path.parent().map(Path::to_owned);
        Ok(profile)
    }

    /// Reads the text of a profile.
    ///
    /// # Errors
    /// When it is not valid TOML, has an unknown key, or contradicts itself.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        let mut profile: Self = toml::from_str(text).map_err(|source| ProfileError::Invalid {
            name: name.to_owned(),
            source: Box::new(source),
        })?;
        name.clone_into(&mut profile.name);
        for domain in profile.domains.values_mut() {
            domain.fold();
        }
        profile.check()?;
        Ok(profile)
    }

    fn check(&self) -> Result<(), ProfileError> {
        let fault = |key: String, problem: &str| {
            Err(ProfileError::Contradiction {
                name: self.name.clone(),
                key,
                problem: problem.to_owned(),
            })
        };
        for (field, rule) in &self.fields {
            if rule.from.is_empty() {
                return fault(format!("fields.{field}.from"), "no nombra ningún campo de la fuente");
            }
            if rule
                .domain
                .as_ref()
                .is_some_and(|domain| !self.domains.contains_key(domain))
            {
                return fault(format!("fields.{field}.domain"), "nombra un dominio que no existe");
            }
            if self.constants.contains_key(field) {
                return fault(format!("constants.{field}"), "el campo ya viene de la fuente");
            }
            if let Err(problem) = rule.check() {
                return fault(format!("fields.{field}"), &problem);
            }
        }
        if let CoverageRule::Area { bbox, file, .. } = &self.coverage
            && bbox.is_some() == file.is_some()
        {
            return fault("coverage".to_owned(), "indique «bbox» o «file», uno de los dos");
        }
        if self
            .key_version
            .as_ref()
            .is_some_and(|field| !self.fields.contains_key(field) && !self.constants.contains_key(field))
        {
            return fault(
                "key_version".to_owned(),
                "nombra un campo nuestro que el perfil no llena",
            );
        }
        let digits = |shore: &String| (1..=8).contains(&shore.len()) && shore.bytes().all(|byte| byte.is_ascii_digit());
        if !self.shores.iter().all(digits) {
            return fault("shores".to_owned(), "cada orilla es un código de 1 a 8 dígitos");
        }
        if !self.shores.is_empty() && self.kind.is_some_and(|kind| kind != LayerKind::HydrographicUnits) {
            return fault("shores".to_owned(), "solo las unidades hidrográficas tienen orillas");
        }
        Ok(())
    }
}
