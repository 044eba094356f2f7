// The backend that has numbers: carries rows out on an engine's kernels, and what is in float64 on those of `core/reference`.
import type { Backend, Numbers } from '../../../core/backend.ts';
import { evaluate } from '../../../core/reference/evaluate.ts';
import { type Attributes, dtypesOf, outputCount, type Row, shapesOf } from '../../../core/row.ts';
import { isKnown, OpError, show } from '../../../core/shape.ts';
import { type DType, newTensorId, type Origin, type Shape, type Tensor } from '../../../core/tensor.ts';
import { byReference, filled, findCarry } from './kernels.ts';
import type { Kernels } from './tfjs.ts';
import { scratch } from './scratch.ts';
import { allocate, lengthOf, product, room, storageOf, type Data, type Values } from './values.ts';

/**
 * A tensor that holds its numbers, on the host. Engines know float32, int32 and booleans: float16 is computed in float32, 64-bit integers in int32.
 * An engine's memory is only used during one op, so JavaScript's garbage collection is all the management there is.
 */
export class NumericTensor implements Tensor {
  readonly id = newTensorId();
  readonly indexedSlices: boolean;
  origin: Origin | null = null;

  constructor(
    private held: Values | Deferred,
    readonly dtype: DType,
    indexedSlices = false,
  ) {
    this.indexedSlices = indexedSlices;
  }

  get values(): Values {
    if ('compute' in this.held) {
      const { compute } = this.held;
      this.held = scratch.closed(compute);
    }
    return this.held;
  }

  get shape(): readonly number[] {
    return this.held.shape;
  }

  /** The same numbers under a new identity. */
  alias(indexedSlices = this.indexedSlices): NumericTensor {
    const { shape } = this;
    const held = 'compute' in this.held ? { shape, compute: () => this.values, standIn: () => this.standIn } : this.held;
    return new NumericTensor(held, this.dtype, indexedSlices);
  }

  /** What is zero just where this is; itself, where nothing is that is found more cheaply. */
  get standIn(): NumericTensor {
    return ('compute' in this.held ? this.held.standIn?.() : null) ?? this;
  }

  get isZero(): boolean {
    const { standIn } = this;
    return standIn.values.data.every((value: number) => value === 0);
  }
}

/** Numbers that are computed when someone first asks for them. */
export interface Deferred {
  readonly shape: readonly number[];
  readonly compute: () => Values;
  /** Other numbers that are all zero just where these are, and are found more cheaply. */
  readonly standIn?: () => NumericTensor;
}

/** Whether all numbers are zero, and there are any. */
export const isZero = (tensor: Tensor): boolean => tensor instanceof NumericTensor && product(tensor.shape) > 0 && tensor.isZero;

/** The numbers of a tensor of this backend. */
export function valuesOf(tensor: Tensor): Values {
  if (tensor instanceof NumericTensor) return tensor.values;
  throw new OpError('TypeError', `a tensor of dtype ${tensor.dtype} has no numbers`);
}

/** An op that has no kernel here: Tape Lens does not support it yet. */
/** `what` is a noun: "the operation Foo". */
export class Unsupported extends Error {
  constructor(what: string) {
    super(`${what} is not supported by Tape Lens yet`);
  }
}
export class UnsupportedOp extends Unsupported {
  constructor(readonly operation: string) {
    super(`the operation ${operation}`);
  }
}

export class NumericBackend implements Backend {
  /** Ops on float64 that only have kernels of float32. */
  readonly narrowed = new Set<string>();

  /** How to undo what is done lazily, last first. */
  private readonly undoing: (() => void)[] = [];
  private lazy = 0;

  constructor(readonly kernels: Kernels) {}

  run(row: Row, inputs: readonly Tensor[], attributes: Attributes): Tensor[] {
    return (this.isLazy ? this.later(row, inputs, attributes) : null) ?? this.now(row, inputs, attributes);
  }

  /** Whether only the structure of what is carried out is wanted. */
  get isLazy(): boolean {
    return this.lazy > 0;
  }

  lazily<T>(body: () => T): T {
    const leave = this.enterLaziness();
    try {
      return body();
    } finally {
      leave();
    }
  }

  /** What is done from here on is done lazily, until what comes back is called. */
  enterLaziness(): () => void {
    const mark = this.undoing.length;
    this.lazy++;
    return () => {
      this.lazy--;
      while (this.undoing.length > mark) this.undoing.pop()?.();
    };
  }

  /** Carries something out for good, whatever is only sketched around it. */
  forGood<T>(body: () => T): T {
    const leave = this.leaveLaziness();
    try {
      return body();
    } finally {
      leave();
    }
  }

  /** What is done from here on is done for good, until what comes back is called. */
  leaveLaziness(): () => void {
    const { lazy } = this;
    this.lazy = 0;
    return () => {
      this.lazy = lazy;
    };
  }

  /** Says how to undo a change, at the end of what is done lazily. */
  onUndo(undo: () => void): void {
    if (this.isLazy) this.undoing.push(undo);
  }

  /** Outputs whose numbers are made when somebody asks; null where even their shapes need the numbers. Numbers that cannot be made are zeros: nobody is to see them. */
  private later(row: Row, inputs: readonly Tensor[], attributes: Attributes): Tensor[] | null {
    const shapes = shapesOf(row, inputs, attributes);
    const dtypes = dtypesOf(row, inputs, attributes);
    if (!shapes.every(isKnown)) return null;
    let made: readonly Tensor[] | null = null;
    const make = (): readonly Tensor[] => (made ??= this.forGood(() => this.now(row, inputs, attributes)));
    return shapes.map((shape, i) => {
      const dtype = dtypes[i] ?? 'float32';
      const compute = (): Values => {
        try {
          return valuesOf(make()[i] as Tensor);
        } catch (error) {
          if (error instanceof OpError) return filled(shape, 0, storageOf(dtype));
          throw error;
        }
      };
      return new NumericTensor({ shape, compute }, dtype, row.indexedSlices);
    });
  }

  private now(row: Row, inputs: readonly Tensor[], attributes: Attributes): Tensor[] {
    const dtypes = dtypesOf(row, inputs, attributes).map((dtype) => dtype ?? 'float32');
    const shapes = shapesOf(row, inputs, attributes);
    const isDouble = dtypes.includes('float64') || inputs.some(({ dtype }) => dtype === 'float64');
    const outputs =
      (isDouble ? this.inFloat64(row, inputs, attributes, shapes, dtypes) : null) ?? this.onEngine(row, inputs, attributes, shapes, dtypes);
    return outputs.map(
      (values, i) => new NumericTensor(stored(values, dtypes[i] ?? 'float32'), dtypes[i] ?? 'float32', row.indexedSlices === true),
    );
  }

  private onEngine(
    row: Row,
    inputs: readonly Tensor[],
    attributes: Attributes,
    rowShapes: readonly Shape[],
    dtypes: readonly DType[],
  ): Values[] {
    const shapes = rowShapes.map((shape, i) => known(shape, row, i));
    const carry = findCarry(row.name);
    if (!carry) throw new UnsupportedOp(row.name);
    const call = { kernels: this.kernels, inputs: inputs.map((t) => narrow(valuesOf(t))), attributes, shapes, dtypes };
    const complex = [...call.inputs.map(({ storage }) => storage), ...dtypes.map(storageOf)].includes('complex64');
    const outcome = complex ? byReference(row.name, call) : carry(call);
    const outputs = Array.isArray(outcome) ? outcome : [outcome];
    if (outputs.length !== outputCount(row, attributes)) throw new Error(`${row.name} gave ${outputs.length} outputs`);
    for (const { data, shape, storage } of outputs)
      if (data.length !== lengthOf(shape, storage)) throw new Error(`${row.name} gave ${data.length} numbers for the shape ${show(shape)}`);
    return outputs;
  }

  /** null where the reference kernels have no answer: the engine then computes, or raises. */
  private inFloat64(
    row: Row,
    inputs: readonly Tensor[],
    attributes: Attributes,
    shapes: readonly Shape[],
    dtypes: readonly DType[],
  ): Values[] | null {
    const outputs = shapes.map((shape, i) => ({ shape: isKnown(shape) ? shape : null, dtype: dtypes[i] ?? 'float64' }));
    if (!outputs.every((output): output is { shape: readonly number[]; dtype: DType } => output.shape !== null)) return null;
    const given = inputs.map((t) => ({ values: valuesOf(t).data, shape: valuesOf(t).shape, dtype: t.dtype ?? 'float32' }));
    const found = evaluate(row.name, given, attributes, outputs);
    if (found === null) {
      if (inputs.length > 0) this.narrowed.add(row.name);
      return null;
    }
    return outputs.map(({ shape }, i) => ({ data: float64(found[i] ?? []), shape, storage: 'float64' }));
  }

  constant(values: Numbers, shape: readonly number[], dtype: DType): Tensor {
    const data = allocate(lengthOf(shape, storageOf(dtype)), storageOf(dtype));
    data.set(values);
    return new NumericTensor({ data, shape, storage: storageOf(dtype) }, dtype);
  }

  fill(value: number | null, shape: Shape, dtype: DType | null): Tensor {
    if (value === null || !isKnown(shape)) throw new UnsupportedOp(`that fills ${show(shape)}`);
    return new NumericTensor(filled(shape, value, storageOf(dtype)), dtype ?? 'float32');
  }

  valueOf(tensor: Tensor): Numbers | null {
    return tensor instanceof NumericTensor ? tensor.values.data : null;
  }

  alias(tensor: Tensor): Tensor {
    return tensor instanceof NumericTensor ? tensor.alias() : sameHandle(tensor);
  }

  detach(tensor: Tensor): Tensor {
    return tensor instanceof NumericTensor ? tensor.alias(false) : sameHandle(tensor);
  }
}

/** A variable's handle once more. */
const sameHandle = (handle: Tensor): Tensor => ({ ...handle, id: newTensorId(), origin: null });

function known(shape: Shape, row: Row, output: number): readonly number[] {
  if (isKnown(shape)) return shape;
  // A shape that only the numbers say: rows whose outputs are of such a shape have a kernel that says it.
  if (findCarry(row.name)) return [];
  throw new UnsupportedOp(`${row.name} (output ${output})`);
}

const float64 = (numbers: Numbers): Float64Array => (numbers instanceof Float64Array ? numbers : Float64Array.from(numbers));

/** As an engine's kernels take it. */
const narrow = (values: Values): Values => (values.storage === 'float64' ? stored(values, 'float32') : values);

/** Kernels sometimes give another storage than the row says (a comparison as int32), and none has numbers of 16 bits. */
function stored(values: Values, dtype: DType): Values {
  const storage = storageOf(dtype);
  const short = SHORT[dtype];
  if (values.storage === storage && !short) return values;
  const data: Data = room(values.data.length, storage);
  if (short) for (let i = 0; i < data.length; i++) data[i] = short(values.data[i] as number);
  else data.set(values.data);
  return { data, shape: values.shape, storage };
}

/** Rounds to so many bits after the first one, of numbers down to 2^least and up to `largest`. */
const rounding =
  (bits: number, least: number, largest: number) =>
  (x: number): number => {
    if (x === 0 || !Number.isFinite(x)) return x;
    const step = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(x))), least) - bits);
    const steps = x / step;
    const floor = Math.floor(steps);
    const even = steps - floor === 0.5 ? floor + Math.abs(floor % 2) : Math.round(steps);
    return Math.abs(even * step) > largest ? Math.sign(x) * Infinity : even * step;
  };
const SHORT: Partial<Record<DType, (x: number) => number>> = {
  float16: rounding(10, -14, 65504),
  bfloat16: rounding(7, -126, 3.3895313892515355e38),
};
