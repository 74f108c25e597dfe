//! What was derived, by which method, and what does not look like ground.

use super::ground::{Drained, kind_of_area, mean_cell};
use super::tables::rounded;
use serde_json::{Value, json};
use std::fmt::Write as _;
use watershed::{Network, Units};

/// What is said of a derivation.
pub struct Derived<'a> {
    pub drained: &'a Drained,
    pub network: &'a Network,
    pub units: &'a Units,
    pub files: &'a [std::path::PathBuf],
    pub threshold_m2: f64,
    pub digits: usize,
    pub whole_below: u32,
    pub prefix: Option<&'a str>,
    pub prefix_basin: Option<u32>,
    pub written: &'a [String],
}

/// Beyond these a model of Peruvian ground is wrong in its unit, its datum or its noise: metres.
const LOWEST: f64 = -500.0;
const HIGHEST: f64 = 6_900.0;
const DEEPEST: f64 = 500.0;

impl Derived<'_> {
    /// Findings about the model itself, in Spanish.
    pub fn findings(&self) -> Vec<String> {
        let metres = |millimetres: i32| f64::from(millimetres) / 1000.0;
        let [lowest, highest] = self.drained.heights.map(metres);
        let deepest = f64::from(self.drained.drainage.raised.deepest) / 1000.0;
        let mut findings = Vec::new();
        if lowest < LOWEST {
            findings.push(format!(
                "La altura más baja es {lowest:.1} m: revise el valor de «sin dato» y la unidad vertical."
            ));
        }
        if highest > HIGHEST {
            findings.push(format!(
                "La altura más alta es {highest:.1} m, más que el suelo peruano: revise la unidad vertical."
            ));
        }
        if deepest > DEEPEST {
            findings.push(format!(
                "Una depresión se rellenó {deepest:.1} m: puede ser un hoyo falso del modelo, o un valle cerrado por su borde o por \
                 celdas sin dato."
            ));
        }
        findings
    }

    /// The summary as JSON.
    pub fn json(&self) -> Value {
        let drainage = &self.drained.drainage;
        let (grid, place) = (drainage.grid(), self.drained.place);
        let raised = drainage.raised;
        let streams: f64 = self.network.reaches.iter().map(|reach| reach.length).sum();
        let area: f64 = self.units.units.iter().map(|unit| unit.area).sum();
        let kind = kind_of_area(grid.crs());
        json!({
            "hydrography": "modelled",
            "notice": "Hidrografía modelada a partir de un modelo de elevación; no reemplaza las unidades ni los cursos oficiales de la ANA.",
            "program": format!("tupu {}", env!("CARGO_PKG_VERSION")),
            "files": self.files.iter().map(|file| file.file_name().map(|name| name.to_string_lossy())).collect::<Vec<_>>(),
            "grid": {
                "crs": format!("EPSG:{}", grid.crs().epsg()), "columns": place.columns, "rows": place.rows,
                "cell": [place.width, place.height], "west": place.west, "north": place.north,
                "cells": grid.cells(), "cells_with_data": self.drained.known, "mean_cell_m2": rounded(mean_cell(grid), 4),
                "lowest_m": f64::from(self.drained.heights[0]) / 1000.0, "highest_m": f64::from(self.drained.heights[1]) / 1000.0,
            },
            "area_kind": kind,
            "method": {
                "directions": "D8", "fill": if self.drained.breached.is_some() { "breach-or-fill" } else { "fill" },
                "codes": "Pfafstetter", "concentration_time": "Kirpich 1940", "compactness": "Gravelius", "slope": "Horn 1981",
            },
            "threshold": { "asked_ha": rounded(self.threshold_m2 / 1e4, 6), "cells": self.drained.threshold },
            "division": { "digits": self.digits, "whole_below_cells": self.whole_below, "prefix": self.prefix, "prefix_basin": self.prefix_basin },
            "fill": {
                "cells": raised.cells, "deepest_m": f64::from(raised.deepest) / 1000.0,
                "mean_of_raised_m": rounded(raised.millimetres as f64 / 1000.0 / raised.cells.max(1) as f64, 3),
            },
            "breach": self.drained.breached.map(|breached| json!({
                "depressions": breached.depressions, "left": breached.left, "cells": breached.cells, "deepest_m": f64::from(breached.deepest) / 1000.0,
            })),
            "basins": drainage.outlets.len(),
            "streams": {
                "reaches": self.network.reaches.len(), "length_km": rounded(streams / 1000.0, 3),
                "highest_order": self.network.reaches.iter().map(|reach| reach.strahler).max(),
            },
            "units": { "count": self.units.units.len(), format!("area_ha_{kind}"): rounded(area / 1e4, 4) },
            "findings": self.findings(),
            "written": self.written,
        })
    }

    /// The summary for a terminal.
    pub fn text(&self) -> String {
        let drainage = &self.drained.drainage;
        let raised = drainage.raised;
        let mut text = String::new();
        let _ = writeln!(
            text,
            "{} celdas de {} × {} ({}), {} con dato",
            drainage.grid().cells(),
            self.drained.place.width,
            self.drained.place.height,
            drainage.grid().crs().name(),
            self.drained.known
        );
        let _ = writeln!(
            text,
            "Relleno: {} celdas, la más honda {:.1} m",
            raised.cells,
            f64::from(raised.deepest) / 1000.0
        );
        if let Some(breached) = self.drained.breached {
            let _ = writeln!(
                text,
                "Pasos abiertos: {} depresiones, {} celdas rebajadas",
                breached.depressions, breached.cells
            );
        }
        let _ = writeln!(
            text,
            "Cursos desde {} celdas ({:.2} ha): {} tramos · cuencas: {} · microcuencas codificadas: {}",
            self.drained.threshold,
            self.threshold_m2 / 1e4,
            self.network.reaches.len(),
            drainage.outlets.len(),
            self.units.units.len()
        );
        for finding in self.findings() {
            let _ = writeln!(text, "Atención: {finding}");
        }
        let _ = writeln!(
            text,
            "Hidrografía modelada: no reemplaza las unidades ni los cursos oficiales."
        );
        let _ = writeln!(text, "Escrito: {}", self.written.join(", "));
        text
    }
}
