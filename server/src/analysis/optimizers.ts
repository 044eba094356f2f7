// Keras optimizers: an update gives variables new values that nobody here knows.
import { items } from './iterate.ts';
import type { Machine } from './machine.ts';
import { callValue } from './call.ts';
import { instantiate } from './classes.ts';
import { plainCall } from './convert.ts';
import { isTainted } from './join.ts';
import { type ClassValue, type InstanceValue, integer, native, NONE, UNKNOWN, type Value } from './values.ts';

const NAMES = new Set(['SGD', 'Adam', 'AdamW', 'RMSprop', 'Adagrad', 'Adadelta', 'Adamax', 'Nadam', 'Ftrl']);

/** `isLegacy`: one of before Keras 2.11, which takes variables as they come. */
export function optimizerClass(m: Machine, name: string, isLegacy = false): ClassValue | null {
  if (!NAMES.has(name)) return null;
  const type: ClassValue = {
    kind: 'class',
    name,
    definition: null,
    bases: [],
    attributes: new Map(),
    native: {
      construct: (instance) => isLegacy && m.journal.set(instance, 'native', { optimized: 'unknown' }),
      attribute: (instance, attribute) => member(m, instance, attribute),
    },
    open: false,
  };
  (type as { bases: readonly ClassValue[] }).bases = [type];
  return type;
}

/** `'adam'` as an optimizer; what is one already stays. */
export function optimizerNamed(m: Machine, value: Value): Value {
  if (value.kind !== 'string') return value;
  const name = [...NAMES].find((n) => n.toLowerCase() === value.value?.toLowerCase());
  const type = name === undefined ? null : optimizerClass(m, name);
  return type ? instantiate(m, type, plainCall(m, [])) : UNKNOWN;
}

function member(m: Machine, optimizer: InstanceValue, name: string): Value | null {
  if (name === 'apply_gradients')
    return native(name, (args) => applyGradients(m, optimizer, args.positional[0] ?? args.keywords.get('grads_and_vars') ?? UNKNOWN));
  if (name === 'minimize')
    return native(name, (args) => {
      const loss = args.positional[0] ?? args.keywords.get('loss') ?? UNKNOWN;
      const tape = args.keywords.get('tape') ?? args.positional[2] ?? NONE;
      if (loss.kind === 'tensor' && tape.kind === 'none')
        m.raise('ValueError', '`tape` is required when a `Tensor` loss is passed. Received: loss=…, tape=None.', null);
      if (loss.kind === 'function') m.eager.pause(() => callValue(m, loss, plainCall(m, [])));
      m.metUnknown = true;
      const variables = items(m, args.positional[1] ?? args.keywords.get('var_list') ?? UNKNOWN);
      meet(m, optimizer, variables);
      for (const v of variables ?? [])
        if (v.kind === 'variable') m.assign(v.variable, m.backend.opaque(v.variable.value.shape, v.variable.value.dtype));
      return UNKNOWN;
    });
  if (name === 'iterations') return integer(null);
  if (name === 'build')
    return native(name, (args) => (meet(m, optimizer, items(m, args.positional[0] ?? args.keywords.get('var_list') ?? UNKNOWN)), NONE));
  return null;
}

/** The first variables that an optimizer is given are the ones it makes room for. Keras 2.15: optimizers/optimizer.py, build. */
function meet(m: Machine, optimizer: InstanceValue, given: readonly Value[] | null): void {
  const { optimized, uncertain } = optimizer.native;
  if (optimized !== undefined) return;
  const variables = given?.flatMap((v) => (v.kind === 'variable' ? [v.variable] : []));
  const isKnown = uncertain !== true && variables?.length === given?.length;
  m.journal.set(optimizer, 'native', { ...optimizer.native, optimized: (isKnown ? variables : undefined) ?? 'unknown' });
}

/** Skips what is None; raises when all are. */
function applyGradients(m: Machine, optimizer: InstanceValue, pairs: Value): Value {
  const found = items(m, pairs);
  if (!found) {
    m.metUnknown = true;
    meet(m, optimizer, null);
    return UNKNOWN;
  }
  const rows = found.map((p) => items(m, p));
  if (rows.length > 0 && rows.every((r) => r?.[0]?.kind === 'none')) {
    const [none] = rows[0] ?? [];
    m.raise('ValueError', 'No gradients provided for any variable.', null, none?.kind === 'none' ? (none.from?.call ?? null) : null);
  }
  if (rows.length > 0)
    meet(
      m,
      optimizer,
      rows.map((row) => row?.[1] ?? UNKNOWN),
    );
  const { optimized } = optimizer.native;
  for (const row of rows) {
    const [gradient, variable] = row ?? [];
    const isStrange = variable?.kind === 'variable' && Array.isArray(optimized) && !optimized.includes(variable.variable);
    if (isStrange && gradient?.kind === 'tensor' && !isTainted(gradient))
      m.raise('KeyError', `'The optimizer cannot recognize variable ${variable.variable.name}.'`, null);
    if (variable?.kind === 'variable' && gradient?.kind !== 'none')
      m.assign(variable.variable, m.backend.opaque(variable.variable.value.shape, variable.variable.value.dtype));
  }
  return UNKNOWN;
}
