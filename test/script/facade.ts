// TensorFlow.js's own surface over our engine on reference numbers, so that one JavaScript function runs on both.
import { Dictionary, isTensor, NumpyArray, type Value } from '../../core/api/value.ts';
import { callScriptFunction, findScriptFunction, ScriptEngine } from '../../core/script/index.ts';
import type { Tensor } from '../../core/tensor.ts';
import { numbersOf, ReferenceBackend, shapeOf } from '../ops/reference-backend.ts';

/** What forms use of a tensor; methods are looked up in our table. */
export interface AnyTensor {
  readonly shape: number[];
  dataSync(): ArrayLike<number>;
  readonly [method: string]: unknown;
}
/** A form is written once and run on TensorFlow.js and on ours: its calls are not typed. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Surface = any;

const tensors = new WeakMap<object, Tensor>();

function wrap(engine: ScriptEngine, value: Value): unknown {
  if (Array.isArray(value)) return value.map((v: Value) => wrap(engine, v));
  if (value instanceof Dictionary) return Object.fromEntries([...value.entries].map(([key, v]) => [key, wrap(engine, v)]));
  if (!isTensor(value)) return value;
  const target = { shape: shapeOf(value), dtype: value.dtype, dataSync: () => numbersOf(value) };
  const proxy = new Proxy(target, {
    get: (object, name) => {
      if (typeof name !== 'string' || name in object) return Reflect.get(object, name) as unknown;
      const method = findScriptFunction(`.${name}`);
      if (!method) throw new Error(`tensors have no ${name} here`);
      return (...args: unknown[]) => wrap(engine, callScriptFunction(method, [value, ...args.map(unwrap)], engine));
    },
  });
  tensors.set(proxy, value);
  return proxy;
}

function unwrap(value: unknown): Value {
  if (Array.isArray(value)) return value.map(unwrap);
  if (value instanceof Float32Array) return new NumpyArray(value, [value.length], 'float32');
  if (value instanceof Int32Array) return new NumpyArray(value, [value.length], 'int32');
  if (typeof value !== 'object' || value === null) return (value ?? null) as Value;
  const tensor = tensors.get(value);
  if (tensor) return tensor;
  return new Dictionary(new Map(Object.entries(value).map(([key, v]) => [key, unwrap(v)])));
}
const tensorOf = (value: unknown): Tensor | null => (typeof value === 'object' && value !== null ? (tensors.get(value) ?? null) : null);

/** Ours, with `grad`, `grads` and `customGrad`. */
export function ourSurface(): Surface {
  const engine = new ScriptEngine(new ReferenceBackend());
  const differentiate = (f: (...xs: unknown[]) => unknown, xs: readonly unknown[]): unknown[] => {
    const inputs = xs.map((x) => tensorOf(x) as Tensor);
    const { gradients } = engine.gradients(() => tensorOf(f(...xs)), inputs, null);
    if (gradients.some((g) => g === null)) throw new Error('Cannot compute gradient of y=f(x) with respect to x. Make sure that');
    return gradients.map((g) => wrap(engine, g));
  };
  const special: Record<string, unknown> = {
    grad: (f: (x: unknown) => unknown) => (x: unknown) => differentiate(f, [x])[0],
    grads: (f: (...xs: unknown[]) => unknown) => (xs: readonly unknown[]) => differentiate(f, xs),
    tidy: (f: () => unknown) => f(),
    customGrad:
      (f: (...args: unknown[]) => { value: unknown; gradFunc: (dy: unknown, saved: unknown[]) => unknown }) =>
      (...xs: unknown[]) => {
        const value = engine.customGrad(
          xs.map((x) => tensorOf(x) as Tensor),
          (save) => {
            const made = f(...xs, (kept: unknown[]) => save(kept.map((t) => tensorOf(t) as Tensor)));
            return {
              value: tensorOf(made.value) as Tensor,
              gradient: (dy, saved) => {
                const found = made.gradFunc(
                  wrap(engine, dy),
                  saved.map((t) => wrap(engine, t)),
                );
                return (Array.isArray(found) ? found : [found]).map((t) => tensorOf(t) as Tensor);
              },
            };
          },
        );
        return wrap(engine, value);
      },
  };
  const module = (prefix: string): Surface =>
    new Proxy(special, {
      get: (own, name) => {
        if (typeof name !== 'string') return undefined;
        if (prefix === '' && name in own) return own[name];
        const found = findScriptFunction(prefix + name);
        if (found) return (...args: unknown[]) => wrap(engine, callScriptFunction(found, args.map(unwrap), engine));
        if (/^(losses|fused|image|linalg)$/.test(name) && prefix === '') return module(`${name}.`);
        throw new Error(`no function tf.${prefix}${name} here`);
      },
    });
  return module('');
}
