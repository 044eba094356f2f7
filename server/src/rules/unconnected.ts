// TL114: nothing that the tape recorded leads from the source to the target.
import type { Rule } from './rule.ts';
import { sources, tape, target } from './wording.ts';

export const unconnected: Rule<'unconnected'> = {
  code: 'TL114',
  name: 'unconnected',
  severity: 'warning',
  summary: 'nothing that was recorded leads from the source to the target',
  because: (finding) => [
    `nothing that ${tape(finding)} recorded leads from ${sources(finding)} to ${target(finding)}`,
    `${target(finding)} is not computed from ${sources(finding)}`,
    `${target(finding)} is not computed from ${finding.sources.length === 1 ? 'it' : 'them'}`,
  ],
  here: (finding) => `nothing leads from ${sources(finding)} to here`,
};
