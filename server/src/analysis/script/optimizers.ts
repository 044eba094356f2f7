// `tf.train.*`: an update gives variables new values that nobody here knows.
import type { Machine } from '../machine.ts';
import {
  type CallArguments,
  type ClassValue,
  float,
  type InstanceValue,
  native,
  NONE,
  tensorValue,
  UNDEFINED,
  UNKNOWN,
  type Value,
} from '../values.ts';
import { gradientsAsObject, gradientsOfVariables } from './gradients.ts';
import { newNumber } from './variables.ts';

/** Optimizers, and how many variables of their own each makes when it is made, and for each variable at its first update. */
const OPTIMIZERS: Readonly<Record<string, { readonly own: number; readonly perVariable: number }>> = {
  sgd: { own: 0, perVariable: 0 },
  momentum: { own: 0, perVariable: 1 },
  rmsprop: { own: 0, perVariable: 2 },
  adam: { own: 2, perVariable: 2 },
  adamax: { own: 2, perVariable: 2 },
  adagrad: { own: 0, perVariable: 1 },
  adadelta: { own: 0, perVariable: 2 },
};

/** `tf.train.<name>`; null where it is none. */
export function optimizer(m: Machine, name: string): Value | null {
  const kind = OPTIMIZERS[name];
  if (!kind) return null;
  return native(`tf.train.${name}`, () => {
    for (let i = 0; i < kind.own; i++) newNumber(m);
    const type: ClassValue = {
      kind: 'class',
      name,
      definition: null,
      bases: [],
      attributes: new Map(),
      native: { construct: () => undefined, attribute: (instance, attribute) => member(m, instance, attribute, kind.perVariable) },
      open: false,
    };
    (type as { bases: readonly ClassValue[] }).bases = [type];
    return { kind: 'instance', type, attributes: new Map(), native: {} };
  });
}

function member(m: Machine, instance: InstanceValue, name: string, perVariable: number): Value | null {
  const update = (variables: readonly Value[]): void => {
    for (const v of variables) {
      if (v.kind !== 'variable') continue;
      const key = `updated ${v.variable.name}`;
      if (!instance.attributes.has(key)) for (let i = 0; i < perVariable; i++) newNumber(m);
      m.journal.put(instance.attributes, key, NONE);
      m.assign(v.variable, m.backend.opaque(v.variable.value.shape, v.variable.value.dtype));
    }
  };
  switch (name) {
    case 'minimize':
      return native(name, (args) => {
        const [f = UNKNOWN, returnCost = NONE, varList = NONE] = args.positional;
        const found = args.open ? null : gradientsOfVariables(m, 'minimize', f, varList, args.site);
        if (!found) return UNKNOWN;
        update(found.variables.map(({ variable }) => ({ kind: 'variable', variable })));
        if (returnCost.kind === 'boolean') return returnCost.value ? tensorValue(found.value) : NONE;
        return returnCost.kind === 'none' ? NONE : UNKNOWN;
      });
    case 'computeGradients':
      return native(name, (args) => {
        const [f = UNKNOWN, varList = NONE] = args.positional;
        return gradientsAsObject(args.open ? null : gradientsOfVariables(m, 'variableGrads', f, varList, args.site));
      });
    case 'applyGradients':
      return native(name, (args) => {
        const names = namesIn(args);
        update(m.variables.filter((v) => names === null || names.has(v.name)).map((variable) => ({ kind: 'variable', variable })));
        return UNDEFINED;
      });
    case 'setLearningRate':
    case 'dispose':
      return native(name, () => UNDEFINED);
    case 'learningRate':
      return float(null);
    default:
      return null;
  }
}

/** The variables that gradients are given for; null where they are not known. */
function namesIn(args: CallArguments): ReadonlySet<string> | null {
  const [given] = args.positional;
  if (given?.kind !== 'dictionary' || given.entries === null) return null;
  return new Set([...given.entries.keys()].map((key) => key.slice(1)));
}
