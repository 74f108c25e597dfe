//! From features and their steps to a scene.

use super::projected::BEYOND_MM;
use super::{Step, View};
use crate::compose::drawn_from;
use crate::flat::Flat;
use crate::labels::{Label, Room};
use crate::{Group, Item, Line, MapError, Paint, Rect, Scene};
use geo_types::Geometry;
use std::collections::HashSet;

/// What a picture of layers shows.
#[derive(Debug)]
pub struct LayerMap<'a> {
    /// Which land.
    pub view: View,
    /// From the lowest to the highest.
    pub features: Vec<LayerFeature<'a>>,
    /// Whether names are written.
    pub names: bool,
    /// Language, title and description, for those who do not see it.
    pub words: [String; 3],
}

/// A feature and how it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct LayerFeature<'a> {
    /// Lon/lat WGS 84 degrees.
    pub geometry: &'a Geometry<f64>,
    /// How.
    pub step: &'a Step,
    /// What stands on it.
    pub name: Option<&'a str>,
    /// Shifts its hatch; its place in its edition, so that every picture shifts it alike.
    pub turn: usize,
}

struct Placed<'a> {
    feature: LayerFeature<'a>,
    flat: Flat,
}

/// Composes a picture of layers, without paper below it. What takes less than a pixel is one pixel, once.
///
/// # Errors
/// The projection's, for a feature that is out of its reach.
pub fn compose_layers(map: &LayerMap<'_>) -> Result<Scene, MapError> {
    let mut items = Vec::new();
    let mut placed: Vec<Placed<'_>> = Vec::new();
    let mut specks = Specks::of(&map.view);
    let reach = map.view.frame.grown(BEYOND_MM);
    for feature in &map.features {
        let Some(bounds) = map
            .view
            .box_of(feature.geometry)
            .filter(|bounds| bounds.meets(&reach) || has(&reach, bounds))
        else {
            continue;
        };
        items.extend(specks.done(feature.step));
        if specks.takes(feature, &bounds) {
            continue;
        }
        let flat = map.view.flat(feature.geometry)?;
        if flat.is_empty() {
            continue;
        }
        let label = feature.step.label.as_ref();
        let named =
            map.names && label.is_some_and(|label| label.to.is_none_or(|to| map.view.denominator < f64::from(to)));
        let has_symbol = !flat.points.is_empty();
        if (named && feature.name.is_some()) || has_symbol {
            placed.push(Placed {
                feature: *feature,
                flat: flat.clone(),
            });
        }
        items.extend(parts(feature, flat, &map.view));
    }
    items.extend(specks.rest());
    let names = if map.names {
        names(&placed, &map.view)
    } else {
        Vec::new()
    };
    let [lang, title, desc] = map.words.clone();
    Ok(Scene {
        width_mm: map.view.frame.width,
        height_mm: map.view.frame.height,
        lang,
        title,
        desc,
        groups: vec![
            Group { name: "layers", items },
            Group {
                name: "names",
                items: names,
            },
        ],
    })
}

/// A box without width meets nothing, and yet may be a point in the frame.
fn has(frame: &Rect, bounds: &Rect) -> bool {
    frame.has(bounds.centre())
}

fn parts(feature: &LayerFeature<'_>, flat: Flat, view: &View) -> Vec<Item> {
    let style = &feature.step.style;
    let narrow = style.hatch.as_ref().is_some_and(|hatch| {
        let room = flat.bounds().map_or(0.0, |bounds| bounds.width.min(bounds.height));
        room < hatch.spacing
    });
    let shown = if style.symbol.is_some() && flat.points.is_empty() {
        // areas and lines in a layer of points have no symbol
        std::borrow::Cow::Owned(crate::symbology::Style {
            symbol: None,
            ..style.clone()
        })
    } else if narrow {
        // a hatch that has no room for two lines is a tint
        let tint = style.hatch.as_ref().map(|hatch| hatch.colour);
        let plain = crate::symbology::Style {
            hatch: None,
            fill: tint.or(style.fill),
            fill_opacity: Some(0.35),
            ..style.clone()
        };
        std::borrow::Cow::Owned(plain)
    } else {
        std::borrow::Cow::Borrowed(style)
    };
    drawn_from(flat, &shown, feature.turn, view.origin())
}

/// Features smaller than a pixel, as the pixels that they lie in.
struct Specks<'a> {
    pixel: f64,
    seen: HashSet<(usize, i64, i64)>,
    step: Option<&'a Step>,
    open: Vec<Line>,
}

impl<'a> Specks<'a> {
    fn of(view: &View) -> Self {
        Self {
            pixel: view.pixel_mm(),
            seen: HashSet::new(),
            step: None,
            open: Vec::new(),
        }
    }

    /// Takes a feature that is no larger than a pixel.
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a picture")]
    fn takes(&mut self, feature: &LayerFeature<'a>, bounds: &Rect) -> bool {
        let small = bounds.width < self.pixel && bounds.height < self.pixel;
        if !small || feature.step.style.symbol.is_some() {
            return false;
        }
        self.step = Some(feature.step);
        let centre = bounds.centre();
        let (column, row) = ((centre.x / self.pixel).floor(), (centre.y / self.pixel).floor());
        if self
            .seen
            .insert((std::ptr::from_ref(feature.step).addr(), column as i64, row as i64))
        {
            let square = Rect::new(column * self.pixel, row * self.pixel, self.pixel, self.pixel);
            self.open.push(Line {
                points: square.corners(),
                closed: true,
            });
        }
        true
    }

    /// What was taken of another step than the next.
    fn done(&mut self, next: &Step) -> Option<Item> {
        let other = self.step.is_some_and(|step| !std::ptr::eq(step, next));
        if other { self.rest() } else { None }
    }

    fn rest(&mut self) -> Option<Item> {
        let step = self.step.take()?;
        let lines = std::mem::take(&mut self.open);
        (!lines.is_empty()).then(|| Item::Path {
            lines,
            fill: Some(Paint::plain(step.colour())),
            pen: None,
        })
    }
}

/// Names by priority, each where it finds room.
fn names(placed: &[Placed<'_>], view: &View) -> Vec<Item> {
    let mut room = Room::new(view.frame);
    for one in placed {
        let reach = one.reach();
        if let Some(symbol) = one
            .feature
            .step
            .style
            .symbol
            .as_ref()
            .filter(|_| !one.flat.points.is_empty())
        {
            let side = symbol.radius * 2.0 + 0.3;
            one.flat
                .points
                .iter()
                .for_each(|point| room.take(Rect::about(*point, side.max(reach), side.max(reach))));
        }
    }
    let mut labels: Vec<Label<'_>> = placed.iter().filter_map(|one| one.label(view)).collect();
    labels.sort_by_key(|label| -label.style.priority);
    let mut said: HashSet<&str> = HashSet::new();
    let mut items = Vec::new();
    for label in &labels {
        // a river of many pieces is named once
        let once = label.flat.rings.is_empty() && label.flat.points.is_empty();
        if once && said.contains(label.text) {
            continue;
        }
        if let Some(drawn) = label.draw(&mut room) {
            said.insert(label.text);
            items.extend(drawn);
        }
    }
    items
}

impl Placed<'_> {
    fn reach(&self) -> f64 {
        self.feature
            .step
            .style
            .symbol
            .as_ref()
            .map_or(0.0, |symbol| symbol.radius)
    }

    fn label(&self, view: &View) -> Option<Label<'_>> {
        let style = self.feature.step.label.as_ref()?;
        let written = style.to.is_none_or(|to| view.denominator < f64::from(to));
        let text = self.feature.name.filter(|text| written && !text.trim().is_empty())?;
        let room = self
            .flat
            .bounds()
            .is_none_or(|bounds| bounds.height > style.size && bounds.width > style.size * 3.0);
        room.then_some(Label {
            text,
            style,
            flat: &self.flat,
            reach: self.reach(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LayerStyles, PIXEL_MM};
    use super::*;
    use crate::Symbology;
    use crs::Crs;
    use geo_types::{Coord, Rect as Box, coord};
    use territory::{Attributes, LayerKind, Value};

    fn styles() -> LayerStyles {
        let shared = Symbology::parse(include_str!("../../../../config/symbology/report.toml")).unwrap();
        LayerStyles::parse(include_str!("../../../../config/symbology/layers.toml"), &shared).unwrap()
    }

    fn square(x: f64, y: f64, side: f64) -> Geometry<f64> {
        Geometry::Polygon(Box::new(coord! {x: x, y: y}, coord! {x: x + side, y: y + side}).to_polygon())
    }

    fn scene(bbox: [f64; 4], squares: &[Geometry<f64>]) -> Scene {
        let styles = styles();
        let view = View::new(Crs::WGS84, bbox, (200, 200), PIXEL_MM).unwrap();
        let mut attributes = Attributes::default();
        attributes.set("state_group", Value::Text("titulado".to_owned()));
        let look = styles.look(LayerKind::Concessions);
        let rule = &look.rules[look.rule_of(&attributes).unwrap()];
        let step = rule.steps_at(view.denominator).next().unwrap();
        let features = squares
            .iter()
            .map(|geometry| LayerFeature {
                geometry,
                step,
                name: Some("010"),
                turn: 0,
            })
            .collect();
        compose_layers(&LayerMap {
            view,
            features,
            names: true,
            words: ["es", "t", "d"].map(str::to_owned),
        })
        .unwrap()
    }

    fn lines_of(scene: &Scene) -> Vec<Vec<Coord<f64>>> {
        let paths = scene.groups[0].items.iter().filter_map(|item| match item {
            Item::Path {
                lines, pen: Some(_), ..
            } => Some(lines.clone()),
            Item::Area { rings, fill } => match crate::hatch::lines_of(rings, fill) {
                Some(Item::Path { lines, .. }) => Some(lines),
                _ => None,
            },
            _ => None,
        });
        paths.flatten().map(|line| line.points).collect()
    }

    #[test]
    fn what_is_smaller_than_a_pixel_is_one_pixel_however_many_lie_there() {
        let many: Vec<Geometry<f64>> = (0..50)
            .map(|at| square(0.5001 + f64::from(at) * 1e-5, 0.5001, 1e-4))
            .collect();
        let scene = scene([0.0, 0.0, 1.0, 1.0], &many);
        let [Item::Path { lines, .. }] = &scene.groups[0].items[..] else {
            panic!("{:?}", scene.groups[0])
        };
        assert_eq!(lines.len(), 1);
    }

    #[test]
    fn pictures_side_by_side_show_one_hatch_and_no_outline_on_their_common_edge() {
        let land = [square(0.002, 0.002, 0.016)];
        let side = 200.0 * PIXEL_MM;
        let left = lines_of(&scene([0.0, 0.0, 0.01, 0.01], &land));
        let right = lines_of(&scene([0.01, 0.0, 0.02, 0.01], &land));
        let at_seam = |lines: &[Vec<Coord<f64>>], x: f64| -> Vec<i64> {
            let crossing = lines.iter().flat_map(|line| line.windows(2)).filter_map(|pair| {
                let ((a, b), crosses) = ((pair[0], pair[1]), (pair[0].x < x) != (pair[1].x < x));
                crosses.then(|| a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x))
            });
            #[expect(clippy::cast_possible_truncation, reason = "hundredths of a millimetre")]
            let mut ys: Vec<i64> = crossing
                .filter(|y| (0.0..side).contains(y))
                .map(|y| (y * 100.0).round() as i64)
                .collect();
            ys.sort_unstable();
            ys.dedup();
            ys
        };
        let (one, other) = (at_seam(&left, side), at_seam(&right, 0.0));
        assert!(one.len() > 10 && one == other, "{one:?} {other:?}");
        let upright = |line: &Vec<Coord<f64>>| {
            line.windows(2)
                .any(|pair| (pair[0].x - side).abs() < 0.3 && (pair[1].x - side).abs() < 0.3)
        };
        assert!(!left.iter().any(upright), "no line runs along the edge");
    }

    #[test]
    fn what_lies_beyond_the_picture_is_not_drawn() {
        assert!(
            scene([0.0, 0.0, 1.0, 1.0], &[square(1.5, 1.5, 0.2)]).groups[0]
                .items
                .is_empty()
        );
    }
}
