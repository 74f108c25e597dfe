//! The tree of units and its faults, as text or JSON.

use super::Layer;
use conflicts::water::{UnitRef, UnitTree};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Prints layers of units.
pub fn tell(layers: &[Layer], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        let layers: Vec<Value> = layers.iter().map(as_value).collect();
        println!(
            "{:#}",
            json!({ "schema": "tupu/hydrographic-units/1", "layers": layers })
        );
        return Ok(());
    }
    for layer in layers {
        print!("{}", as_text(layer)?);
    }
    Ok(())
}

fn codes(tree: &UnitTree, units: Vec<usize>) -> Vec<&str> {
    units.into_iter().map(|unit| tree.facts()[unit].code.as_str()).collect()
}

fn as_value(layer: &Layer) -> Value {
    let tree = &layer.tree;
    let units = tree.units();
    let unit = |(at, fact): (usize, &UnitRef)| {
        let mut value = json!(fact);
        value["parent"] = json!(units.parent(at).map(|parent| &tree.facts()[parent].code));
        value["finest"] = units.is_finest(at).into();
        value["shore"] = tree.is_shore(at).into();
        value["next"] = json!(codes(tree, units.next(at)));
        value["upstream"] = json!(codes(tree, units.upstream(at)));
        value["downstream"] = json!(codes(tree, units.downstream(at)));
        value["main_stem"] = json!(codes(tree, units.main_stem(at)));
        value
    };
    json!({
        "source": layer.title,
        "units": tree.facts().iter().enumerate().map(unit).collect::<Vec<Value>>(),
        "faults": tree.faults(),
        "import": layer.quality,
    })
}

fn as_text(layer: &Layer) -> Result<String, std::fmt::Error> {
    let (tree, units) = (&layer.tree, layer.tree.units());
    let mut out = String::new();
    writeln!(
        out,
        "{}: {} unidades hidrográficas, {} sin más división en la capa.",
        layer.title,
        tree.facts().len(),
        units.flow().0.len()
    )?;
    for (at, fact) in tree.facts().iter().enumerate() {
        let depth = std::iter::successors(units.parent(at), |parent| units.parent(*parent)).count();
        let hectares = fact.utm_ha.map_or_else(
            || "sin polígono".to_owned(),
            |area| format!("{:.2} ha planas (zona {}S)", area.0, fact.utm_zone.unwrap_or_default()),
        );
        let next = match (units.next(at).as_slice(), tree.is_shore(at)) {
            ([], true) => "orilla: el agua sale de ella".to_owned(),
            ([], false) => "no consta hacia dónde sigue en la capa".to_owned(),
            (below, _) => format!("→ {}", codes(tree, below.to_vec()).join(", ")),
        };
        writeln!(
            out,
            "{}{} {} · {hectares} · {next}",
            "  ".repeat(depth),
            fact.code,
            fact.name
        )?;
    }
    let faults = tree.faults();
    writeln!(out, "Hallazgos en los códigos: {}.", faults.len())?;
    for fault in &faults {
        writeln!(out, "  {}: {}", fault.field, fault.finding)?;
    }
    match layer.quality.as_ref().map(|quality| (quality, &quality.why_not)) {
        None => writeln!(
            out,
            "Terreno contra códigos: no consta; la edición se importó sin compararlos."
        )?,
        Some((_, Some(why))) => writeln!(out, "Terreno contra códigos: no se comparó ({why}).")?,
        Some((quality, None)) => {
            writeln!(
                out,
                "Terreno contra códigos, desde {} ha y {} m de ancho medio: {} diferencias.",
                quality.listed_from_ha, quality.listed_from_m, quality.land.total
            )?;
            for fault in &quality.land.items {
                writeln!(out, "  {}", fault.finding)?;
            }
        }
    }
    Ok(out)
}
