//! `MapLibre` style documents over our own vector tiles.

use super::Written;
use crate::layers::{Condition, PIXEL_MM, Step};
use crate::symbology::Stroke;
use serde_json::{Value, json};

/// Denominator of zoom 0 at the equator with tiles of 512 pixels of 0.28 mm.
const ZOOM_0: f64 = 279_541_132.014_358_76;

/// Where a style finds what it needs.
#[derive(Clone, Copy, Debug)]
pub struct Styled<'a> {
    /// The address of the server, without a slash at its end.
    pub base: &'a str,
    /// The address of letters, with `{fontstack}` and `{range}`; without it no names are written.
    pub glyphs: Option<&'a str>,
}

/// The style of some layers, the first one lowest.
pub fn maplibre(name: &str, layers: &[Written<'_>], styled: &Styled<'_>) -> Value {
    let ids: Vec<&str> = layers.iter().map(|layer| layer.kind.id()).collect();
    let tiles = format!(
        "{}/tiles/WebMercatorQuad?collections={}&f=tilejson",
        styled.base,
        ids.join(",")
    );
    let drawn: Vec<Value> = layers.iter().flat_map(shapes).collect();
    let names = layers.iter().filter(|_| styled.glyphs.is_some()).flat_map(names);
    let drawn: Vec<Value> = drawn.into_iter().chain(names).collect();
    let mut style = json!({
        "version": 8,
        "name": name,
        "sources": { "tupu": { "type": "vector", "url": tiles } },
        "sprite": format!("{}/sprites/tupu", styled.base),
        "layers": drawn,
    });
    if let Some(glyphs) = styled.glyphs {
        style["glyphs"] = json!(glyphs);
    }
    style
}

/// One way of drawing the features of a rule.
struct Part<'a> {
    layer: &'a Written<'a>,
    rule: usize,
    step: &'a Step,
}

fn parts<'a>(layer: &'a Written<'a>) -> impl Iterator<Item = Part<'a>> {
    let rules = layer.look.rules.iter().enumerate();
    rules.flat_map(move |(rule, of)| of.draw.iter().map(move |step| Part { layer, rule, step }))
}

fn shapes(layer: &Written<'_>) -> Vec<Value> {
    let mut out = Vec::new();
    for part in parts(layer) {
        let style = &part.step.style;
        if let Some(fill) = style.fill {
            let paint = json!({ "fill-color": fill.to_string(), "fill-opacity": style.fill_opacity.unwrap_or(1.0) });
            out.push(part.drawn("fill", "fill", Some("Polygon"), &paint));
        }
        if style.hatch.is_some() {
            let paint = json!({ "fill-pattern": format!("hatch-{}", part.step.name) });
            out.push(part.drawn("hatch", "fill", Some("Polygon"), &paint));
        }
        for (what, stroke) in [("casing", &style.casing), ("line", &style.stroke)] {
            if let Some(stroke) = stroke {
                let mut line = part.drawn(what, "line", None, &line(stroke));
                line["layout"] = json!({ "line-join": "round" });
                line["filter"] = json!(["all", ["!=", ["geometry-type"], "Point"], line["filter"]]);
                out.push(line);
            }
        }
        if let Some(symbol) = &style.symbol {
            let mut paint = json!({ "circle-radius": px(symbol.radius), "circle-color": symbol.fill.to_string() });
            if let Some(stroke) = &symbol.stroke {
                paint["circle-stroke-color"] = json!(stroke.colour.to_string());
                paint["circle-stroke-width"] = json!(px(stroke.width));
            }
            out.push(part.drawn("symbol", "circle", Some("Point"), &paint));
        }
    }
    out
}

fn names<'a>(layer: &'a Written<'a>) -> Vec<Value> {
    let mut out = Vec::new();
    for part in parts(layer) {
        let Some(label) = &part.step.label else { continue };
        let paint = json!({
            "text-color": label.colour.to_string(),
            "text-halo-color": label.halo.to_string(),
            "text-halo-width": 1.4,
        });
        let mut name = part.drawn("name", "symbol", None, &paint);
        let is_line = layer.look.geometry == crate::layers::GeometryKind::Line;
        name["layout"] = json!({
            "text-field": ["coalesce", ["get", layer.label_field()], ""],
            "text-font": [label.face.stack()],
            "text-size": px(label.size),
            "text-max-width": 8,
            "symbol-placement": if is_line { "line" } else { "point" },
            "symbol-sort-key": -label.priority,
        });
        if let Some(to) = label.to {
            name["minzoom"] = json!(zoom(to).max(name["minzoom"].as_f64().unwrap_or(0.0)));
        }
        out.push(name);
    }
    out
}

impl Part<'_> {
    fn drawn(&self, what: &str, kind: &str, geometry: Option<&str>, paint: &Value) -> Value {
        let mut filter = vec![json!("all")];
        filter.extend(geometry.map(|geometry| json!(["==", ["geometry-type"], geometry])));
        let own = &self.layer.look.rules[self.rule].condition;
        filter.extend(own.as_ref().map(holds));
        filter.extend(
            self.layer
                .others(self.rule)
                .into_iter()
                .map(|other| json!(["!", holds(other)])),
        );
        let mut out = json!({
            "id": format!("{}-{}-{}-{what}", self.layer.kind, self.rule, self.step.name),
            "type": kind,
            "source": "tupu",
            "source-layer": self.layer.kind.id(),
            "filter": filter,
            "paint": paint,
        });
        let style = &self.step.style;
        let to = self.step.to.or(style.max_scale);
        if let Some(to) = to {
            out["minzoom"] = json!(zoom(to));
        }
        if let Some(from) = self.step.from.or(style.min_scale) {
            out["maxzoom"] = json!(zoom(from));
        }
        out
    }
}

fn holds(condition: &Condition) -> Value {
    let field = json!(["get", condition.field]);
    let text = json!(["downcase", ["to-string", field]]);
    let lower = |words: &[String]| -> Vec<String> { words.iter().map(|word| word.to_lowercase()).collect() };
    let mut any = vec![json!("any")];
    if !condition.is.is_empty() {
        any.push(json!(["in", text, ["literal", lower(&condition.is)]]));
    }
    for start in lower(&condition.starts) {
        any.push(json!(["==", ["slice", text, 0, start.encode_utf16().count()], start]));
    }
    if condition.least.is_some() || condition.below.is_some() {
        let mut all = vec![json!("all"), json!(["has", condition.field])];
        if let Some(least) = condition.least {
            all.push(json!([">=", ["to-number", field, -1e12], least]));
        }
        if let Some(below) = condition.below {
            all.push(json!(["<", ["to-number", field, 1e12], below]));
        }
        any.push(json!(all));
    }
    json!(any)
}

fn line(stroke: &Stroke) -> Value {
    let mut paint = json!({
        "line-color": stroke.colour.to_string(),
        "line-width": px(stroke.width),
        "line-opacity": stroke.opacity,
    });
    if !stroke.dash.is_empty() {
        let dash: Vec<f64> = stroke
            .dash
            .iter()
            .map(|length| hundredths(length / stroke.width))
            .collect();
        paint["line-dasharray"] = json!(dash);
    }
    paint
}

fn zoom(denominator: u32) -> f64 {
    hundredths((ZOOM_0 / f64::from(denominator)).log2().max(0.0))
}

fn px(mm: f64) -> f64 {
    hundredths(mm / PIXEL_MM)
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
