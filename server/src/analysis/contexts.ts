// Python's `contextlib`: context managers that are not classes of the program.
import { callValue, unknownCall } from './call.ts';
import { catches, exceptionNames } from './execute.ts';
import { type Completion, type Machine, NORMAL, ProgramRaise } from './machine.ts';
import { NotFollowed } from './streams.ts';
import { type CallArguments, native, type NativeValue, NONE, tuple, UNKNOWN, type Value } from './values.ts';

/** A member of the module; null where it is not known. */
export function contextlibMember(m: Machine, name: string): Value | null {
  switch (name) {
    case 'suppress':
      return native(name, (args) => manager(name, (block) => suppressed(m, args, block)));
    case 'nullcontext':
      return native(name, (args) => manager(name, (block) => block(args.positional[0] ?? args.keywords.get('enter_result') ?? NONE)));
    case 'contextmanager':
      return native(name, ({ positional: [f = UNKNOWN] }) =>
        native('method contextmanager', (args) => {
          const made = callValue(m, f, args);
          const run = made.kind === 'list' ? made.generator : undefined;
          return run ? manager(name, (block) => around(m, run, block)) : unknownCall(m, args);
        }),
      );
    default:
      return null;
  }
}

const manager = (name: string, manage: NonNullable<NativeValue['manage']>): NativeValue => ({
  ...native(name, () => UNKNOWN),
  manage,
});

function suppressed(m: Machine, args: CallArguments, block: (entered: Value) => Completion): Completion {
  try {
    return block(NONE);
  } catch (e) {
    if (!(e instanceof ProgramRaise)) throw e;
    const names = args.open ? null : exceptionNames(tuple(args.positional));
    if (names === null)
      return m.fork([
        () => NORMAL,
        () => {
          throw e;
        },
      ]);
    if (!names.some((n) => catches(n, e.exception.type))) throw e;
    return NORMAL;
  }
}

/** The block runs where the generator yields: what it raises is raised there. */
function around(m: Machine, run: (take: (item: Value) => void) => void, block: (entered: Value) => Completion): Completion {
  const [frames, boundaries] = [[...m.frames], [...m.boundaries]];
  let completion: Completion | null = null;
  const go = (item: Value) => {
    if (completion) m.raise('RuntimeError', "generator didn't stop", null);
    const inside = { frames: m.frames, boundaries: m.boundaries };
    Object.assign(m, { frames: [...frames], boundaries: [...boundaries] });
    try {
      // Where it raises, the generator may go on, and what follows the block with it.
      completion = NORMAL;
      completion = block(item);
    } finally {
      Object.assign(m, inside);
    }
  };
  try {
    run(go);
  } catch (e) {
    if (!(e instanceof NotFollowed)) throw e;
    m.metUnknown = true;
    for (const { creation } of m.tapes) creation.escaped = true;
    return block(UNKNOWN);
  }
  return completion ?? m.raise('RuntimeError', "generator didn't yield", null);
}
