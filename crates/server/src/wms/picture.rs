//! The pictures of WMS: the map of a request, the point that is asked about, legends.

use super::{Asked, Code, Exception, Version};
use crate::{
    config::MapLimits,
    drawing::{Axes, Medium, Picture, Sizes},
    params::{Params, Time},
    problem::Problem,
    routes::colour,
};
use geo_types::Coord;
use maps::{
    Colour, Scene,
    layers::{PIXEL_MM, View, legend_scene},
};
use reports::{Lang, Texts, layer_meanings, layer_styles};
use territory::LayerKind;

/// What `GetMap` asks for.
pub(crate) struct MapAsked {
    /// The picture.
    pub picture: Picture,
    /// As what it goes out.
    pub medium: Medium,
    /// A time that is not now.
    pub time: Option<Time>,
}

/// Reads `GetMap` against the layers that there are, and holds it against the limits.
///
/// # Errors
/// The codes of the standard.
pub(crate) fn map_asked(asked: &Asked, known: &[LayerKind], limits: MapLimits) -> Result<MapAsked, Exception> {
    let medium = medium(asked, "image/png")?;
    let (kinds, names) = layers(asked, known)?;
    let view = view(asked, kinds.len(), limits)?;
    Ok(MapAsked {
        picture: Picture {
            kinds,
            view,
            names,
            background: background(asked)?,
        },
        medium,
        time: time(asked)?,
    })
}

/// The layers and whether their names are written. The first layer of WMS lies lowest.
fn layers(asked: &Asked, known: &[LayerKind]) -> Result<(Vec<LayerKind>, bool), Exception> {
    let kinds = asked.layers("LAYERS", known)?;
    let mut names = true;
    if let Some(text) = asked.text("STYLES") {
        let styles: Vec<&str> = text.split(',').map(str::trim).collect();
        if styles.len() != kinds.len() {
            return Err(Exception::invalid("STYLES", text, "un estilo para cada capa, o nada"));
        }
        for (style, kind) in styles.iter().zip(&kinds) {
            names &= !without_names(style, *kind)?;
        }
    }
    Ok((kinds, names))
}

/// Whether a style is that without names.
fn without_names(style: &str, kind: LayerKind) -> Result<bool, Exception> {
    match style {
        "" | "default" => Ok(false),
        "no-names" => Ok(true),
        other => Err(Exception::new(
            Code::StyleNotDefined,
            format!(
                "La capa «{kind}» no tiene el estilo «{}». Los que hay: default, no-names.",
                other.chars().take(80).collect::<String>()
            ),
        )),
    }
}

fn medium(asked: &Asked, usual: &str) -> Result<Medium, Exception> {
    let text = asked.text("FORMAT").unwrap_or(usual);
    match text
        .split(';')
        .next()
        .map(str::trim)
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "image/png" | "image/png8" | "image/vnd.jpeg-png" => Ok(Medium::Png),
        "image/svg+xml" => Ok(Medium::Svg),
        _ => Err(Exception::new(
            Code::InvalidFormat,
            format!(
                "FORMAT={} no se ofrece aquí. Los que hay: image/png, image/svg+xml.",
                text.chars().take(80).collect::<String>()
            ),
        )),
    }
}

fn view(asked: &Asked, layers: usize, limits: MapLimits) -> Result<View, Exception> {
    let name = asked.version.crs_name();
    let code = asked.needed(name, "EPSG:3857")?;
    let axes = asked.version.axes(code).ok_or_else(|| {
        Exception::new(
            Code::InvalidCrs,
            format!(
                "{name}={} no se ofrece aquí. Los que hay: {}.",
                code.chars().take(80).collect::<String>(),
                asked.version.codes().join(", ")
            ),
        )
    })?;
    let bbox = bbox(asked, axes)?;
    let (width, height) = (asked.whole("WIDTH", "800")?, asked.whole("HEIGHT", "600")?);
    Sizes { width, height, layers }.check(limits)?;
    View::new(axes.crs, bbox, (width, height), pixel_mm(asked)).map_err(|error| {
        Exception::invalid(
            "BBOX",
            asked.text("BBOX").unwrap_or_default(),
            &format!("una caja con ancho y alto ({error})"),
        )
    })
}

fn bbox(asked: &Asked, axes: Axes) -> Result<[f64; 4], Exception> {
    let text = asked.needed("BBOX", "-78.6,-7.3,-78.4,-7.1")?;
    let read: Result<Vec<f64>, _> = text.split(',').map(|number| number.trim().parse::<f64>()).collect();
    match read.as_deref() {
        Ok([a, b, c, d]) if [a, b, c, d].iter().all(|side| side.is_finite()) && a < c && b < d => {
            Ok(axes.bbox([*a, *b, *c, *d]))
        }
        _ => Err(Exception::invalid(
            "BBOX",
            text,
            "cuatro números separados por comas, los menores antes que los mayores",
        )),
    }
}

/// What programs with fine screens say in parameters of their own.
fn pixel_mm(asked: &Asked) -> f64 {
    let dpi = ["DPI", "MAP_RESOLUTION"]
        .iter()
        .find_map(|name| asked.text(name)?.parse::<f64>().ok());
    dpi.filter(|dpi| (30.0..=1200.0).contains(dpi))
        .map_or(PIXEL_MM, |dpi| 25.4 / dpi)
}

fn background(asked: &Asked) -> Result<Option<Colour>, Exception> {
    let transparent = match asked.text("TRANSPARENT") {
        None => false,
        Some(word) if word.eq_ignore_ascii_case("true") => true,
        Some(word) if word.eq_ignore_ascii_case("false") => false,
        Some(other) => return Err(Exception::invalid("TRANSPARENT", other, "TRUE o FALSE")),
    };
    let below = match asked.text("BGCOLOR") {
        None => Colour::WHITE,
        Some(text) => colour(text).ok_or_else(|| Exception::invalid("BGCOLOR", text, "un color como 0xFFFFFF"))?,
    };
    Ok((!transparent).then_some(below))
}

fn time(asked: &Asked) -> Result<Option<Time>, Exception> {
    let Some(text) = asked.text("TIME").filter(|text| !text.eq_ignore_ascii_case("current")) else {
        return Ok(None);
    };
    let mut params = Params::default();
    let read = params
        .add("time", text.to_owned(), &["time"])
        .and_then(|()| params.time("time"));
    read.map_err(|problem: Problem| Exception::new(Code::InvalidDimensionValue, problem.detail))
}

/// The point that `GetFeatureInfo` asks about, in millimetres of the picture.
///
/// # Errors
/// `InvalidPoint` where it lies beyond the picture.
pub(crate) fn point_asked(asked: &Asked, view: &View) -> Result<Coord<f64>, Exception> {
    let names = match asked.version {
        Version::V130 => ["I", "J"],
        Version::V111 => ["X", "Y"],
    };
    let mut place = [0.0; 2];
    for ((name, at), most) in names.iter().zip(&mut place).zip([view.pixels.0, view.pixels.1]) {
        let value = asked.whole(name, "100").map_err(|refused| Exception {
            code: if asked.text(name).is_some() {
                Code::InvalidPoint
            } else {
                refused.code
            },
            ..refused
        })?;
        if value >= most {
            return Err(Exception {
                code: Code::InvalidPoint,
                ..Exception::invalid(name, &value.to_string(), &format!("un número de 0 a {}", most - 1))
            });
        }
        *at = (f64::from(value) + 0.5) * view.pixel_mm();
    }
    Ok(Coord {
        x: place[0],
        y: place[1],
    })
}

/// The legend that is asked for, as a scene with its pixels.
///
/// # Errors
/// The codes of the standard.
pub(crate) fn legend(asked: &Asked, known: &[LayerKind]) -> Result<(Scene, (u32, u32), Medium), Exception> {
    let medium = medium(asked, "image/png")?;
    let kinds = asked.layers("LAYER", known)?;
    if let Some(style) = asked.text("STYLE") {
        without_names(style, kinds[0])?;
    }
    let scale = asked.text("SCALE").map(|text| {
        let scale = text
            .parse::<f64>()
            .ok()
            .filter(|scale| *scale > 0.0 && scale.is_finite());
        scale.ok_or_else(|| Exception::invalid("SCALE", text, "un denominador de escala mayor que 0"))
    });
    let scene = scene_of(kinds[0], scale.transpose()?)?;
    let pixels = pixels_of(&scene, pixel_mm(asked));
    Ok((scene, pixels, medium))
}

/// Width and height of a layer's legend, in pixels.
pub(crate) fn legend_size(kind: LayerKind) -> (u32, u32) {
    scene_of(kind, None).map_or((20, 20), |scene| pixels_of(&scene, PIXEL_MM))
}

fn scene_of(kind: LayerKind, scale: Option<f64>) -> Result<Scene, Exception> {
    let texts = Texts::of(Lang::Es);
    let look = layer_styles().look(kind);
    let note = look.unofficial.then(|| texts.say("map-unofficial"));
    let scene = legend_scene(&look.signs(scale), &layer_meanings(texts), note.as_deref());
    scene.map_err(|error| Exception::from(Problem::internal(&error)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a legend has some hundred pixels a side"
)]
fn pixels_of(scene: &Scene, pixel_mm: f64) -> (u32, u32) {
    let pixels = |mm: f64| (mm / pixel_mm).ceil().clamp(1.0, 8000.0) as u32;
    (pixels(scene.width_mm), pixels(scene.height_mm))
}
