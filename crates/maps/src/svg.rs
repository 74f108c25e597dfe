//! A scene as SVG: plain attributes, no styles, no ids, no references beyond itself, so that it can stand in any page
//! any number of times.

use crate::{Anchor, Item, Line, Paint, Pen, Scene, Words, xml_escaped};
use geo_types::Coord;
use std::fmt::Write;

impl Scene {
    /// The drawing as an SVG document whose user unit is the millimetre.
    pub fn svg(&self) -> String {
        let (width, height) = (number(self.width_mm), number(self.height_mm));
        let mut out = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}" role="img" xml:lang="{}" lang="{}"><title>{}</title><desc>{}</desc>"#,
            xml_escaped(&self.lang),
            xml_escaped(&self.lang),
            xml_escaped(&self.title),
            xml_escaped(&self.desc)
        );
        for group in self.groups.iter().filter(|group| !group.items.is_empty()) {
            // a data attribute and not a class: nothing outside can style it by accident
            let _ = write!(out, r#"<g data-part="{}">"#, group.name);
            for item in &group.items {
                write_item(&mut out, item);
            }
            out.push_str("</g>");
        }
        out.push_str("</svg>\n");
        out
    }
}

fn write_item(out: &mut String, item: &Item) {
    match item {
        Item::Path { lines, fill, pen } => {
            if lines.is_empty() {
                return;
            }
            out.push_str(r#"<path d=""#);
            for line in lines {
                write_line(out, line);
            }
            out.push('"');
            if fill.is_some() && lines.len() > 1 {
                out.push_str(r#" fill-rule="evenodd""#);
            }
            write_fill(out, fill.as_ref());
            write_pen(out, pen.as_ref());
            out.push_str("/>");
        }
        Item::Area { rings, fill } => {
            if let Some(paint) = fill.paint {
                write_item(out, &Item::areas(rings.iter().cloned(), Some(paint), None));
            }
            if let Some(lines) = crate::hatch::lines_of(rings, fill) {
                write_item(out, &lines);
            }
        }
        Item::Disc {
            centre,
            radius,
            fill,
            pen,
        } => {
            let _ = write!(
                out,
                r#"<circle cx="{}" cy="{}" r="{}""#,
                number(centre.x),
                number(centre.y),
                number(*radius)
            );
            write_fill(out, fill.as_ref());
            write_pen(out, pen.as_ref());
            out.push_str("/>");
        }
        Item::Picture { frame, pixels } => {
            let [x, y, width, height] = [frame.x, frame.y, frame.width, frame.height].map(number);
            let _ = write!(
                out,
                r#"<image x="{x}" y="{y}" width="{width}" height="{height}" preserveAspectRatio="none" href="{}"/>"#,
                pixels.address()
            );
        }
        Item::Words(words) => write_words(out, words),
    }
}

/// The first point absolute, the rest as steps in hundredths, so that no error adds up.
fn write_line(out: &mut String, line: &Line) {
    let mut last: Option<(i64, i64)> = None;
    for point in &line.points {
        let here = hundredths(*point);
        match last {
            None => {
                out.push('M');
                write_decimal(out, here.0);
                out.push(' ');
                write_decimal(out, here.1);
            }
            Some(before) if before == here && line.points.len() > 2 => continue,
            Some(before) => {
                out.push('l');
                write_decimal(out, here.0 - before.0);
                if here.1 >= before.1 {
                    out.push(' ');
                }
                write_decimal(out, here.1 - before.1);
            }
        }
        last = Some(here);
    }
    if line.closed {
        out.push('z');
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a page measures metres at most, and what is not finite becomes 0"
)]
fn hundredths(point: Coord<f64>) -> (i64, i64) {
    ((point.x * 100.0).round() as i64, (point.y * 100.0).round() as i64)
}

/// A number of hundredths as the shortest decimal. Maps are mostly such numbers, so this writes digits straight into the text.
fn write_decimal(out: &mut String, hundredths: i64) {
    if hundredths < 0 {
        out.push('-');
    }
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    if whole != 0 || part == 0 {
        write_digits(out, whole);
    }
    if part != 0 {
        out.push('.');
        out.push(digit(part / 10));
        if part % 10 != 0 {
            out.push(digit(part % 10));
        }
    }
}

fn write_digits(out: &mut String, number: u64) {
    if number > 9 {
        write_digits(out, number / 10);
    }
    out.push(digit(number % 10));
}

fn digit(number: u64) -> char {
    char::from(b"0123456789"[usize::try_from(number % 10).unwrap_or_default()])
}

fn write_fill(out: &mut String, fill: Option<&Paint>) {
    let Some(fill) = fill else {
        out.push_str(r#" fill="none""#);
        return;
    };
    let _ = write!(out, r#" fill="{}""#, fill.colour);
    if fill.opacity < 1.0 {
        let _ = write!(out, r#" fill-opacity="{}""#, number(fill.opacity));
    }
}

fn write_pen(out: &mut String, pen: Option<&Pen>) {
    let Some(pen) = pen else { return };
    let _ = write!(
        out,
        r#" stroke="{}" stroke-width="{}""#,
        pen.colour,
        number(pen.width_mm)
    );
    if pen.opacity < 1.0 {
        let _ = write!(out, r#" stroke-opacity="{}""#, number(pen.opacity));
    }
    if !pen.dash.is_empty() {
        let dash: Vec<String> = pen.dash.iter().map(|length| number(*length)).collect();
        let _ = write!(out, r#" stroke-dasharray="{}""#, dash.join(" "));
    }
    if pen.round {
        out.push_str(r#" stroke-linecap="round""#);
    }
    out.push_str(r#" stroke-linejoin="round""#);
}

fn write_words(out: &mut String, words: &Words) {
    let (x, y) = (number(words.at.x), number(words.at.y));
    let _ = write!(
        out,
        r#"<text x="{x}" y="{y}" font-family="{}" font-size="{}" fill="{}""#,
        words.face.families(),
        number(words.size_mm),
        words.colour
    );
    if words.face.is_bold() {
        out.push_str(r#" font-weight="600""#);
    }
    if words.face == crate::Face::Italic {
        out.push_str(r#" font-style="italic""#);
    }
    match words.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(r#" text-anchor="middle""#),
        Anchor::End => out.push_str(r#" text-anchor="end""#),
    }
    if words.turn.abs() > 0.05 {
        let _ = write!(out, r#" transform="rotate({} {x} {y})""#, number(words.turn));
    }
    if let Some(halo) = words.halo {
        let _ = write!(
            out,
            r#" stroke="{}" stroke-width="{}" stroke-linejoin="round" paint-order="stroke""#,
            halo.colour,
            number(halo.width_mm * 2.0)
        );
    }
    // another font may stand in for ours: the room that was kept for the words is said too
    if words.text.chars().count() > 2 {
        let width = number(words.width());
        let _ = write!(out, r#" textLength="{width}" lengthAdjust="spacingAndGlyphs""#);
    }
    let _ = write!(out, ">{}</text>", xml_escaped(&words.text));
}

/// Two decimals at most, without zeros at the end.
fn number(value: f64) -> String {
    let (value, _) = hundredths(Coord { x: value, y: 0.0 });
    let mut out = String::new();
    write_decimal(&mut out, value);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_two_decimals_at_most() {
        let said: Vec<String> = [0.0, -0.001, 0.5, -0.25, 12.0, 3.1234, 100.1]
            .into_iter()
            .map(number)
            .collect();
        assert_eq!(said, ["0", "0", ".5", "-.25", "12", "3.12", "100.1"]);
    }

    #[test]
    fn steps_do_not_add_up_errors() {
        let points: Vec<Coord<f64>> = (0..100)
            .map(|at| Coord {
                x: f64::from(at) * 0.333_333,
                y: f64::from(at % 2),
            })
            .collect();
        let mut out = String::new();
        write_line(&mut out, &Line { points, closed: false });
        let sum: f64 = out
            .split('l')
            .skip(1)
            .map(|step| {
                let cut = step.find(' ').or_else(|| step[1..].find('-').map(|at| at + 1)).unwrap();
                step[..cut].parse::<f64>().unwrap()
            })
            .sum();
        assert!((sum - 99.0 * 0.333_333).abs() < 0.006, "{sum}");
    }

    #[test]
    fn names_cannot_break_the_document() {
        assert_eq!(xml_escaped("A & <B> \"C\"\u{0}"), "A &amp; &lt;B&gt; &quot;C&quot; ");
    }
}
