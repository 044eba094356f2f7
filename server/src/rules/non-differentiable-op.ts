// TL107: an operation whose registered gradient is None, such as round, argmax and comparisons.
import type { Rule } from './rule.ts';
import { quote, sources, target } from './wording.ts';

export const nonDifferentiableOp: Rule<'non-differentiable-op'> = {
  code: 'TL107',
  name: 'non-differentiable-op',
  severity: 'error',
  summary: 'an operation on the way has no gradient',
  because: (finding) => [
    `${quote(finding.cause.operation)}, on the way from ${sources(finding)} to ${target(finding)}, has no gradient`,
    `${quote(finding.cause.operation)} has no gradient`,
  ],
  here: (finding) => `${quote(finding.cause.operation)} has no gradient`,
};
