// TL501: TensorFlow.js differentiates only what the function passed to it computes itself.
import type { Rule } from './rule.ts';
import { target } from './wording.ts';

export const notEnclosed: Rule<'not-enclosed'> = {
  code: 'TL501',
  name: 'not-enclosed',
  severity: 'error',
  summary: 'the function does not enclose the operations from its argument to its result',
  because: (finding) => [
    finding.call.target === ''
      ? 'the function does not lead from its argument to its result'
      : `${target(finding)} does not lead from its argument to its result`,
    'no operation leads from argument to result',
  ],
  here: () => 'the path is broken here',
};
