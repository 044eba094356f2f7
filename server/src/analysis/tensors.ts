// Tensors as the analyzer has them, and the backend that carries rows out on them: shapes, dtypes and three kinds of knowledge about values, never mixed.
import type { Backend, Numbers } from '../../../core/backend.ts';
import type { LoopRules } from '../../../core/function.ts';
import { evaluate } from '../../../core/reference/evaluate.ts';
import { type Attributes, dtypesOf, type Given, outputCount, type Row, shapesOf } from '../../../core/row.ts';
import { isKnown, sizeOf } from '../../../core/shape.ts';
import { type DType, isDifferentiable, newTensorId, numbersPer, type Origin, type Shape, type Tensor } from '../../../core/tensor.ts';
import type { Range } from '../ir/ir.ts';
import type { Derivative } from './formula.ts';

export interface Knowledge {
  /** The numbers in this run of the program, where they are known: decides branches and ranges. */
  readonly values: Numbers | null;
  /** Zero whatever the inputs are, by algebra. */
  readonly zero: boolean;
  /** Made by dividing by zero or the like: infinite or not a number somewhere, as far as anyone knows. */
  readonly infinite: boolean;
  /** The same whatever the inputs are: made of literals alone. Watching ends it. */
  readonly constant: boolean;
  /** Came through something unknown: None over such a path is unknown. */
  readonly tainted: boolean;
}

/** Numbers are followed through tensors of at most this many elements. */
const FOLDED_ELEMENTS = 512;

export class AbstractTensor implements Tensor {
  readonly id = newTensorId();
  origin: Origin | null = null;
  logits?: Tensor;
  /** What it is the derivative of, and of which order, where a gradient call gave it. */
  derivative: (Derivative & { readonly order: number }) | null = null;
  /** Its name says nothing to a reader. */
  nameless = false;
  constructor(
    readonly shape: Shape,
    readonly dtype: DType | null,
    public known: Knowledge,
    /** The expression that made it. */
    readonly site: Range | null,
    readonly indexedSlices = false,
    readonly valueDType: DType | null = null,
  ) {}

  /** A tape watches it: from now on it stands for any input. */
  release(): void {
    if (this.known.constant || this.known.zero) this.known = { ...this.known, constant: false, zero: false };
  }
}

export const knowledgeOf = (tensor: Tensor): Knowledge => (tensor as AbstractTensor).known;
export const siteOf = (tensor: Tensor): Range | null => (tensor as AbstractTensor).site;

const NOTHING: Knowledge = { values: null, zero: false, infinite: false, constant: false, tainted: false };
export const TAINTED: Knowledge = { ...NOTHING, tainted: true };

/** Where the interpreter is: new tensors are marked with it. */
export interface Position {
  site: Range | null;
}

export class AbstractBackend implements Backend {
  /** The first step begins from zeros, the second from what the first gave: every later one is like the third. */
  readonly rounds = 3;

  /** Whether tapes pass over ops without a gradient in silence, as TensorFlow's do; TensorFlow.js raises. */
  passesInSilence = false;

  constructor(private readonly position: Position) {}

  private make(shape: Shape, dtype: DType | null, known: Knowledge, indexedSlices = false): AbstractTensor {
    return new AbstractTensor(shape, dtype, known, this.position.site, indexedSlices);
  }

  /** A tensor of which only this much is known. */
  opaque(shape: Shape, dtype: DType | null, known: Partial<Knowledge> = {}, indexedSlices = false): AbstractTensor {
    return this.make(shape, dtype, { ...NOTHING, ...known }, indexedSlices);
  }

  run(row: Row, inputs: readonly Tensor[], attributes: Attributes): AbstractTensor[] {
    const shapes = shapesOf(row, inputs, attributes);
    const dtypes = dtypesOf(row, inputs, attributes);
    const known = inputs.map(knowledgeOf);
    const values = this.fold(row, inputs, attributes, shapes, dtypes);
    const constant = known.every((k) => k.constant) && (inputs.length > 0 || values !== null);
    const isEnd = this.passesInSilence && (row.gradient === 'none' || row.unrecorded === true);
    const tainted = !isEnd && known.some((k) => k.tainted);
    const mayBeInfinite = isInfinite(row, inputs, known);
    const zero = row.alwaysZero === true || (isZero(row, known) && (!mayBeInfinite || zeroWins(row, known)));
    const infinite = mayBeInfinite && !zero;
    const output = (i: number): AbstractTensor => {
      const numbers = values?.[i] ?? null;
      const dtype = dtypes[i] ?? null;
      // No gradient comes through an integer.
      const open = tainted && !(this.passesInSilence && dtype !== null && !isDifferentiable(dtype));
      return this.make(
        shapes[i] ?? null,
        dtype,
        {
          values: numbers,
          zero: numbers ? (constant || zero) && allZero(numbers) : zero,
          infinite: numbers ? !allFinite(numbers) : infinite,
          constant,
          tainted: open,
        },
        row.indexedSlices === true,
      );
    };
    const count = outputCount(row, attributes);
    return count === 1 ? [output(0)] : Array.from({ length: count }, (_, i) => output(i));
  }

  private fold(
    row: Row,
    inputs: readonly Tensor[],
    attributes: Attributes,
    shapes: readonly Shape[],
    dtypes: readonly (DType | null)[],
  ): Numbers[] | null {
    if (inputs.some((input) => knowledgeOf(input).values === null)) return null;
    const operands = [];
    for (const input of inputs) {
      const { values } = knowledgeOf(input);
      if (values === null || !isKnown(input.shape) || input.dtype === null) return null;
      operands.push({ values, shape: input.shape, dtype: input.dtype });
    }
    const outputs = [];
    for (let i = 0; i < shapes.length; i++) {
      const shape = shapes[i] ?? null;
      const dtype = dtypes[i] ?? null;
      if (!isKnown(shape) || dtype === null || (sizeOf(shape) ?? Infinity) > FOLDED_ELEMENTS) return null;
      outputs.push({ shape, dtype });
    }
    const found = evaluate(row.name, operands, attributes, outputs);
    // What cancels as it is written need not cancel once it is rounded, as TensorFlow's constants are.
    const isSettled = !inputs.every((input) => knowledgeOf(input).constant) || !found?.some(hasZero);
    return isSettled ? found : evaluate(row.name, operands.map(rounded), attributes, outputs);
  }

  constant(values: Numbers, shape: readonly number[], dtype: DType): AbstractTensor {
    const few = values.length <= FOLDED_ELEMENTS;
    return this.make(shape, dtype, {
      values: few ? values : null,
      zero: allZero(values),
      infinite: few && !allFinite(values),
      constant: true,
      tainted: false,
    });
  }

  fill(value: number | null, shape: Shape, dtype: DType | null): AbstractTensor {
    const size = sizeOf(shape);
    const values = value !== null && size !== null && size <= FOLDED_ELEMENTS ? repeated(value, size, dtype) : null;
    return this.make(shape, dtype, {
      values,
      zero: value === 0,
      infinite: value !== null && !Number.isFinite(value),
      constant: true,
      tainted: false,
    });
  }

  isOpen(tensor: Tensor): boolean {
    return knowledgeOf(tensor).tainted;
  }

  valueOf(tensor: Tensor): Numbers | null {
    return knowledgeOf(tensor).values;
  }

  alias(tensor: Tensor): AbstractTensor {
    return this.make(tensor.shape, tensor.dtype, knowledgeOf(tensor), tensor.indexedSlices);
  }

  detach(tensor: Tensor): AbstractTensor {
    return this.make(tensor.shape, tensor.dtype, { ...knowledgeOf(tensor), zero: false, constant: false });
  }
}

function allZero(values: Numbers): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) return false;
  return true;
}

const hasZero = (values: Numbers): boolean => values.includes(0);

interface Operand {
  readonly values: Numbers;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

const rounded = (operand: Operand): Operand =>
  operand.dtype === 'float32' ? { ...operand, values: Array.from(operand.values, Math.fround) } : operand;

function allFinite(values: Numbers): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** One value everywhere; a complex one has no imaginary part. */
function repeated(value: number, size: number, dtype: DType | null): number[] {
  const per = numbersPer(dtype);
  const numbers = new Array<number>(size * per).fill(per === 1 ? value : 0);
  if (per === 2) for (let i = 0; i < numbers.length; i += 2) numbers[i] = value;
  return numbers;
}

/** Mostly zero times what is infinite or not a number is not zero. */
const zeroWins = (row: Row, known: readonly Knowledge[]): boolean => row.zeroWins?.some((i) => known[i]?.zero === true) === true;

function isInfinite({ infiniteAtZero = [] }: Row, inputs: readonly Tensor[], known: readonly Knowledge[]): boolean {
  const given = (): Given[] => inputs.map(({ dtype }, i) => ({ dtype, values: known[i]?.values ?? null }));
  const at = typeof infiniteAtZero === 'function' ? infiniteAtZero(given()) : infiniteAtZero;
  const hasZero = ({ zero, values }: Knowledge): boolean => zero || (values !== null && values.includes(0));
  return known.some((k) => k.infinite) || at.some((i) => known[i] !== undefined && hasZero(known[i]));
}

function isZero(row: Row, known: readonly Knowledge[]): boolean {
  const { zeroWhen } = row;
  if (zeroWhen === 'never') return false;
  if (zeroWhen === 'any') return known.some((k) => k.zero);
  if (zeroWhen === 'all') return known.length > 0 && known.every((k) => k.zero);
  if ('allOf' in zeroWhen) return zeroWhen.allOf.every((i) => known[i]?.zero === true);
  return zeroWhen.some((i) => known[i]?.zero === true);
}

/** How a loop goes round here: of what goes round only the shape is known, and whether it is zero in every round. */
export const loopRules = (backend: AbstractBackend): LoopRules => ({
  placeholder: (t, zero) => backend.opaque(t.shape, t.dtype, { zero, infinite: knowledgeOf(t).infinite, tainted: knowledgeOf(t).tainted }),
  isZero: (t) => knowledgeOf(t).zero,
});
