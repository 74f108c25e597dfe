//! Where lines of the log wait: a line for each request must not cost a request a write to a file.

use std::{
    io::{self, Write},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{Builder, JoinHandle},
    time::Duration,
};
use tracing_subscriber::fmt::MakeWriter;

/// How long a line waits for others.
const WAIT: Duration = Duration::from_millis(50);
/// With so many bytes waiting, whoever has a line writes them all.
const MOST: usize = 1 << 18;

/// Lines on their way to a place. Those at `WARN` and above go there at once, with all that were before them.
#[derive(Clone)]
pub(super) struct Lines(Arc<Shared>);

struct Shared {
    waiting: Mutex<Waiting>,
    called: Condvar,
    /// Taken before `waiting` where both are, so that lines keep their order.
    place: Mutex<Box<dyn Write + Send>>,
}

#[derive(Default)]
struct Waiting {
    bytes: Vec<u8>,
    over: bool,
}

/// Writes what waits until it is dropped, and then what is left.
pub(super) struct Writing(Lines, Option<JoinHandle<()>>);

impl Lines {
    /// Lines for a place, and the thread that writes them.
    ///
    /// # Errors
    /// When the system refuses a thread.
    pub(super) fn to(place: impl Write + Send + 'static) -> io::Result<(Self, Writing)> {
        let lines = Self(Arc::new(Shared {
            waiting: Mutex::default(),
            called: Condvar::new(),
            place: Mutex::new(Box::new(place)),
        }));
        let own = lines.clone();
        let thread = Builder::new().name("log".to_owned()).spawn(move || own.write_on())?;
        Ok((lines.clone(), Writing(lines, Some(thread))))
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_on(&self) {
        loop {
            let empty = |waiting: &mut Waiting| waiting.bytes.is_empty() && !waiting.over;
            let waiting = self.0.called.wait_while(self.waiting(), empty);
            let over = waiting.unwrap_or_else(PoisonError::into_inner).over;
            if !over {
                std::thread::sleep(WAIT);
            }
            self.write_out();
            if over {
                return;
            }
        }
    }

    /// Writes what waits.
    fn write_out(&self) {
        let mut place = self.0.place.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = std::mem::take(&mut self.waiting().bytes);
        // where the log cannot be written there is no other place to say it
        place.write_all(&bytes).and_then(|()| place.flush()).ok();
    }

    fn add(&self, line: &[u8], urgent: bool) {
        let (first, full) = {
            let mut waiting = self.waiting();
            let first = waiting.bytes.is_empty();
            waiting.bytes.extend_from_slice(line);
            (first, waiting.bytes.len() >= MOST || waiting.over)
        };
        if urgent || full {
            self.write_out();
        } else if first {
            self.0.called.notify_one();
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        self.0.waiting().over = true;
        self.0.0.called.notify_one();
        if let Some(thread) = self.1.take() {
            thread.join().ok();
        }
    }
}

/// One line, as it is written by a subscriber.
pub(super) struct Line<'a> {
    lines: &'a Lines,
    urgent: bool,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lines.add(bytes, self.urgent);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line {
            lines: self,
            urgent: true,
        }
    }

    fn make_writer_for(&'a self, about: &tracing::Metadata<'_>) -> Line<'a> {
        Line {
            lines: self,
            urgent: *about.level() <= tracing::Level::WARN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A place that others can look at.
    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Page {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    #[test]
    fn every_line_of_every_thread_arrives_whole_and_those_of_one_thread_in_order() {
        let page = Page::default();
        let (lines, writing) = Lines::to(page.clone()).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let lines = &lines;
                scope.spawn(move || {
                    for number in 0..20_000 {
                        let urgent = number % 5_000 == 0;
                        lines.add(format!("{thread} {number}\n").as_bytes(), urgent);
                    }
                });
            }
        });
        drop(writing);
        let text = page.text();
        for thread in 0..4 {
            let own = text.lines().filter_map(|line| line.strip_prefix(&format!("{thread} ")));
            let numbers: Vec<u32> = own.map(|number| number.parse().unwrap()).collect();
            assert_eq!(numbers, (0..20_000).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_urgent_line_is_there_at_once_after_those_before_it_and_others_soon() {
        let page = Page::default();
        let (lines, _writing) = Lines::to(page.clone()).unwrap();
        lines.add(b"one\n", false);
        lines.add(b"two\n", true);
        assert_eq!(page.text(), "one\ntwo\n");
        lines.add(b"three\n", false);
        let began = std::time::Instant::now();
        while !page.text().ends_with("three\n") {
            assert!(began.elapsed() < Duration::from_secs(2), "a line waits for ever");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn a_line_after_the_end_is_written_all_the_same() {
        let page = Page::default();
        let (lines, writing) = Lines::to(page.clone()).unwrap();
        drop(writing);
        lines.add(b"late\n", false);
        assert_eq!(page.text(), "late\n");
    }
}
