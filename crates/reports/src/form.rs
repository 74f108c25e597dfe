//! Every form of a report by its word, media type and file ending, and the one way from a report to its bytes.

use crate::view::{Notice, Tone, View};
use crate::{
    Audience, CsvError, Document, HtmlOptions, Lang, MAP_CONTEXT, MapError, Paper, PdfError, PdfOptions, Picture,
    Rendering, Texts, XlsxError, community, corners, corners_csv, corners_section, findings_tables, gpx, html, kml,
    map, map_frame, map_scene, matrix_csv, matrix_html_with, matrix_xlsx, office, pdf, regional, report_csv,
    report_xlsx, sms, spoken,
};
use conflicts::{Matrix, Report, ReportShapes, Subject};
use crs::TransformError;
use territory::{GeoTable, LayerKind};

macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $media:literal, $ending:literal),+ $(,)?) => {
        /// A form of a report.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Form { $($(#[$doc])* $name),+ }

        impl Form {
            /// Every form.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable word: `json`, `pdf`, …
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// Its media type.
            pub fn media(self) -> &'static str {
                match self { $(Self::$name => $media),+ }
            }

            /// How its files end, with what stands before the point where that tells.
            pub fn ending(self) -> &'static str {
                match self { $(Self::$name => $ending),+ }
            }
        }
    };
}

forms! {
    /// The canonical document.
    Json = "json", "application/json", ".json",
    /// For people, on a screen.
    Html = "html", "text/html; charset=utf-8", ".html",
    /// For people, on paper.
    Pdf = "pdf", "application/pdf", ".pdf",
    /// The corners of the land, as a table.
    Corners = "corners", "text/csv; charset=utf-8; header=present", "vertices.csv",
    /// Findings as a table.
    Csv = "csv", "text/csv; charset=utf-8; header=present", ".csv",
    /// A workbook.
    Xlsx = "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx",
    /// Geometries with what was found about them.
    GeoPackage = "gpkg", "application/geopackage+sqlite3", ".gpkg",
    /// For receivers.
    Gpx = "gpx", "application/gpx+xml", ".gpx",
    /// For globes.
    Kml = "kml", "application/vnd.google-earth.kml+xml", ".kml",
    /// A message of at most 160 characters.
    Sms = "sms", "text/plain; charset=utf-8", ".sms.txt",
    /// To be read aloud.
    Spoken = "spoken", "text/plain; charset=utf-8", ".voz.txt",
    /// The map, as a drawing.
    Svg = "svg", "image/svg+xml", ".svg",
    /// The map, as a picture.
    Png = "png", "image/png", ".png",
    /// The document with all that it was made of: [`packed`](crate::packed) writes it.
    Bundle = "bundle", "application/zip", ".zip",
}

/// Corners that the annex of a community's report lists; files with all of them are beside it.
const CORNERS_PRINTED: usize = 60;
/// Points per inch of a map as a picture.
const PNG_DPI: f64 = 200.0;

impl Form {
    /// The form that a file name asks for by its ending.
    pub fn of_file(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::ALL.iter().copied().find(|form| name.ends_with(form.ending()))
    }

    /// A name for a file of the report with this code.
    pub fn file_name(self, code: &str) -> String {
        let stem = if self == Self::Corners { "-" } else { "" };
        format!("tupu-{code}{stem}{}", self.ending())
    }
}

/// The forms of a report; the first is the usual one.
pub const REPORT_FORMS: [Form; 13] = [
    Form::Json,
    Form::Html,
    Form::Pdf,
    Form::Csv,
    Form::Xlsx,
    Form::GeoPackage,
    Form::Gpx,
    Form::Kml,
    Form::Corners,
    Form::Sms,
    Form::Spoken,
    Form::Svg,
    Form::Png,
];

/// Those of them that a report has when no land is at hand, only the document.
pub const WITHOUT_LAND: [Form; 7] = [
    Form::Json,
    Form::Html,
    Form::Pdf,
    Form::Csv,
    Form::Xlsx,
    Form::Sms,
    Form::Spoken,
];

/// From layers of context, the lon/lat box that they must meet, and whether shared pieces are wanted, to geometries.
pub type ShapesOf<'a> = dyn Fn(&[LayerKind], Option<[f64; 4]>, bool) -> ReportShapes + 'a;

/// Where the geometries of a report come from.
#[derive(Clone, Copy)]
pub struct Drawn<'a> {
    /// The land asked about.
    pub subject: &'a Subject,
    /// Gives the geometries: with the features of these layers whose boxes meet a lon/lat box as context, and with the pieces that
    /// findings share with the land.
    pub shapes: &'a ShapesOf<'a>,
}

/// A report in a form.
#[derive(Debug)]
pub enum Rendered {
    /// Ready.
    Bytes(Vec<u8>),
    /// What a GeoPackage holds; the store writes it.
    Tables(Vec<GeoTable>),
}

/// Why there is no rendering.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The paper form.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// A table.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// The workbook.
    #[error(transparent)]
    Xlsx(#[from] XlsxError),
    /// The map.
    #[error(transparent)]
    Map(#[from] MapError),
    /// A corner.
    #[error(transparent)]
    Transform(#[from] TransformError),
    /// The form shows land, and only the document is at hand.
    #[error("there is no land to make {} of", .0.word())]
    NoLand(Form),
    /// The document has no such form.
    #[error("the document has no form {}", .0.word())]
    NoSuchForm(Form),
}

/// Renders a report. Where a page has a place for a map and none can be drawn, the page says so. Without `drawn`, as for a report
/// that was issued earlier and whose land is no longer at hand, pages say that too, and the forms of [`WITHOUT_LAND`] are all.
///
/// # Errors
/// Of the form asked for.
pub fn render(
    form: Form,
    document: &Document<'_, Report>,
    drawn: Option<Drawn<'_>>,
    rendering: &Rendering<'_>,
) -> Result<Rendered, RenderError> {
    let (report, lang) = (document.content, rendering.lang);
    let text = String::into_bytes;
    let bytes = match form {
        Form::Json => text(document.json.clone()),
        Form::Html | Form::Pdf => page(form, document, drawn, rendering)?,
        Form::Csv => text(report_csv(report)?),
        Form::Xlsx => report_xlsx(document, lang)?,
        Form::Sms => text(sms(document, lang) + "\n"),
        Form::Spoken => text(spoken(document)),
        Form::Bundle => return Err(RenderError::NoSuchForm(form)),
        Form::Corners | Form::GeoPackage | Form::Gpx | Form::Kml | Form::Svg | Form::Png => {
            let drawn = drawn.ok_or(RenderError::NoLand(form))?;
            return of_land(form, document, drawn, lang);
        }
    };
    Ok(Rendered::Bytes(bytes))
}

/// The forms that show land.
fn of_land(form: Form, document: &Document<'_, Report>, drawn: Drawn<'_>, lang: Lang) -> Result<Rendered, RenderError> {
    let report = document.content;
    let plain = || (drawn.shapes)(&[], None, false);
    let bytes = match form {
        Form::GeoPackage => {
            let shapes = (drawn.shapes)(&[], None, true);
            return Ok(Rendered::Tables(findings_tables(document, &shapes, lang)));
        }
        Form::Corners => {
            let shapes = plain();
            corners_csv(&corners(&shapes)?, shapes.zone)?.into_bytes()
        }
        Form::Gpx => gpx(document, &plain(), lang)?.into_bytes(),
        Form::Kml => kml(document, &plain(), lang).into_bytes(),
        Form::Svg => map_scene(report, &with_context(drawn)?, lang)?.svg().into_bytes(),
        Form::Png => map_scene(report, &with_context(drawn)?, lang)?.png(PNG_DPI)?,
        other => return Err(RenderError::NoSuchForm(other)),
    };
    Ok(Rendered::Bytes(bytes))
}

/// The forms of a matrix.
pub const MATRIX_FORMS: [Form; 5] = [Form::Csv, Form::Json, Form::Html, Form::Pdf, Form::Xlsx];

/// Renders a matrix; none where it has no such form.
///
/// # Errors
/// Of the form asked for.
pub fn render_matrix(
    form: Form,
    document: &Document<'_, Matrix>,
    rendering: &Rendering<'_>,
) -> Result<Option<Vec<u8>>, RenderError> {
    Ok(Some(match form {
        Form::Json => document.json.clone().into_bytes(),
        Form::Csv => matrix_csv(document.content)?.into_bytes(),
        Form::Xlsx => matrix_xlsx(document, rendering)?,
        Form::Html => matrix_html_with(document, rendering).into_bytes(),
        Form::Pdf => {
            let options = PdfOptions {
                paper: Paper::A4,
                map: rendering.map,
                issued: &document.issued,
            };
            pdf(&regional(document, rendering), &options)?
        }
        _ => return Ok(None),
    }))
}

/// A page or a paper with its map and the list of corners.
fn page(
    form: Form,
    document: &Document<'_, Report>,
    drawn: Option<Drawn<'_>>,
    rendering: &Rendering<'_>,
) -> Result<Vec<u8>, RenderError> {
    let texts = Texts::of(rendering.lang);
    let mut annexes = rendering.annexes.to_vec();
    let mut picture: Option<Picture> = None;
    if let Some(drawn) = drawn {
        // a land that no map can hold still has its report: the page says that it brings none
        let shapes = with_context(drawn).ok();
        picture = shapes
            .as_ref()
            .and_then(|shapes| map(document.content, shapes, rendering.lang).ok());
        let shapes = shapes.unwrap_or_else(|| (drawn.shapes)(&[], None, false));
        annexes.push(corners_section(texts, &corners(&shapes)?, shapes.zone, CORNERS_PRINTED));
    }
    let rendering = Rendering {
        map: picture.as_ref(),
        annexes: &annexes,
        ..*rendering
    };
    let mut view = match rendering.audience {
        Audience::Community => community(document, &rendering),
        Audience::Office => office(document, &rendering),
    };
    if drawn.is_none() {
        let given = document.content.subject.kind == "geometry";
        let why = if given {
            "again-given-land"
        } else {
            "again-without-layers"
        };
        view.notices.push(Notice {
            tone: Tone::Note,
            text: texts.said(why, &[]),
        });
        view.words.no_map = texts.say("again-no-map");
    }
    set(form, &view, document, &rendering)
}

fn set(
    form: Form,
    view: &View,
    document: &Document<'_, Report>,
    rendering: &Rendering<'_>,
) -> Result<Vec<u8>, RenderError> {
    if form == Form::Html {
        let links = crate::html::links(rendering);
        let options = HtmlOptions {
            map: rendering.map,
            links: &links,
        };
        return Ok(html(view, &options).into_bytes());
    }
    let options = PdfOptions {
        paper: Paper::A4,
        map: rendering.map,
        issued: &document.issued,
    };
    Ok(pdf(view, &options)?)
}

fn with_context(drawn: Drawn<'_>) -> Result<ReportShapes, MapError> {
    let frame = map_frame(drawn.subject.footprint.zone(), &drawn.subject.lonlat)?;
    Ok((drawn.shapes)(&MAP_CONTEXT, Some(frame), false))
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn a_file_name_tells_its_form() {
        assert_eq!(Form::of_file("Informe.PDF"), Some(Form::Pdf));
        assert_eq!(Form::of_file("pukamarka-vertices.csv"), Some(Form::Corners));
        assert_eq!(Form::of_file("a.csv"), Some(Form::Csv));
        assert_eq!(Form::of_file("a.docx"), None);
        for form in Form::ALL {
            assert_eq!(Form::of_file(&form.file_name("K7F3-22QM-9X5C")), Some(*form));
        }
    }
}
