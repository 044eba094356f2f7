// TL305: the gradient of a gradient is the Hessian's row sums, not the Hessian.
import type { Rule } from './rule.ts';
import { sources } from './wording.ts';

export const rowSum: Rule<'row-sum'> = {
  code: 'TL305',
  name: 'row-sum',
  severity: 'warning',
  summary: 'the gradient of a gradient is the row sums of the Hessian',
  whole: true,
  because: (finding) => [
    `this is the row sums of the Hessian wrt ${sources(finding)}, not the Hessian; \`jacobian\` gives that`,
    'this is the row sums of the Hessian, not the Hessian',
  ],
};
