//! The timezone of a calendar.

use visitrota_model::{Instant, Observance, WallTime, Zone};

use super::text::Text;

/// Writes what the clocks of a zone show between two instants, as they change and when: not a rule, which would be
/// right for as long as no government changes it.
pub(super) fn write(text: &mut Text, zone: Zone, from: Instant, to: Instant) {
    text.component("VTIMEZONE", |text| {
        text.line("TZID", &zone.to_string());
        for observance in zone.observances(from, to) {
            let Observance { from, ahead_before, ahead, name, summer } = observance;
            text.component(if summer { "DAYLIGHT" } else { "STANDARD" }, |text| {
                // By the clocks as they were before.
                let begins = Zone::UTC.wall(Instant(from.0 + ahead_before));
                text.line("DTSTART", &compact(begins));
                text.line("TZOFFSETFROM", &offset(ahead_before));
                text.line("TZOFFSETTO", &offset(ahead));
                if let Some(name) = name {
                    text.text("TZNAME", &name);
                }
            });
        }
    });
}

/// `20261205T081000`.
pub(super) fn compact(wall: WallTime) -> String {
    let mut time: String = wall.to_string().chars().filter(|c| !matches!(c, '-' | ':')).collect();
    time.push_str("00");
    time
}

/// `+0530`.
fn offset(minutes: i64) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(zone: &str, from: &str, to: &str) -> String {
        let zone: Zone = zone.parse().unwrap();
        let mut text = Text::default();
        write(&mut text, zone, zone.instant(from.parse().unwrap()), zone.instant(to.parse().unwrap()));
        String::from_utf8(text.into_bytes()).unwrap().replace("\r\n", "\n")
    }

    #[test]
    fn the_week_in_which_the_clocks_go_forward() {
        insta::assert_snapshot!(told("Europe/London", "2026-03-28T20:00", "2026-03-29T20:00"), @r"
        BEGIN:VTIMEZONE
        TZID:Europe/London
        BEGIN:STANDARD
        DTSTART:20251026T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0000
        TZNAME:GMT
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:20260329T010000
        TZOFFSETFROM:+0000
        TZOFFSETTO:+0100
        TZNAME:BST
        END:DAYLIGHT
        END:VTIMEZONE
        ");
    }

    #[test]
    fn any_zone() {
        let newfoundland = told("America/St_Johns", "2026-12-05T08:00", "2026-12-05T18:00");
        assert!(newfoundland.contains("TZOFFSETFROM:-0230\nTZOFFSETTO:-0330\n"), "{newfoundland}");
        let kolkata = told("Asia/Kolkata", "2026-12-05T08:00", "2026-12-05T18:00");
        assert!(kolkata.contains("BEGIN:STANDARD\n") && kolkata.contains("TZOFFSETFROM:+0530\nTZOFFSETTO:+0530\n"));
        let sydney = told("Australia/Sydney", "2026-12-05T08:00", "2026-12-05T18:00");
        assert!(sydney.contains("BEGIN:DAYLIGHT\nDTSTART:20261004T020000\nTZOFFSETFROM:+1000\nTZOFFSETTO:+1100\n"));
    }
}
