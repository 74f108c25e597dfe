//! Documents that were issued, read again and rendered anew.

use crate::sample::{USUAL, issued, matrix, sample};
use conflicts::Report;
use reports::{
    Audience, Document, Form, Kept, KeptError, Lang, MATRIX_FORMS, RenderError, Rendered, Rendering, Sealing,
    WITHOUT_LAND, document, kept, render, render_matrix, report_html_with, sealed,
};

fn report_of(text: &str) -> Box<reports::KeptOf<Report>> {
    match kept(text).unwrap() {
        Kept::Report(report) => report,
        Kept::Matrix(_) => unreachable!("it is a report"),
    }
}

fn bytes(document: &Document<'_, Report>, form: Form, rendering: &Rendering<'_>) -> Vec<u8> {
    match render(form, document, None, rendering).unwrap() {
        Rendered::Bytes(bytes) => bytes,
        Rendered::Tables(_) => unreachable!("tables show land"),
    }
}

#[test]
fn a_report_read_again_is_the_same_document_and_makes_the_same_pages_and_tables() {
    for of in [
        USUAL,
        crate::sample::Sample { failed: true, ..USUAL },
        crate::sample::Sample { rights: false, ..USUAL },
    ] {
        let report = sample(of);
        let first = sealed(&report, &issued("2026-06-02T10:00:00Z"), &Sealing::default()).unwrap();
        let again = report_of(&first.json);
        let second = again.document();
        assert_eq!(
            (&first.id, first.code, &first.json),
            (&second.id, second.code, &second.json)
        );
        assert_eq!((&first.seal, &first.issued), (&second.seal, &second.issued));
        for (audience, lang) in [(Audience::Community, Lang::Es), (Audience::Office, Lang::En)] {
            let rendering = Rendering {
                lang,
                audience,
                ..Rendering::default()
            };
            assert_eq!(
                report_html_with(&first, &rendering),
                report_html_with(&second, &rendering)
            );
            for form in WITHOUT_LAND {
                assert_eq!(
                    bytes(&first, form, &rendering),
                    bytes(&second, form, &rendering),
                    "{form:?}"
                );
            }
        }
    }
}

#[test]
fn a_copy_without_its_land_says_why_it_has_no_map_and_refuses_what_shows_land() {
    let report = sample(USUAL);
    let document = document(&report, &issued("2026-06-02T10:00:00Z")).unwrap();
    for (lang, told) in [
        (Lang::Es, "no lleva mapa ni lista de vértices"),
        (Lang::En, "no map and no list of corners"),
    ] {
        let rendering = Rendering {
            lang,
            ..Rendering::default()
        };
        let page = String::from_utf8(bytes(&document, Form::Html, &rendering)).unwrap();
        assert!(page.contains(told), "{lang:?}");
    }
    for form in Form::ALL.iter().filter(|form| !WITHOUT_LAND.contains(form)) {
        let told = render(*form, &document, None, &Rendering::default()).unwrap_err();
        let fits = match form {
            Form::Bundle => matches!(told, RenderError::NoSuchForm(_)),
            _ => matches!(told, RenderError::NoLand(named) if named == *form),
        };
        assert!(fits, "{form:?}: {told}");
    }
}

#[test]
fn a_matrix_read_again_makes_the_same_bytes_in_every_form() {
    let matrix = matrix();
    let first = document(&matrix, &issued("2026-06-02T10:00:00Z")).unwrap();
    let Kept::Matrix(again) = kept(&first.json).unwrap() else {
        unreachable!("it is a matrix")
    };
    let rendering = Rendering::default();
    for form in MATRIX_FORMS {
        assert_eq!(
            render_matrix(form, &first, &rendering).unwrap(),
            render_matrix(form, &again.document(), &rendering).unwrap(),
            "{form:?}"
        );
    }
    assert_eq!(render_matrix(Form::Gpx, &first, &rendering).unwrap(), None);
}

#[test]
fn a_document_that_would_lose_or_change_a_letter_is_refused() {
    let report = sample(USUAL);
    let text = document(&report, &issued("2026-06-02T10:00:00Z")).unwrap().json;
    let changed = text.replacen("LA ESPERANZA", "LA ESPERANCA", 1);
    assert!(matches!(kept(&changed), Err(KeptError::Changed { .. })));
    let more = text.replacen("\"standing\":", "\"novedad\":1,\"standing\":", 1);
    assert!(matches!(kept(&more), Err(KeptError::Changed { .. })));
    // documents of another version, whole in themselves: a field more, a word that is not known
    let written = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut value = serde_json::to_value(&report).unwrap();
        change(&mut value);
        document(&value, &issued("2026-06-02T10:00:00Z")).unwrap().json
    };
    assert!(kept(&written(&|_| {})).is_ok());
    let newer = written(&|value| value["subject"]["novedad"] = "1".into());
    assert!(
        matches!(kept(&newer), Err(KeptError::Changed { .. })),
        "a field that is not read would be lost"
    );
    for odd in [
        written(&|value| value["standing"] = "casi".into()),
        written(&|value| value["subject"]["area"]["utm_ha"] = "1.5".into()),
    ] {
        assert!(matches!(kept(&odd), Err(KeptError::OtherVersion(_))));
    }
    for foreign in ["[]", "{}", "{\"schema\":\"otro\"}", "no"] {
        assert!(matches!(kept(foreign), Err(KeptError::Foreign(_))), "{foreign}");
    }
    let told = kept(&changed).unwrap_err().sentence_es();
    assert!(told.contains("f=json"), "{told}");
}
