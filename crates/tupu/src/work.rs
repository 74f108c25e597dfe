//! `tupu work`: one job, described by a JSON document on standard input, in a process of its own that may be killed at any time.
//!
//! Each line of standard output is an object: `{"progress": 37, "phase": "…"}` while it works, at last `{"done": …}` with what the job
//! answers or `{"failed": "…"}` with the sentence. What a killed one leaves in its output folder, the next one there clears.

use crate::exit::refuse;
use crate::watershed::{DeriveArgs, Progress, derive, say_line};
use anyhow::Context;
use clap::Parser;
use serde_json::{Map, Value, json};
use std::io::Read;

/// The longest description of a job: some files and figures.
const LONGEST: u64 = 1 << 20;

/// The arguments of the one kind of job, as its command has them.
#[derive(Parser)]
#[command(no_binary_name = true)]
struct Derivation {
    #[command(flatten)]
    args: DeriveArgs,
}

/// Runs the job and says how it ends, also to whoever reads the lines.
pub fn run() -> anyhow::Result<()> {
    match work() {
        Ok(answer) => {
            say_line(&json!({ "done": answer }));
            Ok(())
        }
        Err(error) => {
            say_line(&json!({ "failed": crate::exit::sentence(&error) }));
            Err(error)
        }
    }
}

fn work() -> anyhow::Result<Value> {
    let mut text = String::new();
    std::io::stdin()
        .take(LONGEST)
        .read_to_string(&mut text)
        .context("no se pudo leer la entrada estándar")?;
    let job: Map<String, Value> = match serde_json::from_str(&text) {
        Ok(job) => job,
        Err(error) => return refuse(format!("La descripción del trabajo no es un objeto JSON: {error}.")),
    };
    let args = match Derivation::try_parse_from(words(&job)?) {
        Ok(derivation) => derivation.args,
        Err(error) => {
            return refuse(format!(
                "La descripción del trabajo no vale: {}",
                error.to_string().trim()
            ));
        }
    };
    let (summary, _) = derive(&args, &mut Progress::lines())?;
    Ok(summary)
}

/// The members that are options of the command.
const OPTIONS: [&str; 10] = [
    "out",
    "crs",
    "threshold",
    "breach_depth",
    "breach_cells",
    "prefix",
    "outlet",
    "digits",
    "size",
    "memory",
];

/// The job as the words of a command line, so that both are read and refused alike.
fn words(job: &Map<String, Value>) -> anyhow::Result<Vec<String>> {
    let (mut options, mut files) = (Vec::new(), None);
    for (name, value) in job {
        match (name.as_str(), value) {
            ("job", Value::String(kind)) if kind == "derive-watershed" => {}
            ("breach", Value::Bool(asked)) => options.extend(asked.then(|| "--breach".to_owned())),
            ("dem", Value::Array(named)) => {
                files = named
                    .iter()
                    .map(|file| file.as_str().map(str::to_owned))
                    .collect::<Option<Vec<_>>>();
            }
            (name, value) if OPTIONS.contains(&name) => {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                options.push(format!("--{}={value}", name.replace('_', "-")));
            }
            _ => {
                return refuse(format!(
                    "La descripción del trabajo tiene «{name}»: {value}, que no se entiende. Sus miembros son job \
                     («derive-watershed»), dem (lista de archivos), breach (true o false) y {}.",
                    OPTIONS.join(", ")
                ));
            }
        }
    }
    if !job.contains_key("job") {
        return refuse("La descripción del trabajo no dice qué trabajo es: falta «job».");
    }
    let Some(files) = files.filter(|files| !files.is_empty()) else {
        return refuse("La descripción del trabajo no nombra ningún archivo: «dem» es una lista de ellos.");
    };
    options.push("--".to_owned());
    options.extend(files);
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(job: Value) -> Result<Vec<String>, String> {
        let Value::Object(job) = job else { panic!("an object") };
        words(&job).map_err(|error| error.to_string())
    }

    #[test]
    fn a_job_is_the_words_of_its_command() {
        let job = json!({
            "job": "derive-watershed", "dem": ["-a.tif", "b.tif"], "out": "salida", "breach": true, "breach_cells": 9, "size": "5km2",
        });
        let words = of(job).unwrap();
        assert_eq!(
            words,
            [
                "--breach",
                "--breach-cells=9",
                "--out=salida",
                "--size=5km2",
                "--",
                "-a.tif",
                "b.tif"
            ]
        );
        assert!(Derivation::try_parse_from(words).is_ok());
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let refused = |job| of(job).unwrap_err();
        assert!(refused(json!({ "job": "otro", "dem": ["a.tif"] })).contains("«job»"));
        assert!(refused(json!({ "job": "derive-watershed", "dem": ["a.tif"], "json": true })).contains("«json»"));
        assert!(refused(json!({ "job": "derive-watershed", "dem": [] })).contains("«dem»"));
        assert!(refused(json!({ "job": "derive-watershed", "dem": [7] })).contains("«dem»"));
        assert!(refused(json!({ "dem": ["a.tif"] })).contains("falta «job»"));
    }
}
