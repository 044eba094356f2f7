// TL206: shapes that a jacobian cannot be taken of.
import type { Rule } from './rule.ts';
import { sources, target } from './wording.ts';

export const jacobianShape: Rule<'jacobian-shape'> = {
  code: 'TL206',
  name: 'jacobian-shape',
  severity: 'error',
  summary: 'the shapes of target and source do not suit this kind of jacobian',
  because: (finding) => [
    finding.sources.length === 0
      ? `the shape of ${target(finding)} does not suit it`
      : `the shapes of ${target(finding)} and ${sources(finding)} do not suit it`,
    'the shapes do not suit it',
  ],
  here: () => 'this shape does not suit it',
};
