// Calling a value.
import { attribute } from './attributes.ts';
import { instantiate } from './classes.ts';
import { callFunctionValue } from './functions.ts';
import { symbolicCall } from './keras-symbols.ts';
import type { Machine } from './machine.ts';
import { globalCall } from './script/globals.ts';
import { type CallArguments, UNKNOWN, type Value } from './values.ts';

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
    default:
      return unknownCall(m, args);
  }
}

const isSymbolic = (v: Value): boolean => v.kind === 'symbolic' || (v.kind === 'list' && (v.items?.some(isSymbolic) ?? false));

/** Something unknown is called: it may raise, and may do anything to the tapes it is given. */
export function unknownCall(m: Machine, args: CallArguments): Value {
  m.metUnknown = true;
  for (const value of [...args.positional, ...args.keywords.values()]) escape(value, 0);
  return UNKNOWN;
}

function escape(value: Value, depth: number): void {
  if (value.kind === 'tape') value.creation.escaped = true;
  else if (value.kind === 'list' && depth < 3) value.items?.forEach((v) => escape(v, depth + 1));
  else if (value.kind === 'instance' && depth < 3) for (const v of value.attributes.values()) escape(v, depth + 1);
  else if (value.kind === 'function' && depth < 3)
    for (const v of value.scope.variables.values()) if (v.kind === 'tape') v.creation.escaped = true;
}
