// `tf.GradientTape` in the program: entered, left, watching, stopped, reset.
import { OpError } from '../../../core/shape.ts';
import { GradientTape } from '../../../core/tape.ts';
import type { Range } from '../ir/ir.ts';
import type { TapeState } from './facts.ts';
import type { Machine } from './machine.ts';
import { truth, typeName } from './operators.ts';
import { flatten } from './structure.ts';
import { differentiate } from './tape-gradients.ts';
import type { AbstractTensor } from './tensors.ts';
import { argument, boolean, type CallArguments, native, NONE, type TapeValue, tuple, UNKNOWN, type Value } from './values.ts';

export function newTape(m: Machine, args: CallArguments): Value {
  const keeps = argument(args, 'persistent', 0);
  const persistent = truth(m, keeps);
  const watches =
    args.keywords.has('watch_accessed_variables') || args.positional.length > 1
      ? argument(args, 'watch_accessed_variables', 1)
      : boolean(true);
  // Anything but `True` itself is none to what records: such a tape watches nothing by itself, and it is not known what comes of one that is persistent in Python alone.
  const watchAccessedVariables = watches.kind === 'unknown' ? null : watches.kind === 'boolean' && watches.value;
  const unexpected = [...args.keywords.keys()].find((k) => k !== 'persistent' && k !== 'watch_accessed_variables');
  if (unexpected !== undefined) m.raise('TypeError', `GradientTape.__init__() got an unexpected keyword argument '${unexpected}'`, null);
  const value: TapeValue = {
    kind: 'tape',
    tape: new GradientTape(m.eager, { persistent: persistent ?? true, watchAccessedVariables: watchAccessedVariables ?? true }),
    creation: {
      range: args.site.range,
      argumentsRange: args.site.argumentsRange,
      name: null,
      withRange: null,
      bodyStart: null,
      firstUse: null,
      escaped: persistent === null || (persistent && keeps.kind !== 'boolean') || watchAccessedVariables === null || args.open,
      watches: [],
      recorded: [],
    },
  };
  m.tapes.push(value);
  return value;
}

export function enterTape(
  m: Machine,
  value: TapeValue,
  place: { withRange: Range; name: string | null; bodyStart: number | null },
  range: Range,
): void {
  const { creation } = value;
  creation.withRange ??= place.withRange;
  creation.name ??= place.name;
  creation.bodyStart ??= place.bodyStart;
  raising(m, range, () => value.tape.enter());
  creation.recorded.push({ from: m.eager.sequence, to: null });
}

export function exitTape(m: Machine, value: TapeValue): void {
  value.tape.exit();
  closeInterval(m, value);
}

export function closeInterval(m: Machine, { creation }: TapeValue): void {
  const last = creation.recorded.at(-1);
  if (last && last.to === null) last.to = m.eager.sequence;
}

function raising<T>(m: Machine, range: Range | null, body: () => T): T {
  try {
    return body();
  } catch (e) {
    if (e instanceof OpError) m.raise(e.type, e.message, range);
    throw e;
  }
}

export function tapeAttribute(m: Machine, object: TapeValue, name: string, range: Range): Value {
  const { tape, creation } = object;
  switch (name) {
    case 'watch':
      return native(name, (args) => watch(m, object, argument(args, 'tensor', 0), args));
    case 'gradient':
    case 'jacobian':
    case 'batch_jacobian':
      return native(name, (args) => differentiate(m, object, name, args));
    case '__enter__':
      return native(name, () => {
        enterTape(m, object, { withRange: range, name: null, bodyStart: null }, range);
        return object;
      });
    case '_push_tape':
      return native(name, () => (enterTape(m, object, { withRange: range, name: null, bodyStart: null }, range), NONE));
    case '__exit__':
      return native(name, () => (exitTape(m, object), NONE));
    case '_pop_tape':
      return native(name, () => {
        raising(m, range, () => tape.leave());
        closeInterval(m, object);
        return NONE;
      });
    case '_recording':
      return boolean(tape.recording);
    case '_persistent':
      return boolean(tape.options.persistent);
    case '_watch_accessed_variables':
      return boolean(tape.options.watchAccessedVariables);
    case 'stop_recording':
      return native(name, () => suspension(m, object));
    case 'reset':
      return native(name, () => {
        raising(m, range, () => tape.reset());
        creation.watches.splice(0);
        return NONE;
      });
    case 'watched_variables':
      return native(name, () => tuple(tape.watchedVariables.map((variable) => ({ kind: 'variable', variable }))));
    case 'hessian':
      return m.raise('AttributeError', "'GradientTape' object has no attribute 'hessian'", range);
    default:
      creation.escaped = true;
      return UNKNOWN;
  }
}

/** `with tape.stop_recording():` as an object with `__enter__` and `__exit__`. */
function suspension(m: Machine, object: TapeValue): Value {
  const { tape, creation } = object;
  const enter = native('__enter__', () => {
    raising(m, null, () => tape.suspend());
    closeInterval(m, object);
    return NONE;
  });
  const exit = native('__exit__', () => {
    if (tape.state.usedUp) {
      // It is another one from here on.
      creation.watches.splice(0);
      creation.recorded.splice(0);
      creation.firstUse = null;
    }
    raising(m, null, () => tape.resume());
    creation.recorded.push({ from: m.eager.sequence, to: null });
    return NONE;
  });
  return {
    kind: 'instance',
    type: { kind: 'class', name: 'stop_recording', definition: null, bases: [], attributes: new Map(), native: null, open: false },
    attributes: new Map([
      ['__enter__', enter],
      ['__exit__', exit],
    ]),
    native: {},
  };
}

function watch(m: Machine, object: TapeValue, target: Value, args: CallArguments): Value {
  const flat = flatten(target);
  if (flat === null) {
    object.creation.escaped = true;
    return NONE;
  }
  for (const value of flat) {
    if (value.kind === 'unknown') {
      object.creation.escaped = true;
      continue;
    }
    if (value.kind === 'variable') raising(m, args.site.range, () => object.tape.watchVariable(value.variable));
    else if (value.kind === 'tensor') {
      raising(m, args.site.range, () => object.tape.watch(value.tensor));
      (value.tensor as AbstractTensor).release();
    } else if (
      value.kind === 'number' ||
      value.kind === 'array' ||
      value.kind === 'none' ||
      value.kind === 'string' ||
      value.kind === 'boolean'
    ) {
      const text =
        value.kind === 'number' && value.value !== null
          ? value.integer
            ? String(value.value)
            : floatText(value.value)
          : value.kind === 'none'
            ? 'None'
            : '…';
      m.raise(
        'ValueError',
        `Passed in object ${text} of type '${typeName(value)}', not tf.Tensor or tf.Variable or ExtensionType.`,
        args.site.range,
        value.kind === 'none' ? (value.from?.call ?? null) : null,
      );
    } else continue;
    const id = value.kind === 'tensor' ? value.tensor.id : value.variable.handle.id;
    object.creation.watches.push({
      id,
      site: args.site.range,
      sequence: m.eager.sequence,
      name: m.source(args.site.positional[0] ?? args.site.range),
    });
  }
  return NONE;
}

const floatText = (n: number): string => (Number.isInteger(n) ? `${n}.0` : String(n));

export function stateOf({ tape, creation }: TapeValue): TapeState {
  const { state } = tape;
  return {
    name: creation.name,
    creation: creation.range,
    creationArguments: creation.argumentsRange,
    persistent: tape.options.persistent,
    watchAccessedVariables: tape.options.watchAccessedVariables,
    watched: [...new Set(creation.watches.map((watch) => watch.name))],
    state: state.usedUp ? 'used up' : state.phase,
  };
}
