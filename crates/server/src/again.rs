//! A document of the register in another form than its JSON: what was issued, rendered again and not judged again.

use crate::{
    current::Current,
    judging::unread,
    negotiate::Format,
    problem::{Kind, Problem},
    rendering::{Answered, Wish, bytes_of, refused},
};
use conflicts::{Matrix, Report, ReportShapes, Subject};
use reports::{Drawn, Kept, KeptOf, MATRIX_FORMS, REPORT_FORMS, Rendering, WITHOUT_LAND, kept, render_matrix};
use serde_json::json;
use store::{Snapshot, SnapshotOptions};
use territory::{AsOf, LayerKind};

const GIVEN: &str =
    "El registro guarda el informe y no la tierra que alguien indicó: no hay de qué hacer este formato.";
const NO_LAYERS: &str = "El registro guarda el informe y no las capas, y las que usó no están aquí a mano o son otras: no hay de qué hacer este \
                         formato.";

/// Renders the JSON of an issue.
///
/// # Errors
/// `not-acceptable` with the forms that there are, where the document or its land has no such form; `internal`.
pub(crate) fn again(current: &Current, text: &str, wish: Wish) -> Result<Answered, Problem> {
    match kept(text) {
        Ok(Kept::Report(report)) => of_report(current, &report, wish),
        Ok(Kept::Matrix(matrix)) => of_matrix(&matrix, wish),
        Err(error) => Err(only(&error.sentence_es(), &[Format::Json])),
    }
}

fn of_report(current: &Current, kept: &KeptOf<Report>, wish: Wish) -> Result<Answered, Problem> {
    let (document, land) = (kept.document(), Land::of(current, kept)?);
    let forms: &[Format] = if land.is_some() { &REPORT_FORMS } else { &WITHOUT_LAND };
    if wish.format == Format::Bundle {
        return Err(only(
            "El registro guarda el informe y no aquello de lo que se hizo: no tiene su paquete. Pídalo al consultar la tierra (f=bundle).",
            forms,
        ));
    }
    if !forms.contains(&wish.format) {
        let given = kept.content().subject.layer.is_none();
        return Err(only(if given { GIVEN } else { NO_LAYERS }, forms));
    }
    let wish = wish.with_forms(forms);
    let shapes = land.as_ref().map(|land| {
        move |kinds: &[LayerKind], frame: Option<[f64; 4]>, shared: bool| land.shapes(kept, (kinds, frame), shared)
    });
    let drawn = land.as_ref().zip(shapes.as_ref()).map(|(land, shapes)| Drawn {
        subject: &land.subject,
        shapes,
    });
    let links = wish.links();
    let rendering = Rendering {
        lang: wish.lang,
        audience: wish.audience,
        links: &links,
        verify_url: kept.seal().and_then(|seal| seal.verify_url.as_deref()),
        ..Rendering::default()
    };
    let rendered = reports::render(wish.format, &document, drawn, &rendering).map_err(|error| refused(&error))?;
    let bytes = bytes_of(rendered, document.issued.at)?;
    Ok(Answered::of(wish.format, &document, bytes))
}

fn of_matrix(kept: &KeptOf<Matrix>, wish: Wish) -> Result<Answered, Problem> {
    let document = kept.document();
    let wish = wish.with_forms(&MATRIX_FORMS);
    let links = wish.links();
    let rendering = Rendering {
        lang: wish.lang,
        audience: wish.audience,
        links: &links,
        verify_url: kept.seal().and_then(|seal| seal.verify_url.as_deref()),
        ..Rendering::default()
    };
    let bytes = render_matrix(wish.format, &document, &rendering).map_err(|error| refused(&error))?;
    let bytes = bytes.ok_or_else(|| only("Una matriz no tiene este formato.", &MATRIX_FORMS))?;
    Ok(Answered::of(wish.format, &document, bytes))
}

/// The land of a report and the editions that it was made of, exactly as they were.
struct Land {
    snapshot: Snapshot,
    subject: Subject,
}

impl Land {
    /// Looks for them as they were known when the report was issued, then as they were known at its own moment; none where they
    /// are not what its seal states, and for land that somebody gave.
    fn of(current: &Current, kept: &KeptOf<Report>) -> Result<Option<Self>, Problem> {
        let (report, Some(seal)) = (kept.content(), kept.seal()) else {
            return Ok(None);
        };
        let moments = [Some(kept.issued_at()), report.as_of.known];
        for known in moments.into_iter().flatten() {
            let options = SnapshotOptions {
                ceiling: current.snapshot.options.ceiling,
                as_of: AsOf {
                    valid: report.as_of.valid,
                    known,
                },
            };
            let snapshot = Snapshot::load(&current.store, options).map_err(|error| unread(current, error))?;
            if !snapshot.holds_editions_of(report, &seal.editions_root) {
                continue;
            }
            let Some(subject) = snapshot.land_of(report) else {
                continue;
            };
            if snapshot
                .shapes_of_issued((&subject, report), (&[], None), false)
                .is_some()
            {
                return Ok(Some(Self { snapshot, subject }));
            }
        }
        Ok(None)
    }

    fn shapes(&self, kept: &KeptOf<Report>, context: (&[LayerKind], Option<[f64; 4]>), shared: bool) -> ReportShapes {
        let found = self
            .snapshot
            .shapes_of_issued((&self.subject, kept.content()), context, shared);
        found.expect("the features of all findings were found before")
    }
}

/// The refusal of a form, with those that there are.
fn only(sentence: &str, forms: &[Format]) -> Problem {
    let words: Vec<&str> = forms.iter().map(|form| form.word()).collect();
    Kind::NotAcceptable
        .because(format!("{sentence} Use f={}.", words.join(", f=")))
        .with("available", json!(words))
}
