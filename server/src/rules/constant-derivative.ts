// TL102: what is differentiated is itself a derivative that does not depend on the source, as in every linear model.
import type { Rule } from './rule.ts';
import { returnZeros } from './edits.ts';
import { quote, sourceNames, sources, target, targetFormula } from './wording.ts';

export const constantDerivative: Rule<'constant-derivative'> = {
  code: 'TL102',
  name: 'constant-derivative',
  severity: 'warning',
  summary: 'the derivative does not depend on the source, so its own derivative is not connected',
  because: (finding) => {
    const general = `${target(finding)} does not depend on ${sources(finding)}`;
    const formula = targetFormula(finding);
    const mentions = formula === null || sourceNames(finding).some((name) => formula.split(/[^\p{L}\p{N}_.[\]]+/u).includes(name));
    return mentions ? [general] : [`${target(finding)} is ${quote(formula)}, which does not depend on ${sources(finding)}`, general];
  },
  here: (finding) => `what is made here does not depend on ${sources(finding)}`,
  fixes: (finding) => (finding.cause.zeroIsTruth ? returnZeros(finding.subject, finding.call.range) : []),
};
