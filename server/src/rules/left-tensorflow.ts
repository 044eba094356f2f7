// TL105: the value leaves TensorFlow (numpy, float, math) and comes back as a constant.
import type { Rule } from './rule.ts';
import { quote, sources, tape, target } from './wording.ts';

export const leftTensorflow: Rule<'left-tensorflow'> = {
  code: 'TL105',
  name: 'left-tensorflow',
  severity: 'error',
  summary: 'the computation leaves TensorFlow on the way from source to target',
  because: (finding) => [
    `${quote(finding.cause.operation)} leaves TensorFlow on the way from ${sources(finding)} to ${target(finding)}`,
    `${quote(finding.cause.operation)} leaves TensorFlow, where ${tape(finding)} cannot follow`,
  ],
  here: (finding) => `${quote(finding.cause.operation)} leaves TensorFlow here`,
};
