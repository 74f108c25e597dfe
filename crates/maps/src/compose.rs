//! From a specification to a scene.

use crate::arrows::arrows;
use crate::flat::{self, Flat};
use crate::labels::{Label, Room};
use crate::letters::{self, Letter};
use crate::symbology::{Stroke, Style};
use crate::{
    Anchor, Colour, Face, Fill, Group, Item, MapError, MapFeature, MapSpec, Paint, Pen, Rect, Scene, Window, Words,
    bars, grid, layout, legend, locator,
};
use geo_types::{Coord, Geometry};

/// How much lighter everything beyond the subject is.
const WASH: f64 = 0.58;

/// A style that was drawn, and of what.
pub struct Shown {
    /// Its name.
    pub style: String,
    /// Areas.
    pub area: bool,
    /// Lines.
    pub line: bool,
}

/// A feature on paper.
struct Placed<'a> {
    feature: &'a MapFeature<'a>,
    style: &'a Style,
    flat: Flat,
}

/// Composes a map.
///
/// # Errors
/// A style or words that are missing, a coordinate that cannot be projected.
pub fn compose(spec: &MapSpec<'_>) -> Result<Scene, MapError> {
    let degrees = spec.window.lonlat_box()?;
    let under = placed(spec, &spec.under, degrees)?;
    let over = placed(spec, &spec.over, degrees)?;
    let top = placed(spec, &spec.top, degrees)?;
    let subject = match spec.subject {
        Some(subject) => Flat::of(&Geometry::MultiPolygon(subject.land.clone()), &spec.window)?,
        None => Flat::default(),
    };
    let [lines, numbers] = grid::grid(&spec.window, &spec.words, spec.layout.letters);
    let mut groups = vec![
        Group {
            name: "paper",
            items: vec![paper(spec)],
        },
        relief(spec),
        group("under", &under),
        wash(spec.window.frame, &subject),
        lines,
        group("over", &over),
        Group {
            name: "subject",
            items: match spec.subject {
                Some(land) => strokes(subject.lines.clone(), spec.symbology.style(land.style)?),
                None => Vec::new(),
            },
        },
        group("top", &top),
    ];
    groups.extend(named([&under, &over, &top], &subject, &spec.window));
    groups.push(numbers);
    groups.extend(furniture(spec, &shown(spec, &subject, [&under, &over, &top]))?);
    Ok(Scene {
        width_mm: spec.layout.width_mm,
        height_mm: spec.layout.height_mm,
        lang: spec.words.lang.clone(),
        title: spec.words.title.clone(),
        desc: spec.words.desc.clone(),
        groups,
    })
}

fn placed<'a>(
    spec: &'a MapSpec<'a>,
    features: &'a [MapFeature<'a>],
    degrees: [f64; 4],
) -> Result<Vec<Placed<'a>>, MapError> {
    let mut out = Vec::new();
    for feature in features {
        let style = spec.symbology.style(feature.style)?;
        if !style.shows_at(spec.window.denominator) || !Window::may_show(feature.geometry, degrees) {
            continue;
        }
        let flat = Flat::of(feature.geometry, &spec.window)?;
        if !flat.is_empty() {
            out.push(Placed { feature, style, flat });
        }
    }
    Ok(out)
}

fn group(name: &'static str, features: &[Placed<'_>]) -> Group {
    let items = features
        .iter()
        .enumerate()
        .flat_map(|(turn, placed)| drawn(placed.flat.clone(), placed.style, turn))
        .collect();
    Group { name, items }
}

/// A thing on paper in its style. `turn` shifts its hatch.
pub fn drawn(flat: Flat, style: &Style, turn: usize) -> Vec<Item> {
    drawn_from(flat, style, turn, Coord { x: 0.0, y: 0.0 })
}

/// The same with a hatch that begins at `origin`.
pub fn drawn_from(flat: Flat, style: &Style, turn: usize, origin: Coord<f64>) -> Vec<Item> {
    let heads = arrows(&flat, style);
    let mut items = Vec::new();
    if !flat.rings.is_empty() {
        let paint = style.fill.map(|colour| Paint {
            colour,
            opacity: style.fill_opacity.unwrap_or(1.0),
        });
        match (&style.hatch, paint) {
            (Some(hatch), paint) => items.push(Item::Area {
                rings: flat.rings,
                fill: Fill {
                    paint,
                    hatch: hatch.clone(),
                    turn,
                    origin,
                },
            }),
            (None, Some(paint)) => items.push(Item::areas(flat.rings, Some(paint), None)),
            (None, None) => {}
        }
    }
    items.extend(strokes(flat.lines, style));
    items.extend(heads);
    if let Some(symbol) = &style.symbol {
        items.extend(flat.points.iter().map(|centre| Item::Disc {
            centre: *centre,
            radius: symbol.radius,
            fill: Some(Paint::plain(symbol.fill)),
            pen: symbol.stroke.as_ref().map(pen),
        }));
    }
    items
}

/// The wider line below, and the line.
fn strokes(lines: Vec<Vec<Coord<f64>>>, style: &Style) -> Vec<Item> {
    let mut items = Vec::new();
    if lines.is_empty() {
        return items;
    }
    if let Some(casing) = &style.casing {
        items.push(Item::lines(lines.iter().cloned(), pen(casing)));
    }
    if let Some(stroke) = &style.stroke {
        items.push(Item::lines(lines, pen(stroke)));
    }
    items
}

fn pen(stroke: &Stroke) -> Pen {
    Pen {
        opacity: stroke.opacity,
        dash: stroke.dash.clone(),
        ..Pen::plain(stroke.colour, stroke.width)
    }
}

fn paper(spec: &MapSpec<'_>) -> Item {
    let page = Rect::new(0.0, 0.0, spec.layout.width_mm, spec.layout.height_mm);
    Item::areas([page.corners()], Some(Paint::plain(Colour::WHITE)), None)
}

fn relief(spec: &MapSpec<'_>) -> Group {
    let picture = spec.relief.map(|relief| Item::Picture {
        frame: relief.frame,
        pixels: relief.pixels.clone(),
    });
    Group {
        name: "relief",
        items: picture.into_iter().collect(),
    }
}

/// A veil over all but the subject.
fn wash(frame: Rect, subject: &Flat) -> Group {
    let veil = Paint {
        colour: Colour::WHITE,
        opacity: WASH,
    };
    let mut rings = vec![frame.corners()];
    rings.extend(subject.rings.iter().cloned());
    let items = if subject.rings.is_empty() {
        Vec::new()
    } else {
        vec![Item::areas(rings, Some(veil), None)]
    };
    Group { name: "wash", items }
}

/// Letters first, then names by priority.
fn named(placed: [&[Placed<'_>]; 3], subject: &Flat, window: &Window) -> [Group; 2] {
    let has_subject = !subject.is_empty();
    let mut room = Room::new(window.frame);
    let all = || placed.into_iter().flatten();
    for placed in all().filter(|placed| placed.style.symbol.is_some()) {
        let reach = placed
            .style
            .symbol
            .as_ref()
            .map_or(0.0, |symbol| symbol.radius * 2.0 + 0.4);
        for point in &placed.flat.points {
            room.take(Rect::about(*point, reach, reach));
        }
    }
    let mut wanted: Vec<(f64, Letter)> = all().filter_map(|placed| wanted(placed, subject, window)).collect();
    let size = letters::size(wanted.len());
    // the smallest land has the fewest places, so its letter goes first
    wanted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut marks: Vec<(String, [Vec<Item>; 2])> = Vec::new();
    for (_, letter) in &wanted {
        marks.push((letter.text.clone(), letters::letter(letter, size, &mut room)));
    }
    marks.sort_by_key(|(text, _)| (text.len(), text.clone()));
    let mut labels: Vec<Label<'_>> = all().filter_map(label).collect();
    labels.sort_by_key(|label| -label.style.priority);
    let mut said: Vec<&str> = Vec::new();
    let mut names = Vec::new();
    for label in &labels {
        // a river of many pieces is named once; what only helps to find one's way beside a subject, too
        let once = has_subject || (label.flat.rings.is_empty() && label.flat.points.is_empty());
        if once && said.contains(&label.text) {
            continue;
        }
        if let Some(items) = label.draw(&mut room) {
            said.push(label.text);
            names.extend(items);
        }
    }
    // no line to a land crosses a letter
    let (leaders, rings): (Vec<_>, Vec<_>) = marks.into_iter().map(|(_, [leader, ring])| (leader, ring)).unzip();
    let marks = leaders.into_iter().chain(rings).flatten().collect();
    [
        Group {
            name: "names",
            items: names,
        },
        Group {
            name: "letters",
            items: marks,
        },
    ]
}

fn wanted(placed: &Placed<'_>, subject: &Flat, window: &Window) -> Option<(f64, Letter)> {
    let text = placed.feature.letter?.to_owned();
    let colour = placed.style.mark.unwrap_or(Colour::INK);
    let lines = placed.flat.lines.iter().flatten();
    let bounds = placed
        .flat
        .bounds()
        .or_else(|| flat::bounds(lines.chain(&placed.flat.points)))
        .unwrap_or(window.frame);
    let shared = subject.bounds().map_or(bounds, |land| common(bounds, land));
    let places = letters::places(&placed.flat.rings, &subject.rings, shared);
    Some((shared.width * shared.height, Letter { text, places, colour }))
}

/// What two boxes share; the first where they share nothing.
fn common(one: Rect, other: Rect) -> Rect {
    if !one.meets(&other) {
        return one;
    }
    let (x, y) = (one.x.max(other.x), one.y.max(other.y));
    Rect::new(
        x,
        y,
        one.right().min(other.right()) - x,
        one.bottom().min(other.bottom()) - y,
    )
}

fn label<'a>(placed: &'a Placed<'a>) -> Option<Label<'a>> {
    Some(Label {
        text: placed.feature.label?,
        style: placed.style.label.as_ref()?,
        flat: &placed.flat,
        reach: placed.style.symbol.as_ref().map_or(0.0, |symbol| symbol.radius),
    })
}

/// The styles that were drawn, each once: the subject, then from the highest to the lowest.
fn shown(spec: &MapSpec<'_>, subject: &Flat, [under, over, top]: [&[Placed<'_>]; 3]) -> Vec<Shown> {
    let mut out: Vec<Shown> = Vec::new();
    let mut show = |style: &str, flat: &Flat| match out.iter_mut().find(|shown| shown.style == style) {
        Some(shown) => {
            shown.area |= !flat.rings.is_empty();
            shown.line |= !flat.lines.is_empty();
        }
        None => out.push(Shown {
            style: style.to_owned(),
            area: !flat.rings.is_empty(),
            line: !flat.lines.is_empty(),
        }),
    };
    if let Some(land) = spec.subject.filter(|_| !subject.is_empty()) {
        show(land.style, subject);
    }
    // rights and other areas that the map is about come before what helps to find one's way
    for placed in under.iter().rev().chain(over).chain(top) {
        show(placed.feature.style, &placed.flat);
    }
    out
}

fn furniture(spec: &MapSpec<'_>, shown: &[Shown]) -> Result<Vec<Group>, MapError> {
    let frame = Item::areas([spec.window.frame.corners()], None, Some(Pen::plain(Colour::INK, 0.35)));
    let mut groups = vec![
        Group {
            name: "frame",
            items: vec![frame],
        },
        head(spec),
        legend::legend(spec.layout, spec.symbology, shown, &spec.words)?,
        bars::bars(spec.layout, &spec.window, &spec.words),
        foot(spec),
    ];
    groups.extend(locator::locator(spec)?);
    Ok(groups)
}

fn head(spec: &MapSpec<'_>) -> Group {
    let by = spec.layout.letters;
    let mut items = Vec::new();
    if let Some(place) = spec.layout.head {
        let at = |y: f64| Coord {
            x: place.x,
            y: place.y + y * by,
        };
        let fit = |text: &str, face: Face, size: f64| size * (place.width / face.width(text, size)).min(1.0);
        let title = &spec.words.title;
        items.push(Item::Words(Words::plain(
            at(5.0),
            title,
            Face::Semibold,
            fit(title, Face::Semibold, 5.6 * by),
        )));
        let subtitle = &spec.words.subtitle;
        let size = fit(subtitle, Face::Regular, 3.0 * by);
        items.push(Item::Words(
            Words::plain(at(10.0), subtitle, Face::Regular, size).coloured(Colour::GREY),
        ));
    }
    Group { name: "head", items }
}

fn foot(spec: &MapSpec<'_>) -> Group {
    let (place, by) = (spec.layout.foot, spec.layout.letters);
    let size = layout::FOOT_SIZE * by;
    let lines = layout::FOOT_FACE.wrap(&spec.words.sources, size, place.width);
    let mut y = place.y - 0.7 * by;
    let draw = |line: String| {
        y += layout::FOOT_STEP * by;
        let words = Words::plain(Coord { x: place.x, y }, line, layout::FOOT_FACE, size);
        Item::Words(words.coloured(Colour::GREY).anchored(Anchor::Start))
    };
    Group {
        name: "foot",
        items: lines.into_iter().map(draw).collect(),
    }
}
