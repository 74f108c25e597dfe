//! OGC API Processes: the check as a process, at once and as a job.

use crate::{
    client::{Reply, browse, post, send},
    stage::{Stage, until},
};
use serde_json::{Value, json};
use std::{
    thread,
    time::{Duration, Instant},
};

const EXECUTION: &str = "/processes/check/execution";
const SQUARE: &str = "-79,-7; -78.98,-7; -78.98,-6.98; -79,-6.98";
const LONG: Duration = Duration::from_mins(1);

fn execute(stage: &Stage, body: &Value) -> Reply {
    post(stage.addr, EXECUTION, "application/json", body.to_string())
}

fn leave(stage: &Stage, body: &Value) -> Reply {
    let headers = [("Content-Type", "application/json"), ("Prefer", "respond-async")];
    send(stage.addr, "POST", EXECUTION, &headers, body.to_string().as_bytes())
}

fn feature(key: &str) -> Value {
    json!({ "inputs": { "feature": { "layer": "communities", "id": key } } })
}

/// The path of the address in `Location`.
fn path_of(stage: &Stage, reply: &Reply) -> String {
    assert_eq!(reply.status, 201, "{}", reply.text());
    let location = reply.header("location").unwrap();
    let base = format!("http://{}", stage.addr);
    location.strip_prefix(&base).unwrap_or(location).to_owned()
}

fn ended(stage: &Stage, job: &str) -> Value {
    let began = Instant::now();
    loop {
        let status = stage.get(job).json();
        if !matches!(status["status"].as_str().unwrap(), "accepted" | "running") {
            return status;
        }
        assert!(began.elapsed() < LONG, "{status}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A refusal to which the standard gives the name.
fn refusal(reply: &Reply, name: &str) -> Value {
    let document = reply.json();
    assert_eq!(reply.status, 404, "{document}");
    assert_eq!(
        document["type"],
        format!("http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/{name}")
    );
    assert_eq!(document["status"], 404);
    let page = document["about"].as_str().unwrap();
    assert!(page.starts_with("/problems/"));
    document
}

#[test]
fn the_list_of_processes_leads_to_what_each_takes_and_gives() {
    let stage = Stage::usual();
    let list = stage.get("/processes").json();
    let process = &list["processes"][0];
    assert_eq!(
        process["jobControlOptions"],
        json!(["sync-execute", "async-execute", "dismiss"])
    );
    let links = process["links"].as_array().unwrap();
    let link = links.iter().find(|link| link["rel"] == "self").unwrap();
    let href = link["href"].as_str().unwrap();
    let path = href.find("/processes").map(|at| &href[at..]).unwrap();
    let whole = stage.get(path).json();
    assert_eq!(whole["id"], "check");
    assert_eq!(whole["inputs"]["zone"]["schema"]["enum"], json!([17, 18, 19]));
    let forms = whole["inputs"]["form"]["schema"]["enum"].as_array().unwrap();
    assert_eq!(
        forms.len(),
        whole["outputs"]["report"]["schema"]["oneOf"].as_array().unwrap().len()
    );
    let there = stage.get("/processes/watershed");
    assert_eq!(refusal(&there, "no-such-process")["available"], json!(["check"]));
    let executed = post(stage.addr, "/processes/watershed/execution", "application/json", "{}");
    refusal(&executed, "no-such-process");
    stage.get("/processes?limit=0").problem(400, "invalid-parameter");
    stage.get(EXECUTION).problem(405, "method-not-allowed");
}

#[test]
fn the_process_gives_the_very_report_that_the_address_of_the_check_gives() {
    let stage = Stage::usual();
    let known = stage
        .get("/collections/communities/items/c-1/check?zone=18&slivers=keep")
        .json();
    let mut body = feature("c-1");
    body["inputs"]["zone"] = 18.into();
    body["inputs"]["slivers"] = "keep".into();
    let executed = execute(&stage, &body);
    assert_eq!(executed.status, 200, "{}", executed.text());
    assert_eq!(executed.json()["id"], known["id"]);

    let polygon = json!({
        "type": "Polygon",
        "coordinates": [[[-79.0, -7.0], [-78.98, -7.0], [-78.98, -6.983_333_333_333_333], [-79.0, -6.98], [-79.0, -7.0]]],
    });
    let sent = post(
        stage.addr,
        "/checks?name=Mi+tierra",
        "application/geo+json",
        polygon.to_string(),
    )
    .json();
    for land in [
        polygon.clone(),
        json!({ "type": "Feature", "properties": {}, "geometry": polygon }),
        json!({ "value": polygon, "mediaType": "application/geo+json" }),
    ] {
        let body = json!({ "inputs": { "land": land, "name": "Mi tierra" } });
        let executed = execute(&stage, &body).json();
        assert_eq!(executed["subject"]["name"], "Mi tierra", "{executed}");
        assert_eq!(executed["totals"], sent["totals"]);
        if body["inputs"]["land"]["type"] == "Polygon" {
            assert_eq!(executed["id"], sent["id"]);
        }
    }
    let written = execute(&stage, &json!({ "inputs": { "land": SQUARE } })).json();
    let posted = post(stage.addr, "/checks", "text/plain", SQUARE).json();
    assert_eq!(written["id"], posted["id"]);
    assert!(written["id"].is_string());
}

#[test]
fn the_result_comes_as_it_is_or_within_a_document_in_the_form_asked_for() {
    let stage = Stage::usual();
    let mut body = feature("c-1");
    body["outputs"] = json!({ "report": { "format": { "mediaType": "text/csv" }, "transmissionMode": "value" } });
    let csv = execute(&stage, &body);
    assert!(csv.header("content-type").unwrap().starts_with("text/csv"));
    body["response"] = "document".into();
    let document = execute(&stage, &body);
    assert!(document.header("content-type").unwrap().starts_with("application/json"));
    assert_eq!(document.json()["report"]["value"], csv.text());

    let mut body = feature("c-1");
    body["response"] = "document".into();
    let raw = execute(&stage, &feature("c-1")).json();
    let within = execute(&stage, &body).json();
    assert_eq!(within["report"]["mediaType"], "application/json");
    assert_eq!(within["report"]["value"]["id"], raw["id"]);

    body["inputs"]["form"] = "xlsx".into();
    let packed = execute(&stage, &body).json();
    assert_eq!(packed["report"]["encoding"], "base64");
    // the first bytes of every ZIP
    assert!(packed["report"]["value"].as_str().unwrap().starts_with("UEsDB"));
}

#[test]
fn what_is_wrong_is_refused_at_once_also_for_a_job() {
    let stage = Stage::set(|config| config.check.cost = 100);
    let unknown = leave(&stage, &feature("c-99"));
    unknown.problem(404, "unknown-feature");
    let point = json!({ "inputs": { "feature": { "layer": "springs", "id": "p-1" } } });
    leave(&stage, &point).problem(422, "no-land");
    let doubtful = json!({ "inputs": { "land": "765000,9225000; 766000,9225000; 766000,9226000" } });
    let problem = leave(&stage, &doubtful).problem(409, "crs-needed");
    assert!(problem["candidates"].as_array().unwrap().len() > 1);
    let mut named = feature("c-1");
    named["inputs"]["zona"] = 17.into();
    assert_eq!(
        leave(&stage, &named).problem(400, "unknown-parameter")["parameter"],
        "zona"
    );
    post(stage.addr, EXECUTION, "text/csv", "a").problem(415, "unsupported-media-type");
    post(stage.addr, EXECUTION, "application/json", "{").problem(400, "invalid-form");
    let asked = send(stage.addr, "POST", &format!("{EXECUTION}?lang=es"), &[], b"{}");
    asked.problem(400, "unknown-parameter");

    let small = Stage::set(|config| config.check.cost = 5);
    let problem = leave(&small, &feature("c-1")).problem(422, "over-limit");
    assert_eq!(problem["limit"], 5);
    let tiny = Stage::set(|config| config.uploads.bytes = 30);
    leave(&tiny, &feature("c-1")).problem(413, "too-large");
    assert_eq!(
        stage.get("/jobs").json()["counts"],
        json!({ "accepted": 0, "running": 0, "successful": 0, "failed": 0 })
    );
}

#[test]
fn a_job_is_left_behind_looked_after_and_fetched() {
    let stage = Stage::usual();
    let left = leave(&stage, &feature("c-2?").clone());
    left.problem(404, "unknown-feature");
    let mut body = feature("c-2");
    body["inputs"]["feature"]["edition"] = "communities-prueba-cajamarca-1".into();
    let left = leave(&stage, &body);
    assert_eq!(left.header("preference-applied"), Some("respond-async"));
    let job = path_of(&stage, &left);
    let accepted = left.json();
    assert_eq!(job, format!("/jobs/{}", accepted["jobID"].as_str().unwrap()));
    assert_eq!(accepted["type"], "process");

    let status = ended(&stage, &job);
    assert_eq!(
        (&status["status"], &status["progress"]),
        (&json!("successful"), &json!(100)),
        "{status}"
    );
    assert_eq!(status["processID"], "check");
    for time in ["created", "started", "finished", "updated", "expires"] {
        assert!(
            status[time].as_str().unwrap().parse::<jiff::Timestamp>().is_ok(),
            "{time}: {status}"
        );
    }
    let text = status.to_string();
    assert!(!text.contains("c-2") && !text.contains("communities"), "{text}");

    let direct = stage
        .get("/collections/communities/items/c-2/check?edition=communities-prueba-cajamarca-1")
        .json();
    for _ in 0..2 {
        let result = stage.get(&format!("{job}/results"));
        assert_eq!((result.status, &result.json()["id"]), (200, &direct["id"]));
        assert_eq!(result.header("cache-control"), Some("no-store"));
    }
    assert!(browse(stage.addr, &job).text().contains("terminado"));

    let gone = send(stage.addr, "DELETE", &job, &[], b"");
    assert_eq!((gone.status, &gone.json()["status"]), (200, &json!("dismissed")));
    refusal(&stage.get(&job), "no-such-job");
    refusal(&stage.get(&format!("{job}/results")), "no-such-job");
    refusal(&send(stage.addr, "DELETE", &job, &[], b""), "no-such-job");
}

#[test]
fn the_list_gives_no_job_away_and_shows_those_that_are_named() {
    let stage = Stage::usual();
    let job = path_of(&stage, &leave(&stage, &feature("c-1")));
    ended(&stage, &job);
    let id = job.strip_prefix("/jobs/").unwrap();
    let list = stage.get("/jobs");
    assert_eq!(list.json()["counts"]["successful"], 1);
    assert_eq!(list.json()["jobs"], json!([]));
    assert!(!list.text().contains(id));
    assert!(!browse(stage.addr, "/jobs").text().contains(id));
    let named = stage.get(&format!("/jobs?id={id},other")).json();
    assert_eq!(named["jobs"][0]["jobID"], id);
    assert_eq!(named["unknown"], json!(["other"]));
    let many = vec!["x"; 51].join(",");
    stage.get(&format!("/jobs?id={many}")).problem(400, "invalid-parameter");
}

#[test]
fn a_job_that_fails_says_why_in_its_status_and_instead_of_its_result() {
    let stage = Stage::usual();
    let mut body = feature("c-1");
    // a day before every edition: found out when the job runs
    body["inputs"]["valid-at"] = "2020-01-01".into();
    let job = path_of(&stage, &leave(&stage, &body));
    let status = ended(&stage, &job);
    assert_eq!(status["status"], "failed", "{status}");
    let problem = stage.get(&format!("{job}/results")).problem(404, "unknown-layer");
    assert_eq!(status["message"], problem["detail"]);
    assert!(status.get("progress").is_none());
}

#[test]
fn jobs_wait_for_their_turn_while_readers_are_answered() {
    let stage = Stage::set(|config| config.jobs.queue = 30);
    let mut paper = feature("c-1");
    paper["inputs"]["form"] = "pdf".into();
    let jobs: Vec<String> = (0..30).map(|_| path_of(&stage, &leave(&stage, &paper))).collect();
    let last = &jobs[29];
    let early = stage.get(&format!("{last}/results"));
    let problem = refusal(&early, "result-not-ready");
    assert!(
        ["accepted", "running"].contains(&problem["job"]["status"].as_str().unwrap()),
        "{problem}"
    );
    assert_eq!(early.header("retry-after"), Some("2"));
    assert_eq!(execute(&stage, &feature("c-1")).status, 200);
    for job in &jobs[1..] {
        let dismissed = send(stage.addr, "DELETE", job, &[], b"").json();
        assert_eq!(dismissed["status"], "dismissed");
        refusal(&stage.get(job), "no-such-job");
    }
    assert_eq!(ended(&stage, &jobs[0])["status"], "successful");
    let paper = stage.get(&format!("{}/results", jobs[0]));
    assert!(paper.body.starts_with(b"%PDF"));
    until("the end of what was dismissed", || {
        stage.get("/jobs").json()["counts"]["running"] == 0
    });
    assert_eq!(stage.get("/jobs").json()["counts"]["accepted"], 0);
}

#[test]
fn the_queue_is_bounded() {
    let stage = Stage::set(|config| config.jobs.queue = 1);
    let mut paper = feature("c-1");
    paper["inputs"]["form"] = "pdf".into();
    let refused = (0..200)
        .map(|_| leave(&stage, &paper))
        .find(|reply| reply.status != 201)
        .expect("papers take longer than asking for them");
    assert_eq!(refused.problem(503, "busy")["limit"], 1);
    assert_eq!(refused.header("retry-after"), Some("2"));
}

#[test]
fn results_are_kept_for_their_time_and_no_longer() {
    let stage = Stage::set(|config| config.jobs.kept_s = 1);
    let job = path_of(&stage, &leave(&stage, &feature("c-1")));
    assert_eq!(ended(&stage, &job)["status"], "successful");
    until("the end of its time", || stage.get(&job).status == 404);
    refusal(&stage.get(&format!("{job}/results")), "no-such-job");
}

#[test]
fn a_result_beyond_what_is_kept_is_a_failure_with_its_figures() {
    let stage = Stage::set(|config| config.jobs.bytes = 1500);
    let job = path_of(&stage, &leave(&stage, &feature("c-1")));
    assert_eq!(ended(&stage, &job)["status"], "failed");
    let problem = stage.get(&format!("{job}/results")).problem(422, "over-limit");
    assert_eq!(problem["limit"], 1500);
    assert!(problem["figure"].as_u64().unwrap() > 1500);
}

#[test]
fn the_server_ends_while_jobs_wait() {
    let stage = Stage::usual();
    let mut paper = feature("c-1");
    paper["inputs"]["form"] = "pdf".into();
    for _ in 0..8 {
        assert_eq!(leave(&stage, &paper).status, 201);
    }
    let began = Instant::now();
    stage.stop.stop();
    stage.join();
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
}

#[test]
fn people_get_pages_about_processes_and_jobs() {
    let stage = Stage::usual();
    for (path, words) in [
        ("/processes", "Procesos"),
        ("/processes/check", "Prefer: respond-async"),
        ("/jobs", "llave"),
    ] {
        let page = browse(stage.addr, path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("<h1>") && page.text().contains(words), "{path}");
    }
    assert!(browse(stage.addr, "/jobs/none").text().contains("Trabajo desconocido"));
}
