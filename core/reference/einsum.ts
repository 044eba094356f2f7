// The reference kernel of sums of products: a walk over all letters.
import type { Equation } from '../ops/einsum.ts';
import { countOf, type Kernels, placesOf, stridesOf } from './kernel.ts';

/** How far a step along each letter's axis goes in an array; an axis of 1 is broadcast, a letter that stands twice walks a diagonal. */
function steps(letters: string, shape: readonly number[], order: readonly string[], sizes: ReadonlyMap<string, number>): number[] {
  const strides = stridesOf(shape);
  return order.map((letter) =>
    [...letters].reduce(
      (sum, own, i) => (own === letter && (shape[i] !== 1 || sizes.get(letter) === 1) ? sum + (strides[i] as number) : sum),
      0,
    ),
  );
}

export const EINSUM: Kernels = {
  Einsum: (inputs, attributes, [output]) => {
    if (!output) return null;
    const { operands, output: result } = attributes as unknown as Equation;
    const sizes = new Map<string, number>();
    operands.forEach((letters, n) =>
      [...letters].forEach((letter, i) => sizes.set(letter, Math.max(sizes.get(letter) ?? 0, inputs[n]?.shape[i] ?? 0))),
    );
    const order = [...sizes.keys()];
    const shape = order.map((letter) => sizes.get(letter) ?? 0);
    const to = placesOf(shape, steps(result, output.shape, order, sizes));
    const from = inputs.map((input, n) => placesOf(shape, steps(operands[n] ?? '', input.shape, order, sizes)));
    const out = new Float64Array(countOf(output.shape));
    for (let i = 0; i < to.length; i++) {
      let product = 1;
      for (let n = 0; n < inputs.length; n++) product *= inputs[n]?.values[(from[n] as Int32Array)[i] as number] as number;
      out[to[i] as number] = (out[to[i] as number] as number) + product;
    }
    return [out];
  },
};
