//! The features of a layer: the first ones, or those of a name.

use super::{
    Answer, Site,
    feature::as_geojson,
    layer::{candidate, layer},
};
use crate::{
    answer::{document, entity_tag, unchanged},
    current::Current,
    documents::{is_synthetic, kept, link},
    negotiate::{Format, format},
    page::{page, search_box},
    params::Params,
    problem::{Kind, Problem},
    words::{count, segment, title_of},
};
use actix_web::{HttpRequest, web::Path};
use maud::html;
use serde_json::{Value, json};
use store::{Edition, NameRank, Snapshot};
use territory::{Feature, LayerKind};

struct Listed<'a> {
    items: Vec<(&'a Edition, &'a Feature)>,
    /// How many there are in all, where that is known without counting.
    of: Option<u64>,
}

/// `/collections/{layer}/items`
pub(crate) async fn items(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), &["f", "name", "limit"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let limit = params.limit(site.config.items.usual, site.config.items.most)?;
    let current = site.current()?;
    let kind = layer(&current.snapshot, &path)?;
    let tag = entity_tag(&current.tag, format);
    // a search may find nothing: that comes before what the reader has
    if params.text("name").is_none()
        && let Some(answer) = unchanged(&request, &tag)
    {
        return Ok(answer);
    }
    let body = site
        .pool
        .run(move |_| {
            let name = params.text("name");
            let listed = match name {
                Some(name) => named(&current.snapshot, kind, name, limit)?,
                None => first(&current.snapshot, kind, limit),
            };
            Ok(match format {
                Format::Html => as_page(&current, kind, name.unwrap_or_default(), &listed),
                _ => collection(kind, &listed),
            })
        })
        .await?;
    let media = match format {
        Format::Html => "text/html; charset=utf-8",
        _ => "application/geo+json",
    };
    Ok(document(media, Some(&tag), body))
}

fn first(snapshot: &Snapshot, kind: LayerKind, limit: usize) -> Listed<'_> {
    let every = snapshot
        .collection(kind)
        .flat_map(|edition| edition.features.iter().map(move |feature| (&**edition, feature)));
    Listed {
        items: every.take(limit).collect(),
        of: Some(kept(snapshot, kind)),
    }
}

/// Those whose name holds the text; where only similar names exist they are offered with a refusal.
fn named<'a>(snapshot: &'a Snapshot, kind: LayerKind, name: &str, limit: usize) -> Result<Listed<'a>, Problem> {
    let found = snapshot.search_by_name(kind, name, limit);
    let (held, near): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|found| !matches!(found.rank, NameRank::Near(_)));
    if held.is_empty() {
        let candidates: Vec<Value> = near
            .iter()
            .take(5)
            .map(|found| candidate(kind, &found.feature.key, found.feature.name()))
            .collect();
        let name: String = name.chars().take(80).collect();
        return Err(Kind::UnknownName
            .because(format!(
                "Ningún elemento de «{}» se llama «{name}». Pruebe con parte del nombre, o suba el lindero en /checks.",
                title_of(kind)
            ))
            .with("candidates", candidates));
    }
    Ok(Listed {
        items: held.iter().map(|found| (&**found.edition, found.feature)).collect(),
        of: None,
    })
}

fn collection(kind: LayerKind, listed: &Listed<'_>) -> String {
    let features: Vec<Value> = listed
        .items
        .iter()
        .map(|(edition, feature)| as_geojson(&edition.meta, feature))
        .collect();
    let here = format!("/collections/{kind}/items");
    let mut document = json!({
        "type": "FeatureCollection",
        "numberReturned": features.len(),
        "features": features,
        "links": [link("self", &format!("{here}?f=json"), "application/geo+json"), link("collection", &format!("/collections/{kind}"), "application/json")],
    });
    if let Some(of) = listed.of {
        document["numberMatched"] = of.into();
    }
    document.to_string()
}

fn as_page(current: &Current, kind: LayerKind, name: &str, listed: &Listed<'_>) -> String {
    let body = html! {
        (search_box(kind.id(), "Busque por nombre en esta capa", name))
        p role="status" {
            @match listed.of {
                Some(of) => { "Se muestran los primeros " (listed.items.len()) " de " (count(of)) ". Para los demás, busque por nombre." },
                None => { "Encontrados con ese nombre: " (listed.items.len()) "." },
            }
        }
        table.cards {
            thead { tr { th scope="col" { "Nombre" } th scope="col" { "Lugar" } th scope="col" { "Consulta" } } }
            tbody {
                @for (edition, feature) in &listed.items {
                    @let href = format!("/collections/{kind}/items/{}", segment(&feature.key));
                    @let suffix = if current.snapshot.find(kind, &feature.key).len() > 1 { format!("?edition={}", segment(&edition.meta.id)) } else { String::new() };
                    tr {
                        th scope="row" { a href=(format!("{href}{suffix}")) { (feature.name()) } " (" (feature.key) ")" }
                        td data-label="Lugar" { (place(feature)) }
                        td data-label="Consulta" { @if feature.land.is_some() { a href=(format!("{href}/check{suffix}")) { "Qué se superpone con " (feature.name()) } } }
                    }
                }
            }
        }
    };
    page(title_of(kind), is_synthetic(&current.snapshot, Some(kind)), &body)
}

fn place(feature: &Feature) -> String {
    let parts: Vec<&str> = ["district", "province", "department"]
        .iter()
        .filter_map(|field| feature.attributes.text(field))
        .collect();
    parts.join(", ")
}
