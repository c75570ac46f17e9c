//! The process that plans one problem and reports on it.

use std::time::Instant;

use visitrota::{Options, Rota, plan};
use visitrota_benches::{Moment, moment, own_kilobytes};

use crate::Args;
use crate::message::Message;

/// Makes and plans the problem of so many families, and reports on it on standard output.
pub(crate) fn run(args: &Args, families: u32) {
    let problem = args.problem(families);
    send(&Message::Problem { volunteers: problem.volunteers.len(), requests: problem.requests.len() });
    let start = Instant::now();
    let options = Options::default().time_limit(args.limit()).on_progress(move |progress| {
        moment(start.elapsed().as_secs_f64(), progress).into_iter().for_each(|moment| send(&Message::Moved(moment)));
    });
    let planned = plan(&problem, &args.threads.iter().fold(options, |options, &threads| options.threads(threads)));
    let seconds = start.elapsed().as_secs_f64();
    match planned {
        Ok(Rota { score, bound, .. }) => {
            // How many trips were known has been reported.
            send(&Message::Moved(Moment { seconds, score, bound: bound.unwrap_or(i64::MAX), trips: 0 }));
            send(&Message::Ended(seconds));
        }
        Err(error) => send(&Message::Failed(error.to_string())),
    }
    own_kilobytes().into_iter().for_each(|kilobytes| send(&Message::Memory(kilobytes)));
}

fn send(message: &Message) {
    println!("{message}");
}
