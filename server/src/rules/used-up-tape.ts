// TL201: a tape that is not persistent answers once.
import type { Rule } from './rule.ts';
import { makePersistent } from './edits.ts';
import { line, tape } from './wording.ts';

export const usedUpTape: Rule<'used-up-tape'> = {
  code: 'TL201',
  name: 'used-up-tape',
  severity: 'error',
  summary: 'a tape that is not persistent is asked a second time',
  because: (finding) => {
    const { firstUse } = finding.cause;
    const general = `${tape(finding)} is not persistent and is used up`;
    return firstUse === null
      ? [general]
      : [`${tape(finding)} is not persistent and was used up at ${line(finding, firstUse.start)}`, general];
  },
  place: (finding) => finding.cause.firstUse,
  here: (finding) => `${tape(finding)} is used up here`,
  fixes: (finding) => makePersistent(finding.subject, finding.call.tape?.creationArguments ?? null, finding.call.tape?.name ?? null),
};
