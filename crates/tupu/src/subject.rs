//! Which land a check is about: a feature, a name, a file, or coordinates.

use crate::exit::refuse;
use anyhow::Context;
use clap::Args;
use conflicts::Subject;
use crs::UtmZone;
use crs::disguise::Reading;
use std::path::PathBuf;
use store::{Found, NameMatch, NameRank, Snapshot};
use territory::LayerKind;

/// The land asked about: exactly one of these.
#[derive(Args)]
#[group(required = true, multiple = false, id = "land")]
pub struct Land {
    /// Un elemento de una capa: communities/CLAVE.
    #[arg(long, value_name = "CAPA/CLAVE")]
    pub feature: Option<String>,
    /// El nombre de una comunidad (o de un elemento de --layer).
    #[arg(long, value_name = "NOMBRE")]
    pub name: Option<String>,
    /// Un archivo: GeoJSON, KML, KMZ, GPX, CSV, shapefile en ZIP o coordenadas en texto.
    #[arg(long, value_name = "ARCHIVO")]
    pub file: Option<PathBuf>,
    /// Coordenadas: «-78.64,-6.69; -78.63,-6.69; …», UTM o grados, minutos y segundos.
    #[arg(long, value_name = "COORDENADAS", allow_hyphen_values = true)]
    pub coords: Option<String>,
    /// Todos los elementos de una capa: escribe una matriz.
    #[arg(long, value_name = "CAPA", value_parser = crate::import::kinds(), hide_possible_values = true)]
    pub all: Option<LayerKind>,
}

/// Somewhat more than the largest department; a land beyond is a mistake of coordinates.
const MOST_HECTARES: f64 = 40_000_000.0;

/// On a person's own machine a file may be a hundred times what a server takes from the public.
fn limits() -> uploads::Limits {
    let public = uploads::Limits::default();
    uploads::Limits {
        bytes: public.bytes * 100,
        unpacked_bytes: public.unpacked_bytes * 100,
        vertices: public.vertices * 100,
        features: public.features * 100,
        ..public
    }
}

/// Finds or reads the land, in its judging zone.
pub fn find(
    land: &Land,
    layer: LayerKind,
    crs: Option<&str>,
    zone: Option<UtmZone>,
    snapshot: &Snapshot,
) -> anyhow::Result<Subject> {
    if let Some(feature) = &land.feature {
        return by_key(feature, zone, snapshot);
    }
    if let Some(name) = &land.name {
        return by_name(name, layer, zone, snapshot);
    }
    if let Some(path) = &land.file {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return refuse(format!(
                    "no existe el archivo {}. Revise la ruta y el nombre.",
                    path.display()
                ));
            }
            Err(error) => {
                return refuse(format!(
                    "no se puede leer {}: {error}. Revise los permisos.",
                    path.display()
                ));
            }
        };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        return given(&bytes, name.as_deref(), crs, zone);
    }
    let coords = land.coords.as_deref().context("no land was asked about")?;
    given(coords.as_bytes(), Some("coordenadas.txt"), crs, zone)
}

/// A file or text, read in pure Rust as the public's are. `crs` is a code, or one of the readings that a refusal offered.
fn given(bytes: &[u8], name: Option<&str>, crs: Option<&str>, zone: Option<UtmZone>) -> anyhow::Result<Subject> {
    let mut incoming = uploads::Incoming {
        bytes,
        filename: name,
        ..uploads::Incoming::default()
    };
    if let Some(text) = crs {
        incoming.reading = Reading::from_id(text);
        if incoming.reading.is_none() {
            match crs::Crs::parse(text) {
                Ok(crs) => incoming.crs = Some(crs),
                Err(error) => return refuse(format!("--crs: {}", error.sentence_es())),
            }
        }
    }
    let upload = uploads::read(&incoming, &limits())?;
    match server::subject_of(&upload, zone) {
        Ok(subject) if subject.footprint.utm_hectares().0 > MOST_HECTARES => refuse(format!(
            "la tierra mide {:.0} ha y el límite es {MOST_HECTARES:.0} ha. Consúltela por partes, o revise sus coordenadas.",
            subject.footprint.utm_hectares().0
        )),
        Ok(subject) => Ok(subject),
        Err(error) => refuse(error.sentence_es()),
    }
}

fn by_key(feature: &str, zone: Option<UtmZone>, snapshot: &Snapshot) -> anyhow::Result<Subject> {
    let Some((layer, key)) = feature.split_once('/') else {
        return refuse(format!(
            "--feature espera CAPA/CLAVE, por ejemplo communities/c-3fa9; se dio «{feature}»"
        ));
    };
    let Ok(layer) = layer.parse::<LayerKind>() else {
        let known: Vec<&str> = LayerKind::ALL.iter().map(|kind| kind.id()).collect();
        return refuse(format!(
            "no hay ninguna capa «{layer}». Las capas son: {}",
            known.join(", ")
        ));
    };
    match snapshot.find(layer, key).as_slice() {
        [] => {
            let near: Vec<String> = snapshot
                .search_by_name(layer, key, 5)
                .iter()
                .map(|found| format!("{}/{} ({})", layer, found.feature.key, found.feature.name()))
                .collect();
            let hint = if near.is_empty() {
                String::new()
            } else {
                format!(". Parecidos: {}", near.join(", "))
            };
            refuse(format!("no hay ningún elemento «{key}» en la capa {layer}{hint}"))
        }
        [one] => feature_subject(layer, one, zone),
        several => refuse(format!(
            "«{key}» está en {} ediciones de {layer}: {}",
            several.len(),
            several
                .iter()
                .map(|found| found.edition.meta.id.clone())
                .collect::<Vec<_>>()
                .join(", ")
        )),
    }
}

fn by_name(name: &str, layer: LayerKind, zone: Option<UtmZone>, snapshot: &Snapshot) -> anyhow::Result<Subject> {
    const OFFERED: usize = 12;
    let matches = snapshot.search_by_name(layer, name, OFFERED + 1);
    let exact: Vec<_> = matches.iter().filter(|found| found.rank == NameRank::Exact).collect();
    let sure: Vec<_> = matches
        .iter()
        .filter(|found| !matches!(found.rank, NameRank::Near(_)))
        .collect();
    let one = match (exact.as_slice(), sure.as_slice()) {
        ([one], _) | ([], [one]) => one,
        ([], _) => return refuse(nobody(name, layer, &matches[..matches.len().min(OFFERED)])),
        (several, _) => return refuse(namesakes(name, layer, several)),
    };
    feature_subject(
        layer,
        &Found {
            edition: one.edition,
            feature: one.feature,
        },
        zone,
    )
}

fn namesakes(name: &str, layer: LayerKind, several: &[&NameMatch<'_>]) -> String {
    let list: String = several.iter().map(|found| choice(layer, found)).collect();
    format!(
        "hay {} elementos que se llaman «{name}»; elija uno:{list}",
        several.len()
    )
}

fn nobody(name: &str, layer: LayerKind, near: &[NameMatch<'_>]) -> String {
    if near.is_empty() {
        return format!("no hay ningún nombre parecido a «{name}» en la capa {layer}");
    }
    let list: String = near.iter().map(|found| choice(layer, found)).collect();
    format!("ningún elemento de la capa {layer} se llama exactamente «{name}»; los más parecidos:{list}")
}

/// A line that a person can copy back.
fn choice(layer: LayerKind, found: &NameMatch<'_>) -> String {
    let attributes = &found.feature.attributes;
    let place = attributes.text("district").or_else(|| attributes.text("province"));
    let place = place.map(|place| format!(", {place}")).unwrap_or_default();
    format!(
        "\n  --feature {layer}/{}   {}{place}",
        found.feature.key,
        found.feature.name()
    )
}

fn feature_subject(layer: LayerKind, found: &Found<'_>, zone: Option<UtmZone>) -> anyhow::Result<Subject> {
    match Subject::feature(layer, &found.edition.meta, found.feature, zone) {
        Ok(subject) => Ok(subject),
        Err(error) => refuse(error.sentence_es()),
    }
}
