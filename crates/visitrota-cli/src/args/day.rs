//! The day by which bookings are judged.

use visitrota::problem::Date;

/// The day by which it is judged what can still be booked.
#[derive(Debug, clap::Args)]
pub(crate) struct DayArgs {
    /// Check which slots can still be booked as of this date, such as 2026-11-24 [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
}
