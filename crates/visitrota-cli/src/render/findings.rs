//! What is wrong, or odd, in a document.

use std::fmt::Write;

use visitrota::{
    Finding, Problem,
    answers::{Code, Severity},
    problem::RequestId,
};

use super::text::{ERROR, GOOD, STRONG, WARNING, count, paragraph, styled};

/// Every finding for people, then how many there are.
pub(crate) fn text(findings: &[Finding], document: &str, width: usize) -> String {
    let mut out = String::new();
    for finding in findings {
        one(&mut out, finding, width);
        out.push('\n');
    }
    if findings.is_empty() {
        paragraph(&mut out, "", &format!("{}: found nothing wrong in {document}.", styled(GOOD, "ok")), width);
        return out;
    }
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let warnings = findings.len() - errors;
    let mut counts = Vec::new();
    if errors > 0 {
        counts.push(styled(ERROR, &count(errors, "error")));
    }
    if warnings > 0 {
        counts.push(styled(WARNING, &count(warnings, "warning")));
    }
    paragraph(&mut out, "", &format!("{} in {document}.", counts.join(" and ")), width);
    out
}

/// That there are warnings, for those who plan. How many, `check` knows, which looks longer.
pub(crate) fn hint() -> String {
    format!("There are {} in the problem: `visitrota check` lists them.\n", styled(WARNING, "warnings"))
}

/// That these pins cannot all hold, naming each.
pub(crate) fn impossible_pins(problem: &Problem, requests: &[RequestId]) -> Finding {
    let pinned = |request: &RequestId| {
        let pins = problem.pins.iter().filter(|pin| pin.request == *request);
        let to = pins.flat_map(|pin| {
            let slot = pin.slot.as_ref().map(|slot| format!("slot {slot}"));
            [slot, pin.driver.as_ref().map(|driver| format!("driver {driver}"))].into_iter().flatten()
        });
        let to: Vec<String> = to.collect();
        if to.is_empty() { request.to_string() } else { format!("{request} to {}", to.join(" and ")) }
    };
    let pins: Vec<_> = requests.iter().map(pinned).collect();
    let (message, remedy) = match pins.as_slice() {
        [pin] => (format!("No valid rota keeps this pin: {pin}."), "Remove the pin, or change it."),
        pins => (
            format!("No valid rota keeps all of these pins: {}.", pins.join("; ")),
            "Remove or change one of them: the others can be kept without it.",
        ),
    };
    Finding::error(Code::ImpossiblePin, "pins", message, remedy)
}

fn one(out: &mut String, finding: &Finding, width: usize) {
    let Finding { severity, code, path, value, .. } = finding;
    let (style, severity) = match severity {
        Severity::Error => (ERROR, "error"),
        Severity::Warning => (WARNING, "warning"),
    };
    let mut head = styled(style, &format!("{severity}[{code}]"));
    if !path.is_empty() {
        let _ = write!(head, " {}", styled(STRONG, path));
    }
    if let Some(value) = value {
        let _ = write!(head, " = {}", value);
    }
    paragraph(out, "", &head, width);
    let (message, remedy) = finding.told();
    paragraph(out, "  ", &message, width);
    paragraph(out, "    ", &remedy, width);
}
