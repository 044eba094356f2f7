// `tf.function`: one Call to the tapes around it (core/function.ts). While it is traced, its tensors have no numbers.
import { callFunction } from '../../../core/function.ts';
import type { Tensor } from '../../../core/tensor.ts';
import { guarded, literalTensor } from './convert.ts';
import { callPlain } from './functions.ts';
import type { Machine } from './machine.ts';
import { flatten, pack } from './structure.ts';
import { type AbstractTensor, knowledgeOf } from './tensors.ts';
import { type CallArguments, type FunctionValue, list, tensorValue, UNKNOWN, type Value } from './values.ts';

export function traced(m: Machine, f: FunctionValue, args: CallArguments, self: Value | null): Value {
  const plain: FunctionValue = { ...f, flavour: 'plain' };
  const structure = list([...args.positional, ...args.keywords.values()]);
  const leaves = flatten(structure);
  const names = [...args.keywords.keys()];
  if (leaves === null || m.graphDepth > 20) return UNKNOWN;
  const inputs = leaves.flatMap((v) => (v.kind === 'tensor' ? [v.tensor] : []));
  let result: Value = UNKNOWN;
  let numbers: readonly Value[] | null = null;
  m.graphDepth++;
  try {
    return guarded(m, () => {
      const outputs = callFunction(m.eager, f.definition.name || 'lambda', inputs, (placeholders) => {
        const stand = [...placeholders];
        const filled = pack(
          structure,
          leaves.map((v) => (v.kind === 'tensor' ? placeholder(stand.shift()) : v)),
        );
        const values = filled.kind === 'list' ? (filled.items ?? []) : [];
        const count = args.positional.length;
        result = callPlain(
          m,
          plain,
          { ...args, positional: values.slice(0, count), keywords: new Map(names.map((n, i) => [n, values[count + i] ?? UNKNOWN])) },
          self,
        );
        numbers = flatten(result);
        return (numbers ?? []).flatMap((v) => outputTensor(m, v) ?? []);
      });
      const returned = [...outputs];
      return numbers === null
        ? UNKNOWN
        : pack(
            result,
            (numbers as readonly Value[]).map((v) => (isReturned(v) ? tensorValue(returned.shift() as Tensor) : v)),
          );
    });
  } finally {
    m.graphDepth--;
  }
}

/** What a function returns as a tensor: tensors, variables and numbers are. */
const isReturned = (v: Value): boolean => v.kind === 'tensor' || v.kind === 'variable' || v.kind === 'number' || v.kind === 'boolean';
function outputTensor(m: Machine, v: Value): Tensor | null {
  if (!isReturned(v)) return null;
  if (v.kind === 'tensor') return v.tensor;
  if (v.kind === 'variable') return m.eager.read(v.variable);
  return literalTensor(m, v, null) ?? m.backend.opaque([], null, { tainted: true });
}

/** A symbolic tensor: branches on it are ops. */
function placeholder(tensor: Tensor | undefined): Value {
  const symbolic = tensor as AbstractTensor;
  symbolic.known = { ...knowledgeOf(symbolic), values: null, constant: false, zero: false };
  return tensorValue(symbolic);
}
