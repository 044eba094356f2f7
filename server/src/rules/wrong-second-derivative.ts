// TL502: nested tf.grad loses part of the derivative where a gradient reads its operation's output.
import type { Rule } from './rule.ts';
import { quote } from './wording.ts';

export const wrongSecondDerivative: Rule<'wrong-second-derivative'> = {
  code: 'TL502',
  name: 'wrong-second-derivative',
  severity: 'error',
  summary: 'the second derivative that nested `tf.grad` gives is wrong',
  whole: true,
  because: (finding) => [
    finding.cause.operation === null
      ? 'nested `tf.grad` gives a wrong second derivative here'
      : `nested \`tf.grad\` gives a wrong second derivative through ${quote(finding.cause.operation)}`,
  ],
  here: (finding) =>
    `the gradient of ${finding.cause.operation === null ? 'this' : quote(finding.cause.operation)} reads its output, which nested \`tf.grad\` does not differentiate`,
};
