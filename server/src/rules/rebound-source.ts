// TL104: the name now holds another tensor than the one that the target was computed from.
import type { Rule } from './rule.ts';
import { line, quote, target } from './wording.ts';

export const reboundSource: Rule<'rebound-source'> = {
  code: 'TL104',
  name: 'rebound-source',
  severity: 'error',
  summary: 'the source was rebound to another tensor than the one that was used',
  because: (finding) => {
    const { name, rebound } = finding.cause;
    const where = rebound === null ? '' : ` at ${line(finding, rebound.start)}`;
    return [`${quote(name)} is rebound${where}; ${target(finding)} was computed from another tensor`, `${quote(name)} is rebound${where}`];
  },
  place: (finding) => finding.cause.rebound,
  here: (finding) => `${quote(finding.cause.name)} becomes another tensor here`,
};
