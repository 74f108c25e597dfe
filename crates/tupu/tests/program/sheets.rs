//! Sheets on the command line.

use crate::ground::Place;
use std::process::Command;

fn page_size(place: &Place, name: &str) -> String {
    let told = Command::new("pdfinfo").arg(place.path(name)).output();
    let told = String::from_utf8(told.expect("poppler-utils is installed").stdout).unwrap();
    let line = told.lines().find(|line| line.starts_with("Page size:"));
    line.unwrap_or_else(|| panic!("no page: {told}")).to_owned()
}

#[test]
fn a_sheet_is_written_as_pdf_on_each_paper_and_a_picture_in_its_own_size() {
    let place = Place::new();
    let map = [
        "map",
        "--store",
        "s.gpkg",
        "--feature",
        "communities/c-1",
        "--valid-at",
        "2026-06-01",
    ];
    for (more, size) in [
        (&["--paper", "a4"][..], "595.276 x 841.89"),
        (&["--paper", "a3", "--landscape"], "1190.55 x 841.89"),
        (&["--paper", "a2", "--scale", "10000"], "1190.55 x 1683.78"),
        (&["--paper", "a1", "--landscape"], "2383.94 x 1683.78"),
        (&[], "510.236 x 340.157"),
    ] {
        let (code, told) = place.run(&[&map[..], more, &["--out", "x.pdf"]].concat());
        assert_eq!(code, 0, "{told}");
        let line = page_size(&place, "x.pdf");
        assert!(line.contains(size), "{more:?}: {line}");
    }
}

#[test]
fn a_sheet_that_cannot_be_written_is_refused_with_the_mend() {
    let place = Place::new();
    let map = [
        "map",
        "--store",
        "s.gpkg",
        "--feature",
        "communities/c-1",
        "--valid-at",
        "2026-06-01",
    ];
    let run = |more: &[&str]| place.run(&[&map[..], more].concat());
    let (code, told) = run(&["--out", "x.docx"]);
    assert!(code == 3 && told.contains(".pdf, .svg o .png"), "{told}");
    let (code, told) = run(&["--paper", "a4", "--scale", "1000", "--out", "x.pdf"]);
    assert!(code == 3 && told.contains("no entra en la hoja"), "{told}");
    let (code, told) = run(&["--paper", "a0", "--out", "x.pdf"]);
    assert!(code == 2 && told.contains("a1"), "{told}");
    let (code, told) = place.run(&[
        "check",
        "--store",
        "s.gpkg",
        "--feature",
        "communities/c-1",
        "--out",
        "x.zip",
    ]);
    assert!(code == 3 && told.contains("--bundle x.zip"), "{told}");
}
