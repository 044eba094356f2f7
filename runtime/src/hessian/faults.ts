// Where the first NaN or infinity of a Hessian comes from: the op that made it out of finite numbers, in the program or in one of its derivatives.
import type { Origin, Tensor, Variable } from '../../../core/tensor.ts';
import { NumericTensor, valuesOf } from '../engine/backend.ts';
import type { Data } from '../engine/values.ts';
import type { SecondDerivative } from './derivative.ts';
import { tangents } from './directions.ts';
import { floats, type Matrix } from './matrix.ts';
import { valueOf } from './question.ts';

export interface Fault {
  /** What the op is called in TensorFlow, or the name of a source or another variable that holds the number itself. */
  readonly operation: string;
  /** `constant`: the op did not make it, but was given it from outside. */
  readonly kind: 'source' | 'constant' | 'operation' | 'derivative';
  readonly value: 'NaN' | 'Infinity' | '-Infinity';
  /** As the program's places are counted; 0 where nobody knows. */
  readonly place: number;
}

/** null where everything is finite, or nothing is found. */
export function faultOf(h: SecondDerivative, matrix: Matrix): Fault | null {
  if (firstUnbounded(matrix.values) === null && h.present.every((t) => badValue(t) === null)) return null;
  for (const source of h.question.columns) {
    const value = badValue(valueOf(source));
    if (value) return { operation: source.name, kind: 'source', value, place: 0 };
  }
  return inTrace([...h.present, ...(h.question.objective?.targets ?? [])]) ?? inTangents(h);
}

/** Back from numbers that are not finite through those that they were made of, to where the earliest of them came from. */
function inTrace(tensors: readonly Tensor[]): Fault | null {
  let first: { readonly sequence: number; readonly fault: Fault } | null = null;
  const seen = new Set<Origin>();
  const stack = tensors.filter((t) => badValue(t) !== null);
  for (let tensor = stack.pop(); tensor; tensor = stack.pop()) {
    const { origin } = tensor;
    if (!origin || seen.has(origin)) continue;
    seen.add(origin);
    stack.push(...origin.inputs.filter((t) => badValue(t) !== null));
    const fault = beginningAt(origin);
    if (fault && (first === null || origin.sequence < first.sequence)) first = { sequence: origin.sequence, fault };
  }
  return first?.fault ?? null;
}

/** null where all that is not finite in an op was made before it. */
function beginningAt(origin: Origin): Fault | null {
  const { name, inputs, outputs, attributes, gradientOf } = origin;
  const made = firstBad(outputs);
  if (!made) return null;
  if (name === 'ReadVariableOp') return faultAt({ ...origin, name: (attributes['variable'] as Variable).name }, made, 'source');
  if (firstBad(inputs) === null) return faultAt(origin, made, gradientOf === undefined ? 'operation' : 'derivative');
  const given = firstBad(inputs.filter((t) => t.origin === null));
  return given && faultAt(origin, given, 'constant');
}

const faultAt = ({ name, gradientOf, place }: Origin, value: Fault['value'], kind: Fault['kind']): Fault => ({
  operation: gradientOf ?? name,
  kind,
  value,
  place: place ?? 0,
});

function inTangents(h: SecondDerivative): Fault | null {
  let fault: Fault | null = null;
  const seeds = new Map<number, Tensor>();
  h.question.columns.forEach((source, i) => {
    const { shape = [], dtype } = valueOf(source);
    const ones = floats(h.columnSizes[i] ?? 0, h.like).fill(1);
    seeds.set(source.tensor.id, h.eager.backend.constant(ones, [1, ...(shape ?? []).map((d) => d ?? 0)], dtype ?? 'float32'));
  });
  h.eager.keepingOrigins(false, () =>
    tangents(h.eager, h.ops, seeds, h.present, 1, (origin, given, found) => {
      const value = firstBad(found);
      if (fault || !value || firstBad(given) !== null) return;
      fault = faultAt(origin, value, 'derivative');
    }),
  );
  return fault;
}

function firstBad(tensors: readonly (Tensor | null)[]): Fault['value'] | null {
  for (const tensor of tensors) {
    const value = tensor && badValue(tensor);
    if (value) return value;
  }
  return null;
}

function badValue(tensor: Tensor): Fault['value'] | null {
  if (!(tensor instanceof NumericTensor) || !/^(float|bfloat)/.test(tensor.dtype)) return null;
  return firstUnbounded(valuesOf(tensor).data);
}

function firstUnbounded(numbers: Data): Fault['value'] | null {
  for (let i = 0; i < numbers.length; i++) {
    const v = numbers[i] as number;
    if (!Number.isFinite(v)) return Number.isNaN(v) ? 'NaN' : v > 0 ? 'Infinity' : '-Infinity';
  }
  return null;
}
