//! A layer's look as QGIS keeps it (QML, 3.22): a renderer by rules, and labels.

use super::Written;
use crate::Colour;
use crate::layers::{Condition, GeometryKind, Step};
use crate::symbology::{Hatch, HatchKind, LabelStyle, Stroke, Style};
use crate::xml_escaped;
use std::fmt::Write as _;

/// The style file of a layer.
pub fn qml(layer: &Written<'_>) -> String {
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" styleCategories=\"Symbology|Labeling\" \
         labelsEnabled=\"1\">{}</qgis>\n",
        qml_body(layer)
    )
}

/// Renderer and labels, as they stand in styles and in layers.
pub fn qml_body(layer: &Written<'_>) -> String {
    let (mut rules, mut symbols, mut labels) = (String::new(), String::new(), String::new());
    let mut number = 0_usize;
    for (at, rule) in layer.look.rules.iter().enumerate() {
        let filter = filter(layer, at);
        for step in &rule.draw {
            let _ = write!(
                rules,
                "<rule key=\"{{sign-{number}}}\" symbol=\"{number}\" label=\"{}\"{}{}/>",
                xml_escaped(layer.meaning(step.style.legend.as_ref())),
                filter_attribute(&filter),
                scales(step.from.or(step.style.min_scale), step.to.or(step.style.max_scale)),
            );
            symbols.push_str(&symbol(layer.look.geometry, &step.style, &number.to_string()));
            labels.push_str(&label(layer, step, (&filter, number)));
            number += 1;
        }
    }
    format!(
        "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\"><rules key=\"{{root}}\">{rules}</rules>\
         <symbols>{symbols}</symbols></renderer-v2><labeling type=\"rule-based\"><rules key=\"{{labels}}\">{labels}</rules></labeling>"
    )
}

fn filter_attribute(filter: &str) -> String {
    if filter.is_empty() {
        String::new()
    } else {
        format!(" filter=\"{}\"", xml_escaped(filter))
    }
}

/// In QGIS `scalemindenom` is the least denominator.
fn scales(from: Option<u32>, to: Option<u32>) -> String {
    let mut out = String::new();
    if from.is_some() || to.is_some() {
        let _ = write!(
            out,
            " scalemindenom=\"{}\" scalemaxdenom=\"{}\"",
            from.unwrap_or(1),
            to.unwrap_or(1_000_000_000)
        );
    }
    out
}

fn filter(layer: &Written<'_>, at: usize) -> String {
    let own = layer.look.rules[at].condition.as_ref().map(holds);
    // a field that says nothing makes a comparison unknown, and NOT of it too
    let others = layer
        .others(at)
        .into_iter()
        .map(|other| format!("NOT coalesce({}, false)", holds(other)));
    own.into_iter().chain(others).collect::<Vec<_>>().join(" AND ")
}

fn holds(condition: &Condition) -> String {
    let field = format!("\"{}\"", condition.field.replace('"', "\"\""));
    let quoted = |text: &str| format!("'{}'", text.to_lowercase().replace('\'', "''"));
    let mut any = Vec::new();
    if !condition.is.is_empty() {
        let words: Vec<String> = condition.is.iter().map(|word| quoted(word)).collect();
        any.push(format!("lower(to_string({field})) IN ({})", words.join(", ")));
    }
    for start in &condition.starts {
        any.push(format!(
            "left(lower(to_string({field})), {}) = {}",
            start.chars().count(),
            quoted(start)
        ));
    }
    let mut numbers = Vec::new();
    numbers.extend(condition.least.map(|least| format!("try(to_real({field})) >= {least}")));
    numbers.extend(condition.below.map(|below| format!("try(to_real({field})) < {below}")));
    if !numbers.is_empty() {
        any.push(numbers.join(" AND "));
    }
    format!("({})", any.join(" OR "))
}

fn symbol(geometry: GeometryKind, style: &Style, name: &str) -> String {
    let strokes = || style.casing.iter().chain(&style.stroke);
    let (kind, layers) = match geometry {
        GeometryKind::Area => ("fill", area(style, name)),
        GeometryKind::Line => ("line", strokes().map(line).collect()),
        GeometryKind::Point => (
            "marker",
            style
                .symbol
                .iter()
                .map(|symbol| marker(symbol.radius, symbol.fill, symbol.stroke.as_ref()))
                .collect(),
        ),
    };
    wrapped(kind, name, &layers)
}

fn wrapped(kind: &str, name: &str, layers: &str) -> String {
    format!(
        "<symbol type=\"{kind}\" name=\"{name}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">{layers}</symbol>"
    )
}

fn part(class: &str, properties: &[(&str, String)], inner: &str) -> String {
    let mut written = String::new();
    for (name, value) in properties {
        let _ = write!(written, "<prop k=\"{name}\" v=\"{}\"/>", xml_escaped(value));
    }
    format!("<layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\">{written}{inner}</layer>")
}

fn area(style: &Style, name: &str) -> String {
    let mut out = String::new();
    let mut place = 0;
    if let Some(fill) = style.fill {
        let colour = rgba(fill, style.fill_opacity.unwrap_or(1.0));
        out.push_str(&part(
            "SimpleFill",
            &[
                ("color", colour),
                ("style", "solid".to_owned()),
                ("outline_style", "no".to_owned()),
            ],
            "",
        ));
        place += 1;
    }
    if let Some(hatch) = &style.hatch {
        for turn in if hatch.kind == HatchKind::Cross {
            &[0.0, 90.0][..]
        } else {
            &[0.0][..]
        } {
            out.push_str(&hatching(hatch, *turn, &format!("@{name}@{place}")));
            place += 1;
        }
    }
    for stroke in style.casing.iter().chain(&style.stroke) {
        out.push_str(&line(stroke));
    }
    out
}

fn hatching(hatch: &Hatch, turn: f64, inner: &str) -> String {
    let spacing = hatch.spacing.to_string();
    if hatch.kind == HatchKind::Dots {
        let dot = wrapped("marker", inner, &marker(hatch.width / 2.0, hatch.colour, None));
        let distances = [("distance_x", "distance_x_unit"), ("distance_y", "distance_y_unit")];
        let mut properties: Vec<(&str, String)> = Vec::new();
        for (name, unit) in distances {
            properties.extend([(name, spacing.clone()), (unit, "MM".to_owned())]);
        }
        properties.extend([
            ("displacement_x", (hatch.spacing / 2.0).to_string()),
            ("displacement_x_unit", "MM".to_owned()),
        ]);
        return part("PointPatternFill", &properties, &dot);
    }
    let stroke = Stroke {
        colour: hatch.colour,
        width: hatch.width,
        opacity: 1.0,
        dash: Vec::new(),
    };
    let properties = [
        ("angle", (hatch.angle + turn).to_string()),
        ("distance", spacing),
        ("distance_unit", "MM".to_owned()),
        ("color", rgba(hatch.colour, 1.0)),
        ("line_width", hatch.width.to_string()),
        ("line_width_unit", "MM".to_owned()),
    ];
    part("LinePatternFill", &properties, &wrapped("line", inner, &line(&stroke)))
}

fn line(stroke: &Stroke) -> String {
    let dash: Vec<String> = stroke.dash.iter().map(ToString::to_string).collect();
    let mut properties = vec![
        ("line_color", rgba(stroke.colour, stroke.opacity)),
        ("line_width", stroke.width.to_string()),
        ("line_width_unit", "MM".to_owned()),
        ("line_style", "solid".to_owned()),
        ("joinstyle", "round".to_owned()),
        ("capstyle", "flat".to_owned()),
    ];
    if !dash.is_empty() {
        properties.extend([
            ("use_custom_dash", "1".to_owned()),
            ("customdash", dash.join(";")),
            ("customdash_unit", "MM".to_owned()),
        ]);
    }
    part("SimpleLine", &properties, "")
}

fn marker(radius: f64, fill: Colour, rim: Option<&Stroke>) -> String {
    let mut properties = vec![
        ("name", "circle".to_owned()),
        ("color", rgba(fill, 1.0)),
        ("size", (radius * 2.0).to_string()),
        ("size_unit", "MM".to_owned()),
    ];
    match rim {
        Some(rim) => properties.extend([
            ("outline_color", rgba(rim.colour, rim.opacity)),
            ("outline_style", "solid".to_owned()),
            ("outline_width", rim.width.to_string()),
            ("outline_width_unit", "MM".to_owned()),
        ]),
        None => properties.push(("outline_style", "no".to_owned())),
    }
    part("SimpleMarker", &properties, "")
}

fn label(layer: &Written<'_>, step: &Step, (filter, number): (&str, usize)) -> String {
    let Some(label) = &step.label else {
        return String::new();
    };
    let to = [step.to, label.to].into_iter().flatten().min();
    format!(
        "<rule key=\"{{name-{number}}}\"{}{}><settings>{}</settings></rule>",
        filter_attribute(filter),
        scales(step.from, to),
        settings(layer, label)
    )
}

fn settings(layer: &Written<'_>, label: &LabelStyle) -> String {
    let (family, style) = label
        .face
        .stack()
        .rsplit_once(' ')
        .unwrap_or((label.face.stack(), "Regular"));
    let placement = match layer.look.geometry {
        GeometryKind::Line => 2,
        GeometryKind::Area => 1,
        GeometryKind::Point => 6,
    };
    format!(
        "<text-style fieldName=\"{}\" fontFamily=\"{family}\" namedStyle=\"{style}\" fontSize=\"{}\" fontSizeUnit=\"MM\" \
         textColor=\"{}\" isExpression=\"0\"><text-buffer bufferDraw=\"1\" bufferSize=\"0.4\" bufferSizeUnits=\"MM\" bufferColor=\"{}\" \
         bufferOpacity=\"1\"/></text-style><placement placement=\"{placement}\" priority=\"{}\"/>",
        xml_escaped(layer.label_field()),
        label.size,
        rgba(label.colour, 1.0),
        rgba(label.halo, 1.0),
        label.priority.clamp(0, 10),
    )
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..=255"
)]
fn rgba(colour: Colour, opacity: f64) -> String {
    let alpha = (opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
    format!("{},{},{},{alpha}", colour.red, colour.green, colour.blue)
}
