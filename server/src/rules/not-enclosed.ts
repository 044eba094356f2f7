// TL501: TensorFlow.js differentiates only what the function passed to it computes itself.
import type { Rule } from './rule.ts';
import { quote, target } from './wording.ts';

export const notEnclosed: Rule<'not-enclosed'> = {
  code: 'TL501',
  name: 'not-enclosed',
  severity: 'error',
  summary: 'no operation that TensorFlow.js can differentiate leads from the argument to the result',
  because: (finding) => {
    const { keptOutputOf, zeroIsTruth } = finding.cause;
    if (keptOutputOf !== null)
      return [
        `the gradient of ${quote(keptOutputOf)} reads its output, which nested \`tf.grad\` does not differentiate`,
        `nested \`tf.grad\` does not see the output of ${quote(keptOutputOf)}`,
      ];
    if (zeroIsTruth) return ['the derivative does not depend on the argument; the true answer is zero', 'the true answer is zero'];
    return [
      finding.call.target === ''
        ? 'the function does not lead from its argument to its result'
        : `${target(finding)} does not lead from its argument to its result`,
      'no operation leads from argument to result',
    ];
  },
  here: (finding) => (finding.cause.keptOutputOf === null ? 'the path is broken here' : 'this output is kept for the gradient'),
};
