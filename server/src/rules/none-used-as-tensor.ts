// TL204: a gradient that is None is used as if it were a tensor.
import type { Rule } from './rule.ts';
import { lastNameBefore, line, quote } from './wording.ts';

export const noneUsedAsTensor: Rule<'none-used-as-tensor'> = {
  code: 'TL204',
  name: 'none-used-as-tensor',
  severity: 'error',
  summary: 'a gradient that is `None` is used as a tensor',
  because: (finding) => {
    const { exception, callIndex, call, subject } = finding;
    if (exception === null) return [call.method === 'hessians' ? 'a row of the Hessian is `None`' : 'it is given a `None`'];
    const held = lastNameBefore(subject.facts.names, exception.range.end, (name) => name.call === callIndex);
    const from = line(finding, call.range.start);
    return [held === null ? `the gradient taken at ${from} is \`None\`` : `${quote(held.name)} from ${from} is \`None\``];
  },
  here: () => 'the `None` comes from here',
};
