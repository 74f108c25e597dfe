//! Makes the territory and writes it to a folder.

use crate::geojson::feature_collection;
use crate::geotiff::geotiff;
use crate::landscape::lattice;
use crate::layer::Layer;
use crate::layers::boundaries::Boundaries;
use crate::layers::communities::Communities;
use crate::layers::urban::Urban;
use crate::layers::{concessions, cover, hazards, investment, protected, units, water, zoning};
use crate::manifest::{Manifest, RELIEF};
use crate::profile::{PROFILES, profile};
use crate::territory::Territory;
use std::io;
use std::path::{Path, PathBuf};

/// Why the territory could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder cannot be made.
    #[error("cannot make folder {folder}: {source}")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write {file}: {source}")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl WriteError {
    /// For people, with the mend.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Folder { folder, source } => {
                format!(
                    "No se pudo crear la carpeta {}: {source}. Indique otra con --out o revise los permisos.",
                    folder.display()
                )
            }
            Self::File { file, source } => {
                format!(
                    "No se pudo escribir {}: {source}. Revise los permisos y el espacio libre.",
                    file.display()
                )
            }
        }
    }
}

/// The territory in memory.
#[derive(Debug)]
pub struct Generated {
    /// What was made.
    pub manifest: Manifest,
    /// File names with their bytes, in the order in which they are written.
    pub files: Vec<(String, Vec<u8>)>,
    /// The land, for those who ask it questions.
    pub land: crate::Landscape,
}

/// Makes the territory. Always the same bytes.
///
/// # Panics
/// Never: a manifest can always be written as TOML.
pub fn generate() -> Generated {
    let territory = Territory::make();
    let layers = layers(&territory);
    let manifest = Manifest::of(&layers);
    let mut files: Vec<(String, Vec<u8>)> = layers
        .iter()
        .map(|layer| {
            (
                format!("{}.geojson", layer.name),
                feature_collection(layer).into_bytes(),
            )
        })
        .collect();
    files.extend(
        layers
            .iter()
            .map(|layer| (format!("{PROFILES}/{}.toml", layer.name), profile(layer).into_bytes())),
    );
    let description = "Tupu: datos sinteticos, no es un lugar real";
    files.push((
        RELIEF.to_owned(),
        geotiff(lattice(), &territory.land.heights, description),
    ));
    let toml = toml::to_string(&manifest).expect("a manifest is plain text and numbers");
    files.push(("manifest.toml".to_owned(), toml.into_bytes()));
    files.push(("README.md".to_owned(), readme(&manifest, &territory).into_bytes()));
    Generated {
        manifest,
        files,
        land: territory.land,
    }
}

/// Makes the territory and writes it to `folder`, which is made where it is missing; files of the same names are replaced.
///
/// # Errors
/// When the folder or a file cannot be written.
pub fn write(folder: &Path) -> Result<Manifest, WriteError> {
    let generated = generate();
    for folder in [folder, &folder.join(PROFILES)] {
        std::fs::create_dir_all(folder).map_err(|source| WriteError::Folder {
            folder: folder.to_owned(),
            source,
        })?;
    }
    for (name, bytes) in &generated.files {
        let file = folder.join(name);
        std::fs::write(&file, bytes).map_err(|source| WriteError::File { file, source })?;
    }
    Ok(generated.manifest)
}

fn layers(territory: &Territory) -> Vec<Layer> {
    let boundaries = Boundaries::draw(territory);
    let urban = Urban::draw(territory);
    let communities = Communities::draw(territory, |cell| urban.built[cell]);
    let rights = concessions::draw(&boundaries, &communities);
    let mut layers = boundaries.layers.clone();
    layers.push(communities.layer.clone());
    layers.push(rights);
    layers.extend(protected::draw(territory));
    layers.push(zoning::draw(territory, &urban.built));
    layers.push(cover::capability(territory));
    layers.push(cover::land_use(territory, &urban.built));
    layers.extend([
        units::draw(territory),
        water::streams(territory),
        water::lake(territory),
        water::springs(territory),
    ]);
    layers.push(hazards::draw(territory));
    layers.push(investment::projects(territory, &communities));
    layers.push(investment::demands(territory, &communities));
    layers.push(urban.layer);
    layers
}

fn readme(manifest: &Manifest, territory: &Territory) -> String {
    let rows: Vec<String> = manifest
        .layers
        .iter()
        .map(|layer| {
            format!(
                "| {} | `{}` | {} | 1:{} |",
                layer.file, layer.kind, layer.features, layer.scale
            )
        })
        .collect();
    let rows = rows.join("\n");
    let basin = territory.land.basin.iter().filter(|inside| **inside).count() as f64 * 0.09;
    format!(
        "# Territorio de demostración: datos sintéticos\n\n\
         **Nada de esto es real.** Un programa (`tupu demo --out CARPETA`) hace este territorio, siempre con los mismos bytes: relieve, \
         límites, comunidades, derechos mineros, zonas, agua, proyectos y demandas. Los nombres de lugares, titulares y normas son \
         inventados. Se parece a una microcuenca altoandina del Cusco, pero no lo es: no sirve para ninguna decisión.\n\n\
         Coordenadas: longitud y latitud WGS 84. El relieve (`dem.tif`, 30 m, 532 × 472 celdas) está en EPSG:32718. Los derechos de 1992 a 2016 \
         siguen la cuadrícula de 1 km en PSAD 56 (convertida con EPSG:1208); los de 2017 en adelante, la de WGS 84.\n\n\
         La microcuenca mide {basin:.0} ha y su cauce principal {:.1} km. Fuera de ella el relieve drena hacia el borde de la hoja. \
         Toda celda llega a una salida sin rellenar nada; la laguna es plana.\n\n\
         | archivo | tipo | elementos | escala |\n|---|---|---|---|\n{rows}\n\n\
         `manifest.toml` enumera los archivos; `perfiles/` dice cómo se lee cada uno (`tupu import derechos_mineros.geojson \
         --profile perfiles/derechos_mineros.toml --store ALMACEN`). Cobertura: `{}`.\n\
         En las demandas priorizadas, la parte productiva del monto de cada año es 38, 66, 61, 38 y 50 %.\n",
        water::main_stream_km(territory),
        manifest.coverage,
    )
}
