// `tf.cond`, `tf.while_loop`, `tf.map_fn` and their kin: eagerly they are Python's control flow, in a graph ops.
import type { Tensor } from '../../../../core/tensor.ts';
import { callValue, unknownCall } from '../call.ts';
import { asTensor, callByName, plainCall, unknownTensor } from '../convert.ts';
import { items, rowsOf } from '../iterate.ts';
import { joinValues } from '../join.ts';
import { type Machine, NORMAL } from '../machine.ts';
import { truth } from '../operators.ts';
import { flatten, pack } from '../structure.ts';
import { knowledgeOf } from '../tensors.ts';
import { argument, type CallArguments, list, native, NONE, tensorValue, tuple, UNKNOWN, type Value } from '../values.ts';
import { carry, chooseOnTensor, isGraphTensor, loop, choiceBy } from './autograph.ts';
import { oneCall } from './function.ts';
import { isLeafTensor } from './leaves.ts';
import { fromList, listOf, newTensorArray, written } from './tensor-array.ts';

/** A control-flow function by its full name; null where it is not one. */
export function controlFunction(m: Machine, full: string): Value | null {
  const f = FUNCTIONS[full];
  return f ? native(full, (args) => (args.open ? unknownCall(m, args) : f(m, args))) : null;
}

type ControlFunction = (m: Machine, args: CallArguments) => Value;

const FUNCTIONS: Readonly<Record<string, ControlFunction>> = {
  'tf.cond': (m, args) => {
    const test = argument(args, 'pred', 0);
    if (m.graphDepth > 0 && test.kind === 'boolean') m.raise('TypeError', 'pred must not be a Python bool', null);
    return choose(m, test, [thunk(m, argument(args, 'true_fn', 1)), thunk(m, argument(args, 'false_fn', 2))]);
  },
  'tf.case': (m, args) => caseOf(m, args),
  'tf.switch_case': (m, args) => switchCase(m, args),
  'tf.while_loop': (m, args) => whileLoop(m, args),
  'tf.map_fn': (m, args) => mapElements(m, args),
  'tf.vectorized_map': (m, args) => vectorizedMap(m, args),
  'tf.scan': (m, args) => accumulate(m, args, { all: true, fromEnd: truth(m, argument(args, 'reverse', 6)) === true }),
  'tf.foldl': (m, args) => accumulate(m, args, { all: false, fromEnd: false }),
  'tf.foldr': (m, args) => accumulate(m, args, { all: false, fromEnd: true }),
  'tf.TensorArray': (m, args) => newTensorArray(m, args),
};

const thunk = (m: Machine, f: Value) => (): Value => callValue(m, f, plainCall(m, []));

// ------------------------------------------------------------------------------------------------ conditions

/** One of two, by a value. */
function choose(m: Machine, test: Value, [then, otherwise]: readonly [() => Value, () => Value]): Value {
  if (isGraphTensor(m, test)) return chooseOnTensor(m, 'If', choiceBy(test), [then, otherwise]);
  const decided = truth(m, test);
  if (decided !== null) return decided ? then() : otherwise();
  return oneOf(m, [then, otherwise]);
}

/** Nobody knows which: all are tried. */
function oneOf(m: Machine, branches: readonly (() => Value)[]): Value {
  const found: Value[] = [];
  m.choose(
    branches.map((branch) => () => {
      found.push(branch());
      return NORMAL;
    }),
    true,
  );
  return joinValues(m, found);
}

function caseOf(m: Machine, args: CallArguments): Value {
  const pairs = items(m, argument(args, 'pred_fn_pairs', 0))?.map((p) => items(m, p));
  if (!pairs || pairs.some((p) => p?.length !== 2)) return unknownCall(m, args);
  const otherwise = argument(args, 'default', 1);
  const last = pairs.at(-1)?.[1] ?? UNKNOWN;
  return pairs.reduceRight<() => Value>(
    (next, pair) => () => choose(m, pair?.[0] ?? UNKNOWN, [thunk(m, pair?.[1] ?? UNKNOWN), next]),
    thunk(m, otherwise.kind === 'none' ? last : otherwise),
  )();
}

function switchCase(m: Machine, args: CallArguments): Value {
  const given = argument(args, 'branch_fns', 1);
  const found = given.kind === 'dictionary' ? null : items(m, given)?.map((f) => (f.kind === 'list' ? f.items?.[1] : f) ?? UNKNOWN);
  const index = argument(args, 'branch_index', 0);
  const otherwise = argument(args, 'default', 2);
  if (!found) return unknownCall(m, args);
  const branches = [...found, ...(otherwise.kind === 'none' ? [] : [otherwise])].map((f) => thunk(m, f));
  const number = index.kind === 'number' ? index.value : index.kind === 'tensor' ? (knowledgeOf(index.tensor).values?.[0] ?? null) : null;
  const taken = number === null ? null : number >= 0 && number < found.length ? number : branches.length - 1;
  if (isGraphTensor(m, index)) return chooseOnTensor(m, 'Case', { ...choiceBy(index), known: taken }, branches);
  const one = taken === null ? null : branches[taken];
  return one ? one() : oneOf(m, branches);
}

// ------------------------------------------------------------------------------------------------ loops

/** How many rounds of an eager loop are run exactly. */
const ROUNDS = 60;

function whileLoop(m: Machine, args: CallArguments): Value {
  const [condition, body] = [argument(args, 'cond', 0), argument(args, 'body', 1)];
  const given = argument(args, 'loop_vars', 2);
  const most = argument(args, 'maximum_iterations', 7);
  const limit = most.kind === 'number' && most.value !== null ? most.value : Infinity;
  const variables = given.kind === 'list' ? given.items : [given];
  // What goes round may have another shape every time.
  const hasInvariants = m.graphDepth > 0 && argument(args, 'shape_invariants', 3).kind !== 'none';
  if (!variables || hasInvariants) return unknownCall(m, args);
  const call = (f: Value, state: Value): Value => callValue(m, f, plainCall(m, state.kind === 'list' ? (state.items ?? []) : [state]));
  const step = (state: Value): Value => {
    const next = call(body, state);
    return next.kind === 'list' ? { ...next, type: 'list' } : list([next]);
  };
  const asGiven = (state: Value): Value =>
    state.kind === 'list' && given.kind !== 'list'
      ? (state.items?.[0] ?? UNKNOWN)
      : state.kind === 'list' && given.kind === 'list'
        ? { ...state, type: given.type }
        : state;
  let state: Value = list(variables.map((v) => asTensors(m, v)));
  if (m.graphDepth > 0) {
    const carried = carry(m, state);
    const result = carried && loop(m, carried, (now) => (call(condition, now), step(now)));
    return result ? asGiven(result) : unknownCall(m, args);
  }
  for (let i = 0; i < Math.min(ROUNDS, limit); i++) {
    const test = truth(m, call(condition, state));
    if (test === false) return asGiven(state);
    if (test === null) break;
    state = step(state);
    if (i + 1 === limit) return asGiven(state);
  }
  // Nobody knows how often it runs from here: at least what one more round makes of it.
  const [before, after] = [state, step(state)];
  return asGiven(joinValues(m, [before, after]));
}

/** Numbers in a structure become tensors. */
function asTensors(m: Machine, value: Value): Value {
  const leaves = flatten(value);
  return leaves
    ? pack(
        value,
        leaves.map((v) => (v.kind === 'variable' || v.kind === 'number' || v.kind === 'boolean' ? tensorOr(m, v) : v)),
      )
    : value;
}
function tensorOr(m: Machine, v: Value): Value & { kind: 'tensor' } {
  const tensor = asTensor(m, v);
  return tensor ? tensorValue(tensor) : unknownTensor(m);
}

/** The elements along the first axis of a structure of tensors; null where their number is not known. */
function elementsOf(m: Machine, structure: Value): readonly Value[] | null {
  const leaves = flatten(structure);
  const columns = leaves?.map((v) => rowsOf(m, tensorOr(m, v)));
  const count = columns?.[0]?.length;
  if (!leaves || !columns || count === undefined || columns.some((c) => c?.length !== count)) return null;
  return Array.from({ length: count }, (_, i) =>
    pack(
      structure,
      columns.map((c) => c?.[i] ?? UNKNOWN),
    ),
  );
}

/** One element of each tensor, nobody knows which. */
function anyElement(m: Machine, structure: Value, isListed = false): Value {
  const leaves = flatten(structure) ?? [];
  return pack(
    structure,
    leaves.map((v) => {
      const tensor = asTensor(m, v);
      return tensor ? tensorValue(part(m, isListed ? fromList(m, tensor) : tensor, tensor.shape && tensor.shape.slice(1))) : UNKNOWN;
    }),
  );
}
/** Every tensor as a list, of which the rounds of a graph's loop read. */
const listed = (m: Machine, structure: Value): Value =>
  pack(
    structure,
    (flatten(structure) ?? []).map((v) => {
      const tensor = asTensor(m, v);
      return tensor ? tensorValue(listOf(m, tensor)) : UNKNOWN;
    }),
  );
const part = (m: Machine, tensor: Tensor, shape: Tensor['shape']): Tensor => m.operations.apply('_Part', [tensor], { shape });

/** Results of a function for every element, stacked leaf by leaf. */
function stackResults(m: Machine, results: readonly Value[]): Value {
  const [first] = results;
  const flat = results.map((r) => flatten(r));
  const leaves = first && flatten(first);
  if (!leaves || flat.some((f) => f?.length !== leaves.length)) return unknownTensor(m);
  return pack(
    first,
    leaves.map((_, k) => callByName(m, 'tf.stack', list(flat.map((f) => f?.[k] ?? UNKNOWN)))),
  );
}

/** One result stands for those of all elements. */
function spreadResult(m: Machine, result: Value, count: number | null): Value {
  const leaves = flatten(result);
  if (!leaves) return unknownTensor(m);
  return pack(
    result,
    leaves.map((v) => {
      const tensor = asTensor(m, v);
      return tensor ? tensorValue(part(m, tensor, tensor.shape && [count, ...tensor.shape])) : UNKNOWN;
    }),
  );
}

const countOf = (m: Machine, structure: Value): number | null => {
  const [first] = flatten(structure) ?? [];
  const tensor = first && asTensor(m, first);
  return tensor?.shape?.[0] ?? null;
};

function mapElements(m: Machine, args: CallArguments): Value {
  const [f, elements] = [argument(args, 'fn', 0), asTensors(m, argument(args, 'elems', 1))];
  const call = (element: Value): Value => callValue(m, f, plainCall(m, [element]));
  if (m.graphDepth === 0) {
    const found = elementsOf(m, elements);
    return found ? stackResults(m, found.map(call)) : (call(anyElement(m, elements)), unknownTensor(m));
  }
  const count = countOf(m, elements);
  const lists = listed(m, elements);
  return collect(m, count, () => call(anyElement(m, lists, true)), null);
}

/** A graph's loop that keeps the result of every round; `first` is the state that goes round. */
function collect(m: Machine, count: number | null, round: (state: Value | null) => Value, first: Value | null): Value {
  // What a round gives, to know what is to be kept.
  let shapes: readonly Tensor['shape'][] = [];
  const slot = (): Value => tensorValue(m.backend.opaque(null, null, { zero: true, constant: true }));
  let result: Value = UNKNOWN;
  const trial = dry(m, () => round(first));
  const leaves = flatten(trial);
  if (!leaves?.every(isLeafTensor)) return unknownTensor(m);
  const carried = carry(m, tuple([first ?? NONE, list(leaves.map(slot))]));
  if (!carried) return unknownTensor(m);
  const ended = loop(m, carried, (now) => {
    const [state = NONE, kept = UNKNOWN] = now.kind === 'list' ? (now.items ?? []) : [];
    result = round(state.kind === 'none' ? null : state);
    const values = (flatten(result) ?? []).map((v) => asTensor(m, v));
    shapes = values.map((t) => t?.shape ?? null);
    const after = values.map((t, i) => {
      const before = kept.kind === 'list' ? kept.items?.[i] : undefined;
      return t && before?.kind === 'tensor' ? tensorValue(written(m, before.tensor, t)) : UNKNOWN;
    });
    return tuple([state.kind === 'none' ? NONE : result, list(after)]);
  });
  const kept = ended?.kind === 'list' ? ended.items?.[1] : undefined;
  if (kept?.kind !== 'list') return unknownTensor(m);
  return pack(
    result,
    (kept.items ?? []).map((v, i) => {
      const shape = shapes[i] ?? null;
      return v.kind === 'tensor' ? tensorValue(part(m, v.tensor, shape && [count, ...shape])) : UNKNOWN;
    }),
  );
}

/** Runs something and forgets what it did. */
function dry(m: Machine, body: () => Value): Value {
  const [facts, mark, tapes] = [m.recorder.mark(), m.journal.mark(), m.eager.tapes];
  m.eager.tapes = [];
  try {
    return body();
  } finally {
    m.eager.tapes = tapes;
    m.journal.rollback(mark);
    m.recorder.rollback(facts);
  }
}

/** Every element at once, in a function of its own. */
function vectorizedMap(m: Machine, args: CallArguments): Value {
  const [f, elements] = [argument(args, 'fn', 0), asTensors(m, argument(args, 'elems', 1))];
  const count = countOf(m, elements);
  return oneCall(m, 'vectorized_map', elements, (stand) => spreadResult(m, callValue(m, f, plainCall(m, [anyElement(m, stand)])), count));
}

/** `tf.scan`, `tf.foldl`, `tf.foldr`: a state that takes in one element after the other. */
function accumulate(m: Machine, args: CallArguments, how: { readonly all: boolean; readonly fromEnd: boolean }): Value {
  const [f, elements] = [argument(args, 'fn', 0), asTensors(m, argument(args, 'elems', 1))];
  const initial = asTensors(m, argument(args, 'initializer', 2));
  const step = (state: Value, element: Value): Value => callValue(m, f, plainCall(m, [state, element]));
  if (m.graphDepth === 0) {
    const found = elementsOf(m, elements);
    if (!found) return unknownTensor(m);
    const ordered = how.fromEnd ? [...found].reverse() : found;
    const [head, ...tail] = initial.kind === 'none' ? ordered : [initial, ...ordered];
    if (!head) return unknownTensor(m);
    const states = initial.kind === 'none' ? [head] : [];
    let state = head;
    for (const element of tail) {
      state = step(state, element);
      states.push(state);
    }
    return how.all ? stackResults(m, how.fromEnd ? states.reverse() : states) : state;
  }
  const lists = listed(m, elements);
  const element = (): Value => anyElement(m, lists, true);
  const first = initial.kind === 'none' ? element() : initial;
  const count = countOf(m, elements);
  if (how.all) return collect(m, count, (state) => step(state ?? first, element()), first);
  const carried = carry(m, first);
  return (carried && loop(m, carried, (state) => step(state, element()))) ?? unknownTensor(m);
}
