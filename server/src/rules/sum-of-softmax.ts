// TL308: what sums to a constant has no gradient to speak of.
import type { Rule } from './rule.ts';
import { quote, target } from './wording.ts';

export const sumOfSoftmax: Rule<'sum-of-softmax'> = {
  code: 'TL308',
  name: 'sum-of-softmax',
  severity: 'warning',
  summary: 'the elements of the target sum to a constant, so the gradient of their sum is zero',
  whole: true,
  because: (finding) => [
    `the elements of ${finding.cause.operation === null ? target(finding) : quote(finding.cause.operation)} sum to a constant, so this gradient is zero up to rounding`,
    'the target sums to a constant',
  ],
};
