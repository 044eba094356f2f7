// The Hessian of a question as a linear map: built once from the trace, then applied to directions, any number at a time.
import type { Eager } from '../../../core/eager.ts';
import type { Origin, Tensor } from '../../../core/tensor.ts';
import { valuesOf } from '../engine/backend.ts';
import { tangents } from './directions.ts';
import { type Question, shapeOf, sizeOf, valueOf } from './question.ts';
import { gradients, opsBetween, replay } from './trace.ts';

export class SecondDerivative {
  /** The gradient in each row source; null where it is zero for every input. */
  readonly gradient: readonly (Tensor | null)[];
  /** From the columns' leaves to the gradient, forward and backward pass together. */
  readonly ops: readonly Origin[];
  readonly rowSizes: readonly number[];
  readonly columnSizes: readonly number[];

  constructor(
    readonly eager: Eager,
    readonly question: Question,
  ) {
    this.gradient = gradients(
      eager,
      question.targets,
      question.rows.map((s) => s.tensor),
    );
    const present = this.gradient.filter((g) => g !== null);
    this.ops = opsBetween(new Set(question.columns.map((s) => s.tensor.id)), present);
    this.rowSizes = question.rows.map(sizeOf);
    this.columnSizes = question.columns.map(sizeOf);
  }

  get rows(): number {
    return this.rowSizes.reduce((a, b) => a + b, 0);
  }
  get columns(): number {
    return this.columnSizes.reduce((a, b) => a + b, 0);
  }
  /** The number of elements of the largest tensor on the way. */
  get largest(): number {
    return this.ops.reduce((most, { outputs }) => outputs.reduce((n, t) => Math.max(n, valuesOf(t).data.length), most), 1);
  }

  /** H · v for `directions` vectors: `seeds` is [directions, columns], the result [directions, rows]. */
  apply(seeds: Float32Array, directions: number): Float32Array {
    const { eager, question, columns, rows } = this;
    let offset = 0;
    const given = new Map<number, Tensor>();
    question.columns.forEach((source, i) => {
      const size = this.columnSizes[i] ?? 0;
      const part = new Float32Array(directions * size);
      for (let d = 0; d < directions; d++) part.set(seeds.subarray(d * columns + offset, d * columns + offset + size), d * size);
      given.set(source.tensor.id, eager.backend.constant(part, [directions, ...shapeOf(source)], 'float32'));
      offset += size;
    });
    const wanted = this.gradient.filter((g) => g !== null);
    const found = tangents(eager, this.ops, given, wanted, directions);
    const out = new Float32Array(directions * rows);
    let row = 0;
    let next = 0;
    this.gradient.forEach((g, i) => {
      const size = this.rowSizes[i] ?? 0;
      const tangent = g ? found[next++] : null;
      if (tangent) {
        const { data } = valuesOf(tangent);
        for (let d = 0; d < directions; d++) out.set(data.subarray(d * size, (d + 1) * size), d * rows + row);
      }
      row += size;
    });
    return out;
  }

  /** The gradient's numbers [rows] where the columns' leaves are moved by `step` along a direction [columns]. */
  gradientAt(direction: Float32Array, step: number): Float64Array {
    const present = this.gradient.filter((g) => g !== null);
    const moved = replay(this.eager, this.ops, this.moved(direction, step), present);
    const out = new Float64Array(this.rows);
    let row = 0;
    let next = 0;
    this.gradient.forEach((g, i) => {
      if (g) out.set(valuesOf(moved[next++] as Tensor).data, row);
      row += this.rowSizes[i] ?? 0;
    });
    return out;
  }

  /** Σ targets where the columns' leaves are moved. */
  targetAt(direction: Float32Array, step: number): number {
    const { targets, columns } = this.question;
    const ops = opsBetween(new Set(columns.map((s) => s.tensor.id)), targets);
    return replay(this.eager, ops, this.moved(direction, step), targets).reduce((sum, t) => {
      let total = sum;
      for (const v of valuesOf(t).data) total += v;
      return total;
    }, 0);
  }

  private moved(direction: Float32Array, step: number): Map<number, Tensor> {
    const leaves = new Map<number, Tensor>();
    let offset = 0;
    for (const source of this.question.columns) {
      const { data } = valuesOf(valueOf(source));
      const at = offset;
      leaves.set(
        source.tensor.id,
        this.eager.backend.constant(
          Float32Array.from(data, (v, i) => v + step * (direction[at + i] ?? 0)),
          shapeOf(source),
          'float32',
        ),
      );
      offset += data.length;
    }
    return leaves;
  }
}
