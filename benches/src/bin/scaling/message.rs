//! What the process that plans tells the process that measures: a line each.

use std::fmt;
use std::str::FromStr;

use visitrota_benches::Moment;

/// A line of the planning process.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Message {
    /// The problem is made.
    Problem { volunteers: usize, requests: usize },
    /// Score or bound moved.
    Moved(Moment),
    /// Planning ended after so many seconds.
    Ended(f64),
    /// There is no rota, and why.
    Failed(String),
    /// The most memory held, in kB.
    Memory(u64),
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem { volunteers, requests } => write!(f, "problem {volunteers} {requests}"),
            Self::Moved(Moment { seconds, score, bound, trips }) => {
                write!(f, "moved {seconds} {score} {bound} {trips}")
            }
            Self::Ended(seconds) => write!(f, "ended {seconds}"),
            Self::Failed(why) => write!(f, "failed {}", why.replace('\n', " ")),
            Self::Memory(kilobytes) => write!(f, "memory {kilobytes}"),
        }
    }
}

impl FromStr for Message {
    type Err = ();

    fn from_str(line: &str) -> Result<Self, ()> {
        fn next<T: FromStr>(words: &mut std::str::SplitWhitespace<'_>) -> Result<T, ()> {
            words.next().and_then(|word| word.parse().ok()).ok_or(())
        }
        let (kind, rest) = line.split_once(' ').ok_or(())?;
        let words = &mut rest.split_whitespace();
        Ok(match kind {
            "problem" => Self::Problem { volunteers: next(words)?, requests: next(words)? },
            "moved" => {
                let (seconds, score, bound) = (next(words)?, next(words)?, next(words)?);
                Self::Moved(Moment { seconds, score, bound, trips: next(words)? })
            }
            "ended" => Self::Ended(next(words)?),
            "failed" => Self::Failed(rest.to_owned()),
            "memory" => Self::Memory(next(words)?),
            _ => return Err(()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_understood() {
        let told = [
            Message::Problem { volunteers: 6, requests: 11 },
            Message::Moved(Moment { seconds: 0.125, score: -7, bound: i64::MAX, trips: 3 }),
            Message::Ended(2.5),
            Message::Failed("the planner failed: it is tired".to_owned()),
            Message::Memory(12_345),
        ];
        for message in told {
            assert_eq!(message.to_string().parse(), Ok(message));
        }
        assert_eq!("moved 1.0".parse::<Message>(), Err(()));
    }
}
