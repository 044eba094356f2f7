// A derivative as a formula in the program's own names: `dy/dx = 3·w·x²`. Read off the graph of what was computed, collected into sums of products.
import { isKnown, sizeOf } from '../../../core/shape.ts';
import type { Tensor, Variable } from '../../../core/tensor.ts';
import type { Machine } from './machine.ts';
import { AbstractTensor, knowledgeOf } from './tensors.ts';

/** coefficient · Π atom^exponent; atoms by their text. */
interface Term {
  readonly coefficient: number;
  readonly factors: ReadonlyMap<string, number>;
}
/** A sum of terms; the empty sum is zero. */
type Sum = readonly Term[];

/** What is differentiated, in what, how often. */
export interface Derivative {
  /** The name of what was differentiated first. */
  readonly root: string;
  readonly wrt: readonly string[];
}

const LONGEST = 90;
const MOST_TERMS = 6;
const MOST_OPS = 300;

/** Null where it cannot be written shortly. */
export function formulaOf(m: Machine, gradient: Tensor, derivative: Derivative): string | null {
  if (![derivative.root, ...derivative.wrt].every((n) => /^[A-Za-z_]\w*$/.test(n))) return null;
  const reader = new Reader((id) => presentNameOf(m, id));
  const sum = reader.read(gradient);
  if (sum === null || sum.length > MOST_TERMS) return null;
  const text = write(sum);
  return text.length > LONGEST ? null : `${leftSide(derivative)} = ${text}`;
}

function leftSide({ root, wrt }: Derivative): string {
  const order = wrt.length;
  const above = order === 1 ? `d${root}` : `d${superscript(order)}${root}`;
  const [first = ''] = wrt;
  const below = wrt.every((n) => n === first) ? `d${first}${order === 1 ? '' : superscript(order)}` : wrt.map((n) => `d${n}`).join(' ');
  return `${above}/${below}`;
}

const superscript = (n: number): string => [...String(n)].map((c) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)] ?? '⁻').join('');

/** Tensors whose names say nothing to a reader: upstream gradients. */
export function leaveNameless(tensor: Tensor): void {
  if (tensor instanceof AbstractTensor) tensor.nameless = true;
}
const isNameless = (tensor: Tensor): boolean => tensor instanceof AbstractTensor && tensor.nameless;

/** What the program calls a tensor; null where it has no name. */
export function nameOf(m: Machine, tensor: Tensor): string | null {
  for (const [name, history] of m.bindings) if (history.some((bound) => bound.id === tensor.id && !isNameless(bound.tensor))) return name;
  return null;
}

/** The name that means a tensor now: one that has meant another tensor since would say two things in one formula. */
function presentNameOf(m: Machine, id: number): string | null {
  let found: string | null = null;
  m.bindings.forEach((history, name) => {
    const last = history[history.length - 1];
    if (found === null && last?.id === id && !isNameless(last.tensor)) found = name;
  });
  return found;
}

// ------------------------------------------------------------------------------------------------ reading

const ZERO: Sum = [];
const number = (value: number): Sum => (value === 0 ? ZERO : [{ coefficient: value, factors: new Map() }]);
const atom = (text: string, exponent = 1): Sum => [{ coefficient: 1, factors: new Map([[text, exponent]]) }];
const constantOf = (sum: Sum): number | null =>
  sum.length === 0 ? 0 : sum.length === 1 && sum[0]?.factors.size === 0 ? sum[0].coefficient : null;

/** Functions of one argument that are written by name. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  Exp: 'exp',
  Log: 'log',
  Sin: 'sin',
  Cos: 'cos',
  Tan: 'tan',
  Sinh: 'sinh',
  Cosh: 'cosh',
  Tanh: 'tanh',
  Sigmoid: 'sigmoid',
  Softplus: 'softplus',
  Abs: 'abs',
  Sign: 'sign',
  Asin: 'asin',
  Acos: 'acos',
  Atan: 'atan',
  Erf: 'erf',
  Relu: 'relu',
  Log1p: 'log1p',
  Expm1: 'expm1',
};

class Reader {
  private readonly known = new Map<Tensor, Sum | null>();
  private ops = 0;

  constructor(private readonly nameOf: (id: number) => string | null) {}

  read(tensor: Tensor): Sum | null {
    const found = this.known.get(tensor);
    if (found !== undefined) return found;
    if (++this.ops > MOST_OPS) return null;
    const sum = readable(this.make(tensor));
    this.known.set(tensor, sum);
    return sum;
  }

  private make(tensor: Tensor): Sum | null {
    const { values, constant, zero } = knowledgeOf(tensor);
    if (zero) return ZERO;
    const { origin } = tensor;
    const name = origin === null ? this.nameOf(tensor.id) : null;
    if (name !== null) return atom(name);
    const literal = constant && values && values.length > 0 && [...values].every((v) => v === values[0]) ? number(values[0] ?? 0) : null;
    if (origin === null) return literal;
    if (origin.name === 'ReadVariableOp') {
      const variable = origin.attributes['variable'] as Variable;
      const of = this.nameOf(variable.handle.id);
      return of === null ? null : atom(of);
    }
    // A constant with a name goes by its name.
    return this.fromOp(tensor) ?? literal;
  }

  private fromOp(tensor: Tensor): Sum | null {
    const { origin } = tensor;
    if (!origin) return null;
    const inputs = origin.inputs.map((t) => this.read(t));
    const [a, b] = inputs;
    if (inputs.some((s) => s === null) || !a) return null;
    const f = FUNCTIONS[origin.name];
    if (f) return call(f, a);
    switch (origin.name) {
      case 'Identity':
      case '_AsSlices':
      case '_AsList':
      case '_FromList':
      case '_IntoList':
        return a;
      case 'BroadcastTo':
      case 'Reshape':
      case '_SumTo':
      case 'Cast':
        // A number stays what it is, and so does anything that is not spread over more elements.
        return constantOf(a) !== null && origin.name !== '_SumTo' ? a : sameSize(tensor, origin.inputs[0]) ? a : null;
      case 'Neg':
        return scale(a, -1);
      case 'AddN':
        return inputs.reduce<Sum>((total, s) => add(total, s ?? ZERO), ZERO);
      case 'AddV2':
        return b ? add(a, b) : null;
      case 'Sub':
        return b ? add(a, scale(b, -1)) : null;
      case 'Mul':
        return b ? multiply(a, b) : null;
      case 'RealDiv':
        return b ? multiply(a, power(b, -1)) : null;
      case 'Square':
        return power(a, 2);
      case 'Sqrt':
        return power(a, 0.5);
      case 'Rsqrt':
        return power(a, -0.5);
      case 'Reciprocal':
        return power(a, -1);
      case 'Pow': {
        const exponent = b && constantOf(b);
        return typeof exponent === 'number' ? power(a, exponent) : b ? atom(`${bracketed(a)}^${bracketed(b)}`) : null;
      }
      case 'TanhGrad':
        return b ? multiply(b, add(number(1), scale(power(a, 2), -1))) : null;
      case 'SigmoidGrad':
        return b ? multiply(b, multiply(a, add(number(1), scale(a, -1)))) : null;
      case 'ReciprocalGrad':
        return b ? multiply(scale(b, -1), power(a, 2)) : null;
      case 'SqrtGrad':
        return b ? multiply(scale(b, 0.5), power(a, -1)) : null;
      case 'RsqrtGrad':
        return b ? multiply(scale(b, -0.5), power(a, 3)) : null;
      default:
        return null;
    }
  }
}

/** Nothing short comes of what is far too long: it is given up where it is met, before it doubles with every op. */
function readable(sum: Sum | null): Sum | null {
  const isLong =
    sum !== null && (sum.length > 10 * MOST_TERMS || sum.some(({ factors }) => [...factors.keys()].some((n) => n.length > LONGEST)));
  return isLong ? null : sum;
}

function sameSize(a: Tensor, b: Tensor | undefined): boolean {
  return b !== undefined && isKnown(a.shape) && isKnown(b.shape) && sizeOf(a.shape) === sizeOf(b.shape);
}

const call = (f: string, argument: Sum): Sum | null => {
  const text = write(argument);
  return text.length > LONGEST ? null : atom(`${f}(${text})`);
};

// ------------------------------------------------------------------------------------------------ sums and products

const keyOf = ({ factors }: Term): string =>
  [...factors]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, exponent]) => `${name}^${exponent}`)
    .join('·');

function add(a: Sum, b: Sum): Sum {
  const terms = new Map<string, Term>();
  for (const term of [...a, ...b]) {
    const key = keyOf(term);
    const coefficient = (terms.get(key)?.coefficient ?? 0) + term.coefficient;
    terms.set(key, { ...term, coefficient });
  }
  return [...terms.values()].filter((t) => t.coefficient !== 0);
}

const scale = (sum: Sum, by: number): Sum => (by === 0 ? ZERO : sum.map((t) => ({ ...t, coefficient: t.coefficient * by })));

/** A sum of several terms as one factor. */
const asFactor = (sum: Sum): Sum => (sum.length > 1 ? atom(`(${write(sum)})`) : sum);

function multiply(a: Sum, b: Sum): Sum {
  const [x, y] = [constantOf(a), constantOf(b)];
  if (x !== null) return scale(b, x);
  if (y !== null) return scale(a, y);
  const [p] = asFactor(a);
  const [q] = asFactor(b);
  if (!p || !q) return ZERO;
  const factors = new Map(p.factors);
  for (const [name, exponent] of q.factors) factors.set(name, (factors.get(name) ?? 0) + exponent);
  return [{ coefficient: p.coefficient * q.coefficient, factors: new Map([...factors].filter(([, e]) => e !== 0)) }];
}

function power(sum: Sum, exponent: number): Sum {
  if (exponent === 0) return number(1);
  if (exponent === 1) return sum;
  const constant = constantOf(sum);
  if (constant !== null) return number(constant ** exponent);
  const [term] = asFactor(sum);
  if (!term) return ZERO;
  // (x²)^½ is |x|: roots of products are kept as they are.
  if (!Number.isInteger(exponent) && (term.factors.size > 1 || term.coefficient !== 1 || [...term.factors.values()].some((e) => e !== 1)))
    return atom(`(${write([term])})`, exponent);
  return [{ coefficient: term.coefficient ** exponent, factors: new Map([...term.factors].map(([name, e]) => [name, e * exponent])) }];
}

// ------------------------------------------------------------------------------------------------ writing

function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  return String(Number(value.toPrecision(6)));
}

function powerText(name: string, exponent: number): string {
  if (exponent === 1) return name;
  const base = /^[\w.]+(\([^()]*\))?$|^\(.*\)$|^\w+\(.*\)$/.test(name) ? name : `(${name})`;
  if (exponent === 0.5) return `√${base}`;
  return Number.isInteger(exponent) ? `${base}${superscript(exponent)}` : `${base}^${numberText(exponent)}`;
}

function writeTerm({ coefficient, factors }: Term): string {
  const above = [...factors].filter(([, e]) => e > 0).map(([n, e]) => powerText(n, e));
  const below = [...factors].filter(([, e]) => e < 0).map(([n, e]) => powerText(n, -e));
  const size = Math.abs(coefficient);
  const head = size === 1 && above.length > 0 ? above : [numberText(size), ...above];
  const denominator = below.length > 1 ? `(${below.join('·')})` : below.join('');
  return below.length > 0 ? `${head.join('·')}/${denominator}` : head.join('·');
}

function write(sum: Sum): string {
  if (sum.length === 0) return '0';
  return sum
    .map((term, i) => {
      const text = writeTerm(term);
      if (i === 0) return term.coefficient < 0 ? `−${text}` : text;
      return `${term.coefficient < 0 ? ' − ' : ' + '}${text}`;
    })
    .join('');
}

const bracketed = (sum: Sum): string => {
  const text = write(sum);
  return /^\w+$/.test(text) ? text : `(${text})`;
};
