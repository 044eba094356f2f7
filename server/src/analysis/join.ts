// What is known of a value that is one of several.
import type { Shape, Tensor } from '../../../core/tensor.ts';
import type { Machine } from './machine.ts';
import { knowledgeOf } from './tensors.ts';
import { type ArrayValue, boolean, integer, float, type NativeState, type Value, UNKNOWN, tensorValue, list } from './values.ts';

const isValue = (x: unknown): x is Value => typeof x === 'object' && x !== null && 'kind' in x;
const isTensor = (x: unknown): x is Tensor => typeof x === 'object' && x !== null && 'origin' in x;

/** For the journal: joins entries of scopes, properties of lists, variables' values, native state. */
export function joiner(m: Machine): Machine['join'] {
  return (values, place, key) => {
    const present = values.filter((v) => v !== undefined);
    if (key === 'native') return joinStates(present as NativeState[]);
    // What a variable holds is no way for a gradient: it is a leaf.
    const isVariable = place !== null && 'handle' in place;
    if (present.every(isTensor)) return joinTensors(m, present, !isVariable);
    if (present.every(isValue)) return joinValues(m, present);
    if (present.every(Array.isArray)) return joinItems(m, present as (readonly Value[])[]);
    return null;
  };
}

/** What a native class keeps, as far as its states agree. */
function joinStates(states: readonly NativeState[]): NativeState {
  const [first = {}, ...others] = states;
  const agreed = Object.entries(first).filter(([key, value]) => others.every((s) => s[key as keyof NativeState] === value));
  return { ...(Object.fromEntries(agreed) as NativeState), uncertain: true };
}

/** The items of a list that has been changed in different ways; null where lengths differ. */
function joinItems(m: Machine, lists: readonly (readonly Value[])[]): readonly Value[] | null {
  const [first] = lists;
  if (!first || lists.some((l) => l.length !== first.length)) return null;
  return first.map((_, i) =>
    joinValues(
      m,
      lists.flatMap((l) => l[i] ?? []),
    ),
  );
}

function joinTensors(m: Machine, tensors: readonly Tensor[], tainted = true): Tensor {
  const [first] = tensors;
  if (first && tensors.every((t) => t === first)) return first;
  const shape = first && tensors.every((t) => sameShape(t, first)) ? first.shape : null;
  const dtype = first && tensors.every((t) => t.dtype === first.dtype) ? first.dtype : null;
  return m.backend.opaque(shape, dtype, { tainted });
}

const sameShape = (a: { readonly shape: Shape }, b: { readonly shape: Shape }): boolean =>
  a.shape !== null && b.shape !== null && a.shape.length === b.shape.length && a.shape.every((d, i) => d === b.shape?.[i]);

export function joinValues(m: Machine, values: readonly Value[]): Value {
  const [first] = values;
  if (!first) return UNKNOWN;
  if (values.every((v) => v === first)) return first;
  const kinds = new Set(values.map((v) => v.kind));
  if (kinds.size > 1) return UNKNOWN;
  switch (first.kind) {
    case 'none':
      return values.every((v) => v.kind === 'none' && v.from?.call === first.from?.call) ? first : { kind: 'none' };
    case 'boolean':
      return values.every((v) => v.kind === 'boolean' && v.value === first.value) ? boolean(first.value) : UNKNOWN;
    case 'number': {
      const integral = values.every((v) => v.kind === 'number' && v.integer);
      const same = values.every((v) => v.kind === 'number' && v.value === first.value);
      return (integral ? integer : float)(same ? first.value : null);
    }
    case 'string':
      return values.every((v) => v.kind === 'string' && v.value === first.value) ? first : { kind: 'string', value: null };
    case 'tensor': {
      const tensors = values.flatMap((v) => (v.kind === 'tensor' ? [v.tensor] : []));
      if (tensors.every((t) => t === first.tensor)) return first;
      return tensorValue(joinTensors(m, tensors));
    }
    case 'variable':
      return values.every((v) => v.kind === 'variable' && v.variable === first.variable) ? first : UNKNOWN;
    case 'list': {
      if (values.some((v) => v.kind === 'list' && (v.type !== first.type || v.items === null))) return { ...list(null), type: first.type };
      const isOfOneClass = values.every((v) => v.kind === 'list' && v.of === first.of && v.names === first.names);
      return {
        kind: 'list',
        type: first.type,
        ...(isOfOneClass && { names: first.names, of: first.of }),
        items: joinItems(
          m,
          values.flatMap((v) => (v.kind === 'list' && v.items ? [v.items] : [])),
        ),
      };
    }
    case 'array':
      return joinArrays(values.flatMap((v) => (v.kind === 'array' ? [v] : [])));
    case 'function':
      return values.every((v) => v.kind === 'function' && v.definition === first.definition && v.scope === first.scope) ? first : UNKNOWN;
    case 'module':
      return values.every((v) => v.kind === 'module' && v.name === first.name) ? first : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** Several arrays as one; of different dtypes nothing is known. */
function joinArrays(arrays: readonly ArrayValue[]): Value {
  const [first] = arrays;
  if (!first || arrays.some((a) => a.dtype !== first.dtype)) return UNKNOWN;
  const shape = arrays.every((a) => sameShape(a, first)) ? first.shape : null;
  return { ...first, values: null, shape, sources: arrays.flatMap((a) => a.sources) };
}

/** Whether a value may depend on something that is not known. */
export function isTainted(value: Value, around: readonly Value[] = []): boolean {
  if (value.kind === 'unknown') return true;
  if (value.kind === 'tensor') return knowledgeOf(value.tensor).tainted;
  if (value.kind !== 'list' || around.includes(value)) return false;
  return value.items === null || value.items.some((item) => isTainted(item, [...around, value]));
}
