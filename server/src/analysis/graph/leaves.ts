// What goes in and out of a graph: the leaves of a structure that are tensors there, and values made of tensors again.
import type { Tensor } from '../../../../core/tensor.ts';
import { literalTensor } from '../convert.ts';
import type { Machine } from '../machine.ts';
import { AbstractTensor, knowledgeOf } from '../tensors.ts';
import { tensorValue, UNKNOWN, type Value } from '../values.ts';
import { anyArray, flowOf, isTensorArray, withFlow } from './tensor-array.ts';

/** Tensors, variables, numbers and tensor arrays are tensors in a graph; all else is Python's and stays outside. */
export const isLeafTensor = (v: Value): boolean =>
  v.kind === 'tensor' || v.kind === 'variable' || v.kind === 'number' || v.kind === 'boolean' || isTensorArray(v);

/** The tensor that a leaf is in a graph, made where the interpreter stands; null where it is none. */
export function leafTensor(m: Machine, v: Value): Tensor | null {
  if (!isLeafTensor(v)) return null;
  if (v.kind === 'tensor') return v.tensor;
  if (v.kind === 'variable') return m.eager.read(v.variable);
  if (isTensorArray(v)) return flowOf(m, v);
  return literalTensor(m, v, null) ?? m.backend.opaque([], null, { tainted: true });
}

/** A leaf again, in place of one of the same kind. */
export const leafFrom = (original: Value, tensor: Tensor): Value =>
  isTensorArray(original) ? withFlow(original, tensor) : tensorValue(tensor);

/** A leaf again, in place of several of which nobody knows the one. */
export const leafFromAny = (originals: readonly Value[], tensor: Tensor): Value =>
  leafFrom(originals.every(isTensorArray) ? anyArray(originals) : (originals[0] ?? UNKNOWN), tensor);

/** A tensor that stands for any: what is known of its numbers decides nothing by algebra. */
export function symbolic(tensor: Tensor): Tensor {
  if (tensor instanceof AbstractTensor) tensor.known = { ...knowledgeOf(tensor), constant: false, zero: false };
  return tensor;
}

/** What is known of a tensor that is one of several: which one, where that is known in this run. */
export function joinAlternatives(m: Machine, alternatives: readonly Tensor[], taken: number | null): Tensor {
  const known = alternatives.map(knowledgeOf);
  const [first] = alternatives;
  const other = alternatives.find((t) => t.dtype !== first?.dtype && t.dtype !== null && first?.dtype !== null);
  if (other) m.raise('TypeError', `a value has dtype ${first?.dtype} in one branch, but dtype ${other.dtype} in another`, null);
  const one = taken === null ? undefined : known[taken];
  const shape = alternatives.reduce(
    (all, { shape: s }) => (all === null || s === null || s.length !== all.length ? null : all.map((d, i) => (d === s[i] ? d : null))),
    first?.shape ?? null,
  );
  const chosen = taken === null ? undefined : alternatives[taken];
  const joined = {
    values: one?.values ?? null,
    zero: one ? one.zero : known.every((k) => k.zero),
    infinite: one ? one.infinite : known.some((k) => k.infinite),
    tainted: known.some((k) => k.tainted),
  };
  const areSlices = alternatives.every((t) => t.indexedSlices);
  return m.backend.opaque(chosen ? chosen.shape : shape, first?.dtype ?? null, joined, areSlices);
}
