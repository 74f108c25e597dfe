//! What was derived, by which method, and what does not look like ground.

use super::findings::Model;
use super::ground::{Source, kind_of_area, mean_cell};
use super::tables::rounded;
use serde_json::{Value, json};
use std::fmt::Write as _;
use watershed::{Breached, Drained, Inspection, Network, Odd, Unit};

pub use super::findings::ODD;

/// What is said of a derivation.
pub struct Derived<'a> {
    pub source: &'a Source,
    pub inspection: Inspection,
    pub drained: Drained,
    pub breached: Option<Breached>,
    pub network: Network,
    pub units: Vec<Unit>,
    pub files: &'a [std::path::PathBuf],
    pub threshold_m2: f64,
    pub digits: usize,
    pub whole_below: u32,
    pub prefix: Option<&'a str>,
    pub prefix_basin: Option<usize>,
    pub written: Vec<String>,
}

impl Derived<'_> {
    fn model(&self) -> Model<'_> {
        Model {
            grid: &self.source.grid,
            inspection: &self.inspection,
            raised: self.drained.raised,
        }
    }

    /// The summary as JSON.
    pub fn json(&self) -> Value {
        let (grid, place) = (&self.source.grid, self.source.place);
        let raised = self.drained.raised;
        let streams: f64 = self.network.reaches.iter().map(|reach| reach.length).sum();
        let area: f64 = self.units.iter().map(|unit| unit.area).sum();
        let kind = kind_of_area(grid.crs());
        let height = |(millimetres, _): (i32, u32)| f64::from(millimetres) / 1000.0;
        json!({
            "hydrography": "modelled",
            "notice": "Hidrografía modelada a partir de un modelo de elevación; no reemplaza las unidades ni los cursos oficiales de la ANA.",
            "program": format!("tupu {}", env!("CARGO_PKG_VERSION")),
            "files": self.files.iter().map(|file| file.file_name().map(|name| name.to_string_lossy())).collect::<Vec<_>>(),
            "grid": {
                "crs": format!("EPSG:{}", grid.crs().epsg()), "columns": place.columns, "rows": place.rows,
                "cell": [place.width, place.height], "west": place.west, "north": place.north,
                "cells": grid.cells(), "cells_with_data": self.inspection.known, "mean_cell_m2": rounded(mean_cell(grid), 4),
                "lowest_m": self.inspection.lowest.map(height), "highest_m": self.inspection.highest.map(height),
            },
            "area_kind": kind,
            "method": {
                "directions": "D8", "fill": if self.breached.is_some() { "breach-or-fill" } else { "fill" },
                "codes": "Pfafstetter", "concentration_time": "Kirpich 1940", "compactness": "Gravelius", "slope": "Horn 1981",
            },
            "threshold": { "asked_ha": rounded(self.threshold_m2 / 1e4, 6), "cells": self.source.threshold },
            "division": { "digits": self.digits, "whole_below_cells": self.whole_below, "prefix": self.prefix, "prefix_basin": self.prefix_basin },
            "fill": {
                "cells": raised.cells, "deepest_m": f64::from(raised.deepest) / 1000.0,
                "mean_of_raised_m": rounded(raised.millimetres as f64 / 1000.0 / raised.cells.max(1) as f64, 3),
            },
            "breach": self.breached.map(|breached| json!({
                "depressions": breached.depressions, "left": breached.left, "cells": breached.cells, "deepest_m": f64::from(breached.deepest) / 1000.0,
            })),
            "basins": self.drained.outlets.len(),
            "streams": {
                "reaches": self.network.reaches.len(), "length_km": rounded(streams / 1000.0, 3),
                "highest_order": self.network.reaches.iter().map(|reach| reach.strahler).max(),
            },
            "units": { "count": self.units.len(), format!("area_ha_{kind}"): rounded(area / 1e4, 4) },
            "quality": {
                "too_low": self.odd(self.inspection.too_low), "too_high": self.odd(self.inspection.too_high),
                "needles": self.odd(self.inspection.needles), "wells": self.odd(self.inspection.wells),
                "zeros_beside_higher_ground": self.odd(self.inspection.zeros),
                "mean_fall_between_neighbours": self.inspection.mean_steepness().map(|steepness| rounded(steepness, 4)),
                "deepest_fill_at": raised.deepest_cell.map(|cell| self.model().place(cell)),
            },
            "findings": self.model().findings(),
            "written": self.written,
        })
    }

    fn odd(&self, odd: Odd) -> Value {
        json!({
            "cells": odd.cells, "most_m": f64::from(odd.most) / 1000.0, "at": odd.cell.map(|cell| self.model().place(cell)),
        })
    }

    /// The summary for a terminal.
    pub fn text(&self) -> String {
        let (grid, place, raised) = (&self.source.grid, self.source.place, self.drained.raised);
        let mut text = String::new();
        let _ = writeln!(
            text,
            "{} celdas de {} × {} ({}), {} con dato",
            grid.cells(),
            place.width,
            place.height,
            grid.crs().name(),
            self.inspection.known
        );
        let _ = writeln!(
            text,
            "Relleno: {} celdas, la más honda {:.1} m",
            raised.cells,
            f64::from(raised.deepest) / 1000.0
        );
        if let Some(breached) = self.breached {
            let _ = writeln!(
                text,
                "Pasos abiertos: {} depresiones, {} celdas rebajadas",
                breached.depressions, breached.cells
            );
        }
        let _ = writeln!(
            text,
            "Cursos desde {} celdas ({:.2} ha): {} tramos · cuencas: {} · microcuencas codificadas: {}",
            self.source.threshold,
            self.threshold_m2 / 1e4,
            self.network.reaches.len(),
            self.drained.outlets.len(),
            self.units.len()
        );
        for finding in self.model().findings() {
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
