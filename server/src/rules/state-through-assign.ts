// TL112: the value passes through a variable's assign, which no tape records.
import type { Rule } from './rule.ts';
import { quote, sources, target } from './wording.ts';

export const stateThroughAssign: Rule<'state-through-assign'> = {
  code: 'TL112',
  name: 'state-through-assign',
  severity: 'error',
  summary: 'the value passes through an assignment to a variable, which no tape records',
  because: (finding) => {
    const variable = finding.cause.variable === null ? 'a variable' : quote(finding.cause.variable);
    return [
      `${sources(finding)} reaches ${target(finding)} through an assignment to ${variable}, which no tape records`,
      `an assignment to ${variable} is not recorded`,
    ];
  },
  here: () => 'this assignment is not recorded',
};
