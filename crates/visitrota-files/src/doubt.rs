//! Numbers without a unit that can hardly be meant in that of their column: `11` minutes on duty, `0.2` per cent.

use visitrota_model::Code;

use crate::amount;
use crate::cell::Cell;
use crate::fault::Fault;

/// Lengths of time in minutes that would be too short for anything below these numbers, and look like hours.
const HOURS_BELOW: [(&str, f64); 4] =
    [("max_duty_min", 24.0), ("max_driving_min", 24.0), ("break_after_min", 24.0), ("max_ride_min", 5.0)];

/// What is asked of a bare number in a field of the problem document; none where it may well be meant.
pub(crate) fn doubt(field: &str, cell: &Cell) -> Option<Fault> {
    let number = match cell {
        Cell::Number(number) => *number,
        Cell::Text(text) => text.parse().ok()?,
        _ => return None,
    };
    let last = field.rsplit('.').next().unwrap_or_default();
    let below = HOURS_BELOW.iter().find(|(name, _)| *name == last).map(|(_, below)| *below);
    if below.is_some_and(|below| number >= 1.0 && number < below) {
        let (minutes, hours) = if number == 1.0 { ("1 minute", "1 hour") } else { ("minutes", "hours") };
        let meant = |of: &str| if number == 1.0 { of.to_owned() } else { format!("{number} {of}") };
        let message = format!("Is {} meant, or {}? It is taken for minutes.", meant(minutes), meant(hours));
        let remedy = format!(
            "If it is hours, write {number} h. If it is minutes, write {number} min, and this is not asked again."
        );
        return Some(Fault::new(Code::OutOfRange, message, remedy));
    }
    // As a number, a part of a whole is how spreadsheets keep per cent.
    let is_part = matches!(cell, Cell::Text(_)) && number > 0.0 && number < 1.0;
    let per_cent = amount::stored_per_cent(number, field).filter(|_| is_part)?;
    let message = format!("Is {number} % meant, or {per_cent} %? It is taken for {number} %.");
    let remedy = format!("Write {per_cent}%, or {number}%, and this is not asked again.");
    Some(Fault::new(Code::OutOfRange, message, remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_numbers_that_can_hardly_be_meant() {
        let asks = |field: &str, text: &str| doubt(field, &Cell::Text(text.to_owned())).is_some();
        for (field, text) in [
            ("policy.max_duty_min", "11"),
            ("max_duty_min", "9"),
            ("max_driving_min", "3.0"),
            ("policy.break_after_min", "2"),
            ("max_ride_min", "1"),
            ("travel.margin_pct", "0.2"),
        ] {
            assert!(asks(field, text), "{field} {text}");
        }
        for (field, text) in [
            ("max_duty_min", "660"),
            ("max_duty_min", "11 min"),
            ("max_duty_min", "24"),
            ("policy.break_after_min", "0"),
            ("policy.break_min", "15"),
            ("policy.turnaround_min", "5"),
            ("boarding_min", "2"),
            ("max_ride_min", "5"),
            ("travel.margin_pct", "20"),
            ("travel.margin_pct", "0.2%"),
            ("travel.margin_pct", "0"),
            ("travel.km_factor", "0.2"),
        ] {
            assert!(!asks(field, text), "{field} {text}");
        }
        assert!(doubt("travel.margin_pct", &Cell::Number(0.2)).is_none());
        assert!(doubt("policy.max_duty_min", &Cell::Number(11.0)).is_some());
    }
}
