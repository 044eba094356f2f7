// `tf.einsum`. TensorFlow: python/ops/special_math_ops.py, _einsum_v2.
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { define } from './function.ts';
import { isList, operands, UnknownArgument } from './value.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Carries an equation out, two operands at a time. */
export function einsum(equation: string, inputs: readonly Tensor[], o: Operations): Tensor {
  const { operands, output } = explicit(equation.replace(/\s+/g, ''), inputs);
  if (operands.length !== inputs.length)
    throw new OpError('ValueError', `Got ${inputs.length} inputs for equation "${equation}", expecting ${operands.length}`);
  let [letters = '', x] = [operands[0], inputs[0] as Tensor];
  if (inputs.length === 1) return o.apply('Einsum', [x], { operands: [letters], output });
  for (let n = 1; n < inputs.length; n++) {
    const next = operands[n] ?? '';
    const later = new Set([...operands.slice(n + 1), output].join(''));
    const kept = n === inputs.length - 1 ? output : [...new Set(letters + next)].filter((letter) => later.has(letter)).join('');
    x = o.apply('Einsum', [x, inputs[n] as Tensor], { operands: [letters, next], output: kept });
    letters = kept;
  }
  return x;
}

/** Without `…` and with the result written down. */
function explicit(equation: string, inputs: readonly Tensor[]): { operands: readonly string[]; output: string } {
  const [left = '', right] = equation.split('->');
  if (!/^[a-zA-Z.,]*$/.test(left) || (right !== undefined && !/^[a-zA-Z.]*$/.test(right)))
    throw new OpError('ValueError', `Indices have incorrect format. Received: ${equation}.`);
  const terms = left.split(',');
  const used = new Set(equation.replace(/[^a-zA-Z]/g, ''));
  const free = [...LETTERS].filter((letter) => !used.has(letter));
  // The letters of the dots are counted from the right, as shapes are broadcast.
  const widest = Math.max(
    0,
    ...terms.map((term, n) => {
      if (!term.includes('...')) return 0;
      const rank = inputs[n]?.shape?.length;
      if (rank === undefined) throw new UnknownArgument();
      return rank - term.replace('...', '').length;
    }),
  );
  const dots = free.slice(0, Math.max(0, widest)).join('');
  const operands = terms.map((term, n) => {
    if (!term.includes('...')) return term;
    const rank = (inputs[n]?.shape?.length ?? 0) - term.replace('...', '').length;
    return term.replace('...', rank === 0 ? '' : dots.slice(-rank));
  });
  const once = (letter: string) => left.split(letter).length === 2;
  const implied = dots + [...new Set(left.replace(/[^a-zA-Z]/g, ''))].filter(once).sort().join('');
  return { operands, output: right === undefined ? implied : right.replace('...', dots) };
}

define('tf.einsum tf.linalg.einsum', 'equation, *inputs, optimize="greedy", name=None', (a, o) => {
  const equation = a.text('equation');
  if (equation === null) throw new UnknownArgument();
  const inputs = a.list('inputs');
  // It asks each input for its shape.
  if (inputs.some((v) => isList(v))) throw new OpError('AttributeError', "'list' object has no attribute 'shape'");
  return einsum(equation, operands(o, inputs), o);
});
