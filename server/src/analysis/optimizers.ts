// Keras optimizers: an update gives variables new values that nobody here knows.
import { items } from './iterate.ts';
import type { Machine } from './machine.ts';
import { callValue } from './call.ts';
import { instantiate } from './classes.ts';
import { plainCall } from './convert.ts';
import { type ClassValue, integer, native, NONE, UNKNOWN, type Value } from './values.ts';

const NAMES = new Set(['SGD', 'Adam', 'AdamW', 'RMSprop', 'Adagrad', 'Adadelta', 'Adamax', 'Nadam', 'Ftrl']);

export function optimizerClass(m: Machine, name: string): ClassValue | null {
  if (!NAMES.has(name)) return null;
  const type: ClassValue = {
    kind: 'class',
    name,
    definition: null,
    bases: [],
    attributes: new Map(),
    native: { construct: () => undefined, attribute: (_, attribute) => member(m, attribute) },
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

function member(m: Machine, name: string): Value | null {
  if (name === 'apply_gradients')
    return native(name, (args) => applyGradients(m, args.positional[0] ?? args.keywords.get('grads_and_vars') ?? UNKNOWN));
  if (name === 'minimize')
    return native(name, (args) => {
      const loss = args.positional[0] ?? args.keywords.get('loss') ?? UNKNOWN;
      const tape = args.keywords.get('tape') ?? args.positional[2] ?? NONE;
      if (loss.kind === 'tensor' && tape.kind === 'none')
        m.raise('ValueError', '`tape` is required when a `Tensor` loss is passed. Received: loss=…, tape=None.', null);
      if (loss.kind === 'function') m.eager.pause(() => callValue(m, loss, plainCall(m, [])));
      m.metUnknown = true;
      const variables = items(m, args.positional[1] ?? args.keywords.get('var_list') ?? UNKNOWN);
      for (const v of variables ?? [])
        if (v.kind === 'variable') m.assign(v.variable, m.backend.opaque(v.variable.value.shape, v.variable.value.dtype));
      return UNKNOWN;
    });
  if (name === 'iterations') return integer(null);
  if (name === 'build') return native(name, () => NONE);
  return null;
}

/** Skips what is None; raises when all are. */
function applyGradients(m: Machine, pairs: Value): Value {
  const found = items(m, pairs);
  if (!found) {
    m.metUnknown = true;
    return UNKNOWN;
  }
  const rows = found.map((p) => items(m, p));
  if (rows.length > 0 && rows.every((r) => r?.[0]?.kind === 'none')) {
    const [none] = rows[0] ?? [];
    m.raise('ValueError', 'No gradients provided for any variable.', null, none?.kind === 'none' ? (none.from?.call ?? null) : null);
  }
  for (const row of rows) {
    const variable = row?.[1];
    if (variable?.kind === 'variable' && row?.[0]?.kind !== 'none')
      m.assign(variable.variable, m.backend.opaque(variable.variable.value.shape, variable.variable.value.dtype));
  }
  return UNKNOWN;
}
