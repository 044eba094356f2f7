// Operators on values: Python's arithmetic, and TensorFlow's where a tensor takes part.
import { keepSlices } from '../../../core/slices.ts';
import type { BinaryOperator, CompareOperator, Range, Unary } from '../ir/ir.ts';
import { attribute } from './attributes.ts';
import { callValue } from './call.ts';
import { callByName, guarded, plainCall, unknownTensor } from './convert.ts';
import { isGraphTest } from './graph/autograph.ts';
import type { Machine } from './machine.ts';
import { tupleClassAttribute } from './named-tuples.ts';
import { arithmetic as arrayArithmetic } from './numpy/arrays.ts';
import { knowledgeOf } from './tensors.ts';
import {
  boolean,
  float,
  integer,
  isSlices,
  keyOf,
  type NativeValue,
  shapeOfSizes,
  sizesOf,
  string,
  tensorValue,
  tuple,
  UNKNOWN,
  type Value,
} from './values.ts';

const METHODS: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
};
const COMPARISONS: Readonly<Partial<Record<CompareOperator, string>>> = {
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '==': 'eq',
  '!=': 'ne',
};
/** What an operator does beside a tensor. */
const onTensors = (method: string): string => `tf.__operators__.${method}`;

/** Operands that leave an IndexedSlices alone: TensorFlow's operators are those of the tensor on the other side. */
const leavesSlices = (v: Value): boolean =>
  isSlices(v) || v.kind === 'number' || v.kind === 'boolean' || v.kind === 'string' || v.kind === 'none' || v.kind === 'array';
const areSlices = (a: Value, b: Value): boolean => (isSlices(a) && leavesSlices(b)) || (isSlices(b) && leavesSlices(a));
const typeOfOperand = (v: Value): string => (v.kind === 'array' ? 'float' : typeName(v));

const isTensorLike = (v: Value): boolean => v.kind === 'tensor' || v.kind === 'variable';

const TYPE_NAMES: Readonly<Partial<Record<Value['kind'], string>>> = {
  none: 'NoneType',
  boolean: 'bool',
  string: 'str',
  dictionary: 'dict',
  function: 'function',
  tape: 'GradientTape',
};
export function typeName(value: Value): string {
  if (value.kind === 'number') return value.integer ? 'int' : 'float';
  if (value.kind === 'list') return value.of?.name ?? value.type;
  if (value.kind === 'instance') return value.type.name;
  if (value.kind === 'variable') return 'ResourceVariable';
  if (value.kind === 'array') return value.shape?.length === 0 ? value.dtype : 'ndarray';
  if (value.kind === 'tensor') return value.tensor.indexedSlices ? 'IndexedSlices' : 'EagerTensor';
  return TYPE_NAMES[value.kind] ?? value.kind;
}

export function binaryOperation(m: Machine, operator: BinaryOperator, a: Value, b: Value, range: Range): Value {
  if (a.kind === 'symbolic' || b.kind === 'symbolic') {
    const name = METHODS[operator];
    return name ? callValue(m, attributeOfTensorFlow(m, onTensors(name), range), plainCall(m, [a, b])) : UNKNOWN;
  }
  if (hasOperator(operator, a, b)) return dunder(m, operator, a, b, range);
  if (areSlices(a, b))
    m.raise(
      'TypeError',
      `unsupported operand type(s) for ${operator === '**' ? '** or pow()' : operator}: '${typeOfOperand(a)}' and '${typeOfOperand(b)}'`,
      range,
    );
  if (isTensorLike(a) || isTensorLike(b)) return tensorOperation(m, operator, a, b, range);
  if (a.kind === 'array' || b.kind === 'array') return arrayArithmetic(m, operator, a, b);
  if (a.kind === 'none' || b.kind === 'none') return m.language === 'python' ? noneOperand(m, operator, a, b, range) : UNKNOWN;
  if (a.kind === 'number' || a.kind === 'boolean') {
    if (b.kind === 'number' || b.kind === 'boolean') return numbers(m, operator, a, b);
    if (b.kind === 'list' && operator === '*') return repeat(b, a);
  }
  if (a.kind === 'list' && b.kind === 'list' && operator === '+' && a.type === b.type && m.language === 'python')
    return { ...(a.type === 'tuple' ? tuple(null) : a), items: a.items && b.items ? [...a.items, ...b.items] : null };
  if (a.kind === 'list' && operator === '*' && m.language === 'python') return repeat(a, b);
  if (a.kind === 'string' && b.kind === 'string' && operator === '+')
    return string(a.value === null || b.value === null ? null : a.value + b.value);
  if (a.kind === 'string' && operator === '%') return string(null);
  if (a.kind === 'shape' || b.kind === 'shape') return joinShapes(a, b, operator);
  return UNKNOWN;
}

function attributeOfTensorFlow(m: Machine, name: string, range: Range): Value {
  return name
    .split('.')
    .slice(1)
    .reduce<Value>((object, part) => attribute(m, object, part, range), { kind: 'module', name: 'tf' });
}

/** The sizes of a `tf.TensorShape`, or of what can stand for one. */
const sizesIn = (v: Value): readonly Value[] | null => (v.kind === 'shape' ? sizesOf(v) : v.kind === 'list' ? v.items : null);

function joinShapes(a: Value, b: Value, operator: BinaryOperator): Value {
  const [left, right] = [sizesIn(a), sizesIn(b)];
  return operator === '+' && left && right ? shapeOfSizes([...left, ...right]) : UNKNOWN;
}

/** As `tf.TensorShape` compares them; null where that is not known. */
function areSameSizes(a: readonly Value[] | null, b: readonly Value[] | null): boolean | null {
  if (!a || !b) return null;
  if (a.length !== b.length) return false;
  const same = a.map((size, axis) => {
    const [left, right] = [keyOf(size), keyOf(b[axis] as Value)];
    return left === null || right === null ? null : left === right;
  });
  return same.includes(false) ? false : same.includes(null) ? null : true;
}

function noneOperand(m: Machine, operator: BinaryOperator, a: Value, b: Value, range: Range): Value {
  const other = a.kind === 'none' ? b : a;
  if (other.kind === 'unknown') return UNKNOWN;
  const none = a.kind === 'none' ? a : b;
  return m.raise(
    'TypeError',
    `unsupported operand type(s) for ${operator === '**' ? '** or pow()' : operator}: '${typeName(a)}' and '${typeName(b)}'`,
    range,
    none.kind === 'none' ? (none.from?.call ?? null) : null,
  );
}

function repeat(a: Value, times: Value): Value {
  if (a.kind !== 'list') return UNKNOWN;
  const count = times.kind === 'number' ? times.value : null;
  const kind = a.type === 'tuple' ? tuple(null) : a;
  if (a.items === null || count === null || count * a.items.length > 10_000) return { ...kind, items: null };
  return { ...kind, items: Array.from({ length: Math.max(0, count) }, () => a.items ?? []).flat() };
}

/** An op of TensorFlow's; an operand that is not known may be a number or a tensor of any shape. */
function tensorOperation(m: Machine, operator: BinaryOperator, a: Value, b: Value, range: Range): Value {
  const name = METHODS[operator];
  if (!name) {
    const logical = operator === '&' ? 'tf.logical_and' : operator === '|' ? 'tf.logical_or' : null;
    return logical ? callByName(m, logical, a, b) : unknownTensor(m);
  }
  const none = [a, b].find((v) => v.kind === 'none');
  if (none?.kind === 'none') {
    const other = a.kind === 'none' ? b : a;
    if (other.kind === 'tensor' || other.kind === 'variable')
      m.raise(
        'ValueError',
        "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.",
        range,
        none.from?.call ?? null,
      );
  }
  return callByName(m, onTensors(name), standIn(m, a, b), standIn(m, b, a));
}

/** Something unknown beside a tensor is taken for a tensor of its dtype, tainted. */
function standIn(m: Machine, value: Value, other: Value): Value {
  const dtype = other.kind === 'tensor' ? other.tensor.dtype : other.kind === 'variable' ? other.variable.value.dtype : null;
  if (value.kind === 'unknown') return tensorValue(m.backend.opaque(null, dtype, { tainted: true }));
  if (value.kind === 'number' && value.value === null) return tensorValue(m.backend.opaque([], dtype));
  return value;
}

const isOfProgram = (v: Value): boolean => v.kind === 'instance' || (v.kind === 'list' && v.of !== undefined);

/** Whether an operand's own class says what an operator does. A tensor takes a named tuple for what it holds. */
function hasOperator(operator: BinaryOperator, a: Value, b: Value): boolean {
  if (a.kind === 'instance' || b.kind === 'instance') return true;
  const name = METHODS[operator];
  const isOwn = (v: Value, method: string): boolean => tupleClassAttribute(v, method) !== undefined;
  return name !== undefined && (isOwn(a, `__${name}__`) || (!isTensorLike(a) && isOwn(b, `__r${name}__`)));
}

function dunder(m: Machine, operator: BinaryOperator, a: Value, b: Value, range: Range): Value {
  const name = METHODS[operator];
  if (!name) return UNKNOWN;
  if (isOfProgram(a)) {
    const method = attribute(m, a, `__${name}__`, range);
    if (method.kind === 'method') return callValue(m, method, plainCall(m, [b]));
  }
  if (isOfProgram(b)) {
    const method = attribute(m, b, `__r${name}__`, range);
    if (method.kind === 'method') return callValue(m, method, plainCall(m, [a]));
  }
  return UNKNOWN;
}

function numbers(m: Machine, operator: BinaryOperator, a: Value, b: Value): Value {
  const read = (v: Value) => (v.kind === 'number' ? v.value : v.kind === 'boolean' ? Number(v.value) : null);
  const whole = (v: Value) => v.kind === 'boolean' || (v.kind === 'number' && v.integer);
  const [x, y] = [read(a), read(b)];
  const integral = whole(a) && whole(b) && operator !== '/';
  const known = x !== null && y !== null;
  if (known && y === 0 && m.language === 'python' && (operator === '/' || operator === '//' || operator === '%'))
    m.raise(
      'ZeroDivisionError',
      operator === '/' ? 'division by zero' : integral ? 'integer division or modulo by zero' : 'float modulo',
      null,
    );
  if (known && m.language === 'python') return pythonNumber(m, operator, x, y, integral);
  const result = known ? compute(operator, x, y) : null;
  return (m.language === 'python' && integral ? integer : float)(result);
}

/** Python's integers have any size, and its powers and remainders are not JavaScript's. */
function pythonNumber(m: Machine, operator: BinaryOperator, x: number, y: number, integral: boolean): Value {
  const isExact = Number.isSafeInteger(x) && Number.isSafeInteger(y);
  if (integral && operator === '**') {
    if (y >= 0) return integer(isExact ? wholePower(x, y) : null);
    if (x !== 0) return float(x ** y);
  }
  if (operator === '**') {
    if (x === 0 && y < 0) m.raise('ZeroDivisionError', '0.0 cannot be raised to a negative power', null);
    if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) return UNKNOWN;
    const power = x ** y;
    if (Number.isFinite(x) && Number.isFinite(y) && !Number.isFinite(power)) m.raise('OverflowError', 'Result too large', null);
    return float(power);
  }
  if (integral) {
    if (!isExact) return integer(null);
    return integer(BITWISE.has(operator) ? bitwise(operator, x, y) : operator === '//' ? (x - modulo(x, y)) / y : whole(operator, x, y));
  }
  if (operator === '%') return float(modulo(x, y));
  // The quotient of floats is rounded in a way of its own where it is close to a whole number.
  if (operator === '//') return float(Math.round((x - modulo(x, y)) / y));
  return BITWISE.has(operator) ? UNKNOWN : float(compute(operator, x, y));
}

const BITWISE: ReadonlySet<BinaryOperator> = new Set(['&', '|', '^', '<<', '>>']);

const whole = (operator: BinaryOperator, x: number, y: number): number | null =>
  operator === '%' ? modulo(x, y) : compute(operator, x, y);

/** The remainder with the divisor's sign. */
function modulo(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

/** By multiplication, which is exact while it is small enough to be known. */
function wholePower(x: number, y: number): number | null {
  if (x === 0 || x === 1 || y === 0) return y === 0 ? 1 : x;
  if (x === -1) return y % 2 === 0 ? 1 : -1;
  let power = 1;
  for (let i = 0; i < y; i++) {
    power *= x;
    if (!Number.isSafeInteger(power)) return null;
  }
  return power;
}

/** JavaScript's operators see 32 bits of a number only. */
function bitwise(operator: BinaryOperator, x: number, y: number): number | null {
  const [a, b] = [BigInt(x), BigInt(y)];
  switch (operator) {
    case '&':
      return Number(a & b);
    case '|':
      return Number(a | b);
    case '^':
      return Number(a ^ b);
    case '>>':
      return y < 0 ? null : Number(a >> b);
    default:
      return y < 0 || y > 53 ? null : x * 2 ** y;
  }
}

function compute(operator: BinaryOperator, x: number, y: number): number | null {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '//':
      return Math.floor(x / y);
    case '%':
      return x - y * Math.floor(x / y);
    case '**':
      return x ** y;
    case '&':
      return x & y;
    case '|':
      return x | y;
    case '^':
      return x ^ y;
    case '<<':
      return x * 2 ** y;
    case '>>':
      return Math.floor(x / 2 ** y);
    default:
      return null;
  }
}

export function unaryOperation(m: Machine, operator: Unary['operator'], value: Value, range: Range): Value {
  if (operator === 'not') {
    if (isGraphTest(m, value)) return callByName(m, 'tf.logical_not', value);
    const decided = truth(m, value);
    return decided === null ? UNKNOWN : boolean(!decided);
  }
  if (operator === 'typeof' || operator === 'void' || operator === 'delete') return UNKNOWN;
  if (value.kind === 'tensor' && isSlices(value)) {
    if (operator !== '-') m.raise('TypeError', `bad operand type for unary ${operator}: 'IndexedSlices'`, range);
    return guarded(m, () => tensorValue(keepSlices(value.tensor, m.operations, m.operations.neg)));
  }
  if (isTensorLike(value)) {
    if (operator === '-') return callByName(m, 'tf.negative', value);
    if (operator === '+') return callByName(m, 'tf.identity', value);
    return callByName(m, 'tf.logical_not', value);
  }
  if (value.kind === 'symbolic' && operator === '-')
    return callValue(m, attributeOfTensorFlow(m, 'tf.negative', range), plainCall(m, [value]));
  if (value.kind === 'array' && operator === '-') return { ...value, values: value.values && value.values.map((v) => -v) };
  if (value.kind === 'number') {
    const n = value.value;
    const flipped = n !== null && m.language === 'python' ? -n - 1 : ~(n ?? 0);
    return { ...value, value: n === null ? null : operator === '-' ? -n : operator === '~' ? flipped : n };
  }
  if (value.kind === 'none' && m.language === 'python')
    m.raise('TypeError', `bad operand type for unary ${operator}: 'NoneType'`, range, value.from?.call ?? null);
  if (isOfProgram(value) && operator === '-') {
    const method = attribute(m, value, '__neg__', range);
    if (method.kind === 'method') return callValue(m, method, plainCall(m, []));
  }
  return UNKNOWN;
}

export function compareValues(m: Machine, operator: CompareOperator, a: Value, b: Value, range: Range): Value {
  if (operator === 'is' || operator === 'is not' || operator === '===' || operator === '!==') {
    const same = identical(a, b);
    return same === null ? UNKNOWN : boolean(operator === 'is' || operator === '===' ? same : !same);
  }
  if (operator === 'in' || operator === 'not in') {
    const found = contains(b, a);
    return found === null ? UNKNOWN : boolean(operator === 'in' ? found : !found);
  }
  if (operator === 'instanceof') return UNKNOWN;
  const name = COMPARISONS[operator];
  if (name && areSlices(a, b)) {
    if (operator === '==' || operator === '!=')
      return boolean((a.kind === 'tensor' && b.kind === 'tensor' && a.tensor === b.tensor) === (operator === '=='));
    m.raise('TypeError', `'${operator}' not supported between instances of '${typeOfOperand(a)}' and '${typeOfOperand(b)}'`, range);
  }
  if ((isTensorLike(a) || isTensorLike(b)) && name) {
    if (a.kind === 'none' || b.kind === 'none') {
      const none = a.kind === 'none' ? a : b;
      if (operator === '==' || operator === '!=') return boolean(operator === '!=');
      m.raise(
        'ValueError',
        "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.",
        range,
        none.kind === 'none' ? (none.from?.call ?? null) : null,
      );
    }
    return callByName(m, onTensors(name), standIn(m, a, b), standIn(m, b, a));
  }
  if (a.kind === 'unknown' || b.kind === 'unknown') return UNKNOWN;
  if (operator === '==' || operator === '!=') {
    if (a.kind === 'shape' || b.kind === 'shape') {
      const same = areSameSizes(sizesIn(a), sizesIn(b));
      return same === null ? UNKNOWN : boolean((operator === '==') === same);
    }
    if (isActivation(a) && isActivation(b)) return boolean((a.name === b.name) === (operator === '=='));
    const [left, right] = [keyOf(a), keyOf(b)];
    if (left === null || right === null) return UNKNOWN;
    return boolean(operator === '==' ? left === right : left !== right);
  }
  const read = (v: Value) => (v.kind === 'number' ? v.value : v.kind === 'boolean' ? Number(v.value) : null);
  const [x, y] = [read(a), read(b)];
  if (x !== null && y !== null) return boolean(operator === '<' ? x < y : operator === '<=' ? x <= y : operator === '>' ? x > y : x >= y);
  if ((a.kind === 'none' || b.kind === 'none') && m.language === 'python') {
    const none = a.kind === 'none' ? a : b;
    if (a.kind !== 'array' && b.kind !== 'array' && a.kind !== 'instance' && b.kind !== 'instance')
      m.raise(
        'TypeError',
        `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
        range,
        none.kind === 'none' ? (none.from?.call ?? null) : null,
      );
  }
  return UNKNOWN;
}

/** `a is b`; null where it is not known. */
/** Keras' activations, each of which is one function under its name. */
const isActivation = (value: Value): value is NativeValue =>
  value.kind === 'native' && /^tf\.keras\.activations\.(?!swish|silu)/.test(value.name);

function identical(a: Value, b: Value): boolean | null {
  if (a.kind === 'unknown' || b.kind === 'unknown') return null;
  if (a.kind === 'none' || b.kind === 'none') return a.kind === b.kind;
  if (a.kind !== b.kind) return false;
  if (isActivation(a) && isActivation(b)) return a.name === b.name;
  if (a.kind === 'tensor' && b.kind === 'tensor') return a.tensor === b.tensor;
  if (a.kind === 'variable' && b.kind === 'variable') return a.variable === b.variable;
  const [left, right] = [keyOf(a), keyOf(b)];
  if (left !== null && right !== null) return left === right;
  return a === b ? true : null;
}

function contains(container: Value, item: Value): boolean | null {
  const key = keyOf(item);
  if (container.kind === 'dictionary') return container.entries && key !== null ? container.entries.has(key) : null;
  if (container.kind === 'string' && item.kind === 'string')
    return container.value === null || item.value === null ? null : container.value.includes(item.value);
  if (container.kind !== 'list' || container.items === null || key === null) return null;
  const keys = container.items.map(keyOf);
  if (keys.includes(key)) return true;
  return keys.every((k) => k !== null) ? false : null;
}

/** Whether a value counts as true; null where it is not known. */
export function truth(m: Machine, value: Value): boolean | null {
  switch (value.kind) {
    case 'none':
      return false;
    case 'boolean':
      return value.value;
    case 'number':
      return value.value === null ? null : value.value !== 0;
    case 'string':
      return value.value === null ? null : value.value !== '';
    case 'list':
      if (m.language === 'script') return true;
      return value.type === 'iterator' ? true : value.items === null ? null : value.items.length > 0;
    case 'dictionary':
      if (m.language === 'script') return true;
      return value.entries === null ? null : value.entries.size > 0;
    case 'tensor':
    case 'variable': {
      if (m.language === 'script' || isSlices(value)) return true;
      const tensor = value.kind === 'tensor' ? value.tensor : value.variable.value;
      const { values, tainted } = knowledgeOf(tensor);
      return values?.length === 1 && !tainted && m.graphDepth === 0 ? values[0] !== 0 : null;
    }
    case 'array':
      return value.values?.length === 1 ? value.values[0] !== 0 : null;
    case 'unknown':
    case 'shape':
    case 'symbolic':
      return null;
    case 'instance':
      return value.type.native || value.type.open ? null : true;
    default:
      return true;
  }
}
