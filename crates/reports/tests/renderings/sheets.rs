//! Sheets as PDF, measured on the page by programs that are not ours.

use crate::{
    paper::Printed,
    sample::{USUAL, issued, with_shapes},
};
use maps::{Item, Rect};
use reports::{Lang, Paper, Scene, SheetAsk, sheet, sheet_pdf};
use std::path::Path;

/// Pixels in a millimetre at 254 dots an inch.
const PIXELS: f64 = 10.0;

fn drawn(paper: Paper, lying: bool, scale: u32) -> Scene {
    let (report, shapes) = with_shapes(USUAL);
    let ask = SheetAsk {
        paper,
        lying,
        scale: Some(scale),
    };
    sheet(&report, &shapes, Lang::Es, ask).unwrap()
}

fn printed(scene: &Scene, name: &str) -> Printed {
    Printed::made(sheet_pdf(scene, &issued("2026-06-02T10:00:00Z")).unwrap(), name)
}

/// The scale bar as the drawing states it: the box of its two halves in millimetres, and the metres that its number says.
fn bar(scene: &Scene) -> (Rect, f64) {
    let group = scene.groups.iter().find(|group| group.name == "scale").unwrap();
    let halves: Vec<_> = group
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Path { lines, .. } if lines[0].points.len() == 4 => Some(&lines[0].points),
            _ => None,
        })
        .take(2)
        .collect();
    let said = group.items.iter().find_map(|item| match item {
        Item::Words(words) => words.text.strip_suffix("\u{a0}km").map(ToOwned::to_owned),
        _ => None,
    });
    let (first, last) = (halves[0][0], halves[1][2]);
    let kilometres: f64 = said.unwrap().parse().unwrap();
    let rect = Rect::new(first.x, first.y.min(last.y), last.x - first.x, (last.y - first.y).abs());
    (rect, kilometres * 1000.0)
}

/// Rows of grey pixels of the page, from a program that knows nothing of us.
fn pixels(paper: &Printed) -> Vec<Vec<u8>> {
    let root = paper.path.with_extension("");
    let root = root.to_str().unwrap();
    paper.through("pdftoppm", &["-r", "254", "-gray", "-singlefile"], &[root]);
    let bytes = std::fs::read(Path::new(root).with_extension("pgm")).unwrap();
    let mut rest = bytes.as_slice();
    let mut head = Vec::new();
    while head.len() < 4 {
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
        head.push(String::from_utf8(rest[..end].to_vec()).unwrap());
        rest = &rest[end + 1..];
    }
    assert_eq!((head[0].as_str(), head[3].as_str()), ("P5", "255"));
    let width: usize = head[1].parse().unwrap();
    rest.chunks(width).map(<[u8]>::to_vec).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a pixel of the page"
)]
fn pixel(mm: f64) -> usize {
    (mm * PIXELS) as usize
}

#[test]
fn the_printed_bar_measures_true_on_every_paper() {
    for (paper, lying, scale) in [
        (Paper::A4, false, 200_000),
        (Paper::A3, true, 100_000),
        (Paper::A2, false, 100_000),
        (Paper::A1, true, 50_000),
    ] {
        let scene = drawn(paper, lying, scale);
        let page = printed(&scene, &format!("bar-{}", paper.id()));
        let (rect, metres) = bar(&scene);
        let rows = pixels(&page);
        let (width, height) = if lying {
            (paper.size_mm().1, paper.size_mm().0)
        } else {
            paper.size_mm()
        };
        // a page is as large as its paper, and a pixel that it begins is one more
        for (found, wanted) in [(rows[0].len(), pixel(width)), (rows.len(), pixel(height))] {
            assert!(
                (wanted..=wanted + 1).contains(&found),
                "{paper:?}: {found} for {wanted}"
            );
        }
        // through the middle of the bar: its first half is dark, the second ends with a line
        let row = &rows[pixel(rect.y + rect.height / 2.0)];
        let (from, to) = (pixel(rect.x - 3.0), pixel(rect.right() + 3.0));
        let dark: Vec<usize> = (from..to).filter(|x| row[*x] < 128).collect();
        let (first, last) = (dark[0], dark[dark.len() - 1]);
        let said_mm = metres * 1000.0 / f64::from(scale);
        let counted = u32::try_from(last - first + 1).unwrap();
        let measured_mm = f64::from(counted) / PIXELS;
        // a line is 0.2 mm wide and stands half outside at each end, and a pixel is 0.1 mm
        assert!(
            (measured_mm - said_mm).abs() <= 0.3,
            "{paper:?} at 1:{scale}: {metres} m are {measured_mm} mm on paper and should be {said_mm}"
        );
        assert!(said_mm > 15.0, "a bar long enough to be measured");
    }
}

#[test]
fn a_sheet_is_one_page_of_exactly_its_paper_with_lines_and_letters_and_no_dots() {
    for (paper, lying) in Paper::ALL.into_iter().flat_map(|paper| [(paper, false), (paper, true)]) {
        let scene = drawn(paper, lying, 250_000);
        let page = printed(&scene, &format!("sheet-{}-{lying}", paper.id()));
        let info = page.through("pdfinfo", &[], &[]);
        let size = info.lines().find_map(|line| line.strip_prefix("Page size:")).unwrap();
        let points: Vec<f64> = size.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let (short, long) = paper.size_mm();
        let wanted = if lying { [long, short] } else { [short, long] };
        for (found, wanted) in points.iter().zip(wanted) {
            assert!((found - wanted / 25.4 * 72.0).abs() < 0.01, "{paper:?}: {size}");
        }
        assert_eq!(page.pages(), 1);
        let images = page.through("pdfimages", &["-list"], &[]);
        assert_eq!(images.lines().count(), 2, "a heading and no image: {images}");
    }
}

#[test]
fn a_sheet_is_tagged_named_and_has_its_letters_and_what_it_shows_in_words() {
    let scene = drawn(Paper::A3, true, 100_000);
    let page = printed(&scene, "sheet-tagged");
    page.through("qpdf", &["--check"], &[]);
    let fonts = page.through("pdffonts", &[], &[]);
    assert!(fonts.lines().count() > 2, "{fonts}");
    for face in fonts.lines().skip(2) {
        let marks: Vec<&str> = face.split_whitespace().rev().take(5).collect();
        assert_eq!(
            (marks[4], marks[2]),
            ("yes", "yes"),
            "embedded, with its letters: {face}"
        );
    }
    let info = page.through("pdfinfo", &[], &[]);
    for told in ["Tagged:          yes", scene.title.as_str()] {
        assert!(info.contains(told), "{told}: {info}");
    }
    let catalogue = page.catalogue();
    assert_eq!(catalogue["/Lang"], "u:es");
    let figures: Vec<_> = page
        .objects()
        .into_iter()
        .filter(|part| part["/S"] == "/Figure")
        .collect();
    let [figure] = figures.as_slice() else {
        unreachable!("one figure: {figures:?}")
    };
    assert_eq!(figure["/Alt"], format!("u:{}", scene.desc));
    let words = page.words();
    for told in ["1:100", "Comunidad", "Fuentes"] {
        assert!(words.contains(told), "{told}: {words}");
    }
    let again = sheet_pdf(&scene, &issued("2026-06-02T10:00:00Z")).unwrap();
    assert_eq!(again, page.bytes, "the same drawing makes the same bytes");
}
