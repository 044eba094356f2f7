// `tf.function`: what it returns is right, how TensorFlow's `Call` op differentiates it at higher orders is not known here yet.
import { callPlain } from './functions.ts';
import { asTensor } from './convert.ts';
import type { Machine } from './machine.ts';
import { knowledgeOf, type AbstractTensor } from './tensors.ts';
import type { CallArguments, FunctionValue, Value } from './values.ts';

export function traced(m: Machine, f: FunctionValue, args: CallArguments, self: Value | null): Value {
  m.graphDepth++;
  try {
    const keywords = new Map([...args.keywords].map(([k, v]) => [k, placeholder(m, v)]));
    const result = callPlain(m, { ...f, flavour: 'plain' }, { ...args, keywords, positional: args.positional.map((v) => placeholder(m, v)) }, self);
    if (m.graphDepth === 1 && m.eager.tapes.length > 0) taint(m, result);
    return result;
  } finally {
    m.graphDepth--;
  }
}

/** While a function is traced its tensors have no numbers: branches on them are ops. */
function placeholder(m: Machine, value: Value): Value {
  if (value.kind !== 'tensor') return value;
  const tensor = m.operations.identity(value.tensor) as AbstractTensor;
  tensor.known = { ...knowledgeOf(tensor), values: null, constant: false, zero: false };
  return { kind: 'tensor', tensor };
}

/** Across the boundary some Nones are zeros: nothing that would be None is claimed. */
function taint(m: Machine, value: Value): void {
  if (value.kind === 'list') for (const item of value.items ?? []) taint(m, item);
  else if (value.kind === 'tensor') {
    const tensor = asTensor(m, value) as AbstractTensor;
    tensor.known = { ...knowledgeOf(tensor), tainted: true };
  }
}
