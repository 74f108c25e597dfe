use super::*;

fn layer(codes: &[&str], shores: &[&str]) -> (OfficialUnits, Vec<UnitFault>) {
    let rows: Vec<GivenUnit> = codes
        .iter()
        .map(|code| GivenUnit {
            code: Some((*code).to_owned()),
            ..GivenUnit::default()
        })
        .collect();
    OfficialUnits::read(&rows, shores)
}

fn named(units: &OfficialUnits, found: &[usize]) -> Vec<String> {
    found.iter().map(|at| units.units()[*at].code.clone()).collect()
}

#[test]
fn mixed_levels_flow_between_the_finest() {
    let (units, faults) = layer(
        &["01", "0161", "0162", "0163", "017", "0171", "0172", "0173", "018"],
        &[],
    );
    let at = |code: &str| units.find(code).unwrap();
    assert_eq!(named(&units, &units.next(at("018"))), ["0173"]);
    assert_eq!(named(&units, &units.upstream(at("0171"))), ["0172", "0173", "018"]);
    assert_eq!(
        named(&units, &units.upstream(at("017"))),
        ["018"],
        "its own parts are no upstream"
    );
    assert_eq!(
        named(&units, &units.downstream(at("018"))),
        ["0173", "0171"],
        "0172 is a tributary"
    );
    assert!(
        units.upstream(at("0163")).is_empty(),
        "016 is a tributary: nothing flows through it from 017"
    );
    assert_eq!(named(&units, &units.main_stem(at("017"))), ["0171", "0173"]);
    assert_eq!(units.parent(at("0172")), Some(at("017")));
    assert_eq!(
        named(&units, &units.children(at("01")).collect::<Vec<_>>()),
        ["0161", "0162", "0163", "017", "018"]
    );
    assert_eq!(units.locate("01725"), Some(at("0172")));
    assert_eq!(units.locate("4"), None);
    let gap = UnitFault::Gap {
        family: "01".into(),
        digits: vec![6, 7, 8],
        missing: vec![1, 2, 3, 4, 5],
    };
    let missing = |code: &str| UnitFault::Orphan {
        code: code.into(),
        missing: "016".into(),
    };
    assert_eq!(faults[..3], [missing("0161"), missing("0162"), missing("0163")]);
    assert!(faults.contains(&gap));
}

#[test]
fn a_family_without_a_digit_is_listed_and_a_headwater_after_few_tributaries_is_not() {
    let missing = |codes: &[&str]| -> Vec<Vec<u8>> {
        let faults = layer(codes, &[]).1.into_iter();
        faults
            .map(|fault| match fault {
                UnitFault::Gap { missing, .. } => missing,
                other => panic!("{other}"),
            })
            .collect()
    };
    assert_eq!(missing(&["41", "42", "44"]), [[3]]);
    assert_eq!(missing(&["41", "42", "43", "49"]), [[4]]);
    assert_eq!(missing(&["42", "43", "44"]), [[1]]);
    assert!(missing(&["41", "42", "49"]).is_empty() && missing(&["40", "41", "42", "43"]).is_empty());
}

#[test]
fn along_a_shore_nothing_flows_from_unit_to_unit() {
    let codes = [
        "131", "132", "1331", "1332", "1339", "134", "1371", "1372", "1379", "1381", "1382", "1383",
    ];
    let (river, _) = layer(&codes, &[]);
    assert_eq!(
        named(&river, &river.next(river.find("132").unwrap())),
        ["131"],
        "read as a river"
    );
    let (coast, faults) = layer(&codes, &["1"]);
    for code in ["131", "132", "1331", "1339", "134", "1372", "1381"] {
        assert!(
            coast.next(coast.find(code).unwrap()).is_empty(),
            "{code} ends in the sea"
        );
    }
    assert_eq!(
        named(&coast, &coast.upstream(coast.find("1381").unwrap())),
        ["1382", "1383"],
        "a river is one"
    );
    assert!(
        !faults
            .iter()
            .any(|fault| matches!(fault, UnitFault::UnusedShore { .. }))
    );
    let (lake, faults) = layer(
        &["0173", "0174", "0175", "0176", "0177", "0179", "018", "019"],
        &["0173", "0175", "0177", "0199"],
    );
    assert_eq!(
        named(&lake, &lake.downstream(lake.find("019").unwrap())),
        ["0179"],
        "through 0179 into the lake"
    );
    assert!(lake.next(lake.find("0176").unwrap()).is_empty());
    let unused = UnitFault::UnusedShore { shore: "0199".into() };
    assert!(faults.contains(&unused));
}

#[test]
fn rows_that_cannot_be_are_listed_with_their_codes() {
    let rows = [
        row(1, Some("0176"), &["0", "01", "018", ""]),
        row(2, None, &["0", "", "017"]),
        row(3, Some(" 0176 "), &[]),
        row(4, Some("17a"), &[]),
        row(5, Some("123456789"), &[]),
        row(6, Some("  "), &[""]),
    ];
    let (units, faults) = OfficialUnits::read(&rows, &[]);
    assert_eq!(
        units.units().iter().map(|unit| unit.code.as_str()).collect::<Vec<_>>(),
        ["017", "0176"]
    );
    assert_eq!((units.units()[1].name.as_str(), units.units()[1].place), ("Coata", 0));
    let expected = [
        UnitFault::LevelDisagrees {
            row: 1,
            level: 3,
            value: "018".into(),
            code: "0176".into(),
        },
        UnitFault::NotDigits {
            row: 4,
            code: "17a".into(),
        },
        UnitFault::NotDigits {
            row: 5,
            code: "123456789".into(),
        },
        UnitFault::NoCode { row: 6 },
        UnitFault::Duplicate {
            code: "0176".into(),
            rows: vec![1, 3],
        },
    ];
    assert_eq!(faults, expected);
    assert!(faults[4].sentence_es().contains("filas 1, 3;") && faults[1].sentence_es().starts_with("La fila 4 "));
}

#[test]
fn codes_that_a_spreadsheet_cut_are_no_units_of_another_region() {
    let with_level = |row, code: &str, levels: &[&str], level| GivenUnit {
        level: Some(level),
        ..self::row(row, Some(code), levels)
    };
    let rows = [
        // the code alone lost its zero, then the levels with it, then nothing but NIVEL tells
        row(1, Some("1761"), &["0", "01", "017", "0176", "01761"]),
        with_level(2, "1763", &["0", "1", "17", "176", "1763"], 5),
        with_level(3, "1765", &[], 5),
        // of region 1, and its level is wrong: nothing was lost
        with_level(4, "1374", &["1", "13", "137", "1374"], 5),
        row(5, Some("01767"), &["0", "01", "017", "0176", "01767"]),
    ];
    let (units, faults) = OfficialUnits::read(&rows, &[]);
    let codes: Vec<&str> = units.units().iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!(codes, ["01767", "1374"]);
    let lost = |row, code: &str| UnitFault::LostZeros {
        row,
        code: code.into(),
        meant: format!("0{code}"),
    };
    let other = UnitFault::OtherLength {
        row: 4,
        code: "1374".into(),
        level: 5,
    };
    assert_eq!(faults, [lost(1, "1761"), lost(2, "1763"), lost(3, "1765"), other]);
    let told: Vec<(Vec<u64>, String)> = faults.iter().map(|fault| (fault.rows(), fault.field())).collect();
    assert_eq!(told[1], (vec![2], "CODIGO".to_owned()));
    assert!(faults[0].sentence_es().contains("«01761»") && faults[0].names("1761"));
}

fn row(row: u64, code: Option<&str>, levels: &[&str]) -> GivenUnit {
    let said = |level: &&str| (!level.is_empty()).then(|| (*level).to_owned());
    GivenUnit {
        row,
        code: code.map(str::to_owned),
        levels: levels.iter().map(said).collect(),
        level: None,
        name: " Coata ".to_owned(),
    }
}
