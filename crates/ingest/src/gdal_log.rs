//! What GDAL complains of while it reads: its iterators end silently at damage, so its messages are collected.

use gdal::errors::CplErrType;
use std::cell::RefCell;
use std::sync::Once;

thread_local! {
    static FAILURES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

static LISTENING: Once = Once::new();
const KEPT: usize = 20;

/// Begins to listen; nothing is printed to the terminal any more. Only failures of the calling thread are kept.
pub(crate) fn listen() {
    LISTENING.call_once(|| {
        gdal::config::set_error_handler(|class, _, message| {
            if matches!(class, CplErrType::Failure | CplErrType::Fatal) {
                FAILURES.with_borrow_mut(|kept| {
                    if kept.len() < KEPT {
                        kept.push(message.split_whitespace().collect::<Vec<_>>().join(" "));
                    }
                });
            }
        });
    });
    forget();
}

/// Forgets what was said so far.
pub(crate) fn forget() {
    FAILURES.with_borrow_mut(Vec::clear);
}

/// The first failure since the last call, if there was one.
pub(crate) fn first_failure() -> Option<String> {
    FAILURES.with_borrow_mut(|kept| {
        let first = kept.first().cloned();
        kept.clear();
        first
    })
}
