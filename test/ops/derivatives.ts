// A row's gradient and tangent, held against central differences of the reference kernels and against each other. Each check gives what is wrong, in words.
import { Eager } from '../../core/eager.ts';
import type { Operations } from '../../core/operations.ts';
import { type Attributes, type Gradient, outputCount, primal, type Row } from '../../core/row.ts';
import { isDifferentiable, type Tensor } from '../../core/tensor.ts';
import type { Case } from './inputs.ts';
import { genericFor, symmetrized } from './generic.ts';
import { numbersOf, ReferenceBackend, shapeOf } from './reference-backend.ts';

const STEP = 1e-3;
const TOLERANCE = 1e-7;
export const DIRECTIONS = 3;

type Vectors = readonly (readonly number[])[];

/** One op on the reference backend, with a row that may be a changed copy of the table's. */
export class Trial {
  readonly eager = new Eager(new ReferenceBackend());
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Attributes;

  constructor(
    readonly row: Row,
    test: Case,
  ) {
    this.attributes = test.attributes;
    this.inputs = test.inputs.map(({ values, shape, dtype }, i) => this.eager.backend.constant(moved(test, i, values), shape, dtype));
    this.outputs = this.eager.backend.run(row, this.inputs, test.attributes);
  }
  get operations(): Operations {
    return this.eager.operations;
  }
  /** Inputs that can be differentiated by. */
  get differentiable(): readonly number[] {
    return this.inputs.flatMap((t, i) => (isDifferentiable(t.dtype) ? [i] : []));
  }
  /** A generic upstream gradient for each output; zeros for integer ones and for those that are left out. */
  upstream(given: readonly boolean[]): readonly Tensor[] {
    return this.outputs.map((y, i) => {
      const use = given[i] === true && isDifferentiable(y.dtype);
      return use
        ? this.eager.backend.constant(genericFor(shapeOf(y), y.dtype, 31 + i), shapeOf(y), y.dtype ?? 'float32')
        : this.operations.zerosConstant(y);
    });
  }
  gradient(how: Gradient<string, Attributes>, upstream: readonly Tensor[], given: readonly boolean[]): readonly (Tensor | null)[] {
    const needs = this.inputs.map((t) => isDifferentiable(t.dtype));
    const [dy = this.operations.scalar(0)] = upstream;
    return how(
      Object.assign(primal(this.row, this.inputs, this.outputs, this.attributes), { dy, upstream, needs, given }),
      this.operations,
    );
  }
  tangent(tangents: readonly (Tensor | null)[]): readonly (Tensor | null)[] {
    const { tangent } = this.row;
    if (tangent === 'none') return this.outputs.map(() => null);
    return tangent(
      Object.assign(primal(this.row, this.inputs, this.outputs, this.attributes), { tangents, directions: DIRECTIONS }),
      this.operations,
    );
  }
}

/** Numbers for an input, or of its gradient: symmetric where the test is about symmetric matrices. */
export const moved = (test: Case, input: number, values: ArrayLike<number>): readonly number[] =>
  test.symmetric && input === 0 ? symmetrized(values, test.inputs[0]?.shape ?? []) : Array.from(values);

/** d/dx of a function of a list of numbers, by five points. */
export function differences(at: readonly number[], f: (x: readonly number[]) => number): number[] {
  return at.map((x, i) => {
    const moved = (by: number) => f(at.map((v, j) => (j === i ? x + by * STEP : v)));
    return (moved(-2) - 8 * moved(-1) + 8 * moved(1) - moved(2)) / (12 * STEP);
  });
}

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

export function differs(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = TOLERANCE): string | null {
  if (found.length !== expected.length) return `${found.length} numbers instead of ${expected.length}`;
  for (let i = 0; i < found.length; i++) {
    const [a = NaN, b = NaN] = [found[i], expected[i]];
    if (!(Math.abs(a - b) <= tolerance * (1 + Math.abs(b)))) return `[${i}] is ${a} instead of ${b}`;
  }
  return null;
}

/** ⟨upstream, y⟩ as a function of one input. */
function contracted(row: Row, test: Case, input: number, upstream: Vectors): (x: readonly number[]) => number {
  return (x) => {
    const moved = test.inputs.map((g, i) => (i === input ? { ...g, values: x } : g));
    if (test.pretends) return dot(test.pretends(moved.map(({ values }) => values)), upstream[0] ?? []);
    const { outputs } = new Trial(row, { ...test, inputs: moved });
    return outputs.reduce((sum, y, i) => sum + dot(numbersOf(y), upstream[i] ?? []), 0);
  };
}

/** Which outputs get an upstream gradient: each alone, and all at once. */
export function selections(count: number): boolean[][] {
  const all = Array.from({ length: count }, () => true);
  return count === 1 ? [all] : [...all.map((_, i) => all.map((_value, j) => i === j)), all];
}

/** Holds `how` against differences, for one choice of upstream gradients. null where the gradient is null stands for "no edge", not for a number. */
export function checkGradient(row: Row, test: Case, how: Gradient<string, Attributes>, given: readonly boolean[]): string[] {
  const trial = new Trial(row, test);
  const upstream = trial.upstream(given);
  const found = trial.gradient(how, upstream, given);
  if (found.length !== trial.inputs.length) return [`${found.length} gradients for ${trial.inputs.length} inputs`];
  return trial.differentiable.flatMap((i) => {
    const gradient = found[i] ?? null;
    const input = test.inputs[i];
    if (gradient === null || !input) return [];
    if (JSON.stringify(gradient.shape) !== JSON.stringify(input.shape))
      return [`the gradient of input ${i} has the shape [${gradient.shape}], not [${input.shape}]`];
    const expected = differences(
      input.values,
      contracted(
        row,
        test,
        i,
        upstream.map((u) => Array.from(numbersOf(u))),
      ),
    );
    const wrong = differs(moved(test, i, numbersOf(gradient)), expected);
    return wrong ? [`the gradient of input ${i}: ${wrong}`] : [];
  });
}

/** ⟨u, J v⟩ = ⟨Jᵀ u, v⟩ for three directions at once: one input alone, and all together. */
export function checkTangent(row: Row, test: Case, how: Gradient<string, Attributes> | null): string[] {
  const trial = new Trial(row, test);
  const { differentiable, outputs, inputs } = trial;
  const chosen = differentiable.length > 1 ? [...differentiable.map((i) => [i]), [...differentiable]] : differentiable.map((i) => [i]);
  return chosen.flatMap((along) => {
    const tangents = inputs.map((x, i) =>
      along.includes(i)
        ? trial.eager.backend.constant(
            moved(test, i, genericFor([DIRECTIONS, ...shapeOf(x)], x.dtype, 51 + i)),
            [DIRECTIONS, ...shapeOf(x)],
            x.dtype ?? 'float32',
          )
        : null,
    );
    const forward = trial.tangent(tangents);
    if (forward.length !== outputCount(row, test.attributes)) return [`${forward.length} tangents for ${outputs.length} outputs`];
    const misshapen = forward.flatMap((dy, i) => {
      const expected = [DIRECTIONS, ...shapeOf(outputs[i] as Tensor)];
      return dy && JSON.stringify(dy.shape) !== JSON.stringify(expected)
        ? [`the tangent of output ${i} has the shape [${dy.shape}], not [${expected}]`]
        : [];
    });
    if (misshapen.length > 0) return misshapen;
    return selections(outputs.length).flatMap((given) => {
      const upstream = trial.upstream(given);
      const gradients = how ? trial.gradient(how, upstream, given) : inputs.map(() => null);
      const left = perDirection(forward, upstream);
      const right = perDirection(
        tangents.map((v, i) => (gradients[i] ? v : null)),
        gradients.map((g, i) => g ?? (inputs[i] as Tensor)),
      );
      const wrong = differs(left, right);
      return wrong ? [`tangents of inputs ${along.join(', ')} against the gradient: direction ${wrong}`] : [];
    });
  });
}

/** For each direction, Σ ⟨tangent, vector⟩. */
function perDirection(tangents: readonly (Tensor | null)[], vectors: readonly Tensor[]): number[] {
  return Array.from({ length: DIRECTIONS }, (_, k) =>
    tangents.reduce((sum, tangent, i) => {
      const vector = vectors[i];
      if (!tangent || !vector) return sum;
      const size = numbersOf(vector).length;
      return sum + dot(numbersOf(tangent).slice(k * size, (k + 1) * size), numbersOf(vector));
    }, 0),
  );
}
