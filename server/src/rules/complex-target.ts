// TL310: of a complex target TensorFlow differentiates the real part, and does not say so.
import type { Rule } from './rule.ts';
import { target } from './wording.ts';

export const complexTarget: Rule<'complex-target'> = {
  code: 'TL310',
  name: 'complex-target',
  severity: 'warning',
  summary: 'of a complex target only the real part is differentiated',
  whole: true,
  because: (finding) => [`${target(finding)} is complex: only its real part is differentiated`],
};
