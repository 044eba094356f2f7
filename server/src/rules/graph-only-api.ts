// TL203: tf.gradients and tf.hessians know graphs only.
import type { Rule } from './rule.ts';

export const graphOnlyApi: Rule<'graph-only-api'> = {
  code: 'TL203',
  name: 'graph-only-api',
  severity: 'error',
  summary: 'a function that works only inside `tf.function` is called eagerly',
  because: () => ['it works only inside a `tf.function`'],
};
