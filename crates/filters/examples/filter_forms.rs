//! Filters as this crate writes them, for other readers of CQL2: takes the file of vectors (`[{"filter": …}]`), gives a line of JSON
//! for each, with the text as given and both forms as written.
#![expect(clippy::print_stdout, reason = "its output is the lines")]

use filters::{Filter, FilterError, Limits};
use serde_json::{Value, json};
use std::error::Error;

/// What the vectors do not have.
const FURTHER: [&str; 14] = [
    "S_INTERSECTS(geom, BBOX(-78.6,-7.3,-78.4,-7.1))",
    "S_WITHIN(geom, GEOMETRYCOLLECTION(POINT(-78 -7),LINESTRING(-78 -7,-77.5 -6.5)))",
    "S_TOUCHES(geom, MULTIPOLYGON(((-78 -7,-77 -7,-77 -6,-78 -7)),((-70 -7,-69 -7,-69 -6,-70 -7),(-69.5 -6.9,-69.2 -6.9,-69.2 -6.7,-69.5 -6.9))))",
    "T_DURING(INTERVAL(begins,ends), INTERVAL('2020-01-01','..'))",
    "T_INTERSECTS(filed, INTERVAL('2020-01-01T00:00:00Z','2020-12-31T23:59:59.5Z'))",
    "T_BEFORE(filed, TIMESTAMP('2020-01-01T00:00:00Z'))",
    "A_CONTAINS(kinds, ('a','b')) OR A_OVERLAPS(kinds, ('c','d'))",
    "NOT (a = 1 AND b <> 2.5) AND (c IS NULL OR d IS NOT NULL)",
    "a NOT IN (1, 2, 3) AND b NOT BETWEEN -1 AND 1.5 AND c NOT LIKE 'x_%'",
    "2 * (a + b) ^ 2 - c DIV 3 % 2 > -1",
    "area(geom) > 100 AND CASEI(ACCENTI(name)) = CASEI(ACCENTI('ÑAHUI ''x'''))",
    "\"with space\" = 'línea' AND \"and\" = TRUE",
    "DATE('2020-02-29') < day",
    "a IN ('x') AND flag = TRUE",
];

fn line(given: &str) -> Result<String, FilterError> {
    let filter = Filter::from_text(given, &Limits::default())?;
    Ok(json!({ "given": given, "text": filter.to_text(), "json": filter.to_json() }).to_string())
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("modo de uso: filter_forms VECTORES.json")?;
    let vectors: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let given = vectors.iter().filter_map(|vector| vector["filter"].as_str());
    for given in given.chain(FURTHER) {
        println!(
            "{}",
            line(given).map_err(|error| format!("{given}: {}", error.sentence_es()))?
        );
    }
    Ok(())
}
