// TL113: the target is None, mostly because an earlier gradient is.
import type { Rule } from './rule.ts';
import { target } from './wording.ts';

export const noneTarget: Rule<'none-target'> = {
  code: 'TL113',
  name: 'none-target',
  severity: 'error',
  summary: 'the target is itself `None`',
  because: (finding) => [`its target ${target(finding)} is \`None\``],
  here: () => 'this is `None`',
};
