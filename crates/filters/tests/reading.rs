//! What cannot be read, what is too much, and what people are told about it.
#![expect(clippy::panic, reason = "a panic is how a test fails")]

use filters::{Filter, FilterError, Limits, Measure, Place, PropertyType, Queryables};
use proptest::prelude::*;

fn queryables() -> Queryables {
    Queryables::new([
        ("name", PropertyType::String),
        ("holder", PropertyType::String),
        ("area", PropertyType::Number),
        ("filed_at", PropertyType::Date),
        ("seen", PropertyType::Timestamp),
        ("active", PropertyType::Boolean),
        ("geom", PropertyType::Geometry),
        ("tags", PropertyType::Array),
    ])
}

fn read(text: &str) -> Result<Filter, FilterError> {
    Filter::from_text(text, &Limits::default())
}

fn error(text: &str) -> FilterError {
    match read(text).and_then(|filter| filter.bind(&queryables())) {
        Ok(_) => panic!("{text} was taken"),
        Err(error) => error,
    }
}

const VALID: [&str; 12] = [
    "name = 'O''Higgins' AND area > 3 * (2 + area) ^ 2 div 3",
    "NOT (name LIKE 'San\\_%' OR CASEI(holder) IN (CASEI('a'), 'b'))",
    "S_INTERSECTS(geom, POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (1 1, 2 1, 2 2, 1 1)))",
    "S_WITHIN(BBOX(170,-10,-170,10), geom)",
    "T_DURING(INTERVAL('2020-01-01', filed_at), INTERVAL('..', '2024-05-31'))",
    "filed_at = DATE('2020-02-29') OR seen <= TIMESTAMP('2020-01-01T00:00:00.5Z')",
    "A_CONTAINS(tags, ['a', 1, TRUE, DATE('2020-01-01')])",
    "upper(name) BETWEEN 'A' AND 'B' AND geodesic_ha(geom) > 12.5e-3",
    "ACCENTI(name) IS NOT NULL AND active",
    "\"name\" <> 'x' AND (area > 1) = TRUE",
    "S_DISJOINT(geom, GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0, 1 1)))",
    "-area < -2^2 % 3",
];

#[test]
fn all_valid_samples_are_bound() {
    for text in VALID {
        let filter = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        filter
            .bind(&queryables())
            .unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}

#[test]
fn lists_stand_in_parentheses_as_in_the_standard_or_in_brackets_as_in_its_drafts() {
    for (round, square) in [
        ("A_CONTAINS(tags, ('a', 'b'))", "A_CONTAINS(tags, ['a', 'b'])"),
        ("A_EQUALS(tags, ('a'))", "a_equals(tags, ['a'])"),
        ("A_OVERLAPS((), tags)", "A_OVERLAPS([], tags)"),
        (
            "A_CONTAINEDBY(tags, (('a', (1 + 2) * 3), 'b'))",
            "A_CONTAINEDBY(tags, [['a', (1 + 2) * 3], 'b'])",
        ),
    ] {
        let filter = read(round).unwrap_or_else(|error| panic!("{round}: {error}"));
        assert_eq!(filter, read(square).unwrap(), "{round}");
        assert_eq!(filter, read(&filter.to_text()).unwrap(), "{}", filter.to_text());
        assert!(!filter.to_text().contains('['), "{}", filter.to_text());
    }
    for wrong in ["A_EQUALS(tags, ('a',))", "A_EQUALS(tags, ('a', 'b')", "(1, 2) = 3"] {
        error(wrong);
    }
}

#[test]
fn an_error_of_text_names_the_character() {
    let cases = [
        ("", 1),
        ("name =", 7),
        ("name = 'x", 8),
        ("ñame ; 3", 6),
        ("name = 'x' holder", 12),
        ("name NOT 3", 10),
        ("S_INTERSECTS(geom, POLYGON((0 0, 1 1, 0 0)))", 28),
        ("filed_at = DATE('2021-02-30')", 17),
        ("geom IN ()", 11),
    ];
    for (text, at) in cases {
        let Err(FilterError::Syntax { place, .. }) = read(text) else {
            panic!("{text} was taken");
        };
        assert_eq!(place, Place::Character(at), "{text}");
    }
}

#[test]
fn an_error_of_json_names_the_member() {
    let cases = [
        (r#"{"op":"=","args":[{"property":3},1]}"#, "/args/0/property"),
        (r#"{"op":"and","args":[true]}"#, ""),
        (
            r#"{"op":"and","args":[true,{"op":"in","args":[1,[]]}]}"#,
            "/args/1/args/1",
        ),
        (
            r#"{"op":"s_within","args":[{"property":"geom"},{"type":"Point","coordinates":[1]}]}"#,
            "/args/1/coordinates",
        ),
        (r#"{"op":"not","args":[null]}"#, "/args/0"),
        (r#"{"op":"not an op","args":[]}"#, "/op"),
        (r#"{"op":"=","args":[1,1],"more":1}"#, ""),
    ];
    for (json, at) in cases {
        let Err(FilterError::Syntax { place, .. }) = Filter::from_json(json, &Limits::default()) else {
            panic!("{json} was taken");
        };
        assert_eq!(place, Place::Pointer(at.to_owned()), "{json}");
    }
    let broken = Filter::from_json("{\"op\":\n}", &Limits::default());
    assert!(matches!(
        broken,
        Err(FilterError::Syntax {
            place: Place::LineColumn(2, _),
            ..
        })
    ));
}

#[test]
fn people_read_what_is_wrong_and_how_to_mend_it() {
    let cases = [
        ("nmae = 'x'", "¿Quiso decir «name»?"),
        ("zzzzzz = 'x'", "/queryables"),
        ("NAME = 'x'", "¿Quiso decir «name»?"),
        (
            "buffer(geom) = 3",
            "Las que hay: upper, lower, length, abs, year, geodesic_ha",
        ),
        ("upper(name, name) = 'x'", "upper(texto)"),
        ("name = 3", "se compara un texto con un número"),
        (
            "filed_at = '2020-01-01'",
            "se compara una fecha con un texto. Una fecha se escribe DATE('2024-05-31')",
        ),
        (
            "filed_at < TIMESTAMP('2020-01-01T00:00:00Z')",
            "se compara una fecha con una fecha con hora",
        ),
        ("active > FALSE", "solo admite = y <>"),
        ("name LIKE holder", "el patrón de LIKE debe ser un texto escrito"),
        ("name AND active", "va una condición"),
        ("area + name > 3", "va un número y hay un texto"),
        (
            "T_DURING(filed_at, INTERVAL('2020-01-01','..'))",
            "«T_DURING» relaciona intervalos y «filed_at» es un instante",
        ),
        (
            "T_AFTER(filed_at, INTERVAL('2021-01-01','2020-01-01'))",
            "termina antes de empezar",
        ),
        (
            "T_AFTER(filed_at, INTERVAL('2021-01-01','2022-01-01T00:00:00Z'))",
            "se compara una fecha con una fecha con hora",
        ),
        ("S_WITHIN(geom, POINT(379213 9610774))", "filter-crs"),
        ("S_WITHIN(geom, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))", "no se cruzan"),
        (
            "S_WITHIN(geom, POLYGON((0 0, 2 0, 2 2, 0 0),(5 5, 6 5, 6 6, 5 5)))",
            "los huecos van dentro",
        ),
        ("S_WITHIN(geom, LINESTRING(1 1, 1 1))", "una línea tiene largo"),
        (
            "S_WITHIN(geom, GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0, 1 1)))",
            "no está definida para la colección",
        ),
        ("S_WITHIN(name, POINT(1 2))", "va una geometría y hay un texto"),
        ("geom = POINT(1 2)", "hay una geometría"),
        ("name != 'x'", "use <>"),
        ("name = \"x\"", "No hay una propiedad «x»"),
    ];
    for (text, part) in cases {
        let sentence = error(text).sentence_es();
        assert!(sentence.contains(part), "{text}: {sentence}");
        assert!(sentence.ends_with('.') || sentence.ends_with('?'), "{text}: {sentence}");
    }
}

#[test]
fn what_is_too_much_is_refused_before_the_work() {
    let measure = |text: &str| match read(text) {
        Err(FilterError::TooMuch { measure, .. }) => measure,
        other => panic!("{other:?}"),
    };
    assert_eq!(measure(&"(".repeat(100_000)), Measure::Depth);
    assert_eq!(measure(&"NOT ".repeat(100_000)), Measure::Depth);
}

#[test]
fn chains_of_signs_do_not_run_deep() {
    assert!(read(&format!("area > {}1", "-".repeat(1000))).is_err());
    assert!(read(&format!("area > 1{}", "^1".repeat(100_000))).is_err());
    assert!(read(&format!("area > 1{}", "+1".repeat(100_000))).is_err());
    assert!(read(&"f(".repeat(100_000)).is_err());
    assert!(read(&"[".repeat(100_000)).is_err());
    assert!(read(&format!("S_WITHIN(geom, {}", "GEOMETRYCOLLECTION(".repeat(10_000))).is_err());
    assert!(Filter::from_json(&"[".repeat(100_000), &Limits::default()).is_err());
}

#[test]
fn size_parts_vertices_and_patterns_have_limits() {
    let small = Limits {
        bytes: 60,
        nodes: 6,
        vertices: 3,
        pattern: 5,
        ..Limits::default()
    };
    let measure = |text: &str| match Filter::from_text(text, &small) {
        Err(FilterError::TooMuch { measure, .. }) => Some(measure),
        _ => None,
    };
    assert_eq!(measure("area = 1"), None);
    assert_eq!(measure(&format!("area = {}", "1".repeat(60))), Some(Measure::Bytes));
    assert_eq!(measure("area IN (1,2,3,4,5,6,7)"), Some(Measure::Nodes));
    assert_eq!(
        measure("S_WITHIN(geom, LINESTRING(0 0,1 1,2 2,3 3))"),
        Some(Measure::Vertices)
    );
    assert_eq!(measure("name LIKE '%%%%%%'"), Some(Measure::Pattern));
    assert_eq!(measure("name LIKE CASEI('%%%%%%')"), Some(Measure::Pattern));
}

/// A comb of long slanted teeth: every edge's box meets every other's.
fn comb(teeth: u32) -> String {
    let tooth = |number: u32| {
        let at = f64::from(number) / f64::from(teeth) * 10.0;
        let far = if number.is_multiple_of(2) { 0.0 } else { 50.0 };
        format!("{} {}", at + far, far - at)
    };
    let teeth: Vec<String> = (0..teeth).map(tooth).collect();
    format!("{},60 90,-20 90,-20 0,0 0", teeth.join(","))
}

#[test]
fn edges_over_one_another_by_the_hundred_thousands_are_refused() {
    assert!(
        read(&format!("S_WITHIN(geom, POLYGON(({})))", comb(400)))
            .is_ok_and(|filter| filter.bind(&queryables()).is_ok())
    );
    for text in [
        format!("S_WITHIN(geom, POLYGON(({})))", comb(9_000)),
        format!("S_CROSSES(geom, LINESTRING({}))", comb(9_000)),
    ] {
        assert!(matches!(
            error(&text),
            FilterError::TooMuch {
                measure: Measure::Crowding,
                ..
            }
        ));
    }
}

#[test]
fn coordinates_in_another_system_are_changed_before_binding() {
    let mut filter = read("S_WITHIN(geom, BBOX(1000,2000,3000,4000))").unwrap();
    let scaled: Result<(), ()> = filter.change_geometries(|geometry| {
        use geo::MapCoordsInPlace;
        geometry.map_coords_in_place(|c| geo_types::Coord {
            x: c.x / 1e3,
            y: c.y / 1e3,
        });
        Ok(())
    });
    assert_eq!(scaled, Ok(()));
    let bound = filter.bind(&queryables()).unwrap();
    assert_eq!(bound.bounds(), Some(vec![[1.0, 2.0, 3.0, 4.0]]));
}

#[test]
fn the_names_of_a_filter_are_told() {
    let filter =
        read("name = 'x' AND T_AFTER(INTERVAL(filed_at,'..'), DATE('2020-01-01')) AND name <> holder").unwrap();
    assert_eq!(filter.properties(), ["filed_at", "holder", "name"]);
}

proptest! {
    #[test]
    fn nothing_that_people_send_ends_in_a_panic(text in any::<String>()) {
        if let Ok(filter) = read(&text) {
            let _ = filter.bind(&queryables());
        }
        let _ = Filter::from_json(&text, &Limits::default());
    }

    #[test]
    fn nor_does_a_valid_filter_with_a_part_changed(
        sample in prop::sample::select(VALID.to_vec()),
        at in 0_usize..100,
        gone in 0_usize..12,
        put in "[ -~]{0,4}|POLYGON|\\(\\(|''|1e999|\\.\\.|ñ",
    ) {
        let letters: Vec<char> = sample.chars().collect();
        let at = at.min(letters.len());
        let end = (at + gone).min(letters.len());
        let text: String = letters[..at].iter().chain(put.chars().collect::<Vec<_>>().iter()).chain(&letters[end..]).collect();
        match read(&text).map(|filter| (filter.bind(&queryables()), filter)) {
            Ok((bound, filter)) => {
                prop_assert_eq!(Filter::from_text(&filter.to_text(), &Limits::default()), Ok(filter));
                if let Err(error) = bound {
                    prop_assert!(!error.sentence_es().is_empty());
                }
            }
            Err(error) => prop_assert!(!error.sentence_es().is_empty()),
        }
    }
}
