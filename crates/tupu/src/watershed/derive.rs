//! `tupu watershed derive`: rasters, streams, units and a summary in a folder.

use super::ground::{Drained, Ground, area, bar, mean_cell};
use super::summary::Derived;
use super::tables;
use crate::exit::refuse;
use clap::Args;
use indicatif::ProgressBar;
use ingest::{Sampling, Sheet, VectorFormat, write_cog, write_vectors};
use std::path::{Path, PathBuf};
use watershed::{Division, NO_DIRECTION, NODATA, Network, Prefix, Units, find_units};

/// Deriva de un modelo de elevación el drenaje, los cursos y las microcuencas con código Pfafstetter.
///
/// Rellena las depresiones (o abre un paso con --breach), da a cada celda la dirección de la mayor pendiente, acumula lo que drena, y
/// divide cada cuenca según Pfafstetter: en cada nivel los cuatro mayores afluentes reciben 2, 4, 6 y 8 desde la desembocadura, y lo que
/// queda entre ellos 1, 3, 5, 7 y 9. El resultado es el mismo con cualquier número de hilos. Es hidrografía modelada: no reemplaza las
/// unidades oficiales.
#[derive(Args)]
#[command(after_help = "Escribe en la carpeta de salida:
  filled.tif   alturas rellenadas, en metros
  d8.tif       dirección de flujo: 1 E, 2 SE, 4 S, 8 SO, 16 O, 32 NO, 64 N, 128 NE, 0 salida, 255 sin dato
  acc.tif      celdas que drenan por cada celda, ella incluida; 0 sin dato
  basins.tif   número de la cuenca, por su celda de salida; 0 sin dato
  pfaf.tif     código de la microcuenca completado con ceros a la derecha; 4294967295 donde no llega a un curso
  streams.gpkg, streams.fgb   tramos con orden de Strahler, magnitud de Shreve, longitud y pendiente
  units.gpkg, units.fgb       microcuencas con área, relieve, pendiente, densidad, tiempo de concentración y la que sigue aguas abajo
  summary.json                lo que se hizo, con qué y qué llama la atención

Ejemplos:
  tupu watershed derive dem.tif --out salida --threshold 25ha
  tupu watershed derive n14w074.hgt n14w075.hgt --out salida --breach --json
  tupu watershed derive coata.tif --out salida --prefix 0176 --outlet 404000,8277000")]
pub struct DeriveArgs {
    #[command(flatten)]
    ground: Ground,
    /// La carpeta de salida; se crea si no existe, y lo que ya estaba se reemplaza.
    #[arg(long, value_name = "CARPETA")]
    out: PathBuf,
    /// Código oficial que continúan las microcuencas de una cuenca: la de --outlet, o la que más celdas tiene.
    #[arg(long, value_name = "CODIGO", value_parser = code)]
    prefix: Option<String>,
    /// Un punto de la cuenca que continúa el código, en las coordenadas del modelo.
    #[arg(long, value_name = "X,Y", requires = "prefix", value_parser = point, allow_hyphen_values = true)]
    outlet: Option<[f64; 2]>,
    /// Cifras que tiene a lo más un código, con las del prefijo.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=9))]
    digits: u8,
    /// Área hasta la que una microcuenca no se divide más.
    #[arg(long, value_name = "AREA", default_value = "10km2", value_parser = area)]
    size: f64,
    /// Responde el resumen en JSON.
    #[arg(long)]
    json: bool,
}

fn code(text: &str) -> Result<String, String> {
    let digits = !text.is_empty() && text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits
        .then(|| text.to_owned())
        .ok_or_else(|| "un código Pfafstetter tiene de 1 a 8 cifras, como 0176".to_owned())
}

/// A point «x,y».
pub fn point(text: &str) -> Result<[f64; 2], String> {
    let wrong = || "escriba dos números separados por una coma, como 624632,8348276".to_owned();
    let (x, y) = text.split_once(',').ok_or_else(wrong)?;
    let number = |text: &str| {
        text.trim()
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .ok_or_else(wrong)
    };
    Ok([number(x)?, number(y)?])
}

/// Runs the command.
pub fn run(args: DeriveArgs) -> anyhow::Result<()> {
    let digits = usize::from(args.digits);
    if let Some(prefix) = args.prefix.as_deref().filter(|prefix| prefix.len() >= digits) {
        return refuse(format!(
            "--prefix {prefix} ya tiene {} cifras: pida más con --digits.",
            prefix.len()
        ));
    }
    if let Err(error) = std::fs::create_dir_all(&args.out) {
        return refuse(format!("No se puede crear la carpeta {}: {error}.", args.out.display()));
    }
    let bar = bar(1000);
    let drained = args.ground.drain(&bar)?;
    bar.set_message("se buscan los cursos y se dividen las cuencas");
    let network = Network::find(&drained.drainage, &drained.accumulation, drained.threshold);
    let outlet = prefixed(&args, &drained, &network)?;
    let whole_below = cells(args.size, &drained);
    let division = Division { digits, whole_below };
    let prefix = outlet
        .zip(args.prefix.as_deref())
        .map(|(outlet, code)| Prefix { outlet, code });
    let units = find_units(&drained.drainage, &network, prefix, division);
    bar.set_position(600);
    let written = write(&args, (&drained, &network, &units), &bar)?;
    bar.finish_and_clear();
    let derived = Derived {
        drained: &drained,
        network: &network,
        units: &units,
        files: &args.ground.files,
        threshold_m2: args.ground.how.threshold,
        digits,
        whole_below,
        prefix: args.prefix.as_deref(),
        prefix_basin: outlet.map(|outlet| drained.drainage.basins[network.reaches[outlet as usize].last as usize]),
        written: &written,
    };
    let summary = derived.json();
    let path = args.out.join("summary.json");
    if let Err(error) = std::fs::write(&path, format!("{summary:#}\n")) {
        return refuse(format!("No se pudo escribir {}: {error}.", path.display()));
    }
    if args.json {
        println!("{summary:#}");
    } else {
        print!("{}", derived.text());
    }
    Ok(())
}

/// Cells of the mean size that an area has, rounded down.
fn cells(area: f64, drained: &Drained) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and no grid has more cells"
    )]
    let cells = (area / mean_cell(drained.drainage.grid())) as u32;
    cells
}

/// The outlet reach of the basin that continues the official code.
fn prefixed(args: &DeriveArgs, drained: &Drained, network: &Network) -> anyhow::Result<Option<u32>> {
    let Some(prefix) = &args.prefix else { return Ok(None) };
    let outlets = || {
        (0_u32..)
            .zip(&network.reaches)
            .filter(|(_, reach)| reach.next.is_none())
    };
    let Some(point) = args.outlet else {
        return match outlets().max_by_key(|(at, reach)| (reach.drained_cells, std::cmp::Reverse(*at))) {
            Some((outlet, _)) => Ok(Some(outlet)),
            None => refuse(format!(
                "--prefix {prefix}: ningún curso alcanza el umbral; bájelo con --threshold."
            )),
        };
    };
    let drainage = &drained.drainage;
    let cell = drainage
        .grid()
        .cell_at(point)
        .filter(|cell| drainage.basins[*cell] != 0);
    let Some(cell) = cell else {
        return refuse(format!(
            "--outlet {},{}: el punto está fuera del modelo de elevación o donde no tiene dato.",
            point[0], point[1]
        ));
    };
    let basin = drainage.basins[cell];
    match outlets().find(|(_, reach)| drainage.basins[reach.last as usize] == basin) {
        Some((outlet, _)) => Ok(Some(outlet)),
        None => refuse(format!(
            "--outlet {},{}: la cuenca {basin}, en la que cae, no tiene ningún curso que alcance el umbral; bájelo con --threshold.",
            point[0], point[1]
        )),
    }
}

fn write(args: &DeriveArgs, derived: (&Drained, &Network, &Units), bar: &ProgressBar) -> anyhow::Result<Vec<String>> {
    let (drained, network, units) = derived;
    rasters(&args.out, drained, (units, usize::from(args.digits)), bar)?;
    let crs = drained.place.crs;
    let tables = [
        tables::streams(drained, network, units),
        tables::units(drained, units, args.prefix.as_deref()),
    ];
    for table in &tables {
        bar.set_message(format!("se escribe {}", table.name));
        write_vectors(
            &args.out.join(format!("{}.gpkg", table.name)),
            VectorFormat::GeoPackage,
            crs,
            table,
        )?;
        write_vectors(
            &args.out.join(format!("{}.fgb", table.name)),
            VectorFormat::FlatGeobuf,
            crs,
            table,
        )?;
    }
    let rasters = ["filled.tif", "d8.tif", "acc.tif", "basins.tif", "pfaf.tif"];
    let vectors = ["streams.gpkg", "streams.fgb", "units.gpkg", "units.fgb", "summary.json"];
    Ok(rasters.into_iter().chain(vectors).map(str::to_owned).collect())
}

/// No unit, in `pfaf.tif`.
const NO_UNIT: u32 = u32::MAX;

fn rasters(out: &Path, drained: &Drained, (units, digits): (&Units, usize), bar: &ProgressBar) -> anyhow::Result<()> {
    let (drainage, place, columns) = (&drained.drainage, &drained.place, drained.place.columns);
    let row = |row: usize| row * columns..(row + 1) * columns;
    let sheet = |title: &'static str, nodata: f64, sampling: Sampling| {
        bar.set_message(format!("se escribe: {title}"));
        bar.inc(60);
        Sheet {
            title,
            nodata,
            sampling,
        }
    };
    let heights = drainage.filled.millimetres();
    write_cog::<f32>(
        &out.join("filled.tif"),
        place,
        sheet("alturas rellenadas (m)", -9999.0, Sampling::Average),
        &mut |at, out| {
            for (out, height) in out.iter_mut().zip(&heights[row(at)]) {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "metres as single floats, to a millimetre up to 8 km"
                )]
                let metres = (f64::from(*height) / 1000.0) as f32;
                *out = if *height == NODATA { -9999.0 } else { metres };
            }
        },
    )?;
    let codes = sheet(
        "dirección de flujo D8 (ESRI)",
        f64::from(NO_DIRECTION),
        Sampling::Nearest,
    );
    write_cog::<u8>(&out.join("d8.tif"), place, codes, &mut |at, out| {
        out.copy_from_slice(&drainage.directions[row(at)]);
    })?;
    let sums = sheet("celdas que drenan por cada celda", 0.0, Sampling::Nearest);
    write_cog::<u32>(&out.join("acc.tif"), place, sums, &mut |at, out| {
        out.copy_from_slice(&drained.accumulation[row(at)]);
    })?;
    let basins = sheet("número de la cuenca", 0.0, Sampling::Nearest);
    write_cog::<u32>(&out.join("basins.tif"), place, basins, &mut |at, out| {
        out.copy_from_slice(&drainage.basins[row(at)]);
    })?;
    let padded: Vec<u32> = units
        .units
        .iter()
        .map(|unit| {
            format!("{:0<digits$}", unit.piece.code)
                .parse()
                .expect("nine digits at most")
        })
        .collect();
    let codes = sheet(
        "código Pfafstetter, completado con ceros",
        f64::from(NO_UNIT),
        Sampling::Nearest,
    );
    write_cog::<u32>(&out.join("pfaf.tif"), place, codes, &mut |at, out| {
        for (out, label) in out.iter_mut().zip(&units.labels[row(at)]) {
            *out = label.checked_sub(1).map_or(NO_UNIT, |unit| padded[unit as usize]);
        }
    })?;
    Ok(())
}
