//! What may be asked of the typesetter, and what it refuses.

use typeset::{Fonts, Job, MOST_BYTES, Moment, Typeset, TypesetError, pdf};

const LETTERS: &[u8] = include_bytes!("../../maps/fonts/IBMPlexSans-Regular.ttf");

fn set(files: &[(&str, &[u8])]) -> Result<Typeset, TypesetError> {
    set_at(files, 12)
}

fn set_at(files: &[(&str, &[u8])], month: u8) -> Result<Typeset, TypesetError> {
    let fonts = Fonts::carried(&[LETTERS]);
    pdf(&Job {
        main: "main.typ",
        files,
        fonts: &fonts,
        created: Moment {
            year: 2026,
            month,
            day: 31,
            hour: 23,
            minute: 59,
            second: 58,
        },
        ident: "a document of the tests",
        creator: "tests 1",
    })
}

const HEAD: &str = "#set document(title: \"Drawn\")\n#set text(lang: \"es\")\n";

fn drawn(body: &str) -> Result<Typeset, TypesetError> {
    set(&[("main.typ", format!("{HEAD}{body}").as_bytes())])
}

fn faults(result: Result<Typeset, TypesetError>) -> Vec<typeset::Fault> {
    let Err(TypesetError::Faults(faults)) = result else {
        return Vec::new();
    };
    faults
}

#[test]
fn the_same_job_makes_the_same_bytes() {
    let first = drawn("#square(fill: red)").unwrap();
    let again = drawn("#square(fill: red)").unwrap();
    assert!(first.pdf.starts_with(b"%PDF-1.7"));
    assert_eq!(first.pdf, again.pdf);
    assert_ne!(first.pdf, drawn("#square(fill: blue)").unwrap().pdf);
}

#[test]
fn the_moment_is_the_given_one_and_the_identifier_is_not_told() {
    let made = drawn("#square()").unwrap().pdf;
    let text = String::from_utf8_lossy(&made);
    assert!(text.contains("2026-12-31T23:59:58"), "no moment in the metadata");
    assert!(!text.contains("a document of the tests"));
}

#[test]
fn a_fault_names_its_file_and_line() {
    let found = faults(drawn("#let a = 1\n#nothing-of-this-name\n"));
    assert_eq!(found[0].file.as_deref(), Some("main.typ"));
    assert_eq!(found[0].line, Some(4));
    assert!(
        found[0].to_string().starts_with("main.typ:4: unknown variable"),
        "{}",
        found[0]
    );
}

#[test]
fn a_document_without_a_title_is_refused_since_it_would_break_the_standard() {
    let found = faults(set(&[("main.typ", b"#square()")]));
    assert!(found.iter().any(|fault| fault.message.contains("title")), "{found:?}");
}

#[test]
fn a_picture_without_words_for_those_who_do_not_see_it_is_refused() {
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>"#;
    let with = |call: &str| {
        let main = format!("{HEAD}{call}");
        set(&[("main.typ", main.as_bytes()), ("a.svg", svg)])
    };
    assert!(with("#image(\"a.svg\", alt: \"a triangle\")").is_ok());
    let found = faults(with("#image(\"a.svg\")"));
    assert!(found.iter().any(|fault| fault.message.contains("alt")), "{found:?}");
}

#[test]
fn nothing_outside_the_job_can_be_read() {
    let outside = [
        "#read(\"/etc/hostname\")",
        "#read(\"../secret\")",
        "#import \"@preview/cetz:0.3.0\"",
        "#datetime.today()",
        "#image(\"https://example.com/a.png\")",
    ];
    for body in outside {
        let found = faults(drawn(body));
        assert!(found.iter().any(|fault| fault.line == Some(3)), "{body}: {found:?}");
    }
}

#[test]
fn letters_that_are_not_there_are_told() {
    let made = drawn("#set text(font: \"Nothing Sans\")\nwords").unwrap();
    assert_eq!(made.warnings.len(), 1, "{:?}", made.warnings);
    assert_eq!(
        (made.warnings[0].line, made.warnings[0].file.as_deref()),
        (Some(3), Some("main.typ"))
    );
    assert!(made.warnings[0].message.contains("nothing sans"), "{:?}", made.warnings);
    let fonts = Fonts::carried(&[LETTERS]);
    assert!(fonts.have('ñ') && !fonts.have('山'));
    assert_eq!(fonts.families(), ["IBM Plex Sans"]);
}

#[test]
fn a_heavy_face_belongs_to_the_family_of_its_maker() {
    let heavy: &[u8] = include_bytes!("../../maps/fonts/IBMPlexSans-SemiBold.ttf");
    let narrow: &[u8] = include_bytes!("../../maps/fonts/IBMPlexSansCondensed-SemiBold.ttf");
    let fonts = Fonts::carried(&[LETTERS, heavy, narrow]);
    assert_eq!(fonts.families(), ["IBM Plex Sans", "IBM Plex Sans Condensed"]);
}

#[test]
fn a_job_without_letters_is_refused_since_its_words_would_vanish() {
    let fonts = Fonts::carried(&[b"no font"]);
    let refused = pdf(&Job {
        main: "main.typ",
        files: &[("main.typ", b"words")],
        fonts: &fonts,
        created: Moment {
            year: 2026,
            month: 1,
            day: 1,
            hour: 0,
            minute: 0,
            second: 0,
        },
        ident: "",
        creator: "tests 1",
    });
    assert_eq!(refused.unwrap_err(), TypesetError::NoLetters);
}

#[test]
fn a_job_that_is_too_large_or_badly_named_or_out_of_the_calendar_is_refused() {
    let large = vec![b' '; MOST_BYTES + 1];
    assert_eq!(
        set(&[("main.typ", &large)]).unwrap_err(),
        TypesetError::TooLarge(MOST_BYTES + 1)
    );
    for name in ["../main.typ", "/main.typ", "a\\b.typ", ""] {
        let refused = set(&[("main.typ", b""), (name, b"")]).unwrap_err();
        assert_eq!(refused, TypesetError::BadName(name.to_owned()));
    }
    let many: Vec<(&str, &[u8])> = (0..=typeset::MOST_FILES).map(|_| ("main.typ", &b""[..])).collect();
    assert_eq!(
        set(&many).unwrap_err(),
        TypesetError::TooManyFiles(typeset::MOST_FILES + 1)
    );
    assert!(matches!(
        set_at(&[("main.typ", b"")], 13),
        Err(TypesetError::NoSuchMoment(_))
    ));
}
