//! Criteria, their value functions, and constraints.

use crate::model::{Constraint, Criterion, Test, ToGrid};
use crate::read::{Node, number, written};
use crate::{Bend, Fault, Slope, ValueFunction};
use toml::Value;

const TO_GRID: [(&str, ToGrid, bool); 6] = [
    ("nearest", ToGrid::Nearest, true),
    ("bilinear", ToGrid::Bilinear, true),
    ("mean", ToGrid::Mean, true),
    ("majority", ToGrid::Majority, true),
    ("centre", ToGrid::Centre, false),
    ("distance", ToGrid::Distance, false),
];

/// Codes above this are no longer exact in single precision.
const LAST_CODE: u32 = 1 << 24;

pub(crate) fn read_criterion(name: &str, node: Node<'_>) -> Option<Criterion> {
    node.only(&["source", "field", "to_grid", "unit", "value"]);
    let source = node.text("source");
    let unit = node.text("unit");
    let field = node.optional_text("field");
    let to_grid = node.one_of("to_grid", &TO_GRID.map(|(word, ..)| word));
    let (_, to_grid, raster) = TO_GRID[to_grid?];
    if raster && field.is_some() {
        node.refuse(
            "field",
            Fault::Kind("ningún campo: solo las capas vectoriales («centre», «distance») lo tienen"),
        );
    }
    if to_grid == ToGrid::Centre && field.is_none() {
        node.refuse("field", Fault::Missing);
    }
    let value = if node.has("value") {
        Some(node.within("value", read_value)?)
    } else {
        None
    };
    Some(Criterion {
        name: name.to_owned(),
        source: source?,
        field,
        to_grid,
        unit: unit?,
        value,
    })
}

fn read_value(node: Node<'_>) -> Option<ValueFunction> {
    let words = ["linear", "sigmoid", "j", "trapezoid", "table", "decay"];
    match node.one_of("function", &words)? {
        0 => read_curve(node, Bend::Linear),
        1 => read_curve(node, Bend::Sigmoid),
        2 => read_curve(node, Bend::J),
        3 => {
            node.only(&["function", "points"]);
            let points = growing(node, "points")?;
            both(node, Bend::Linear, points)
        }
        4 => read_table(node),
        _ => {
            node.only(&["function", "half", "reach"]);
            let half = node.number_within("half", 1e-6, 1e9);
            let reach = if node.has("reach") {
                Some(node.number_within("reach", 1e-6, 1e9)?)
            } else {
                None
            };
            Some(ValueFunction::Decay { half: half?, reach })
        }
    }
}

fn read_curve(node: Node<'_>, bend: Bend) -> Option<ValueFunction> {
    node.only(&["function", "points", "slope"]);
    let points = growing(node, "points");
    let slope = node.one_of("slope", &["rising", "falling", "both"])?;
    let points = points?;
    if slope == 2 {
        return both(node, bend, points);
    }
    let Ok(pair) = <[f64; 2]>::try_from(points.as_slice()) else {
        let found = points.len();
        node.refuse("points", Fault::Count { found, wanted: 2 });
        return None;
    };
    let slope = if slope == 0 {
        Slope::Rising(pair)
    } else {
        Slope::Falling(pair)
    };
    Some(ValueFunction::Curve { bend, slope })
}

fn both(node: Node<'_>, bend: Bend, points: Vec<f64>) -> Option<ValueFunction> {
    let found = points.len();
    let Ok(four) = <[f64; 4]>::try_from(points) else {
        node.refuse("points", Fault::Count { found, wanted: 4 });
        return None;
    };
    let slope = Slope::Both(four);
    Some(ValueFunction::Curve { bend, slope })
}

/// Numbers that grow from one to the next; the middle two of four may be equal.
fn growing(node: Node<'_>, name: &str) -> Option<Vec<f64>> {
    let numbers = node.numbers(name)?;
    let grows =
        |(place, pair): (usize, &[f64])| pair[0] < pair[1] || (numbers.len() == 4 && place == 1 && pair[0] <= pair[1]);
    if numbers.windows(2).enumerate().all(grows) {
        return Some(numbers);
    }
    node.refuse(name, Fault::Order);
    None
}

fn read_table(node: Node<'_>) -> Option<ValueFunction> {
    node.only(&["function", "values", "otherwise"]);
    let otherwise = match node.table.get("otherwise") {
        None => {
            node.refuse("otherwise", Fault::Missing);
            return None;
        }
        Some(Value::String(text)) if text == "sin dato" => None,
        Some(_) => Some(node.number_within("otherwise", 0.0, 1.0)?),
    };
    let values = node.within("values", |inner| {
        let read = inner.table.keys().map(|code| read_code(inner, code));
        let read: Vec<Option<(u32, f64)>> = read.collect();
        read.into_iter().collect::<Option<Vec<(u32, f64)>>>()
    });
    let mut values = values?;
    values.sort_by_key(|(code, _)| *code);
    if values.is_empty() {
        node.refuse("values", Fault::Count { found: 0, wanted: 1 });
        return None;
    }
    if values.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        node.refuse("values", Fault::Twice);
        return None;
    }
    Some(ValueFunction::Table { values, otherwise })
}

fn read_code(node: Node<'_>, code: &str) -> Option<(u32, f64)> {
    let value = node.number_within(code, 0.0, 1.0);
    let Some(number) = code.parse().ok().filter(|code| *code <= LAST_CODE) else {
        node.refuse(code, Fault::Kind("un código entero de 0 a 16 777 216"));
        return None;
    };
    Some((number, value?))
}

pub(crate) fn read_constraint(node: Node<'_>, criteria: &[String], zones: &[String]) -> Option<Constraint> {
    node.only(&["name", "criterion", "at_least", "at_most", "in", "zone", "reason"]);
    let name = node.text("name");
    let reason = node.text("reason");
    let criterion = node.place_in("criterion", criteria);
    let zone = node.place_in("zone", zones);
    let test = read_test(node);
    Some(Constraint {
        name: name?,
        criterion: criterion?,
        test: test?,
        zone: zone?,
        reason: reason?,
    })
}

fn read_test(node: Node<'_>) -> Option<Test> {
    let given: Vec<&str> = ["at_least", "at_most", "in"]
        .into_iter()
        .filter(|key| node.has(key))
        .collect();
    match given.as_slice() {
        ["at_least"] => Some(Test::AtLeast(node.number_within("at_least", -1e12, 1e12)?)),
        ["at_most"] => Some(Test::AtMost(node.number_within("at_most", -1e12, 1e12)?)),
        ["in"] => {
            let codes = node
                .table
                .get("in")
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let code = |value: &Value| value.as_integer().and_then(|code| u32::try_from(code).ok());
            let read: Option<Vec<u32>> = codes.iter().map(code).collect();
            let read = read.filter(|codes| !codes.is_empty() && codes.iter().all(|code| *code <= LAST_CODE));
            if read.is_none() {
                node.refuse("in", Fault::Kind("una lista de códigos enteros"));
            }
            read.map(Test::In)
        }
        _ => {
            let all = ["at_least", "at_most", "in"].map(str::to_owned).to_vec();
            node.faults.add(node.path, &given.join(", "), Fault::NotOneOf(all));
            None
        }
    }
}

/// A comparison: a positive number, or a fraction written as text.
pub(crate) fn fraction(value: &Value) -> Option<f64> {
    let positive = |number: &f64| *number > 0.0 && number.is_finite();
    if let Some((above, below)) = written(value).split_once('/') {
        let part = |text: &str| text.trim().parse::<f64>().ok().filter(positive);
        return Some(part(above)? / part(below)?);
    }
    match value {
        Value::String(text) => text.trim().parse().ok().filter(positive),
        other => number(other).filter(positive),
    }
}
