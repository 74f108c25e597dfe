//! Square codes as pictures.

use super::PdfError;
use qrcodegen::{QrCode, QrCodeEcc};
use serde_json::Value;
use std::fmt::Write as _;

/// The quiet zone that a reader needs round the code, in modules.
const QUIET: i32 = 4;

/// Gives every `code` block of a view its picture, as SVG.
pub(super) fn draw_codes(view: &mut Value) -> Result<(), PdfError> {
    let sections = view["sections"].as_array_mut().into_iter().flatten();
    let blocks = sections.flat_map(|section| section["blocks"].as_array_mut().into_iter().flatten());
    for block in blocks.filter(|block| block["kind"] == "code") {
        let svg = drawn(block["content"].as_str().unwrap_or_default())?;
        block["svg"] = Value::String(svg);
    }
    Ok(())
}

/// A code as SVG: one path, one unit a module.
fn drawn(content: &str) -> Result<String, PdfError> {
    let code = QrCode::encode_text(content, QrCodeEcc::Medium).map_err(|_| PdfError::CodeTooLong(content.len()))?;
    let side = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).expect("a code has at most 177 modules a side");
            if run > 0 {
                write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET)
                    .expect("writing to a string does not fail");
            }
            x += run.max(1);
        }
    }
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}"><rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_dark_where_its_corners_are() {
        let svg = drawn("https://tupu.example/verify/K7F3-22QM-9X5C").unwrap();
        // the finder patterns begin with seven dark modules, after the quiet zone
        assert!(svg.contains("M4 4h7v1h-7z"), "{svg}");
    }

    #[test]
    fn words_that_no_code_holds_are_refused() {
        let long = "x".repeat(5_000);
        assert!(matches!(drawn(&long), Err(PdfError::CodeTooLong(5_000))));
    }
}
