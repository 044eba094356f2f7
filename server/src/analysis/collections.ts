// Python's `collections` and `operator`.
import type { BinaryOperator } from '../ir/ir.ts';
import { attribute } from './attributes.ts';
import { builtin } from './builtins.ts';
import { callValue } from './call.ts';
import { items } from './iterate.ts';
import type { Machine } from './machine.ts';
import { namedTuple } from './named-tuples.ts';
import { binaryOperation, unaryOperation } from './operators.ts';
import { subscript } from './subscript.ts';
import { type CallArguments, list, native, NONE, tuple, UNKNOWN, type Value } from './values.ts';

const at = (args: CallArguments, i: number): Value => args.positional[i] ?? UNKNOWN;

/** A member of `collections`; null where it is not known. */
export function collectionsMember(m: Machine, name: string): Value | null {
  const dict = builtin(m, 'dict');
  switch (name) {
    case 'OrderedDict':
      return dict;
    case 'defaultdict':
      return native(name, (args) => {
        const [factory = NONE, ...others] = args.positional;
        const made = dict ? callValue(m, dict, { ...args, positional: others }) : UNKNOWN;
        return made.kind === 'dictionary' && factory.kind !== 'none' ? { ...made, factory } : made;
      });
    case 'deque':
      return native(name, (args) => {
        if (args.positional.length > 1 || args.keywords.size > 0 || args.open) return list(null);
        return { ...list(args.positional.length === 0 ? [] : items(m, at(args, 0))), isDeque: true };
      });
    case 'namedtuple':
      return native(name, (args) => namedTuple(m, args));
    default:
      return null;
  }
}

const BINARY: Readonly<Record<string, BinaryOperator>> = {
  add: '+',
  sub: '-',
  mul: '*',
  truediv: '/',
  floordiv: '//',
  mod: '%',
  pow: '**',
  matmul: '@',
};

/** A member of `operator`; null where it is not known. */
export function operatorMember(m: Machine, name: string): Value | null {
  const operator = BINARY[name];
  if (operator) return native(name, (args) => binaryOperation(m, operator, at(args, 0), at(args, 1), args.site.range));
  switch (name) {
    case 'neg':
      return native(name, (args) => unaryOperation(m, '-', at(args, 0), args.site.range));
    case 'getitem':
      return native(name, (args) => subscript(m, at(args, 0), at(args, 1), args.site.range));
    case 'itemgetter':
      return native(name, ({ positional }) =>
        native(name, (args) => together(positional.map((key) => subscript(m, at(args, 0), key, args.site.range)))),
      );
    case 'attrgetter':
      return native(name, ({ positional }) =>
        native(name, (args) =>
          together(
            positional.map((key) =>
              key.kind === 'string' && key.value !== null
                ? key.value.split('.').reduce((value, part) => attribute(m, value, part, args.site.range), at(args, 0))
                : UNKNOWN,
            ),
          ),
        ),
      );
    default:
      return null;
  }
}

/** One by itself, several in a tuple. */
const together = (found: readonly Value[]): Value => (found.length === 1 ? (found[0] ?? UNKNOWN) : tuple(found));
