// A stand-in for the tf module: public functions, layers and losses of the core by their names, called on tensors.
import '../../../core/api/index.ts';
import { callFunction, findFunction } from '../../../core/api/function.ts';
import { bindDefaults } from '../../../core/api/signature.ts';
import { DTypeValue, Integer, isTensor, type Value } from '../../../core/api/value.ts';
import { Arguments } from '../../../core/api/function.ts';
import { findLayer } from '../../../core/layers/layer.ts';
import { findLoss, reduceLoss } from '../../../core/layers/objects.ts';
import type { Operations } from '../../../core/operations.ts';
import { isKnown } from '../../../core/shape.ts';
import type { DType, Tensor, Variable } from '../../../core/tensor.ts';
import { type Domain, generic } from '../generic.ts';
export class Tensorflow {
  constructor(readonly o: Operations) {}

  /** A public function with positional arguments, the others at their defaults; the first of several results. */
  call(name: string, ...args: readonly Value[]): Tensor {
    const [first] = this.list(name, ...args);
    if (!first) throw new Error(`${name} gave nothing`);
    return first;
  }
  list(name: string, ...args: readonly Value[]): readonly Tensor[] {
    return this.results(name, ...args).filter(isTensor);
  }
  /** As they come: lists of tensors as well. */
  results(name: string, ...args: readonly Value[]): readonly Value[] {
    const definition = findFunction(name);
    if (!definition) throw new Error(`no public function ${name}`);
    const result = callFunction(definition, bindDefaults(definition.signature, args), this.o);
    return Array.isArray(result) ? (result as readonly Value[]) : [result];
  }
  constant(shape: readonly number[], domain: Domain = 'any', seed = 5): Tensor {
    return this.o.eager.backend.constant(generic(shape, seed, domain), shape, 'float32');
  }
  integers(...values: readonly number[]): Tensor {
    return this.o.vector(values);
  }
  /** `tf.keras.layers.X(…)(x)`, with generic weights; those of normalizations are as they are made. */
  layer(name: string, config: readonly Value[], x: Tensor, training = false): Tensor {
    const spec = findLayer(name);
    if (!spec) throw new Error(`no layer ${name}`);
    const bound = new Arguments(bindDefaults(spec.signature, config), this.o);
    const args = new Arguments(bindDefaults(spec.callSignature ?? '', []), this.o);
    const weights = (spec.build?.(bound, [x.shape], args) ?? []).map(({ name: weight, shape, trainable }, i): [string, Variable] => {
      if (!isKnown(shape)) throw new Error(`${name}: a weight of an unknown shape`);
      const handle = this.o.eager.backend.constant([0], [], 'resource');
      return [weight, { handle, value: this.made(weight, shape, 7 + i), trainable, name: weight }];
    });
    const call = { config: bound, weights: new Map(weights), training, args, dtype: 'float32', assign: () => undefined } as const;
    const result = spec.call([x], call, this.o);
    if (!isTensor(result)) throw new Error(`${name} gives a list`);
    return result;
  }
  private made(name: string, shape: readonly number[], seed: number): Tensor {
    const start = { gamma: 1, beta: 0, moving_mean: 0, moving_variance: 1 }[name];
    return start === undefined ? this.constant(shape, 'any', seed) : this.o.full(start, shape, 'float32');
  }
  /** `tf.keras.losses.X()(y_true, y_pred)`. */
  loss(name: string, labels: Value, prediction: Tensor): Tensor {
    const spec = findLoss(name);
    if (!spec) throw new Error(`no loss ${name}`);
    return reduceLoss(this.call(spec.function, labels, prediction), null, 'auto', this.o);
  }
}

export interface UnaryForm {
  readonly shape: readonly number[];
  readonly domain: Domain;
  readonly f: (x: Tensor, tf: Tensorflow) => Tensor;
}
export interface BinaryForm {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly domains: readonly [Domain, Domain];
  readonly f: (a: Tensor, b: Tensor, tf: Tensorflow) => Tensor;
}

export const i = (value: number): Integer => new Integer(value);
export const ints = (...values: readonly number[]): Value => values.map(i);
export const dtype = (name: DType): Value => new DTypeValue(name);

export const on = (shape: readonly number[], f: UnaryForm['f'], domain: Domain = 'any'): UnaryForm => ({ shape, domain, f });
export const vector = (f: UnaryForm['f'], domain: Domain = 'any'): UnaryForm => on([4], f, domain);
export const matrix = (f: UnaryForm['f'], domain: Domain = 'any'): UnaryForm => on([3, 3], f, domain);
export const positive = (f: UnaryForm['f']): UnaryForm => vector(f, 'positive');

/** Recorded with a above b everywhere: what is larger, and what is clipped, is part of the answer. */
export const both = (f: BinaryForm['f'], domain?: Domain, a: readonly number[] = [4], b: readonly number[] = a): BinaryForm => ({
  a,
  b,
  domains: domain ? [domain, domain] : ['upper', 'lower'],
  f,
});
