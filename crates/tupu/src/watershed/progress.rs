//! How far a derivation is: a bar for people who watch, lines of JSON for a program that does.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::io::{IsTerminal, Write};

/// Steps of the bar.
const WHOLE: f64 = 1000.0;

/// Tells how far a command is.
pub struct Progress {
    bar: ProgressBar,
    lines: bool,
    phase: String,
    /// Where the phase begins and ends, 0 to 1.
    from: f64,
    to: f64,
    percent: u64,
}

impl Progress {
    /// A bar on the terminal, where there is one.
    pub fn bar() -> Self {
        Self::new(false)
    }

    /// A line of JSON on standard output for each hundredth.
    pub fn lines() -> Self {
        Self::new(true)
    }

    fn new(lines: bool) -> Self {
        let shown = !lines && std::io::stderr().is_terminal();
        let bar = if shown {
            ProgressBar::new(1000)
        } else {
            ProgressBar::hidden()
        };
        if shown {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{bar:30} {percent:>3} % {msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        }
        Self {
            bar,
            lines,
            phase: String::new(),
            from: 0.0,
            to: 0.0,
            percent: 0,
        }
    }

    /// A phase begins, which takes so much of the whole.
    pub fn phase(&mut self, phase: impl Into<String>, share: f64) {
        self.phase = phase.into();
        self.from = self.to;
        self.to = (self.from + share).min(1.0);
        self.bar.set_message(self.phase.clone());
        self.say(self.from, true);
    }

    /// A part of the phase is done, 0 to 1.
    pub fn tell(&mut self, part: f64) {
        self.say(self.from + (self.to - self.from) * part, false);
    }

    /// All is done.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn say(&mut self, done: f64, always: bool) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of a thousand"
        )]
        let [step, percent] = [done * WHOLE, done * 100.0].map(|part| part as u64);
        self.bar.set_position(step);
        if self.lines && (always || percent != self.percent) {
            self.percent = percent;
            say_line(&json!({ "progress": percent, "phase": self.phase }));
        }
    }
}

/// A line of JSON, at once. Whoever reads no more is told when the program ends.
pub fn say_line(line: &serde_json::Value) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).ok();
}
