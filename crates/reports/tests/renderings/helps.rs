//! Corners, tracks, the short message and the text to read aloud.

use crate::sample::{Sample, USUAL, issued, sample, with_shapes};
use quick_xml::events::Event;
use reports::view::Block;
use reports::{Lang, Texts, corners, corners_csv, corners_section, document, gpx, kml, septets, sms, spoken};
use territory::{geodesic_hectares, locate};

const AT: &str = "2026-06-02T12:00:00Z";

fn well_formed(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    loop {
        if matches!(reader.read_event().unwrap(), Event::Eof) {
            break;
        }
    }
}

#[test]
fn tracks_and_globe_files_read_back_as_the_subject_alone() {
    let (report, shapes) = with_shapes(USUAL);
    let document = document(&report, &issued(AT)).unwrap();
    let wanted = geodesic_hectares(&shapes.subject).0;
    for (name, text) in [
        ("informe.gpx", gpx(&document, &shapes, Lang::Es).unwrap()),
        ("informe.kml", kml(&document, &shapes, Lang::Es)),
    ] {
        well_formed(&text);
        assert!(text.contains("A 010123509 SAN ANTONIO UNO"), "{text}");
        assert!(text.contains("LA ESPERANZA &lt;2009&gt;") && text.contains("Datos sintéticos"));
        let incoming = uploads::Incoming {
            bytes: text.as_bytes(),
            filename: Some(name),
            ..uploads::Incoming::default()
        };
        let upload = uploads::read(&incoming, &uploads::Limits::default()).unwrap();
        let found = geodesic_hectares(&locate(&upload.land, None).unwrap().lonlat).0;
        assert!((found / wanted - 1.0).abs() < 1e-4, "{name}: {found} against {wanted}");
    }
}

#[test]
fn corners_close_the_ring_and_measure_its_sides() {
    let (_, shapes) = with_shapes(USUAL);
    let all = corners(&shapes).unwrap();
    assert_eq!(all.len(), 4);
    let mut sides: Vec<f64> = all.iter().map(|corner| corner.to_next_m.round()).collect();
    sides.sort_by(f64::total_cmp);
    assert_eq!(sides, [9000.0, 9000.0, 20_000.0, 20_000.0]);
    assert_eq!((all[3].name().as_str(), all[3].next), ("V4", 1));
    assert!(
        all.iter()
            .any(|corner| (corner.easting - 700_000.0).abs() < 0.01 && (corner.northing - 8_500_000.0).abs() < 0.01)
    );
    let text = corners_csv(&all, shapes.zone).unwrap();
    assert_eq!(text.lines().count(), 5);
    assert!(
        text.contains("700000.0,8500000.0,-13.") && text.contains("18S"),
        "{text}"
    );
}

#[test]
fn an_annex_that_is_too_short_for_all_corners_says_so() {
    let (_, shapes) = with_shapes(USUAL);
    let all = corners(&shapes).unwrap();
    let rows = |most: usize| {
        let section = corners_section(Texts::of(Lang::Es), &all, shapes.zone, most);
        let said = serde_json::to_string(&section).unwrap();
        let tables = section.blocks.iter().filter_map(|block| match block {
            Block::Table { table } => Some(table.rows.len()),
            _ => None,
        });
        (tables.sum::<usize>(), said.contains("figuran 3 de 4 vértices"))
    };
    assert_eq!(rows(3), (3, true));
    assert_eq!(rows(4), (4, false));
}

#[test]
fn a_message_is_never_longer_than_160_characters_and_always_has_the_code() {
    let names = [
        "",
        "Ñ",
        "Comunidad Campesina San Juan de Ñahuinpuquio",
        &"Río Áéíóú «[]» 日本 ".repeat(30),
        &"€".repeat(200),
    ];
    for failed in [false, true] {
        for rights in [false, true] {
            for name in names {
                let mut report = sample(Sample {
                    failed,
                    rights,
                    ..USUAL
                });
                report.subject.name = Some(name.to_owned());
                let document = document(&report, &issued(AT)).unwrap();
                let said = sms(&document, Lang::Es);
                assert!(septets(&said).is_some_and(|length| length <= 160), "{said}");
                assert!(said.contains(&document.code.to_string()), "{said}");
                assert_eq!(said.contains("INCOMPLETO"), report.standing != "complete", "{said}");
                assert!(failed || !rights || said.contains("SINTÉTICOS"), "{said}");
            }
        }
    }
}

#[test]
fn a_message_holds_the_largest_numbers_in_every_language() {
    let name = "Comunidad Campesina San Juan de Ñahuinpuquio y anexos ".repeat(4);
    for lang in Lang::ALL {
        for (count, ha, share) in [
            (1, 0.0001, 0.000_001),
            (usize::MAX, 51_006_447_200.0, 1.0),
            (3, 99.96, 0.996),
        ] {
            for standing in ["complete", "incomplete"] {
                let mut report = sample(USUAL);
                report.standing = standing;
                report.subject.name = Some(name.clone());
                for total in &mut report.totals {
                    (total.count, total.union_ha, total.share_of_subject) =
                        (count, conflicts::Fixed(ha), conflicts::Fixed(share));
                }
                for layer in report
                    .layers
                    .iter_mut()
                    .filter(|layer| layer.id == territory::LayerKind::Concessions)
                {
                    layer.state = conflicts::LayerState::Partial;
                }
                let document = document(&report, &issued(AT)).unwrap();
                let said = sms(&document, lang);
                let length = septets(&said).unwrap();
                assert!((120..=160).contains(&length), "{length}: {said}");
                assert!(
                    said.contains(&document.code.to_string()) && said.contains(&count.to_string()),
                    "{said}"
                );
                let more = said.contains("Puede haber mas") || said.contains("There may be more");
                assert!(more, "{said}");
            }
        }
    }
}

#[test]
fn the_text_to_read_aloud_has_no_digits_of_ours_and_takes_three_minutes() {
    let mut report = sample(USUAL);
    for finding in &mut report.findings {
        finding.name = "DERECHO DEL ENSAYO".to_owned();
    }
    let text = spoken(&document(&report, &issued(AT)).unwrap());
    assert!(text.split_whitespace().count() <= 420, "{text}");
    assert!(
        text.contains("uno de junio") || text.contains("primero de junio de dos mil veintiséis"),
        "{text}"
    );
    assert!(
        text.contains("mil ochocientas hectáreas") && text.contains("diez de cada cien partes"),
        "{text}"
    );
    let code = text.rfind("El código").unwrap();
    assert!(!text[..code].contains(|c: char| c.is_ascii_digit()), "{text}");
    assert!(text.contains("No se consultó"), "{text}");
    report.findings.extend(report.findings.clone());
    for finding in &mut report.findings {
        finding.name = "UN NOMBRE MUY LARGO DE ENSAYO ".repeat(6);
    }
    let text = spoken(&document(&report, &issued(AT)).unwrap());
    assert!(
        text.split_whitespace().count() <= 420 && text.contains("derechos más"),
        "{text}"
    );
}
