// Classes of Keras' as the program sees them: a name, bases, and a native half that makes and calls objects.
import { Arguments } from '../../../core/api/index.ts';
import { toCore } from './convert.ts';
import type { Machine } from './machine.ts';
import type { ClassValue, Value } from './values.ts';

/** A class of Keras' with its native half. */
export function nativeClass(name: string, bases: readonly ClassValue[], half: NonNullable<ClassValue['native']>): ClassValue {
  const type: ClassValue = { kind: 'class', name, definition: null, bases: [], attributes: new Map(), native: half, open: false };
  (type as { bases: readonly ClassValue[] }).bases = [type, ...bases.flatMap((b) => b.bases)];
  return type;
}

/** Arguments of the program's as a function of the core reads them. */
export const coreArguments = (m: Machine, values: ReadonlyMap<string, Value> | undefined): Arguments =>
  new Arguments(new Map([...(values ?? [])].map(([name, value]) => [name, toCore(m, value)])), m.operations);
