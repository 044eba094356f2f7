// Statements.
import { Undetermined } from '../../../core/shape.ts';
import type { Expression, For, If, Match, Statement, Try, While, With } from '../ir/ir.ts';
import { attribute, setAttribute } from './attributes.ts';
import { callValue } from './call.ts';
import { exceptionClass } from './builtins.ts';
import { classFrom } from './classes.ts';
import { evaluate, noteDerivative } from './evaluate.ts';
import { functionFrom, decorated } from './functions.ts';
import { asTensor } from './convert.ts';
import {
  assignedNames,
  branchOnTensor,
  followed,
  cutOff,
  isGraphDataset,
  isGraphTensor,
  isGraphTest,
  isLoopEnd,
  loopBody,
  loopOnTensor,
  mayLeave,
  refuseTruth,
  choiceBy,
} from './graph/autograph.ts';
import { importModule, importName } from './modules.ts';
import { fromList, listOf } from './graph/tensor-array.ts';
import { anyItem, items, rowsOf } from './iterate.ts';
import { joinValues } from './join.ts';
import { type Completion, type Machine, NORMAL, ProgramRaise, STOPPED } from './machine.ts';
import { bind, declare, unbind } from './names.ts';
import { binaryOperation, compareValues, truth } from './operators.ts';
import { fits, forgetNames } from './patterns.ts';
import { NotFollowed, ownIterator, pull } from './streams.ts';
import { setSubscript } from './subscript.ts';
import { enterTape, exitTape } from './tapes.ts';
import { callAt, dictionary, list, type ListValue, NONE, type Scope, string, tensorValue, UNKNOWN, type Value } from './values.ts';

export function execute(m: Machine, statements: readonly Statement[], scope: Scope): Completion {
  if (m.language === 'script') hoist(m, statements, scope);
  let passed = 0;
  for (const statement of statements) {
    m.step();
    passed++;
    const completion = m.at(statement.range, () =>
      statement.kind === 'if'
        ? executeIf(m, statement, scope, statements, () => statements.slice(passed))
        : executeOne(m, statement, scope),
    );
    if (completion === DONE) return NORMAL;
    if (completion.type !== 'normal') return completion;
  }
  return NORMAL;
}

/** A normal end of the whole block: what came after the `if` has been run in its branches. */
const DONE: Completion = { type: 'normal' };

function executeIf(m: Machine, s: If, scope: Scope, block: readonly Statement[], rest: () => readonly Statement[]): Completion {
  const value = evaluate(m, s.test, scope);
  const test = truth(m, value);
  const branches = [s.then, s.otherwise];
  if (test !== null) return execute(m, test ? s.then : s.otherwise, blockScope(m, scope));
  if (!isGraphTest(m, value)) return m.choose(branches.map((branch) => () => execute(m, branch, blockScope(m, scope))));
  const leaves = branches.some((branch) => mayLeave(branch));
  const endsLoop = leaves && isLoopEnd(block);
  const completion = branchOnTensor(
    m,
    'If',
    choiceBy(value),
    branches.map((branch) => () => execute(m, leaves ? followed(branch, rest(), endsLoop) : branch, scope)),
    endsLoop,
  );
  return leaves && completion.type === 'normal' ? DONE : completion;
}

/** JavaScript's functions are there before anything of their block runs. */
function hoist(m: Machine, statements: readonly Statement[], scope: Scope): void {
  for (const s of statements)
    if (s.kind === 'function statement') m.journal.put(scope.variables, s.definition.name, functionFrom(m, s.definition, scope));
}

function executeOne(m: Machine, s: Statement, scope: Scope): Completion {
  switch (s.kind) {
    case 'expression':
      evaluate(m, s.value, scope);
      return NORMAL;
    case 'assign': {
      if (s.value === null) {
        if (m.language === 'script') for (const target of s.targets) declareTarget(m, target, scope);
        else if (scope.type === 'class') for (const target of s.targets) if (target.kind === 'name') annotate(m, scope, target.name);
        return NORMAL;
      }
      const value = evaluate(m, s.value, scope);
      for (const target of s.targets) {
        if (s.declaration) declareTarget(m, target, scope);
        assign(m, target, value, scope);
      }
      if (s.annotation && scope.type === 'class')
        for (const target of s.targets) if (target.kind === 'name') annotate(m, scope, target.name);
      return NORMAL;
    }
    case 'augmented assign':
      augment(m, s.target, s.operator, s.value, scope, s.range);
      return NORMAL;
    case 'if':
      return executeIf(m, s, scope, [], () => []);
    case 'for':
      return executeFor(m, s, scope);
    case 'while':
      return executeWhile(m, s, scope);
    case 'with':
      return executeWith(m, s, scope, 0);
    case 'try':
      return executeTry(m, s, scope);
    case 'function statement':
      if (m.language === 'script') return NORMAL;
      bind(m, s.definition.name, decorated(m, functionFrom(m, s.definition, scope), s.definition, scope), scope);
      return NORMAL;
    case 'class statement':
      bind(m, s.definition.name, classFrom(m, s.definition, scope), scope);
      return NORMAL;
    case 'return':
      return { type: 'return', value: s.value ? evaluate(m, s.value, scope) : NONE };
    case 'raise': {
      const value = s.value ? evaluate(m, s.value, scope) : UNKNOWN;
      const type = value.kind === 'instance' ? value.type.name : value.kind === 'class' ? value.name : 'Exception';
      throw new ProgramRaise({ type, message: '', range: s.range, fromCall: null }, value.kind === 'instance' ? value : null);
    }
    case 'assert': {
      const value = evaluate(m, s.test, scope);
      refuseTruth(m, value);
      if (truth(m, value) === false) m.raise('AssertionError', '', s.range);
      return NORMAL;
    }
    case 'break':
      return { type: 'break' };
    case 'continue':
      return { type: 'continue' };
    case 'pass':
      return NORMAL;
    case 'import':
      if (s.typeOnly) return NORMAL;
      if (s.star) return (importModule(m, s.module, null, scope, true), NORMAL);
      if (s.names) for (const name of s.names) bind(m, name.alias, importName(m, s.module, name.name), scope);
      if (s.alias || s.names === null) importModule(m, s.module, s.alias?.name ?? null, scope, false);
      return NORMAL;
    case 'scope':
      for (const name of s.names) declare(scope, name, s.type);
      return NORMAL;
    case 'delete':
      for (const target of s.targets) {
        if (target.kind === 'name') unbind(m, target.name, scope);
        else if (target.kind === 'subscript')
          setSubscript(m, evaluate(m, target.object, scope), evaluate(m, target.index, scope), null, target.range);
      }
      return NORMAL;
    case 'match':
      return executeMatch(m, s, scope);
    case 'block':
      return execute(m, s.body, blockScope(m, scope));
    case 'unknown statement':
      execute(m, s.body, scope);
      return NORMAL;
  }
}

/** JavaScript blocks scope `let` and `const`; Python's do not. */
const blockScope = (m: Machine, scope: Scope): Scope =>
  m.language === 'script' ? { variables: new Map(), parent: scope, elsewhere: new Map(), type: 'block' } : scope;

function annotate(m: Machine, scope: Scope, name: string): void {
  const known = scope.variables.get('__annotations__');
  const names = known?.kind === 'list' && known.items ? known.items : [];
  m.journal.put(scope.variables, '__annotations__', list([...names, string(name)]));
}

export function declareTarget(m: Machine, target: Expression, scope: Scope): void {
  if (target.kind === 'name') m.journal.put(scope.variables, target.name, { kind: 'none', undefined: true });
  else if (target.kind === 'sequence') for (const e of target.elements) declareTarget(m, e, scope);
  else if (target.kind === 'dictionary') for (const e of target.entries) declareTarget(m, e.value, scope);
  else if (target.kind === 'spread') declareTarget(m, target.value, scope);
  else if (target.kind === 'assign expression') declareTarget(m, target.target, scope);
}

// ------------------------------------------------------------------------------------------------ assignment

export function assign(m: Machine, target: Expression, value: Value, scope: Scope): void {
  switch (target.kind) {
    case 'name':
      noteDerivative(m, target.range, value);
      bind(m, target.name, value, scope);
      return;
    case 'attribute':
      noteDerivative(m, target.range, value);
      setAttribute(m, evaluate(m, target.object, scope), target.name, value);
      return;
    case 'subscript':
      setSubscript(m, evaluate(m, target.object, scope), evaluate(m, target.index, scope), value, target.range);
      return;
    case 'spread':
      assign(m, target.value, value, scope);
      return;
    case 'sequence':
      unpack(m, target.elements, value, scope);
      return;
    case 'assign expression': {
      const missing = value.kind === 'none' && value.undefined === true;
      assign(m, target.target, missing ? evaluate(m, target.value, scope) : value, scope);
      return;
    }
    case 'dictionary': {
      const taken = new Set<string>();
      for (const { key, value: inner } of target.entries) {
        if (key) {
          const name = evaluate(m, key, scope);
          if (name.kind === 'string' && name.value !== null) {
            taken.add(name.value);
            assign(m, inner, attribute(m, value, name.value, key.range), scope);
          } else assign(m, inner, UNKNOWN, scope);
        } else
          assign(
            m,
            inner,
            value.kind === 'dictionary' && value.entries
              ? dictionary(
                  [...value.entries.values()]
                    .filter((e) => e.key.kind !== 'string' || !taken.has(e.key.value ?? ''))
                    .map((e) => [e.key, e.value] as const),
                )
              : UNKNOWN,
            scope,
          );
      }
      return;
    }
    default:
      return;
  }
}

function unpack(m: Machine, targets: readonly Expression[], value: Value, scope: Scope): void {
  if (value.kind === 'none' && m.language === 'python')
    m.raise('TypeError', 'cannot unpack non-iterable NoneType object', null, value.from?.call ?? null);
  const found = items(m, value);
  const star = targets.findIndex((t) => t.kind === 'spread');
  if (found === null) {
    targets.forEach((t) => assign(m, t, t.kind === 'spread' ? list(null) : UNKNOWN, scope));
    return;
  }
  if (m.language === 'python') {
    if (star < 0 && found.length !== targets.length)
      m.raise(
        'ValueError',
        found.length < targets.length
          ? `not enough values to unpack (expected ${targets.length}, got ${found.length})`
          : `too many values to unpack (expected ${targets.length})`,
        null,
      );
  }
  const after = star < 0 ? 0 : targets.length - star - 1;
  targets.forEach((t, i) => {
    if (star < 0 || i < star) assign(m, t, found[i] ?? { kind: 'none', undefined: true }, scope);
    else if (i === star) assign(m, t, list(found.slice(star, found.length - after)), scope);
    else assign(m, t, found[found.length - (targets.length - i)] ?? UNKNOWN, scope);
  });
}

/** What a `tf.Variable` refuses to do in place. */
const IN_PLACE: ReadonlySet<string> = new Set(['+', '-', '*', '/', '**']);

function augment(m: Machine, target: Expression, operator: string, expression: Expression, scope: Scope, range: Statement['range']): void {
  const before = evaluate(m, target, scope);
  const value = evaluate(m, expression, scope);
  if (before.kind === 'variable' && m.language === 'python' && IN_PLACE.has(operator))
    m.raise('RuntimeError', `\`variable ${operator}= value\` with \`tf.Variable\`s is not supported.`, range);
  if (operator === '+' && before.kind === 'list' && before.type === 'list') {
    const more = items(m, value);
    m.journal.set(before, 'items', before.items && more ? [...before.items, ...more] : null);
    return;
  }
  if (operator === 'and' || operator === 'or' || operator === '??') {
    assign(m, target, joinValues(m, [before, value]), scope);
    return;
  }
  assign(m, target, binaryOperation(m, operator as '+', before, value, range), scope);
}

// ------------------------------------------------------------------------------------------------ loops

/** Loops of known length run exactly, up to this many times. */
const EXACT_ITERATIONS = 40;
const FIRST_ITERATIONS = 3;

const loopEnd = (c: Completion): boolean => c.type === 'break' || c.type === 'continue';

/** One run of a loop's body. `broke`: whether it broke out. `isOp`: it stands for all rounds of a loop that is an op. */
function iterate(
  m: Machine,
  run: () => Completion,
  isOp = false,
): { readonly completion: Completion; readonly broke: 'yes' | 'no' | 'maybe' } {
  const { completion, early } = inRound(m, isOp, () => m.bounded('loop', loopEnd, run));
  const mayBreak = early.some((c) => c.type === 'break');
  if (completion.type === 'break') return { completion: NORMAL, broke: early.some((c) => c.type === 'continue') ? 'maybe' : 'yes' };
  if (completion.type === 'continue') return { completion: NORMAL, broke: mayBreak ? 'maybe' : 'no' };
  if (completion.type === 'stopped' && early.length > 0)
    return { completion: NORMAL, broke: mayBreak ? (early.every((c) => c.type === 'break') ? 'yes' : 'maybe') : 'no' };
  return { completion, broke: mayBreak ? 'maybe' : 'no' };
}

/** A loop of Python's own cannot be left where only a tensor knows. TensorFlow: python/autograph/operators/control_flow.py, _py_for_stmt and _py_while_stmt. */
function inRound<T>(m: Machine, isOp: boolean, run: () => T): T {
  const frame = m.frames.at(-1);
  if (!frame) return run();
  const around = frame.round;
  const round = (frame.round = { isOp, breaksOnTensor: false });
  try {
    const found = run();
    if (round.breaksOnTensor && !isOp)
      m.raise(
        'NotImplementedError',
        'break and return statements which depend on a TF condition are not supported in Python for loops.',
        null,
      );
    return found;
  } finally {
    frame.round = around;
  }
}

/** A body that runs at least once and then any number of times: twice, joined. */
function runUnknown(m: Machine, once: () => Completion, isOp = false): Completion {
  const first = iterate(m, once, isOp);
  if (first.completion.type !== 'normal') return first.completion;
  if (first.broke === 'yes') return NORMAL;
  let ended: Completion = NORMAL;
  const forked = m.fork([
    () => NORMAL,
    () => {
      ended = iterate(m, once, isOp).completion;
      return ended;
    },
  ]);
  return forked;
}

function executeFor(m: Machine, s: For, scope: Scope): Completion {
  const iterable = evaluate(m, s.iterable, scope);
  if (isGraphTest(m, iterable)) {
    // Its rows are a list of which every round reads one.
    const tensor = asTensor(m, iterable);
    const rows = tensor && listOf(m, tensor);
    const looped = loopOnTensor(m, [...assignedNames([s])], scope, () => {
      assign(m, s.target, rows ? elementOf(m, tensorValue(fromList(m, rows))) : UNKNOWN, scope);
      return iterate(m, () => execute(m, loopBody(s.body), scope), true).completion;
    });
    if (looped) return execute(m, s.otherwise, scope);
    const { completion, broke } = overItems(m, s, { kind: 'list', type: 'iterator', items: rowsOf(m, iterable) }, scope, true);
    return completion.type === 'normal' && !broke ? execute(m, s.otherwise, scope) : completion;
  }
  if (isGraphDataset(m, iterable)) {
    const names = assignedNames([s]);
    const looped = loopOnTensor(m, names, scope, () => {
      assign(m, s.target, anyItem(m, iterable), scope);
      return iterate(m, () => execute(m, loopBody(s.body), scope), true).completion;
    });
    // What is returned out of it is a value that may be missing.
    if (!looped && mayLeave(s.body, true)) throw new Undetermined('a `return` out of a loop over a dataset in a graph');
    const { completion, broke } = looped ? { completion: looped, broke: false } : overItems(m, s, iterable, scope, true);
    cutOff(m, names, scope);
    return completion.type === 'normal' && !broke ? execute(m, s.otherwise, scope) : completion;
  }
  const { completion, broke } = overItems(m, s, iterable, scope);
  return completion.type === 'normal' && !broke ? execute(m, s.otherwise, scope) : completion;
}

/** The items of an iterator are asked for between the rounds, which may change what they are made of. */
function overStream(
  m: Machine,
  iterator: ListValue,
  body: (item: Value) => () => Completion,
): { readonly completion: Completion; readonly broke: boolean } {
  for (let i = 0; i < EXACT_ITERATIONS; i++) {
    const item = pull(m, iterator);
    if (item === 'end') return { completion: NORMAL, broke: false };
    if (item === null) return { completion: m.fork([() => runUnknown(m, body(anyItem(m, iterator))), () => NORMAL]), broke: false };
    const { completion, broke } = iterate(m, body(item));
    if (completion.type !== 'normal' || broke === 'yes') return { completion, broke: true };
    if (broke === 'maybe') break;
  }
  // From here on it may have ended, or been left.
  return { completion: m.fork([() => runUnknown(m, body(joinItems(m, items(m, iterator) ?? []) ?? UNKNOWN)), () => NORMAL]), broke: false };
}

/** A generator's body runs up to its end, and a round of the loop wherever it yields. */
function overGenerator(
  m: Machine,
  run: NonNullable<ListValue['generator']>,
  body: (item: Value) => () => Completion,
): { readonly completion: Completion; readonly broke: boolean } {
  const [frames, boundaries] = [[...m.frames], [...m.boundaries]];
  let left: { readonly completion: Completion; readonly broke: boolean } | null = null;
  let thrown: ProgramRaise | null = null;
  const round = (item: Value): void => {
    const inside = { frames: m.frames, boundaries: m.boundaries };
    Object.assign(m, { frames: [...frames], boundaries: [...boundaries] });
    try {
      const { completion, broke } = iterate(m, body(item));
      if (broke === 'maybe') throw new NotFollowed();
      if (completion.type !== 'normal' || broke === 'yes') left = { completion, broke: true };
    } catch (e) {
      // The generator does not see what the loop raises: it is closed.
      if (!(e instanceof ProgramRaise)) throw e;
      thrown = e;
    } finally {
      Object.assign(m, inside);
    }
    if (left ?? thrown) m.raise('GeneratorExit', '', null);
  };
  try {
    run(round);
  } catch (e) {
    if (!(e instanceof ProgramRaise && e.exception.type === 'GeneratorExit')) throw e;
  }
  if (thrown) throw thrown as ProgramRaise;
  return left ?? { completion: NORMAL, broke: false };
}

/** One item after the other, as far as they are known. `broke`: the loop was left by `break` for sure. `isOp`: TensorFlow goes through them. */
function overItems(
  m: Machine,
  s: For,
  over: Value,
  scope: Scope,
  isOp = false,
): { readonly completion: Completion; readonly broke: boolean } {
  const iterable = over.kind === 'instance' && !over.native.dataset ? (ownIterator(m, over) ?? over) : over;
  const body = (item: Value) => () => {
    const inner = blockScope(m, scope);
    if (m.language === 'script') declareTarget(m, s.target, inner);
    assign(m, s.target, item, inner);
    return execute(m, loopBody(s.body), inner);
  };
  if (iterable.kind === 'list' && iterable.next) return overStream(m, iterable, body);
  if (iterable.kind === 'list' && iterable.generator) {
    const run = iterable.generator;
    m.journal.set(iterable, 'generator', undefined);
    try {
      return overGenerator(m, run, body);
    } catch (e) {
      if (!(e instanceof NotFollowed)) throw e;
      const any = () => iterable.element?.() ?? UNKNOWN;
      return { completion: m.fork([() => runUnknown(m, body(any())), () => NORMAL]), broke: false };
    }
  }
  const found =
    s.keys && iterable.kind === 'dictionary' && iterable.entries ? [...iterable.entries.values()].map((e) => e.key) : items(m, iterable);
  const exact = found === null ? [] : found.length > EXACT_ITERATIONS ? found.slice(0, FIRST_ITERATIONS) : found;
  let maybeBroken = false;
  for (const item of exact) {
    const run = () => {
      const { completion, broke } = iterate(m, body(item), isOp);
      if (broke === 'maybe') maybeBroken = true;
      return { completion, broke };
    };
    if (maybeBroken) {
      const forked = m.fork([() => NORMAL, () => run().completion]);
      if (forked.type !== 'normal') return { completion: forked, broke: false };
      continue;
    }
    const { completion, broke } = run();
    if (completion.type !== 'normal' || broke === 'yes') return { completion, broke: true };
  }
  if (found === null || exact.length < found.length) {
    const rest = found === null ? elementOf(m, iterable) : (joinItems(m, found.slice(exact.length)) ?? UNKNOWN);
    const run = () => runUnknown(m, body(rest), isOp);
    const completion = found === null ? run() : m.fork([run, () => NORMAL]);
    return { completion, broke: false };
  }
  return { completion: NORMAL, broke: false };
}

const joinItems = (m: Machine, values: readonly Value[]): Value | null =>
  values.length > 0 ? joinValues(m, values.slice(0, 8).concat(values.slice(-1))) : null;

/** What iterating over something of unknown length gives. */
function elementOf(m: Machine, iterable: Value): Value {
  const tensor = iterable.kind === 'tensor' || iterable.kind === 'variable' ? asTensor(m, iterable) : null;
  if (!tensor) return anyItem(m, iterable);
  return tensorValue(m.operations.apply('_Part', [tensor], { shape: tensor.shape && tensor.shape.slice(1) }));
}

function executeWhile(m: Machine, s: While, scope: Scope): Completion {
  // Every round of a JavaScript `for` has its own copy of what the `for` declares: functions made in it keep that round's.
  const once = (): Completion => {
    const { update } = s;
    if (!update) return execute(m, loopBody(s.body), blockScope(m, scope));
    const own: Scope = m.language === 'script' ? { ...scope, variables: new Map(scope.variables) } : scope;
    const completion = execute(m, s.body, blockScope(m, own));
    for (const name of scope.variables.keys()) m.journal.put(scope.variables, name, own.variables.get(name) ?? UNKNOWN);
    if (completion.type === 'normal' || completion.type === 'continue') execute(m, update, scope);
    return completion;
  };
  for (let i = 0; i < EXACT_ITERATIONS; i++) {
    if (i > 0 || !s.doFirst) {
      const value = evaluate(m, s.test, scope);
      if (isGraphTest(m, value)) {
        if (i > 0) m.raise('NotImplementedError', 'The condition of while loop started as non-Tensor, then changed to Tensor.', null);
        const looped = loopOnTensor(m, assignedNames(s.body), scope, () => {
          evaluate(m, s.test, scope);
          return iterate(m, () => execute(m, loopBody(s.body), scope), true).completion;
        });
        if (looped) return execute(m, s.otherwise, scope);
      }
      const test = truth(m, value);
      if (test === false) return execute(m, s.otherwise, scope);
      if (test === null) return m.fork([() => runUnknown(m, once, isGraphTensor(m, value)), () => NORMAL]);
    }
    const { completion, broke } = iterate(m, once);
    if (completion.type !== 'normal') return completion;
    if (broke === 'yes') return NORMAL;
    if (broke === 'maybe') return m.fork([() => runUnknown(m, once), () => NORMAL]);
  }
  return m.fork([() => runUnknown(m, once), () => NORMAL]);
}

// ------------------------------------------------------------------------------------------------ with, try, match

function executeWith(m: Machine, s: With, scope: Scope, at: number): Completion {
  const item = s.items[at];
  if (!item) return execute(m, s.body, scope);
  const context = evaluate(m, item.context, scope);
  const inside = () => executeWith(m, s, scope, at + 1);
  if (context.kind === 'tape') {
    enterTape(
      m,
      context,
      { withRange: s.range, name: item.target?.kind === 'name' ? item.target.name : null, bodyStart: s.body[0]?.range.start ?? null },
      item.range,
    );
    if (item.target) assign(m, item.target, context, scope);
    try {
      return inside();
    } finally {
      exitTape(m, context);
    }
  }
  if (context.kind === 'native' && context.manage)
    return context.manage((entered) => {
      if (item.target) assign(m, item.target, entered, scope);
      return inside();
    });
  const manager = context.kind === 'instance' || context.kind === 'native' ? context : null;
  const enter = manager ? attribute(m, manager, '__enter__', item.range) : UNKNOWN;
  const entered = enter.kind === 'unknown' ? UNKNOWN : callValue(m, enter, callAt(item.range));
  const exit = manager ? attribute(m, manager, '__exit__', item.range) : UNKNOWN;
  if (item.target) assign(m, item.target, entered, scope);
  let completion: Completion;
  try {
    completion = inside();
  } catch (e) {
    if (!(e instanceof ProgramRaise)) throw e;
    const type = e.value?.type ?? exceptionClass(e.exception.type);
    const swallows = exit.kind === 'unknown' ? null : truth(m, callValue(m, exit, callAt(item.range, [type, e.value ?? UNKNOWN, UNKNOWN])));
    if (swallows === false) throw e;
    if (swallows === null) return m.fork([() => raised(e), () => NORMAL]);
    return NORMAL;
  }
  if (exit.kind !== 'unknown') callValue(m, exit, callAt(item.range, [NONE, NONE, NONE]));
  return completion;
}

const raised = (e: ProgramRaise): never => {
  throw e;
};

/** What `except Exception` lets through. */
const EXITS: ReadonlySet<string> = new Set(['SystemExit', 'KeyboardInterrupt', 'GeneratorExit', 'BaseException']);

const BASES: Readonly<Record<string, readonly string[]>> = {
  LookupError: ['KeyError', 'IndexError'],
  ArithmeticError: ['ZeroDivisionError', 'OverflowError', 'FloatingPointError'],
  ValueError: ['UnicodeDecodeError', 'InaccessibleTensorError'],
  TypeError: ['OperatorNotAllowedInGraphError'],
  RuntimeError: ['NotImplementedError', 'RecursionError'],
  ImportError: ['ModuleNotFoundError'],
  OSError: ['FileNotFoundError', 'PermissionError'],
  OpError: ['InvalidArgumentError', 'InternalError', 'UnimplementedError', 'UnknownError'],
};
export const catches = (handler: string, raised: string): boolean =>
  handler === raised ||
  (handler === 'Exception' && !EXITS.has(raised)) ||
  handler === 'BaseException' ||
  (BASES[handler]?.includes(raised) ?? false);

function handlerNames(m: Machine, type: Expression | null, scope: Scope): readonly string[] | null {
  if (type === null) return ['BaseException'];
  return exceptionNames(evaluate(m, type, scope));
}

/** The names of an exception's class or of several; null where they are not known. */
export function exceptionNames(value: Value): readonly string[] | null {
  const list = value.kind === 'list' ? (value.items ?? []) : [value];
  const names = list.map((v) => (v.kind === 'class' ? v.name : null));
  return names.every((n) => n !== null) ? names : null;
}

function executeTry(m: Machine, s: Try, scope: Scope): Completion {
  const finish = (completion: Completion): Completion => {
    const last = execute(m, s.finally, scope);
    return last.type === 'normal' ? completion : last;
  };
  const before = m.metUnknown;
  m.metUnknown = false;
  let completion: Completion;
  try {
    completion = execute(m, s.body, scope);
    if (m.metUnknown && s.handlers.length > 0 && completion.type === 'normal') {
      // Something unknown was called: it may have raised.
      completion = m.fork([() => execute(m, s.otherwise, scope), ...s.handlers.map((h) => () => runHandler(m, h, null, scope))]);
      return finish(completion);
    }
  } catch (e) {
    if (!(e instanceof ProgramRaise)) throw e;
    for (const handler of s.handlers) {
      const names = handlerNames(m, handler.type, scope);
      if (names === null || names.some((n) => catches(n, e.exception.type))) return finish(runHandler(m, handler, e, scope));
    }
    execute(m, s.finally, scope);
    throw e;
  } finally {
    m.metUnknown ||= before;
  }
  if (completion.type === 'normal') completion = execute(m, s.otherwise, scope);
  return finish(completion);
}

function runHandler(m: Machine, handler: Try['handlers'][number], raised: ProgramRaise | null, scope: Scope): Completion {
  const inner = blockScope(m, scope);
  if (handler.name && m.language === 'script') declareTarget(m, handler.name, inner);
  if (handler.name) assign(m, handler.name, raised?.value ?? UNKNOWN, inner);
  return execute(m, handler.body, inner);
}

function executeMatch(m: Machine, s: Match, scope: Scope): Completion {
  const subject = evaluate(m, s.subject, scope);
  const run = () => {
    const runs: (() => Completion)[] = [];
    let certain = false;
    for (const [i, c] of s.cases.entries()) {
      const body = s.fallsThrough ? s.cases.slice(i).flatMap((x) => x.body) : c.body;
      const pattern = c.pattern;
      const literal =
        pattern &&
        m.language === 'script' &&
        (pattern.kind === 'number' || pattern.kind === 'string' || pattern.kind === 'boolean' || pattern.kind === 'none')
          ? evaluate(m, pattern, scope)
          : null;
      const matches =
        pattern === null || (pattern.kind === 'name' && pattern.name === '_')
          ? true
          : literal
            ? truth(m, compareValues(m, '==', subject, literal, c.range))
            : pattern && m.language === 'python'
              ? fits(m, pattern, subject, scope)
              : null;
      if (matches === false) continue;
      const guard = c.guard && matches === true && m.language === 'python' ? truth(m, evaluate(m, c.guard, scope)) : null;
      if (guard === false) continue;
      runs.push(() => {
        if (pattern && matches === null && m.language === 'python') forgetNames(m, pattern, scope);
        return execute(m, body, blockScope(m, scope));
      });
      if (matches === true && (c.guard === null || guard === true)) {
        certain = true;
        break;
      }
    }
    if (!certain) runs.push(() => NORMAL);
    const [only] = runs;
    return runs.length === 1 && only ? only() : m.choose(runs);
  };
  if (!s.fallsThrough) return run();
  const { completion, broke } = iterate(m, run);
  return broke === 'no' || completion.type !== 'stopped' ? completion : STOPPED;
}
