//! Maps of layers as pictures (OGC API Maps).

use super::{Answer, Site, layer::layer, sheets, tiles::collections};
use crate::{
    answer::{document, entity_tag_of, unchanged},
    current::Current,
    drawing::{Axes, Medium, Picture, Sizes},
    judging::unread,
    negotiate::{Format, format},
    params::{Params, Time, invalid},
    problem::Problem,
};
use actix_web::{HttpRequest, http::header, http::header::HeaderName, http::header::HeaderValue, web::Path};
use maps::{
    Colour,
    layers::{PIXEL_MM, View},
};
pub(crate) use reports::in_drawing_order;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::Snapshot;
use territory::{LayerKind, hex};

/// Pixels of the longer side where nobody says.
const USUAL: u32 = 1024;
/// The parameters of a map of one layer, beside `f`.
pub(crate) const OF_A_LAYER: [&str; 16] = [
    "bbox",
    "bbox-crs",
    "crs",
    "width",
    "height",
    "datetime",
    "bgcolor",
    "transparent",
    "mm-per-pixel",
    "names",
    "paper",
    "orientation",
    "scale",
    "dpi",
    "title",
    "lang",
];
/// The same, and the layers.
pub(crate) const OF_SEVERAL: [&str; 17] = {
    let mut all = ["collections"; 17];
    let mut at = 0;
    while at < OF_A_LAYER.len() {
        all[at] = OF_A_LAYER[at];
        at += 1;
    }
    all
};

/// `/collections/{layer}/map`
pub(crate) async fn of_layer(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), &with_form(&OF_A_LAYER))?;
    let current = site.current()?;
    let kind = layer(&current.snapshot, &path)?;
    answer(&request, &site, params, (current, vec![kind])).await
}

/// `/map`
pub(crate) async fn of_several(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), &with_form(&OF_SEVERAL))?;
    let current = site.current()?;
    let kinds = collections(&current, &params)?;
    answer(&request, &site, params, (current, kinds)).await
}

fn with_form(others: &[&'static str]) -> Vec<&'static str> {
    [&["f"], others].concat()
}

async fn answer(
    request: &HttpRequest,
    site: &Site,
    params: Params,
    (current, kinds): (Arc<Current>, Vec<LayerKind>),
) -> Answer {
    if sheets::wanted(&params) {
        return sheets::answer(request, site, params, (current, in_drawing_order(kinds))).await;
    }
    sheets::refuse_on_pictures(&params)?;
    let medium = match format(request.headers(), params.f(), &[Format::Png, Format::Svg])? {
        Format::Svg => Medium::Svg,
        _ => Medium::Png,
    };
    let kinds = in_drawing_order(kinds);
    let asked = Asked::read(&params, current.snapshot.bounds_of(&kinds))?;
    asked.sizes(kinds.len()).check(site.config.maps)?;
    let which = hex(&Sha256::digest(request.query_string().as_bytes()))[..16].to_owned();
    let tag = entity_tag_of(
        &current.tag,
        &format!("{}-{which}", medium.media().replace(['/', '+'], ".")),
    );
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    let (crs, bbox) = (asked.axes.uri(), asked.wire_bbox());
    let bytes = site
        .pool
        .run(move |_| {
            let snapshot = snapshot_at(&current, asked.time)?;
            let picture = asked.picture(kinds);
            medium.bytes(picture.scene(&snapshot)?, picture.view.pixels, picture.background)
        })
        .await?;
    let mut answer = document(medium.media(), Some(&tag), bytes);
    for (name, value) in [("content-crs", format!("<{crs}>")), ("content-bbox", bbox)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    answer
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("accept"));
    Ok(answer)
}

/// The choices of a map.
struct Asked {
    axes: Axes,
    bbox: [f64; 4],
    pixels: (u32, u32),
    pixel_mm: f64,
    time: Option<Time>,
    names: bool,
    background: Option<Colour>,
}

impl Asked {
    fn read(params: &Params, extent: Option<[f64; 4]>) -> Result<Self, Problem> {
        let named = |name: &str| params.text(name).map(|text| Axes::read(name, text)).transpose();
        let axes = named("crs")?.unwrap_or(Axes::CRS84);
        let of_box = named("bbox-crs")?.unwrap_or(Axes::CRS84);
        let bbox = match params.text("bbox") {
            Some(text) => of_box.bbox(numbers(text)?),
            None => extent
                .map(grown)
                .ok_or_else(|| invalid("bbox", "", "cuatro números: la capa no tiene elementos"))?,
        };
        let of_box = if params.text("bbox").is_some() {
            of_box
        } else {
            Axes::CRS84
        };
        let bbox = of_box.carried(bbox, axes).ok_or_else(|| {
            invalid(
                "bbox",
                params.text("bbox").unwrap_or(""),
                "una caja que quepa en el sistema de «crs»",
            )
        })?;
        Ok(Self {
            pixels: sizes(params, bbox)?,
            pixel_mm: pixel_mm(params)?,
            time: params.time("datetime")?,
            names: flag(params, "names")?.unwrap_or(true),
            background: background(params)?,
            axes,
            bbox,
        })
    }

    fn sizes(&self, layers: usize) -> Sizes {
        Sizes {
            width: self.pixels.0,
            height: self.pixels.1,
            layers,
        }
    }

    /// The box of the picture, in the order of the wire.
    fn wire_bbox(&self) -> String {
        self.axes.bbox(self.bbox).map(|side| side.to_string()).join(",")
    }

    fn picture(&self, kinds: Vec<LayerKind>) -> Picture {
        Picture {
            kinds,
            view: View::new(self.axes.crs, self.bbox, self.pixels, self.pixel_mm)
                .expect("the box and the pixels were read as such"),
            names: self.names,
            background: self.background,
        }
    }
}

/// What was so at a time; what is so now, where none was said.
pub(super) fn snapshot_at(current: &Current, time: Option<Time>) -> Result<Arc<Snapshot>, Problem> {
    let Some(time) = time else {
        return Ok(Arc::clone(&current.snapshot));
    };
    let as_of = Time::later(Some(time));
    current
        .as_of(Some(as_of.valid), Some(as_of.known))
        .map_err(|error| unread(current, error))
}

/// A fiftieth more on each side, and some where there is a point alone.
fn grown([west, south, east, north]: [f64; 4]) -> [f64; 4] {
    let by = ((east - west).max(north - south) * 0.02).max(0.001);
    [
        (west - by).max(-180.0),
        (south - by).max(-90.0),
        (east + by).min(180.0),
        (north + by).min(90.0),
    ]
}

pub(super) fn numbers(text: &str) -> Result<[f64; 4], Problem> {
    let refused = || {
        invalid(
            "bbox",
            text,
            "cuatro números separados por comas, el menor de cada eje antes que el mayor",
        )
    };
    let read: Result<Vec<f64>, _> = text.split(',').map(|number| number.trim().parse::<f64>()).collect();
    match read.as_deref() {
        Ok([a, b, c, d]) if [a, b, c, d].iter().all(|number| number.is_finite()) && a < c && b < d => {
            Ok([*a, *b, *c, *d])
        }
        _ => Err(refused()),
    }
}

/// Both sides, or the one that was not said by the shape of the box.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 1..=1e6; the limits come after"
)]
fn sizes(params: &Params, [west, south, east, north]: [f64; 4]) -> Result<(u32, u32), Problem> {
    let side = |name: &'static str| -> Result<Option<u32>, Problem> {
        let Some(text) = params.text(name) else { return Ok(None) };
        let number = text.trim().parse::<u32>().ok().filter(|number| *number > 0);
        number
            .map(Some)
            .ok_or_else(|| invalid(name, text, "un número entero de puntos, 1 o más"))
    };
    let shape = (east - west) / (north - south);
    let whole = |value: f64| value.round().clamp(1.0, 1e6) as u32;
    Ok(match (side("width")?, side("height")?) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, whole(f64::from(width) / shape)),
        (None, Some(height)) => (whole(f64::from(height) * shape), height),
        (None, None) if shape >= 1.0 => (USUAL, whole(f64::from(USUAL) / shape)),
        (None, None) => (whole(f64::from(USUAL) * shape), USUAL),
    })
}

fn pixel_mm(params: &Params) -> Result<f64, Problem> {
    let Some(text) = params.text("mm-per-pixel") else {
        return Ok(PIXEL_MM);
    };
    let number = text
        .trim()
        .parse::<f64>()
        .ok()
        .filter(|number| (0.02..=1.0).contains(number));
    number.ok_or_else(|| {
        invalid(
            "mm-per-pixel",
            text,
            "milímetros de un punto, de 0.02 a 1; sin él, 0.28",
        )
    })
}

fn flag(params: &Params, name: &'static str) -> Result<Option<bool>, Problem> {
    match params.text(name).map(str::trim) {
        None => Ok(None),
        Some(word) if word.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(word) if word.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(other) => Err(invalid(name, other, "true o false")),
    }
}

/// The colour below; nothing where none was said, and white where only opacity was.
fn background(params: &Params) -> Result<Option<Colour>, Problem> {
    let said = params.text("bgcolor");
    let colour = match said {
        None => None,
        Some(text) => Some(colour(text).ok_or_else(|| invalid("bgcolor", text, "un color como 0xFFFFFF"))?),
    };
    Ok(match (flag(params, "transparent")?, colour) {
        (Some(true), _) | (None, None) => None,
        (Some(false), None) => Some(Colour::WHITE),
        (_, Some(colour)) => Some(colour),
    })
}

/// `0xRRGGBB`, `#RRGGBB` or `RRGGBB`.
pub(crate) fn colour(text: &str) -> Option<Colour> {
    let text = text.trim();
    let digits = ["0x", "0X", "#"]
        .iter()
        .find_map(|start| text.strip_prefix(start))
        .unwrap_or(text);
    Colour::parse(&format!("#{digits}"))
}
