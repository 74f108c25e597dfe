//! The profile of a river: height over the way of its water, and what lies along it.

mod axes;
mod furniture;
mod lanes;
mod spec;

pub use spec::{ProfileBand, ProfileMark, ProfileSpec, ProfileWords};

use crate::compose::drawn;
use crate::flat::Flat;
use crate::{Anchor, Colour, Face, Group, Halo, Item, Line, MapError, Paint, Pen, Rect, Scene, Words};
use axes::Axis;
use geo_types::Coord;
use lanes::Lane;

const MARGIN: f64 = 4.0;
const HEAD: f64 = 13.0;
/// Room for the numbers of the heights and the name of the axis.
const LEFT: f64 = 17.0;
const RIGHT: f64 = 4.0;
/// Room for the numbers of the way and the name of the axis.
const BELOW: f64 = 9.5;
const LANE: f64 = 5.0;
const LANES_HEAD: f64 = 6.0;
const LEGEND_ROW: f64 = 5.0;
const SMALL: f64 = 2.3;
const NOTE: (f64, f64) = (2.1, 2.75);
const GROUND: Colour = Colour::new(0xea, 0xdf, 0xc8);
const WATER: Colour = Colour::new(0x14, 0x68, 0x9a);

/// Where the parts of a profile stand.
struct Places {
    plot: Rect,
    lanes: Vec<Lane>,
    lanes_top: f64,
    bottom: f64,
    width: f64,
    height: f64,
    notes: Vec<String>,
}

/// Composes a profile.
///
/// # Errors
/// A style or words that are missing; [`MapError::NoLand`] for a line of fewer than two points or without length.
pub fn compose_profile(spec: &ProfileSpec<'_>) -> Result<Scene, MapError> {
    let length = match (spec.line.len(), spec.line.last()) {
        (2.., Some([along, _])) if *along > 0.0 => *along,
        _ => return Err(MapError::NoLand),
    };
    let heights = spec.line.iter().map(|[_, height]| *height);
    let (low, high) = heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), height| {
        (low.min(height), high.max(height))
    });
    let places = Places::of(spec);
    let axes = [Axis::whole(length), Axis::about(low, high)];
    let plot = Plot { places: &places, axes };
    let page = Rect::new(0.0, 0.0, places.width, places.height);
    let group = |name: &'static str, items: Vec<Item>| Group { name, items };
    let groups = vec![
        group(
            "paper",
            vec![Item::areas([page.corners()], Some(Paint::plain(Colour::WHITE)), None)],
        ),
        group("head", furniture::head(spec, &places)),
        group("grid", plot.grid()),
        group("ground", plot.ground(spec)?),
        group("water", plot.water(spec)),
        group("lanes", plot.lanes(spec)?),
        group("axes", plot.numbers(&spec.words)),
        group("marks", plot.marks(spec)),
        group("legend", furniture::legend(spec, &places)?),
        group("foot", furniture::foot(&places)),
    ];
    Ok(Scene {
        width_mm: places.width,
        height_mm: places.height,
        lang: spec.words.lang.clone(),
        title: spec.words.title.clone(),
        desc: spec.words.desc.clone(),
        groups,
    })
}

impl Places {
    fn of(spec: &ProfileSpec<'_>) -> Self {
        let (width, high) = spec.size_mm;
        let inner = width - 2.0 * MARGIN;
        let plot = Rect::new(
            MARGIN + LEFT,
            MARGIN + HEAD,
            inner - LEFT - RIGHT,
            high - MARGIN - HEAD - BELOW,
        );
        let length = spec.line.last().map_or(1.0, |[along, _]| *along);
        let lanes = lanes::lanes(spec.bands.iter().map(|band| band.reach), plot.width / length);
        let count = lanes.iter().map(|lane| lane.row + 1).max().unwrap_or(0);
        let lanes_top = plot.bottom() + if count > 0 { LANES_HEAD } else { 0.0 };
        let bottom = lanes_top + count as f64 * LANE;
        let styles = furniture::styles(spec).len();
        let legend = (styles.div_ceil(2)) as f64 * LEGEND_ROW;
        let notes: Vec<String> = spec
            .words
            .notes
            .iter()
            .flat_map(|note| Face::Condensed.wrap(note, NOTE.0, inner))
            .collect();
        let height = bottom + BELOW + legend + notes.len() as f64 * NOTE.1 + MARGIN + 1.0;
        Self {
            plot,
            lanes,
            lanes_top,
            bottom,
            width,
            height,
            notes,
        }
    }
}

struct Plot<'a> {
    places: &'a Places,
    axes: [Axis; 2],
}

impl Plot<'_> {
    fn x(&self, along: f64) -> f64 {
        self.places.plot.x + self.axes[0].part(along) * self.places.plot.width
    }

    fn y(&self, height: f64) -> f64 {
        self.places.plot.bottom() - self.axes[1].part(height) * self.places.plot.height
    }

    fn grid(&self) -> Vec<Item> {
        let plot = self.places.plot;
        let upright = |along: f64| vec![(self.x(along), plot.y), (self.x(along), self.places.bottom)];
        let level = |height: f64| vec![(plot.x, self.y(height)), (plot.right(), self.y(height))];
        let lines = self.axes[0].ticks().map(upright).chain(self.axes[1].ticks().map(level));
        let pen = Pen {
            opacity: 0.4,
            ..Pen::plain(Colour::GREY, 0.12)
        };
        let place = |(x, y): (f64, f64)| Coord { x, y };
        vec![Item::lines(
            lines.map(|line| line.into_iter().map(place).collect()),
            pen,
        )]
    }

    /// The points of the line between two places along it, on paper.
    fn stretch(&self, line: &[[f64; 2]], [from, to]: [f64; 2]) -> Vec<Coord<f64>> {
        let height = |along: f64| {
            let after = line.partition_point(|[at, _]| *at < along).clamp(1, line.len() - 1);
            let ([a, low], [b, high]) = (line[after - 1], line[after]);
            let part = if b > a {
                ((along - a) / (b - a)).clamp(0.0, 1.0)
            } else {
                0.0
            };
            low + (high - low) * part
        };
        let within = line.iter().copied().filter(|[along, _]| *along > from && *along < to);
        let all = std::iter::once([from, height(from)])
            .chain(within)
            .chain([[to, height(to)]]);
        let points = all.map(|[along, height]| Coord {
            x: self.x(along),
            y: self.y(height),
        });
        crate::thin::thinned(points.collect(), 0.03)
    }

    /// The land under the line, and each band of it in its style.
    fn ground(&self, spec: &ProfileSpec<'_>) -> Result<Vec<Item>, MapError> {
        let base = self.places.plot.bottom();
        let under = |reach: [f64; 2]| {
            let mut ring = self.stretch(spec.line, reach);
            let ends = [ring[ring.len() - 1].x, ring[0].x];
            ring.extend(ends.map(|x| Coord { x, y: base }));
            ring
        };
        let whole = under([0.0, spec.line[spec.line.len() - 1][0]]);
        let mut items = vec![Item::areas([whole], Some(Paint::plain(GROUND)), None)];
        for (turn, band) in spec.bands.iter().enumerate() {
            let rings = vec![under(band.reach)];
            let flat = Flat {
                rings,
                ..Flat::default()
            };
            items.extend(drawn(flat, spec.symbology.style(band.style)?, turn));
        }
        let frame = [
            Coord {
                x: self.places.plot.x,
                y: self.places.plot.y,
            },
            Coord {
                x: self.places.plot.x,
                y: base,
            },
            Coord {
                x: self.places.plot.right(),
                y: base,
            },
        ];
        items.push(Item::lines([frame.to_vec()], Pen::plain(Colour::INK, 0.3)));
        Ok(items)
    }

    fn water(&self, spec: &ProfileSpec<'_>) -> Vec<Item> {
        let points = self.stretch(spec.line, [0.0, spec.line[spec.line.len() - 1][0]]);
        let line = |width: f64, colour: Colour| Item::Path {
            lines: vec![Line {
                points: points.clone(),
                closed: false,
            }],
            fill: None,
            pen: Some(Pen {
                round: true,
                ..Pen::plain(colour, width)
            }),
        };
        vec![line(1.3, Colour::WHITE), line(0.8, WATER)]
    }

    /// Under the axis one bar for each band, in as many lanes as overlap.
    fn lanes(&self, spec: &ProfileSpec<'_>) -> Result<Vec<Item>, MapError> {
        let mut items = Vec::new();
        if !self.places.lanes.is_empty() {
            let at = Coord {
                x: self.places.plot.x,
                y: self.places.lanes_top - 1.6,
            };
            items.push(Item::Words(Words::plain(
                at,
                &spec.words.lanes,
                Face::CondensedSemibold,
                2.5,
            )));
        }
        for (turn, (band, lane)) in spec.bands.iter().zip(&self.places.lanes).enumerate() {
            let y = self.places.lanes_top + lane.row as f64 * LANE + 0.4;
            let from = self.x(band.reach[0]);
            let bar = Rect::new(from, y, (self.x(band.reach[1]) - from).max(0.5), LANE - 0.8);
            let mut line = bar.corners();
            line.push(line[0]);
            let flat = Flat {
                rings: vec![bar.corners()],
                lines: vec![line],
                points: Vec::new(),
            };
            let style = spec.symbology.style(band.style)?;
            items.extend(drawn(flat, style, turn));
            items.extend(letter(band.letter, bar, style.mark.unwrap_or(Colour::INK)));
        }
        Ok(items)
    }

    fn numbers(&self, words: &ProfileWords) -> Vec<Item> {
        let plot = self.places.plot;
        let small = |at: Coord<f64>, text: String, anchor: Anchor| {
            let words = Words::plain(at, text, Face::Condensed, SMALL);
            Item::Words(words.coloured(Colour::GREY).anchored(anchor))
        };
        let mut items: Vec<Item> = Vec::new();
        for along in self.axes[0].ticks() {
            let at = Coord {
                x: self.x(along),
                y: self.places.bottom + 3.0,
            };
            items.push(small(at, axes::short(along / 1000.0), Anchor::Middle));
        }
        for height in self.axes[1].ticks() {
            let at = Coord {
                x: plot.x - 1.2,
                y: self.y(height) + 0.8,
            };
            items.push(small(at, axes::grouped(height), Anchor::End));
        }
        let name = |at: Coord<f64>, text: &str| Words::plain(at, text, Face::Regular, 2.5).anchored(Anchor::Middle);
        let below = Coord {
            x: plot.centre().x,
            y: self.places.bottom + 6.8,
        };
        items.push(Item::Words(name(below, &words.along)));
        let beside = Coord {
            x: MARGIN + 2.4,
            y: plot.centre().y,
        };
        items.push(Item::Words(Words {
            turn: -90.0,
            ..name(beside, &words.height)
        }));
        items
    }

    /// The top of the line between two places of the page.
    fn highest(&self, line: &[[f64; 2]], ends: [f64; 2]) -> f64 {
        let plot = self.places.plot;
        let length = line[line.len() - 1][0];
        let along = ends.map(|x| ((x - plot.x) / plot.width * length).clamp(0.0, length));
        let points = self.stretch(line, along);
        points.iter().map(|point| point.y).fold(f64::INFINITY, f64::min)
    }

    fn marks(&self, spec: &ProfileSpec<'_>) -> Vec<Item> {
        let plot = self.places.plot;
        let mut items = Vec::new();
        for mark in &spec.marks {
            let Some(point) = self.stretch(spec.line, [mark.along, mark.along]).first().copied() else {
                continue;
            };
            items.push(Item::Disc {
                centre: point,
                radius: 1.1,
                fill: Some(Paint::plain(Colour::WHITE)),
                pen: Some(Pen::plain(WATER, 0.6)),
            });
            let wide = Face::Semibold.width(mark.text, 2.4);
            let right = point.x + 2.0 + wide < plot.right();
            let (x, anchor) = if right {
                (point.x + 2.0, Anchor::Start)
            } else {
                (point.x - 1.0, Anchor::End)
            };
            let ends = if right { [x, x + wide] } else { [x - wide, x] };
            let at = Coord {
                x,
                y: (self.highest(spec.line, ends).min(point.y) - 2.0).max(plot.y + 2.6),
            };
            items.push(Item::Words(Words {
                halo: Some(Halo {
                    colour: Colour::WHITE,
                    width_mm: 0.5,
                }),
                ..Words::plain(at, mark.text, Face::Semibold, 2.4).anchored(anchor)
            }));
        }
        items
    }
}

/// A letter in its ring: in its bar where it has room, else at its right.
fn letter(text: &str, bar: Rect, colour: Colour) -> [Item; 2] {
    const SIZE: f64 = 2.5;
    let radius = (SIZE * 0.68).max(Face::Semibold.width(text, SIZE) / 2.0 + 0.5);
    let beside = bar.width < 2.0 * radius + 0.6;
    let x = if beside {
        bar.right() + radius + 0.5
    } else {
        bar.centre().x
    };
    let centre = Coord { x, y: bar.centre().y };
    let disc = Item::Disc {
        centre,
        radius,
        fill: Some(Paint::plain(Colour::WHITE)),
        pen: Some(Pen::plain(colour, 0.35)),
    };
    let at = Coord {
        x,
        y: centre.y + SIZE * 0.35,
    };
    [
        disc,
        Item::Words(Words::plain(at, text, Face::Semibold, SIZE).anchored(Anchor::Middle)),
    ]
}

/// How many times steeper than the ground a profile of a size is drawn.
pub fn profile_exaggeration(spec: &ProfileSpec<'_>) -> Option<f64> {
    let length = spec.line.last()?[0];
    let heights = || spec.line.iter().map(|[_, height]| *height);
    let axis = Axis::about(
        heights().fold(f64::INFINITY, f64::min),
        heights().fold(f64::NEG_INFINITY, f64::max),
    );
    let plot = Places::of(spec).plot;
    let times = (plot.height / (axis.to - axis.from)) / (plot.width / length);
    times.is_finite().then_some(times)
}

#[cfg(test)]
mod tests;
