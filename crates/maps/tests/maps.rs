//! Whole maps of made-up land: what a cartographer would check with a ruler.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use crs::{UtmZone, utm_to_lonlat};
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};
use maps::{
    Face, Fit, Item, Layout, Lines, MapError, MapFeature, MapSpec, Paper, Rect, Scene, SubjectLand, Symbology, Walk,
    Window, Words, compose,
};
use proptest::prelude::*;

const ZONE: UtmZone = UtmZone::Z17;
const ORIGIN: (f64, f64) = (760_000.0, 9_240_000.0);
const STYLES: &str = r##"
[styles.subject]
legend = "subject"
stroke = { colour = "#000000", width = 0.8 }
[styles.right]
legend = "right"
fill = "#0000ff"
hatch = { kind = "lines", angle = 45, spacing = 2.0, width = 0.3, colour = "#1c56b0" }
stroke = { colour = "#1c56b0", width = 0.3 }
[styles.river]
legend = "river"
stroke = { colour = "#1f7fae", width = 0.5 }
label = { face = "italic", size = 2.3, colour = "#105c82" }
[styles.spring]
legend = "spring"
symbol = { radius = 0.8, fill = "#ffffff" }
label = { size = 2.2, colour = "#105c82" }
"##;

fn lonlat(points: &[(f64, f64)]) -> Vec<Coord<f64>> {
    let mut coords: Vec<Coord<f64>> = points
        .iter()
        .map(|(x, y)| Coord {
            x: ORIGIN.0 + x,
            y: ORIGIN.1 + y,
        })
        .collect();
    utm_to_lonlat(&mut coords, ZONE).unwrap();
    coords
}

fn square(x: f64, y: f64, side: f64) -> Polygon<f64> {
    let corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)];
    Polygon::new(LineString(lonlat(&corners)), Vec::new())
}

fn words() -> Lines {
    let meaning = |id: &str| (id.to_owned(), format!("Meaning of {id}"));
    Lines {
        lang: "es".to_owned(),
        title: "Mapa de <prueba> & demás".to_owned(),
        desc: "Un mapa".to_owned(),
        legend: "Leyenda".to_owned(),
        meanings: ["subject", "right", "river", "spring"]
            .into_iter()
            .map(meaning)
            .collect(),
        kilometres: "km".to_owned(),
        metres: "m".to_owned(),
        north: "N".to_owned(),
        axes: ["E".to_owned(), "N".to_owned()],
        walk: Some(Walk {
            metres_a_minute: 50.0,
            unit: "min".to_owned(),
            title: "a pie".to_owned(),
        }),
        ..Lines::default()
    }
}

struct Made {
    scene: Scene,
    window: Window,
}

fn made(features: &[MapFeature<'_>], layout: &Layout, fit: Fit) -> Result<Made, MapError> {
    let symbology = Symbology::parse(STYLES)?;
    let land = MultiPolygon(vec![square(0.0, 0.0, 4000.0)]);
    let window = Window::round(ZONE, &land, layout.frame, fit)?;
    let (under, over) = features.iter().cloned().partition(|feature| feature.style == "right");
    let spec = MapSpec {
        layout,
        window,
        symbology: &symbology,
        subject: Some(SubjectLand {
            land: &land,
            style: "subject",
        }),
        under,
        over,
        words: words(),
        locator: None,
        relief: None,
        top: Vec::new(),
    };
    compose(&spec).map(|scene| Made { scene, window })
}

fn picture(features: &[MapFeature<'_>]) -> Made {
    made(
        features,
        &Layout::picture(180.0, 120.0, "Fuentes: ninguna."),
        Fit::Close,
    )
    .unwrap()
}

fn said<'a>(scene: &'a Scene, group: &str) -> Vec<&'a Words> {
    let items = scene
        .groups
        .iter()
        .filter(|part| part.name == group)
        .flat_map(|part| &part.items);
    items
        .filter_map(|item| match item {
            Item::Words(words) => Some(words),
            _ => None,
        })
        .collect()
}

fn feature<'a>(geometry: &'a Geometry<f64>, style: &'a str, name: &'a str) -> MapFeature<'a> {
    let is_right = style == "right";
    MapFeature {
        geometry,
        style,
        letter: is_right.then_some(name),
        label: (!is_right).then_some(name),
    }
}

#[test]
fn bars_measure_true_on_every_sheet() {
    for (paper, lying, scale) in [
        (Paper::A4, false, 25_000),
        (Paper::A3, true, 20_000),
        (Paper::A4, true, 50_000),
        (Paper::A3, false, 100_000),
    ] {
        let made = made(&[], &Layout::sheet(paper, lying, ""), Fit::Scale(scale)).unwrap();
        let bars = made.scene.groups.iter().find(|group| group.name == "scale").unwrap();
        let halves: Vec<Vec<Coord<f64>>> = bars
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Path { lines, .. } if lines[0].points.len() == 4 => Some(lines[0].points.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(halves.len(), 4, "two bars of two halves");
        let numbers: Vec<&str> = said(&made.scene, "scale")
            .iter()
            .map(|words| words.text.as_str())
            .filter(|text| text.ends_with("\u{a0}km") || text.ends_with("\u{a0}m") || text.ends_with("min"))
            .collect();
        for (bar, number) in halves.chunks(2).zip(numbers) {
            let paper_mm = bar[1][1].x - bar[0][0].x;
            let (value, unit) = number.split_once('\u{a0}').unwrap();
            let each = match unit {
                "km" => 1000.0,
                "min" => 50.0,
                _ => 1.0,
            };
            let metres = value.parse::<f64>().unwrap() * each;
            assert!(
                (paper_mm * f64::from(scale) / 1000.0 - metres).abs() < 0.01,
                "{number} takes {paper_mm} mm at 1:{scale}"
            );
        }
    }
}

#[test]
fn grid_lines_stand_where_their_numbers_say() {
    let made = picture(&[]);
    let numbers = said(&made.scene, "grid-numbers");
    assert!(numbers.len() >= 6);
    for words in numbers {
        let (metres, axis) = words.text.rsplit_once('\u{a0}').unwrap();
        let metres: f64 = metres.replace('\u{a0}', "").parse().unwrap();
        let ground = made.window.ground(words.at);
        let there = if axis == "E" { ground.x } else { ground.y };
        assert!((there - metres).abs() < 0.01, "{} stands at {there}", words.text);
    }
}

#[test]
fn the_legend_has_what_is_drawn_and_nothing_else() {
    let right = Geometry::Polygon(square(500.0, 500.0, 1000.0));
    let far = Geometry::LineString(LineString(lonlat(&[(90_000.0, 0.0), (95_000.0, 10.0)])));
    let made = picture(&[feature(&right, "right", "A"), feature(&far, "river", "Lejos")]);
    let legend: Vec<&str> = said(&made.scene, "legend")
        .iter()
        .map(|words| words.text.as_str())
        .collect();
    assert_eq!(legend, ["Leyenda", "Meaning of subject", "Meaning of right"]);
}

#[test]
fn the_svg_is_well_formed_has_a_title_and_is_the_same_each_time() {
    let right = Geometry::Polygon(square(500.0, 500.0, 1000.0));
    let river = Geometry::LineString(LineString(lonlat(&[(0.0, 0.0), (2000.0, 1500.0), (4000.0, 4100.0)])));
    let features = [feature(&right, "right", "A"), feature(&river, "river", "Río <Grande>")];
    let svg = picture(&features).scene.svg();
    assert_eq!(svg, picture(&features).scene.svg());
    let mut reader = quick_xml::Reader::from_str(&svg);
    let mut elements = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                elements.push(String::from_utf8_lossy(tag.name().as_ref()).into_owned());
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(&elements[..3], ["svg", "title", "desc"]);
    assert!(svg.contains("<title>Mapa de &lt;prueba&gt; &amp; demás</title>"));
    assert!(svg.contains("Río &lt;Grande&gt;") && !svg.contains("url(") && !svg.contains("NaN"));
}

#[test]
fn the_png_has_the_colours_where_the_land_is() {
    let right = Geometry::Polygon(square(1000.0, 1000.0, 2000.0));
    let made = picture(&[MapFeature {
        letter: None,
        ..feature(&right, "right", "A")
    }]);
    let png = made.scene.png(100.0).unwrap();
    let pixmap = tiny_skia::Pixmap::decode_png(&png).unwrap();
    assert_eq!((pixmap.width(), pixmap.height()), (709, 472));
    let blue_at = |x: f64, y: f64| {
        let paper = made.window.paper(Coord {
            x: ORIGIN.0 + x,
            y: ORIGIN.1 + y,
        });
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a pixel of the picture"
        )]
        let pixel = pixmap
            .pixel((paper.x / 25.4 * 100.0) as u32, (paper.y / 25.4 * 100.0) as u32)
            .unwrap();
        pixel.blue() > 150 && pixel.red() < 120
    };
    assert!(blue_at(2030.0, 2010.0), "inside of the right");
    assert!(!blue_at(500.0, 530.0), "beside it");
    assert!(matches!(made.scene.png(1e6), Err(MapError::PictureSize { .. })));
    assert!(matches!(made.scene.png(0.0), Err(MapError::PictureSize { .. })));
}

#[test]
fn a_style_or_words_that_are_missing_are_named() {
    let right = Geometry::Polygon(square(500.0, 500.0, 1000.0));
    let layout = Layout::picture(180.0, 120.0, "");
    let error = made(&[feature(&right, "road", "A")], &layout, Fit::Close)
        .err()
        .unwrap();
    assert!(error.sentence_es().contains("«road»"), "{error}");
}

/// The box of a level line of words.
fn box_of(words: &Words) -> Rect {
    let width = Face::width(words.face, &words.text, words.size_mm);
    let left = match words.anchor {
        maps::Anchor::Start => words.at.x,
        maps::Anchor::Middle => words.at.x - width / 2.0,
        maps::Anchor::End => words.at.x - width,
    };
    Rect::new(left, words.at.y - words.size_mm * 0.7, width, words.size_mm * 0.7)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_right_has_its_letter_and_no_words_stand_on_others(
        rights in prop::collection::vec((-1500.0..4500.0, -1500.0..4500.0, 30.0..2500.0), 1..40),
        springs in prop::collection::vec((-500.0..4500.0, -500.0..4500.0), 0..40),
    ) {
        let near = |x: f64, side: f64| x < 4000.0 && x + side > 0.0;
        let rights: Vec<(String, Geometry<f64>)> = rights
            .into_iter()
            .filter(|(x, y, side)| near(*x, *side) && near(*y, *side))
            .enumerate()
            .map(|(at, (x, y, side))| (format!("L{at}"), Geometry::Polygon(square(x, y, side))))
            .collect();
        let springs: Vec<(String, Geometry<f64>)> = springs
            .into_iter()
            .enumerate()
            .map(|(at, place)| (format!("Puquio {at}"), Geometry::Point(Point(lonlat(&[place])[0]))))
            .collect();
        let features: Vec<MapFeature<'_>> = rights
            .iter()
            .map(|(name, land)| feature(land, "right", name))
            .chain(springs.iter().map(|(name, place)| feature(place, "spring", name)))
            .collect();
        let made = picture(&features);
        let letters = said(&made.scene, "letters");
        let mut shown: Vec<&str> = letters.iter().map(|words| words.text.as_str()).collect();
        let mut wanted: Vec<&str> = rights.iter().map(|(name, _)| name.as_str()).collect();
        shown.sort_unstable();
        wanted.sort_unstable();
        prop_assert_eq!(shown, wanted);
        let boxes: Vec<Rect> = letters.into_iter().chain(said(&made.scene, "names")).map(box_of).collect();
        for (at, one) in boxes.iter().enumerate() {
            prop_assert!(made.window.frame.holds(one));
            prop_assert!(boxes[at + 1..].iter().all(|other| !one.meets(other)), "{:?}", one);
        }
    }
}
