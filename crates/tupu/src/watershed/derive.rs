//! `tupu watershed derive`: rasters, streams, units and a summary in a folder.

use super::ground::{Ground, NO_HEIGHT, Source, area, mean_cell};
use super::memory;
use super::outputs::{Outputs, Tables};
use super::progress::Progress;
use super::run::{Held, OnDisk, Parts, Run, on_disk};
use super::summary::{Derived, ODD};
use crate::exit::refuse;
use clap::Args;
use std::path::PathBuf;
use watershed::{Division, Grid, Layer, Network, Prefix};

/// Deriva de un modelo de elevación el drenaje, los cursos y las microcuencas con código Pfafstetter.
///
/// Rellena las depresiones (o abre un paso con --breach), da a cada celda la dirección de la mayor pendiente, acumula lo que drena, y
/// divide cada cuenca según Pfafstetter: en cada nivel los cuatro mayores afluentes reciben 2, 4, 6 y 8 desde la desembocadura, y lo que
/// queda entre ellos 1, 3, 5, 7 y 9. El resultado es el mismo con cualquier número de hilos y con cualquier memoria. Es hidrografía modelada: no reemplaza las
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
  tupu watershed derive coata.tif --out salida --prefix 0176 --outlet 404000,8277000
  tupu watershed derive peru.vrt --out salida --memory 1GiB")]
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
    /// La memoria que puede ocupar el programa: 1GiB, 800MiB. Si el modelo entero no cabe en ella, se trabaja por partes con archivos
    /// en la carpeta de salida. Sin esta opción, la mitad de la memoria de la máquina.
    #[arg(long, value_name = "BYTES", value_parser = memory::bytes)]
    memory: Option<u64>,
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
    let mut progress = Progress::bar();
    let (summary, text) = derive(&args, &mut progress)?;
    progress.finish();
    if args.json {
        println!("{summary:#}");
    } else {
        print!("{text}");
    }
    Ok(())
}

/// Derives all that is asked for; the summary as JSON and for a terminal.
pub fn derive(args: &DeriveArgs, progress: &mut Progress) -> anyhow::Result<(serde_json::Value, String)> {
    let digits = usize::from(args.digits);
    if let Some(prefix) = args.prefix.as_deref().filter(|prefix| prefix.len() >= digits) {
        return refuse(format!(
            "--prefix {prefix} ya tiene {} cifras: pida más con --digits.",
            prefix.len()
        ));
    }
    let given = args.memory.unwrap_or_else(memory::usual);
    let (_, cache) = memory::divided(given);
    ingest::limit_cache(cache);
    let source = args.ground.open()?;
    if let Err(error) = std::fs::create_dir_all(&args.out) {
        return refuse(format!("No se puede crear la carpeta {}: {error}.", args.out.display()));
    }
    let mut run = begin(args, &source, given, progress)?;
    let outputs = Outputs {
        folder: &args.out,
        place: &source.place,
    };
    let found = steps(args, (&source, run.as_mut()), &outputs, progress)?;
    let summary = found.json();
    let path = args.out.join("summary.json");
    if let Err(error) = std::fs::write(&path, format!("{summary:#}\n")) {
        return refuse(format!("No se pudo escribir {}: {error}.", path.display()));
    }
    Ok((summary, found.text()))
}

/// Reads the model to where there is room for it.
fn begin(args: &DeriveArgs, source: &Source, given: u64, progress: &mut Progress) -> anyhow::Result<Box<dyn Run>> {
    let whole = memory::of_whole(&source.grid);
    let held = whole <= given;
    if !held && args.ground.how.breach().is_some() {
        return refuse(format!(
            "--breach necesita el modelo entero en memoria, unos {} MiB, y hay {} MiB: dé más con --memory, recorte el modelo o quite \
             --breach.",
            whole >> 20,
            given >> 20
        ));
    }
    progress.phase("se lee el modelo de elevación", 0.15);
    let told = &mut |part| progress.tell(part);
    if held {
        return Ok(Box::new(Held::read(&source.model, source.grid.clone(), told)?));
    }
    let tiled = on_disk(source.grid.clone(), &args.out, memory::divided(given).0)?;
    Ok(Box::new(OnDisk::read(&source.model, tiled, told)?))
}

/// Drains, divides and writes; a raster is forgotten once nothing needs it.
fn steps<'a>(
    args: &'a DeriveArgs,
    (source, run): (&'a Source, &mut dyn Run),
    outputs: &Outputs,
    progress: &mut Progress,
) -> anyhow::Result<Derived<'a>> {
    progress.phase("se mira si las alturas parecen suelo", 0.03);
    let inspection = run.inspect(ODD, &mut |part| progress.tell(part))?;
    if inspection.known == 0 {
        return refuse(NO_HEIGHT);
    }
    progress.phase("se busca por dónde drena cada celda", 0.15);
    let (drained, breached) = run.drain(args.ground.how.breach(), &mut |part| progress.tell(part))?;
    outputs.drained(run, progress)?;
    let point = basin_of_point(args, run)?;
    run.discard(Layer::Basins)?;
    progress.phase("se cuenta lo que drena por cada celda", 0.08);
    run.accumulate(&mut |part| progress.tell(part))?;
    progress.phase("se buscan los cursos", 0.04);
    let network = run.network(source.threshold, &mut |part| progress.tell(part))?;
    outputs.sums(run, progress)?;
    run.discard(Layer::Sums)?;
    let outlet = prefixed(args, &network, (&drained.outlets, point))?;
    let whole_below = cells(args.size, &source.grid);
    let prefix = outlet
        .zip(args.prefix.as_deref())
        .map(|(outlet, code)| Prefix { outlet, code });
    let parts = Parts {
        network: &network,
        outlets: &drained.outlets,
        prefix,
        division: Division {
            digits: usize::from(args.digits),
            whole_below,
        },
    };
    progress.phase("se dividen las cuencas", 0.12);
    let (units, owners) = run.units(parts, &mut |part| progress.tell(part))?;
    let tables = Tables {
        network: &network,
        units: &units,
        owners: &owners,
        digits: usize::from(args.digits),
        prefix: args.prefix.as_deref(),
    };
    let written = outputs.divided(run, &tables, progress)?;
    let last_of = |outlet: u32| network.reaches[outlet as usize].last;
    Ok(Derived {
        source,
        inspection,
        breached,
        files: &args.ground.files,
        threshold_m2: args.ground.how.threshold,
        digits: usize::from(args.digits),
        whole_below,
        prefix: args.prefix.as_deref(),
        prefix_basin: outlet.map(|outlet| number_of(&drained.outlets, last_of(outlet))),
        drained,
        network,
        units,
        written,
    })
}

/// The number of the basin of an outlet cell.
fn number_of(outlets: &[u32], cell: u32) -> usize {
    outlets.partition_point(|outlet| *outlet < cell) + 1
}

/// Cells of the mean size that an area has, rounded down.
fn cells(area: f64, grid: &Grid) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and no grid has more cells"
    )]
    let cells = (area / mean_cell(grid)) as u32;
    cells
}

/// The basin in which the point of `--outlet` lies, if one is given.
fn basin_of_point(args: &DeriveArgs, run: &mut dyn Run) -> anyhow::Result<Option<u32>> {
    let Some(point) = args.outlet else { return Ok(None) };
    let basin = match run.grid().cell_at(point) {
        Some(cell) => run.basin(cell)?,
        None => None,
    };
    match basin {
        Some(basin) => Ok(Some(basin)),
        None => refuse(format!(
            "--outlet {},{}: el punto está fuera del modelo de elevación o donde no tiene dato.",
            point[0], point[1]
        )),
    }
}

/// The outlet reach of the basin that continues the official code: that of the point, or the largest.
fn prefixed(
    args: &DeriveArgs,
    network: &Network,
    (outlet_cells, basin): (&[u32], Option<u32>),
) -> anyhow::Result<Option<u32>> {
    let Some(prefix) = &args.prefix else { return Ok(None) };
    let outlets = || {
        (0_u32..)
            .zip(&network.reaches)
            .filter(|(_, reach)| reach.next.is_none())
    };
    let Some((basin, point)) = basin.zip(args.outlet) else {
        return match outlets().max_by_key(|(at, reach)| (reach.drained_cells, std::cmp::Reverse(*at))) {
            Some((outlet, _)) => Ok(Some(outlet)),
            None => refuse(format!(
                "--prefix {prefix}: ningún curso alcanza el umbral; bájelo con --threshold."
            )),
        };
    };
    match outlets().find(|(_, reach)| number_of(outlet_cells, reach.last) == basin as usize) {
        Some((outlet, _)) => Ok(Some(outlet)),
        None => refuse(format!(
            "--outlet {},{}: la cuenca {basin}, en la que cae, no tiene ningún curso que alcance el umbral; bájelo con --threshold.",
            point[0], point[1]
        )),
    }
}
