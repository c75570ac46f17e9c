//! How score and bound moved while a rota was being planned.

/// Score and bound at a moment of planning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Seconds since planning began.
    pub seconds: f64,
    /// The score of the best rota so far.
    pub score: i64,
    /// Points that no rota exceeds, as far as is proven.
    pub bound: i64,
    /// How many trips were known: the columns of the program.
    pub trips: usize,
}

/// The moments at which score or bound moved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    moments: Vec<Moment>,
}

/// How far a score is below a bound, as a part of the bound; 0 where it reaches it.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "scores stay far below 2^53")]
pub fn gap(score: i64, bound: i64) -> f64 {
    if score >= bound { 0.0 } else { bound.saturating_sub(score) as f64 / bound.saturating_abs().max(1) as f64 }
}

impl Trace {
    /// Adds a moment. What was known stays known: a worse score or bound than before changes nothing.
    pub fn add(&mut self, moment: Moment) {
        let moment = self.last().map_or(moment, |last| Moment {
            seconds: moment.seconds.max(last.seconds),
            score: moment.score.max(last.score),
            bound: moment.bound.min(last.bound),
            trips: moment.trips.max(last.trips),
        });
        self.moments.push(moment);
    }

    /// The last moment: the best score and bound.
    #[must_use]
    pub fn last(&self) -> Option<Moment> {
        self.moments.last().copied()
    }

    /// Seconds until there was a rota that earns anything; an empty one scores 0.
    #[must_use]
    pub fn first_rota(&self) -> Option<f64> {
        self.moments.iter().find(|moment| moment.score > 0).map(|moment| moment.seconds)
    }

    /// Seconds until the best rota was proven to be within a gap of the best there is; 0 asks for the proof.
    #[must_use]
    pub fn within(&self, most: f64) -> Option<f64> {
        self.moments.iter().find(|moment| gap(moment.score, moment.bound) <= most).map(|moment| moment.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_when_each_gap_was_closed() {
        let mut trace = Trace::default();
        assert_eq!((trace.first_rota(), trace.within(1.0), trace.last()), (None, None, None));
        for (seconds, score, bound) in
            [(0.5, 0, 2000), (1.0, 500, 1010), (2.0, 995, 1005), (3.0, 990, 1000), (4.0, 998, 999)]
        {
            trace.add(Moment { seconds, score, bound, trips: 7 });
        }
        assert_eq!(trace.first_rota(), Some(1.0));
        assert_eq!(trace.within(0.01), Some(2.0));
        assert_eq!(trace.within(0.005), Some(3.0), "what was known stays known");
        assert_eq!(trace.within(0.0), None);
        assert_eq!(trace.last(), Some(Moment { seconds: 4.0, score: 998, bound: 999, trips: 7 }));
        trace.add(Moment { seconds: 5.0, score: 999, bound: 999, trips: 7 });
        assert_eq!(trace.within(0.0), Some(5.0));
    }

    #[test]
    fn a_gap_is_a_part_of_the_bound() {
        let gaps = [gap(99, 100), gap(100, 100), gap(-3, -2), gap(0, 0), gap(i64::MIN, i64::MAX)];
        assert_eq!(gaps, [0.01, 0.0, 0.5, 0.0, 1.0]);
    }
}
