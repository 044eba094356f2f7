// TensorFlow.js in JavaScript and TypeScript.
import type { Machine } from './machine.ts';
import { UNKNOWN, type Value } from './values.ts';

export function scriptModule(m: Machine, module: string, name: string): Value {
  void m;
  return { kind: 'unknown', about: `${module}.${name}` };
}
export function scriptGlobal(m: Machine, name: string): Value | null {
  void m;
  return name === 'undefined' ? { kind: 'none', undefined: true } : UNKNOWN;
}
export function scriptTensorMethod(m: Machine, object: Value, name: string): Value | null {
  void m;
  void object;
  void name;
  return null;
}
