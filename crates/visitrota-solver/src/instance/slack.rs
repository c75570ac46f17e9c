//! Windows as slack (§4.9): how long somebody can be out before and after a visit.

use std::borrow::Cow;

use visitrota_model::Way;

/// Minutes that somebody can be away from home before everyone is at the gate, and after everyone leaves it. One slack
/// is one window that the visit lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slack {
    pub(crate) before: i64,
    pub(crate) after: i64,
}

impl Slack {
    pub(crate) const ANY: Self = Self { before: i64::MAX, after: i64::MAX };

    /// Minutes on one way.
    pub(crate) fn on(self, way: Way) -> i64 {
        match way {
            Way::Out => self.before,
            Way::Back => self.after,
        }
    }
}

/// The slacks that some windows allow round a visit, none of which includes another; any slack without windows. None
/// if the visit lies in no window.
pub(super) fn slacks(windows: Option<Cow<'_, [(i64, i64)]>>, gate_in: i64, gate_out: i64) -> Vec<Slack> {
    let Some(windows) = windows else { return vec![Slack::ANY] };
    let mut all: Vec<_> = windows
        .iter()
        .filter(|&&(from, to)| from <= gate_in && gate_out <= to)
        .map(|&(from, to)| Slack { before: gate_in - from, after: to - gate_out })
        .collect();
    all.sort_unstable_by_key(|slack| (std::cmp::Reverse(slack.before), std::cmp::Reverse(slack.after)));
    let mut widest = i64::MIN;
    all.retain(|slack| {
        let wider = slack.after > widest;
        widest = widest.max(slack.after);
        wider
    });
    all
}
