//! Profiles as somebody would check them with a ruler.

use super::*;
use crate::Symbology;

const STYLES: &str = r##"
[styles.right]
legend = "right"
fill = "#bcd2f2"
hatch = { kind = "lines", angle = 45, spacing = 2.0, width = 0.3, colour = "#1c56b0" }
stroke = { colour = "#1c56b0", width = 0.3 }
"##;

fn made(line: &[[f64; 2]], reaches: &[[f64; 2]]) -> Result<Scene, MapError> {
    let symbology = Symbology::parse(STYLES)?;
    let letters = ["A", "B", "C"];
    let bands = reaches.iter().zip(letters).map(|(reach, letter)| ProfileBand {
        reach: *reach,
        style: "right",
        letter,
    });
    compose_profile(&ProfileSpec {
        size_mm: (180.0, 90.0),
        line,
        bands: bands.collect(),
        marks: vec![ProfileMark {
            along: 0.0,
            text: "Manantial",
        }],
        symbology: &symbology,
        words: ProfileWords {
            lang: "es".to_owned(),
            title: "Perfil & agua".to_owned(),
            desc: "Un perfil".to_owned(),
            along: "km".to_owned(),
            height: "m".to_owned(),
            lanes: "Derechos".to_owned(),
            meanings: [("right".to_owned(), "Derecho".to_owned())].into_iter().collect(),
            notes: vec!["Nota".to_owned()],
            ..ProfileWords::default()
        },
    })
}

fn items<'a>(scene: &'a Scene, name: &str) -> &'a [Item] {
    &scene.groups.iter().find(|group| group.name == name).unwrap().items
}

fn points(item: &Item) -> Vec<Coord<f64>> {
    match item {
        Item::Path { lines, .. } => lines.iter().flat_map(|line| line.points.clone()).collect(),
        Item::Area { rings, .. } => rings.concat(),
        _ => Vec::new(),
    }
}

const LINE: [[f64; 2]; 4] = [[0.0, 4600.0], [2_000.0, 4200.0], [6_000.0, 4000.0], [10_000.0, 3700.0]];

#[test]
fn water_falls_to_the_right_over_the_whole_plot_and_bands_lie_under_it() {
    let scene = made(&LINE, &[[2_000.0, 6_000.0], [5_000.0, 7_000.0]]).unwrap();
    let water = points(&items(&scene, "water")[0]);
    assert!(
        water
            .windows(2)
            .all(|pair| pair[0].x < pair[1].x && pair[0].y < pair[1].y)
    );
    let (left, right) = (water[0].x, water[water.len() - 1].x);
    let ground = items(&scene, "ground");
    let band = points(&ground[1]);
    let reach = |points: &[Coord<f64>]| {
        points.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), at| {
            (low.min(at.x), high.max(at.x))
        })
    };
    let (from, to) = reach(&band);
    assert!((from - (left + (right - left) * 0.2)).abs() < 0.05 && (to - (left + (right - left) * 0.6)).abs() < 0.05);
    // two bands that overlap stand in two lanes
    let bars: Vec<Vec<Coord<f64>>> = items(&scene, "lanes")
        .iter()
        .filter(|item| matches!(item, Item::Area { .. }))
        .map(points)
        .collect();
    assert!(bars.len() == 2 && (bars[0][0].y - bars[1][0].y).abs() > LANE - 0.1);
}

#[test]
fn all_stands_on_the_page_and_it_says_what_it_is() {
    let scene = made(&LINE, &[[0.0, 10.0], [9_990.0, 10_000.0], [1.0, 9_000.0]]).unwrap();
    for item in scene.groups.iter().flat_map(|group| &group.items) {
        let page = Rect::new(0.0, 0.0, scene.width_mm, scene.height_mm);
        assert!(points(item).iter().all(|point| page.has(*point)), "{item:?}");
        if let Item::Words(words) = item {
            assert!(page.has(words.at), "{words:?}");
        }
    }
    let svg = scene.svg();
    assert!(svg.contains("<title>Perfil &amp; agua</title><desc>Un perfil</desc>") && svg.contains(">Manantial<"));
}

#[test]
fn a_line_without_length_is_refused() {
    for line in [&LINE[..1], &[[0.0, 1.0], [0.0, 1.0]], &[]] {
        assert!(matches!(made(line, &[]), Err(MapError::NoLand)));
    }
}

#[test]
fn the_exaggeration_is_that_of_the_drawing() {
    let symbology = Symbology::parse(STYLES).unwrap();
    let spec = ProfileSpec {
        size_mm: (180.0, 90.0),
        line: &LINE,
        bands: Vec::new(),
        marks: Vec::new(),
        symbology: &symbology,
        words: ProfileWords::default(),
    };
    let scene = compose_profile(&spec).unwrap();
    let water = points(&items(&scene, "water")[0]);
    let last = water[water.len() - 1];
    let drawn = ((last.y - water[0].y) / 900.0) / ((last.x - water[0].x) / 10_000.0);
    assert!((profile_exaggeration(&spec).unwrap() - drawn).abs() < 0.01, "{drawn}");
}
