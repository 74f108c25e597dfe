//! A model file becomes a model, or the list of all its faults.

use crate::model::{Agreement, Category, Criterion, Model, Scenario, Submodel, Zone};
use crate::parse_criteria::{read_constraint, read_criterion};
use crate::parse_rules::read_rules;
use crate::parse_submodels::{read_direct, read_submodels};
use crate::read::{Node, read_file};
use crate::{Combine, Fault, Member, ModelError};

const KEYS: [&str; 14] = [
    "name",
    "title",
    "epsg",
    "cell",
    "scale",
    "minimum_unit_ha",
    "smoothing",
    "agreed",
    "criteria",
    "submodels",
    "zones",
    "constraints",
    "rules",
    "scenarios",
];

/// Outcomes that fit a byte beside *sin dato* and outside.
const MOST_OUTCOMES: usize = 250;

/// Reads a model. `file` is only named in faults.
///
/// # Errors
/// All faults of the file that can be told apart, in the order in which they were found.
pub fn read_model(file: &str, text: &str) -> Result<Model, Vec<ModelError>> {
    read_file(file, text, whole)
}

fn whole(root: Node<'_>) -> Option<Model> {
    root.only(&KEYS);
    let name = root.text("name");
    let title = root.text("title");
    let epsg = root.whole_within("epsg", 1024, 99_999);
    let cell = root.number_within("cell", 0.1, 100_000.0);
    let scale = root.whole_within("scale", 500, 5_000_000);
    let minimum_unit = root.number_within("minimum_unit_ha", 0.0, 100_000.0);
    root.one_of("smoothing", &["none"]);
    let agreement = root.within("agreed", read_agreement);
    let criteria = root.each("criteria", read_criterion);
    let zones = root.each("zones", read_zone);
    let criteria = criteria?;
    let names: Vec<String> = criteria.iter().map(|criterion| criterion.name.clone()).collect();
    let submodels = read_submodels(root, &criteria);
    let zones = zones?;
    let codes: Vec<String> = zones.iter().map(|zone| zone.code.clone()).collect();
    let constraints = root.list("constraints", |node| read_constraint(node, &names, &codes));
    let submodels = submodels?;
    let (factors, rules) = read_rules(root, &submodels, &codes)?;
    let scenarios = read_scenarios(root, &submodels, &names);
    let model = Model {
        name: name?,
        title: title?,
        epsg: epsg?,
        cell: cell?,
        scale: scale?,
        minimum_unit: minimum_unit?,
        agreement: agreement?,
        criteria,
        submodels,
        zones,
        constraints: constraints?,
        factors,
        rules,
        scenarios: scenarios?,
    };
    find_unused(root, &model);
    Some(model)
}

fn read_agreement(node: Node<'_>) -> Option<Agreement> {
    node.only(&["by", "on"]);
    let by = node.text("by");
    let on = node.text("on")?;
    if is_day(&on) {
        return Some(Agreement { by: by?, on });
    }
    node.refuse("on", Fault::Kind("una fecha AAAA-MM-DD"));
    None
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let within = |text: &str, digits: usize, range: std::ops::RangeInclusive<u32>| {
        text.len() == digits && text.parse().is_ok_and(|number| range.contains(&number))
    };
    let Some(month_number) = month.parse::<usize>().ok().filter(|month| (1..=12).contains(month)) else {
        return false;
    };
    let leap = |year: u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let february = if year.parse().is_ok_and(leap) { 29 } else { 28 };
    let last = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month_number - 1];
    within(year, 4, 1900..=2999) && within(month, 2, 1..=12) && within(day, 2, 1..=last)
}

fn read_zone(code: &str, node: Node<'_>) -> Option<Zone> {
    node.only(&["title", "category"]);
    let title = node.text("title");
    let letters = Category::ALL.map(Category::letter);
    let category = node.one_of("category", &letters)?;
    Some(Zone {
        code: code.to_owned(),
        title: title?,
        category: Category::ALL[category],
    })
}

fn read_scenarios(root: Node<'_>, submodels: &[Submodel], criteria: &[String]) -> Option<Vec<Scenario>> {
    if !root.has("scenarios") {
        return Some(Vec::new());
    }
    let names: Vec<String> = submodels.iter().map(|submodel| submodel.name.clone()).collect();
    root.each("scenarios", |name, node| {
        let weights = node.table.keys().map(|key| {
            let Some(place) = names.iter().position(|name| name == key) else {
                node.refuse(key, Fault::NotOneOf(names.clone()));
                return None;
            };
            if !matches!(submodels[place].combine, Combine::Linear(_)) {
                node.refuse(key, Fault::Kind("un submodelo de combinación linear"));
                return None;
            }
            let members = submodels[place].members.iter().map(|member| match member {
                Member::Criterion(place) => criteria[*place].clone(),
                Member::Submodel(place) => names[*place].clone(),
            });
            let members: Vec<String> = members.collect();
            node.within(key, |inner| read_direct(inner, &members, &[]))
                .map(|weights| (place, weights))
        });
        let weights: Vec<Option<(usize, Vec<f64>)>> = weights.collect();
        let weights: Option<Vec<(usize, Vec<f64>)>> = weights.into_iter().collect();
        Some(Scenario {
            name: name.to_owned(),
            weights: weights?,
        })
    })
}

/// Criteria, submodels and zones that nothing uses are misspellings or leftovers; too many outcomes do not fit.
fn find_unused(root: Node<'_>, model: &Model) {
    let uses = |member: Member| {
        model
            .submodels
            .iter()
            .any(|submodel| submodel.members.contains(&member))
    };
    let unused = |key: String| root.faults.add(&key, "—", Fault::Unused);
    for (place, Criterion { name, .. }) in model.criteria.iter().enumerate() {
        let constrains = model.constraints.iter().any(|constraint| constraint.criterion == place);
        if !constrains && !uses(Member::Criterion(place)) {
            unused(format!("criteria.{name}"));
        }
    }
    for (place, Submodel { name, .. }) in model.submodels.iter().enumerate() {
        if !model.factors.contains(&place) && !uses(Member::Submodel(place)) {
            unused(format!("submodels.{name}"));
        }
    }
    for (place, Zone { code, .. }) in model.zones.iter().enumerate() {
        let decided = model.rules.iter().any(|rule| rule.zone == place);
        let constrained = model.constraints.iter().any(|constraint| constraint.zone == place);
        if !decided && !constrained {
            unused(format!("zones.{code}"));
        }
    }
    let found = model.constraints.len() + model.rules.len();
    if found > MOST_OUTCOMES {
        let most = MOST_OUTCOMES;
        root.faults.add("rules", "—", Fault::TooMany { found, most });
    }
    let cells = model.minimum_unit * 10_000.0 / (model.cell * model.cell);
    if cells > f64::from(u32::MAX / 2) {
        root.refuse(
            "minimum_unit_ha",
            Fault::Range(0.0, model.cell * model.cell * 100_000.0),
        );
    }
}
