// Expressions: IR to values.
import type { Call, Comprehension, Compare, Expression, Range, Sequence, Subscript, Yield } from '../ir/ir.ts';
import { attribute } from './attributes.ts';
import { callValue } from './call.ts';
import { classFrom } from './classes.ts';
import { assign } from './execute.ts';
import { callByName } from './convert.ts';
import { functionFrom } from './functions.ts';
import { chooseOnTensor, isGraphTest, choiceBy } from './graph/autograph.ts';
import { items } from './iterate.ts';
import { joinValues } from './join.ts';
import { Machine, NORMAL } from './machine.ts';
import { lookUp, newScope } from './names.ts';
import { binaryOperation, compareValues, truth, unaryOperation } from './operators.ts';
import { awaited } from './script/promises.ts';
import { generatorExpression, NotFollowed } from './streams.ts';
import { subscript } from './subscript.ts';
import {
  boolean,
  dictionary,
  float,
  integer,
  keyOf,
  list,
  type Next,
  NO_KEYWORDS,
  NONE,
  type Scope,
  string,
  tuple,
  UNKNOWN,
  type Value,
  type CallSite,
} from './values.ts';

export function evaluate(m: Machine, e: Expression, scope: Scope): Value {
  m.step();
  return m.at(e.range, () => evaluateHere(m, e, scope));
}

function evaluateHere(m: Machine, e: Expression, scope: Scope): Value {
  switch (e.kind) {
    case 'number':
      if (e.imaginary) return UNKNOWN;
      return e.integer ? integer(e.value) : float(e.value);
    case 'string':
      return e.bytes ? UNKNOWN : string(e.value);
    case 'boolean':
      return boolean(e.value);
    case 'none':
      return NONE;
    case 'ellipsis':
      return { kind: 'ellipsis' };
    case 'name':
      return lookUp(m, e.name, scope, e.range);
    case 'attribute': {
      const object = evaluate(m, e.object, scope);
      const value = attribute(m, object, e.name, e.range);
      noteDerivative(m, e.range, value);
      return value;
    }
    case 'subscript':
      return evaluateSubscript(m, e, scope);
    case 'slice': {
      const part = (x: Expression | null) => (x ? evaluate(m, x, scope) : NONE);
      return { kind: 'slice', lower: part(e.lower), upper: part(e.upper), step: part(e.step) };
    }
    case 'call':
      return evaluateCall(m, e, scope);
    case 'unary':
      return unaryOperation(m, e.operator, evaluate(m, e.operand, scope), e.range);
    case 'binary':
      return binaryOperation(m, e.operator, evaluate(m, e.left, scope), evaluate(m, e.right, scope), e.range);
    case 'logical': {
      const left = evaluate(m, e.left, scope);
      if (isGraphTest(m, left)) return graphLogic(m, e.operator, left, evaluate(m, e.right, scope));
      const decided = e.operator === '??' ? left.kind !== 'none' : truth(m, left);
      if (left.kind === 'unknown' || decided === null) {
        let right: Value = UNKNOWN;
        m.fork([
          () => {
            right = evaluate(m, e.right, scope);
            return NORMAL;
          },
          () => NORMAL,
        ]);
        return joinValues(m, [left, right]);
      }
      const stops = e.operator === 'and' ? !decided : decided;
      return stops ? left : evaluate(m, e.right, scope);
    }
    case 'compare':
      return evaluateCompare(m, e, scope);
    case 'conditional': {
      const value = evaluate(m, e.test, scope);
      const test = truth(m, value);
      if (test !== null) return evaluate(m, test ? e.then : e.otherwise, scope);
      if (isGraphTest(m, value))
        return chooseOnTensor(
          m,
          'If',
          choiceBy(value),
          [e.then, e.otherwise].map((branch) => () => evaluate(m, branch, scope)),
        );
      const found: Value[] = [];
      m.choose(
        [e.then, e.otherwise].map((branch) => () => {
          found.push(evaluate(m, branch, scope));
          return NORMAL;
        }),
        true,
      );
      return joinValues(m, found);
    }
    case 'function':
      return functionFrom(m, e.definition, scope);
    case 'class':
      return classFrom(m, e.definition, scope);
    case 'sequence':
      return evaluateSequence(m, e, scope);
    case 'dictionary': {
      const entries: (readonly [Value, Value])[] = [];
      for (const { key, value } of e.entries) {
        const inner = evaluate(m, value, scope);
        if (key) entries.push([evaluate(m, key, scope), inner]);
        else if (inner.kind === 'dictionary' && inner.entries)
          for (const entry of inner.entries.values()) entries.push([entry.key, entry.value]);
        else return { kind: 'dictionary', entries: null };
      }
      return dictionary(entries);
    }
    case 'comprehension':
      return evaluateComprehension(m, e, scope);
    case 'template': {
      const parts = e.parts.map((p) => (typeof p === 'string' ? p : textOf(evaluate(m, p, scope))));
      return string(parts.every((p) => p !== null) ? parts.join('') : null);
    }
    case 'spread':
      return evaluate(m, e.value, scope);
    case 'await':
      return awaited(evaluate(m, e.value, scope));
    case 'yield':
      return evaluateYield(m, e, scope);
    case 'assign expression': {
      const before = e.operator === null ? null : evaluate(m, e.target, scope);
      const given = evaluate(m, e.value, scope);
      const value =
        before === null || e.operator === null
          ? given
          : e.operator === 'and' || e.operator === 'or' || e.operator === '??'
            ? UNKNOWN
            : binaryOperation(m, e.operator, before, given, e.range);
      assign(m, e.target, value, scope);
      return e.returnsOld && before ? before : value;
    }
    case 'unknown expression':
      for (const child of e.children) evaluate(m, child, scope);
      return UNKNOWN;
  }
}

/** What is sent into a generator is None, unless it is more than gone through. */
function evaluateYield(m: Machine, e: Yield, scope: Scope): Value {
  const value = e.value ? evaluate(m, e.value, scope) : NONE;
  const frame = m.frames.at(-1);
  const take = frame?.yielding;
  if (!take) return UNKNOWN;
  if (m.uncertain > frame.uncertain) throw new NotFollowed();
  if (!e.from) {
    take(value);
    return NONE;
  }
  const found = items(m, value);
  if (found === null) throw new NotFollowed();
  found.forEach(take);
  return UNKNOWN;
}

const textOf = (value: Value): string | null => {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'number' && value.integer && value.value !== null) return String(value.value);
  return null;
};

/** Names and attributes that hold a gradient's result are kept, for hovers. */
export function noteDerivative(m: Machine, range: Range, value: Value): void {
  if ((value.kind === 'tensor' || value.kind === 'none') && value.from)
    m.recorder.names.push({ range, name: m.source(range), call: value.from.call, source: value.from.source });
}

function evaluateSubscript(m: Machine, e: Subscript, scope: Scope): Value {
  const object = evaluate(m, e.object, scope);
  const index = evaluate(m, e.index, scope);
  return subscript(m, object, index, e.range);
}

function evaluateCall(m: Machine, e: Call, scope: Scope): Value {
  const callee = evaluate(m, e.callee, scope);
  const positional: Value[] = [];
  const ranges: Range[] = [];
  let keywords: Map<string, Value> | null = null;
  let keywordRanges: Map<string, Range> | null = null;
  let open = false;
  for (const arg of e.args) {
    const value = evaluate(m, arg.value, scope);
    if (arg.spread === 'list') {
      const spread = items(m, value);
      if (spread === null) open = true;
      else {
        positional.push(...spread);
        ranges.push(...spread.map(() => arg.range));
      }
    } else if (arg.spread === 'dictionary') {
      if (value.kind !== 'dictionary' || value.entries === null) open = true;
      else
        for (const entry of value.entries.values()) {
          if (entry.key.kind === 'string' && entry.key.value !== null) (keywords ??= new Map()).set(entry.key.value, entry.value);
          else open = true;
        }
    } else if (arg.keyword !== undefined) {
      (keywords ??= new Map()).set(arg.keyword, value);
      (keywordRanges ??= new Map()).set(arg.keyword, arg.value.range);
    } else {
      positional.push(value);
      ranges.push(arg.value.range);
    }
  }
  const site: CallSite = {
    range: e.range,
    argumentsRange: e.argumentsRange,
    positional: ranges,
    keywords: keywordRanges ?? NO_KEYWORDS,
  };
  const args = { positional, keywords: keywords ?? NO_KEYWORDS, open, site };
  return m.at(e.range, () => callValue(m, callee, args));
}

function evaluateCompare(m: Machine, e: Compare, scope: Scope): Value {
  const values: Value[] = [];
  for (const operand of e.operands) values.push(evaluate(m, operand, scope));
  let result: Value = UNKNOWN;
  for (const [i, operator] of e.operators.entries()) {
    const [a, b] = [values[i] ?? UNKNOWN, values[i + 1] ?? UNKNOWN];
    const one = compareValues(m, operator, a, b, e.range);
    if (e.operators.length === 1) return one;
    if (isGraphTest(m, one)) {
      result = result.kind === 'tensor' ? graphLogic(m, 'and', result, one) : one;
      continue;
    }
    const decided = truth(m, one);
    if (decided === false) return one;
    if (decided === null) return UNKNOWN;
    result = one;
  }
  return result;
}

/** `a and b` on tensors of a graph: both are evaluated. */
function graphLogic(m: Machine, operator: 'and' | 'or' | '??', a: Value, b: Value): Value {
  return callByName(m, operator === 'and' ? 'tf.logical_and' : 'tf.logical_or', a, b);
}

function evaluateSequence(m: Machine, e: Sequence, scope: Scope): Value {
  const found: Value[] = [];
  for (const element of e.elements) {
    const value = evaluate(m, element, scope);
    if (element.kind !== 'spread') found.push(value);
    else {
      const spread = items(m, value);
      if (spread === null) return { kind: 'list', type: e.type, items: null };
      found.push(...spread);
    }
  }
  if (e.type === 'tuple') return tuple(found);
  if (e.type === 'list') return list(found);
  return { kind: 'list', type: 'set', items: distinct(found) };
}

function distinct(values: readonly Value[]): readonly Value[] | null {
  const seen = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf(value);
    if (key === null) return values.length === 1 ? values : null;
    seen.set(key, value);
  }
  return [...seen.values()];
}

/** The items in order; null after the last that is known. */
function oneByOne(m: Machine, iterable: Value): Next {
  if (iterable.kind === 'list' && iterable.next) return iterable.next;
  const found = items(m, iterable);
  let at = 0;
  return () => (found === null ? null : (found[at++] ?? 'end'));
}

function evaluateComprehension(m: Machine, e: Comprehension, scope: Scope): Value {
  const inner = newScope(scope, 'function');
  if (e.type === 'generator') return generatorExpression(m, e, scope, inner);
  const found: Value[] = [];
  const keys: Value[] = [];
  let known = true;
  const clause = (at: number): void => {
    const next = e.clauses[at];
    if (!next) {
      if (e.key) keys.push(evaluate(m, e.key, inner));
      found.push(evaluate(m, e.element, inner));
      return;
    }
    const iterable = evaluate(m, next.iterable, at === 0 ? scope : inner);
    for (let item: Value | 'end' | null, source = oneByOne(m, iterable); (item = source()) !== 'end';) {
      if (item === null) known = false;
      const isLast = item === null;
      item ??= UNKNOWN;
      assign(m, next.target, item, inner);
      const tests = next.conditions.map((c) => truth(m, evaluate(m, c, inner)));
      if (tests.includes(false)) {
        if (isLast) break;
        continue;
      }
      if (tests.includes(null)) known = false;
      clause(at + 1);
      if (isLast) break;
    }
  };
  if (e.clauses.length > 0) clause(0);
  switch (e.type) {
    case 'list':
      return list(known ? found : null);
    case 'set':
      return { kind: 'list', type: 'set', items: known ? distinct(found) : null };
    case 'dictionary':
      return known ? dictionary(keys.map((k, i) => [k, found[i] ?? UNKNOWN] as const)) : { kind: 'dictionary', entries: null };
  }
}
