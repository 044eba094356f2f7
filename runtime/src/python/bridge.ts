// The one way from Python into TensorFlow's meaning: handles and plain values cross, nothing else. `_tape_lens/bridge.py` is the other side.
//
// Arguments come as a string of codes with the values behind it, in order:
//   t tensor  v variable  f float  i int  b bool  s string  n None  d dtype (a string)  c function (see below)  [ ] a list or tuple
//   a numpy array: its dtype, its shape as text, its numbers       y a layer: two functions, see `layerObject`       o any other handle of ours
// A tensor goes back as its handle. A list goes back as its length: `take(i)` gives its parts. What raises goes back as false: `error()` says what.
import {
  Arguments,
  Callable,
  callFunction as callPublic,
  findFunction,
  parametersOf,
  UnknownArgument,
  type Value,
} from '../../../core/api/index.ts';
import { DTypeValue, Integer, isVariable, LayerObject, NumpyArray, toTensor, UNKNOWN } from '../../../core/api/value.ts';
import { activityLoss, findLayer, firstValue, isSettable, type LayerSpec } from '../../../core/layers/layer.ts';
import { findFunctionObject, findInitializer, type FunctionKind, initialValue, penalty, reduceLoss } from '../../../core/layers/objects.ts';
import { keepSlices, slicesOf } from '../../../core/slices.ts';
import { OpError, Undetermined } from '../../../core/shape.ts';
import { GradientTape } from '../../../core/tape.ts';
import { type Dimension, type DType, newTensorId, type Shape, type Tensor, type Variable } from '../../../core/tensor.ts';
import { Unsupported, UnsupportedOp, valuesOf } from '../engine/backend.ts';
import { isOutOfMemory, RAN_OUT } from '../engine/memory.ts';
import { resetRandom, setGlobalSeed } from '../engine/random.ts';
import type { Data } from '../engine/values.ts';
import type { Session } from '../session.ts';
import { type Border, callPython, type Crossing, type PythonFunction } from './trace.ts';

/** A layer's configuration and weights. */
interface LayerHandle {
  readonly spec: LayerSpec;
  config: Arguments;
  readonly weights: Map<string, Variable | Tensor>;
  readonly regularizers: Map<Variable, Value>;
  readonly dtype: DType;
}

export class Bridge implements Border {
  parts: readonly Value[] = [];
  given: readonly (Tensor | null)[] = [];
  failure: { readonly type: string; readonly message: string } | null = null;
  private form = '';
  private readonly paused: (readonly GradientTape[])[] = [];

  constructor(private readonly session: Session) {
    resetRandom();
  }

  // ---------------------------------------------------------------------------------------------- calls

  /** A public function by its full name, its arguments bound in the order of its signature; the others have their defaults. */
  call(line: number, name: string, codes: string, ...values: Crossing[]): Crossing {
    this.session.eager.place = line;
    return this.guard(() => {
      const definition = findFunction(name);
      if (!definition) throw new UnsupportedOp(name);
      const args = this.unpack(codes, values);
      const bound = new Map(
        parametersOf(definition.signature).map(({ name: parameter, value }, i) => [
          parameter,
          args[i] ?? (i < args.length ? null : (value ?? null)),
        ]),
      );
      return callPublic(definition, bound, this.operations);
    });
  }

  /** `x[begin:end:step]` with what Python's slices say, see `_tape_lens/tensors.py`. */
  convert(codes: string, ...values: Crossing[]): Crossing {
    return this.guard(() => {
      const [value = null, dtype = null] = this.unpack(codes, values);
      return toTensor(this.operations, value, dtype instanceof DTypeValue ? dtype.dtype : null);
    });
  }

  give(...handles: (Tensor | null)[]): void {
    this.given = handles;
  }

  take(index: number): Crossing {
    return this.leave(this.parts[index] ?? null);
  }

  error(): string {
    return `${this.failure?.type ?? 'RuntimeError'}\n${this.failure?.message ?? ''}`;
  }

  // ---------------------------------------------------------------------------------------------- tensors

  /** `float32|100,24`; a scalar's shape is empty. */
  describe(tensor: Tensor): string {
    return `${tensor.dtype}|${(tensor.shape ?? []).join(',')}|${tensor.id}`;
  }

  /** What a graph knows of a shape, as JSON: a size or the whole is null; false where nobody here can say. */
  graphShape(tensor: Tensor): string {
    const shape = this.operations.eager.graphShapes.of(tensor);
    return JSON.stringify(shape === undefined ? false : shape);
  }
  refineShape(tensor: Tensor, shape: string): void {
    this.operations.eager.graphShapes.refine(tensor, JSON.parse(shape) as Dimension[]);
  }
  declareShape(tensor: Tensor, shape: string): void {
    this.operations.eager.graphShapes.declare(tensor, JSON.parse(shape) as Shape);
  }

  numbers(tensor: Tensor): Data {
    return valuesOf(tensor).data;
  }

  /** The number of a tensor that has one. */
  number(tensor: Tensor): number {
    return valuesOf(tensor).data[0] ?? 0;
  }

  seed(seed: number | null): void {
    setGlobalSeed(seed);
  }

  // ---------------------------------------------------------------------------------------------- variables

  variable(initial: Tensor, trainable: boolean, name: string): Variable {
    return { handle: resourceHandle(initial), value: this.session.backend.detach(initial), trainable, name };
  }

  read(variable: Variable): Tensor {
    return this.session.eager.read(variable);
  }

  /** The value without a tape seeing it. */
  peek(variable: Variable): Tensor {
    return variable.value;
  }

  assign(variable: Variable, value: Tensor): void {
    const { backend } = this.session;
    const { value: before } = variable;
    variable.value = backend.detach(value);
    backend.onUndo(() => {
      variable.value = before;
    });
  }

  // ---------------------------------------------------------------------------------------------- tapes

  tape(persistent: boolean, watchAccessedVariables: boolean): GradientTape {
    return new GradientTape(this.session.eager, { persistent, watchAccessedVariables });
  }

  /** `enter`, `exit`, `suspend`, `resume`, `reset`. */
  tapeDo(tape: GradientTape, action: 'enter' | 'leave' | 'exit' | 'suspend' | 'resume' | 'reset'): Crossing {
    return this.guard(() => {
      tape[action]();
      return null;
    });
  }

  isRecording(tape: GradientTape): boolean {
    return tape.recording;
  }

  watch(tape: GradientTape, watched: Tensor | Variable): Crossing {
    return this.guard(() => {
      if (isVariable(watched as Value)) tape.watchVariable(watched as Variable);
      else tape.watch(watched as Tensor);
      return null;
    });
  }

  watchedVariables(tape: GradientTape): Crossing {
    return this.leave(tape.watchedVariables);
  }

  /** Between these no tape records: what Keras does behind the program's back. */
  pause(): void {
    this.hold([]);
  }

  /** The same for a function that is forgotten. */
  forget(): void {
    this.hold(this.session.eager.remembering);
  }

  private hold(others: readonly GradientTape[]): void {
    this.paused.push(this.session.eager.tapes);
    this.session.eager.tapes = others;
  }

  /** Whether a tape that is recording follows a variable, or would once it is read. */
  isFollowed(variable: Variable): boolean {
    const { tapes } = this.session.eager;
    return tapes.some((t) => t.recording && (t.knows(variable.handle) || (t.options.watchAccessedVariables && variable.trainable)));
  }

  resume(): void {
    this.session.eager.tapes = this.paused.pop() ?? [];
  }

  // ---------------------------------------------------------------------------------------------- layers

  layer(name: string, dtype: DType, codes: string, ...values: Crossing[]): LayerHandle {
    const spec = findLayer(name);
    if (!spec) throw new UnsupportedOp(name);
    // Copies that the constructor has no argument for come after its arguments.
    const own = new Set(parametersOf(spec.signature).map((parameter) => parameter.name));
    const copies = (spec.copies ?? []).map((copy) => copy.name).filter((copy) => !own.has(copy));
    const config = this.bound([spec.signature, ...copies].join(', '), this.unpack(codes, values));
    return { spec, config, weights: new Map(), regularizers: new Map(), dtype };
  }

  /** Makes the weights for inputs of these shapes, if they are not there yet; names, in the order of making, and the arguments that are their constraints, as JSON, or false. */
  buildLayer(layer: LayerHandle, shapes: string, prefix: string, codes: string, ...values: Crossing[]): Crossing {
    const names: [name: string, constraint: string | null][] = [];
    const outcome = this.guard(() => {
      const args = this.bound(layer.spec.callSignature ?? '', this.unpack(codes, values));
      for (const weight of layer.spec.build?.(layer.config, JSON.parse(shapes) as Shape[], args) ?? []) {
        const value = this.session.eager.pause(() => firstValue(weight, layer.dtype, this.operations));
        const variable = this.variable(value, weight.trainable, `${prefix}/${weight.name}:0`);
        layer.weights.set(weight.name, variable);
        if (weight.regularizer !== undefined && weight.regularizer !== null) layer.regularizers.set(variable, weight.regularizer);
        names.push([weight.name, weight.constraint ?? null]);
      }
      return null;
    });
    return outcome === false ? false : JSON.stringify(names);
  }

  weight(layer: LayerHandle, name: string): Variable | Tensor | null {
    return layer.weights.get(name) ?? null;
  }

  /** Puts a variable or a tensor in the place of a weight. */
  replaceWeight(layer: LayerHandle, name: string, codes: string, ...values: Crossing[]): Crossing {
    return this.guard(() => {
      const [given = null] = this.unpack(codes, values);
      layer.weights.set(name, isVariable(given) ? given : toTensor(this.operations, given));
      return null;
    });
  }

  /** Gives an argument of the constructor another value, as far as Keras reads it off the layer; whether it does. */
  configureLayer(layer: LayerHandle, name: string, codes: string, ...values: Crossing[]): boolean {
    if (!isSettable(layer.spec, name)) return false;
    layer.config = layer.config.with(name, this.unpack(codes, values)[0] ?? null);
    return true;
  }

  /** What an object has besides its arguments and weights, as JSON; an empty text where there is no such thing. */
  layerAttribute(layer: LayerHandle, name: string): string {
    const value = layer.spec.attributes?.(layer.config)[name];
    return value === undefined ? '' : JSON.stringify(value, (_, v: unknown) => (v instanceof Integer ? v.value : v));
  }

  /** Arguments: the inputs in a list, then those of the call. What comes back may be nested: see `structure`. */
  callLayer(line: number, layer: LayerHandle, training: boolean, frozen: boolean, codes: string, ...values: Crossing[]): Crossing {
    this.session.eager.place = line;
    return this.guard(() => {
      const [inputs = [], ...rest] = this.unpack(codes, values) as unknown as [readonly Value[], ...Value[]];
      const tensors = inputs.map((input) => this.castForLayer(toTensor(this.operations, input), layer));
      const { spec, config, weights, dtype } = layer;
      return spec.call(
        tensors,
        {
          config,
          weights,
          training: training && !(spec.frozenWithLayer && frozen),
          args: this.bound(spec.callSignature ?? '', rest),
          dtype,
          assign: (weight, value) => this.assign(weight, value),
        },
        this.operations,
      );
    });
  }

  /** The masks of its outputs; arguments: its inputs in a list, and theirs. */
  layerMask(layer: LayerHandle, codes: string, ...values: Crossing[]): Crossing {
    return this.guard(() => {
      const { mask } = layer.spec;
      if (mask === undefined || mask === 'passed on') return null;
      const [inputs = [], masks = []] = this.unpack(codes, values) as unknown as [readonly Value[], readonly Value[]];
      const tensors = (list: readonly Value[]) => list.map((one) => (one === null ? null : toTensor(this.operations, one)));
      return mask(tensors(inputs) as Tensor[], tensors(masks), layer.config, this.operations);
    });
  }

  /** Keras casts floating inputs to the layer's dtype. */
  private castForLayer(input: Tensor, { spec, dtype }: LayerHandle): Tensor {
    return spec.autocast === false || input.dtype === null || !/^(float|bfloat)/.test(input.dtype)
      ? input
      : this.operations.cast(input, dtype);
  }

  /** What the regularizers say of the layer's weights now. */
  layerLosses(layer: LayerHandle): Crossing {
    return this.guard(() =>
      [...layer.regularizers].map(([variable, regularizer]) => penalty(regularizer, this.session.eager.read(variable), this.operations)),
    );
  }
  /** What its activity regularizer says of what it gave; null where it has none. */
  activityLoss(layer: LayerHandle, output: Tensor): Crossing {
    return this.guard(() => activityLoss(layer.spec, layer.config, output, this.operations));
  }
  /** A regularizer, by its name or as an object, of a tensor. */
  penalty(codes: string, ...values: Crossing[]): Crossing {
    return this.guard(() => {
      const [regularizer = null, weight = null] = this.unpack(codes, values);
      return penalty(regularizer, toTensor(this.operations, weight), this.operations);
    });
  }
  /** The losses of single examples, weighed and reduced. */
  reduceLoss(reduction: string, codes: string, ...values: Crossing[]): Crossing {
    return this.guard(() => {
      const [losses = null, weight = null] = this.unpack(codes, values);
      return reduceLoss(
        toTensor(this.operations, losses),
        weight === null ? null : toTensor(this.operations, weight),
        reduction,
        this.operations,
      );
    });
  }
  /** `tf.keras.regularizers.X(...)(x)`, and constraints. */
  functionObject(kind: FunctionKind, name: string, codes: string, ...values: Crossing[]): Crossing {
    return this.guard(() => {
      const spec = findFunctionObject(kind, name);
      if (!spec) throw new UnsupportedOp(name);
      const [x = null, ...args] = this.unpack(codes, values);
      return spec.call(toTensor(this.operations, x), this.bound(spec.signature, args), this.operations);
    });
  }

  /** `tf.keras.initializers.X(...)(shape)`. */
  initializer(name: string, codes: string, ...values: Crossing[]): Crossing {
    return this.guard(() => {
      const spec = findInitializer(name);
      const [shape = null, dtype = null, ...args] = this.unpack(codes, values);
      if (!spec) throw new UnsupportedOp(name);
      const kind = dtype instanceof DTypeValue ? dtype.dtype : 'float32';
      return spec.make(this.bound(spec.signature, args), dimensions(shape), kind, this.operations);
    });
  }

  initial(codes: string, ...values: Crossing[]): Crossing {
    return this.guard(() => {
      const [given = null, shape = null, dtype = null] = this.unpack(codes, values);
      return this.session.eager.pause(() =>
        initialValue(given, dimensions(shape), dtype instanceof DTypeValue ? dtype.dtype : 'float32', this.operations),
      );
    });
  }

  /** The rows and the places of a `tf.IndexedSlices`. */
  slices(tensor: Tensor): Crossing {
    return this.guard(() => {
      const found = slicesOf(tensor, this.operations);
      if (!found) throw new Unsupported('what is in this tf.IndexedSlices');
      return [found.values, found.indices];
    });
  }

  /** Python's `-` on a `tf.IndexedSlices`. */
  negatedSlices(tensor: Tensor): Crossing {
    return this.guard(() => keepSlices(tensor, this.operations, this.operations.neg));
  }

  // ---------------------------------------------------------------------------------------------- details

  private bound(signature: string, args: readonly Value[]): Arguments {
    return new Arguments(new Map(parametersOf(signature).map(({ name }, i) => [name, args[i] ?? null])), this.operations);
  }

  private unpack(codes: string, values: readonly Crossing[]): Value[] {
    return unpack(codes, values, (run, attribute) => this.layerObject(run, attribute));
  }

  /** A layer of Python's: called with handles, it leaves what it gives with `give`. */
  private layerObject(run: PythonFunction, attribute: PythonFunction): LayerObject {
    return new LayerObject(
      (args, training, mask) => {
        callPython(run, [training ?? null, args.length > 1, mask ?? null, ...(args.flat() as Crossing[])]);
        const given = this.given as readonly Value[];
        return given.length === 1 ? (given[0] ?? null) : given;
      },
      (name) => plainValue(JSON.parse(String(attribute(name)))),
    );
  }

  private get operations() {
    return this.session.eager.operations;
  }

  /** What a call gives, as it crosses; false where it raises. */
  guard(body: () => Value): Crossing {
    if (this.session.stopped) return this.fail('StopProgram', '');
    try {
      return this.leave(body());
    } catch (error) {
      if (error instanceof OpError) return this.fail(error.type, error.message);
      if (error instanceof Unsupported || error instanceof Undetermined) return this.fail('NotSupported', error.message);
      if (isOutOfMemory(error)) return this.fail('MemoryError', RAN_OUT);
      if (error instanceof UnknownArgument) return this.fail('NotSupported', 'these arguments are not supported by Tape Lens yet');
      throw error;
    }
  }

  private fail(type: string, message: string): false {
    this.failure = { type, message };
    return false;
  }

  private leave(value: Value): Crossing {
    if (value instanceof Integer) return toTensor(this.operations, value);
    if (Array.isArray(value)) {
      this.parts = (value as readonly Value[]).flat(8);
      this.form = formOf(value as readonly Value[]);
      return this.parts.length;
    }
    return value;
  }

  /** How the parts of the last list lie in lists: `[.[..]]`, or an empty text where it is a flat one. */
  structure(): string {
    return this.form.slice(1, -1).includes('[') ? this.form : '';
  }
}

const formOf = (value: Value): string => (Array.isArray(value) ? `[${(value as readonly Value[]).map(formOf).join('')}]` : '.');

/** What Python says of an attribute as JSON; null, which is what it says of everything else, is not known. */
function plainValue(value: unknown): Value {
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? new Integer(value) : value;
  return UNKNOWN;
}

/** It has the variable's shape, so that the gradient of a variable in itself has it too. */
const resourceHandle = ({ shape, dtype }: Tensor): Tensor => ({
  id: newTensorId(),
  shape,
  dtype: 'resource',
  valueDType: dtype,
  indexedSlices: false,
  origin: null,
});

/** Puts arguments together again out of codes and values. */
export function unpack(
  codes: string,
  values: readonly Crossing[],
  layer?: (run: PythonFunction, attribute: PythonFunction) => Value,
): Value[] {
  const stack: Value[][] = [[]];
  let at = 0;
  const next = (): Crossing => values[at++];
  for (const code of codes) {
    const top = stack.at(-1) ?? [];
    switch (code) {
      case '[':
        stack.push([]);
        break;
      case ']':
        stack.pop();
        stack.at(-1)?.push(top);
        break;
      case 'n':
        top.push(null);
        break;
      case 'i':
        top.push(new Integer(Number(next())));
        break;
      case 'd':
        top.push(new DTypeValue(next() as DType));
        break;
      case 'a': {
        const dtype = next() as DType;
        const shape = String(next()).split(',').filter(Boolean).map(Number);
        top.push(new NumpyArray(Array.from(next() as ArrayLike<number>), shape, dtype));
        break;
      }
      case 'c':
        top.push(callable(next() as PythonFunction));
        break;
      case 'y': {
        const run = next() as PythonFunction;
        top.push(layer?.(run, next() as PythonFunction) ?? null);
        break;
      }
      default:
        top.push(next() as Value);
    }
  }
  return stack[0] ?? [];
}

const dimensions = (shape: Value): number[] => (shape as readonly Integer[]).map((d) => d.value);

const callable = (f: PythonFunction): Callable => new Callable((args) => callPython(f, args) as Value, null);
