//! The canonical report and matrix, and their renderings: each prints what was judged and computes nothing of its own.
//!
//! Sentences come from `config/text/<lang>/report.ftl`; sentences of rules and limits come with the report.

mod audience;
mod bundle;
mod canonical;
mod changes_csv;
mod code;
mod community;
mod csv_text;
mod document;
mod examine;
mod form;
mod helps;
mod html;
mod kept;
mod keys;
mod layer_sheet;
mod letters;
mod map;
mod matrix_csv;
mod number;
mod office;
mod packing;
mod page;
mod parts;
mod pdf;
mod question;
mod region;
mod relief_map;
mod rendering;
mod report_csv;
mod seal;
mod steps;
mod tables;
mod teller;
mod texts;
pub mod view;

pub use audience::{Audience, Picture, UnknownAudience};
pub use bundle::{Bundle, BundleError, KEYS_PART, QUESTION_PART, REPORT_PART, ReadBundle};
pub use canonical::{CanonicalError, canonical_json};
pub use changes_csv::changes_csv;
pub use code::{Code, CodeError};
pub use community::community;
pub use csv_text::CsvError;
pub use document::{Document, Issued, OUTSIDE_THE_ID, document, sealed};
pub use examine::{ExamineError, Examined, Holds, Verdict, examine};
pub use fluent_bundle::FluentValue;
pub use form::{
    Drawn, Form, MATRIX_FORMS, REPORT_FORMS, RenderError, Rendered, ShapesOf, WITHOUT_LAND, render, render_matrix,
};
pub use helps::{
    Corner, Gender, corners, corners_csv, corners_section, decimal_words, gpx, kml, number_words, septets, sms, spoken,
};
pub use html::{HtmlOptions, html, matrix_html, matrix_html_with, report_html, report_html_with};
pub use kept::{Kept, KeptError, KeptOf, kept};
pub use keys::{KeyError, NodeKey, PublicKey};
pub use layer_sheet::{LayerSheet, LayerSheetAsk, LayerSheetGround, layer_sheet};
pub use letters::{letter, letters};
pub use map::{
    MAP_CONTEXT, PICTURE_MM, SheetAsk, in_drawing_order, layer_meanings, layer_styles, map, map_frame, map_scene,
    map_symbology, name_on_maps, sheet, sheet_frame, symbology_mark,
};
pub use maps::{MapError, Paper, Scene};
pub use matrix_csv::{matrix_csv, matrix_pairs_csv};
pub use office::office;
pub use packing::{Packed, Packing, packed};
pub use page::{STYLE, page, page_in};
pub use pdf::{PdfError, PdfOptions, pdf, sheet_pdf};
pub use question::{GivenLand, Question, SubjectAsked};
pub use region::{matrix_xlsx, regional};
pub use relief_map::{
    CatchmentShown, ModelSource, RELIEF_CONTEXT, ReliefMap, RiverBand, RiverProfile, relief_map, river_profile,
    river_profile_page, water_look,
};
pub use rendering::Rendering;
pub use report_csv::report_csv;
pub use seal::{Seal, Sealing, Signed};
pub use tables::{XlsxError, findings_tables, report_xlsx};
pub use texts::{Lang, Texts, UnknownLang, review_lines};
