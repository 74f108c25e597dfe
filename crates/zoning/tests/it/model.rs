use crate::MODEL;
use zoning::{Category, Combine, Fault, Member, ModelError, Origin, read_model};

fn faults(from: &str, to: &str) -> Vec<ModelError> {
    assert!(MODEL.contains(from), "{from}");
    read_model("prueba.toml", &MODEL.replacen(from, to, 1)).expect_err("a faulty model")
}

fn only(from: &str, to: &str) -> (String, String, Fault) {
    let found = faults(from, to);
    assert_eq!(found.len(), 1, "{found:#?}");
    let ModelError { key, value, fault, .. } = found[0].clone();
    (key, value, fault)
}

#[test]
fn a_sound_model_is_read_with_members_before_what_is_made_of_them() {
    let model = read_model("prueba.toml", MODEL).unwrap();
    let names: Vec<&str> = model.submodels.iter().map(|submodel| submodel.name.as_str()).collect();
    assert_eq!(names, ["accesible", "fragil", "productivo"]);
    let productive = &model.submodels[2];
    assert_eq!(
        productive.members,
        [Member::Criterion(0), Member::Criterion(3), Member::Submodel(0)]
    );
    let Combine::Linear(weights) = &productive.combine else {
        panic!("linear")
    };
    // the matrix has the order of the file: soil, altitude, access
    assert!(weights[1] > weights[0] && weights[0] > weights[2]);
    assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    let Origin::Pairs { ratio, accepted: None } = &productive.origin else {
        panic!("pairs")
    };
    assert!(*ratio < 0.01);
    assert_eq!(model.minimum_cells(), 5);
    assert_eq!(model.zones[0].category, Category::Protection);
    assert_eq!(model.factors, [1, 2]);
    let other = model.with_scenario("suelo-primero").unwrap();
    assert_eq!(other.submodels[2].combine, Combine::Linear(vec![0.1, 0.8, 0.1]));
    assert_eq!(model.with_scenario("ninguno"), None);
}

#[test]
fn all_faults_are_told_at_once_with_file_key_value_and_mend() {
    let text = MODEL
        .replace("scale = 100000", "scale = -4\nescala = 3")
        .replace("points = [8, 45]", "points = [45, 8]")
        .replace("gamma = 0.7", "gamma = 1.7")
        .replace("category = \"d\"", "category = \"z\"");
    let found = read_model("prueba.toml", &text).unwrap_err();
    let keys: Vec<&str> = found.iter().map(|error| error.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "escala",
            "scale",
            "criteria.pendiente.value.points",
            "zones.D1.category"
        ],
        "{found:#?}"
    );
    let sentence = found[2].sentence_es();
    assert!(sentence.contains("prueba.toml") && sentence.contains("criteria.pendiente.value.points"));
    assert!(
        sentence.contains("[45, 8]") && sentence.contains("ordénelos"),
        "{sentence}"
    );
}

#[test]
fn contradicting_comparisons_need_a_reason() {
    let circle = "[[1, 9, \"1/9\"], [\"1/9\", 1, 9], [9, \"1/9\", 1]]";
    let (key, _, fault) = only("[[1, 3, 5], [\"1/3\", 1, 2], [\"1/5\", \"1/2\", 1]]", circle);
    assert_eq!(key, "submodels.productivo.weights.matrix");
    assert!(matches!(fault, Fault::Inconsistent(ratio) if ratio > 0.1));
    let with_reason = format!("{circle}, accept_inconsistency = \"acta 12 de la Comisión\"");
    let text = MODEL.replace("[[1, 3, 5], [\"1/3\", 1, 2], [\"1/5\", \"1/2\", 1]]", &with_reason);
    let model = read_model("prueba.toml", &text).unwrap();
    assert!(matches!(
        &model.submodels[2].origin,
        Origin::Pairs { accepted: Some(_), .. }
    ));
}

#[test]
fn a_rounded_inverse_is_no_inverse() {
    let (key, value, fault) = only("\"1/3\"", "0.33");
    assert_eq!(
        (key.as_str(), value.as_str()),
        ("submodels.productivo.weights.matrix[1][2]", "3")
    );
    assert_eq!(fault, Fault::NotReciprocal { row: 1, column: 2 });
}

#[test]
fn weights_that_do_not_sum_are_refused() {
    let (key, value, fault) = only("suelo = 0.8", "suelo = 0.7");
    assert_eq!(
        (key.as_str(), value.as_str()),
        ("scenarios.suelo-primero.productivo", "0.1, 0.7, 0.1")
    );
    assert!(matches!(fault, Fault::Sum(sum) if (sum - 0.9).abs() < 1e-12));
}

#[test]
fn combinations_without_a_rule_are_listed_all() {
    let found = faults("when = {}", "when = { productivo = \"medio\", fragil = \"no\" }");
    let Fault::Uncovered(combinations) = &found[0].fault else {
        panic!("{found:#?}")
    };
    assert_eq!(combinations, &["fragil=no + productivo=bajo"]);
    assert!(found[0].sentence_es().contains("fragil=no + productivo=bajo"));
    // «medio + no» is taken by the first rule, so that the changed one is of no use either
    assert_eq!((found.len(), &found[1].fault), (2, &Fault::Unreachable));
}

#[test]
fn a_rule_that_others_forestall_is_refused() {
    let (key, value, fault) = only(
        "when = { productivo = \"alto\", fragil = \"sí\" }",
        "when = { productivo = \"alto\", fragil = \"no\" }",
    );
    assert_eq!(
        (key.as_str(), value.as_str(), fault),
        ("rules[2]", "buena tierra frágil", Fault::Unreachable)
    );
}

#[test]
fn a_submodel_is_not_made_of_itself() {
    let (key, _, fault) = only(
        "members = [\"via\", \"pendiente\"]",
        "members = [\"via\", \"pendiente\", \"productivo\"]",
    );
    assert_eq!(key, "submodels");
    assert_eq!(
        fault,
        Fault::Cycle(vec!["accesible".into(), "productivo".into(), "accesible".into()])
    );
}

#[test]
fn strangers_and_leftovers_are_refused() {
    let (_, value, fault) = only(
        "members = [\"pendiente\", \"altitud\"]",
        "members = [\"pendiente\", \"altura\"]",
    );
    assert_eq!(value, "altura");
    assert!(matches!(fault, Fault::NotOneOf(names) if names.contains(&"altitud".to_owned())));
    let (key, _, fault) = only("members = [\"via\", \"pendiente\"]", "members = [\"pendiente\"]");
    assert_eq!((key.as_str(), fault), ("criteria.via", Fault::Unused));
    let (_, value, fault) = only("fragil = \"no\" }", "fragil = \"nunca\" }");
    assert_eq!(value, "nunca");
    assert!(matches!(fault, Fault::NotOneOf(_)));
    let (_, _, fault) = only("on = \"2026-03-02\"", "on = \"2026-02-30\"");
    assert!(matches!(fault, Fault::Kind(_)));
    let (key, _, fault) = only(", otherwise = \"sin dato\"", "");
    assert_eq!(
        (key.as_str(), fault),
        ("criteria.suelo.value.otherwise", Fault::Missing)
    );
}

#[test]
fn what_is_no_toml_is_said() {
    let found = read_model("x.toml", "name = ").unwrap_err();
    assert!(matches!(found[0].fault, Fault::Syntax(_)));
    assert!(found[0].sentence_es().contains("x.toml"));
}
