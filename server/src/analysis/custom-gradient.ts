// `tf.custom_gradient`: the function's ops are not recorded; its own gradient function stands in their place.
import { callPlain } from './functions.ts';
import { callValue } from './call.ts';
import { asTensor, plainCall } from './convert.ts';
import { leaveNameless } from './formula.ts';
import { items } from './iterate.ts';
import type { Machine } from './machine.ts';
import { tensorValue, type CallArguments, type FunctionValue, list, UNKNOWN, type Value } from './values.ts';

export function customGradient(m: Machine, f: FunctionValue, args: CallArguments, self: Value | null): Value {
  const inputs = args.positional.map((v) => asTensor(m, v));
  if (inputs.some((t) => t === null) || args.open || args.keywords.size > 0) {
    m.metUnknown = true;
    return UNKNOWN;
  }
  const tensors = inputs.flatMap((t) => t ?? []);
  const before = m.variables.map((v) => v.handle.id).length;
  const result = m.eager.pause(() => callPlain(m, { ...f, flavour: 'plain' }, { ...args, positional: tensors.map(tensorValue) }, self));
  if (result.kind !== 'list' || result.items?.length !== 2 || m.variables.length !== before) return UNKNOWN;
  const [value = UNKNOWN, gradient = UNKNOWN] = result.items;
  const outputs = (value.kind === 'list' ? (value.items ?? []) : [value]).map((v) => asTensor(m, v));
  if (outputs.length === 0 || outputs.some((t) => t === null)) return UNKNOWN;
  const copies = outputs.flatMap((t) => (t ? [m.backend.alias(t)] : []));
  m.eager.recordCustom('CustomGradient', tensors, copies, (upstream) => {
    upstream.forEach(leaveNameless);
    const given = callValue(m, gradient, plainCall(m, upstream.map(tensorValue)));
    const found = given.kind === 'list' ? (items(m, given) ?? []) : [given];
    if (given.kind === 'unknown') return tensors.map((t) => m.backend.opaque(t.shape, t.dtype, { tainted: true }));
    return tensors.map((t, i) => {
      const one = found[i] ?? UNKNOWN;
      if (one.kind === 'none') return null;
      return asTensor(m, one) ?? m.backend.opaque(t.shape, t.dtype, { tainted: true });
    });
  });
  return value.kind === 'list'
    ? { ...list(copies.map(tensorValue)), type: value.type }
    : tensorValue(copies[0] ?? m.backend.opaque(null, null, { tainted: true }));
}
