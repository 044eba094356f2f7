// The derivative of a row's gradient, three ways: differences of the gradient, the tape over the tape, and tangents pushed through every op that the gradient is made of.
import { Eager } from '../../core/eager.ts';
import { type Attributes, type Gradient, primal, type Row, rowOf } from '../../core/row.ts';
import type { Operations } from '../../core/operations.ts';
import { GradientTape } from '../../core/tape.ts';
import { isDifferentiable, type Origin, type Tensor } from '../../core/tensor.ts';
import { differs, DIRECTIONS, dot, moved } from './derivatives.ts';
import { generic, genericFor } from './generic.ts';
import type { Case } from './inputs.ts';
import { numbersOf, ReferenceBackend, shapeOf } from './reference-backend.ts';

const STEP = 1e-3;
const TOLERANCE = 1e-6;

/** Per input, its numbers: null where it has no gradient. */
type Gradients = readonly (readonly number[] | null)[];

class Run {
  readonly recorded: Origin[] = [];
  readonly eager = new Eager(new ReferenceBackend(), (origin) => this.recorded.push(origin));
  readonly inputs: readonly Tensor[];
  constructor(
    readonly row: Row,
    readonly test: Case,
  ) {
    this.inputs = test.inputs.map(({ values, shape, dtype }, i) => this.constant(moved(test, i, values), shape, dtype));
  }
  constant(values: readonly number[], shape: readonly number[], dtype: Tensor['dtype'] = 'float32'): Tensor {
    return this.eager.backend.constant(values, shape, dtype ?? 'float32');
  }
  generic(like: Tensor, seed: number): Tensor {
    return this.constant(genericFor(shapeOf(like), like.dtype, seed), shapeOf(like), like.dtype);
  }
  get sources(): readonly Tensor[] {
    return this.inputs.filter((t) => isDifferentiable(t.dtype));
  }
  outputs(): readonly Tensor[] {
    return this.eager.apply(this.row.name, this.inputs, this.test.attributes);
  }
  /** The gradients of Σ ⟨generic, output⟩ by the row's function. */
  gradients(how: Gradient<string, Attributes>): readonly (Tensor | null)[] {
    const outputs = this.outputs();
    const given = outputs.map((y) => isDifferentiable(y.dtype));
    const upstream = outputs.map((y, i) => (given[i] ? this.generic(y, 31 + i) : this.eager.operations.zerosConstant(y)));
    const [dy = this.eager.operations.scalar(0)] = upstream;
    const needs = this.inputs.map((t) => isDifferentiable(t.dtype));
    return how(
      Object.assign(primal(this.row, this.inputs, outputs, this.test.attributes), { dy, upstream, needs, given }),
      this.eager.operations,
    );
  }
}

/** One direction per number, for every input that can be differentiated by. */
const directionsOf = (row: Row, test: Case): (readonly number[])[] =>
  test.inputs.map(({ shape, dtype }, i) =>
    row.withoutDerivative?.includes(i)
      ? generic([DIRECTIONS, ...shape], 0).map(() => 0)
      : isDifferentiable(dtype)
        ? moved(test, i, genericFor([DIRECTIONS, ...shape], dtype, 51 + i))
        : [],
  );

function along(test: Case, directions: readonly (readonly number[])[], k: number, by: number): Case {
  return {
    ...test,
    inputs: test.inputs.map((given, i) => ({
      ...given,
      values: given.values.map((x, j) => x + by * (directions[i]?.[k * given.values.length + j] ?? 0)),
    })),
  };
}

/** d gradient / d direction k, by five points. */
function byDifferences(row: Row, test: Case, how: Gradient<string, Attributes>, k: number): Gradients {
  const directions = directionsOf(row, test);
  const at = (by: number): Gradients =>
    new Run(row, along(test, directions, k, by)).gradients(how).map((g) => g && Array.from(numbersOf(g)));
  const [a, b, c, d] = [at(-2 * STEP), at(-STEP), at(STEP), at(2 * STEP)];
  return a.map((list, i) => list && list.map((x, j) => (x - 8 * (b[i]?.[j] ?? 0) + 8 * (c[i]?.[j] ?? 0) - (d[i]?.[j] ?? 0)) / (12 * STEP)));
}

/** Tangents through the op and through all that its gradient is made of: what the Hessian engine does. */
export function checkForwardOverReverse(row: Row, test: Case, how: Gradient<string, Attributes>): string[] {
  const run = new Run(row, test);
  const gradients = run.gradients(how);
  const directions = directionsOf(row, test);
  const tangents = new Map<number, Tensor>();
  run.inputs.forEach((x, i) => {
    if (isDifferentiable(x.dtype)) tangents.set(x.id, run.constant(directions[i] ?? [], [DIRECTIONS, ...shapeOf(x)], x.dtype));
  });
  for (const { name, inputs, outputs, attributes } of [...run.recorded]) {
    const { tangent } = rowOf(name);
    const given = inputs.map((t) => tangents.get(t.id) ?? null);
    if (tangent === 'none' || given.every((t) => t === null)) continue;
    const context = Object.assign(primal(rowOf(name), inputs, outputs, attributes), { tangents: given, directions: DIRECTIONS });
    tangent(context, run.eager.operations).forEach((t, i) => {
      const output = outputs[i];
      if (t && output) tangents.set(output.id, t);
    });
  }
  return Array.from({ length: DIRECTIONS }, (_, k) => k).flatMap((k) => {
    const expected = byDifferences(row, test, how, k);
    return gradients.flatMap((gradient, i) => {
      const numbers = expected[i];
      if (!gradient || !numbers) return [];
      const tangent = tangents.get(gradient.id);
      const found = tangent ? Array.from(numbersOf(tangent)).slice(k * numbers.length, (k + 1) * numbers.length) : numbers.map(() => 0);
      const wrong = differs(found, numbers, TOLERANCE);
      return wrong ? [`the tangent of gradient ${i} in direction ${k}: ${wrong}`] : [];
    });
  });
}

/** Σ Re(ū·y): of complex numbers, what their pairs have as an inner product. */
const contracted = (y: Tensor, u: Tensor, o: Operations): Tensor => o.sum(o.real(o.mul(o.conj(u), y)));

/** A tape over a tape, both with the registered gradients. Throws OpError where TensorFlow would. */
export function checkReverseOverReverse(row: Row, test: Case, how: Gradient<string, Attributes>): string[] {
  const run = new Run(row, test);
  const { operations: o } = run.eager;
  const [outer, inner] = [0, 1].map(() => new GradientTape(run.eager, { persistent: true, watchAccessedVariables: true })) as [
    GradientTape,
    GradientTape,
  ];
  for (const tape of [outer, inner]) {
    tape.enter();
    for (const source of run.sources) tape.watch(source);
  }
  const outputs = run.outputs();
  const target = o.total(outputs.map((y, i) => (isDifferentiable(y.dtype) ? contracted(y, run.generic(y, 31 + i), o) : null)));
  inner.exit();
  const gradients = inner.gradient(target ? [target] : [], run.sources);
  const total = o.total(gradients.map((g, i) => g && contracted(g, run.generic(g, 91 + i), o)));
  outer.exit();
  if (!total) return [];
  const second = outer.gradient([total], run.sources);
  const directions = directionsOf(row, test).filter((d) => d.length > 0);
  const sourceAt = run.inputs.flatMap((t, i) => (isDifferentiable(t.dtype) ? [i] : []));
  return Array.from({ length: DIRECTIONS }, (_, k) => k).flatMap((k) => {
    const numbers = byDifferences(row, test, how, k);
    const expected = gradients.reduce((sum, g, i) => {
      const list = numbers[sourceAt[i] ?? -1];
      return g && list ? sum + dot(list, genericFor(shapeOf(g), g.dtype, 91 + i)) : sum;
    }, 0);
    const found = second.reduce((sum, g, j) => {
      const size = run.sources[j] ? numbersOf(run.sources[j]).length : 0;
      return g ? sum + dot(numbersOf(g), (directions[j] ?? []).slice(k * size, (k + 1) * size)) : sum;
    }, 0);
    const wrong = differs([found], [expected], TOLERANCE);
    return wrong ? [`the tape's second derivative in direction ${k}: ${wrong}`] : [];
  });
}
