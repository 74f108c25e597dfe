//! Every answer that is a refusal: one table of kinds, each with a stable `type`, and the RFC 9457 document.

use actix_web::{
    HttpResponse, ResponseError,
    body::BoxBody,
    http::{StatusCode, header},
};
use serde_json::{Map, Value, json};
use std::{fmt, sync::atomic::AtomicU64, sync::atomic::Ordering};

macro_rules! kinds {
    ($($name:ident $slug:literal $status:literal $title:literal $about:literal;)+) => {
        /// The kinds of refusal. Slugs never change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Kind { $($name),+ }

        impl Kind {
            /// Every kind, in the order of the table.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The last part of `type`.
            pub(crate) fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug),+ }
            }

            /// The HTTP status.
            pub(crate) fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            /// The title that people read.
            pub(crate) fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }

            /// When it happens and what to do.
            pub(crate) fn about(self) -> &'static str {
                match self { $(Self::$name => $about),+ }
            }
        }
    };
}

kinds! {
    UnknownParameter "unknown-parameter" 400 "Parámetro desconocido"
        "La dirección o el formulario lleva un parámetro que esta consulta no tiene. Quítelo o corrija su nombre: el error enumera los que hay.";
    InvalidParameter "invalid-parameter" 400 "Valor no válido"
        "Un parámetro tiene un valor que no se entiende o que no se admite. El error dice cuál y qué se espera.";
    InvalidForm "invalid-form" 400 "Formulario incompleto o mal formado"
        "El formulario no trae archivo ni coordenadas, trae ambos, o no se puede leer. Envíe un archivo en «file» o texto en «coords».";
    UnreadableUpload "unreadable-upload" 400 "El archivo no se puede leer"
        "El archivo está vacío, cortado, o no es del formato que dice. El error nombra el formato visto y el octeto, la línea o el elemento. Vuelva a exportarlo.";
    InvalidGeometry "invalid-geometry" 422 "La geometría no sirve"
        "Una coordenada no es un número, está fuera de rango, o no queda tierra que consultar. El error dice el elemento y el vértice.";
    OutsidePeru "outside-peru" 422 "Fuera del Perú"
        "Las coordenadas no caen en el Perú. Revise el sistema de coordenadas, el orden de los ejes y los signos.";
    OverLimit "over-limit" 422 "Más de lo que se admite"
        "La geometría pasa un límite de este servidor (vértices, hectáreas, archivos o trabajo). El error da la cifra y el límite. Consulte por partes, o use el programa en su equipo.";
    TooLarge "too-large" 413 "Archivo demasiado grande"
        "El archivo o el formulario pasa el límite de octetos. Simplifique o divida el archivo, o use el programa en su equipo.";
    UnsupportedMedia "unsupported-media-type" 415 "Formato no admitido"
        "Se admiten GeoJSON, KML, KMZ, GPX, CSV, Shapefile en ZIP y coordenadas en texto. Convierta el archivo a uno de ellos.";
    CrsNeeded "crs-needed" 409 "Falta el sistema de coordenadas"
        "Las coordenadas no dicen en qué sistema están y caben en varios. Elija uno de los que el error enumera, con el lugar en que pondría la tierra, y envíelo en «crs».";
    NotAcceptable "not-acceptable" 406 "Formato de respuesta no disponible"
        "Lo pedido en «f» o en la cabecera Accept no se ofrece aquí. El error enumera lo que hay.";
    UnknownLayer "unknown-layer" 404 "Capa desconocida"
        "No hay ninguna capa publicada con ese nombre. /collections las enumera.";
    UnknownFeature "unknown-feature" 404 "Elemento desconocido"
        "La capa no tiene ningún elemento con esa clave. El error ofrece los más parecidos.";
    UnknownName "unknown-name" 404 "Nombre desconocido"
        "Ningún elemento de la capa se llama así. El error ofrece los más parecidos.";
    AmbiguousFeature "ambiguous-feature" 409 "Clave repetida en varias ediciones"
        "Varias ediciones de la capa tienen un elemento con esa clave. Elija una de las que el error enumera con «edition».";
    NoLand "no-land" 422 "El elemento no es tierra"
        "El elemento es un punto o una línea: no tiene superficie que comparar. Elija un elemento con superficie.";
    UnknownTile "unknown-tile" 404 "Tesela que no existe"
        "La dirección nombra una cuadrícula de teselas, un nivel, una fila o una columna que no hay. El error dice cuáles hay.";
    UnknownProcess "unknown-process" 404 "Proceso desconocido"
        "No hay ningún proceso con ese nombre. /processes los enumera.";
    UnknownJob "unknown-job" 404 "Trabajo desconocido"
        "No hay ningún trabajo con esa dirección, o ya no: se descartó, pasó el plazo en que se guarda, o su resultado dejó sitio a otros. Encárguelo otra vez.";
    NoResultYet "no-result-yet" 404 "Todavía no hay resultado"
        "El trabajo espera su turno o está en curso. Vuelva en los segundos que dice la cabecera Retry-After.";
    NotFound "not-found" 404 "No hay nada en esta dirección"
        "La dirección no existe. La página inicial enlaza todo lo que hay.";
    MethodNotAllowed "method-not-allowed" 405 "Método no admitido"
        "Esta dirección existe, pero no admite ese método. La cabecera Allow dice cuáles admite.";
    InvalidCode "invalid-code" 400 "Código mal escrito"
        "Los códigos de los informes tienen doce caracteres y el último comprueba a los demás. El error dice qué no corresponde. Vuelva a copiarlo.";
    UnknownReport "unknown-report" 404 "Informe desconocido"
        "El código está bien escrito, pero en el registro de este servidor no consta ningún informe con él. Puede ser de otro servidor, o no haberse guardado.";
    AmbiguousCode "ambiguous-code" 409 "Código de varios informes"
        "Varios informes comparten el código. Elija con «id» uno de los que el error enumera.";
    UnreadableReport "unreadable-report" 400 "Esto no es un informe"
        "Lo enviado no es el JSON de un informe o de una matriz. Envíelo tal como se emitió, como cuerpo o en el campo «file» de un formulario.";
    NotKept "not-kept" 507 "El informe no se pudo guardar"
        "Se pidió guardar el informe y el registro de este servidor no admite más. El error dice la cifra y el límite. Pídalo sin «keep», y guarde usted el archivo JSON.";
    BadRequest "bad-request" 400 "Petición mal formada"
        "La petición no se puede leer. Revise la dirección, las cabeceras y el cuerpo.";
    SlowBody "slow-body" 408 "El envío tardó demasiado"
        "El cuerpo de la petición no llegó entero a tiempo. Vuelva a enviarlo con mejor conexión, o envíe un archivo menor.";
    Busy "busy" 503 "Servidor ocupado"
        "Hay demasiadas consultas en espera. Vuelva a intentarlo en los segundos que dice la cabecera Retry-After.";
    TimeLimit "time-limit" 504 "La consulta pasó el tiempo límite"
        "La consulta no terminó a tiempo y no se da un resultado a medias. Consulte una tierra menor o por partes, o use el programa en su equipo.";
    NotReady "not-ready" 503 "Todavía no hay datos"
        "El servidor no ha podido leer su almacén de capas. El error dice qué ocurre y cómo remediarlo.";
    Internal "internal" 500 "Error del servidor"
        "Ocurrió un error que no esperábamos. Comunique el código que da el error a quien administra el servidor.";
}

/// A refusal, as it goes out.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    /// What kind.
    pub kind: Kind,
    /// What happened here and how to mend it, in Spanish.
    pub detail: String,
    /// More members of the document.
    pub members: Map<String, Value>,
    /// Seconds after which to come back.
    pub retry_after_s: Option<u64>,
    /// Methods that are allowed.
    pub allow: Option<&'static str>,
}

impl Kind {
    /// What `type` says: the page of the kind here, or the name that a standard gives it.
    pub(crate) fn uri(self) -> String {
        const PROCESSES: &str = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0";
        match self {
            Self::UnknownProcess => format!("{PROCESSES}/no-such-process"),
            Self::UnknownJob => format!("{PROCESSES}/no-such-job"),
            Self::NoResultYet => format!("{PROCESSES}/result-not-ready"),
            _ => self.page(),
        }
    }

    /// Its page here.
    pub(crate) fn page(self) -> String {
        format!("/problems/{}", self.slug())
    }

    /// A refusal of this kind.
    pub(crate) fn because(self, detail: impl Into<String>) -> Problem {
        Problem {
            kind: self,
            detail: detail.into(),
            members: Map::new(),
            retry_after_s: None,
            allow: None,
        }
    }
}

impl Problem {
    /// With another member.
    #[must_use]
    pub(crate) fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.members.insert(member.to_owned(), value.into());
        self
    }

    /// A refusal that says an id and nothing else; what happened is in the log under that id.
    pub(crate) fn internal(what: &dyn fmt::Display) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let id = format!("{:x}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        tracing::error!(%id, "{what}");
        Kind::Internal
            .because(format!("Comunique este código a quien administra el servidor: {id}."))
            .with("id", id)
    }

    /// The document.
    pub(crate) fn document(&self) -> Value {
        let mut document = json!({
            "type": self.kind.uri(),
            "title": self.kind.title(),
            "status": self.kind.status(),
            "detail": self.detail,
        });
        if self.kind.uri() != self.kind.page() {
            document["about"] = self.kind.page().into();
        }
        if let Value::Object(object) = &mut document {
            object.extend(self.members.clone());
        }
        document
    }

    /// The answer with a body already written in some format.
    pub(crate) fn answer(&self, media: &'static str, body: String) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        answer.insert_header((header::CONTENT_TYPE, media));
        answer.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Some(seconds) = self.retry_after_s {
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if let Some(methods) = self.allow {
            answer.insert_header((header::ALLOW, methods));
        }
        answer.body(body)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.kind.slug())
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status()).expect("the table holds valid statuses")
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        self.answer("application/problem+json; charset=utf-8", self.document().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn slugs_are_distinct_and_statuses_are_refusals() {
        let slugs: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.slug()).collect();
        assert_eq!(slugs.len(), Kind::ALL.len());
        assert!(Kind::ALL.iter().all(|kind| (400..600).contains(&kind.status())));
    }

    #[test]
    fn an_internal_error_says_an_id_and_nothing_else() {
        let problem = Problem::internal(&"secret path /var/x");
        assert!(!problem.document().to_string().contains("secret"));
        assert!(problem.members.contains_key("id"));
    }
}
