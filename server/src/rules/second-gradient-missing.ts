// TL207: TensorFlow's registry has no gradient for an operation on the way.
import type { Rule } from './rule.ts';
import { quote, target } from './wording.ts';

export const secondGradientMissing: Rule<'second-gradient-missing'> = {
  code: 'TL207',
  name: 'second-gradient-missing',
  severity: 'error',
  summary: 'TensorFlow has no gradient registered for an operation on the way',
  because: (finding) => [
    `TensorFlow has no gradient for ${quote(finding.cause.operation)}, on the way to ${target(finding)}`,
    `TensorFlow has no gradient for ${quote(finding.cause.operation)}`,
  ],
  here: (finding) => `${quote(finding.cause.operation)} comes from here`,
};
