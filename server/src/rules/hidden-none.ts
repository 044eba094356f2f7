// TL303: unconnected_gradients=ZERO turns a None into zeros where zero is not the true value.
import type { Rule } from './rule.ts';
import { sources } from './wording.ts';

export const hiddenNone: Rule<'hidden-none'> = {
  code: 'TL303',
  name: 'hidden-none',
  severity: 'warning',
  summary: 'zeros hide a `None` whose true value is not zero',
  whole: true,
  because: (finding) => {
    const general = `zeros stand for a \`None\` here, and the path from ${sources(finding)} is broken`;
    return [...finding.hidden.map((clause) => `zeros hide a \`None\` here: ${clause}`), general, 'zeros hide a `None` here'];
  },
  here: () => 'the path is broken here',
};
