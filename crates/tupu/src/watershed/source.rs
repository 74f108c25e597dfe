//! `tupu watershed source`: where the water of an intake comes from, and what lies there.

use super::derive::point;
use super::ground::positive;
use super::units::sheet::held;
use crate::check::ceiling;
use crate::exit::refuse;
use crate::times::Times;
use crate::{clock, rules};
use clap::Args;
use conflicts::water::{IntakeOut, Registered, SourceView, source_view, within};
use conflicts::{BasinOut, Fixed, LayerState, NoBasin, Subject, WaterState, basin};
use geo_types::Geometry;
use std::path::PathBuf;
use store::{Snapshot, SnapshotOptions, Store, WaterLimits};
use territory::{LayerKind, Metres};

/// Dice de dónde viene el agua de una captación: la cuenca que drena a ella, y qué hay en esa cuenca.
///
/// Es la vista con que comienza un mecanismo de retribución por servicios ecosistémicos (MRSE): área que aporta, derechos mineros por
/// estado, comunidades, zonas y usos del suelo, obras registradas. En cada capa de suelos las clases y lo que no consta suman la cuenca.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu watershed source --store cusco.gpkg --point -72.05,-13.39
  tupu watershed source --store cusco.gpkg --feature springs/12 --json")]
pub struct SourceArgs {
    /// El almacén (GeoPackage) de donde se leen el modelo de drenaje y las capas.
    #[arg(long, value_name = "ALMACEN")]
    store: PathBuf,
    /// La captación: longitud y latitud.
    #[arg(long, value_name = "LON,LAT", value_parser = point, allow_hyphen_values = true, required_unless_present = "feature")]
    point: Option<[f64; 2]>,
    /// La captación: un punto de una capa, como springs/12.
    #[arg(long, value_name = "CAPA/CLAVE", conflicts_with = "point")]
    feature: Option<String>,
    /// Lo más lejos que está el curso modelado al que se lleva la captación, en metros.
    #[arg(long, value_name = "METROS", default_value_t = 100.0, value_parser = positive)]
    snap: f64,
    #[command(flatten)]
    times: Times,
    /// Carpeta de un libro de reglas, o de una carpeta por versión; rige la del día consultado.
    #[arg(long, value_name = "CARPETA")]
    rules: Option<PathBuf>,
    /// Hasta qué visibilidad de ediciones se consulta.
    #[arg(long, value_name = "VISIBILIDAD", default_value = "public", value_parser = ["public", "office", "private"])]
    visibility: String,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: SourceArgs) -> anyhow::Result<()> {
    let as_of = args.times.as_of(clock::now())?;
    let store = Store::open_read(&args.store)?;
    let ceiling = ceiling(&args.visibility);
    let snapshot = Snapshot::load(&store, SnapshotOptions { ceiling, as_of })?;
    let intake = intake(&args, &snapshot)?;
    let basin = basin_of(&args, (&store, &snapshot), &intake)?;
    let subject = match Subject::geometry(&basin.land, None) {
        Ok(subject) => subject,
        Err(error) => return refuse(error.sentence_es()),
    };
    let shelf = rules::shelf(args.rules.as_deref())?;
    let book = shelf.in_force(as_of.valid);
    let around = snapshot.surroundings(&subject, book);
    let works = Registered::of(&subject, &snapshot.layer_around(LayerKind::Projects, &subject));
    let view = source_view(intake, basin, works, within(&subject, &around, book, as_of));
    if args.json {
        print!("{}", reports::canonical_json(&view)?);
    } else {
        print!("{}", text(&view));
    }
    Ok(())
}

fn intake(args: &SourceArgs, snapshot: &Snapshot) -> anyhow::Result<IntakeOut> {
    let bare = |[lon, lat]: [f64; 2]| IntakeOut {
        point: [Fixed(lon), Fixed(lat)],
        feature: None,
        name: None,
    };
    let Some(named) = &args.feature else {
        return Ok(bare(args.point.unwrap_or_default()));
    };
    let Some((layer, key)) = named.split_once('/') else {
        return refuse(format!(
            "--feature espera CAPA/CLAVE, por ejemplo springs/12; se dio «{named}»"
        ));
    };
    let Ok(layer) = layer.parse::<LayerKind>() else {
        return refuse(format!(
            "no hay ninguna capa «{layer}»; las captaciones están en springs"
        ));
    };
    let found = snapshot.find(layer, key);
    let [one] = found.as_slice() else {
        return refuse(format!(
            "{} elementos «{key}» constan en la capa {layer}; se necesita uno: use --point LON,LAT",
            found.len()
        ));
    };
    let Geometry::Point(place) = &one.feature.lonlat else {
        return refuse(format!("{layer}/{key} no es un punto; use --point LON,LAT"));
    };
    Ok(IntakeOut {
        feature: Some((layer, key.to_owned())),
        name: Some(one.feature.name().to_owned()),
        ..bare([place.x(), place.y()])
    })
}

/// The basin by the drainage models of the store.
fn basin_of(args: &SourceArgs, (store, snapshot): (&Store, &Snapshot), intake: &IntakeOut) -> anyhow::Result<BasinOut> {
    let limit = Metres(args.snap);
    let made = snapshot.water_models(
        store,
        None,
        WaterLimits {
            cells: u64::MAX,
            snap: limit,
        },
    );
    let point = intake.point.map(|degrees| degrees.0);
    match basin(&made.models, point, (limit, f64::INFINITY)) {
        Ok(found) => Ok(found),
        Err(NoBasin::TooLarge { hectares }) => refuse(format!(
            "la cuenca tiene {hectares:.0} ha: es mayor de lo que se recorre"
        )),
        Err(NoBasin::Nowhere(answer)) if answer.state == WaterState::NoModel && !made.refused.is_empty() => {
            refuse(format!("No se puede determinar. {}", made.refused.join(" ")))
        }
        Err(NoBasin::Nowhere(answer)) => refuse(answer.explanation.unwrap_or_default()),
    }
}

fn text(view: &SourceView) -> String {
    let (model, area) = (&view.basin, &view.within.area);
    let name = view
        .intake
        .name
        .as_deref()
        .map_or_else(String::new, |name| format!(" de {name}"));
    let mut lines = vec![
        format!(
            "De dónde viene el agua{name} (hidrografía modelada de {}, no es un límite oficial)",
            model.model.edition
        ),
        format!(
            "Área que aporta: {} ha planas (UTM {}S), {} ha geodésicas; el curso está a {} m; orden de Strahler {}.",
            area.utm_ha,
            area.utm_zone,
            area.geodesic_ha,
            model
                .snap
                .distance_m
                .map_or_else(|| "—".to_owned(), |metres| metres.to_string()),
            model.order
        ),
        format!("Alturas: de {} a {} m.", model.heights_m[0], model.heights_m[1]),
        match &view.at_risk {
            Some(live) => format!(
                "Bajo derechos mineros vigentes, titulados o en trámite: {} ha ({:.2} % de la cuenca).",
                live.union_ha,
                live.share_of_subject.0 * 100.0
            ),
            None => {
                "Bajo derechos mineros vigentes: no se puede determinar, no se consultó la capa o no consta.".to_owned()
            }
        },
    ];
    lines.extend(held(&view.within));
    lines.extend(registered("Obras registradas", &view.works));
    lines.extend(registered("Acuerdos registrados", &view.agreements));
    lines.push("Un manantial puede venir de agua subterránea: su recorrido no se puede determinar con el relieve. Los canales no constan en el modelo.".to_owned());
    lines.extend(view.within.limits.iter().map(|limit| limit.text.clone()));
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

fn registered(title: &str, register: &Registered) -> Vec<String> {
    let state = match (register.state, register.features.is_empty()) {
        (LayerState::NotConsulted, _) => "no se consultó",
        (LayerState::NoData, _) => "no consta ninguna capa",
        (_, true) => "no consta ninguno en la cuenca",
        (_, false) => "",
    };
    let head = format!("{title}: {state}").trim_end().to_owned();
    let each = register
        .features
        .iter()
        .map(|one| format!("  {} ({})", one.name, one.feature));
    std::iter::once(head).chain(each).collect()
}
