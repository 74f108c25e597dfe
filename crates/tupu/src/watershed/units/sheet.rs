//! The sheet of a unit as text.

use conflicts::LayerState;
use conflicts::water::{Along, GroundPart, LandOut, UnitRef, UnitSheet, UnitWays, Within};
use territory::LayerKind;

/// The sheet in Spanish.
pub fn text(sheet: &UnitSheet) -> String {
    let UnitSheet { unit, within, .. } = sheet;
    let area = &within.area;
    let declared = area
        .declared_ha
        .map_or_else(|| "no consta".to_owned(), |area| format!("{area} ha"));
    let mut lines = vec![
        format!("Unidad hidrográfica {} — {}", unit.code, unit.name),
        format!(
            "Área: {} ha planas (UTM {}S), {} ha geodésicas, declarada {declared}.",
            area.utm_ha, area.utm_zone, area.geodesic_ha
        ),
        format!(
            "Edición {}, vigente desde {}.",
            sheet.edition.edition, sheet.edition.valid_from
        ),
        format!("Cae en: {}", among(&sheet.parents)),
        format!("No constan como unidades de la capa: {}", listed(&sheet.absent_parents)),
        format!("Se divide en: {}", among(&sheet.children)),
        format!("Está aguas arriba: {}", among(&sheet.upstream)),
        format!("Corre hacia: {}", among(&sheet.downstream)),
        format!("Curso principal, desde la desembocadura: {}", among(&sheet.main_stem)),
    ];
    if let Some(hectares) = sheet.drained.utm_ha {
        lines.push(format!(
            "Por su salida pasa el agua de {} unidades: {hectares} ha planas sumadas, cada una en su zona.",
            sheet.drained.units
        ));
    }
    lines.extend(
        sheet
            .faults
            .iter()
            .map(|fault| format!("Hallazgo en los códigos: {}", fault.finding)),
    );
    lines.extend(held(within));
    if sheet.shore {
        lines.push("Es una orilla: el agua sale de ella y ninguna otra unidad corre por ella.".to_owned());
    }
    lines.push("Los códigos no dicen qué parte de la unidad corre hacia qué lugar de ella, ni qué lleva un canal o el agua subterránea.".to_owned());
    lines.extend(within.limits.iter().map(|limit| limit.text.clone()));
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// What lies along the flow of a unit, in Spanish.
pub fn ways(ways: &UnitWays) -> String {
    let way = match ways.along {
        Along::Upstream => "aguas arriba",
        Along::Downstream => "aguas abajo",
    };
    let mut lines = vec![
        format!(
            "Unidad hidrográfica {} — {}: lo que está {way} por los códigos",
            ways.unit.code, ways.unit.name
        ),
        format!("Unidades: {}", among(&ways.units)),
    ];
    if let Some(within) = &ways.within {
        let area = &within.area;
        lines.push(format!(
            "Su tierra junta: {} ha planas (UTM {}S), {} ha geodésicas.",
            area.utm_ha, area.utm_zone, area.geodesic_ha
        ));
        lines.extend(held(within));
        lines.extend(within.limits.iter().map(|limit| limit.text.clone()));
    }
    lines.push(
        "Solo se conocen las unidades de la capa; los canales y el agua subterránea no constan en los códigos."
            .to_owned(),
    );
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// What lies within a basin, in lines.
pub fn held(within: &Within) -> Vec<String> {
    let mut lines = Vec::new();
    match within.state_of(LayerKind::Concessions) {
        Some(LayerState::Consulted | LayerState::Partial) => {
            lines.push(
                "Derechos mineros (hectáreas de la unión, planas; el terreno bajo dos derechos cuenta una vez):"
                    .to_owned(),
            );
            lines.extend(within.rights.iter().map(|total| {
                let share = total.share_of_subject.0 * 100.0;
                format!(
                    "  {}: {} derechos, {} ha, {share:.2} %",
                    total.group, total.count, total.union_ha
                )
            }));
        }
        state => lines.push(format!("Derechos mineros: {}", said(state))),
    }
    for (layer, title) in [
        (LayerKind::Communities, "Comunidades"),
        (LayerKind::ProtectedAreas, "Áreas naturales protegidas"),
        (LayerKind::BufferZones, "Zonas de amortiguamiento"),
        (LayerKind::Springs, "Manantiales y captaciones"),
    ] {
        let found: Vec<_> = within.of(layer).collect();
        match within.state_of(layer) {
            Some(LayerState::Consulted | LayerState::Partial) => {
                lines.push(
                    format!("{title}: {}", if found.is_empty() { "no consta ninguna" } else { "" })
                        .trim_end()
                        .to_owned(),
                );
                lines.extend(found.iter().map(|held| match (held.utm_ha, held.share_of_basin) {
                    (Some(area), Some(share)) => format!(
                        "  {} ({}): {area} ha, {:.2} %",
                        held.name,
                        held.feature,
                        share.0 * 100.0
                    ),
                    _ => format!("  {} ({})", held.name, held.feature),
                }));
            }
            state => lines.push(format!("{title}: {}", said(state))),
        }
    }
    lines.extend(within.land.iter().flat_map(land));
    lines
}

fn land(land: &LandOut) -> Vec<String> {
    let title = match land.layer {
        LayerKind::Zoning => "Zonificación (ZEE)",
        LayerKind::LandCapability => "Capacidad de uso mayor",
        _ => "Uso actual de la tierra",
    };
    let ground =
        |name: &str, ground: &GroundPart| format!("  {name}: {} ha, {:.2} %", ground.utm_ha, ground.share.0 * 100.0);
    let mut lines = vec![format!("{title}: {}", said(Some(land.state)))];
    lines.extend(
        land.classes
            .iter()
            .map(|class| ground(class.class.as_deref().unwrap_or("sin clase en la capa"), &class.ground)),
    );
    lines.push(ground("no consta", &land.unknown));
    lines
}

fn said(state: Option<LayerState>) -> &'static str {
    match state {
        Some(LayerState::Consulted) => "consultada",
        Some(LayerState::Partial) => "consultada en parte",
        Some(LayerState::NoData) => "no consta la capa",
        Some(LayerState::NotConsulted) | None => "no se consultó",
    }
}

fn among(units: &[UnitRef]) -> String {
    let names: Vec<String> = units
        .iter()
        .map(|unit| format!("{} {}", unit.code, unit.name))
        .collect();
    listed(&names)
}

fn listed(items: &[String]) -> String {
    if items.is_empty() {
        "no consta ninguna".to_owned()
    } else {
        items.join(", ")
    }
}
