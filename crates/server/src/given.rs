//! The body of `POST /checks`: raw, multipart or urlencoded, read whole within its limit and its time.

use crate::{
    config::Config,
    params::Params,
    problem::{Kind, Problem},
    words::count,
};
use actix_multipart::Multipart;
use actix_web::{
    HttpRequest,
    error::PayloadError,
    http::header,
    rt::time::timeout,
    web::{Bytes, BytesMut, Payload},
};
use futures_util::{StreamExt, stream};

/// Parameters that may come in the address and in forms.
pub(crate) const PARAMS: &[&str] = &[
    "f", "lang", "audience", "crs", "name", "zone", "slivers", "valid-at", "known-at", "since", "keep",
];
/// Fields of a form that are not parameters.
const FIELDS: &[&str] = &[
    "file", "coords", "f", "lang", "audience", "crs", "name", "zone", "slivers", "valid-at", "known-at", "since",
    "keep",
];
/// Room for what surrounds the file in a form.
const AROUND: usize = 16 << 10;
/// Fields of a form.
const MOST_FIELDS: usize = 16;

/// What somebody hands in, and how it is to be treated.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// The file or text.
    pub bytes: Bytes,
    /// Its media type.
    pub media: Option<String>,
    /// Its name.
    pub filename: Option<String>,
    /// The rest.
    pub params: Params,
}

/// Reads the request.
///
/// # Errors
/// `slow-body`, `too-large`, `unsupported-media-type`, `invalid-form`, and those of [`Params`].
pub(crate) async fn gather(request: &HttpRequest, payload: Payload, config: &Config) -> Result<Given, Problem> {
    let params = Params::read(request.query_string(), PARAMS)?;
    let media = media_type(request);
    let form = matches!(
        media.as_deref(),
        Some("multipart/form-data" | "application/x-www-form-urlencoded")
    );
    let limit = config.uploads.bytes;
    let room = if form { limit.saturating_add(AROUND) } else { limit };
    let bytes = timeout(config.body_time(), whole(request, payload, room, limit))
        .await
        .map_err(|_| too_slow(config.body_s))??;
    match media.as_deref() {
        Some("multipart/form-data") => multipart(request, bytes, params).await,
        Some("application/x-www-form-urlencoded") => urlencoded(&bytes, params),
        Some(picture) if is_no_geometry(picture) => Err(Kind::UnsupportedMedia.because(format!(
            "«{picture}» no es un formato que se lea aquí. Envíe GeoJSON, KML, KMZ, GPX, CSV, Shapefile en ZIP o coordenadas en texto."
        ))),
        _ => Ok(Given {
            bytes,
            media,
            filename: None,
            params,
        }),
    }
}

/// Reads a request whose body is one file, as it is or in the field «file» of a form.
///
/// # Errors
/// `slow-body`, `too-large`, `invalid-form`.
pub(crate) async fn gather_one(request: &HttpRequest, payload: Payload, config: &Config) -> Result<Bytes, Problem> {
    let limit = config.uploads.bytes;
    let form = media_type(request).as_deref() == Some("multipart/form-data");
    let room = if form { limit.saturating_add(AROUND) } else { limit };
    let bytes = timeout(config.body_time(), whole(request, payload, room, limit))
        .await
        .map_err(|_| too_slow(config.body_s))??;
    let file = if form {
        multipart(request, bytes, Params::default())
            .await
            .map(|given| given.bytes)
    } else {
        Ok(bytes)
    };
    match file {
        Ok(bytes) if !bytes.is_empty() => Ok(bytes),
        _ => Err(Kind::InvalidForm
            .because("No hay ningún informe. Envíe su JSON como cuerpo, o en el campo «file» de un formulario.")),
    }
}

/// Reads a request whose body is JSON.
///
/// # Errors
/// `unsupported-media-type`, `slow-body`, `too-large`.
pub(crate) async fn gather_json(request: &HttpRequest, payload: Payload, config: &Config) -> Result<Bytes, Problem> {
    let media = media_type(request);
    let json =
        |media: &str| media == "application/json" || media.starts_with("application/") && media.ends_with("+json");
    if let Some(other) = media.as_deref().filter(|media| !json(media)) {
        let other: String = other.chars().take(80).collect();
        return Err(Kind::UnsupportedMedia.because(format!("El cuerpo es «{other}» y se espera application/json.")));
    }
    let limit = config.uploads.bytes;
    timeout(config.body_time(), whole(request, payload, limit, limit))
        .await
        .map_err(|_| too_slow(config.body_s))?
}

fn media_type(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next()?.trim().to_ascii_lowercase();
    (!essence.is_empty()).then_some(essence)
}

fn is_no_geometry(media: &str) -> bool {
    ["image/", "audio/", "video/", "font/"]
        .iter()
        .any(|kind| media.starts_with(kind))
        || media == "application/pdf"
}

/// The whole body. What comes beyond the limit is read and forgotten for a while, so that the sender hears the answer.
async fn whole(request: &HttpRequest, mut payload: Payload, room: usize, limit: usize) -> Result<Bytes, Problem> {
    let patience = room.saturating_mul(4);
    let stated: Option<usize> = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    if let Some(stated) = stated.filter(|stated| *stated > patience) {
        return Err(too_large(stated, limit));
    }
    let mut body = BytesMut::new();
    let mut seen = 0_usize;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| broken(&error))?;
        seen = seen.saturating_add(chunk.len());
        if seen > patience {
            break;
        }
        if seen <= room {
            body.extend_from_slice(&chunk);
        }
    }
    if seen > room {
        return Err(too_large(stated.unwrap_or(seen), limit));
    }
    Ok(body.freeze())
}

fn too_large(figure: usize, limit: usize) -> Problem {
    Kind::TooLarge
        .because(format!(
            "El envío tiene al menos {} octetos y el límite es {}. Simplifique o divida el archivo, o use el programa en su equipo.",
            count(figure as u64),
            count(limit as u64)
        ))
        .with("figure", figure)
        .with("limit", limit)
}

fn too_slow(seconds: u64) -> Problem {
    Kind::SlowBody
        .because(format!(
            "El envío no llegó entero en {seconds} s, que es el límite. Vuelva a enviarlo con mejor conexión, o envíe un archivo menor."
        ))
        .with("limit_s", seconds)
}

fn broken(error: &PayloadError) -> Problem {
    tracing::debug!("body broken off: {error}");
    Kind::BadRequest.because("El envío se cortó antes de llegar entero. Vuelva a enviarlo.")
}

fn urlencoded(bytes: &Bytes, mut params: Params) -> Result<Given, Problem> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Kind::InvalidForm.because("El formulario no está en UTF-8. Envíelo en UTF-8."))?;
    let form = Params::read(text, FIELDS)?;
    let mut coords = None;
    for (name, value) in form.into_pairs() {
        match name.as_str() {
            "coords" => coords = Some(value),
            "file" => {
                return Err(
                    Kind::InvalidForm.because("Un archivo se envía como multipart/form-data, en el campo «file».")
                );
            }
            _ => params.add(&name, value, PARAMS)?,
        }
    }
    let given = Given {
        params,
        ..Given::default()
    };
    with_land(given, None, coords)
}

struct File {
    bytes: Bytes,
    media: Option<String>,
    name: Option<String>,
}

async fn multipart(request: &HttpRequest, body: Bytes, mut params: Params) -> Result<Given, Problem> {
    let unreadable = |_| Kind::InvalidForm.because("El formulario está mal formado o cortado. Vuelva a enviarlo.");
    let chunks = (0..body.len()).step_by(AROUND).map(move |at| {
        let end = (at + AROUND).min(body.len());
        Ok::<_, PayloadError>(body.slice(at..end))
    });
    let mut form = Multipart::new(request.headers(), stream::iter(chunks.collect::<Vec<_>>()));
    let (mut file, mut coords, mut fields) = (None, None, 0);
    while let Some(field) = form.next().await {
        let mut field = field.map_err(unreadable)?;
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(Kind::InvalidForm.because(format!(
                "El formulario tiene más de {MOST_FIELDS} campos. Quite los que sobran."
            )));
        }
        let name = field.name().unwrap_or_default().to_owned();
        let filename = field
            .content_disposition()
            .and_then(|part| part.get_filename())
            .map(ToOwned::to_owned);
        let media = field.content_type().map(|media| media.essence_str().to_owned());
        let mut bytes = BytesMut::new();
        while let Some(chunk) = field.next().await {
            bytes.extend_from_slice(&chunk.map_err(unreadable)?);
        }
        if name == "file" {
            let left_empty = bytes.is_empty() && filename.as_deref().is_none_or(str::is_empty);
            if !left_empty && file.is_some() {
                return Err(
                    Kind::InvalidForm.because("Hay dos archivos. Envíe uno solo; un Shapefile va entero en un ZIP.")
                );
            }
            if !left_empty {
                file = Some(File {
                    bytes: bytes.freeze(),
                    media,
                    name: filename,
                });
            }
            continue;
        }
        let value = String::from_utf8(bytes.to_vec())
            .map_err(|_| Kind::InvalidForm.because(format!("El campo «{name}» no está en UTF-8. Envíelo en UTF-8.")))?;
        if name == "coords" {
            coords = Some(value).filter(|text| !text.trim().is_empty()).or(coords);
        } else if PARAMS.contains(&name.as_str()) {
            params.add(&name, value, PARAMS)?;
        } else {
            params.add(&name, value, FIELDS)?;
        }
    }
    let given = Given {
        params,
        ..Given::default()
    };
    with_land(given, file, coords)
}

/// Exactly one of the two is the land.
fn with_land(given: Given, file: Option<File>, coords: Option<String>) -> Result<Given, Problem> {
    match (file, coords) {
        (Some(file), None) => Ok(Given {
            bytes: file.bytes,
            media: file.media,
            filename: file.name,
            ..given
        }),
        (None, Some(text)) => Ok(Given {
            bytes: Bytes::from(text),
            media: Some("text/plain".to_owned()),
            ..given
        }),
        (Some(_), Some(_)) => {
            Err(Kind::InvalidForm.because("Hay un archivo y también coordenadas. Envíe una de las dos cosas."))
        }
        (None, None) => Err(Kind::InvalidForm.because(
            "No hay archivo ni coordenadas. Elija un archivo en «file» o escriba las coordenadas en «coords».",
        )),
    }
}
