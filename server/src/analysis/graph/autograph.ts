// AutoGraph: Python's `if`, `while` and `for` on a tensor inside a `tf.function` are ops. Both branches are traced, a loop's body once for all rounds.
// TensorFlow: python/autograph/operators/control_flow.py.
import { callBranches, callLoop } from '../../../../core/function.ts';
import type { Choice } from '../../../../core/intermediates.ts';
import { currentGraph } from '../../../../core/graph.ts';
import type { Tensor } from '../../../../core/tensor.ts';
import type { Expression, Statement } from '../../ir/ir.ts';
import { tracedWhenBuilt } from '../building.ts';
import { guarded } from '../convert.ts';
import { joinValues } from '../join.ts';
import type { Delta } from '../journal.ts';
import { type Completion, type Machine, NORMAL } from '../machine.ts';
import { NotKnown } from '../gradient-call.ts';
import { flatten, pack } from '../structure.ts';
import { knowledgeOf, loopRules } from '../tensors.ts';
import { tupleText } from '../tape-gradients.ts';
import { list, type Scope, UNKNOWN, type Value } from '../values.ts';
import { isLeafTensor, joinAlternatives, leafFrom, leafFromAny, leafTensor } from './leaves.ts';

/** Whether a test is on a tensor while a graph is traced. */
export function isGraphTensor(m: Machine, value: Value): value is Value & { kind: 'tensor' | 'variable' } {
  const is = m.graphDepth > 0 && (value.kind === 'tensor' || value.kind === 'variable');
  if (is && m.vectorizing > 0) throw new NotKnown();
  return is;
}

/** The same for what AutoGraph makes ops of. Raises OperatorNotAllowedInGraphError where it does not. */
export function isGraphTest(m: Machine, value: Value): value is Value & { kind: 'tensor' | 'variable' } {
  const is = isGraphTensor(m, value);
  if (is && !m.converts)
    m.raise(
      'OperatorNotAllowedInGraphError',
      'Using a symbolic `tf.Tensor` as a Python `bool` is not allowed: AutoGraph did not convert this function. This might indicate you are trying to use an unsupported feature.',
      null,
    );
  return is;
}

/** What AutoGraph leaves to Python, which cannot test a symbol. */
export function refuseTruth(m: Machine, value: Value): void {
  if (!isGraphTensor(m, value)) return;
  if (value.kind === 'variable' || currentGraph(m.eager)?.holds(value.tensor))
    m.raise('OperatorNotAllowedInGraphError', 'Using a symbolic `tf.Tensor` as a Python `bool` is not allowed.', null);
}

/** Whether AutoGraph has TensorFlow go through it. Where it does not, a graph has no end to the elements, and ValueError is raised. */
export function isGraphDataset(m: Machine, value: Value): boolean {
  const is = m.graphDepth > 0 && value.kind === 'instance' && value.native.dataset !== undefined;
  if (is && !m.converts) m.raise('ValueError', 'An unusually high number of `tf.data.Iterator.get_next()` calls was detected.', null);
  return is;
}

/** No gradient comes back through a `for` over a dataset: it is the dataset that reduces. TensorFlow: python/autograph/operators/control_flow.py, _tf_dataset_for_stmt. */
export function cutOff(m: Machine, names: readonly string[], scope: Scope): void {
  const variables = (name: string): Map<string, Value> => (scope.elsewhere.get(name) ?? scope).variables;
  for (const name of names) {
    const value = variables(name).get(name);
    const carried = value === undefined ? null : carry(m, value);
    if (carried === null) continue;
    const outputs = carried.tensors.map((t) => m.backend.opaque(t.shape, t.dtype));
    m.eager.recordCustom('ReduceDataset', carried.tensors, outputs, 'none');
    m.journal.put(variables(name), name, fill(carried, outputs));
  }
}

/** Which way a test goes in this run of the program, where that is known. */
export function choiceBy(value: Value & { kind: 'tensor' | 'variable' }): Choice {
  const predicate = value.kind === 'tensor' ? value.tensor : value.variable.value;
  const { values, tainted } = knowledgeOf(predicate);
  return { runs: null, known: values?.length === 1 && !tainted ? (values[0] !== 0 ? 0 : 1) : null, predicate };
}

// ------------------------------------------------------------------------------------------------ branches

interface End {
  readonly completion: Completion;
  readonly delta: Delta;
}

/**
 * Runs every branch as one of an op, and goes on with what they left behind joined. Where some end early and others do not, nothing is an op: the runs are tried one by one.
 * `endsLoop`: nothing follows in this round of a loop, so that `break` and `continue` may stand beside a normal end.
 */
export function branchOnTensor(
  m: Machine,
  name: string,
  choice: Choice,
  runs: readonly (() => Completion)[],
  endsLoop = false,
): Completion {
  const facts = m.recorder.mark();
  const mark = m.journal.mark();
  const ends: End[] = [];
  let merged: Merged | null = null;
  let completion: Completion = NORMAL;
  let alike = true;
  guarded(m, () => {
    const outputs = callBranches(
      m.eager,
      name,
      [],
      runs.map((run, k) => () => {
        const ended = run();
        ends.push({ completion: ended, delta: m.journal.rollback(mark) });
        return () => {
          merged ??= new Merged(m, ends);
          return merged.tensors(m, k);
        };
      }),
      (alternatives) => joinAlternatives(m, alternatives, choice.known),
      choice,
    );
    const types = new Set(ends.map((e) => e.completion.type));
    if (types.has('break')) breakOnTensor(m);
    alike = !types.has('stopped') && (types.size === 1 || (endsLoop && !types.has('return')));
    completion = (merged ?? new Merged(m, ends)).leave(m, outputs);
    if (types.size > 1) completion = NORMAL;
    return UNKNOWN;
  });
  refuseMissingReturn(m, ends);
  if (alike) return completion;
  m.recorder.rollback(facts);
  m.journal.rollback(mark);
  return m.fork(runs);
}

function breakOnTensor(m: Machine): void {
  const round = m.frames.at(-1)?.round;
  if (round) round.breaksOnTensor = true;
}

/** Where one branch returns and another goes on, the op has no value for what the other returns. A loop that is an op is tried without, and refused. */
function refuseMissingReturn(m: Machine, ends: readonly End[]): void {
  const types = ends.map((e) => e.completion.type);
  const lacking = types.findIndex((type) => type !== 'return');
  if (lacking < 0 || !types.includes('return') || types.includes('stopped')) return;
  if (m.frames.at(-1)?.round?.isOp) m.raise('NotImplementedError', 'a return statement cannot be placed inside this TensorFlow loop', null);
  m.raise('ValueError', `the ${lacking === 0 ? 'main' : 'else'} branch must also have a return statement.`, null);
}

/** The same for expressions: `a if t else b`, `tf.cond`. */
export function chooseOnTensor(m: Machine, name: string, choice: Choice, branches: readonly (() => Value)[]): Value {
  const completion = branchOnTensor(
    m,
    name,
    choice,
    branches.map((branch) => () => ({ type: 'return', value: branch() })),
  );
  return completion.type === 'return' ? completion.value : UNKNOWN;
}

/** What several branches left behind, place by place: outputs of the op where tensors differ. */
class Merged {
  private readonly places: { readonly place: object; readonly key: string; readonly merge: Merge }[] = [];
  private readonly result: Merge;

  constructor(
    m: Machine,
    private readonly ends: readonly End[],
  ) {
    const places = new Map<object, Set<string>>();
    for (const { delta } of ends)
      for (const [place, keys] of delta) {
        const set = places.get(place) ?? new Set();
        places.set(place, set);
        for (const key of keys.keys()) set.add(key);
      }
    for (const [place, keys] of places)
      for (const key of keys) {
        const before = m.journal.read(place, key);
        const values = ends.map(({ delta }) => {
          const left = delta.get(place)?.get(key);
          return left ? (left.exists ? left.value : undefined) : before;
        });
        this.places.push({ place, key, merge: mergeOf(m, values, place, key) });
      }
    this.result = mergeOf(
      m,
      ends.map(({ completion }) => (completion.type === 'return' ? completion.value : undefined)),
      null,
      null,
    );
  }

  /** The tensors of one branch, made inside it. */
  tensors(m: Machine, branch: number): Tensor[] {
    return [...this.places.map((p) => p.merge), this.result].flatMap((merge) => merge.tensors(m, branch));
  }

  /** Brings the joined state about. */
  leave(m: Machine, outputs: readonly Tensor[]): Completion {
    const rest = [...outputs];
    const delta: Delta = new Map();
    for (const { place, key, merge } of this.places) {
      const keys = delta.get(place) ?? new Map<string, { value: unknown; exists: boolean }>();
      delta.set(place, keys);
      keys.set(key, { value: merge.whole(rest), exists: true });
    }
    m.journal.apply(delta);
    const [first] = this.ends;
    return first?.completion.type === 'return'
      ? { type: 'return', value: this.result.whole(rest) as Value }
      : (first?.completion ?? NORMAL);
  }
}

interface Merge {
  readonly tensors: (m: Machine, branch: number) => readonly Tensor[];
  /** Takes its part of the op's outputs off the list. */
  readonly whole: (outputs: Tensor[]) => unknown;
}

const isValue = (x: unknown): x is Value => typeof x === 'object' && x !== null && 'kind' in x;

function mergeOf(m: Machine, values: readonly unknown[], place: object | null, key: string | null): Merge {
  const [first] = values;
  const settled = (value: unknown): Merge => ({ tensors: () => [], whole: () => value });
  // What a single branch leaves is of the inside.
  const isAlike = (column: readonly unknown[]): boolean => column.length > 1 && column.every((v) => v === column[0]);
  // A tensor is an output of the op even where every branch leaves the same one.
  if (isAlike(values) && !(isValue(first) && isLeafTensor(first))) return settled(first);
  if (!isValue(first) || !values.every(isValue)) return settled(values.includes(undefined) ? UNKNOWN : m.join(values, place, key));
  const flat = values.map(flatten);
  const count = flat[0]?.length;
  if (flat.some((f) => f?.length !== count)) return settled(joinValues(m, values));
  const columns = (flat[0] ?? []).map((_, i) => flat.map((f) => f?.[i] ?? UNKNOWN));
  const isOutput = columns.map((column) => column.every(isLeafTensor));
  return {
    tensors: (machine, branch) =>
      columns.flatMap((column, i) => (isOutput[i] ? (leafTensor(machine, column[branch] ?? UNKNOWN) ?? []) : [])),
    whole: (outputs) =>
      pack(
        first,
        columns.map((column, i) => (isOutput[i] ? leafFromAny(column, outputs.shift() as Tensor) : joinValues(m, column))),
      ),
  };
}

// ------------------------------------------------------------------------------------------------ loops

/** A structure whose tensors go round a loop. */
export interface Carried {
  readonly structure: Value;
  readonly tensors: readonly Tensor[];
}

/** What of a structure goes round; null where it is not known. */
export function carry(m: Machine, structure: Value): Carried | null {
  const leaves = flatten(structure);
  return leaves && { structure, tensors: leaves.flatMap((v) => leafTensor(m, v) ?? []) };
}

/** The structure with these tensors in it. */
export function fill({ structure }: Carried, tensors: readonly Tensor[]): Value {
  const rest = [...tensors];
  return pack(
    structure,
    (flatten(structure) ?? []).map((v) => (isLeafTensor(v) ? leafFrom(v, rest.shift() as Tensor) : v)),
  );
}

/**
 * A loop as one op: `round` gets what goes round and gives what it has become; null where that is not known. `mayBeDropped`: what no round reads may not go round at all.
 */
export function loop(m: Machine, carried: Carried, round: (state: Value) => Value | null, mayBeDropped = false): Value | null {
  const facts = m.recorder.mark();
  let known = true;
  let structure = carried;
  const outputs = callLoop(
    m.eager,
    'While',
    carried.tensors,
    (stand) => {
      m.recorder.rollback(facts);
      const after = round(fill(carried, stand));
      const next = after && carry(m, after);
      if (next?.tensors.length !== carried.tensors.length) known = false;
      else {
        structure = next;
        const isRead = (t: Tensor): boolean => currentGraph(m.eager)?.origins.some(({ inputs }) => inputs.includes(t)) !== false;
        carried.tensors.forEach((before, i) => {
          const problem = variance(before, next.tensors[i] as Tensor);
          if (problem === null) return;
          if (mayBeDropped && !isRead(stand[i] as Tensor)) known = false;
          else m.raise(problem.type, problem.message, null);
        });
      }
      return next ? next.tensors : stand;
    },
    loopRules(m.backend),
  );
  return known ? fill(structure, outputs) : null;
}

/** What goes round a loop keeps its dtype, and its shape as far as that is known; null where it does. */
function variance(before: Tensor, after: Tensor): { readonly type: 'TypeError' | 'ValueError'; readonly message: string } | null {
  if (before.dtype !== null && after.dtype !== null && before.dtype !== after.dtype)
    return {
      type: 'TypeError',
      message: `a value has dtype ${before.dtype} before the loop, but dtype ${after.dtype} after one iteration`,
    };
  const [a, b] = [before.shape, after.shape];
  if (a && b && (a.length !== b.length || a.some((d, i) => d !== null && d !== b[i] && b[i] !== null)))
    return {
      type: 'ValueError',
      message: `a value has shape ${tupleText(a)} before the loop, but shape ${tupleText(b)} after one iteration.`,
    };
  return null;
}

/**
 * `while` and `for` on a tensor: the names that the body assigns go round. `round` runs the test and the body once. null where the loop is not one that can be followed so.
 */
export function loopOnTensor(m: Machine, names: readonly string[], scope: Scope, round: () => Completion): Completion | null {
  let mark = m.journal.mark();
  const facts = m.recorder.mark();
  const home = (name: string): Map<string, Value> => (scope.elsewhere.get(name) ?? scope).variables;
  const bound = names.filter((name) => {
    const value = home(name).get(name);
    return value !== undefined && flatten(value) !== null;
  });
  const state = (): Value => list(bound.map((name) => home(name).get(name) ?? UNKNOWN));
  const carried = carry(m, state());
  if (carried === null) return null;
  let early = false;
  let last: Delta = new Map();
  const undo = (): void => {
    m.journal.rollback(mark);
    m.recorder.rollback(facts);
  };
  const goRound = (now: Value): Value => {
    mark = m.journal.mark();
    if (now.kind === 'list') now.items?.forEach((v, i) => m.journal.put(home(bound[i] ?? ''), bound[i] ?? '', v));
    const { type } = round();
    early ||= type === 'return' || type === 'stopped';
    const after = state();
    last = m.journal.since(mark);
    return after;
  };
  // AutoGraph leaves out what is read neither inside nor after it.
  const result = loop(m, carried, (now) => (undo(), tracedWhenBuilt(m, undo, () => goRound(now))), true);
  m.journal.rollback(mark);
  if (early || result?.kind !== 'list') {
    m.recorder.rollback(facts);
    return null;
  }
  // Python's own state changed once, while the body was traced, and holds tensors of the inside.
  for (const [place, keys] of last) for (const key of keys.keys()) forget(m, place, key);
  bound.forEach((name, i) => m.journal.put(home(name), name, result.items?.[i] ?? UNKNOWN));
  return NORMAL;
}

function forget(m: Machine, place: object, key: string): void {
  if (place instanceof Map) m.journal.put(place as Map<string, Value>, key, UNKNOWN);
  else if (key === 'items' || key === 'entries') m.journal.set(place as { items: null }, key as 'items', null);
  else if (key === 'value') {
    const tensor = m.journal.read(place, key) as Tensor;
    m.journal.set(place as { value: Tensor }, 'value', m.backend.opaque(tensor.shape, tensor.dtype));
  }
}

/** Blocks after which a round of a graph's loop is over. */
const loopEnds = new WeakSet<readonly Statement[]>();
export const isLoopEnd = (block: readonly Statement[]): boolean => loopEnds.has(block);
export function loopBody(body: readonly Statement[]): readonly Statement[] {
  loopEnds.add(body);
  return body;
}
/** A branch and what follows it: where a branch may end early, the others go on without it. */
export function followed(branch: readonly Statement[], rest: readonly Statement[], endsLoop: boolean): readonly Statement[] {
  const block = [...branch, ...rest];
  if (endsLoop) loopEnds.add(block);
  return block;
}

/** The names that statements assign, not those of functions inside. AutoGraph goes by the text in the same way. */
export function assignedNames(statements: readonly Statement[]): string[] {
  const names = new Set<string>();
  const target = (e: Expression): void => {
    if (e.kind === 'name') names.add(e.name);
    else if (e.kind === 'sequence') e.elements.forEach(target);
    else if (e.kind === 'spread') target(e.value);
  };
  const walk = (body: readonly Statement[]): void => {
    for (const s of body)
      switch (s.kind) {
        case 'assign':
          s.targets.forEach(target);
          break;
        case 'augmented assign':
          target(s.target);
          break;
        case 'for':
          target(s.target);
          walk(s.body);
          walk(s.otherwise);
          break;
        case 'while':
          walk(s.body);
          walk(s.otherwise);
          break;
        case 'if':
          walk(s.then);
          walk(s.otherwise);
          break;
        case 'with':
          for (const item of s.items) if (item.target) target(item.target);
          walk(s.body);
          break;
        case 'try':
          walk(s.body);
          s.handlers.forEach((h) => walk(h.body));
          walk(s.otherwise);
          walk(s.finally);
          break;
        case 'function statement':
          names.add(s.definition.name);
          break;
        case 'block':
        case 'unknown statement':
          walk(s.body);
          break;
      }
  };
  walk(statements);
  return [...names];
}

/** Whether statements may end early: with a `return`, or a `break` or `continue` of a loop around them. */
export function mayLeave(statements: readonly Statement[], inLoop = false): boolean {
  return statements.some((s) => {
    switch (s.kind) {
      case 'return':
        return true;
      case 'break':
      case 'continue':
        return !inLoop;
      case 'if':
        return mayLeave(s.then, inLoop) || mayLeave(s.otherwise, inLoop);
      case 'for':
      case 'while':
        return mayLeave(s.body, true) || mayLeave(s.otherwise, inLoop);
      case 'with':
      case 'block':
        return mayLeave(s.body, inLoop);
      case 'try':
        return [s.body, s.otherwise, s.finally, ...s.handlers.map((h) => h.body)].some((b) => mayLeave(b, inLoop));
      case 'match':
        return s.cases.some((c) => mayLeave(c.body, inLoop));
      default:
        return false;
    }
  });
}
