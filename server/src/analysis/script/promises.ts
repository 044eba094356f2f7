// Promises: what an `async` function gives back, and what `then` and `catch` make of it. A body runs to its end at once.
import { callValue, unknownCall } from '../call.ts';
import { plainCall } from '../convert.ts';
import { type Machine, ProgramRaise } from '../machine.ts';
import { native, type PromiseValue, UNDEFINED, UNKNOWN, type Value } from '../values.ts';

/** Runs an async body: what it raises is the promise's, and comes out where it is awaited. */
export function settled(body: () => Value): PromiseValue {
  try {
    const value = body();
    return value.kind === 'promise' ? value : { kind: 'promise', value };
  } catch (e) {
    if (!(e instanceof ProgramRaise)) throw e;
    return { kind: 'promise', value: UNKNOWN, rejection: e };
  }
}

export function awaited(value: Value): Value {
  if (value.kind !== 'promise') return value;
  if (value.rejection) throw value.rejection;
  return value.value;
}

export function promiseMember(m: Machine, object: PromiseValue, name: string): Value | null {
  const call = (f: Value | undefined, args: readonly Value[]): Value =>
    f === undefined || f.kind === 'none' ? (args[0] ?? UNDEFINED) : settled(() => callValue(m, f, plainCall(m, args)));
  switch (name) {
    case 'then':
      return native(name, (args) => (object.rejection ? object : wrapped(call(args.positional[0], [object.value]))));
    case 'catch':
      return native(name, (args) => (object.rejection ? wrapped(call(args.positional[0], [UNKNOWN])) : object));
    case 'finally':
      return native(name, (args) => (call(args.positional[0], []), object));
    default:
      return null;
  }
}
const wrapped = (value: Value): PromiseValue => (value.kind === 'promise' ? value : { kind: 'promise', value });

/** `Promise.resolve`, `Promise.all`. */
export function promiseStatic(m: Machine, name: string): Value | null {
  if (name === 'resolve') return native('Promise.resolve', (args) => wrapped(args.positional[0] ?? UNDEFINED));
  if (name === 'all')
    return native('Promise.all', (args) => {
      const [given] = args.positional;
      if (given?.kind !== 'list' || given.items === null) return unknownCall(m, args);
      return settled(() => ({ ...given, items: given.items && given.items.map(awaited) }));
    });
  return null;
}
