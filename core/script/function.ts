// Public functions of TensorFlow.js: names, a signature, and what each does with kernels, composed as tfjs-core composes it.
import { bindDefaults, parametersOf } from '../api/signature.ts';
import type { Value } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import { ScriptArguments } from './arguments.ts';
import type { ScriptEngine } from './engine.ts';

export interface ScriptFunction {
  /** `tf.<name>`; a name that begins with a dot is a method of tensors. The usual one first. */
  readonly names: readonly string[];
  /** `x, axis=null, keepDims=false`: defaults are literals. Of a method, the first parameter is the tensor. */
  readonly signature: string;
  readonly call: (a: ScriptArguments, o: Operations, engine: ScriptEngine) => Value;
}

const functions = new Map<string, ScriptFunction>();

/** `names`: separated by spaces. */
export function define(names: string, signature: string, call: ScriptFunction['call']): void {
  const list = names.split(' ');
  const definition = { names: list, signature, call };
  for (const name of list) {
    if (functions.has(name)) throw new Error(`two definitions of ${name}`);
    functions.set(name, definition);
  }
}

export const findScriptFunction = (name: string): ScriptFunction | undefined => functions.get(name);
export const allScriptFunctions = (): readonly ScriptFunction[] => [...new Set(functions.values())];

/** Runs a function on positional arguments; more than it has parameters are ignored, as JavaScript does. Raises OpError of type Error, or UnknownArgument. */
export function callScriptFunction(definition: ScriptFunction, positional: readonly Value[], engine: ScriptEngine): Value {
  const rest = parametersOf(definition.signature).find((p) => p.name.startsWith('...'));
  const at = rest ? parametersOf(definition.signature).indexOf(rest) : -1;
  const given = rest ? [...positional.slice(0, at), positional.slice(at)] : positional;
  const bound = bindDefaults(definition.signature, given);
  const [name = ''] = definition.names;
  return definition.call(new ScriptArguments(name.replace(/^\.|.*\./, ''), bound, engine.operations), engine.operations, engine);
}
