// Functions of every structure, carried out on the runtime's own backend, and the questions put to them.
import { Eager } from '../../core/eager.ts';
import '../../core/ops/index.ts';
import type { Operations } from '../../core/operations.ts';
import type { Tensor } from '../../core/tensor.ts';
import { NumericBackend } from '../../runtime/src/engine/backend.ts';
import { startEngines } from '../../runtime/src/engine/choose.ts';
import { SecondDerivative } from '../../runtime/src/hessian/derivative.ts';
import type { Question } from '../../runtime/src/hessian/question.ts';
import { join } from 'node:path';
import { NATIVE_ENGINE } from '../engines/native.ts';
import { distDir } from '../runtime/runtime.ts';

export const engines = await startEngines(join(distDir, 'runtime'), { native: NATIVE_ENGINE });

/** Numbers between −1 and 1, the same ones for the same seed. */
export function drawn(size: number, seed = 1): Float32Array {
  let state = (seed * 0x9e3779b1) | 1;
  return Float32Array.from({ length: size }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 31 - 1;
  });
}

export interface Given {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  /** A number, of which the Hessian in all inputs is asked. */
  readonly f: (o: Operations, inputs: readonly Tensor[]) => Tensor;
}

const sum = (o: Operations, x: Tensor): Tensor => o.sum(x);
const constant = (o: Operations, shape: readonly number[], seed: number): Tensor =>
  o.eager.backend.constant(
    drawn(
      shape.reduce((a, b) => a * b, 1),
      seed,
    ),
    shape,
    'float32',
  );

export const FUNCTIONS: readonly Given[] = [
  { name: 'diagonal', shapes: [[7]], f: (o, [x]) => sum(o, o.exp(x as Tensor)) },
  {
    name: 'tridiagonal',
    shapes: [[9]],
    f: (o, [x]) => {
      const [ahead, behind] = [o.slice(x as Tensor, [1], [8]), o.slice(x as Tensor, [0], [8])];
      return sum(o, o.add(o.square(o.sub(ahead, o.square(behind))), o.square(o.sub(1, behind))));
    },
  },
  {
    name: 'a batch of examples',
    shapes: [[5, 3]],
    f: (o, [x]) => sum(o, o.matmul(o.tanh(o.matmul(x as Tensor, constant(o, [3, 4], 2))), constant(o, [4, 1], 3))),
  },
  {
    name: 'a batch along the last axis',
    shapes: [[3, 5]],
    f: (o, [x]) => sum(o, o.square(o.tanh(o.matmul(constant(o, [4, 3], 2), x as Tensor)))),
  },
  {
    name: 'arrow',
    shapes: [[40]],
    f: (o, [x]) => {
      const head = o.slice(x as Tensor, [0], [1]);
      return sum(o, o.add(o.exp(x as Tensor), o.mul(o.sin(head), o.square(x as Tensor))));
    },
  },
  { name: 'dense', shapes: [[6]], f: (o, [x]) => o.exp(o.mean(o.square(x as Tensor))) },
  { name: 'linear', shapes: [[4]], f: (o, [x]) => sum(o, o.mul(x as Tensor, 3)) },
  { name: 'piecewise linear', shapes: [[4]], f: (o, [x]) => sum(o, o.relu(x as Tensor)) },
  {
    name: 'a grid of neighbours',
    shapes: [[6, 5]],
    f: (o, [x]) => {
      const down = o.sub(o.slice(x as Tensor, [1, 0], [5, 5]), o.slice(x as Tensor, [0, 0], [5, 5]));
      const across = o.sub(o.slice(x as Tensor, [0, 1], [6, 4]), o.slice(x as Tensor, [0, 0], [6, 4]));
      return o.add(sum(o, o.exp(down)), sum(o, o.exp(across)));
    },
  },
  {
    name: 'gathers and scatters',
    shapes: [[6, 2]],
    f: (o, [x]) => {
      const [taken] = o.eager.apply('GatherV2', [x as Tensor, o.vector([0, 2, 2, 5])], { axis: 0 });
      return sum(o, o.mul(o.exp(taken as Tensor), o.slice(x as Tensor, [1, 0], [4, 2])));
    },
  },
  {
    name: 'the largest',
    shapes: [[3, 5]],
    f: (o, [x]) => sum(o, o.exp(o.eager.apply('TopKV2', [x as Tensor], { count: 2 })[0] as Tensor)),
  },
  {
    name: 'running sums',
    shapes: [[2, 4]],
    f: (o, [x]) => sum(o, o.exp(o.apply('Cumsum', [x as Tensor], { axis: 1, exclusive: false, reverse: false }))),
  },
  { name: 'softmax', shapes: [[4, 3]], f: (o, [x]) => sum(o, o.square(o.apply('Softmax', [x as Tensor]))) },
  {
    name: 'reversed',
    shapes: [[80]],
    f: (o, [x]) => sum(o, o.mul(o.exp(x as Tensor), o.apply('ReverseV2', [x as Tensor], { axes: [0] }))),
  },
  {
    name: 'weights of a network',
    shapes: [[3, 4], [4], [4, 2], [2]],
    f: (o, [w, b, v, c]) => {
      const hidden = o.tanh(o.add(o.matmul(constant(o, [6, 3], 4), w as Tensor), b as Tensor));
      return o.mean(o.square(o.sub(o.add(o.matmul(hidden, v as Tensor), c as Tensor), constant(o, [6, 2], 5))));
    },
  },
  { name: 'two inputs apart', shapes: [[3], [4]], f: (o, [x, y]) => o.add(sum(o, o.exp(x as Tensor)), o.exp(sum(o, y as Tensor))) },
  { name: 'a matrix and its transpose', shapes: [[4, 4]], f: (o, [x]) => sum(o, o.exp(o.mul(x as Tensor, o.transpose(x as Tensor)))) },
  { name: 'one number', shapes: [[]], f: (o, [x]) => o.exp(x as Tensor) },
  { name: 'nothing', shapes: [[0, 3]], f: (o, [x]) => sum(o, o.exp(x as Tensor)) },
];

/** The second derivative of a function at a point drawn at random. */
export function derivativeOf({ shapes, f }: Given, dtype: 'float32' | 'float64' = 'float32'): SecondDerivative {
  const kernels = engines.choose('cpu');
  if (!kernels) throw new Error('the pure JavaScript engine is always there');
  const eager = new Eager(new NumericBackend(kernels));
  const inputs = shapes.map((shape, i) =>
    eager.backend.constant(
      drawn(
        shape.reduce((a, b) => a * b, 1),
        7 + i,
      ),
      shape,
      dtype,
    ),
  );
  const y = f(eager.operations, inputs);
  const objective = { name: 'y', targets: [y], weights: null, component: null };
  const columns = inputs.map((tensor, i) => ({ name: `x${i}`, tensor, variable: null }));
  const question: Question = {
    target: { name: 'y', shape: [] },
    rows: columns.map((source, i) => ({ kind: 'gradient', name: source.name, shape: shapes[i] ?? [], objective, source })),
    columns,
    objective,
    examples: null,
    notes: [],
  };
  return new SecondDerivative(eager, question);
}

/** Column after column, each in a direction of its own: [rows][columns]. */
export function columnByColumn(h: SecondDerivative): number[][] {
  const seeds = new Float64Array(h.columns * h.columns);
  for (let i = 0; i < h.columns; i++) seeds[i * h.columns + i] = 1;
  const products = h.columns === 0 ? null : h.apply(h.like instanceof Float64Array ? seeds : Float32Array.from(seeds), h.columns);
  return Array.from({ length: h.rows }, (_, row) =>
    Array.from({ length: h.columns }, (_c, column) => products?.[column * h.rows + row] ?? 0),
  );
}
