// TL202: a derivative asked of a tape that is in use at this moment. Without pfor `jacobian` asks its tape once for each element of the target.
import { makePersistent } from './edits.ts';
import type { Rule } from './rule.ts';
import { tape } from './wording.ts';

export const tapeStillRecording: Rule<'tape-still-recording'> = {
  code: 'TL202',
  name: 'tape-still-recording',
  severity: 'error',
  summary: 'the tape is asked while it is in use, which needs a persistent one',
  because: (finding) =>
    finding.call.tape?.persistent === false
      ? [`without pfor it needs a persistent tape`, `${tape(finding)} is not persistent`]
      : [`${tape(finding)} is still recording here`],
  place: (finding) => finding.call.tape?.creation ?? null,
  here: (finding) => `${tape(finding)} is made here`,
  fixes: (finding) =>
    finding.call.tape?.persistent === false
      ? makePersistent(finding.subject, finding.call.tape.creationArguments, finding.call.tape.name)
      : [],
};
