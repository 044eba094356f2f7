// Carries a trace out again with its leaves moved: what differences are taken of.
import type { Eager } from '../../../core/eager.ts';
import { findRow } from '../../../core/row.ts';
import { isFloating, type Origin, type Tensor } from '../../../core/tensor.ts';
import { valuesOf } from '../engine/backend.ts';
import { product } from '../engine/values.ts';
import { isStopped } from './respected.ts';
import { NoDerivative } from './trace.ts';

/** Products and sums up to which a trace is carried out again in float64. */
const MOST_WORK = 30_000_000;

export class Replay {
  /** In float64, by the kernels of `core/reference`: not those that the numbers in question came from. Too slow for large traces, which stay on the engine. */
  readonly isPrecise: boolean;
  private readonly widened = new Map<number, Tensor>();

  constructor(
    private readonly eager: Eager,
    private readonly ops: readonly Origin[],
  ) {
    this.isPrecise = ops.reduce((sum, origin) => sum + workOf(origin), 0) <= MOST_WORK;
  }

  /** The numbers of the wanted tensors where each leaf is moved by a displacement, given by the leaf's id. */
  at(displacements: ReadonlyMap<number, Float64Array>, wanted: readonly Tensor[]): Float64Array[] {
    return this.eager.keepingOrigins(false, () => this.carriedOut(displacements, wanted));
  }

  private carriedOut(displacements: ReadonlyMap<number, Float64Array>, wanted: readonly Tensor[]): Float64Array[] {
    const now = new Map<number, Tensor>();
    const valueOf = (t: Tensor): Tensor => {
      const known = now.get(t.id);
      if (known) return known;
      const by = t.dtype === 'resource' ? undefined : displacements.get(t.id);
      const value = by ? this.moved(t, by) : this.wide(t);
      if (by) now.set(t.id, value);
      return value;
    };
    for (const origin of this.ops) {
      const [first] = origin.inputs;
      const [y] = origin.outputs;
      if (origin.name === 'ReadVariableOp' && first && y) {
        // Reads before and after an assignment have numbers of their own.
        const by = displacements.get(first.id);
        now.set(y.id, by ? this.moved(y, by) : this.wide(y));
        continue;
      }
      if (isStopped(origin) && y) {
        now.set(y.id, this.wide(y));
        continue;
      }
      const row = findRow(origin.name);
      if (!row) throw new NoDerivative(origin.name);
      const outputs = this.eager.backend.run(row, origin.inputs.map(valueOf), this.attributesOf(origin));
      origin.outputs.forEach((t, i) => outputs[i] && now.set(t.id, outputs[i]));
    }
    return wanted.map((t) => Float64Array.from(valuesOf(valueOf(t)).data));
  }

  private attributesOf({ attributes }: Origin): Origin['attributes'] {
    return this.isPrecise && attributes['dtype'] === 'float32' ? { ...attributes, dtype: 'float64' } : attributes;
  }

  private wide(t: Tensor): Tensor {
    if (!this.isPrecise || t.dtype === null || !isFloating(t.dtype) || t.dtype === 'float64') return t;
    const known = this.widened.get(t.id);
    if (known) return known;
    const { data, shape } = valuesOf(t);
    const made = this.eager.backend.constant(data, shape, 'float64');
    this.widened.set(t.id, made);
    return made;
  }

  private moved(t: Tensor, by: Float64Array): Tensor {
    const { data, shape } = valuesOf(t);
    return this.eager.backend.constant(
      by.map((v, i) => (data[i] as number) + v),
      shape,
      this.isPrecise ? 'float64' : (t.dtype ?? 'float32'),
    );
  }
}

/** About how many sums and products an op takes: for a product of matrices, the elements of its output times the length of what is summed. */
export function workOf({ name, inputs, outputs }: Origin): number {
  const sizes = (list: readonly Tensor[]): number => list.reduce((sum, { shape }) => sum + product((shape ?? []).map((d) => d ?? 0)), 0);
  const [a, b] = inputs;
  const across =
    name === 'MatMul' || /^Conv|^Depthwise/.test(name)
      ? Math.sqrt((sizes(a ? [a] : []) * sizes(b ? [b] : [])) / Math.max(1, sizes(outputs)))
      : 1;
  return 4 * sizes(outputs) * Math.max(1, across) + sizes(inputs);
}
