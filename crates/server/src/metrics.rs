//! Figures about the server's own work, in the text format of Prometheus. Labels are words of ours only: nothing that somebody
//! sent is in them.

use actix_web::http::Method;
use std::{
    collections::BTreeMap,
    fmt::{Display, Write as _},
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// Upper ends of the classes of a histogram, in seconds, as they are written.
const BOUNDS: [(f64, &str); 15] = [
    (0.0001, "0.0001"),
    (0.000_25, "0.00025"),
    (0.0005, "0.0005"),
    (0.001, "0.001"),
    (0.0025, "0.0025"),
    (0.005, "0.005"),
    (0.01, "0.01"),
    (0.025, "0.025"),
    (0.05, "0.05"),
    (0.1, "0.1"),
    (0.25, "0.25"),
    (0.5, "0.5"),
    (1.0, "1"),
    (5.0, "5"),
    (20.0, "20"),
];

/// What was counted since the start.
pub(crate) struct Metrics {
    began: Instant,
    series: RwLock<BTreeMap<Key, Arc<Series>>>,
}

/// Pattern of the route, method.
type Key = (String, &'static str);

#[derive(Default)]
struct Series {
    /// Requests in each class, and beyond the last.
    classes: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
    statuses: Mutex<BTreeMap<u16, u64>>,
}

impl Metrics {
    /// Nothing counted yet.
    pub(crate) fn new() -> Self {
        Self {
            began: Instant::now(),
            series: RwLock::default(),
        }
    }

    /// Counts an answer. The pattern comes from the table of routes, so there are only so many.
    pub(crate) fn count(&self, route: &str, method: &Method, (status, took): (u16, Duration)) {
        let key = (route.to_owned(), known(method));
        let read = self.series.read().unwrap_or_else(PoisonError::into_inner);
        let found = read.get(&key).map(Arc::clone);
        drop(read);
        let series = found.unwrap_or_else(|| {
            let mut write = self.series.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(write.entry(key).or_default())
        });
        let seconds = took.as_secs_f64();
        let class = BOUNDS.iter().position(|(bound, _)| seconds <= *bound);
        series.classes[class.unwrap_or(BOUNDS.len())].fetch_add(1, Ordering::Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        series.micros.fetch_add(micros, Ordering::Relaxed);
        let mut statuses = series.statuses.lock().unwrap_or_else(PoisonError::into_inner);
        *statuses.entry(status).or_default() += 1;
    }

    /// Writes what was counted.
    pub(crate) fn write(&self, page: &mut Page) {
        page.family("tupu_up_seconds", "gauge", "Segundos desde que arrancó el servidor.");
        page.value("tupu_up_seconds", &[], self.began.elapsed().as_secs());
        let all: Vec<(Key, Arc<Series>)> = {
            let series = self.series.read().unwrap_or_else(PoisonError::into_inner);
            let each = series.iter();
            each.map(|(key, series)| (key.clone(), Arc::clone(series))).collect()
        };
        page.family(
            "tupu_requests_total",
            "counter",
            "Peticiones respondidas, por patrón de ruta, método y estado.",
        );
        for ((route, method), series) in &all {
            let statuses = series.statuses.lock().unwrap_or_else(PoisonError::into_inner);
            for (status, count) in &*statuses {
                let labels = [
                    ("method", *method),
                    ("route", route.as_str()),
                    ("status", &status.to_string()),
                ];
                page.value("tupu_requests_total", &labels, count);
            }
        }
        page.family(
            "tupu_request_seconds",
            "histogram",
            "Segundos hasta tener lista la respuesta; lo que se envía por partes sigue después.",
        );
        for ((route, method), series) in &all {
            series.write(page, [("method", method), ("route", route.as_str())]);
        }
    }
}

impl Series {
    fn write(&self, page: &mut Page, [method, route]: [(&str, &str); 2]) {
        let mut below = 0;
        let ends = BOUNDS.iter().map(|(_, text)| *text).chain(["+Inf"]);
        for (end, class) in ends.zip(&self.classes) {
            below += class.load(Ordering::Relaxed);
            page.value("tupu_request_seconds_bucket", &[method, route, ("le", end)], below);
        }
        let micros = self.micros.load(Ordering::Relaxed);
        let seconds = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
        page.value("tupu_request_seconds_sum", &[method, route], seconds);
        page.value("tupu_request_seconds_count", &[method, route], below);
    }
}

/// Methods that a reader invents are one.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// A page of figures.
#[derive(Default)]
pub(crate) struct Page(String);

impl Page {
    /// Begins a family of figures.
    pub(crate) fn family(&mut self, name: &str, kind: &str, about: &str) {
        writeln!(self.0, "# HELP {name} {about}\n# TYPE {name} {kind}").expect("writing to a string does not fail");
    }

    /// A figure of the family.
    pub(crate) fn value(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let labels: Vec<String> = labels
            .iter()
            .map(|(name, value)| format!("{name}=\"{}\"", escaped(value)))
            .collect();
        let labels = if labels.is_empty() {
            String::new()
        } else {
            format!("{{{}}}", labels.join(","))
        };
        writeln!(self.0, "{name}{labels} {value}").expect("writing to a string does not fail");
    }

    /// A family of one figure that goes up and down.
    pub(crate) fn gauge(&mut self, name: &str, about: &str, value: impl Display) {
        self.family(name, "gauge", about);
        self.value(name, &[], value);
    }

    /// The text.
    pub(crate) fn text(self) -> String {
        self.0
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_in_its_class_and_in_all_above_it() {
        let metrics = Metrics::new();
        for (status, micros) in [(200, 90), (200, 1_000), (503, 3_000), (200, 30_000_000)] {
            metrics.count("/a/{b}", &Method::GET, (status, Duration::from_micros(micros)));
        }
        metrics.count("-", &Method::from_bytes(b"BREW").unwrap(), (405, Duration::ZERO));
        let mut page = Page::default();
        metrics.write(&mut page);
        let text = page.text();
        let labels = "method=\"GET\",route=\"/a/{b}\"";
        for (line, value) in [
            (format!("tupu_request_seconds_bucket{{{labels},le=\"0.0001\"}}"), "1"),
            (format!("tupu_request_seconds_bucket{{{labels},le=\"0.001\"}}"), "2"),
            (format!("tupu_request_seconds_bucket{{{labels},le=\"20\"}}"), "3"),
            (format!("tupu_request_seconds_bucket{{{labels},le=\"+Inf\"}}"), "4"),
            (format!("tupu_request_seconds_count{{{labels}}}"), "4"),
            (format!("tupu_request_seconds_sum{{{labels}}}"), "30.004090"),
            (format!("tupu_requests_total{{{labels},status=\"200\"}}"), "3"),
            (format!("tupu_requests_total{{{labels},status=\"503\"}}"), "1"),
            (
                "tupu_requests_total{method=\"other\",route=\"-\",status=\"405\"}".to_owned(),
                "1",
            ),
        ] {
            assert!(text.contains(&format!("{line} {value}\n")), "{line} in {text}");
        }
    }

    #[test]
    fn what_would_break_a_line_is_escaped() {
        let mut page = Page::default();
        page.value("a", &[("b", "c\"d\\e\nf")], 1);
        assert_eq!(page.text(), "a{b=\"c\\\"d\\\\e\\nf\"} 1\n");
    }
}
