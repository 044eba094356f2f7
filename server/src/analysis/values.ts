// The values of a program, as far as they are known.
import type { GradientTape } from '../../../core/tape.ts';
import type { DType, Shape, Tensor, Variable } from '../../../core/tensor.ts';
import type { Value as CoreValue } from '../../../core/api/value.ts';
import type { FunctionDefinition, ClassDefinition, Range } from '../ir/ir.ts';
import type { AccumulatorState } from './accumulators.ts';
import type { Completion } from './machine.ts';
import type { TensorArrayState } from './graph/tensor-array.ts';

export type Value =
  | NoneValue
  | BooleanValue
  | NumberValue
  | StringValue
  | EllipsisValue
  | TensorValue
  | VariableValue
  | ArrayValue
  | TapeValue
  | DTypeValueOf
  | ShapeValue
  | SpecValue
  | ListValue
  | DictionaryValue
  | SliceValue
  | FunctionValue
  | NativeValue
  | MethodValue
  | ClassValue
  | InstanceValue
  | ModuleValue
  | SymbolicValue
  | PromiseValue
  | UnknownValue;

export interface NoneValue {
  readonly kind: 'none';
  /** The gradient call that gave this None, and which of its sources. */
  readonly from?: { readonly call: number; readonly source: number };
  /** JavaScript's `undefined`. */
  readonly undefined?: boolean;
}
export interface BooleanValue {
  readonly kind: 'boolean';
  readonly value: boolean;
}
/** `value` null: a number, but not known which. */
export interface NumberValue {
  readonly kind: 'number';
  readonly value: number | null;
  readonly integer: boolean;
}
export interface StringValue {
  readonly kind: 'string';
  readonly value: string | null;
}
export interface EllipsisValue {
  readonly kind: 'ellipsis';
}
export interface TensorValue {
  readonly kind: 'tensor';
  readonly tensor: Tensor;
  readonly from?: { readonly call: number; readonly source: number };
}
/** A tensor that is a `tf.IndexedSlices` in Python's hands: it has hardly any operators and methods. */
export const isSlices = (value: Value): boolean => value.kind === 'tensor' && value.tensor.indexedSlices;
export interface VariableValue {
  readonly kind: 'variable';
  readonly variable: Variable;
}
/** A numpy array. `values` null: not known. `source` is the tensor it was taken from, for the reason why no gradient passes. */
export interface ArrayValue {
  readonly kind: 'array';
  values: readonly number[] | null;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly sources: readonly Departure[];
}
/** A tensor whose numbers left TensorFlow, and by which operation. */
export interface Departure {
  readonly tensor: Tensor;
  readonly operation: string;
  readonly site: Range | null;
}
export interface TapeValue {
  readonly kind: 'tape';
  readonly tape: GradientTape;
  readonly creation: TapeCreation;
}
export interface TapeCreation {
  readonly range: Range;
  readonly argumentsRange: Range | null;
  name: string | null;
  withRange: Range | null;
  /** Where the body's first statement starts. */
  bodyStart: number | null;
  firstUse: Range | null;
  /** It went into something unknown, which may have watched, used or reset it. */
  escaped: boolean;
  /** Every `watch` seen, with where it happened. */
  readonly watches: { readonly id: number; readonly site: Range; readonly sequence: number; readonly name: string }[];
  /** The order numbers of ops while it recorded: [from, to), the last open. */
  readonly recorded: { from: number; to: number | null }[];
}
export interface DTypeValueOf {
  readonly kind: 'dtype';
  readonly dtype: DType;
}
/** `x.shape`. */
export interface ShapeValue {
  readonly kind: 'shape';
  /** null: not known here. */
  readonly shape: Shape;
  /** The axes of which TensorFlow itself does not know the size: it is None. */
  readonly nones?: readonly number[];
}
/** `tf.TensorSpec`. A size of null is None. */
export interface SpecValue {
  readonly kind: 'spec';
  readonly shape: Shape;
  readonly dtype: DType | null;
}
/** The sizes one by one. */
export const sizesOf = ({ shape, nones = [] }: ShapeValue): readonly Value[] | null =>
  shape && shape.map((size, axis) => (nones.includes(axis) ? NONE : integer(size)));
/** Of numbers and None; what is neither is not known. */
export const shapeOfSizes = (sizes: readonly Value[]): ShapeValue => ({
  kind: 'shape',
  shape: sizes.map((size) => (size.kind === 'number' ? size.value : null)),
  nones: sizes.flatMap((size, axis) => (size.kind === 'none' ? [axis] : [])),
});
/** Its sizes of null are None, and not unknown. */
export const shapeWithNones = (shape: Shape): ShapeValue => ({
  kind: 'shape',
  shape,
  nones: (shape ?? []).flatMap((size, axis) => (size === null ? [axis] : [])),
});
/** Lists, tuples, sets and what iterates once. `items` null: not known. */
export interface ListValue {
  readonly kind: 'list';
  readonly type: 'list' | 'tuple' | 'set' | 'iterator';
  items: readonly Value[] | null;
  /** Where the items are not known: any of them. */
  readonly element?: () => Value;
  /** Of a generator that has not begun: runs its body, and hands on what it yields. */
  generator?: ((take: (item: Value) => void) => void) | undefined;
  /** Of an iterator whose items are made when they are asked for; what it has given is past. */
  next?: Next | undefined;
  /** It is a `collections.deque`. */
  readonly isDeque?: boolean;
  /** The items' names, of a named tuple. */
  readonly names?: readonly string[] | undefined;
  /** The class that a named tuple is of. */
  readonly of?: ClassValue;
}
/** The next item, or that there is none; null where nobody knows. */
export type Next = () => Value | 'end' | null;
export interface DictionaryValue {
  readonly kind: 'dictionary';
  /** Keys by `keyOf`; null: not known. */
  entries: ReadonlyMap<string, { readonly key: Value; readonly value: Value }> | null;
  /** Of a `defaultdict`: what makes the value of a key that is not there. */
  readonly factory?: Value;
}
export interface SliceValue {
  readonly kind: 'slice';
  readonly lower: Value;
  readonly upper: Value;
  readonly step: Value;
}
export interface FunctionValue {
  readonly kind: 'function';
  readonly definition: FunctionDefinition;
  readonly scope: Scope;
  readonly defaults: ReadonlyMap<number, Value>;
  /** The class whose body it stands in: what `super()` starts from. */
  readonly owner: ClassValue | null;
  /** Set where AutoGraph is told to leave it as it is. */
  readonly unconverted?: boolean;
  /** Set where it was made by code that AutoGraph had converted. */
  readonly isMadeConverted?: boolean;
  /** The `input_signature` that it was given. */
  readonly signature?: Value;
  readonly flavour: 'plain' | 'tf.function' | 'static' | 'class' | 'property' | 'custom gradient';
  /** Of a property: what sets and deletes it; `cached` is `functools.cached_property`. */
  readonly setter?: Value;
  readonly deleter?: Value;
  readonly cached?: boolean;
}
/** Something of TensorFlow's, numpy's or the language's own. */
export interface NativeValue {
  readonly kind: 'native';
  readonly name: string;
  readonly call: NativeCall;
  /** Its attributes. */
  readonly members?: ReadonlyMap<string, Value>;
  /** What it does as a context manager around the block of a `with`, which is given what `__enter__` gives. */
  readonly manage?: (block: (entered: Value) => Completion) => Completion;
}
export type NativeCall = (args: CallArguments) => Value;
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** `*args` or `**kwargs` of something unknown: there may be more. */
  readonly open: boolean;
  readonly site: CallSite;
}
/** Where a call stands, for facts and fixes. */
export interface CallSite {
  readonly range: Range;
  readonly argumentsRange: Range | null;
  /** The arguments' expressions' ranges, by position and by keyword. */
  readonly positional: readonly Range[];
  readonly keywords: ReadonlyMap<string, Range>;
}
export interface MethodValue {
  readonly kind: 'method';
  readonly self: Value;
  readonly function: FunctionValue | NativeValue;
}
export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly definition: ClassDefinition | null;
  /** Itself first (C3 is not needed: depth first). */
  readonly bases: readonly ClassValue[];
  readonly attributes: Map<string, Value>;
  /** What makes an instance of a class that is not the program's. */
  readonly native: NativeClass | null;
  /** A base is unknown: attributes that are not found may exist. */
  readonly open: boolean;
  /** It says itself how some of its instances' attributes are read or set. */
  hooked?: boolean;
}
export interface NativeClass {
  readonly construct: (instance: InstanceValue, args: CallArguments) => void;
  readonly attribute: (instance: InstanceValue, name: string) => Value | null;
  readonly call?: (instance: InstanceValue, args: CallArguments) => Value;
  /** Told of an attribute that the program sets, before it is there. */
  readonly assign?: (instance: InstanceValue, name: string, value: Value) => void;
}
export interface InstanceValue {
  readonly kind: 'instance';
  readonly type: ClassValue;
  readonly attributes: Map<string, Value>;
  /** What native classes keep; replaced, never changed in place. */
  native: NativeState;
}
/** A pipeline of `tf.data`: an element, and how many there are; null where that is not known, or where there is no end. */
export interface DatasetState {
  readonly element: Value;
  readonly count: number | null;
}
export interface NativeState {
  readonly dataset?: DatasetState;
  readonly layers?: readonly Value[];
  readonly functional?: { readonly inputs: Value; readonly outputs: Value } | undefined;
  /** A layer's name; null where it is not known. */
  readonly name?: string | null;
  /** The first call of a layer on KerasTensors. */
  readonly node?: { readonly input: Value; readonly output: Value } | undefined;
  /** A `Sequential` without a declared input makes its network of the shapes it is called on. */
  readonly inferred?: { readonly model: InstanceValue; readonly shape: Shape; readonly dtype: DType };
  readonly compiled?: { readonly optimizer: Value; readonly loss: Value; readonly eagerly: boolean };
  /** Layers, and what has layers in it, that were set as attributes. */
  readonly tracked?: readonly Value[];
  /** It was left in different states. */
  readonly uncertain?: boolean;
  readonly config?: ReadonlyMap<string, Value>;
  readonly built?: boolean;
  readonly variables?: readonly VariableValue[];
  /** The dtype that a layer computes in. */
  readonly dtype?: DType;
  /** What the regularizers of a layer's weights are. */
  readonly regularizers?: ReadonlyMap<Variable, CoreValue>;
  /** A layer has added losses of which nothing more is known. */
  readonly losses?: 'unknown' | undefined;
  /** The variables that an optimizer was first given, which are the only ones it takes. */
  readonly optimized?: readonly Variable[] | 'unknown';
  readonly extra?: Value;
  readonly tensorArray?: TensorArrayState;
  readonly accumulator?: AccumulatorState;
}
export interface ModuleValue {
  readonly kind: 'module';
  readonly name: string;
}
/** A KerasTensor: what calling a layer on `Input(...)` gives. */
export interface SymbolicValue {
  readonly kind: 'symbolic';
  readonly id: number;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly origin: {
    readonly layer: Value;
    /** The arguments in a list: the first `count` by position, the others by these names. */
    readonly inputs: Value;
    readonly count: number;
    readonly names: readonly string[];
    readonly output: number;
  } | null;
}
/** What an `async` function gives, to be awaited. */
export interface PromiseValue {
  readonly kind: 'promise';
  readonly value: Value;
  /** What its function raised, to come out where it is awaited. */
  readonly rejection?: Error;
}
export interface UnknownValue {
  readonly kind: 'unknown';
  /** What it is about, where that helps a reader: a module's name. */
  readonly about: string | null;
  /** The instance whose class may have inherited it from something unknown. */
  readonly of?: InstanceValue;
}

export interface Scope {
  readonly variables: Map<string, Value>;
  readonly parent: Scope | null;
  /** Names declared `global` or `nonlocal`, and where they live. */
  readonly elsewhere: Map<string, Scope>;
  readonly type: 'module' | 'function' | 'class' | 'block';
}

export const NONE: NoneValue = { kind: 'none' };
/** JavaScript's `undefined`. */
export const UNDEFINED: NoneValue = { kind: 'none', undefined: true };
export const UNKNOWN: UnknownValue = { kind: 'unknown', about: null };
export const TRUE: BooleanValue = { kind: 'boolean', value: true };
export const FALSE: BooleanValue = { kind: 'boolean', value: false };
export const boolean = (value: boolean): BooleanValue => (value ? TRUE : FALSE);
/** Beyond what a double holds exactly, nobody knows which. */
export const integer = (value: number | null): NumberValue => ({
  kind: 'number',
  value: Number.isSafeInteger(value) ? value : null,
  integer: true,
});
export const float = (value: number | null): NumberValue => ({ kind: 'number', value, integer: false });
export const string = (value: string | null): StringValue => ({ kind: 'string', value });
export const tuple = (items: readonly Value[] | null): ListValue => ({ kind: 'list', type: 'tuple', items });
export const list = (items: readonly Value[] | null): ListValue => ({ kind: 'list', type: 'list', items });
export const tensorValue = (tensor: Tensor): TensorValue => ({ kind: 'tensor', tensor });
/** A class that is not the program's, without bases. */
export function nativeClass(name: string, behaviour: NativeClass = { construct: () => undefined, attribute: () => null }): ClassValue {
  const bases: ClassValue[] = [];
  const type: ClassValue = { kind: 'class', name, definition: null, bases, attributes: new Map(), native: behaviour, open: false };
  bases.push(type);
  return type;
}
export const native = (name: string, call: NativeCall): NativeValue => ({ kind: 'native', name, call });

/** No keyword arguments, which most calls have. */
export const NO_KEYWORDS: ReadonlyMap<string, never> = new Map<string, never>();

/** A call with positional arguments alone, at a place. */
export const callAt = (range: Range, positional: readonly Value[] = []): CallArguments => ({
  positional,
  keywords: NO_KEYWORDS,
  open: false,
  site: { range, argumentsRange: null, positional: [], keywords: NO_KEYWORDS },
});

/** An argument by its name or its place. */
export const argument = (args: CallArguments, name: string, at: number): Value => args.keywords.get(name) ?? args.positional[at] ?? NONE;

/** The key of a dictionary entry or a set's element; null where it is not known. */
export function keyOf(value: Value): string | null {
  switch (value.kind) {
    case 'string':
      return value.value === null ? null : `s${value.value}`;
    case 'number':
      return value.value === null ? null : `n${value.value}`;
    case 'boolean':
      return `n${Number(value.value)}`;
    case 'none':
      return 'none';
    case 'variable':
      return `v${value.variable.handle.id}`;
    case 'list': {
      if (value.type !== 'tuple' || value.items === null) return null;
      const keys = value.items.map(keyOf);
      return keys.some((k) => k === null) ? null : `(${keys.join(',')})`;
    }
    default:
      return null;
  }
}

export function dictionary(entries: readonly (readonly [Value, Value])[]): DictionaryValue {
  const map = new Map<string, { key: Value; value: Value }>();
  for (const [key, value] of entries) {
    const id = keyOf(key);
    if (id === null) return { kind: 'dictionary', entries: null };
    map.set(id, { key, value });
  }
  return { kind: 'dictionary', entries: map };
}
