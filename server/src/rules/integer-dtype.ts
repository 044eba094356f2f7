// TL106: an integer tensor: TensorFlow differentiates floating dtypes only.
import type { Rule } from './rule.ts';
import { makeFloat } from './edits.ts';
import { sources, target } from './wording.ts';

export const integerDtype: Rule<'integer-dtype'> = {
  code: 'TL106',
  name: 'integer-dtype',
  severity: 'error',
  summary: 'an integer dtype has no gradient',
  because: (finding) => {
    const { dtype } = finding.cause;
    // Of a gradient that is None the dtype is not known; the literal says that it is the source's own.
    if (finding.cause.literal !== null || finding.sources.every((source) => source.dtype === dtype))
      return [`${sources(finding)} is ${dtype}, and only floating dtypes have a gradient`];
    return [
      `the way from ${sources(finding)} to ${target(finding)} leads through ${dtype}, which has no gradient`,
      `${dtype} has no gradient`,
    ];
  },
  place: (finding) => finding.cause.literal,
  here: (finding) => `this is ${finding.cause.dtype}`,
  fixes: (finding) => makeFloat(finding.subject, finding.cause.literal),
};
