//! The pages are whole, say everything, and hold nothing that must not be there.

use crate::sample::{Sample, USUAL, book, issued, matrix, sample};
use conflicts::{AsOfOut, ChangeOut, ChangesOut, ComparedOut, Report, SeriesOut};
use quick_xml::events::Event;
use reports::{Audience, Lang, Rendering, document, matrix_html, report_html, report_html_with};
use territory::{ChangeKind, LayerKind};

fn page(report: &Report) -> String {
    report_html(&document(report, &issued("2026-06-02T04:59:00Z")).unwrap())
}

/// The page of a report for an audience in a language.
pub fn page_for(report: &Report, audience: Audience, lang: Lang) -> String {
    let rendering = Rendering {
        audience,
        lang,
        ..Rendering::default()
    };
    report_html_with(&document(report, &issued("2026-06-02T04:59:00Z")).unwrap(), &rendering)
}

/// Every sample for every audience in every language.
pub fn pages() -> Vec<(Report, String)> {
    let mut pages = Vec::new();
    for report in samples() {
        for audience in Audience::ALL {
            for lang in Lang::ALL {
                pages.push((report.clone(), page_for(&report, audience, lang)));
            }
        }
    }
    pages
}

pub fn samples() -> Vec<Report> {
    let each = [
        USUAL,
        Sample {
            synthetic: false,
            ..USUAL
        },
        Sample { failed: true, ..USUAL },
        Sample { rights: false, ..USUAL },
    ];
    each.into_iter().map(sample).chain([full()]).collect()
}

/// The usual sample with bands, changes and a series, as an old store may not give them.
pub fn full() -> Report {
    let mut report = sample(USUAL);
    for finding in &mut report.findings {
        if let Some(overlap) = &mut finding.overlap {
            let ha = overlap.utm_ha.0.round();
            overlap.band90 = Some([conflicts::Fixed((ha - 20.0).max(0.0)), conflicts::Fixed(ha + 20.0)]);
        }
    }
    for total in &mut report.totals {
        let ha = total.union_ha.0;
        total.band90 = Some([conflicts::Fixed(ha), conflicts::Fixed(ha)]);
    }
    report.series = [(None, 1, 200.0), (Some(2009), 2, 1400.0), (Some(2010), 1, 1800.0)]
        .map(|(year, count, ha)| SeriesOut {
            layer: LayerKind::Concessions,
            group: "vigente".to_owned(),
            year,
            count,
            union_ha: conflicts::Fixed(ha),
            union_geodesic_ha: conflicts::Fixed(ha),
        })
        .into();
    let event = |kind, before: Option<&str>, after: Option<&str>| ChangeOut {
        kind,
        layer: LayerKind::Concessions,
        feature: "080004412".to_owned(),
        name: "CERRO AZUL".to_owned(),
        field: None,
        before: before.map(ToOwned::to_owned),
        after: after.map(ToOwned::to_owned),
        moved_m: None,
    };
    let mut moved = event(ChangeKind::Geometry, Some("390.1234"), Some("400.0000"));
    moved.moved_m = Some(conflicts::Fixed(12.5));
    report.changes = Some(ChangesOut {
        from: AsOfOut {
            valid: "2026-01-01".parse().unwrap(),
            known: None,
        },
        to: report.as_of.clone(),
        tolerance_m: conflicts::Fixed(1.0),
        compared: vec![ComparedOut {
            layer: LayerKind::Zoning,
            before: None,
            after: Some("zoning-1".to_owned()),
        }],
        events: vec![event(ChangeKind::Status, Some("P"), Some("T")), moved],
    });
    report
}

/// The words of a page, without its style.
pub fn words(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    let mut text = String::new();
    let mut inside = false;
    for c in format!("{before}{after}").chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

/// Checks that every tag is closed in its order; void elements close themselves.
fn nest(page: &str) {
    const VOID: [&[u8]; 3] = [b"meta", b"link", b"br"];
    let mut reader = quick_xml::Reader::from_str(page);
    reader.config_mut().check_end_names = false;
    let mut open: Vec<Vec<u8>> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if !VOID.contains(&tag.name().as_ref()) => {
                for attribute in tag.html_attributes() {
                    attribute.unwrap();
                }
                open.push(tag.name().as_ref().to_vec());
            }
            Event::End(tag) => assert_eq!(
                open.pop().as_deref(),
                Some(tag.name().as_ref()),
                "at {}",
                reader.buffer_position()
            ),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

#[test]
fn pages_are_well_formed() {
    for (_, page) in pages() {
        nest(&page);
    }
    let matrix = matrix();
    nest(&matrix_html(
        &document(&matrix, &issued("2026-06-02T04:59:00Z")).unwrap(),
    ));
}

#[test]
fn no_page_holds_a_placeholder_a_missing_value_or_a_forbidden_word() {
    let book = book();
    let matrix = matrix();
    let mut pages: Vec<String> = pages().into_iter().map(|(_, page)| page).collect();
    pages.push(matrix_html(
        &document(&matrix, &issued("2026-06-02T04:59:00Z")).unwrap(),
    ));
    for page in pages {
        let words = words(&page);
        for bad in ["{", "}", "NaN", "None", "null", "undefined", "XXXX", "Some("] {
            assert!(!words.contains(bad), "«{bad}» in {words}");
        }
        let plain = format!(
            " {} ",
            words.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " ")
        );
        for word in &book.words.forbidden {
            assert!(!plain.contains(&format!(" {word} ")), "«{word}» in {words}");
        }
    }
}

#[test]
fn every_finding_stands_on_the_page_with_its_rule_and_norm_or_its_lack() {
    for (report, page) in pages() {
        for finding in report.findings.iter().chain(&report.roces) {
            let rule = page.split_once(&format!("<h3 id=\"rule-{}\"", finding.rule));
            let (_, rule) = rule.unwrap_or_else(|| panic!("{} has no rule", finding.feature));
            let norm = rule.split("</dl>").next().unwrap();
            let said = ["Norma", "Norm"]
                .iter()
                .any(|word| norm.contains(&format!(">{word}</dt>")));
            assert!(said, "{norm}");
        }
    }
}

#[test]
fn the_answer_says_the_union_its_parts_and_what_only_grazes() {
    let words = words(&page(&sample(USUAL)));
    assert!(words.contains("3 derechos mineros vigentes"), "{words}");
    assert!(words.contains("Juntos ocupan 1800 ha ("), "{words}");
    assert!(words.contains("10 de cada 100 partes de la tierra"), "{words}");
    assert!(
        words.contains("2 titulados, 1 en trámite, 1 extinguido, 1 de otra clase"),
        "{words}"
    );
    assert!(
        words.contains("Agua en esta tierra o junto a ella: Manantiales y captaciones: 1"),
        "{words}"
    );
}

#[test]
fn what_was_not_read_is_never_silent_and_never_nothing() {
    let failed = sample(Sample { failed: true, ..USUAL });
    let said = words(&page(&failed));
    assert!(said.contains("Informe incompleto"), "{said}");
    assert!(
        said.contains("Los derechos mineros no se consultaron: no se puede determinar"),
        "{said}"
    );
    assert!(!said.contains("No consta ningún derecho"), "{said}");
    let usual = words(&page(&sample(USUAL)));
    assert!(
        usual.contains("No se consultó: Zonificación ecológica y económica"),
        "{usual}"
    );
    assert!(usual.contains("Sin dato para este lugar y fecha: "), "{usual}");
    assert!(
        usual.contains("nadie declaró hasta dónde está completo: Manantiales"),
        "{usual}"
    );
}

#[test]
fn a_consulted_layer_with_nothing_in_it_says_that_none_is_on_record() {
    let said = words(&page(&sample(Sample { rights: false, ..USUAL })));
    assert!(said.contains("No consta ningún derecho minero vigente"), "{said}");
}

#[test]
fn synthetic_data_are_announced_and_real_ones_are_not() {
    let banner = "Datos sintéticos: los hizo";
    assert!(words(&page(&sample(USUAL))).contains(banner));
    assert!(
        !words(&page(&sample(Sample {
            synthetic: false,
            ..USUAL
        })))
        .contains(banner)
    );
}

#[test]
fn names_from_a_source_cannot_write_markup() {
    let page = page(&sample(USUAL));
    assert!(page.contains("LA ESPERANZA &lt;2009&gt;") && page.contains("S.A.C. &amp; Hijos"));
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    for (_, page) in pages() {
        let levels: Vec<u32> = page
            .match_indices("<h")
            .filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10))
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }
}

#[test]
fn every_link_inside_a_page_leads_somewhere_and_no_id_is_given_twice() {
    for (_, page) in pages() {
        let mut ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        for link in page.split("href=\"#").skip(1) {
            let id = link.split('"').next().unwrap();
            assert!(ids.contains(&id), "#{id} leads nowhere");
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id is given twice");
    }
}

#[test]
fn a_language_without_reviewed_sentences_says_them_in_spanish_and_says_so() {
    let page = page_for(&sample(USUAL), Audience::Community, Lang::Qu);
    assert!(page.contains("<html lang=\"qu\">") && page.contains("lang=\"es\">La respuesta</h2>"));
    assert!(page.contains("nadie revisó todavía"));
    let english = page_for(&sample(USUAL), Audience::Community, Lang::En);
    assert!(!english.contains("nobody has reviewed") && english.contains(">The answer</h2>"));
    assert!(english.contains("Which rights are upstream was not consulted."));
}

#[test]
fn links_to_other_formats_are_there_when_the_page_is_served() {
    let report = sample(USUAL);
    let sealed = document(&report, &issued("2026-06-02T04:59:00Z")).unwrap();
    let served = Rendering {
        json_href: Some("?f=json"),
        csv_href: Some("?f=csv"),
        lang: Lang::En,
        ..Rendering::default()
    };
    let page = report_html_with(&sealed, &served);
    assert!(page.contains("href=\"?f=json\"") && page.contains("lang=\"en\"") && page.contains("Overlap report"));
    assert!(
        !report_html(&sealed).contains("?f=json"),
        "a saved page has no document beside it"
    );
}

#[test]
fn the_style_is_small_and_the_page_needs_no_other_file() {
    assert!(reports::STYLE.len() < 12_000);
    assert!(page(&sample(USUAL)).len() < 200_000);
    let page = page(&sample(USUAL));
    for outside in ["<script", "src=", "@import", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn what_changed_is_told_with_what_was_not_compared() {
    for audience in Audience::ALL {
        let said = words(&page_for(&full(), audience, Lang::Es));
        assert!(said.contains("Hay 2 cambios para esta tierra"), "{said}");
        assert!(
            said.contains("falta una edición en uno de los dos días: Zonificación"),
            "{said}"
        );
        assert!(
            said.contains("se movió hasta 12.5 m") && said.contains("390.1"),
            "{said}"
        );
    }
}

#[test]
fn bands_stand_beside_hectares_and_limit_their_decimals() {
    let said = words(&page_for(&full(), Audience::Community, Lang::Es));
    assert!(
        said.contains("entre 1180 y 1220 ha") && said.contains("exacto"),
        "{said}"
    );
}

#[test]
fn one_part_is_not_many() {
    let said = words(&page(&sample(USUAL)));
    assert!(said.contains("1 parte · ") && !said.contains("1 partes"), "{said}");
}

/// The pages that `tests/browser` opens; each name says for whom and in which language.
#[test]
fn the_pages_that_a_browser_checks_are_written() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    for audience in Audience::ALL {
        for lang in Lang::ALL {
            let name = format!("{}-{}.html", audience.id(), lang.code());
            let page = page_for(&full(), audience, lang);
            std::fs::write(folder.join(&name), &page).unwrap();
            assert_eq!(std::fs::read_to_string(folder.join(name)).unwrap(), page);
        }
    }
}

#[test]
fn no_picture_has_a_rectangle_without_width_or_height() {
    let mut seen = 0;
    for (_, page) in pages() {
        for rect in page.split("<rect ").skip(1).map(|rest| rest.split('>').next().unwrap()) {
            for side in [" width=\"", " height=\""] {
                let rect = format!(" {rect}");
                let (_, size) = rect.split_once(side).unwrap_or_else(|| panic!("{rect} has no size"));
                let size: f64 = size.split('"').next().unwrap().parse().unwrap();
                assert!(size > 0.0, "{rect}");
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen}");
}
