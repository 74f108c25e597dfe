//! What a check answers with: the format that the arguments or the name of the file ask for.

use crate::check::CheckArgs;
use crate::exit::refuse;
use crate::speak;
use anyhow::Context;
use conflicts::{Report, ReportShapes};
use reports::{Document, Lang};

/// The formats of one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Terminal,
    Json,
    Html,
    Csv,
    Corners,
    Xlsx,
    GeoPackage,
    Gpx,
    Kml,
    Sms,
    Spoken,
}

/// The format asked for: by a flag, else by the ending of the file, else words for a terminal.
pub fn format(args: &CheckArgs) -> anyhow::Result<Format> {
    let flags = [
        (args.sms, Format::Sms),
        (args.spoken, Format::Spoken),
        (args.html, Format::Html),
        (args.json, Format::Json),
    ];
    if let Some((_, format)) = flags.into_iter().find(|(asked, _)| *asked) {
        return Ok(format);
    }
    let Some(path) = &args.out else {
        return Ok(Format::Terminal);
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    Ok(match ending {
        "json" => Format::Json,
        "html" | "htm" => Format::Html,
        "csv" if name.ends_with("vertices.csv") => Format::Corners,
        "csv" => Format::Csv,
        "xlsx" => Format::Xlsx,
        "gpkg" => Format::GeoPackage,
        "gpx" => Format::Gpx,
        "kml" => Format::Kml,
        "txt" => Format::Terminal,
        _ => {
            return refuse(format!(
                "--out: no se sabe en qué formato escribir «{name}»; use .json, .html, .csv, .xlsx, .gpkg, .gpx, .kml o .txt"
            ));
        }
    })
}

/// The bytes of the report in a format. `shapes` is called where the format has geometries.
pub fn of(
    format: Format,
    document: &Document<'_, Report>,
    shapes: &dyn Fn() -> ReportShapes,
) -> anyhow::Result<Vec<u8>> {
    let lang = Lang::Es;
    Ok(match format {
        Format::Terminal => speak::report(document.content, &document.id).into_bytes(),
        Format::Json => (document.json.clone() + "\n").into_bytes(),
        Format::Html => reports::report_html(document).into_bytes(),
        Format::Csv => reports::report_csv(document.content)?.into_bytes(),
        Format::Corners => {
            let shapes = shapes();
            let corners = reports::corners(&shapes).context("the corners of the land")?;
            reports::corners_csv(&corners, shapes.zone)?.into_bytes()
        }
        Format::Xlsx => match reports::report_xlsx(document, lang) {
            Ok(book) => book,
            Err(error) => return refuse(error.sentence_es()),
        },
        Format::GeoPackage => {
            let tables = reports::findings_tables(document, &shapes(), lang);
            store::package(&tables, document.issued.at)?
        }
        Format::Gpx => reports::gpx(document, &shapes(), lang)
            .context("the corners of the land")?
            .into_bytes(),
        Format::Kml => reports::kml(document, &shapes(), lang).into_bytes(),
        Format::Sms => (reports::sms(document, lang) + "\n").into_bytes(),
        Format::Spoken => reports::spoken(document).into_bytes(),
    })
}
