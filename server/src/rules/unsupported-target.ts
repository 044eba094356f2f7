// TL205: a target that this method cannot differentiate: a list for jacobian, a number, an IndexedSlices.
import type { Rule } from './rule.ts';
import { callee, target } from './wording.ts';

export const unsupportedTarget: Rule<'unsupported-target'> = {
  code: 'TL205',
  name: 'unsupported-target',
  severity: 'error',
  summary: 'the target is not something that the method can differentiate',
  because: (finding) => [
    `${target(finding)} is not a target that ${callee(finding)} can differentiate`,
    `it cannot differentiate ${target(finding)}`,
  ],
  here: (finding) => `${target(finding)} is made here`,
};
