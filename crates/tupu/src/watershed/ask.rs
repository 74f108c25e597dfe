//! `tupu watershed upstream` and `downstream`: what lies above and below a point or a feature, from a store.

use super::derive::point;
use super::ground::positive;
use crate::{clock, exit::refuse, times::Times};
use clap::Args;
use conflicts::{Asked, Direction, WaterAnswer, WaterLayerOut, WaterQuestion, WaterState, water_answer};
use std::fmt::Write as _;
use std::path::PathBuf;
use store::{Snapshot, SnapshotOptions, Store, WaterLimits};
use territory::{LayerKind, Metres, Visibility};

/// Dice qué hay de un lado de un lugar, según el modelo de drenaje publicado en un almacén.
///
/// Un punto se lleva al curso modelado más cercano; más allá de --snap no se responde. Un manantial puede venir de agua subterránea, que no
/// se deduce del relieve. Las hectáreas son uniones: una celda cuenta una sola vez.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu watershed upstream --store cusco.gpkg --feature springs/M-12
  tupu watershed upstream --store cusco.gpkg --point -72.05,-13.42 --snap 200 --json
  tupu watershed downstream --store cusco.gpkg --feature concessions/010000119")]
pub struct AskArgs {
    /// El almacén (GeoPackage) de donde se lee.
    #[arg(long, value_name = "ALMACEN")]
    store: PathBuf,
    /// Longitud y latitud WGS 84.
    #[arg(long, value_name = "LON,LAT", value_parser = point, allow_hyphen_values = true, required_unless_present = "feature", conflicts_with = "feature")]
    point: Option<[f64; 2]>,
    /// Un elemento de una capa: springs/CLAVE, communities/CLAVE, concessions/CLAVE.
    #[arg(long, value_name = "CAPA/CLAVE")]
    feature: Option<String>,
    /// La edición del elemento, cuando varias tienen uno con esa clave.
    #[arg(long, value_name = "EDICION", requires = "feature")]
    edition: Option<String>,
    /// Lo más lejos que está el curso al que se lleva un punto, en metros.
    #[arg(long, value_name = "METROS", default_value_t = 100.0, value_parser = positive)]
    snap: f64,
    #[command(flatten)]
    times: Times,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Cells that are held: a person's own machine says itself when it is too little.
const ANY_SIZE: u64 = u64::MAX;

/// Runs the command.
pub fn run(args: AskArgs, direction: Direction) -> anyhow::Result<()> {
    let store = Store::open_read(&args.store)?;
    let options = SnapshotOptions {
        ceiling: Visibility::Private,
        as_of: args.times.as_of(clock::now())?,
    };
    let snapshot = Snapshot::load(&store, options)?;
    let asked = asked(&args, &snapshot)?;
    let limits = WaterLimits {
        cells: ANY_SIZE,
        snap: Metres(args.snap),
    };
    let made = snapshot.water_models(&store, None, limits);
    let question = WaterQuestion {
        asked,
        direction,
        limit: Metres(args.snap),
    };
    let mut answer = water_answer(&made.models, &question);
    if answer.state == WaterState::NoModel && !made.refused.is_empty() {
        answer.explanation = Some(format!("No se puede determinar. {}", made.refused.join(" ")));
    }
    if args.json {
        println!("{}", reports::canonical_json(&answer)?);
    } else if answer.state == WaterState::Answered {
        print!("{}", text(&answer));
    } else {
        return refuse(answer.explanation.unwrap_or_default());
    }
    Ok(())
}

fn asked<'a>(args: &AskArgs, snapshot: &'a Snapshot) -> anyhow::Result<Asked<'a>> {
    let Some(named) = &args.feature else {
        return Ok(Asked::Point(args.point.unwrap_or_default()));
    };
    let Some((layer, key)) = named.split_once('/') else {
        return refuse(format!(
            "--feature espera CAPA/CLAVE, por ejemplo springs/M-12; se dio «{named}»"
        ));
    };
    let Ok(kind) = layer.parse::<LayerKind>() else {
        let known: Vec<&str> = LayerKind::ALL.iter().map(|kind| kind.id()).collect();
        return refuse(format!(
            "no hay ninguna capa «{layer}». Las capas son: {}",
            known.join(", ")
        ));
    };
    let mut found = snapshot.find(kind, key);
    if let Some(edition) = &args.edition {
        found.retain(|found| found.edition.meta.id == *edition);
    }
    match found[..] {
        [one] => Ok(Asked::Feature {
            layer: kind,
            edition: &one.edition.meta.id,
            feature: one.feature,
        }),
        [] => refuse(format!("no hay ningún elemento «{key}» en la capa {kind}")),
        _ => {
            let editions: Vec<&str> = found.iter().map(|found| found.edition.meta.id.as_str()).collect();
            refuse(format!(
                "«{key}» está en varias ediciones: elija una con --edition: {}",
                editions.join(", ")
            ))
        }
    }
}

/// What people call the layers of an answer.
fn title(layer: LayerKind) -> &'static str {
    match layer {
        LayerKind::Concessions => "Derechos mineros",
        LayerKind::Communities => "Comunidades",
        LayerKind::Springs => "Manantiales y captaciones",
        LayerKind::ProtectedAreas => "Áreas naturales protegidas",
        _ => "Otra capa",
    }
}

fn text(answer: &WaterAnswer) -> String {
    let mut text = String::new();
    let up = answer.direction == Direction::Upstream;
    let side = if up { "Aguas arriba" } else { "Aguas abajo" };
    let asked = &answer.asked;
    let place = match (&asked.name, &asked.point) {
        (Some(name), _) => name.clone(),
        (_, Some([lon, lat])) => format!("{lon}, {lat}"),
        _ => String::new(),
    };
    let _ = writeln!(text, "{side} de {place} (hidrografía modelada)");
    if let Some((distance, limit)) = answer
        .snap
        .as_ref()
        .and_then(|snap| Some((snap.distance_m?, snap.limit_m)))
    {
        let _ = writeln!(
            text,
            "El curso modelado más cercano está a {distance} m (límite: {limit} m)."
        );
    }
    if let (Some(ground), Some(model)) = (&answer.catchment, &answer.model) {
        let kind = if model.area_kind == "planar" {
            "planas"
        } else {
            "geodésicas"
        };
        let _ = writeln!(text, "Drenan al lugar {} ha {kind}, por celdas.", ground.area_ha);
    }
    for layer in &answer.layers {
        of_layer(&mut text, layer, up);
    }
    if let Some(part) = answer.part.filter(|part| part.partly_off_model || part.unmeasured > 0) {
        let _ = writeln!(
            text,
            "Parte de la tierra está fuera del modelo o sin dato ({} de {} celdas): de ella no se puede determinar nada.",
            part.unmeasured, part.cells
        );
    }
    let _ = writeln!(
        text,
        "Un manantial puede venir de agua subterránea, que no se deduce del relieve."
    );
    if answer.limits.iter().any(|limit| limit == "canals-unknown") {
        let _ = writeln!(
            text,
            "No constan canales ni trasvases: si los hay, el agua puede venir también de otro lado."
        );
    }
    if let Some(model) = &answer.model {
        let _ = writeln!(
            text,
            "Según {} ({}, desde {}).",
            model.title, model.edition, model.valid_from
        );
        for fault in &model.canal_faults {
            let _ = writeln!(text, "Canal {} no usado: {}", fault.id, fault.reason);
        }
    }
    text
}

fn of_layer(text: &mut String, layer: &WaterLayerOut, up: bool) {
    let _ = writeln!(text, "\n{}", title(layer.layer));
    if layer.editions.is_empty() {
        let _ = writeln!(text, "  No consta: no hay ninguna edición de esta capa.");
        return;
    }
    if layer.features.is_empty() {
        let _ = writeln!(
            text,
            "  Nada de esta capa está aguas {} según el modelo.",
            if up { "arriba" } else { "abajo" }
        );
    }
    for group in &layer.groups {
        let _ = writeln!(
            text,
            "  {}: {} ha ({:.1} % de lo que drena)",
            group.group.as_deref().unwrap_or("todos"),
            group.area_ha,
            group.share_of_catchment.0 * 100.0
        );
    }
    for out in &layer.features {
        let _ = write!(text, "  {:>9} km  {} ({})", out.path_km.to_string(), out.name, out.id);
        if let Some(group) = &out.group {
            let _ = write!(text, ", {group}");
        }
        if let Some(area) = out.area_ha {
            let _ = write!(text, ", {area} ha");
        }
        if let Some(canal) = &out.by_canal {
            let _ = write!(text, ", por el canal {canal}");
        }
        if out.partly_off_model {
            let _ = write!(text, ", en parte fuera del modelo");
        }
        let _ = writeln!(text);
    }
    if layer.not_placed > 0 {
        let _ = writeln!(
            text,
            "  {} puntos de esta capa no tienen un curso modelado cerca: de ellos no se puede determinar nada.",
            layer.not_placed
        );
    }
}
