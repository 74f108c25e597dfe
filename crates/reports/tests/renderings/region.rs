//! The regional matrix in every form: nothing of it is lost on the way.

use crate::sample::{issued, matrix};
use calamine::{Data, Reader, Xlsx};
use reports::{Form, MATRIX_FORMS, Rendering, document, regional, render_matrix};
use std::io::Cursor;

fn rendered(form: Form) -> Vec<u8> {
    let matrix = matrix();
    let document = document(&matrix, &issued("2026-06-02T10:00:00Z")).unwrap();
    render_matrix(form, &document, &Rendering::default())
        .unwrap()
        .expect("a form of matrices")
}

#[test]
fn the_view_has_a_row_for_every_land_and_every_pair() {
    let matrix = matrix();
    let document = document(&matrix, &issued("2026-06-02T10:00:00Z")).unwrap();
    let page = String::from_utf8(rendered(Form::Html)).unwrap();
    let view = serde_json::to_string(&regional(&document, &Rendering::default())).unwrap();
    for row in &matrix.rows {
        assert!(view.contains(&format!("subject {} {}", row.edition, row.source_row)));
        assert!(page.contains(&row.name));
        for pair in &row.pairs {
            assert!(view.contains(&format!(
                "pair {} {} {} {}",
                row.edition, row.source_row, pair.edition, pair.feature
            )));
            assert!(page.contains(&pair.utm_ha.to_string()), "{}", pair.utm_ha);
        }
    }
    assert!(page.contains(&document.code.to_string()) && page.contains(&document.id));
}

#[test]
fn a_land_without_data_reads_as_unknown_and_never_as_zero() {
    let page = String::from_utf8(rendered(Form::Html)).unwrap();
    assert!(page.contains("sin dato"));
    assert!(
        page.contains("no se puede determinar nada"),
        "the summary says that one land has no answer"
    );
}

#[test]
fn the_workbook_has_every_land_and_every_pair_with_exact_numbers() {
    let matrix = matrix();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(rendered(Form::Xlsx))).unwrap();
    let mut sheet = |name: &str| -> Vec<Vec<Data>> {
        let range = book.worksheet_range(name).unwrap();
        range.rows().map(<[Data]>::to_vec).collect()
    };
    let column = |rows: &[Vec<Data>], name: &str| {
        let place = rows[0]
            .iter()
            .position(|cell| matches!(cell, Data::String(heading) if heading == name));
        place.unwrap_or_else(|| unreachable!("a column {name}"))
    };
    let lands = sheet("Tierras");
    assert_eq!(lands.len(), matrix.rows.len() + 1);
    let area = column(&lands, "utm_ha");
    for (row, cells) in matrix.rows.iter().zip(&lands[1..]) {
        let Data::Float(found) = cells[area] else {
            unreachable!("a number: {:?}", cells[area])
        };
        assert!((found - row.utm_ha.to_string().parse::<f64>().unwrap()).abs() < 1e-9);
    }
    let pairs = sheet("Parejas");
    assert_eq!(
        pairs.len(),
        matrix.rows.iter().map(|row| row.pairs.len()).sum::<usize>() + 1
    );
    let key = column(&pairs, "feature");
    assert!(
        pairs[1..].iter().all(|cells| matches!(cells[key], Data::String(_))),
        "keys stay words"
    );
}

#[test]
fn the_same_matrix_has_the_same_bytes_in_every_form() {
    for form in MATRIX_FORMS {
        assert_eq!(rendered(form), rendered(form), "{form:?}");
    }
    let matrix = matrix();
    let document = document(&matrix, &issued("2026-06-02T10:00:00Z")).unwrap();
    assert!(
        render_matrix(Form::Gpx, &document, &Rendering::default())
            .unwrap()
            .is_none()
    );
}
