// TL301: connected, and zero for every input: a piecewise linear program has no curvature.
import type { Rule } from './rule.ts';
import { quote, sources, target } from './wording.ts';

export const zeroHessian: Rule<'zero-hessian'> = {
  code: 'TL301',
  name: 'zero-hessian',
  severity: 'warning',
  summary: 'the second derivative is zero for every input',
  because: (finding) => {
    const { operation } = finding.cause;
    const general = `${target(finding)} is constant wherever it is smooth in ${sources(finding)}`;
    return operation === null ? [general] : [`the second derivative of ${quote(operation)} is zero`, general];
  },
  here: (finding) =>
    finding.cause.operation === null ? 'this is constant' : `the second derivative of ${quote(finding.cause.operation)} is zero`,
};
