//! Disguises: what bare coordinates may be, and what declarations leave of it.

use crs::disguise::{Candidate, Near, Reading, declared_disguises, disguises, kilometres};
use crs::written::{Declared, Unread, read_pair};
use crs::{Crs, Datum, UtmZone, in_jurisdiction, transform_from_lonlat};
use geo_types::coord;
use proptest::prelude::*;

fn ids(candidates: &[Candidate]) -> Vec<String> {
    candidates.iter().map(|candidate| candidate.reading.id()).collect()
}

#[test]
fn degrees_have_one_reading_whatever_their_order_and_signs() {
    for (pair, id) in [
        ((-78.5, -7.15), "lon-lat"),
        ((-7.15, -78.5), "lat-lon"),
        ((78.5, 7.15), "lon-lat-unsigned"),
        ((7.15, 78.5), "lat-lon-unsigned"),
        ((78.5, -7.15), "lon-lat-unsigned-lon"),
        ((-7.15, 78.5), "lat-lon-unsigned-lon"),
        ((-78.5, 7.15), "lon-lat-unsigned-lat"),
    ] {
        let found = disguises(&[pair, (pair.0 + 0.01, pair.1 + 0.01)], None);
        assert_eq!(ids(&found), [id], "{pair:?}");
        assert!(kilometres(found[0].first, coord! { x: -78.5, y: -7.15 }) < 0.001);
    }
}

#[test]
fn bare_utm_is_never_one_reading() {
    let found = disguises(&[(450_000.0, 8_600_000.0)], None);
    assert_eq!(
        ids(&found),
        ["utm-18-wgs84", "utm-18-psad56", "utm-19-wgs84", "utm-19-psad56"]
    );
    let swapped = disguises(&[(8_600_000.0, 450_000.0)], None);
    assert!(
        swapped
            .iter()
            .all(|candidate| candidate.reading.id().ends_with("north-first"))
    );
    assert_eq!(swapped.len(), found.len());
    // the two datums of a zone lie some 450 m apart
    assert!((0.3..0.6).contains(&kilometres(found[0].first, found[1].first)));
}

#[test]
fn a_stated_place_leaves_one_zone_and_still_two_datums() {
    let cajamarca = Near {
        lon: -78.52,
        lat: -7.16,
        radius_km: 60.0,
    };
    let found = disguises(&[(774_000.0, 9_208_000.0)], Some(cajamarca));
    assert_eq!(ids(&found), ["utm-17-wgs84", "utm-17-psad56"]);
    assert!(found.iter().all(|candidate| candidate.distance_km.unwrap() < 10.0));
    let far = Near {
        lon: -70.0,
        lat: -15.8,
        radius_km: 60.0,
    };
    assert!(disguises(&[(774_000.0, 9_208_000.0)], Some(far)).is_empty());
}

#[test]
fn what_the_text_declares_leaves_one_reading() {
    for (text, id) in [
        ("UTM 17S WGS84 E 774000 N 9208000", "utm-17-wgs84"),
        ("17 M PSAD56 774000 9208000", "utm-17-psad56"),
        ("N 9208000 E 774000 zona 17 WGS84", "utm-17-wgs84"),
        ("EPSG:5839 774000 9208000", "utm-17-peru96"),
        ("7°10'S 78°30'O", "lon-lat"),
        ("S 7 10 30 W 78 30 00", "lon-lat"),
        ("78°30', 7°10'", "lon-lat-unsigned"),
        ("lat -7.16 lon -78.52", "lon-lat"),
        ("-7,16; -78,52", "lat-lon"),
    ] {
        let written = read_pair(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let found = declared_disguises(&[written.pair], &written.declared, None);
        assert_eq!(ids(&found), [id], "{text}: {written:?}");
    }
    // a letter that says north or east forbids a missing minus
    let written = read_pair("7°10'N 78°30'O").unwrap();
    assert!(declared_disguises(&[written.pair], &written.declared, None).is_empty());
    // zone without datum: two
    let written = read_pair("17 M 774000 9208000").unwrap();
    assert_eq!(declared_disguises(&[written.pair], &written.declared, None).len(), 2);
}

#[test]
fn a_reading_is_found_again_by_its_id() {
    for pair in [
        (450_000.0, 8_600_000.0),
        (8_600_000.0, 450_000.0),
        (78.5, 7.15),
        (-7.15, -78.5),
    ] {
        for candidate in disguises(&[pair], None) {
            assert_eq!(Reading::from_id(&candidate.reading.id()), Some(candidate.reading));
        }
    }
    assert_eq!(Reading::from_id("utm-20-wgs84"), None);
}

#[test]
fn what_is_nowhere_in_peru_has_no_reading() {
    for pair in [
        (0.0, 0.0),
        (2.35, 48.85),
        (500_000.0, 4_649_776.0),
        (f64::NAN, 1.0),
        (1e300, -1e300),
    ] {
        assert_eq!(disguises(&[pair], None), [], "{pair:?}");
    }
    assert_eq!(disguises(&[], None), []);
    // one coordinate abroad spoils the reading
    assert_eq!(disguises(&[(-78.5, -7.15), (-58.4, -34.6)], None), []);
    // signs that differ from row to row are no missing sign
    assert_eq!(disguises(&[(78.5, -7.15), (-78.4, -7.1)], None), []);
}

#[test]
fn texts_that_are_no_pair_are_refused_with_words() {
    for text in [
        "",
        "hola",
        "1",
        "1 2 3",
        "-78.5 -7.1 30 abc",
        "78°61' 7°10'",
        "12;13;14",
        "78,5,7,1",
        "EPSG:2056 1 2",
    ] {
        let error: Unread = read_pair(text).expect_err(text);
        assert!(
            error.sentence_es().ends_with('.') || error.sentence_es().ends_with('?'),
            "{error}"
        );
    }
}

fn in_peru() -> impl Strategy<Value = (f64, f64)> {
    (-81.5..-68.6_f64, -18.4..0.0_f64).prop_filter("in the outline", |&(lon, lat)| in_jurisdiction(lon, lat))
}

proptest! {
    #[test]
    fn the_true_reading_is_always_among_the_candidates((lon, lat) in in_peru(), swapped: bool, psad: bool, metres: bool) {
        let datum = if psad { Datum::Psad56 } else { Datum::Wgs84 };
        let zone = UtmZone::of_longitude(lon).unwrap();
        let crs = if metres { Crs::utm_of(datum, zone) } else { Crs::WGS84 };
        let mut point = [coord! { x: lon, y: lat }];
        transform_from_lonlat(crs, None, &mut point).unwrap();
        let pair = if swapped { (point[0].y, point[0].x) } else { (point[0].x, point[0].y) };
        let found = disguises(&[pair], None);
        let truth = found.iter().filter(|candidate| {
            candidate.reading.crs() == crs && kilometres(candidate.first, coord! { x: lon, y: lat }) < 0.001
        });
        prop_assert_eq!(truth.count(), 1, "{:?}", ids(&found));
        for candidate in &found {
            prop_assert!(in_jurisdiction(candidate.first.x, candidate.first.y));
        }
        if metres {
            // the other datum of the zone, but where it falls over the edge of the outline
            let datums = |wanted| found.iter().filter(|c| matches!(c.reading, Reading::Utm { datum, .. } if datum == wanted)).count();
            prop_assert!(datums(Datum::Wgs84).abs_diff(datums(Datum::Psad56)) <= 1);
        }
    }

    #[test]
    fn an_angle_survives_being_written_in_degrees_minutes_and_seconds(lon in -81.5..-68.6_f64, lat in -18.4..-0.001_f64, style in 0..4_u8) {
        let parts = |value: f64| {
            let thousandths = (value.abs() * 3_600_000.0).round();
            let (degrees, rest) = ((thousandths / 3_600_000.0).floor(), thousandths % 3_600_000.0);
            (degrees, (rest / 60_000.0).floor(), (rest % 60_000.0) / 1000.0)
        };
        let ((a, b, c), (d, e, f)) = (parts(lon), parts(lat));
        let text = match style {
            0 => format!("{d}°{e}'{f}\"S {a}°{b}'{c}\"W"),
            1 => format!("O {a} {b} {c}; S {d} {e} {f}"),
            2 => format!("{a}º {b}′ {c}″ O, {d}º {e}′ {f}″ S"),
            _ => format!("Latitud: {d}°{e}'{}\" Sur Longitud: {a}°{b}'{}\" Oeste", f.to_string().replace('.', ","), c.to_string().replace('.', ",")),
        };
        let written = read_pair(&text).unwrap();
        prop_assert!((written.pair.0 - lon).abs() < 2e-7 && (written.pair.1 - lat).abs() < 2e-7, "{text}: {written:?}");
        prop_assert_eq!(ids(&declared_disguises(&[written.pair], &written.declared, None)).len(), usize::from(in_jurisdiction(lon, lat)));
    }

    #[test]
    fn numbers_survive_being_written((x, y) in (-1e7..1e7_f64, -1e7..1e7_f64)) {
        let written = read_pair(&format!("{x} {y}")).unwrap();
        prop_assert_eq!(written.pair, (x, y));
        let written = read_pair(&format!("{x};{y}")).unwrap();
        prop_assert_eq!(written.pair, (x, y));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}", coordish in "[-0-9.,;°'\"NSEWO UTMZONA178PSDG:/|]{0,40}") {
        let _ = read_pair(&text);
        let _ = read_pair(&coordish);
        let _ = crs::dms::parse(&text);
        let _ = crs::dms::parse(&coordish);
        let _ = crs::written::read_declaration(&coordish);
    }

    #[test]
    fn no_number_makes_it_panic(x: f64, y: f64) {
        let _ = disguises(&[(x, y), (y, x)], Some(Near { lon: x, lat: y, radius_km: 10.0 }));
        let _ = declared_disguises(&[(x, y)], &Declared::of(Crs::WEB_MERCATOR), None);
    }
}
