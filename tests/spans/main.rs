//! The spans of `tracing`: they tell the phases of planning in counts, and name nobody.

use std::fmt::Debug;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use visitrota::{Options, load, plan};

/// The names of spans, and the fields of spans and events with their values.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<(Vec<&'static str>, Vec<String>)>>);

impl Visit for Heard {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.lock().expect("no panic").1.push(format!("{field}={value:?}"));
    }
}

struct Listener {
    heard: Heard,
    next: AtomicU64,
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("visitrota")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.heard.0.lock().expect("no panic").0.push(span.metadata().name());
        span.record(&mut self.heard.clone());
        Id::from_u64(self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.heard.clone());
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.heard.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[test]
fn spans_tell_phases_and_counts_and_nobody() {
    let heard = Heard::default();
    let listener = Listener { heard: heard.clone(), next: AtomicU64::new(1) };
    tracing::subscriber::set_global_default(listener).expect("the first");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/south-wales/problem.json");
    let problem = load(file).expect("a problem");
    plan(&problem, &Options::default()).expect("a rota");
    if cfg!(feature = "highs") {
        plan(&problem, &Options::default().few_trips(0)).expect("a rota");
    }
    let (names, fields) = heard.0.lock().expect("no panic").clone();
    let expected: &[&str] = if cfg!(feature = "highs") {
        &[
            "plan",
            "check",
            "travel",
            "instance",
            "enumerate",
            "program",
            "root",
            "cutting",
            "closing",
            "reasons",
            "verify",
        ]
    } else {
        &["plan", "check", "travel", "instance", "enumerate", "program", "reasons", "verify"]
    };
    for name in expected {
        assert!(names.contains(name), "no span {name} among {names:?}");
    }
    assert!(fields.contains(&format!("volunteers={}", problem.volunteers.len())), "{fields:?}");
    for field in &fields {
        let (_, value) = field.split_once('=').expect("a field");
        let value = value.strip_prefix("Some(").and_then(|value| value.strip_suffix(')')).unwrap_or(value);
        assert!(value.parse::<i64>().is_ok(), "{field} is no count");
    }
}
