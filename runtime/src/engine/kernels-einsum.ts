// How sums of products are carried out: as one product of batches of matrices where no letter stands twice in an operand, else by the reference kernel.
import type { Equation } from '../../../core/ops/einsum.ts';
import { byReference, type Call, carry, first, second, shapeOf } from './carry.ts';
import { product, reshaped, type Values } from './values.ts';

const isPlain = (letters: string): boolean => new Set(letters).size === letters.length;

/** Letters of two operands: in both and in the result, in both alone, and in only one of them and the result. null where a letter is in only one operand and nowhere else. */
function roles({ operands: [a = '', b = ''], output }: Equation): { batch: string; summed: string; left: string; right: string } | null {
  const within = (letters: string, ...others: string[]) => [...letters].filter((l) => others.every((o) => o.includes(l))).join('');
  const without = (letters: string, ...others: string[]) => [...letters].filter((l) => !others.some((o) => o.includes(l))).join('');
  if (without(a, b, output) !== '' || without(b, a, output) !== '') return null;
  return { batch: within(a, b, output), summed: without(within(a, b), output), left: without(a, b), right: without(b, a) };
}

function turned(c: Call, x: Values, from: string, to: string): Values {
  if (from === to || x.shape.length < 2) return x;
  return c.kernels.run('Transpose', { x }, { perm: [...to].map((letter) => from.indexOf(letter)) });
}

function asMatrices(c: Call): Values | null {
  const equation = c.attributes as unknown as Equation;
  const [a = '', b = ''] = equation.operands;
  if (equation.operands.length !== 2 || ![a, b, equation.output].every(isPlain) || c.inputs.some((x) => x.data.length === 0)) return null;
  const found = roles(equation);
  if (!found) return null;
  const sizes = new Map<string, number>();
  for (const [letters, x] of [
    [a, first(c)],
    [b, second(c)],
  ] as const)
    for (const [i, letter] of [...letters].entries()) {
      const [known, size] = [sizes.get(letter), x.shape[i] ?? 1];
      // An axis of 1 that is broadcast.
      if (known !== undefined && known !== size) return null;
      sizes.set(letter, size);
    }
  const { batch, summed, left, right } = found;
  const of = (letters: string) => [...letters].map((letter) => sizes.get(letter) ?? 1);
  const shape = [product(of(batch)), product(of(left)), product(of(summed)), product(of(right))] as const;
  const x = reshaped(turned(c, first(c), a, batch + left + summed), [shape[0], shape[1], shape[2]]);
  const y = reshaped(turned(c, second(c), b, batch + summed + right), [shape[0], shape[2], shape[3]]);
  const result = c.kernels.run('BatchMatMul', { a: x, b: y }, { transposeA: false, transposeB: false });
  const letters = batch + left + right;
  return reshaped(turned(c, reshaped(result, of(letters)), letters, equation.output), shapeOf(c));
}

carry('Einsum', (c) => asMatrices(c) ?? byReference('Einsum', c));
