// Calling TensorFlow.js's public functions with the program's values.
import { UnknownArgument } from '../../../../core/api/value.ts';
import { callScriptFunction, type ScriptEngine, type ScriptFunction } from '../../../../core/script/index.ts';
import { OpError } from '../../../../core/shape.ts';
import { unknownCall } from '../call.ts';
import { fromCore, toCore } from '../convert.ts';
import type { Machine } from '../machine.ts';
import { type CallArguments, UNKNOWN, type Value } from '../values.ts';
import { isDisposed } from './disposal.ts';

export function callFunctionOf(m: Machine, definition: ScriptFunction, positional: readonly Value[], args: CallArguments): Value {
  m.step(4);
  // What TensorFlow.js makes of a disposed tensor depends on the backend.
  if (args.open || positional.some((v) => v.kind === 'tensor' && isDisposed(m, v.tensor))) return unknownCall(m, args);
  return carriedOut(m, (engine) =>
    fromCore(
      callScriptFunction(
        definition,
        positional.map((v) => toCore(m, v)),
        engine,
      ),
    ),
  );
}

/** What TensorFlow.js throws becomes the program's exception; what is not known something unknown. */
export function carriedOut(m: Machine, body: (engine: ScriptEngine) => Value): Value {
  const { engine } = m;
  if (!engine) return UNKNOWN;
  try {
    return body(engine);
  } catch (e) {
    if (e instanceof OpError) return m.raise(e.type, e.message, null);
    if (!(e instanceof UnknownArgument)) throw e;
    m.metUnknown = true;
    return UNKNOWN;
  }
}
