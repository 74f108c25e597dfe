//! Views for the tests of the paper form: every kind of block, with names of the size that real ones have.

use jiff::Timestamp;
use reports::view::{
    AnswerLine, Block, Cell, Column, Fact, LegendEntry, Notice, Row, Said, Section, Table, Tone, View, Words,
};
use reports::{Issued, Picture};
use std::fmt::Write as _;

pub const ID: &str = "5d41402abc4b2a76b9719d911017c592ae2f1c0d9e8b7a6f5e4d3c2b1a0f9e8d";
pub const CODE: &str = "K7F3-22QM-9X5C";

pub fn issued() -> Issued {
    Issued {
        at: Timestamp::constant(1_772_636_767, 0),
        program: "tupu".to_owned(),
        version: "0.3.0".to_owned(),
    }
}

fn said(text: &str) -> Said {
    Said::plain(text)
}

fn cell(text: &str) -> Cell {
    Cell {
        text: said(text),
        ..Cell::default()
    }
}

fn column(heading: &str, number: bool, weight: u8) -> Column {
    Column {
        heading: said(heading),
        number,
        weight,
        ..Column::default()
    }
}

fn fact(term: &str, what: &str, machine: bool) -> Fact {
    Fact {
        term: said(term),
        fact: said(what),
        machine,
        ..Fact::default()
    }
}

fn line(figure: Option<&str>, share: Option<f64>, text: &str) -> AnswerLine {
    AnswerLine {
        figure: figure.map(str::to_owned),
        share,
        text: said(text),
    }
}

/// A row of the table of rights, as the nth one.
pub fn right(n: usize) -> Row {
    const STATES: [(&str, &str); 4] = [
        ("titulado", "Titulado"),
        ("tramite", "En trámite"),
        ("extinguido", "Extinguido"),
        ("otros", "Otros"),
    ];
    let (group, state) = STATES[n % 4];
    let letter = char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 26]);
    Row {
        cells: vec![
            Cell {
                letter: true,
                ..cell(&letter.to_string())
            },
            Cell {
                small: Some(said(&format!("0101{n:05}"))),
                head: true,
                link: Some("#right-a".to_owned()),
                ..cell(&format!("QUEBRADA HONDA Nº {n} DEL SUR"))
            },
            cell("Compañía Minera Santa Rosa de Ñahuinpuquio S.A.C."),
            Cell {
                swatch: Some(group.to_owned()),
                ..cell(state)
            },
            Cell {
                small: Some(said("entre 120 y 150")),
                exact: Some("134.2518".to_owned()),
                ..cell(&format!("{}", 134 + n))
            },
            cell("2009-03-17"),
        ],
        ..Row::default()
    }
}

pub fn rights(count: usize) -> Table {
    let mut rows: Vec<Row> = (0..count).map(right).collect();
    let total = ["", "Todos", "", "", "1 206", ""];
    rows.push(Row {
        cells: total.iter().map(|text| cell(text)).collect(),
        total: true,
        key: None,
    });
    Table {
        caption: said("Derechos mineros que se superponen con la comunidad"),
        columns: vec![
            column("", false, 2),
            column("Derecho y código", false, 14),
            column("Titular", false, 10),
            column("Estado", false, 7),
            column("Hectáreas", true, 6),
            column("Desde", true, 5),
        ],
        rows,
        ..Table::default()
    }
}

pub fn section(id: &str, heading: &str, blocks: Vec<Block>) -> Section {
    Section {
        id: id.to_owned(),
        heading: said(heading),
        blocks,
        ..Section::default()
    }
}

fn text(words: &str) -> Block {
    Block::Text { text: said(words) }
}

fn answer() -> Block {
    Block::Answer {
        lines: vec![
            line(
                Some("9"),
                None,
                "derechos mineros se superponen con la comunidad: 4 titulados, 3 en trámite y 2 extinguidos.",
            ),
            line(
                Some("22 de cada 100"),
                Some(0.22),
                "partes de la tierra están dentro de un derecho minero; por la precisión de los datos, entre 20 y 24.",
            ),
            line(
                Some("2"),
                None,
                "derechos más rozan el límite y no entran en la cuenta.",
            ),
            line(
                None,
                None,
                "Un derecho está aguas arriba de la bocatoma de Chinchaypuquio, a 4 km por la quebrada.",
            ),
            line(None, None, "Desde el 4 de enero de 2026 hay un derecho nuevo."),
        ],
    }
}

fn states() -> Block {
    let entries = [
        ("titulado", "T: titulado"),
        ("tramite", "P: en trámite"),
        ("extinguido", "X: extinguido"),
        ("otros", "O: otros"),
    ];
    Block::Legend {
        entries: entries
            .iter()
            .map(|(group, text)| LegendEntry {
                group: (*group).to_owned(),
                text: said(text),
            })
            .collect(),
    }
}

fn front() -> Vec<Section> {
    let mut table = section(
        "rights",
        "Los derechos, uno por uno",
        vec![Block::Table { table: rights(9) }],
    );
    table.on_new_page = true;
    let bullets = Block::Bullets {
        items: vec![
            said("Pedir al INGEMMET la información del expediente, con su código."),
            said("Preguntar a la Autoridad Local del Agua por las bocatomas registradas."),
            Said {
                text: "Fence sentences in another language are marked as such.".to_owned(),
                lang: Some("en"),
            },
        ],
    };
    vec![
        section("answer", "La respuesta", vec![answer()]),
        section("map", "El mapa", vec![Block::Map, states()]),
        table,
        section(
            "meaning",
            "Qué quiere decir y qué no",
            vec![text(
                "Un derecho minero no da la propiedad de la tierra. Que se superponga no quiere decir que haya o vaya a haber una mina.",
            )],
        ),
        section("ask", "Qué se puede hacer, y con quién", vec![bullets]),
        section(
            "unknown",
            "Qué no sabemos",
            vec![text("No se consultó la capa de bosques: la fuente no respondió.")],
        ),
        section(
            "check",
            "Cómo comprobar este papel",
            vec![Block::Code {
                content: format!("https://tupu.example/verify/{CODE}"),
                text: said("Con este código cualquiera puede comprobar que el papel es el mismo que se hizo."),
            }],
        ),
        section("notes", "Notas de la asamblea", vec![Block::Notes { lines: 4 }]),
    ]
}

fn annexes() -> Vec<Section> {
    let figure = Block::Figure {
        svg: r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120"><rect width="400" height="120" fill="#f2f4f6"/><path d="M10 110L120 60L240 80L390 10" fill="none" stroke="#0a4a8f" stroke-width="4"/></svg>"##.to_owned(),
        alt: "La superficie concedida sube de 300 a 900 hectáreas entre 2006 y 2026.".to_owned(),
        caption: said("Superficie concedida por año"),
    };
    let sheet = vec![
        Block::Heading {
            id: "right-a".to_owned(),
            text: said("A · QUEBRADA HONDA Nº 0 DEL SUR"),
        },
        Block::Facts {
            facts: vec![
                fact("Titular", "Compañía Minera Santa Rosa de Ñahuinpuquio S.A.C.", false),
                fact("Norma", "Decreto Supremo 020-2020-EM, artículo 30", false),
                fact("Huella", ID, true),
            ],
        },
        figure,
    ];
    let mut all = vec![
        section("sheets", "Una hoja por derecho", sheet),
        section(
            "words",
            "Palabras",
            vec![text("Petitorio: el pedido de un derecho que todavía no se otorga.")],
        ),
    ];
    for annex in &mut all {
        annex.annex = true;
    }
    all
}

/// A community's report with nine rights.
pub fn community() -> View {
    View {
        lang: "es".to_owned(),
        audience: "community".to_owned(),
        title: "Comunidad Campesina de Chinchaypuquio: derechos mineros en su tierra".to_owned(),
        subtitle: said("Anta, Cusco · datos al 4 de marzo de 2026"),
        notices: vec![
            Notice {
                tone: Tone::Bad,
                text: said("Informe incompleto: no se consultó la capa de bosques."),
            },
            Notice {
                tone: Tone::Note,
                text: said("Los datos son sintéticos: este territorio no existe."),
            },
        ],
        sections: front().into_iter().chain(annexes()).collect(),
        code: CODE.to_owned(),
        id: ID.to_owned(),
        foot: vec![
            fact("Identificador", ID, true),
            fact("Reglas", "peru-2026-01, vigentes desde el 1 de enero de 2026", false),
            fact("Hecho", "el 4 de marzo de 2026 a las 10:06, con tupu 0.3.0", false),
        ],
        running: format!("Chinchaypuquio · {CODE} · informe incompleto"),
        words: Words {
            legend: "Estados de los derechos".into(),
            page: "Página {n} de {total}".to_owned(),
            annexes: "Anexos".to_owned(),
            no_map: "Este informe no trae mapa.".to_owned(),
            notes: "Línea para escribir".to_owned(),
        },
    }
}

/// The same for an office, with a table of so many rows.
pub fn office(rows: usize) -> View {
    let mut view = community();
    "office".clone_into(&mut view.audience);
    let mut long = section("all", "Todos los derechos", vec![Block::Table { table: rights(rows) }]);
    long.annex = true;
    view.sections.push(long);
    view
}

/// A map as the map drawer makes them: shapes, letters and a river.
pub fn map() -> Picture {
    let mut svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="170mm" height="105mm" viewBox="0 0 170 105"><rect width="170" height="105" fill="#f7f5ef"/>"##.to_owned();
    for n in 0..60 {
        let (x, y) = (5 + (n * 37) % 150, 5 + (n * 23) % 90);
        let _ = write!(
            svg,
            r##"<path d="M{x} {y}h12v9h-12z" fill="#bcd2f2" fill-opacity="0.6" stroke="#1c56b0" stroke-width="0.3"/>"##
        );
    }
    svg += r##"<path d="M0 90C40 60 80 110 170 40" fill="none" stroke="#2a7ab0" stroke-width="0.8"/><text x="85" y="50" font-family="IBM Plex Sans" font-size="4" text-anchor="middle" fill="#1b1f24">Chinchaypuquio</text></svg>"##;
    Picture {
        svg,
        width_mm: 170.0,
        height_mm: 105.0,
        alt: "Mapa de la comunidad con los nueve derechos que se superponen con ella.".to_owned(),
    }
}
