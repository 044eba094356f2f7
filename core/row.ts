// A row: all that is said of one TensorFlow operation, in one place. Every interpreter reads rows; none knows an op by name.
import type { Numbers } from './backend.ts';
import type { Operations } from './operations.ts';
import type { Dependence } from './reads.ts';
import type { OpError } from './shape.ts';
import type { DType, Shape, Tensor } from './tensor.ts';

/** What parametrises an op besides its inputs; `undefined` inside is a value the analyzer does not know. */
export type Attributes = Readonly<Record<string, unknown>>;

/** The inputs by the names that the row gives them, and what came of them. */
export type Primal<A extends string, P> = Readonly<Record<A, Tensor>> & {
  readonly inputs: readonly Tensor[];
  /** The first (for most ops the only) output. */
  readonly y: Tensor;
  readonly outputs: readonly Tensor[];
  readonly attributes: P;
};

export type Upstream<A extends string, P> = Primal<A, P> & {
  /** The upstream gradient of the first output. */
  readonly dy: Tensor;
  readonly upstream: readonly Tensor[];
  /** Which outputs really had an upstream gradient; the others are given zeros. */
  readonly given: readonly boolean[];
  /** Which inputs anyone asks for: a gradient nobody needs is not computed. */
  readonly needs: readonly boolean[];
};

/** Tangents of the inputs, each with a leading axis of `directions`; null where an input does not depend on the direction. */
export type Tangents<A extends string, P> = Primal<A, P> & {
  readonly tangents: readonly (Tensor | null)[];
  readonly directions: number;
};

/** What is known of an input besides its shape. */
export interface Given {
  readonly dtype: DType | null;
  readonly values: Numbers | null;
}

/** One entry per input; null is TensorFlow's `None`: no edge. */
export type Gradient<A extends string, P> = (c: Upstream<A, P>, o: Operations) => readonly (Tensor | null)[];
/** One entry per output. */
export type Tangent<A extends string, P> = (c: Tangents<A, P>, o: Operations) => readonly (Tensor | null)[];

export interface Row<A extends string = string, P = Attributes> {
  /** TensorFlow's name of the op (`Tanh`, `AddV2`); names that begin with `_` are ours. */
  readonly name: string;
  /** The inputs' names; a last one that ends in `…` stands for any number of inputs. */
  readonly args: readonly A[];
  /** Number of outputs, where that is not one. */
  readonly outputs?: number | ((attributes: P) => number);
  /** The outputs' shapes (one shape where there is one output). Throws OpError where TensorFlow would raise. */
  readonly shape: (shapes: readonly Shape[], attributes: P) => Shape | readonly Shape[];
  readonly dtype:
    'same' | 'bool' | DType | ((dtypes: readonly (DType | null)[], attributes: P) => DType | null | readonly (DType | null)[]);
  /**
   * TensorFlow's registered gradient, built out of ops exactly as TensorFlow builds it. `none`: registered as not differentiable, the tape passes over it in
   * silence; `missing`: no gradient is registered, a tape that meets it raises LookupError.
   */
  readonly gradient: Gradient<A, P> | 'none' | 'missing';
  /** What TensorFlow raises instead of giving the gradient: a kernel that is missing, an attribute that it has lost. */
  readonly refuses?: (attributes: P) => OpError | null;
  /** What TensorFlow raises instead of vectorising it in a Jacobian. */
  readonly refusesVectorization?: (attributes: P) => OpError | null;
  /** The mathematical gradient, where TensorFlow's is missing or is not it. */
  readonly exact?: Gradient<A, P>;
  /** Inputs that the output depends on smoothly, but whose derivative neither TensorFlow nor we have. */
  readonly withoutDerivative?: readonly number[];
  /** Forward mode for many directions at once; `none` where the derivative is zero or does not exist. */
  readonly tangent: Tangent<A, P> | 'none';
  /** Which elements of the inputs an element of an output reads. */
  readonly dependence: Dependence<P>;
  /** Algebra for "zero for every input": the output is zero when `any` input is, when `all` (or all of these) are, or when one of these inputs is. */
  readonly zeroWhen: 'never' | 'any' | 'all' | readonly number[] | { readonly allOf: readonly number[] };
  /** Inputs whose zeros make the output infinite or not a number, of which the product with zero is not zero; given the inputs' numbers, where they are known. */
  readonly infiniteAtZero?: readonly number[] | ((inputs: readonly Given[]) => readonly number[]);
  /** Inputs whose zeros make the output zero whatever the others are, infinite or not a number (`tf.math.multiply_no_nan`). */
  readonly zeroWins?: readonly number[];
  /** True when the output is zero whatever the inputs are. */
  readonly alwaysZero?: boolean;
  /** The output is an `IndexedSlices`. */
  readonly indexedSlices?: boolean;
  /** No tape records it at all (`tf.stop_gradient`). */
  readonly unrecorded?: boolean;
}

/** For `attributes` in a row: says their type, holds nothing. */
export const takes = <P>(): P | undefined => undefined;

const rows = new Map<string, Row>();

/** What the functions of a row are given besides its inputs: an input of such a name would be hidden by it. */
const TAKEN: ReadonlySet<string> = new Set([
  'inputs',
  'y',
  'outputs',
  'attributes',
  'dy',
  'upstream',
  'given',
  'needs',
  'tangents',
  'directions',
]);

/** Adds a row to the table. */
export function op<const A extends string, P = Record<never, never>>(
  name: string,
  row: Omit<Row<A, P>, 'name'> & { attributes?: P | undefined },
): void {
  if (rows.has(name)) throw new Error(`two rows for ${name}`);
  for (const argument of row.args) if (TAKEN.has(argument)) throw new Error(`${name}: an input cannot be called ${argument}`);
  rows.set(name, inOneLayout({ ...row, name } as unknown as Row));
}

/** Every row with all fields, in one order: reading a field is then equally quick whichever row it is of. */
const inOneLayout = (row: Row): Row => ({
  name: row.name,
  args: row.args,
  outputs: row.outputs,
  shape: row.shape,
  dtype: row.dtype,
  gradient: row.gradient,
  refuses: row.refuses,
  refusesVectorization: row.refusesVectorization,
  exact: row.exact,
  withoutDerivative: row.withoutDerivative,
  tangent: row.tangent,
  dependence: row.dependence,
  zeroWhen: row.zeroWhen,
  infiniteAtZero: row.infiniteAtZero,
  zeroWins: row.zeroWins,
  alwaysZero: row.alwaysZero,
  indexedSlices: row.indexedSlices,
  unrecorded: row.unrecorded,
});

/** The row of an op; asking for one that does not exist is a mistake in our own code. */
export function rowOf(name: string): Row {
  const row = rows.get(name);
  if (!row) throw new Error(`no row for ${name}`);
  return row;
}

export const findRow = (name: string): Row | undefined => rows.get(name);
export const allRows = (): readonly Row[] => [...rows.values()];
export const outputCount = (row: Row, attributes: Attributes): number =>
  typeof row.outputs === 'function' ? row.outputs(attributes) : (row.outputs ?? 1);

/** The outputs' shapes, one per output. */
export const shapesOf = (row: Row, inputs: readonly Tensor[], attributes: Attributes): readonly Shape[] =>
  shapesFrom(
    row,
    inputs.map((t) => t.shape),
    attributes,
  );

/** The same for inputs of these shapes. */
export function shapesFrom(row: Row, inputs: readonly Shape[], attributes: Attributes): readonly Shape[] {
  const shapes = row.shape(inputs, attributes);
  return outputCount(row, attributes) === 1 && !isListOfShapes(shapes) ? [shapes] : (shapes as readonly Shape[]);
}

const isListOfShapes = (shapes: Shape | readonly Shape[]): shapes is readonly Shape[] =>
  shapes !== null && shapes.length > 0 && shapes.every((s) => s === null || Array.isArray(s)) && shapes.some((s) => Array.isArray(s));

export function dtypesOf(row: Row, inputs: readonly Tensor[], attributes: Attributes): readonly (DType | null)[] {
  const { dtype } = row;
  const found = typeof dtype === 'function' ? dtype(dtypesIn(inputs), attributes) : dtype === 'same' ? firstDType(inputs) : dtype;
  if (typeof found !== 'string' && found !== null) return found;
  const count = outputCount(row, attributes);
  return count === 1 ? [found] : new Array<DType | null>(count).fill(found);
}

const dtypesIn = (inputs: readonly Tensor[]): (DType | null)[] => inputs.map((t) => t.dtype);

function firstDType(inputs: readonly Tensor[]): DType | null {
  for (const { dtype } of inputs) if (dtype !== null) return dtype;
  return null;
}

/** The inputs under their names, for a row's functions. */
export function primal(
  row: Row,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  attributes: Attributes,
): Primal<string, Attributes> {
  const given: Record<string, unknown> = { inputs, y: outputs[0], outputs, attributes };
  for (let i = 0; i < row.args.length; i++) {
    const name = row.args[i];
    const input = inputs[i];
    if (name !== undefined && input && !name.endsWith('…')) given[name] = input;
  }
  return given as Primal<string, Attributes>;
}
