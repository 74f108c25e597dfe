//! What in a model does not look like ground, in sentences with figures and places. Nothing is mended, and nothing guessed.

use super::tables::rounded;
use watershed::{Grid, Inspection, Odd, OddLimits, Raised};

/// Beyond these a model of Peruvian ground is wrong in its unit, its datum or its noise: metres.
const LOWEST: f64 = -500.0;
const HIGHEST: f64 = 6_900.0;
const DEEPEST: f64 = 500.0;
/// By so much a cell stands out from all its neighbours.
const STEP: f64 = 150.0;
/// The mean fall between neighbours from which on the ground would be steeper than any mountains are as a whole.
const STEEPEST: f64 = 1.2;

/// The same in millimetres.
pub const ODD: OddLimits = OddLimits {
    lowest: -500_000,
    highest: 6_900_000,
    step: 150_000,
};

/// A model that was looked at and drained.
pub struct Model<'a> {
    pub grid: &'a Grid,
    pub inspection: &'a Inspection,
    pub raised: Raised,
}

impl Model<'_> {
    /// Findings about the model itself, in Spanish.
    pub fn findings(&self) -> Vec<String> {
        let found = self.inspection;
        let all = [
            self.too_low(),
            self.too_high(),
            self.flat(),
            self.steep(),
            self.odd(found.needles, "sobresale de todas sus vecinas en más de", "una aguja"),
            self.odd(found.wells, "está por debajo de todas sus vecinas en más de", "un hoyo"),
            self.zeros(),
            self.deepest(),
        ];
        all.into_iter().flatten().collect()
    }

    /// The middle of a cell, in the model's coordinates.
    pub fn place(&self, cell: u32) -> [f64; 2] {
        let places = if self.grid.crs().is_geographic() { 6 } else { 1 };
        self.grid.centre(cell as usize).map(|value| rounded(value, places))
    }

    fn at(&self, cell: Option<u32>) -> String {
        let Some(cell) = cell else { return String::new() };
        let [x, y] = self.place(cell);
        format!(" en ({x}, {y})")
    }

    fn too_low(&self) -> Option<String> {
        let odd = self.inspection.too_low;
        let (lowest, _) = self.inspection.lowest.filter(|_| odd.cells > 0)?;
        Some(format!(
            "La altura más baja es {:.1} m{}; están por debajo de {LOWEST} m {}: revise el valor de «sin dato» y la unidad vertical.",
            metres(lowest),
            self.at(odd.cell),
            cells(odd.cells)
        ))
    }

    fn too_high(&self) -> Option<String> {
        let odd = self.inspection.too_high;
        let (highest, _) = self.inspection.highest.filter(|_| odd.cells > 0)?;
        let units = [
            ("pies", 0.3048),
            ("decímetros", 0.1),
            ("centímetros", 0.01),
            ("milímetros", 0.001),
        ];
        let fitting = units.into_iter().find(|(_, size)| metres(highest) * size <= HIGHEST);
        let hint = fitting.map_or_else(String::new, |(unit, size)| {
            format!(
                " Si el archivo estuviera en {unit}, serían {:.1} m.",
                metres(highest) * size
            )
        });
        Some(format!(
            "La altura más alta es {:.1} m{}, más que el suelo peruano; pasan de {HIGHEST} m {}: revise la unidad vertical.{hint}",
            metres(highest),
            self.at(odd.cell),
            cells(odd.cells)
        ))
    }

    fn flat(&self) -> Option<String> {
        let (lowest, highest) = self.inspection.lowest.zip(self.inspection.highest)?;
        (lowest.0 == highest.0 && self.inspection.known > 1).then(|| {
            format!(
                "Todas las alturas son {:.1} m: el modelo no tiene relieve, y las direcciones sobre él no significan nada.",
                metres(lowest.0)
            )
        })
    }

    fn steep(&self) -> Option<String> {
        let steepness = self
            .inspection
            .mean_steepness()
            .filter(|steepness| *steepness > STEEPEST)?;
        Some(format!(
            "Entre celdas vecinas la altura cambia en promedio {:.0} % de su distancia, más que en ninguna cordillera: revise si las \
             alturas están en pies u otra unidad, o si el modelo tiene ruido.",
            steepness * 100.0
        ))
    }

    fn odd(&self, odd: Odd, stands: &str, name: &str) -> Option<String> {
        (odd.cells > 0).then(|| {
            let verb = if odd.cells == 1 { "celda" } else { "celdas; cada una" };
            format!(
                "{} {verb} {stands} {STEP:.0} m; la mayor, {:.1} m{}: parece {name} del modelo, no del suelo.",
                odd.cells,
                f64::from(odd.most) / 1000.0,
                self.at(odd.cell)
            )
        })
    }

    fn zeros(&self) -> Option<String> {
        let odd = self.inspection.zeros;
        (odd.cells > 0).then(|| {
            format!(
                "{} de altura 0 junto a suelo más de {STEP:.0} m más alto{}: parece «sin dato» escrito como 0. Declárelo con \
                 gdal_translate -a_nodata 0.",
                cells(odd.cells),
                self.at(odd.cell)
            )
        })
    }

    fn deepest(&self) -> Option<String> {
        let deepest = f64::from(self.raised.deepest) / 1000.0;
        (deepest > DEEPEST).then(|| {
            format!(
                "Una depresión se rellenó {deepest:.1} m{}: puede ser un hoyo falso del modelo, o un valle cerrado por su borde o por \
                 celdas sin dato.",
                self.at(self.raised.deepest_cell)
            )
        })
    }
}

fn metres(millimetres: i32) -> f64 {
    f64::from(millimetres) / 1000.0
}

fn cells(count: u64) -> String {
    if count == 1 {
        "1 celda".to_owned()
    } else {
        format!("{count} celdas")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use watershed::{Elevation, Placement, find_drainage, inspect};

    fn said(columns: usize, metres: &[f64]) -> Vec<String> {
        let place = Placement {
            west: 500_000.0,
            north: 8_500_000.0,
            width: 1000.0,
            height: 1000.0,
        };
        let crs = crs::Crs::from_epsg(32_718).unwrap();
        let grid = Grid::new(columns, metres.len() / columns, place, crs).unwrap();
        let heights = metres.iter().map(|metres| watershed::millimetres(*metres)).collect();
        let elevation = Elevation::new(grid.clone(), heights).unwrap();
        let inspection = inspect(&elevation, ODD);
        let raised = find_drainage(elevation).raised;
        let model = Model {
            grid: &grid,
            inspection: &inspection,
            raised,
        };
        model.findings()
    }

    fn plain(odd: f64) -> Vec<f64> {
        let mut heights: Vec<f64> = (0..25).map(|cell| 4000.0 + f64::from(cell)).collect();
        heights[12] = odd;
        heights
    }

    #[test]
    fn ground_gives_no_finding() {
        assert_eq!(said(5, &plain(4012.0)), Vec::<String>::new());
    }

    #[test]
    fn a_well_of_kilometres_is_told_with_its_depth_and_place() {
        let found = said(5, &plain(-3000.0));
        assert!(
            found[0].contains("-3000.0 m en (502500, 8497500)") && found[0].contains("1 celda"),
            "{found:#?}"
        );
        assert!(
            found
                .iter()
                .any(|said| said.contains("un hoyo") && said.contains("7006.0 m")),
            "{found:#?}"
        );
        assert!(
            found
                .iter()
                .any(|said| said.contains("se rellenó 7006.0 m en (502500, 8497500)")),
            "{found:#?}"
        );
    }

    #[test]
    fn heights_above_any_mountain_are_told_with_what_they_would_be_in_feet() {
        let found = said(5, &plain(20_000.0));
        assert!(found[0].contains("en pies, serían 6096.0 m"), "{found:#?}");
        assert!(found.iter().any(|said| said.contains("una aguja")), "{found:#?}");
        let found = said(5, &plain(65_000.0));
        assert!(found[0].contains("en decímetros, serían 6500.0 m"), "{found:#?}");
    }

    #[test]
    fn zeros_in_the_mountains_a_plate_and_noise_are_told() {
        assert!(said(5, &plain(0.0)).iter().any(|said| said.contains("-a_nodata 0")));
        assert!(said(3, &[7.0; 9])[0].contains("no tiene relieve"));
        let noise: Vec<f64> = (0..64).map(|cell| f64::from(cell * 7919 % 64) * 60.0).collect();
        assert!(said(8, &noise).iter().any(|said| said.contains("cordillera")));
    }
}
