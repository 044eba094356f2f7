// TL111: the watch comes after the source was used, and the tape does not look back.
import type { Rule } from './rule.ts';
import { watchFix } from './edits.ts';
import { line, sources, tape } from './wording.ts';

export const lateWatch: Rule<'late-watch'> = {
  code: 'TL111',
  name: 'late-watch',
  severity: 'error',
  summary: 'the source is watched only after it was used',
  because: (finding) => {
    const where = finding.cause.watchRange === null ? '' : ` at ${line(finding, finding.cause.watchRange.start)}`;
    return [
      `${tape(finding, finding.cause.tape)} watches ${sources(finding)} only${where}, after it was used`,
      `${sources(finding)} is watched after it was used`,
    ];
  },
  place: (finding) => finding.cause.watchRange,
  here: (finding) => `${sources(finding)} is watched here, after it was used`,
  fixes: (finding) => watchFix(finding.subject, finding.cause.watch),
};
