// TL103: a step between source and target runs while the tape is not recording.
import type { Rule } from './rule.ts';
import { line, sources, tape, target } from './wording.ts';

export const outsideTape: Rule<'outside-tape'> = {
  code: 'TL103',
  name: 'outside-tape',
  severity: 'error',
  summary: 'the target is computed where the tape is not recording',
  because: (finding) => {
    const general = `${target(finding)} is computed while ${tape(finding, finding.cause.tape)} is not recording`;
    const { computation } = finding.cause;
    if (computation === null) return [general];
    const where = line(finding, computation.start);
    return [
      `${where}, between ${sources(finding)} and ${target(finding)}, runs while ${tape(finding, finding.cause.tape)} is not recording`,
      `${where} runs while ${tape(finding, finding.cause.tape)} is not recording`,
    ];
  },
  place: (finding) => finding.cause.computation,
  here: (finding) => `${tape(finding, finding.cause.tape)} is not recording here`,
};
