//! The quality report in Spanish, for a person at a terminal.

use crate::QualityReport;
use crate::geometry::note_es;
use crate::quality::Listed;
use std::fmt::Write;
use territory::RepairKind;

/// What a repair is called.
pub fn repair_es(kind: RepairKind) -> &'static str {
    match kind {
        RepairKind::ClosedRing => "anillo cerrado",
        RepairKind::DroppedRepeats => "puntos repetidos quitados",
        RepairKind::DroppedRing => "anillo sin área quitado",
        RepairKind::CutSpike => "púa sin área cortada",
        RepairKind::TurnedRing => "sentido del anillo corregido",
        RepairKind::SplitCrossing => "cruce consigo mismo (lazo) separado",
        RepairKind::MendedHoles => "huecos corregidos",
        RepairKind::JoinedParts => "partes superpuestas unidas",
        RepairKind::AbsorbedShell => "parte contenida en otra absorbida",
    }
}

/// Entries of a list that the terminal shows.
const SHOWN: usize = 10;

impl QualityReport {
    /// The report in Spanish. Long lists are shortened, and say by how many and where the rest is.
    ///
    /// # Panics
    /// Never: writing to a string cannot fail.
    pub fn to_spanish(&self) -> String {
        let mut out = String::new();
        self.write(&mut out).expect("writing to a string cannot fail");
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        self.write_reading(out)?;
        let counts = &self.counts;
        writeln!(
            out,
            "Filas leídas: {}. Elementos: {}. Rechazadas: {}. Unidas a otra fila: {}. Con geometría reparada: {}.",
            counts.read, counts.kept, counts.rejected, self.joined_rows, counts.repaired
        )?;
        list(out, "Filas rechazadas", &self.rejected, |r| {
            let id = r.id.as_ref().map_or_else(String::new, |id| format!(" ({id})"));
            format!("fila {}{id}, {}: {}; {}", r.row, field_es(&r.field), r.reason, r.mend)
        })?;
        list(out, "Reparaciones de geometría", &self.repairs, |r| {
            format!(
                "fila {} ({}), parte {}: {} ({}); {:.4} ha → {:.4} ha",
                r.row,
                r.key,
                r.part,
                repair_es(r.kind),
                r.count,
                r.area_before_ha,
                r.area_after_ha
            )
        })?;
        if !self.turned_rings.is_empty() {
            writeln!(
                out,
                "Anillos escritos en el otro sentido (como en los Shapefile) y girados, sin cambiar ningún terreno: {} partes; el \
                 informe JSON (--json) las detalla.",
                self.turned_rings.total
            )?;
        }
        list(out, "Claves repetidas", &self.shared_keys, |shared| {
            let rows: Vec<String> = shared.rows.iter().map(u64::to_string).collect();
            let differing = if shared.differing.is_empty() {
                String::new()
            } else {
                format!("; difieren en: {}", shared.differing.join(", "))
            };
            format!(
                "«{}», filas {}: {}{differing}",
                shared.key,
                rows.join(", "),
                shared.action
            )
        })?;
        if self.areas_compared > 0 {
            writeln!(
                out,
                "Áreas declaradas comparadas con la medida: {}.",
                self.areas_compared
            )?;
        }
        list(
            out,
            "Área declarada y medida difieren en más de 2 %",
            &self.area_differences,
            |d| {
                let name = d.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
                format!(
                    "fila {} ({}){name}: declarada {:.2} ha, medida {:.2} ha ({:+.1} %)",
                    d.row,
                    d.key,
                    d.declared_ha,
                    d.measured_ha,
                    d.difference * 100.0
                )
            },
        )?;
        self.write_overlaps(out)?;
        self.write_units(out)?;
        list(out, "Sobresalen del Perú", &self.outside, |o| {
            format!(
                "fila {} ({}): {} vértices; el primero es el {} ({:.4}°, {:.4}°)",
                o.row, o.key, o.vertices_outside, o.vertex, o.lon, o.lat
            )
        })?;
        list(
            out,
            "Fechas y números que no se entienden (quedan vacíos)",
            &self.not_understood,
            |n| format!("fila {} ({}), {}: «{}»", n.row, n.key, n.field, n.value),
        )?;
        self.write_values(out)
    }

    fn write_reading(&self, out: &mut String) -> std::fmt::Result {
        let reading = &self.reading;
        writeln!(
            out,
            "Fuente: {} ({}), capa «{}», perfil {}.",
            reading.file, reading.format, reading.table, reading.profile
        )?;
        writeln!(
            out,
            "Sistema de coordenadas: {}. Operación de datum: {}.",
            reading.crs, reading.operation
        )?;
        reading
            .notes
            .iter()
            .try_for_each(|note| writeln!(out, "Nota: {}.", note.trim_end_matches('.')))
    }

    fn write_overlaps(&self, out: &mut String) -> std::fmt::Result {
        let overlaps = &self.overlaps;
        if let Some(why) = &overlaps.why_not {
            return writeln!(out, "Superposiciones dentro de la capa: no se midieron ({why}).");
        }
        writeln!(
            out,
            "Superposiciones dentro de la capa: {} pares, {:.4} ha sumadas por pares; {} pares son menores de {} ha.",
            overlaps.pairs, overlaps.hectares, overlaps.small_pairs, overlaps.listed_from_ha
        )?;
        list(out, "Pares superpuestos", &overlaps.list, |pair| {
            format!("«{}» y «{}»: {:.4} ha", pair.a, pair.b, pair.hectares)
        })
    }

    fn write_units(&self, out: &mut String) -> std::fmt::Result {
        let Some(units) = &self.units else { return Ok(()) };
        writeln!(
            out,
            "Unidades hidrográficas con código propio: {}; de ellas {} no se dividen más en la capa.",
            units.units, units.finest
        )?;
        list(out, "Hallazgos en los códigos", &units.codes, |fault| {
            format!("{}: {}", fault.field, fault.finding)
        })?;
        match (&units.why_not, units.zone) {
            (Some(why), _) => writeln!(out, "Terreno contra códigos: no se comparó ({why}).")?,
            (None, Some(zone)) => writeln!(
                out,
                "Terreno contra códigos, en la zona UTM {zone}S, desde {} ha y {} m de ancho medio: {} diferencias.",
                units.listed_from_ha, units.listed_from_m, units.land.total
            )?,
            (None, None) => {}
        }
        list(out, "Terreno que no corresponde a los códigos", &units.land, |fault| {
            fault.finding.clone()
        })
    }

    fn write_values(&self, out: &mut String) -> std::fmt::Result {
        for unknown in self.unknown_values.iter().take(SHOWN) {
            writeln!(
                out,
                "Valor desconocido en {}: «{}», {} filas.",
                unknown.field, unknown.value, unknown.rows
            )?;
        }
        if self.unknown_values.len() > SHOWN {
            writeln!(
                out,
                "  … y {} valores más: el informe JSON (--json) los trae todos.",
                self.unknown_values.len() - SHOWN
            )?;
        }
        for (field, texts) in &self.mojibake {
            writeln!(out, "Letras dañadas (mojibake) corregidas en {field}: {texts} textos.")?;
        }
        for (field, texts) in &self.lost_characters {
            writeln!(
                out,
                "Letras perdidas en la fuente (�) en {field}: {texts} textos; revise la codificación."
            )?;
        }
        for (field, rows) in &self.lists {
            writeln!(
                out,
                "Varios valores en {field}: {rows} filas; se conservan todos, separados por « / »."
            )?;
        }
        for (note, rows) in &self.geometry_notes {
            writeln!(out, "Geometrías {}: {rows}.", note_es(note))?;
        }
        if self.zones.len() > 1 {
            let zones: Vec<String> = self
                .zones
                .iter()
                .map(|(zone, count)| format!("{zone}S: {count}"))
                .collect();
            writeln!(out, "La capa ocupa varias zonas UTM: {}.", zones.join(", "))?;
        }
        Ok(())
    }
}

fn field_es(field: &str) -> String {
    match field {
        "geometry" => "geometría".to_owned(),
        "*" => "toda la fila".to_owned(),
        other => format!("campo {other}"),
    }
}

fn list<T>(out: &mut String, title: &str, listed: &Listed<T>, line: impl Fn(&T) -> String) -> std::fmt::Result {
    if listed.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title}: {}.", listed.total)?;
    for item in listed.items.iter().take(SHOWN) {
        writeln!(out, "  {}", line(item))?;
    }
    let more = listed.total - listed.items.len().min(SHOWN) as u64;
    if more > 0 {
        writeln!(out, "  … y {more} más: el informe JSON (--json) los trae.")?;
    }
    if listed.not_listed() > 0 {
        writeln!(
            out,
            "  De ellos, {} están contados pero no detallados tampoco en el JSON.",
            listed.not_listed()
        )?;
    }
    Ok(())
}
