// Sums of products by Einstein's convention. TensorFlow: python/ops/linalg_grad.py, _EinsumGrad.
import type { Operations } from '../operations.ts';
import { op } from '../row.ts';
import { OpError, show } from '../shape.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';

/** A letter per axis of each operand and of the result; a letter that the result lacks is summed over. */
export interface Equation {
  readonly operands: readonly string[];
  readonly output: string;
}

/** How long the axis of each letter is; an axis of 1 is broadcast. */
export function lengths(shapes: readonly Shape[], operands: readonly string[]): ReadonlyMap<string, Dimension> {
  const found = new Map<string, Dimension>();
  operands.forEach((letters, n) => {
    const shape = shapes[n] ?? null;
    if (shape !== null && shape.length !== letters.length)
      throw new OpError('InvalidArgumentError', `Expected input ${n} to have rank ${letters.length} but got: ${shape.length}`);
    [...letters].forEach((letter, i) => {
      const [known, d] = [found.get(letter), shape?.[i] ?? null];
      if (known === undefined || known === 1) found.set(letter, d);
      else if (known === null) found.set(letter, d === 1 ? null : d);
      else if (d !== null && d !== 1 && d !== known)
        throw new OpError(
          'InvalidArgumentError',
          `Expected dimension ${known} at axis ${i} of the input shaped ${show(shape)} but got dimension ${d}`,
        );
    });
  });
  return found;
}

/** Carries one out; a letter may stand twice in the result, too: on its diagonal. */
const einsum = (operands: readonly string[], output: string, inputs: readonly Tensor[], o: Operations): Tensor =>
  o.apply('Einsum', inputs, { operands, output });

/**
 * The gradient in one operand: what the other operand and the upstream gradient say of its letters, spread over those that were summed away alone, and put on the
 * diagonal of letters that stand twice.
 */
function towards(n: number, inputs: readonly Tensor[], dy: Tensor, { operands, output }: Equation, o: Operations): Tensor {
  const x = inputs[n] as Tensor;
  const own = operands[n] ?? '';
  const others = operands.flatMap((letters, i) => (i === n ? [] : [{ letters, input: o.conj(inputs[i] as Tensor) }]));
  const available = new Set([output, ...others.map(({ letters }) => letters)].join(''));
  const single = [...new Set(own)];
  const said = single.filter((letter) => available.has(letter)).join('');
  const partial = einsum([output, ...others.map(({ letters }) => letters)], said, [dy, ...others.map(({ input }) => input)], o);
  const lengthOf = (letter: string): Dimension => x.shape?.[own.indexOf(letter)] ?? null;
  let at = 0;
  const narrow = single.map((letter) => (available.has(letter) ? (partial.shape?.[at++] ?? null) : 1));
  const wide = single.map((letter, i) => (available.has(letter) ? (narrow[i] ?? null) : lengthOf(letter)));
  const spread = said.length === single.length ? partial : o.broadcastTo(o.reshape(partial, narrow), wide);
  const whole = single.length === own.length ? spread : einsum([single.join('')], own, [spread], o);
  return o.unbroadcast(whole, x.shape);
}

/** A letter that no equation of the program's has: the axis of directions. */
const DIRECTIONS = '*';

op<'list…', Equation>('Einsum', {
  args: ['list…'],
  shape: (shapes, { operands, output }) => {
    const length = lengths(shapes, operands);
    return [...output].map((letter) => length.get(letter) ?? null);
  },
  dtype: 'same',
  /** A letter of the result is one place; any other is summed over. A letter that stands twice in an operand is the same place twice. */
  dependence: (inputs, output, { operands, output: letters }) =>
    inputs.map((shape, n) =>
      shape.map((size, axis) => {
        const along = letters.indexOf(operands[n]?.[axis] ?? ' ');
        return along < 0 || output[along] !== size ? 'all' : { along };
      }),
    ),
  zeroWhen: 'any',
  refusesVectorization: ({ output }) =>
    new Set(output).size === output.length
      ? null
      : new OpError('ValueError', `Output subscripts contain a label appearing more than once: ${output}`),
  gradient: ({ inputs, dy, attributes, needs }, o) => inputs.map((_, n) => (needs[n] ? towards(n, inputs, dy, attributes, o) : null)),
  tangent: ({ inputs, tangents, attributes: { operands, output } }, o) => [
    o.total(
      inputs.map((_, n) => {
        const tangent = tangents[n];
        if (!tangent) return null;
        const letters = operands.map((own, i) => (i === n ? DIRECTIONS + own : own));
        return einsum(
          letters,
          DIRECTIONS + output,
          inputs.map((x, i) => (i === n ? tangent : x)),
          o,
        );
      }),
    ),
  ],
});
