//! Maps of layers as sheets of paper: `/map` with `paper`, or as PDF.

use super::{
    Answer, Site,
    maps::{numbers, snapshot_at},
};
use crate::{
    answer::{document, entity_tag_of, unchanged},
    config::MapLimits,
    current::Current,
    drawing::{Axes, Sheet, SheetForm},
    negotiate::{Format, format},
    params::{Params, invalid},
    problem::{Kind, Problem},
    speech::Speech,
};
use actix_web::{HttpRequest, http::header, http::header::HeaderName, http::header::HeaderValue};
use crs::{Crs, UtmZone};
use geo_types::MultiPolygon;
use reports::{LayerSheetAsk, Paper};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use territory::{LayerKind, hex};

/// The parameters that only sheets have, beside `f`.
pub(crate) const OF_SHEETS: [&str; 6] = ["paper", "orientation", "scale", "dpi", "title", "lang"];
/// The parameters of pictures that sheets do not have.
const OF_PICTURES: [&str; 5] = ["width", "height", "mm-per-pixel", "bgcolor", "transparent"];
/// Dots in an inch of a picture where nobody says.
const USUAL_DPI: u16 = 150;
/// Letters of a title.
const TITLE: usize = 120;

/// Whether a sheet is asked for.
pub(super) fn wanted(params: &Params) -> bool {
    params.text("paper").is_some() || params.f() == Some(Format::Pdf.word())
}

/// Refuses the parameters of sheets on a picture.
pub(super) fn refuse_on_pictures(params: &Params) -> Result<(), Problem> {
    for name in OF_SHEETS {
        if let Some(text) = params.text(name) {
            return Err(invalid(
                name,
                text,
                "nada en una imagen: es de las láminas, que se piden con paper=a4, a3, a2 o a1",
            ));
        }
    }
    Ok(())
}

/// The sheet of some layers.
pub(super) async fn answer(
    request: &HttpRequest,
    site: &Site,
    params: Params,
    (current, kinds): (Arc<Current>, Vec<LayerKind>),
) -> Answer {
    let format = format(request.headers(), params.f(), &[Format::Pdf, Format::Png, Format::Svg])?;
    let speech = Speech::of(request, &params)?;
    let asked = Asked::read(&params, site.config.maps, format)?;
    let which = hex(&Sha256::digest(request.query_string().as_bytes()))[..16].to_owned();
    let tag = entity_tag_of(
        &current.tag,
        &format!("sheet-{}-{}-{which}", format.word(), speech.lang.code()),
    );
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    let (time, limits) = (params.time("datetime")?, site.config.maps);
    let names: Vec<&str> = kinds.iter().map(|kind| kind.id()).take(3).collect();
    let file = format!("mapa-{}-{}.{}", names.join("-"), asked.paper.id(), format.word());
    let form = asked.form;
    let made = site
        .pool
        .run(move |_| {
            let snapshot = snapshot_at(&current, time)?;
            let ask = asked.resolved(&snapshot, &kinds)?;
            Sheet::drawn(&snapshot, &kinds, &ask, (speech.lang, limits.vertices))?.made(form)
        })
        .await?;
    let mut answer = document(format.media(), Some(&tag), made.bytes);
    let heads = [
        ("content-crs", format!("<{}>", made.crs)),
        ("content-bbox", made.bbox),
        ("content-disposition", format!("inline; filename=\"{file}\"")),
    ];
    for (name, value) in heads {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    answer
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("accept, accept-language"));
    Ok(answer)
}

/// The choices of a sheet.
struct Asked {
    land: Option<MultiPolygon<f64>>,
    zone: Option<UtmZone>,
    paper: Paper,
    lying: Option<bool>,
    scale: Option<u32>,
    title: Option<String>,
    names: bool,
    form: SheetForm,
}

impl Asked {
    fn read(params: &Params, limits: MapLimits, format: Format) -> Result<Self, Problem> {
        for name in OF_PICTURES {
            if let Some(text) = params.text(name) {
                return Err(invalid(
                    name,
                    text,
                    "nada en una lámina, que tiene el tamaño de su papel: quítelo, o use dpi",
                ));
            }
        }
        let word = |name: &'static str, known: &[&str]| -> Result<Option<usize>, Problem> {
            let Some(text) = params.text(name) else { return Ok(None) };
            let found = known.iter().position(|word| *word == text.trim());
            let refused = || {
                invalid(name, text, &format!("una de estas palabras: {}", known.join(", ")))
                    .with("available", serde_json::json!(known))
            };
            found.map(Some).ok_or_else(refused)
        };
        let paper = word("paper", &Paper::ALL.map(Paper::id))?.map_or(Paper::A4, |at| Paper::ALL[at]);
        Ok(Self {
            land: land(params)?,
            zone: zone(params)?,
            paper,
            lying: word("orientation", &["portrait", "landscape"])?.map(|at| at == 1),
            scale: scale(params)?,
            title: title(params)?,
            names: word("names", &["true", "false"])?.is_none_or(|at| at == 0),
            form: match format {
                Format::Png => SheetForm::Png(dpi(params, paper, limits)?),
                other => {
                    if let Some(text) = params.text("dpi") {
                        return Err(invalid("dpi", text, "nada sin f=png: lo demás no tiene puntos"));
                    }
                    if other == Format::Svg {
                        SheetForm::Svg
                    } else {
                        SheetForm::Pdf
                    }
                }
            },
        })
    }

    /// The question with what nobody said.
    fn resolved(self, snapshot: &store::Snapshot, kinds: &[LayerKind]) -> Result<LayerSheetAsk, Problem> {
        let land = match (self.land, snapshot.bounds_of(kinds)) {
            (Some(land), _) => land,
            (None, Some(bounds)) => {
                LayerSheetAsk::land_of(Crs::WGS84, bounds).map_err(|error| Problem::internal(&error))?
            }
            (None, None) => return Err(invalid("bbox", "", "cuatro números: las capas no tienen elementos")),
        };
        let ask = LayerSheetAsk {
            land,
            zone: self.zone,
            paper: self.paper,
            lying: self.lying,
            scale: self.scale,
            title: self.title,
            names: self.names,
        };
        ask.resolved().map_err(|error| crate::drawing::refused(&error))
    }
}

/// The box, as straight as it is in its own system.
fn land(params: &Params) -> Result<Option<MultiPolygon<f64>>, Problem> {
    let named = params.text("bbox-crs").map(|text| Axes::read("bbox-crs", text));
    let axes = named.transpose()?.unwrap_or(Axes::CRS84);
    let Some(text) = params.text("bbox") else {
        return Ok(None);
    };
    let bounds = axes.bbox(numbers(text)?);
    let land = LayerSheetAsk::land_of(axes.crs, bounds);
    land.map(Some).map_err(|error| {
        invalid(
            "bbox",
            text,
            &format!("una caja de su sistema: {}", error.sentence_es()),
        )
    })
}

/// The zone of the grid: sheets have one in metres of WGS 84.
fn zone(params: &Params) -> Result<Option<UtmZone>, Problem> {
    let Some(text) = params.text("crs") else {
        return Ok(None);
    };
    let crs = Axes::read("crs", text)?.crs;
    let zone = crs.utm_zone().filter(|zone| Crs::utm(*zone) == crs);
    zone.map(Some).ok_or_else(|| {
        invalid(
            "crs",
            text,
            "EPSG:32717, EPSG:32718 o EPSG:32719: las láminas llevan cuadrícula UTM de WGS 84",
        )
    })
}

fn scale(params: &Params) -> Result<Option<u32>, Problem> {
    let Some(text) = params.text("scale") else {
        return Ok(None);
    };
    let number = text.trim();
    let number = number.strip_prefix("1:").unwrap_or(number).parse::<u32>().ok();
    let refused = || {
        invalid(
            "scale",
            text,
            "el denominador de la escala, de 500 a 10000000, como 50000",
        )
    };
    number
        .filter(|number| (500..=10_000_000).contains(number))
        .map(Some)
        .ok_or_else(refused)
}

fn title(params: &Params) -> Result<Option<String>, Problem> {
    let Some(text) = params.text("title").map(str::trim) else {
        return Ok(None);
    };
    if text.chars().count() > TITLE || text.chars().any(char::is_control) {
        let shown: String = text.chars().take(40).collect();
        return Err(invalid(
            "title",
            &shown,
            &format!("{TITLE} letras como mucho, en una línea"),
        ));
    }
    Ok(Some(text.to_owned()))
}

/// Dots in an inch, within the limits of pictures.
fn dpi(params: &Params, paper: Paper, limits: MapLimits) -> Result<u16, Problem> {
    let (width, height) = paper.size_mm();
    let most = (30..=600_u16).rev().find(|dpi| {
        let pixels = |mm: f64| (mm / 25.4 * f64::from(*dpi)).ceil();
        pixels(height) <= f64::from(limits.side) && pixels(width) * pixels(height) <= limits.work as f64
    });
    let Some(most) = most else {
        return Err(Kind::OverLimit
            .because(format!(
                "Una imagen de una hoja {} pasa el límite de este servidor a cualquier resolución: pida f=pdf u otra hoja.",
                paper.id()
            ))
            .with("limit", limits.side));
    };
    let Some(text) = params.text("dpi") else {
        return Ok(USUAL_DPI.min(most));
    };
    let number = text.trim().parse::<u16>().ok().filter(|dpi| (30..=most).contains(dpi));
    number.ok_or_else(|| {
        invalid(
            "dpi",
            text,
            &format!(
                "puntos por pulgada, de 30 a {most} en esta hoja; sin él, {}",
                USUAL_DPI.min(most)
            ),
        )
    })
}
