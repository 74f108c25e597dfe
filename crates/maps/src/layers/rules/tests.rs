use super::*;

const REPORT: &str = include_str!("../../../../../config/symbology/report.toml");
const LAYERS: &str = include_str!("../../../../../config/symbology/layers.toml");

fn styles() -> LayerStyles {
    LayerStyles::parse(LAYERS, &Symbology::parse(REPORT).unwrap()).unwrap()
}

fn drawn(kind: LayerKind, fields: &[(&str, Value)], denominator: f64) -> Vec<String> {
    let mut attributes = Attributes::default();
    for (name, value) in fields {
        attributes.set(name, value.clone());
    }
    let styles = styles();
    let look = styles.look(kind);
    let rule = &look.rules[look.rule_of(&attributes).unwrap()];
    rule.steps_at(denominator).map(|step| step.name.clone()).collect()
}

#[test]
fn a_finder_says_of_many_features_what_the_look_says_of_each() {
    let styles = styles();
    for kind in LayerKind::ALL {
        let look = styles.look(*kind);
        let mut all: Vec<Attributes> = Vec::new();
        for (at, field) in (0..90).zip(["state_group", "category", "type", "name", "group"].iter().cycle()) {
            let words = ["titulado", "Tramite", "a", "río Grande", "Río Seco", "x", " "];
            let mut attributes = Attributes::default();
            attributes.set(
                field,
                Value::Text(format!("{}{}", words[at % 7], ["", "", " 2"][at % 3])),
            );
            all.push(attributes);
        }
        let mut finder = look.finder();
        for attributes in all.iter().chain(&all) {
            assert_eq!(
                finder.rule_of(attributes),
                look.rule_of(attributes),
                "{kind} {attributes:?}"
            );
        }
    }
}

#[test]
fn values_and_scales_choose_the_style() {
    let group = |group: &str| [("state_group", Value::Text(group.to_owned()))];
    let right = |value: &str, scale| drawn(LayerKind::Concessions, &group(value), scale);
    assert_eq!(right("titulado", 50_000.0), ["right-titulado"]);
    assert_eq!(right("Titulado", 300_000.0), ["right-titulado-far"]);
    assert_eq!(right("tramite", 299_999.0), ["right-tramite"]);
    assert_eq!(right("no hay tal", 1.0), ["right-otros"]);
    assert_eq!(
        drawn(LayerKind::Concessions, &[], 1.0),
        ["right-otros"],
        "a state that nobody said"
    );
    let river = |value: Value, name: &str| {
        drawn(
            LayerKind::Rivers,
            &[("category", value), ("name", Value::Text(name.to_owned()))],
            10_000.0,
        )
    };
    assert_eq!(river(Value::Integer(4), "Quebrada Honda"), ["river"]);
    assert_eq!(
        river(Value::Text("2".to_owned()), "Río Chico"),
        ["stream-line"],
        "its order decides before its name"
    );
    assert_eq!(river(Value::Null, "Río Chico"), ["river"]);
    assert!(
        drawn(LayerKind::Rivers, &[], 600_000.0).is_empty(),
        "streams end at 1:500 000"
    );
}

#[test]
fn every_layer_has_a_rule_for_features_that_say_nothing() {
    let styles = styles();
    for kind in LayerKind::ALL {
        assert!(styles.look(*kind).rule_of(&Attributes::default()).is_some(), "{kind}");
    }
}

#[test]
fn a_wrong_setting_is_named() {
    let shared = Symbology::parse(REPORT).unwrap();
    for (from, to, named) in [
        ("style = \"spring-point\"", "style = \"sprong\"", "sprong"),
        ("label = \"spring\"", "label = \"sprong\"", "sprong"),
        ("[layers.other]", "[layers.others]", "others"),
        ("field = \"state_group\"", "fields = \"state_group\"", "fields"),
        ("width = 0.26", "width = 0.0", "stream-line"),
    ] {
        let wrong = LAYERS.replacen(from, to, 1);
        let error = LayerStyles::parse(&wrong, &shared).unwrap_err().to_string();
        assert!(error.contains(named), "{error}");
    }
}
