//! Prints when which phase of planning ended, and how long it took.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// From now on, prints every phase that takes a hundredth of a second or more.
pub(crate) fn print() {
    let printer = Printer { begun: Instant::now(), next: AtomicU64::new(1), open: Mutex::default() };
    let _ = tracing::subscriber::set_global_default(printer);
}

struct Printer {
    begun: Instant,
    next: AtomicU64,
    open: Mutex<BTreeMap<u64, (&'static str, Instant)>>,
}

impl Subscriber for Printer {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target().starts_with("visitrota")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        self.open.lock().expect("no panic").insert(id, (span.metadata().name(), Instant::now()));
        Id::from_u64(id)
    }

    fn try_close(&self, id: Id) -> bool {
        let Some((name, since)) = self.open.lock().expect("no panic").remove(&id.into_u64()) else { return false };
        if since.elapsed() >= Duration::from_millis(10) {
            println!("{:9.3} {name} {:?}", self.begun.elapsed().as_secs_f64(), since.elapsed());
        }
        true
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
