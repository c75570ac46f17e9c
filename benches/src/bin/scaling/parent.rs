//! The process that starts the planning processes, listens to them and ends those that do not end.

use std::env;
use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use visitrota_benches::{Trace, kilobytes_of};

use crate::Args;
use crate::message::Message;

/// How often a process is looked at that says nothing.
const LOOK: Duration = Duration::from_millis(100);

/// What became of one problem.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) families: u32,
    pub(crate) volunteers: Option<usize>,
    pub(crate) requests: Option<usize>,
    pub(crate) trace: Trace,
    /// The most memory held, in kB.
    pub(crate) memory: Option<u64>,
    pub(crate) end: End,
}

/// How the planning process ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum End {
    /// With a rota, after so many seconds.
    Rota(f64),
    /// With a message.
    Failed(String),
    /// With no word: this was its exit status.
    Died(String),
    /// Not at all: it was ended after so many seconds.
    Overran(u64),
    /// Not at all: it was ended for holding more than so many MB.
    TooLarge(u64),
}

/// Plans the problem of so many families in a process of its own.
pub(crate) fn run(args: &Args, families: u32) -> io::Result<Run> {
    let mut command = Command::new(env::current_exe()?);
    command.arg("--child").arg(families.to_string());
    command.arg("--seed").arg(args.seed.to_string()).arg("--time-limit").arg(args.time_limit.to_string());
    if let Some(threads) = args.threads {
        command.arg("--threads").arg(threads.to_string());
    }
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let (send, lines) = channel();
    if let Some(output) = child.stdout.take() {
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            // Nobody listens any more once the process has been ended.
            lines.take_while(|line| send.send(line.clone()).is_ok()).for_each(drop);
        });
    }
    let mut run = Run {
        families,
        volunteers: None,
        requests: None,
        trace: Trace::default(),
        memory: None,
        end: End::Died(String::new()),
    };
    let said = run.listen(args, &child, &lines);
    if matches!(said, Some(End::Overran(_) | End::TooLarge(_))) {
        child.kill()?;
    }
    let status = child.wait()?;
    // "exit status: 101", "signal: 9 (SIGKILL)"
    run.end = said.unwrap_or_else(|| End::Died(status.to_string()));
    Ok(run)
}

impl Run {
    /// Takes in what the process says until it says no more, or has to be ended; none if it never said how it ended.
    fn listen(&mut self, args: &Args, child: &Child, lines: &Receiver<String>) -> Option<End> {
        let start = Instant::now();
        let seconds = args.time_limit.saturating_add(args.grace);
        let mut end = None;
        loop {
            match lines.recv_timeout(LOOK) {
                Ok(line) => match line.parse() {
                    Ok(Message::Problem { volunteers, requests }) => {
                        (self.volunteers, self.requests) = (Some(volunteers), Some(requests));
                    }
                    Ok(Message::Moved(moment)) => self.trace.add(moment),
                    Ok(Message::Memory(kilobytes)) => self.memory = self.memory.max(Some(kilobytes)),
                    Ok(Message::Ended(seconds)) => end = Some(End::Rota(seconds)),
                    Ok(Message::Failed(why)) => end = Some(End::Failed(why)),
                    Err(()) => eprintln!("not understood: {line}"),
                },
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return end,
            }
            // Looked at from outside too: a process that is ended for its size cannot tell it.
            self.memory = self.memory.max(kilobytes_of(child.id()));
            if start.elapsed() > Duration::from_secs(seconds) {
                return Some(End::Overran(seconds));
            }
            if let Some(most) = args.most_memory.filter(|&most| self.memory.is_some_and(|held| megabytes(held) > most))
            {
                return Some(End::TooLarge(most));
            }
        }
    }
}

/// Megabytes for what the system calls kB, which are 1,024 bytes.
pub(crate) fn megabytes(kilobytes: u64) -> u64 {
    kilobytes.saturating_mul(1_024) / 1_000_000
}
