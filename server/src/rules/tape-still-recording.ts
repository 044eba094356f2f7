// TL202: asked for a derivative of what it is recording at this moment.
import type { Rule } from './rule.ts';
import { tape } from './wording.ts';

export const tapeStillRecording: Rule<'tape-still-recording'> = {
  code: 'TL202',
  name: 'tape-still-recording',
  severity: 'error',
  summary: 'the call is made while its tape is still recording',
  because: (finding) => [`${tape(finding)} is still recording here`],
};
