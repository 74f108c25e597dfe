//! The paper form, looked at by programs that are not ours: qpdf, and pdfinfo, pdffonts and pdftotext of Poppler.

use crate::paper_sample::{CODE, ID, community, issued, map, office};
use reports::view::{Block, Cell, Column, Fact, Row, Said, Section, Table, View};
use reports::{Paper, PdfOptions, pdf};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A PDF in a file of its own.
pub struct Printed {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

impl Printed {
    fn of(view: &View, name: &str) -> Self {
        let map = map();
        let issued = issued();
        let options = PdfOptions {
            paper: Paper::A4,
            map: Some(&map),
            issued: &issued,
        };
        Self::made(pdf(view, &options).unwrap(), name)
    }

    /// Of bytes at hand.
    pub fn made(bytes: Vec<u8>, name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let path = folder.join(format!("{name}.pdf"));
        std::fs::write(&path, &bytes).unwrap();
        Self { path, bytes }
    }

    /// What a program says of it, without its lines' indents and breaks.
    pub fn through(&self, program: &str, before: &[&str], after: &[&str]) -> String {
        let out = Command::new(program).args(before).arg(&self.path).args(after).output();
        let out = out.expect("qpdf and poppler-utils are installed");
        let told = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(
            out.status.success(),
            "{program}: {told}{}",
            String::from_utf8_lossy(&out.stderr)
        );
        told
    }

    pub fn words(&self) -> String {
        squeezed(&self.through("pdftotext", &["-raw", "-enc", "UTF-8"], &["-"]))
    }

    pub fn pages(&self) -> usize {
        let told = self.through("pdfinfo", &[], &[]);
        let line = told.lines().find(|line| line.starts_with("Pages:")).unwrap();
        line.split_whitespace().last().unwrap().parse().unwrap()
    }

    /// Every object, as qpdf reads it.
    pub fn objects(&self) -> Vec<Value> {
        let told = self.through("qpdf", &["--json=2", "--json-key=qpdf"], &[]);
        let read: Value = serde_json::from_str(&told).unwrap();
        let objects = read["qpdf"][1].as_object().unwrap();
        objects
            .values()
            .map(|object| object.get("value").unwrap_or(object).clone())
            .collect()
    }

    pub fn catalogue(&self) -> Value {
        let found = self.objects().into_iter().find(|object| object["/Type"] == "/Catalog");
        found.unwrap()
    }

    /// How many parts of the structure have a role.
    fn parts(&self, role: &str) -> usize {
        let objects = self.objects();
        objects
            .iter()
            .filter(|object| object["/S"] == role && object.get("/P").is_some())
            .count()
    }
}

/// Without spaces, soft hyphens and the hyphens of broken lines, since a line may break anywhere.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '\u{ad}' | '\u{2010}'))
        .collect()
}

/// Every word that a view holds for people, in order, as JSON has it.
fn sentences(view: &View) -> Vec<String> {
    fn gather(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(text)) = fields.get("text") {
                    out.push(text.clone());
                }
                fields.values().for_each(|field| gather(field, out));
            }
            Value::Array(items) => items.iter().for_each(|item| gather(item, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    gather(&serde_json::to_value(view).unwrap(), &mut out);
    out
}

fn holds_everything(view: &View, words: &str) {
    for sentence in sentences(view) {
        assert!(words.contains(&squeezed(&sentence)), "not on paper: «{sentence}»");
    }
}

#[test]
fn a_community_reads_its_report_on_two_pages_and_the_annexes_follow() {
    let paper = Printed::of(&community(), "community");
    let second = squeezed(&paper.through("pdftotext", &["-f", "2", "-l", "2", "-raw", "-enc", "UTF-8"], &["-"]));
    assert!(second.contains("Notasdelaasamblea"), "{second}");
    let third = squeezed(&paper.through("pdftotext", &["-f", "3", "-l", "3", "-raw", "-enc", "UTF-8"], &["-"]));
    assert!(third.starts_with("Anexos"), "{third}");
    assert!(third.contains(&format!("Página3de{}", paper.pages())), "{third}");
    let last = paper.pages().to_string();
    let last = squeezed(&paper.through(
        "pdftotext",
        &["-f", &last, "-l", &last, "-raw", "-enc", "UTF-8"],
        &["-"],
    ));
    assert!(
        last.contains(&squeezed("Hecho el 4 de marzo")),
        "who made it, and when, ends the paper: {last}"
    );
}

#[test]
fn every_word_of_the_view_is_on_paper_and_in_its_order() {
    let view = office(40);
    let words = Printed::of(&view, "office").words();
    holds_everything(&view, &words);
    let order = [
        "Informe incompleto",
        "La respuesta",
        "El mapa",
        "Los derechos, uno por uno",
        "Qué no sabemos",
        "Anexos",
    ];
    let places: Vec<usize> = order
        .iter()
        .map(|words_of| words.find(&squeezed(words_of)).unwrap())
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn the_file_is_whole_tagged_named_and_has_its_letters() {
    let paper = Printed::of(&community(), "whole");
    paper.through("qpdf", &["--check"], &[]);
    let fonts = paper.through("pdffonts", &[], &[]);
    let faces: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!faces.is_empty());
    for face in faces {
        let marks: Vec<&str> = face.split_whitespace().rev().take(5).collect();
        // from the right: object, generation, uni, sub, emb
        assert_eq!((marks[4], marks[2]), ("yes", "yes"), "{face}");
        assert!(face.contains("IBMPlexSans"), "{face}");
    }
    let info = paper.through("pdfinfo", &[], &[]);
    for told in [
        "Tagged:          yes",
        "Keywords:",
        "Chinchaypuquio",
        "tupu 0.3.0",
        CODE,
        ID,
        "595.276 x 841.89",
    ] {
        assert!(info.contains(told), "{told}: {info}");
    }
    let catalogue = paper.catalogue();
    assert_eq!(catalogue["/Lang"], "u:es");
    assert_eq!(catalogue["/MarkInfo"]["/Marked"], true);
    assert!(catalogue.get("/StructTreeRoot").is_some() && catalogue.get("/Outlines").is_some());
    let text = paper.through("qpdf", &["--qdf", "--object-streams=disable"], &["-"]);
    assert!(
        text.contains("<pdfuaid:part>1<")
            && text.contains("<pdfaid:part>2<")
            && text.contains("<pdfaid:conformance>A<")
    );
}

#[test]
fn tables_headings_and_pictures_have_their_roles() {
    let paper = Printed::of(&community(), "roles");
    assert_eq!(paper.parts("/Table"), 1);
    assert_eq!(paper.parts("/TR"), 11, "a heading, nine rights and a total");
    assert_eq!(paper.parts("/TH"), 6 + 9, "six columns and nine rows have a heading");
    assert_eq!(paper.parts("/H1"), 10);
    assert_eq!(paper.parts("/H2"), 1);
    let pictures: Vec<Value> = paper
        .objects()
        .into_iter()
        .filter(|part| part["/S"] == "/Figure")
        .collect();
    assert_eq!(pictures.len(), 3, "the map, the square code and a figure");
    assert!(pictures.iter().all(|picture| picture.get("/Alt").is_some()));
}

#[test]
fn a_sentence_in_another_language_says_so() {
    let paper = Printed::of(&community(), "languages");
    let marked = paper.objects().iter().filter(|part| part["/Lang"] == "u:en").count()
        + paper
            .objects()
            .iter()
            .filter(|part| part["/A"].to_string().contains("u:en"))
            .count();
    assert!(marked > 0, "nothing is marked as English");
}

#[test]
fn the_same_view_makes_the_same_bytes() {
    let first = Printed::of(&office(30), "same").bytes;
    assert_eq!(first, Printed::of(&office(30), "again").bytes);
    assert_ne!(first, Printed::of(&office(31), "other").bytes);
}

#[test]
fn a_row_stands_on_one_page_and_headings_on_every_page_of_a_long_table() {
    let view = office(200);
    let paper = Printed::of(&view, "rows");
    let told = paper.through("pdftotext", &["-raw", "-enc", "UTF-8"], &["-"]);
    let pages: Vec<String> = told.split('\u{c}').map(squeezed).collect();
    for n in 9..200 {
        let (name, code) = (format!("QUEBRADAHONDANº{n}DELSUR"), format!("0101{n:05}"));
        let together = pages.iter().any(|page| page.contains(&name) && page.contains(&code));
        assert!(together, "the row {n} is on two pages");
    }
    let with_rows: Vec<&String> = pages.iter().filter(|page| page.contains("QUEBRADAHONDA")).collect();
    assert!(with_rows.len() > 6);
    for page in with_rows.iter().skip(3) {
        assert!(
            page.contains("Titular") && page.contains("Desde"),
            "no headings: {page}"
        );
    }
}

#[test]
fn commands_and_strange_letters_in_names_are_printed_as_they_are() {
    let mut view = community();
    let name = r#"#panic("x") $a$ *b* _c_ `d` <e> @f \g // h [i] = "j" 山"#;
    view.sections[3].blocks.push(Block::Text {
        text: Said::plain(name),
    });
    let words = Printed::of(&view, "commands").words();
    assert!(
        words.contains(&squeezed(
            r#"#panic("x") $a$ *b* _c_ `d` <e> @f \g // h [i] = "j" [U+5C71]"#
        )),
        "{words}"
    );
}

#[test]
fn a_view_without_map_or_rows_says_so_and_is_still_whole() {
    let issued = issued();
    let options = PdfOptions {
        paper: Paper::A3,
        map: None,
        issued: &issued,
    };
    let mut view = community();
    for section in &mut view.sections {
        for block in &mut section.blocks {
            if let Block::Table { table } = block {
                table.rows.clear();
            }
        }
    }
    let bytes = pdf(&view, &options).unwrap();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("empty.pdf");
    std::fs::write(&path, &bytes).unwrap();
    let paper = Printed { path, bytes };
    assert!(paper.words().contains(&squeezed("Este informe no trae mapa.")));
    paper.through("qpdf", &["--check"], &[]);
    let bare = View {
        title: "Nada".to_owned(),
        ..View::default()
    };
    assert!(pdf(&bare, &options).unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_picture_that_is_no_svg_is_told_and_not_left_out() {
    let mut map = map();
    map.svg = "<svg".to_owned();
    let issued = issued();
    let options = PdfOptions {
        paper: Paper::A4,
        map: Some(&map),
        issued: &issued,
    };
    let told = pdf(&community(), &options).unwrap_err().to_string();
    assert!(told.contains("map.svg: "), "{told}");
}

#[test]
fn states_have_the_same_colours_on_pages_and_on_paper() {
    let pages = include_str!("../../src/html/swatch.rs");
    let paper = include_str!("../../typst/look.typ");
    let colours: Vec<&str> = pages
        .match_indices("=\"#")
        .map(|(at, _)| pages[at + 2..].split('"').next().unwrap())
        .filter(|colour| colour.len() == 7)
        .collect();
    assert!(colours.len() >= 7, "{colours:?}");
    for colour in colours {
        assert!(paper.contains(colour), "{colour} is not on paper");
    }
}

/// A view with one section more, of these blocks.
fn with(blocks: Vec<Block>) -> View {
    let mut view = office(1);
    view.sections.push(Section {
        id: "more".to_owned(),
        heading: Said::plain("Lo que sigue"),
        blocks,
        ..Section::default()
    });
    view
}

fn cells<const N: usize>(words: [String; N]) -> Row {
    Row {
        cells: words.map(|words| Cell::of(Said::plain(words))).into(),
        ..Row::default()
    }
}

#[test]
fn the_hyphen_of_an_id_is_not_written_twice_where_its_line_ends() {
    let id = "concesion-titulada-en-comunidad-de-la-region-";
    let items = (0..12).map(|n| Said::plain(format!("{}{id}{id}{id}{n}", "x ".repeat(n))));
    let paper = Printed::of(&with(vec![Block::Bullets { items: items.collect() }]), "hyphens");
    let told = paper.through("pdftotext", &["-raw", "-enc", "UTF-8"], &["-"]);
    assert!(told.contains("-\n"), "no line ends with a hyphen: {told}");
    assert!(!told.contains("-\n-") && !told.contains("--"), "{told}");
    for n in 0..12 {
        let whole = format!("{id}{id}{id}{n}").replace('-', "");
        assert!(squeezed(&told).contains(&whole), "{n}");
    }
}

#[test]
fn columns_below_stand_with_their_headings_on_the_page_of_their_row() {
    let table = Table {
        caption: Said::plain("Tabla ancha"),
        columns: vec![
            Column::words(Said::plain("Nombre"), 2),
            Column::words(Said::plain("Titular"), 2).below(),
            Column::numbers(Said::plain("Hectáreas"), 1),
            Column::words(Said::plain("Regla"), 2).below(),
        ],
        rows: (100..220)
            .map(|n| {
                cells([
                    format!("DERECHO{n}"),
                    format!("TITULAR{n}"),
                    format!("{n}.5"),
                    format!("regla-{n}"),
                ])
            })
            .collect(),
        ..Table::default()
    };
    let view = with(vec![Block::Table { table }]);
    let paper = Printed::of(&view, "below");
    holds_everything(&view, &paper.words());
    let told = paper.through("pdftotext", &["-raw", "-enc", "UTF-8"], &["-"]);
    let pages: Vec<String> = told.split('\u{c}').map(squeezed).collect();
    for n in 100..220 {
        let words = [
            format!("DERECHO{n}"),
            format!("Titular:TITULAR{n}"),
            format!("Regla:regla{n}"),
        ];
        assert!(
            pages.iter().any(|page| words.iter().all(|word| page.contains(word))),
            "the row {n} is on two pages"
        );
    }
}

#[test]
fn a_dense_table_stands_in_two_columns_and_takes_half_the_pages() {
    let view = |dense: bool| {
        let row = |n: usize| cells([format!("V{n}"), format!("7835{n}.4"), format!("91988{n}.0")]);
        let columns = ["Vértice", "Este", "Norte"].map(|heading| Column::numbers(Said::plain(heading), 1));
        let rows = (100..400).map(row).collect();
        let table = Table {
            columns: columns.into(),
            rows,
            dense,
            ..Table::default()
        };
        with(vec![Block::Table { table }])
    };
    let (plain, dense) = (Printed::of(&view(false), "plain"), Printed::of(&view(true), "dense"));
    holds_everything(&view(true), &dense.words());
    assert!(
        dense.pages() + 3 <= plain.pages(),
        "{} and {}",
        dense.pages(),
        plain.pages()
    );
}

#[test]
fn a_sheet_stays_on_one_page_with_its_heading() {
    let sheet = |n: usize| Block::Sheet {
        id: format!("right-{n}"),
        text: Said::plain(format!("HOJA{n}")),
        facts: (0..14)
            .map(|term| {
                Fact::of(
                    Said::plain(format!("Dato {term}")),
                    Said::plain(format!("valor{n}x{term}x")),
                )
            })
            .collect(),
    };
    let view = with((100..140).map(sheet).collect());
    let paper = Printed::of(&view, "sheets");
    holds_everything(&view, &paper.words());
    let told = paper.through("pdftotext", &["-raw", "-enc", "UTF-8"], &["-"]);
    let pages: Vec<String> = told.split('\u{c}').map(squeezed).collect();
    for n in 100..140 {
        let page = pages.iter().find(|page| page.contains(&format!("HOJA{n}"))).unwrap();
        assert!(
            (0..14).all(|term| page.contains(&format!("valor{n}x{term}x"))),
            "the sheet {n}"
        );
    }
}
