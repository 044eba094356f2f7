// What iterating over a value gives, where that is known.
import { normalizeAxis } from '../../../core/shape.ts';
import { guarded } from './convert.ts';
import { elementsOfDataset, freshElement } from './datasets.ts';
import type { Machine } from './machine.ts';
import { typeName } from './operators.ts';
import { drained, ownIterator } from './streams.ts';
import { isSlices, sizesOf, string, tensorValue, UNKNOWN, type Value } from './values.ts';

/** What Python cannot go through. */
function refuseIteration(m: Machine, value: Value): void {
  if (m.language !== 'python') return;
  if (value.kind === 'none' || value.kind === 'number' || value.kind === 'boolean' || value.kind === 'function')
    m.raise('TypeError', `'${typeName(value)}' object is not iterable`, null, value.kind === 'none' ? (value.from?.call ?? null) : null);
  if (value.kind !== 'tensor' && value.kind !== 'variable') return;
  if (m.graphDepth > 0) m.raise('OperatorNotAllowedInGraphError', 'Iterating over a symbolic `tf.Tensor` is not allowed.', null);
  const { shape } = value.kind === 'tensor' ? value.tensor : value.variable.value;
  if (shape?.length === 0) m.raise('TypeError', 'Cannot iterate over a scalar tensor.', null);
}

/** The items in order; null where they, or their number, are not known. */
export function items(m: Machine, value: Value): readonly Value[] | null {
  refuseIteration(m, value);
  switch (value.kind) {
    case 'list':
      return value.type === 'iterator' ? drained(m, value) : value.items;
    case 'dictionary':
      return value.entries && [...value.entries.values()].map((e) => e.key);
    case 'string':
      return value.value === null ? null : [...value.value].map((c) => string(c));
    case 'shape':
      return sizesOf(value);
    case 'tensor':
    case 'variable':
      return rowsOf(m, value);
    case 'array': {
      const count = value.shape?.[0];
      if (count === undefined || count === null || count > 1000 || !value.shape) return null;
      const rest = value.shape.slice(1);
      const size = rest.reduce<number>((a, b) => a * (b ?? 0), 1);
      return Array.from({ length: count }, (_, i) => ({
        ...value,
        shape: rest,
        values: value.values && value.values.slice(i * size, (i + 1) * size),
      }));
    }
    case 'instance':
      if (!value.native.dataset) {
        const own = ownIterator(m, value);
        return own && drained(m, own);
      }
      return elementsOfDataset(m, value.native.dataset);
    default:
      return null;
  }
}

/** The rows of a tensor; null where their number is not known. */
export function rowsOf(m: Machine, value: Value & { kind: 'tensor' | 'variable' }): readonly Value[] | null {
  if (isSlices(value)) m.raise('TypeError', "'IndexedSlices' object is not iterable", null);
  const { shape } = value.kind === 'tensor' ? value.tensor : value.variable.value;
  const count = shape?.[0];
  if (shape === null || count === null || count === undefined || count > 200) return null;
  const found = guarded(m, () => {
    const tensor = value.kind === 'tensor' ? value.tensor : m.eager.read(value.variable);
    return { kind: 'list', type: 'list', items: m.operations.unstack(tensor, normalizeAxis(0, shape.length), count).map(tensorValue) };
  });
  return found.kind === 'list' ? found.items : null;
}

/** Any of the items, where their number is not known. */
export function anyItem(m: Machine, value: Value): Value {
  if (value.kind === 'list') return value.element?.() ?? UNKNOWN;
  if (value.kind === 'instance' && value.native.dataset) return freshElement(m, value.native.dataset);
  return UNKNOWN;
}
