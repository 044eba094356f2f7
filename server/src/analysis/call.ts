// Calling a value.
import { attribute } from './attributes.ts';
import { instantiate } from './classes.ts';
import { disturb } from './effects.ts';
import { callFunctionValue } from './functions.ts';
import { items } from './iterate.ts';
import { isSymbolic, symbolicCall } from './keras-symbols.ts';
import type { Machine } from './machine.ts';
import { globalCall } from './script/globals.ts';
import { type CallArguments, type InstanceValue, UNKNOWN, type Value } from './values.ts';

export function callValue(m: Machine, callee: Value, args: CallArguments): Value {
  m.step(2);
  switch (callee.kind) {
    case 'function':
      return callFunctionValue(m, callee, args);
    case 'native':
      return args.positional.some(isSymbolic) || [...args.keywords.values()].some(isSymbolic)
        ? (symbolicCall(m, callee, args) ?? callee.call(args))
        : callee.call(args);
    case 'method':
      if (callee.function.kind === 'function') return callFunctionValue(m, callee.function, args, callee.self);
      return callee.function.call({ ...args, positional: [callee.self, ...args.positional] });
    case 'class':
      return instantiate(m, callee, args);
    case 'instance': {
      const native = callee.type.bases.find((c) => c.native?.call)?.native;
      if (native?.call) return native.call(callee, args);
      const method = attribute(m, callee, '__call__', args.site.range);
      if (method.kind === 'method') return callValue(m, method, args);
      return unknownCall(m, args);
    }
    case 'module':
      return callee.name.startsWith('js:') ? globalCall(m, callee.name.slice(3), args) : unknownCall(m, args);
    case 'none':
      if (m.language === 'python') m.raise('TypeError', "'NoneType' object is not callable", args.site.range, callee.from?.call ?? null);
      return UNKNOWN;
    case 'unknown':
      if (callee.of && m.language === 'python') disturbMethods(m, callee.of);
      return unknownCall(m, args);
    default:
      return unknownCall(m, args);
  }
}

/** What an unknown base class does may call any method of the classes below it. */
function disturbMethods(m: Machine, self: InstanceValue): void {
  for (const c of self.type.bases)
    for (const f of c.attributes.values()) if (f.kind === 'function') disturb(m, { kind: 'method', self, function: f });
}

/** Something unknown is called: it may raise, and may do anything to the tapes it is given. */
export function unknownCall(m: Machine, args: CallArguments): Value {
  m.metUnknown = true;
  const held = m.remember(HELD);
  for (const f of held) disturb(m, f);
  for (const value of [...args.positional, ...args.keywords.values()]) escape(m, value, 0);
  return UNKNOWN;
}

/** Functions that something unknown has, and may call again whenever something unknown is called. */
const HELD = { make: () => new Set<Value>() };

function escape(m: Machine, value: Value, depth: number): void {
  if (m.language === 'python' && (value.kind === 'function' || value.kind === 'method')) {
    m.remember(HELD).add(value);
    disturb(m, value);
  }
  if (value.kind === 'tape') value.creation.escaped = true;
  else if (value.kind === 'list' && value.type === 'iterator' && (value.next ?? value.generator)) items(m, value);
  else if (value.kind === 'list' && depth < 3) value.items?.forEach((v) => escape(m, v, depth + 1));
  else if (value.kind === 'instance' && depth < 3) for (const v of value.attributes.values()) escape(m, v, depth + 1);
  else if (value.kind === 'function' && depth < 3)
    for (const v of value.scope.variables.values()) if (v.kind === 'tape') v.creation.escaped = true;
}
