// TL108: the program itself stops the gradient: stop_gradient, stop_recording, reset.
import type { Rule } from './rule.ts';
import { quote, sources, target } from './wording.ts';

export const stoppedGradient: Rule<'stopped-gradient'> = {
  code: 'TL108',
  name: 'stopped-gradient',
  severity: 'warning',
  summary: 'the gradient is stopped on the way from source to target',
  because: (finding) => [
    `${quote(finding.cause.operation)} stops the gradient between ${sources(finding)} and ${target(finding)}`,
    `${quote(finding.cause.operation)} stops the gradient`,
  ],
  here: (finding) => `${quote(finding.cause.operation)} stops the gradient here`,
};
