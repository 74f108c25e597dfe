//! Styled Layer Descriptor 1.0. Hatches are marks that QGIS knows: SLD itself has none.

use super::Written;
use crate::layers::{Condition, GeometryKind, PIXEL_MM, Step};
use crate::symbology::{Hatch, HatchKind, Stroke, Style};
use crate::xml_escaped;
use std::fmt::Write as _;

/// The look of a layer. Values are compared as they are written and with a capital first letter.
pub fn sld(layer: &Written<'_>) -> String {
    let mut rules = String::new();
    for (at, rule) in layer.look.rules.iter().enumerate() {
        for step in &rule.draw {
            rules.push_str(&rule_of(layer, at, step));
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<StyledLayerDescriptor version=\"1.0.0\" xmlns=\"http://www.opengis.net/sld\" \
         xmlns:ogc=\"http://www.opengis.net/ogc\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://www.opengis.net/sld \
         http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd\"><NamedLayer><Name>{}</Name><UserStyle><Name>default</Name>\
         <Title>{}</Title><FeatureTypeStyle>{rules}</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>\n",
        layer.kind,
        xml_escaped(layer.title)
    )
}

fn rule_of(layer: &Written<'_>, at: usize, step: &Step) -> String {
    let mut out = format!(
        "<Rule><Name>{}</Name><Title>{}</Title>",
        xml_escaped(&step.name),
        xml_escaped(layer.meaning(step.style.legend.as_ref()))
    );
    let own = layer.look.rules[at].condition.as_ref().map(holds);
    let others = layer.others(at).into_iter().map(lacks);
    let parts: Vec<String> = own.into_iter().chain(others).collect();
    if !parts.is_empty() {
        let _ = write!(out, "<ogc:Filter>{}</ogc:Filter>", joined("And", &parts));
    }
    for (name, scale) in [
        ("MinScaleDenominator", step.from.or(step.style.min_scale)),
        ("MaxScaleDenominator", step.to.or(step.style.max_scale)),
    ] {
        if let Some(scale) = scale {
            let _ = write!(out, "<{name}>{scale}</{name}>");
        }
    }
    out.push_str(&symbolizers(layer.look.geometry, &step.style));
    if let Some(label) = &step.label {
        let _ = write!(
            out,
            "<TextSymbolizer><Label><ogc:PropertyName>{}</ogc:PropertyName></Label><Font>{}{}</Font><Halo><Radius>1.4</Radius>\
             <Fill>{}</Fill></Halo><Fill>{}</Fill></TextSymbolizer>",
            xml_escaped(layer.label_field()),
            parameter("font-family", label.face.stack()),
            parameter("font-size", &px(label.size)),
            parameter("fill", &label.halo.to_string()),
            parameter("fill", &label.colour.to_string()),
        );
    }
    out.push_str("</Rule>");
    out
}

fn joined(word: &str, parts: &[String]) -> String {
    match parts {
        [only] => only.clone(),
        many => format!("<ogc:{word}>{}</ogc:{word}>", many.concat()),
    }
}

/// Where a condition does not hold. A field that says nothing makes a comparison unknown, and `Not` of it too.
fn lacks(condition: &Condition) -> String {
    format!(
        "<ogc:Or><ogc:PropertyIsNull><ogc:PropertyName>{}</ogc:PropertyName></ogc:PropertyIsNull><ogc:Not>{}</ogc:Not></ogc:Or>",
        xml_escaped(&condition.field),
        holds(condition)
    )
}

fn holds(condition: &Condition) -> String {
    let field = format!("<ogc:PropertyName>{}</ogc:PropertyName>", xml_escaped(&condition.field));
    let literal = |text: &str| format!("<ogc:Literal>{}</ogc:Literal>", xml_escaped(text));
    let mut any = Vec::new();
    for word in condition.is.iter().flat_map(|word| spellings(word)) {
        any.push(format!(
            "<ogc:PropertyIsEqualTo>{field}{}</ogc:PropertyIsEqualTo>",
            literal(&word)
        ));
    }
    for word in condition.starts.iter().flat_map(|word| spellings(word)) {
        any.push(format!(
            "<ogc:PropertyIsLike wildCard=\"*\" singleChar=\"?\" escape=\"\\\">{field}{}</ogc:PropertyIsLike>",
            literal(&format!("{word}*"))
        ));
    }
    let mut numbers = Vec::new();
    if let Some(least) = condition.least {
        numbers.push(format!(
            "<ogc:PropertyIsGreaterThanOrEqualTo>{field}{}</ogc:PropertyIsGreaterThanOrEqualTo>",
            literal(&least.to_string())
        ));
    }
    if let Some(below) = condition.below {
        numbers.push(format!(
            "<ogc:PropertyIsLessThan>{field}{}</ogc:PropertyIsLessThan>",
            literal(&below.to_string())
        ));
    }
    if !numbers.is_empty() {
        any.push(joined("And", &numbers));
    }
    joined("Or", &any)
}

/// A word as it is, and with a capital first letter: SLD 1.0 compares letters as they are.
fn spellings(word: &str) -> Vec<String> {
    let mut letters = word.chars();
    let capital: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    if capital == word {
        vec![capital]
    } else {
        vec![word.to_owned(), capital]
    }
}

fn symbolizers(geometry: GeometryKind, style: &Style) -> String {
    let mut out = String::new();
    let strokes = || style.casing.iter().chain(&style.stroke);
    match geometry {
        GeometryKind::Area => {
            if let Some(fill) = style.fill {
                let fill = parameter("fill", &fill.to_string())
                    + &parameter("fill-opacity", &style.fill_opacity.unwrap_or(1.0).to_string());
                let _ = write!(out, "<PolygonSymbolizer><Fill>{fill}</Fill></PolygonSymbolizer>");
            }
            if let Some(hatch) = &style.hatch {
                let _ = write!(
                    out,
                    "<PolygonSymbolizer><Fill>{}</Fill></PolygonSymbolizer>",
                    graphic_fill(hatch)
                );
            }
            for line in strokes() {
                let _ = write!(out, "<PolygonSymbolizer>{}</PolygonSymbolizer>", stroke(line));
            }
        }
        GeometryKind::Line => {
            for line in strokes() {
                let _ = write!(out, "<LineSymbolizer>{}</LineSymbolizer>", stroke(line));
            }
        }
        GeometryKind::Point => {
            if let Some(symbol) = &style.symbol {
                let rim = symbol.stroke.as_ref().map(stroke).unwrap_or_default();
                let _ = write!(
                    out,
                    "<PointSymbolizer><Graphic><Mark><WellKnownName>circle</WellKnownName><Fill>{}</Fill>{rim}</Mark><Size>{}</Size>\
                     </Graphic></PointSymbolizer>",
                    parameter("fill", &symbol.fill.to_string()),
                    px(symbol.radius * 2.0)
                );
            }
        }
    }
    out
}

fn graphic_fill(hatch: &Hatch) -> String {
    let (mark, turn) = match hatch.kind {
        HatchKind::Lines => ("horline", Some(-hatch.angle)),
        HatchKind::Cross => ("x", None),
        HatchKind::Dots => ("circle", None),
    };
    let turn = turn.map_or_else(String::new, |turn| {
        format!("<Rotation><ogc:Literal>{turn}</ogc:Literal></Rotation>")
    });
    let pen = parameter("stroke", &hatch.colour.to_string()) + &parameter("stroke-width", &px(hatch.width));
    format!(
        "<GraphicFill><Graphic><Mark><WellKnownName>{mark}</WellKnownName><Stroke>{pen}</Stroke></Mark><Size>{}</Size>{turn}</Graphic></GraphicFill>",
        px(hatch.spacing)
    )
}

fn stroke(line: &Stroke) -> String {
    let mut pen = parameter("stroke", &line.colour.to_string());
    pen.push_str(&parameter("stroke-width", &px(line.width)));
    pen.push_str(&parameter("stroke-opacity", &line.opacity.to_string()));
    pen.push_str(&parameter("stroke-linejoin", "round"));
    if !line.dash.is_empty() {
        let dash: Vec<String> = line.dash.iter().map(|length| px(*length)).collect();
        pen.push_str(&parameter("stroke-dasharray", &dash.join(" ")));
    }
    format!("<Stroke>{pen}</Stroke>")
}

fn parameter(name: &str, value: &str) -> String {
    format!("<CssParameter name=\"{name}\">{}</CssParameter>", xml_escaped(value))
}

/// Pixels of WMS.
fn px(mm: f64) -> String {
    ((mm / PIXEL_MM * 100.0).round() / 100.0).to_string()
}
