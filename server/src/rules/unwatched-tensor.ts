// TL101: a tensor that no tape watches. Tapes watch trainable variables by themselves and nothing else (TensorFlow: python/eager/backprop.py, GradientTape.watch).
import type { Rule } from './rule.ts';
import { watchFix } from './edits.ts';
import { sources, tape } from './wording.ts';

export const unwatchedTensor: Rule<'unwatched-tensor'> = {
  code: 'TL101',
  name: 'unwatched-tensor',
  severity: 'error',
  summary: 'the tape does not watch the source',
  because: (finding) => [`${tape(finding, finding.cause.tape)} does not watch ${sources(finding)}`],
  here: (finding) => `${tape(finding, finding.cause.tape)} does not watch ${sources(finding)}`,
  fixes: (finding) => watchFix(finding.subject, finding.cause.watch),
};
