// TL306: TensorFlow's own second derivative of this operation is wrong, without a warning.
import type { Rule } from './rule.ts';
import { quote } from './wording.ts';

export const wrongSecondDerivativeInTensorflow: Rule<'wrong-second-derivative-in-tensorflow'> = {
  code: 'TL306',
  name: 'wrong-second-derivative-in-tensorflow',
  severity: 'warning',
  summary: 'the second derivative that TensorFlow gives for this operation is wrong',
  whole: true,
  because: (finding) => [
    finding.cause.operation === null
      ? "TensorFlow's second derivative is silently wrong here"
      : `TensorFlow's second derivative of ${quote(finding.cause.operation)} is silently wrong`,
  ],
  here: (finding) =>
    `the second derivative of ${finding.cause.operation === null ? 'this' : quote(finding.cause.operation)} is wrong in TensorFlow`,
};
