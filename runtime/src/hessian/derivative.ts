// The Hessian of a question as a linear map: built once from the trace, then applied to directions, any number at a time.
import type { Eager } from '../../../core/eager.ts';
import type { Origin, Tensor } from '../../../core/tensor.ts';
import { valuesOf } from '../engine/backend.ts';
import { scratch } from '../engine/scratch.ts';
import { product } from '../engine/values.ts';
import { tangents } from './directions.ts';
import type { Leaf } from './elements.ts';
import { type Floats, floats } from './matrix.ts';
import { gradientOf } from './gradient.ts';
import { type Question, shapeOf, valueOf } from './question.ts';
import { opsBetween } from './trace.ts';

export class SecondDerivative {
  /** What the rows are the elements of, the gradient in most questions; null where it is zero for every input. */
  readonly gradient: readonly (Tensor | null)[];
  /** From the columns' leaves to the gradient, forward and backward pass together. */
  readonly ops: readonly Origin[];
  readonly rowSizes: readonly number[];
  readonly columnSizes: readonly number[];
  readonly leaves: readonly Leaf[];
  /** An array of the kind that the numbers are in: float64 where any source is. */
  readonly like: Floats;

  constructor(
    readonly eager: Eager,
    readonly question: Question,
  ) {
    this.gradient = gradientOf(eager, question);
    this.ops = this.opsTowards(this.present);
    this.rowSizes = question.rows.map(({ shape }) => product(shape));
    this.columnSizes = question.columns.map((source) => product(shapeOf(source)));
    let first = 0;
    this.leaves = question.columns.map((source) => {
      const leaf = { tensor: source.tensor, shape: shapeOf(source), first };
      first += product(leaf.shape);
      return leaf;
    });
    const isDouble =
      question.columns.some((source) => valueOf(source).dtype === 'float64') || this.present.some(({ dtype }) => dtype === 'float64');
    this.like = isDouble ? new Float64Array(0) : new Float32Array(0);
  }

  /** The parts of the gradient that are not zero for every input. */
  get present(): readonly Tensor[] {
    return this.gradient.filter((g) => g !== null);
  }
  get rows(): number {
    return this.rowSizes.reduce((a, b) => a + b, 0);
  }
  get columns(): number {
    return this.columnSizes.reduce((a, b) => a + b, 0);
  }
  /** Whether rows and columns are the same sources of one objective. */
  get isSquare(): boolean {
    return this.question.objective !== null;
  }
  /** The number of elements of the largest tensor on the way. */
  get largest(): number {
    let most = 1;
    for (const { outputs } of this.ops) for (const t of outputs) most = Math.max(most, sizeOf(t));
    return most;
  }
  /** The number of elements of all tensors on the way. */
  get elements(): number {
    let sum = 0;
    for (const { outputs } of this.ops) for (const t of outputs) sum += sizeOf(t);
    return sum;
  }

  /**
   * H · v for `directions` vectors: `seeds` is [directions, columns], the result [directions, rows]; null where it is zero in every direction, by what the ops are.
   * `asked`: for each row source whether it is wanted; the rows of others are left zero.
   */
  apply(seeds: Floats, directions: number, asked: readonly boolean[] = this.everyRow): Floats | null {
    return scratch.opened(() => {
      const found = this.eager.keepingOrigins(false, () => this.tangentsAlong(seeds, directions, asked));
      return found.every((tangent) => tangent === null) ? null : this.sideBySide(found, directions);
    });
  }

  private sideBySide(found: readonly (Tensor | null)[], directions: number): Floats {
    const { rows, like } = this;
    const out = floats(directions * rows, like);
    let row = 0;
    this.rowSizes.forEach((size, i) => {
      const tangent = found[i];
      if (tangent) {
        const { data } = valuesOf(tangent);
        for (let d = 0; d < directions; d++) out.set(data.subarray(d * size, (d + 1) * size), d * rows + row);
      }
      row += size;
    });
    return out;
  }

  /** The same as tensors [directions, …shape], one for each row source; null for one that is not asked for, too. */
  tangentsAlong(seeds: Floats, directions: number, asked: readonly boolean[] = this.everyRow): (Tensor | null)[] {
    const { eager, columns, like } = this;
    const given = new Map<number, Tensor>();
    this.question.columns.forEach((source, i) => {
      const size = this.columnSizes[i] ?? 0;
      const part = columnsOf(seeds, directions, columns, this.leaves[i]?.first ?? 0, size, like);
      if (part)
        given.set(source.tensor.id, eager.backend.constant(part, [directions, ...shapeOf(source)], valueOf(source).dtype ?? 'float32'));
    });
    const wanted = this.gradient.map((g, i) => (asked[i] === true ? g : null));
    const present = wanted.filter((g) => g !== null);
    const ops = present.length === this.present.length ? this.ops : this.opsTowards(present);
    const found = tangents(eager, ops, given, present, directions);
    let next = 0;
    return wanted.map((g) => (g ? (found[next++] ?? null) : null));
  }

  private opsTowards(tensors: readonly Tensor[]): readonly Origin[] {
    return opsBetween(new Set(this.question.columns.map((s) => s.tensor.id)), tensors);
  }

  private get everyRow(): readonly boolean[] {
    return this.gradient.map(() => true);
  }

  /** The numbers of the gradient [rows]. */
  gradientNumbers(): Float64Array {
    const out = new Float64Array(this.rows);
    let row = 0;
    this.gradient.forEach((g, i) => {
      if (g) out.set(valuesOf(g).data, row);
      row += this.rowSizes[i] ?? 0;
    });
    return out;
  }
}

/** Elements of a tensor; none where its shape is not known. */
function sizeOf({ shape }: Tensor): number {
  let size = 1;
  for (const d of shape ?? []) size *= d ?? 0;
  return size;
}

/** Some columns of every direction, side by side; null where they are all zero. */
function columnsOf(seeds: Floats, directions: number, columns: number, first: number, size: number, like: Floats): Floats | null {
  if (size === columns) return seeds;
  const part = floats(directions * size, like);
  let isZero = true;
  for (let d = 0; d < directions; d++)
    for (let k = 0; k < size; k++) {
      const value = seeds[d * columns + first + k] as number;
      part[d * size + k] = value;
      if (value !== 0) isZero = false;
    }
  return isZero ? null : part;
}
