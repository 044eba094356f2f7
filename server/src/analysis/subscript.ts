// `a[i]`, for reading and writing.
import { type Index, slicePart } from '../../../core/ops/arrays.ts';
import type { Shape, Tensor } from '../../../core/tensor.ts';
import type { Range } from '../ir/ir.ts';
import { attribute } from './attributes.ts';
import { callValue } from './call.ts';
import { asTensor, callByName, guarded, plainCall } from './convert.ts';
import { items } from './iterate.ts';
import { joinValues } from './join.ts';
import type { Machine } from './machine.ts';
import { subscriptArray } from './numpy/arrays.ts';
import { knowledgeOf } from './tensors.ts';
import { integer, isSlices, keyOf, sizesOf, string, tensorValue, UNKNOWN, type Value } from './values.ts';

export function subscript(m: Machine, object: Value, index: Value, range: Range): Value {
  switch (object.kind) {
    case 'tensor':
    case 'variable':
      if (m.language === 'script') return UNKNOWN;
      if (isSlices(object)) return m.raise('TypeError', "'IndexedSlices' object is not subscriptable", range);
      return guarded(m, () => sliceTensor(m, object, index));
    case 'array':
      return subscriptArray(m, object, index);
    case 'list':
      return subscriptList(m, object, index, range);
    case 'shape': {
      if (index.kind === 'slice') {
        const [from, to] = [bound(index.lower), bound(index.upper)];
        if (object.shape === null || from === null || to === null) return { kind: 'shape', shape: null };
        const axes = object.shape.map((_, axis) => axis).slice(from, to);
        const nones = axes.flatMap((axis, i) => (object.nones?.includes(axis) === true ? [i] : []));
        return { kind: 'shape', shape: object.shape.slice(from, to), ...(nones.length > 0 && { nones }) };
      }
      const at = index.kind === 'number' ? index.value : null;
      const sizes = sizesOf(object);
      return at === null || sizes === null ? integer(null) : (sizes.at(at) ?? integer(null));
    }
    case 'dictionary': {
      const key = keyOf(index);
      if (object.entries === null || key === null) return UNKNOWN;
      const entry = object.entries.get(key);
      if (entry) return entry.value;
      if (m.language === 'script') return { kind: 'none', undefined: true };
      if (object.factory) {
        const made = callValue(m, object.factory, plainCall(m, []));
        m.journal.set(object, 'entries', object.entries && new Map([...object.entries, [key, { key: index, value: made }]]));
        return made;
      }
      return m.raise('KeyError', index.kind === 'string' ? `'${index.value}'` : '', range);
    }
    case 'string': {
      const at = index.kind === 'number' ? index.value : null;
      return string(object.value !== null && at !== null ? (object.value.at(at) ?? null) : null);
    }
    case 'none':
      if (m.language === 'python') return m.raise('TypeError', "'NoneType' object is not subscriptable", range, object.from?.call ?? null);
      return UNKNOWN;
    case 'instance': {
      const method = attribute(m, object, '__getitem__', range);
      return method.kind === 'method' ? callValue(m, method, plainCall(m, [index])) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** A bound of a slice; undefined where it is left out, null where it is not known. */
const bound = (value: Value): number | undefined | null =>
  value.kind === 'none' ? undefined : value.kind === 'number' ? value.value : null;

function subscriptList(m: Machine, object: Value & { kind: 'list' }, index: Value, range: Range): Value {
  if (index.kind === 'slice') {
    const [from, to, step] = [bound(index.lower), bound(index.upper), bound(index.step)];
    if (object.items === null || from === null || to === null || step === null) return { ...object, items: null };
    if (step === undefined || step === 1) return { kind: 'list', type: object.type, items: object.items.slice(from, to) };
    if (step === -1 && from === undefined && to === undefined)
      return { kind: 'list', type: object.type, items: [...object.items].reverse() };
    return { kind: 'list', type: object.type, items: null };
  }
  const at = index.kind === 'number' ? index.value : index.kind === 'boolean' ? Number(index.value) : null;
  if (object.items === null) return UNKNOWN;
  if (at === null) return index.kind === 'number' && m.language === 'python' ? joinValues(m, object.items) : UNKNOWN;
  const found = object.items.at(at);
  if (found) return found;
  if (m.language === 'script') return { kind: 'none', undefined: true };
  return m.raise('IndexError', `${object.type} index out of range`, range);
}

/** `x[1:3, 0, ..., tf.newaxis]`; with a tensor or a list as index it is a gather or a mask. */
function sliceTensor(m: Machine, object: Value & { kind: 'tensor' | 'variable' }, index: Value): Value {
  const tensor = object.kind === 'tensor' ? object.tensor : m.eager.read(object.variable);
  const mask = index.kind === 'tensor' || index.kind === 'array' ? index : null;
  if (mask && (mask.kind === 'tensor' ? mask.tensor.dtype : mask.dtype) === 'bool')
    return callByName(m, 'tf.boolean_mask', tensorValue(tensor), mask);
  const parts = index.kind === 'list' && index.type === 'tuple' && index.items ? index.items : [index];
  const { shape } = tensor;
  if (shape === null || parts.some((p) => p.kind === 'unknown')) return somePart(m, tensor, null);
  const used = parts.filter((p) => p.kind !== 'none' && p.kind !== 'ellipsis').length;
  const indices: (Index | null)[] = [];
  let axis = 0;
  for (const part of parts) {
    if (part.kind === 'none') indices.push({ kind: 'new axis' });
    else if (part.kind === 'ellipsis') {
      for (let i = 0; i < shape.length - used; i++, axis++) indices.push({ kind: 'slice', start: 0, size: shape[axis] ?? null, step: 1 });
    } else {
      if (axis >= shape.length)
        m.raise('InvalidArgumentError', `Index out of range using input dim ${axis}; input has only ${shape.length} dims`, null);
      indices.push(indexOf(m, part, shape[axis] ?? null));
      axis++;
    }
  }
  if (indices.every((i) => i !== null)) return tensorValue(m.operations.apply('StridedSlice', [tensor], { indices }));
  // Nobody knows which: a slice keeps its axis, an index takes it away.
  if (parts.some((p) => p.kind === 'ellipsis')) return somePart(m, tensor, null);
  const kept = indices.flatMap((i, k) =>
    i === null ? (parts[k]?.kind === 'slice' ? [null] : []) : i.kind === 'index' ? [] : [i.kind === 'slice' ? i.size : 1],
  );
  return somePart(m, tensor, [...kept, ...shape.slice(used)]);
}

/** Some of a tensor's elements, nobody knows which. */
const somePart = (m: Machine, tensor: Tensor, shape: Shape): Value => tensorValue(m.operations.apply('_Part', [tensor], { shape }));

function indexOf(m: Machine, part: Value, size: number | null): Index | null {
  if (part.kind === 'number') return part.value === null ? null : { kind: 'index', at: part.value };
  if (part.kind === 'tensor' || part.kind === 'array') {
    const values = part.kind === 'tensor' ? knowledgeOf(part.tensor).values : part.values;
    return values?.length === 1 && (part.kind === 'tensor' ? part.tensor.shape : part.shape)?.length === 0
      ? { kind: 'index', at: values[0] ?? 0 }
      : null;
  }
  if (part.kind !== 'slice') return null;
  const [lower, upper, step] = [part.lower, part.upper, part.step].map((v) => sliceBound(m, v));
  if (lower === null || upper === null || step === null) return null;
  return slicePart(size, lower, upper, step);
}

function sliceBound(m: Machine, value: Value): number | undefined | null {
  if (value.kind === 'none') return undefined;
  if (value.kind === 'number') return value.value;
  const tensor = value.kind === 'tensor' ? asTensor(m, value) : null;
  return tensor ? (knowledgeOf(tensor).values?.[0] ?? null) : null;
}

/** The items after `a[from:to] = value`, or its deletion; null where they are not known. */
function replacedSlice(
  m: Machine,
  object: Value & { kind: 'list' },
  index: Value & { kind: 'slice' },
  value: Value | null,
): readonly Value[] | null {
  const given = value === null ? [] : items(m, value);
  const [from, to, step] = [bound(index.lower), bound(index.upper), bound(index.step)];
  const { items: all } = object;
  if (all === null || given === null || from === null || to === null || (step !== undefined && step !== 1)) return null;
  const place = (n: number): number => Math.min(Math.max(n < 0 ? n + all.length : n, 0), all.length);
  const start = place(from ?? 0);
  const end = Math.max(start, to === undefined ? all.length : place(to));
  return [...all.slice(0, start), ...given, ...all.slice(end)];
}

/** `a[i] = value`; a value of null deletes. */
export function setSubscript(m: Machine, object: Value, index: Value, value: Value | null, range: Range): void {
  switch (object.kind) {
    case 'list': {
      if (index.kind === 'slice') {
        m.journal.set(object, 'items', replacedSlice(m, object, index, value));
        return;
      }
      const at = index.kind === 'number' ? index.value : null;
      if (object.items === null || at === null) m.journal.set(object, 'items', null);
      else if (value === null)
        m.journal.set(
          object,
          'items',
          object.items.filter((_, i, all) => i !== (at < 0 ? at + all.length : at)),
        );
      else {
        const where = at < 0 ? at + object.items.length : at;
        if (m.language === 'python' && where >= object.items.length) m.raise('IndexError', 'list assignment index out of range', range);
        m.journal.set(object, 'items', Object.assign([...object.items], { [where]: value }));
      }
      return;
    }
    case 'dictionary': {
      const key = keyOf(index);
      if (object.entries === null) return;
      if (key === null) {
        m.journal.set(object, 'entries', null);
        return;
      }
      const entries = new Map(object.entries);
      if (value === null) entries.delete(key);
      else entries.set(key, { key: index, value });
      m.journal.set(object, 'entries', entries);
      return;
    }
    case 'array':
      // Which numbers it has now is not followed.
      m.journal.set(object, 'values', null);
      return;
    case 'tensor':
      if (m.language === 'python')
        m.raise('TypeError', "'tensorflow.python.framework.ops.EagerTensor' object does not support item assignment", range);
      return;
    case 'instance': {
      const method = attribute(m, object, '__setitem__', range);
      if (method.kind === 'method' && value) callValue(m, method, plainCall(m, [index, value]));
      return;
    }
    default:
      return;
  }
}
