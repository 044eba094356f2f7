// TL109: the inner gradient is taken where the outer tape does not record it.
import type { Rule } from './rule.ts';
import { line, tape, target } from './wording.ts';

export const innerGradientOutsideOuterTape: Rule<'inner-gradient-outside-outer-tape'> = {
  code: 'TL109',
  name: 'inner-gradient-outside-outer-tape',
  severity: 'error',
  summary: 'the inner gradient is taken outside the outer tape',
  because: (finding) => {
    const outer = tape(finding, finding.cause.tape);
    const { computation } = finding.cause;
    const where = computation === null ? '' : ` at ${line(finding, computation.start)}`;
    return [`${target(finding)} is taken${where} while ${outer} is not recording`, `${target(finding)} is taken outside ${outer}`];
  },
  place: (finding) => finding.cause.computation,
  here: (finding) => `${tape(finding, finding.cause.tape)} is not recording here`,
};
