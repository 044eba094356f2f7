// Which elements of some tensors depend on which elements of the leaves, read off the trace: every element carries the set of leaf elements behind it.
import type { Eager } from '../../../core/eager.ts';
import { findRow } from '../../../core/row.ts';
import { isKnown, normalizeAxes } from '../../../core/shape.ts';
import type { Origin, Tensor } from '../../../core/tensor.ts';

/** Sets of column numbers under numbers of their own: 0 is the empty one, and the union of two is made once. */
export class Sets {
  readonly members: Int32Array[] = [new Int32Array(0)];
  private readonly byKey = new Map<string, number>([['', 0]]);
  private readonly unions = new Map<number, number>();

  constructor(readonly universe: number) {}

  private intern(members: Int32Array): number {
    const key = members.length === this.universe ? 'all' : members.join(',');
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    this.members.push(members);
    this.byKey.set(key, this.members.length - 1);
    return this.members.length - 1;
  }

  single(member: number): number {
    return this.intern(Int32Array.of(member));
  }

  all(): number {
    return this.intern(Int32Array.from({ length: this.universe }, (_, i) => i));
  }

  union(a: number, b: number): number {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    const key = a < b ? a * 2 ** 24 + b : b * 2 ** 24 + a;
    const known = this.unions.get(key);
    if (known !== undefined) return known;
    const made = this.intern(merge(this.members[a] as Int32Array, this.members[b] as Int32Array));
    this.unions.set(key, made);
    return made;
  }
}

function merge(a: Int32Array, b: Int32Array): Int32Array {
  const out = new Int32Array(a.length + b.length);
  let [i, j, n] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i] ?? Infinity, b[j] ?? Infinity];
    if (x <= y) i++;
    if (y <= x) j++;
    out[n++] = Math.min(x, y);
  }
  return out.slice(0, n);
}

/** A set's number for every element of a tensor. */
type Pattern = Int32Array;

/** Patterns get too large or too many: the Hessian is taken for dense. */
const LIMIT = { elements: 20_000_000, sets: 200_000, members: 40_000_000 };

/**
 * The sets behind every element of the wanted tensors; null where the trace is too large to look at so closely. `leaves`: each with the number of its first column.
 */
export function dependences(
  eager: Eager,
  ops: readonly Origin[],
  leaves: readonly { readonly tensor: Tensor; readonly size: number; readonly first: number }[],
  wanted: readonly Tensor[],
  sets: Sets,
): (Pattern | null)[] | null {
  const known = new Map<number, Pattern>();
  for (const { tensor, size, first } of leaves)
    known.set(
      tensor.id,
      Int32Array.from({ length: size }, (_, i) => sets.single(first + i)),
    );
  let elements = 0;
  for (const origin of ops) {
    const given = origin.inputs.map((t) => known.get(t.id) ?? null);
    if (given.every((p) => p === null)) continue;
    const patterns = patternsOf(eager, origin, given, sets);
    for (const [i, output] of origin.outputs.entries()) {
      const pattern = patterns[i];
      if (!pattern) continue;
      elements += pattern.length;
      known.set(output.id, pattern);
    }
    if (elements > LIMIT.elements || sets.members.length > LIMIT.sets) return null;
  }
  return wanted.map((t) => known.get(t.id) ?? null);
}

const sizeOf = (t: Tensor): number => (isKnown(t.shape) ? t.shape.reduce((a, b) => a * b, 1) : 0);
const shapeOf = (t: Tensor): readonly number[] => (isKnown(t.shape) ? t.shape : []);

function patternsOf(eager: Eager, origin: Origin, given: readonly (Pattern | null)[], sets: Sets): (Pattern | null)[] {
  if (origin.name === 'ReadVariableOp') return [given[0] ?? null];
  const row = findRow(origin.name);
  if (row?.tangent === 'none') return origin.outputs.map(() => null);
  switch (row?.dependence) {
    case 'elementwise':
      return origin.outputs.map((y) => elementwise(origin, given, y, sets));
    case 'matmul':
      return [matmul(origin, given, sets)];
    case 'reduce':
      return [reduceTo(origin.inputs[0] as Tensor, given[0] ?? null, keptShape(origin), sets)];
    case 'fold':
      return [reduceTo(origin.inputs[0] as Tensor, given[0] ?? null, shapeOf(origin.outputs[0] as Tensor), sets)];
    case 'move':
      return moved(eager, origin, given);
    case 'last axis':
      return origin.outputs.map((y) => overLastAxis(origin, given, y, sets));
    default:
      return origin.outputs.map((y) =>
        new Int32Array(sizeOf(y)).fill(given.reduce<number>((all, p) => (p ? p.reduce((a, b) => sets.union(a, b), all) : all), 0)),
      );
  }
}

/** Places in a tensor of shape `from` that elements of the broader shape `to` read. */
function places(from: readonly number[], to: readonly number[]): Int32Array {
  const total = to.reduce((a, b) => a * b, 1);
  const out = new Int32Array(total);
  const missing = to.length - from.length;
  const strides = new Array<number>(to.length).fill(0);
  for (let i = from.length - 1, step = 1; i >= 0; i--) {
    strides[i + missing] = from[i] === 1 ? 0 : step;
    step *= from[i] ?? 1;
  }
  for (let at = 0; at < total; at++) {
    let rest = at;
    let place = 0;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      const d = to[axis] ?? 1;
      place += (rest % d) * (strides[axis] ?? 0);
      rest = Math.floor(rest / d);
    }
    out[at] = place;
  }
  return out;
}

function elementwise(origin: Origin, given: readonly (Pattern | null)[], y: Tensor, sets: Sets): Pattern {
  const out = new Int32Array(sizeOf(y));
  given.forEach((pattern, i) => {
    if (!pattern) return;
    const input = origin.inputs[i] as Tensor;
    const same = pattern.length === out.length;
    const from = same ? null : places(shapeOf(input), shapeOf(y));
    for (let at = 0; at < out.length; at++) out[at] = sets.union(out[at] ?? 0, pattern[from ? (from[at] ?? 0) : at] ?? 0);
  });
  return out;
}

/** Every element of a row of a, and every one of a column of b. */
function matmul(origin: Origin, given: readonly (Pattern | null)[], sets: Sets): Pattern {
  const y = origin.outputs[0] as Tensor;
  const shape = shapeOf(y);
  const [n = 1, p = 1] = shape.slice(-2);
  const out = new Int32Array(sizeOf(y));
  const batches = out.length / Math.max(n * p, 1);
  const { transposeA, transposeB } = origin.attributes as { transposeA: boolean; transposeB: boolean };
  given.forEach((pattern, i) => {
    if (!pattern) return;
    const from = shapeOf(origin.inputs[i] as Tensor);
    const [rows = 1, columns = 1] = from.slice(-2);
    const which = places(from.slice(0, -2), shape.slice(0, -2));
    const byRow = i === 0 ? !transposeA : Boolean(transposeB);
    const lines = byRow ? rows : columns;
    for (let b = 0; b < batches; b++) {
      const base = (which[b] ?? 0) * rows * columns;
      for (let line = 0; line < lines; line++) {
        let set = 0;
        for (let k = 0; k < (byRow ? columns : rows); k++)
          set = sets.union(set, pattern[base + (byRow ? line * columns + k : k * columns + line)] ?? 0);
        for (let k = 0; k < (i === 0 ? p : n); k++) {
          const at = b * n * p + (i === 0 ? line * p + k : k * p + line);
          out[at] = sets.union(out[at] ?? 0, set);
        }
      }
    }
  });
  return out;
}

function keptShape(origin: Origin): readonly number[] {
  const x = origin.inputs[0] as Tensor;
  const axes = new Set(normalizeAxes((origin.attributes['axes'] as readonly number[] | null) ?? null, shapeOf(x).length));
  return shapeOf(x).map((d, i) => (axes.has(i) ? 1 : d));
}

/** The union of all that is broadcast from `to`. */
function reduceTo(x: Tensor, pattern: Pattern | null, to: readonly number[], sets: Sets): Pattern | null {
  if (!pattern) return null;
  const into = places(to, shapeOf(x));
  const out = new Int32Array(to.reduce((a, b) => a * b, 1));
  pattern.forEach((set, at) => (out[into[at] ?? 0] = sets.union(out[into[at] ?? 0] ?? 0, set)));
  return out;
}

/** Runs the op on the numbers 1, 2, 3 … in place of its inputs: what comes out says where each element is from. */
function moved(eager: Eager, origin: Origin, given: readonly (Pattern | null)[]): (Pattern | null)[] {
  const row = findRow(origin.name);
  if (!row) return origin.outputs.map(() => null);
  const joined: number[] = [0];
  const inputs = origin.inputs.map((t, i) => {
    const pattern = given[i];
    if (!pattern && t.dtype !== 'float32' && t.dtype !== 'float64') return t;
    const first = joined.length;
    if (pattern) for (const set of pattern) joined.push(set);
    return eager.backend.constant(
      Float32Array.from({ length: sizeOf(t) }, (_, k) => (pattern ? first + k : 0)),
      shapeOf(t),
      'float32',
    );
  });
  const outputs = eager.backend.run(row, inputs, { ...origin.attributes, value: 0 });
  return outputs.map((t) => Int32Array.from(eager.backend.valueOf(t) ?? [], (place) => joined[Math.round(place)] ?? 0));
}

/** Softmax and its like: an element depends on its whole row. */
function overLastAxis(origin: Origin, given: readonly (Pattern | null)[], y: Tensor, sets: Sets): Pattern {
  const out = new Int32Array(sizeOf(y));
  const [first] = origin.inputs;
  const width = first ? (shapeOf(first).at(-1) ?? 1) : 1;
  const rows = first ? sizeOf(first) / Math.max(width, 1) : 1;
  const perRow = out.length / Math.max(rows, 1);
  given.forEach((pattern) => {
    if (!pattern) return;
    const each = pattern.length / Math.max(rows, 1);
    for (let r = 0; r < rows; r++) {
      let set = 0;
      for (let k = 0; k < each; k++) set = sets.union(set, pattern[r * each + k] ?? 0);
      for (let k = 0; k < perRow; k++) out[r * perRow + k] = sets.union(out[r * perRow + k] ?? 0, set);
    }
  });
  return out;
}
