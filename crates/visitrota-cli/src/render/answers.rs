//! Answers: why not, why this, and what would help.

use visitrota::report::Privacy;
use visitrota::report::words::listed;
use visitrota::report::words::why::{Words, called};
use visitrota::{
    Finding, Problem, Rota,
    answers::{Advice, Code, Contradiction, Explanation, Judgement, Standby, Verdict},
    problem::RequestId,
};

use super::text::{STRONG, WARNING, paragraph, styled};

/// An explanation, request by request.
pub(crate) fn explanation(problem: &Problem, explanation: &Explanation, width: usize) -> String {
    let calls = |id: &str| called(problem, Privacy::ALL, id);
    let words = Words::new(problem, &calls);
    let mut out = String::new();
    broken(&mut out, &words, explanation.broken, width);
    let unmet = explanation.unmet.iter().map(|unmet| (&unmet.request, words.unmet(unmet, explanation)));
    let served = explanation.served.iter().map(|served| (&served.request, words.served(served)));
    for (request, lines) in unmet.chain(served) {
        let asked = problem.requests.iter().find(|other| other.id == *request);
        let who: Vec<_> = asked.iter().flat_map(|asked| &asked.families).map(|id| calls(id.as_str())).collect();
        let family = if who.is_empty() { String::new() } else { format!(" for {}", listed(&who)) };
        paragraph(&mut out, "", &format!("{}{family}", styled(STRONG, request.as_str())), width);
        indented(&mut out, lines, width);
        out.push('\n');
    }
    if explanation.unmet.is_empty() && explanation.served.is_empty() {
        paragraph(&mut out, "", "Every requested visit is met.", width);
    }
    paragraph(&mut out, "", &words.best(explanation), width);
    out
}

/// Advice, the most helpful first.
pub(crate) fn advice(problem: &Problem, advice: &Advice, width: usize) -> String {
    let calls = |id: &str| called(problem, Privacy::ALL, id);
    let words = Words::new(problem, &calls);
    let mut out = String::new();
    for (nth, suggestion) in advice.suggestions.iter().enumerate() {
        let gain = styled(STRONG, &words.gain(suggestion));
        paragraph(&mut out, &format!("{:>3}. ", nth + 1), &format!("{}: {gain}.", words.suggestion(suggestion)), width);
    }
    if !advice.suggestions.is_empty() {
        out.push('\n');
    }
    paragraph(&mut out, "", &words.weighed(advice), width);
    out
}

/// Who could stand in, the fragile trips first.
pub(crate) fn standby(problem: &Problem, rota: &Rota, standby: &Standby, width: usize) -> String {
    let calls = |id: &str| called(problem, Privacy::ALL, id);
    let words = Words::new(problem, &calls);
    let mut out = String::new();
    broken(&mut out, &words, standby.broken, width);
    indented(&mut out, words.standby(rota, standby), width);
    out
}

/// How far a rota is from the best, and its cheapest repair.
pub(crate) fn judgement(problem: &Problem, verdict: &Verdict, judgement: &Judgement, width: usize) -> String {
    let calls = |id: &str| called(problem, Privacy::ALL, id);
    let mut out = String::new();
    indented(
        &mut out,
        Words::new(problem, &calls).judgement(verdict.score.total(), verdict.broken.is_empty(), judgement),
        width,
    );
    out
}

/// That these pins cannot all hold: which, why, and what dropping each would allow.
pub(crate) fn impossible_pins(
    problem: &Problem,
    requests: &[RequestId],
    why: Option<&Contradiction>,
    shown: Privacy,
) -> Finding {
    let calls = |id: &str| called(problem, shown, id);
    let finding = super::findings::impossible_pins(problem, requests);
    let Some(why) = why else { return finding };
    let lines: Vec<String> = (Words::new(problem, &calls).contradiction(why).into_iter())
        .map(|(depth, line)| if depth == 0 { line } else { format!("{line}.") })
        .collect();
    Finding::error(
        Code::ImpossiblePin,
        finding.path,
        format!("{} {}", finding.message, lines.join(" ")),
        finding.remedy,
    )
}

/// That the rota breaks rules, if it does: first of all, since whatever follows is of that rota.
fn broken(out: &mut String, words: &Words<'_>, times: usize, width: usize) {
    if let Some(warning) = words.broken(times) {
        paragraph(out, "", &styled(WARNING, &warning), width);
        out.push('\n');
    }
}

/// Lines, those that stand below others indented.
fn indented(out: &mut String, lines: Vec<(usize, String)>, width: usize) {
    for (depth, line) in lines {
        paragraph(out, &" ".repeat(2 + 2 * depth), &line, width);
    }
}
