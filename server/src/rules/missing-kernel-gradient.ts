// TL503: TensorFlow.js has no gradient for this kernel.
import type { Rule } from './rule.ts';
import { quote } from './wording.ts';

export const missingKernelGradient: Rule<'missing-kernel-gradient'> = {
  code: 'TL503',
  name: 'missing-kernel-gradient',
  severity: 'error',
  summary: 'TensorFlow.js has no gradient for a kernel on the way',
  because: (finding) => [`TensorFlow.js has no gradient for ${quote(finding.cause.operation)}`],
  here: (finding) => `${quote(finding.cause.operation)} is used here`,
};
