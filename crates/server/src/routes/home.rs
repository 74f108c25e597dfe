//! The first page.

use super::{Answer, Site};
use crate::{
    answer::{base_of, document, media, with_base},
    documents::{is_synthetic, kept, link},
    negotiate::{Format, format},
    page::{page, search_box},
    params::Params,
    words::{count, title_of},
};
use actix_web::HttpRequest;
use maud::html;
use serde_json::json;

/// The relation of a server to its processes.
const PROCESSES: &str = "http://www.opengis.net/def/rel/ogc/1.0/processes";
const TITLE: &str = "Tupu: qué se superpone con esta tierra";
const ABOUT: &str = "Compara la tierra de una comunidad, o la que usted indique, con las capas públicas cargadas en este \
                     servidor, y dice qué se superpone, cuánto, y qué no se sabe. El resultado es informativo: no declara derechos.";

/// `/`
pub(crate) async fn home(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let body = match format {
        Format::Html => as_page(&site),
        _ => json!({
            "title": TITLE,
            "description": ABOUT,
            "links": [
                link("self", "/?f=json", "application/json"),
                link("alternate", "/?f=html", "text/html"),
                link("service-desc", "/api", "application/vnd.oai.openapi+json;version=3.0"),
                link("service-doc", "/api.html", "text/html"),
                link("conformance", "/conformance", "application/json"),
                link("data", "/collections", "application/json"),
                link("editions", "/editions", "application/json"),
                link("check", "/checks", "application/json"),
                link(PROCESSES, "/processes", "application/json"),
                link("status", "/ready", "application/json"),
                link("problems", "/problems", "application/json"),
            ],
        })
        .to_string(),
    };
    let body = if format == Format::Html {
        body
    } else {
        with_base(&body, base_of(&request).as_deref()).into_owned()
    };
    Ok(document(media(format), None, body))
}

fn as_page(site: &Site) -> String {
    let current = site.current();
    let synthetic = current
        .as_ref()
        .is_ok_and(|current| is_synthetic(&current.snapshot, None));
    let body = html! {
        p { (ABOUT) }
        (search_box("communities", "Busque una comunidad por su nombre", ""))
        p { "¿No está en la lista, o quiere consultar otra tierra? " a href="/checks" { "Suba un archivo o escriba sus coordenadas" } "." }
        h2 { "Capas" }
        @match &current {
            Ok(current) => {
                ul {
                    @for kind in current.snapshot.kinds() {
                        li {
                            a href=(format!("/collections/{kind}")) { (title_of(kind)) }
                            " (" (count(kept(&current.snapshot, kind))) ")"
                        }
                    }
                }
                @if current.snapshot.editions.is_empty() { p { "El almacén no tiene todavía ninguna capa pública." } }
            }
            Err(problem) => p role="alert" { (problem.detail) },
        }
    };
    page(TITLE, synthetic, &body)
}
