//! How drawings of relief and water are asked for and written.

use crate::clock;
use crate::exit::refuse;
use clap::Args;
use reports::{Issued, Lang, MapError, Scene};
use std::path::{Path, PathBuf};

/// What every drawing asks for.
#[derive(Args)]
pub struct Picture {
    /// Escribe el dibujo en este archivo; su extensión (.svg, .png, .pdf) dice el formato.
    #[arg(long, value_name = "ARCHIVO")]
    pub out: PathBuf,
    /// El título; sin él, lo que el dibujo muestra.
    #[arg(long, value_name = "TITULO")]
    pub title: Option<String>,
    /// El idioma, es o en.
    #[arg(long, value_name = "IDIOMA", default_value = "es", value_parser = lang)]
    pub lang: Lang,
    /// Puntos por pulgada de una imagen PNG.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u16).range(30..=600))]
    pub dpi: u16,
}

/// As what a drawing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Svg,
    Png,
    Pdf,
    Html,
}

fn lang(text: &str) -> Result<Lang, String> {
    match text {
        "es" => Ok(Lang::Es),
        "en" => Ok(Lang::En),
        _ => Err("los dibujos se escriben en es o en".to_owned()),
    }
}

impl Picture {
    /// The form by the ending of the file; pages where they are offered.
    pub fn form(&self, pages: bool) -> anyhow::Result<Form> {
        let ending = self.out.extension().and_then(|ending| ending.to_str());
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("svg") => Ok(Form::Svg),
            Some("png") => Ok(Form::Png),
            Some("pdf") => Ok(Form::Pdf),
            Some("html") if pages => Ok(Form::Html),
            _ => refuse(format!(
                "--out {}: la extensión debe ser .svg, .png{} .pdf",
                self.out.display(),
                if pages { ", .html o" } else { " o" }
            )),
        }
    }

    /// Writes a drawing; a page is `page` of its SVG.
    pub fn write(
        &self,
        form: Form,
        scene: Result<Scene, MapError>,
        page: impl FnOnce(&Scene) -> String,
    ) -> anyhow::Result<()> {
        let scene = match scene {
            Ok(scene) => scene,
            Err(error) => return refuse(error.sentence_es()),
        };
        let bytes = match form {
            Form::Svg => scene.svg().into_bytes(),
            Form::Html => page(&scene).into_bytes(),
            Form::Pdf => {
                let issued = Issued::now_of(clock::now(), "tupu", env!("CARGO_PKG_VERSION"));
                reports::sheet_pdf(&scene, &issued)?
            }
            Form::Png => match scene.png(f64::from(self.dpi)) {
                Ok(bytes) => bytes,
                Err(error) => return refuse(error.sentence_es()),
            },
        };
        put(&self.out, &bytes)
    }
}

fn put(out: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if let Err(error) = std::fs::write(out, bytes) {
        return refuse(format!("No se puede escribir {}: {error}.", out.display()));
    }
    eprintln!("escrito {}", out.display());
    Ok(())
}
