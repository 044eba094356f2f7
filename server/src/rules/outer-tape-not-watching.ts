// TL110: of nested tapes every one needs its own watch.
import type { Rule } from './rule.ts';
import { watchFix } from './edits.ts';
import { sources, tape } from './wording.ts';

export const outerTapeNotWatching: Rule<'outer-tape-not-watching'> = {
  code: 'TL110',
  name: 'outer-tape-not-watching',
  severity: 'error',
  summary: 'the outer tape does not watch the source',
  because: (finding) => [
    `the outer tape ${tape(finding, finding.cause.tape)} does not watch ${sources(finding)}`,
    `${tape(finding, finding.cause.tape)} does not watch ${sources(finding)}`,
  ],
  here: (finding) => `${tape(finding, finding.cause.tape)} does not watch ${sources(finding)}; every tape needs a watch of its own`,
  fixes: (finding) => watchFix(finding.subject, finding.cause.watch),
};
