// TL208: the call raises, and TensorFlow's own message is the best word for why.
import type { Rule } from './rule.ts';
import { quote } from './wording.ts';

export const raisingCall: Rule<'raising-call'> = {
  code: 'TL208',
  name: 'raising-call',
  severity: 'error',
  summary: 'the call raises an exception',
  because: (finding) => [
    finding.call.error === null || finding.call.error.message === '' ? 'TensorFlow refuses it' : quote(finding.call.error.message, 60),
  ],
};
