// Functions of the program: making them, decorating them, calling them.
import type { FunctionDefinition } from '../ir/ir.ts';
import { callValue, unknownCall } from './call.ts';
import { plainCall } from './convert.ts';
import { customGradient } from './custom-gradient.ts';
import { disturb } from './effects.ts';
import { evaluate } from './evaluate.ts';
import { assign, declareTarget, execute } from './execute.ts';
import { traced } from './graph/function.ts';
import { isLeftAlone } from './graph/lambdas.ts';
import { joinValues } from './join.ts';
import type { Completion, Frame, Machine } from './machine.ts';
import { newScope } from './names.ts';
import { settled } from './script/promises.ts';
import {
  type CallArguments,
  type ClassValue,
  dictionary,
  type FunctionValue,
  list,
  type ListValue,
  NONE,
  type Scope,
  string,
  tuple,
  UNKNOWN,
  type Value,
} from './values.ts';

export function functionFrom(m: Machine, definition: FunctionDefinition, scope: Scope, owner: ClassValue | null = null): FunctionValue {
  const defaults = new Map<number, Value>();
  if (m.language === 'python') definition.parameters.forEach((p, i) => p.default && defaults.set(i, evaluate(m, p.default, scope)));
  const isMadeConverted = m.graphDepth > 0 && m.converts;
  const made: FunctionValue = {
    kind: 'function',
    definition,
    scope,
    defaults,
    owner,
    flavour: 'plain',
    ...(isMadeConverted && { isMadeConverted }),
  };
  m.functions.set(definition, made);
  return made;
}

/** Applies decorators, innermost first. One that is not known leaves something unknown. */
export function decorated(m: Machine, made: FunctionValue, definition: FunctionDefinition, scope: Scope): Value {
  let value: Value = made;
  for (const expression of [...definition.decorators].reverse()) {
    const decorator = evaluate(m, expression, scope);
    value = m.at(expression.range, () => callValue(m, decorator, plainCall(m, [value])));
  }
  return value;
}

/** How deeply functions may call each other. */
const DEPTH = 60;

export function callFunctionValue(m: Machine, f: FunctionValue, args: CallArguments, self: Value | null = null): Value {
  if (f.flavour === 'custom gradient') return customGradient(m, f, args, self);
  if (f.flavour === 'tf.function') return traced(m, f, args, self);
  return callPlain(m, f, args, self);
}

export function callPlain(m: Machine, f: FunctionValue, args: CallArguments, self: Value | null): Value {
  if (m.depth >= DEPTH) {
    m.metUnknown = true;
    return UNKNOWN;
  }
  const recursions = undecidedRecursions(m, f);
  if (recursions > MOST_UNDECIDED) return givenUp(m, f, args, self);
  const scope = newScope(f.scope, 'function');
  if (self && f.definition.isArrow !== true && m.language === 'script') scope.variables.set('this', self);
  const positional = self && m.language === 'python' ? [self, ...args.positional] : args.positional;
  bindParameters(m, f, { ...args, positional }, scope);
  m.called.add(f.definition);
  const body = () => run(m, f, scope, self ?? positional[0] ?? null, recursions);
  if (f.definition.isAsync && m.language === 'script') return settled(body);
  if (f.definition.isGenerator || (f.definition.isAsync && m.language === 'python'))
    return generator(m, f, (take) => void run(m, f, scope, self ?? positional[0] ?? null, recursions, take));
  if (m.depth === 0) return m.rationed(() => unconverted(m, f, body)) ?? givenUp(m, f, args, self);
  return unconverted(m, f, body);
}

const unconverted = (m: Machine, f: FunctionValue, body: () => Value): Value =>
  f.unconverted === true || (m.graphDepth > 0 && isLeftAlone(m, f)) ? m.converting(false, body) : body();

/** How often functions may call themselves under branches that nobody can decide: every such call doubles what there is to do. */
const MOST_UNDECIDED = 3;

function undecidedRecursions(m: Machine, f: FunctionValue): number {
  const around = m.frames.at(-1)?.recursions ?? 0;
  if (m.uncertain === 0) return around;
  const isRecursion = m.frames.some((frame) => frame.definition === f.definition && frame.uncertain < m.uncertain);
  return isRecursion ? around + 1 : around;
}

/** A call that is not followed: what it gives and what it changes is not known. */
function givenUp(m: Machine, f: FunctionValue, args: CallArguments, self: Value | null): Value {
  disturb(m, self ? { kind: 'method', self, function: f } : f);
  return unknownCall(m, args);
}

/** Runs a function's body in its scope. */
function run(m: Machine, f: FunctionValue, scope: Scope, self: Value | null, recursions: number, yielding?: Frame['yielding']): Value {
  m.depth++;
  m.frames.push({
    owner: f.owner,
    self,
    definition: f.definition,
    uncertain: m.uncertain,
    recursions,
    round: null,
    ...(yielding && { yielding }),
  });
  try {
    const isReturn = (c: Completion) => c.type === 'return';
    const { completion, early } = m.bounded('function', isReturn, () => execute(m, f.definition.body, scope));
    const values = early.flatMap((c) => (c.type === 'return' ? [c.value] : []));
    if (completion.type === 'return') values.push(completion.value);
    else if (completion.type === 'normal') values.push(m.language === 'script' ? { kind: 'none', undefined: true } : NONE);
    return values.length === 0 ? UNKNOWN : joinValues(m, values);
  } finally {
    m.depth--;
    m.frames.pop();
  }
}

/** A generator's body is run where what it yields is asked for as a whole; elsewhere what it yields, and when, is not known. */
function generator(m: Machine, f: FunctionValue, body: NonNullable<ListValue['generator']>): Value {
  if (!f.definition.isGenerator) {
    m.metUnknown = true;
    disturb(m, f);
    return UNKNOWN;
  }
  const element = () => {
    m.metUnknown = true;
    disturb(m, f);
    return UNKNOWN;
  };
  return { kind: 'list', type: 'iterator', items: null, element, ...(m.graphDepth === 0 && { generator: body }) };
}

function bindParameters(m: Machine, f: FunctionValue, args: CallArguments, scope: Scope): void {
  const rest = [...args.positional];
  const keywords = new Map(args.keywords);
  const missing: string[] = [];
  f.definition.parameters.forEach((p, i) => {
    if (m.language === 'script') declareTarget(m, p.target, scope);
    const name = p.target.kind === 'name' ? p.target.name : null;
    if (p.kind === 'rest') {
      assign(m, p.target, m.language === 'python' ? tuple(args.open ? null : rest.splice(0)) : list(rest.splice(0)), scope);
      return;
    }
    if (p.kind === 'keywords') {
      assign(
        m,
        p.target,
        args.open ? { kind: 'dictionary', entries: null } : dictionary([...keywords].map(([k, v]) => [string(k), v] as const)),
        scope,
      );
      keywords.clear();
      return;
    }
    const given = p.kind !== 'keyword only' && rest.length > 0 ? rest.shift() : undefined;
    const named = given === undefined && name !== null && p.kind !== 'positional only' ? keywords.get(name) : undefined;
    if (named !== undefined && name !== null) keywords.delete(name);
    const value = given ?? named;
    if (value !== undefined && !(value.kind === 'none' && value.undefined && p.default)) assign(m, p.target, value, scope);
    else if (m.language === 'script')
      assign(m, p.target, p.default ? evaluate(m, p.default, scope) : { kind: 'none', undefined: true }, scope);
    else {
      const otherwise = f.defaults.get(i);
      if (otherwise === undefined && !args.open && name) missing.push(name);
      assign(m, p.target, otherwise ?? UNKNOWN, scope);
    }
  });
  if (m.language !== 'python' || args.open || m.speculative) return;
  if (missing.length > 0)
    m.raise(
      'TypeError',
      `${f.definition.name}() missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${missing.map((n) => `'${n}'`).join(' and ')}`,
      null,
    );
  const [unexpected] = keywords.keys();
  if (unexpected !== undefined) m.raise('TypeError', `${f.definition.name}() got an unexpected keyword argument '${unexpected}'`, null);
  if (rest.length > 0)
    m.raise(
      'TypeError',
      `${f.definition.name}() takes ${f.definition.parameters.length} positional arguments but ${args.positional.length} were given`,
      null,
    );
}
