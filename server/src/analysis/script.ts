// TensorFlow.js in JavaScript and TypeScript: what its modules hold. Ops are in script-ops.ts, gradient functions in script-gradients.ts.
import type { DType, Shape } from '../../../core/tensor.ts';
import { guarded, literalTensor } from './convert.ts';
import type { Machine } from './machine.ts';
import { gradientFunction } from './script-gradients.ts';
import { scriptFunction } from './script-ops.ts';
import { type CallArguments, dictionary, float, native, NONE, string, tensorValue, UNKNOWN, type Value } from './values.ts';

/** Every package that is TensorFlow.js with another engine inside. */
const PACKAGE = /^@tensorflow\/tfjs(-core|-node|-node-gpu)?$/;

export function scriptModule(m: Machine, module: string, name: string): Value {
  if (!PACKAGE.test(module)) return { kind: 'unknown', about: `${module}.${name}` };
  const gradient = gradientFunction(m, name);
  if (gradient) return gradient;
  const made = creation(m, name);
  if (made) return made;
  return scriptFunction(m, name) ?? { kind: 'unknown', about: `tf.${name}` };
}

export function scriptGlobal(name: string): Value | null {
  switch (name) {
    case 'undefined':
      return { kind: 'none', undefined: true };
    case 'console':
      return dictionary(['log', 'warn', 'error', 'info'].map((n) => [string(n), native(n, () => NONE)] as const));
    case 'require':
      return native(name, (args) => {
        const [module] = args.positional;
        return module?.kind === 'string' && module.value !== null ? { kind: 'module', name: module.value } : UNKNOWN;
      });
    case 'NaN':
      return float(NaN);
    case 'Infinity':
      return float(Infinity);
    default:
      return null;
  }
}

/** `x.mul(y)` is `tf.mul(x, y)`. */
export function scriptTensorMethod(m: Machine, object: Value & { kind: 'tensor' | 'variable' }, name: string): Value | null {
  if (name === 'print' || name === 'dispose') return native(name, () => NONE);
  if (object.kind === 'variable') return null;
  if (name === 'shape') return { kind: 'shape', shape: object.tensor.shape };
  if (name === 'dtype') return object.tensor.dtype ? string(object.tensor.dtype) : UNKNOWN;
  const f = scriptFunction(m, name);
  return f ? native(name, (args) => f.call({ ...args, positional: [object, ...args.positional] })) : null;
}

/** Tensors made of literals: `tf.scalar(3)`, `tf.tensor2d([[1, 2]], 'float32')`. */
function creation(m: Machine, name: string): Value | null {
  const known = /^(scalar|tensor|tensor[1-6]d)$/.exec(name);
  if (known) return native(`tf.${name}`, (args) => literal(m, name, args));
  if (name === 'randomNormal' || name === 'randomUniform')
    return native(`tf.${name}`, (args) => tensorValue(m.backend.opaque(shapeIn(args.positional[0]), 'float32')));
  return null;
}

function literal(m: Machine, name: string, args: CallArguments): Value {
  const dtypes = args.positional.slice(1).flatMap((v) => (v.kind === 'string' && v.value !== null ? [v.value as DType] : []));
  const [dtype = 'float32'] = dtypes;
  const shape = args.positional[1]?.kind === 'list' ? shapeIn(args.positional[1]) : undefined;
  const given = args.positional[0] ?? UNKNOWN;
  return guarded(m, () => {
    const tensor = literalTensor(m, given, dtype);
    if (!tensor || tensor.dtype !== dtype) return UNKNOWN;
    if (shape !== undefined) return tensorValue(m.operations.reshape(tensor, shape));
    // The rank that the name promises is the literal's, or it raises: nothing is claimed then.
    const rank = name === 'scalar' ? 0 : /\d/.test(name) ? Number(/\d/.exec(name)?.[0]) : tensor.shape?.length;
    return rank === tensor.shape?.length ? tensorValue(tensor) : UNKNOWN;
  });
}

const shapeIn = (value: Value | undefined): Shape =>
  value?.kind === 'list' && value.items ? value.items.map((v) => (v.kind === 'number' ? v.value : null)) : null;
