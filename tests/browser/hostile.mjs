// A problem in which every name is out to do harm: to the page, to the direction of its text, to its layout.
import { readFileSync } from "node:fs";

const problem = JSON.parse(readFileSync(process.argv[2], "utf8"));
const harm = (id) => [
  `<script>alert('${id}')</script>`,
  `"><img src=x onerror=alert('${id}')>`,
  `</style></title><svg onload="alert('${id}')">`,
  "\u202Eright to left\u2066 \u0645\u0631\u064A\u0645 \u{1F469}\u200D\u{1F467}",
  `javascript:alert('${id}')//{{7*7}}\u0007&lt;`,
  "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch".repeat(2),
];
const everybody = [...problem.volunteers, ...problem.families, ...problem.prisons, ...(problem.meeting_points ?? [])];
everybody.forEach((one, at) => { one.name = harm(one.id)[at % harm(one.id).length]; });
problem.name = harm("name")[0];
process.stdout.write(JSON.stringify(problem));
