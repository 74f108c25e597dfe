//! Layers of official hydrographic units: their codes against their levels, their land against their codes.

use crate::making::{geojson, square_at};
use crate::support::{import, import_file, request, shared, shipped};
use ingest::{Imported, UnitsQuality};
use territory::{NewFeature, Value};

fn units(rows: &[(&str, &str)]) -> (Imported, Vec<NewFeature>) {
    let (_folder, path) = geojson(rows);
    import_file(&path, &shipped("ana-units")).unwrap_or_else(|failure| panic!("{}", failure.sentence_es()))
}

fn quality(imported: &Imported) -> &UnitsQuality {
    imported
        .quality
        .units
        .as_ref()
        .expect("a layer of units is judged as one")
}

fn told(imported: &Imported) -> Vec<(Vec<u64>, &str, &str)> {
    let items = quality(imported).codes.items.iter();
    items
        .map(|fault| (fault.rows.clone(), fault.field.as_str(), fault.finding.as_str()))
        .collect()
}

#[test]
fn the_coata_comes_in_with_its_levels_and_without_a_fault() {
    let Some(path) = shared("real/hydrography/coata_unidades_hidrograficas_n5.geojson") else {
        return;
    };
    let profile = shipped("ana-units");
    let (imported, features) = import(&request(path.to_str().unwrap(), &profile)).unwrap();
    let units = quality(&imported);
    assert_eq!((units.units, units.finest, units.zone), (9, 9, Some(19)));
    assert!(units.codes.is_empty() && units.land.is_empty(), "{units:?}");
    let upper = features
        .iter()
        .find(|new| new.feature.key == "01769")
        .expect("it is there");
    let attributes = &upper.feature.attributes;
    let said = ["code", "level_1", "level_4", "level_5", "name"].map(|field| attributes.text(field));
    assert_eq!(
        said,
        [
            Some("01769"),
            Some("0"),
            Some("0176"),
            Some("01769"),
            Some("Alto Coata")
        ]
    );
    assert_eq!(attributes.0.get("level"), Some(&Value::Integer(5)));
    assert!(!attributes.0.contains_key("level_6") && !attributes.0.contains_key("shore"));
    assert!(
        imported
            .quality
            .to_spanish()
            .contains("Unidades hidrográficas con código propio: 9"),
        "{}",
        imported.quality.to_spanish()
    );
}

#[test]
fn every_fault_of_the_codes_is_listed_with_its_rows_its_field_and_the_mend() {
    let square = |step: f64| square_at(-70.5 + step, -15.5);
    let rows = [
        (r#"{"CODIGO":"01761","NIVEL":"5","NIVEL4":"0176"}"#, square(0.0)),
        (r#"{"CODIGO":"1762","NIVEL":"5","NIVEL4":"176"}"#, square(0.1)),
        (r#"{"CODIGO":"01763","NIVEL":"5"}"#, square(0.2)),
        (r#"{"CODIGO":"01763","NIVEL":"5"}"#, square(0.3)),
        (r#"{"CODIGO":"0176A","NIVEL":"5"}"#, square(0.4)),
        (r#"{"CODIGO":"01764","NIVEL":"5","NIVEL5":"01765"}"#, square(0.5)),
        (r#"{"CODIGO":"017660","NIVEL":"5"}"#, square(0.6)),
        (r#"{"CODIGO":null}"#, square(0.7)),
        (r#"{"CODIGO":null,"NIVEL3":"017","NIVEL4":"0178"}"#, square(0.8)),
    ];
    let rows: Vec<(&str, &str)> = rows.iter().map(|(fields, land)| (*fields, land.as_str())).collect();
    let (imported, features) = units(&rows);
    assert_eq!(imported.counts.kept, 9, "a fault of a code rejects no row");
    let found = told(&imported);
    for (rows, field, words) in [
        (vec![2], "CODIGO", "«01762»"),
        (vec![3, 4], "CODIGO", "01763"),
        (vec![5], "CODIGO", "«0176A»"),
        (vec![6], "NIVEL5", "«01765»"),
        (vec![7], "CODIGO", "NIVEL 5"),
        (vec![8], "CODIGO", "complete CODIGO"),
        (vec![], "CODIGO", "no constan 2"),
    ] {
        let one = found
            .iter()
            .find(|(of, at, text)| *of == rows && *at == field && text.contains(words));
        assert!(one.is_some(), "{rows:?} {field} {words}\n{found:#?}");
    }
    assert_eq!(quality(&imported).units, 5, "01761, 01763, 01764, 017660 and 0178");
    let last = &features[8].feature;
    assert_eq!(
        (last.key.as_str(), last.attributes.text("code")),
        ("0178", Some("0178"))
    );
    let spanish = imported.quality.to_spanish();
    assert!(
        spanish.contains("CODIGO: La fila 2 tiene el código «1762»"),
        "{spanish}"
    );
}

#[test]
fn a_code_that_came_as_a_number_is_told_once() {
    let rows: Vec<(String, String)> = [1761, 1763]
        .iter()
        .map(|code| {
            (
                format!(r#"{{"CODIGO":{code}}}"#),
                square_at(-70.5 + f64::from(*code) / 10_000.0, -15.5),
            )
        })
        .collect();
    let rows: Vec<(&str, &str)> = rows
        .iter()
        .map(|(fields, land)| (fields.as_str(), land.as_str()))
        .collect();
    let (imported, _) = units(&rows);
    let numbers: Vec<_> = told(&imported)
        .into_iter()
        .filter(|(.., text)| text.contains("vino como número"))
        .collect();
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    assert_eq!(numbers[0].0, [1, 2]);
}

#[test]
fn units_that_overlap_or_lie_apart_are_listed_with_codes_and_hectares() {
    // the first two share half of themselves; the third lies a degree away from the unit into which its code flows
    let lands = [
        square_at(-70.5, -15.5),
        square_at(-70.495, -15.5),
        square_at(-69.5, -15.5),
    ];
    let rows: Vec<(String, &str)> = [411, 412, 413]
        .iter()
        .zip(&lands)
        .map(|(code, land)| (format!(r#"{{"CODIGO":"{code}"}}"#), land.as_str()))
        .collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(fields, land)| (fields.as_str(), *land)).collect();
    let (imported, _) = units(&rows);
    let land = &quality(&imported).land.items;
    let codes: Vec<Vec<&str>> = land
        .iter()
        .map(|fault| fault.codes.iter().map(String::as_str).collect())
        .collect();
    assert_eq!(codes, [["411", "412"], ["413", "411"]], "{land:#?}");
    // 0.005° of longitude by 0.01° of latitude at 15.5° S: 536.6 m by 1106.6 m on the ellipsoid, less 0.08 % by the scale of the zone
    let shared = land[0].hectares.expect("an overlap has hectares");
    assert!((shared - 59.36).abs() < 0.1, "{shared}");
    assert!(land[0].finding.contains("se superponen") && land[1].finding.contains("desemboca en 411"));
}

#[test]
fn interbasins_along_a_shore_that_the_profile_names_are_marked() {
    let rows: Vec<(String, String)> = ["131", "1331", "134", "1372"]
        .iter()
        .zip([0.0, 0.1, 0.2, 0.3])
        .map(|(code, step)| (format!(r#"{{"CODIGO":"{code}"}}"#), square_at(-78.5 + step, -8.5)))
        .collect();
    let rows: Vec<(&str, &str)> = rows
        .iter()
        .map(|(fields, land)| (fields.as_str(), land.as_str()))
        .collect();
    let (_, features) = units(&rows);
    let along: Vec<&str> = features
        .iter()
        .filter(|new| new.feature.attributes.0.get("shore") == Some(&Value::Bool(true)))
        .map(|new| new.feature.key.as_str())
        .collect();
    assert_eq!(along, ["131", "1331"], "a code with an even digit is of a river");
}
