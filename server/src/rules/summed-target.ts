// TL302: the gradient of a tensor is that of the sum over its elements.
import type { Rule } from './rule.ts';
import { target } from './wording.ts';

export const summedTarget: Rule<'summed-target'> = {
  code: 'TL302',
  name: 'summed-target',
  severity: 'information',
  summary: 'the gradient of a tensor is the gradient of the sum of its elements',
  whole: true,
  because: (finding) => [
    `this is the gradient of the sum over ${target(finding)}; \`jacobian\` keeps its elements apart`,
    `this is the gradient of the sum over ${target(finding)}`,
  ],
};
