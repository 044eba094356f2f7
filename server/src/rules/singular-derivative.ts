// TL309: the derivative is infinite or not a number at a value that occurs.
import type { Rule } from './rule.ts';
import { quote } from './wording.ts';

export const singularDerivative: Rule<'singular-derivative'> = {
  code: 'TL309',
  name: 'singular-derivative',
  severity: 'warning',
  summary: 'the derivative is infinite or not a number at a value that occurs',
  whole: true,
  because: (finding) => [
    finding.cause.operation === null
      ? 'the derivative is infinite or not a number at this value'
      : `the derivative of ${quote(finding.cause.operation)} is infinite or not a number at this value`,
  ],
  here: (finding) => `${finding.cause.operation === null ? 'this' : quote(finding.cause.operation)} is singular at this value`,
};
