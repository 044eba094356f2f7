// `tf.grad` and its kin, `tf.variableGrads`, `tf.customGrad`: what TensorFlow.js gives where a gradient function is applied, or throws.
import { UnknownArgument } from '../../../../core/api/value.ts';
import { kernelOfRow, NOT_ENCLOSED, scriptError, toScriptTensor } from '../../../../core/script/index.ts';
import { OpError } from '../../../../core/shape.ts';
import type { Tensor, Variable } from '../../../../core/tensor.ts';
import type { Range } from '../../ir/ir.ts';
import { callValue } from '../call.ts';
import { plainCall, toCore } from '../convert.ts';
import type { CallError, Method, RaiseReason, Remark, SourceFact } from '../facts.ts';
import { formulaOf, leaveNameless, nameOf } from '../formula.ts';
import { type Machine, ProgramRaise } from '../machine.ts';
import { ancestorsOf, findPath } from '../reasons.ts';
import { type AbstractTensor, knowledgeOf, siteOf } from '../tensors.ts';
import { derivativeOf, derivativeOrder, markDerivative } from '../derivatives.ts';
import { type CallArguments, type CallSite, dictionary, list, native, NONE, string, tensorValue, UNKNOWN, type Value } from '../values.ts';
import { inScope, keep } from './disposal.ts';
import { placeOf } from './place.ts';
import { surelyDifferent } from './shapes.ts';

type Applied = 'grad' | 'grads' | 'valueAndGrad' | 'valueAndGrads';

/** The outcome of a gradient call cannot be told. */
class NotKnown extends Error {}

/** Gradient functions of functions; null where the name is another. */
export function gradientFunction(m: Machine, name: string): Value | null {
  if (name !== 'grad' && name !== 'grads' && name !== 'valueAndGrad' && name !== 'valueAndGrads') return null;
  return native(`tf.${name}`, (made) => {
    const f = made.positional[0] ?? UNKNOWN;
    if (surelyNoFunction(f)) return m.raise('Error', `The f passed in ${name}(f) must be a function`, made.site.range);
    return native(`tf.${name}(f)`, (args) => apply(m, name, f, made.site.positional[0] ?? null, args));
  });
}

const surelyNoFunction = (f: Value): boolean => f.kind === 'tensor' || f.kind === 'variable' || f.kind === 'none' || f.kind === 'number';
const isTensorValue = (v: Value): v is Value & { kind: 'tensor' | 'variable' } => v.kind === 'tensor' || v.kind === 'variable';
const tensorIn = (v: Value & { kind: 'tensor' | 'variable' }): Tensor => (v.kind === 'tensor' ? v.tensor : v.variable.value);

// ------------------------------------------------------------------------------------------------ asking

interface Asked {
  readonly method: Method;
  readonly site: CallSite;
  /** Runs the function that is differentiated. */
  readonly f: () => Value;
  readonly xs: readonly Tensor[];
  readonly dy: Tensor | null;
  readonly allowNone: boolean;
  /** The facts of one x: what the program calls it. */
  readonly nameOf: (i: number) => string;
  readonly sourcesRange: Range | null;
  /** The function that is differentiated, as it is written. */
  readonly targetRange: Range | null;
  /** Further checks of what comes out, in TensorFlow.js's order; they throw OpError. */
  readonly check: (value: Tensor, gradients: readonly (Tensor | null)[]) => void;
  /** Which of the xs the result holds, in the order of the facts; all of them by default. */
  readonly kept?: (gradients: readonly (Tensor | null)[]) => readonly { readonly x: number; readonly isNull: boolean }[];
}

interface Answer {
  readonly value: Tensor;
  /** One per x, marked as what this call gave. */
  readonly gradients: readonly (Value | null)[];
}

/** Asks the engine, and records what comes of it. Null where that is not known. */
function ask(m: Machine, q: Asked): Answer | null {
  m.step(10);
  const { engine } = m;
  // `tf.grad(tf.grad(f))`: the inner gradient function is applied by TensorFlow.js, not by the program.
  const isWritten = q.site.argumentsRange !== null;
  const { range } = q.site;
  const site = isWritten ? m.recorder.site(range, q.method, q.targetRange, q.sourcesRange, placeOf(m, q.site)) : -1;
  const certain = m.uncertain === 0 && !m.speculative;
  let order = 1;
  const record = (outcome: 'returns' | 'raises' | 'unknown', error: CallError | null, sources: readonly SourceFact[]) =>
    m.recorder.add(site, { outcome, error, sources, order, tape: null, unconnectedZero: false, certain });
  const notKnown = (): null => {
    record('unknown', null, []);
    m.metUnknown = true;
    return null;
  };
  let target: Tensor | null = null;
  try {
    if (!engine) throw new NotKnown();
    for (const x of q.xs) (x as AbstractTensor).release();
    const { value, gradients } = engine.gradients(
      () => {
        const y = q.f();
        if (y.kind === 'unknown') throw new NotKnown();
        target = isTensorValue(y) ? tensorIn(y) : null;
        if (target) order = 1 + derivativeOrder(target);
        return target;
      },
      q.xs,
      q.dy,
      q.allowNone,
    );
    q.check(value, gradients);
    const kept = q.kept?.(gradients) ?? gradients.map((_, x) => ({ x, isNull: false }));
    const facts = kept.map(({ x, isNull }): SourceFact => factOf(m, q, value, x, isNull ? null : (gradients[x] ?? null)));
    record('returns', null, facts);
    return {
      value,
      gradients: gradients.map((g, x) => {
        if (!g) return null;
        markDerivative(g, order, derivativeOf(value, rootOf(m, q.targetRange), q.nameOf(x)));
        const source = kept.findIndex((k) => k.x === x);
        return isWritten ? { kind: 'tensor', tensor: g, from: { call: site, source } } : tensorValue(g);
      }),
    };
  } catch (e) {
    if (e instanceof NotKnown || e instanceof UnknownArgument) return notKnown();
    if (!(e instanceof OpError || e instanceof ProgramRaise)) throw e;
    const isOurs = e instanceof OpError;
    const { type, message } = isOurs ? e : e.exception;
    if (isOurs && target && knowledgeOf(target).tainted && message.startsWith('Cannot')) return notKnown();
    const reason = isOurs ? reasonOf(m, message, target, q.xs) : (reasons.get(e) ?? null);
    if (m.speculative) record('unknown', null, []);
    else record('raises', { type, message, reason }, []);
    if (!isOurs) throw e;
    const raised = new ProgramRaise({ type, message, range, fromCall: null });
    if (reason) reasons.set(raised, reason);
    throw raised;
  }
}

/** What the function is called. */
function rootOf(m: Machine, range: Range | null): string {
  const text = range ? m.source(range) : '';
  return /^[A-Za-z_]\w*$/.test(text) ? text : 'f';
}

/** Why an exception came, for the gradient functions that it passes on its way. */
const reasons = new WeakMap<ProgramRaise, RaiseReason>();

function factOf(m: Machine, q: Asked, value: Tensor, x: number, gradient: Tensor | null): SourceFact {
  const name = q.nameOf(x);
  const [source] = [q.xs[x]];
  const tainted = gradient !== null && knowledgeOf(gradient).zero && knowledgeOf(value).tainted;
  return {
    name,
    range: q.sourcesRange,
    outcome: gradient === null ? 'none' : tainted ? 'unknown' : knowledgeOf(gradient).zero ? 'zeros' : 'value',
    reasons: gradient === null ? [{ kind: 'unconnected', cause: null, path: [] }] : [],
    shape: gradient === null ? null : (source?.shape ?? null),
    dtype: gradient === null ? null : 'float32',
    formula: gradient && !tainted ? formulaOf(m, gradient, derivativeOf(value, rootOf(m, q.targetRange), name)) : null,
    remarks: gradient && source ? wrongSecond(m, value, source) : [],
  };
}

/** A kept output that the value was made of, and that depends on x: a tensor that TensorFlow.js's tape does not connect with it. */
function keptOutput(m: Machine, value: Tensor, x: Tensor): { readonly operation: string; readonly cause: Range | null } | null {
  for (const t of ancestorsOf([value])) {
    const cut = m.engine?.cutOff.get(t);
    if (!cut || !findPath([cut.original], x, true) || !findPath([value], t, true)) continue;
    return { operation: cut.kernel === 'customGrad' ? 'customGrad' : lowered(cut.kernel), cause: siteOf(cut.original) };
  }
  return null;
}
const lowered = (kernel: string): string => kernel.charAt(0).toLowerCase() + kernel.slice(1);

function wrongSecond(m: Machine, value: Tensor, x: Tensor): readonly Remark[] {
  const kept = keptOutput(m, value, x);
  return kept ? [{ kind: 'wrong-second-derivative', operation: kept.operation, cause: kept.cause, path: [] }] : [];
}

function reasonOf(m: Machine, message: string, target: Tensor | null, xs: readonly Tensor[]): RaiseReason | null {
  const missing = /gradient function not found for (\w+)/.exec(message)?.[1];
  if (missing !== undefined) {
    const used = target ? [...ancestorsOf([target])].find((t) => t.origin && kernelOfRow(t.origin.name)?.name === missing) : undefined;
    return { kind: 'missing-kernel-gradient', operation: missing, cause: used ? siteOf(used) : null, path: [] };
  }
  if (!target || !/^Cannot (compute gradient of|find a connection)/.test(message)) return null;
  const kept = xs.map((x) => keptOutput(m, target, x)).find((k) => k !== null) ?? null;
  const zeroIsTruth = derivativeOrder(target) > 0 && kept === null && xs.every((x) => findPath([target], x, true) === null);
  return { kind: 'not-enclosed', cause: kept?.cause ?? siteOf(target), path: [], keptOutputOf: kept?.operation ?? null, zeroIsTruth };
}

// ------------------------------------------------------------------------------------------------ grad, grads, valueAndGrad, valueAndGrads

const CHECK_FAILED = `${NOT_ENCLOSED.replace('sure that the', 'sure that\n    the')}`;

function apply(m: Machine, method: Applied, f: Value, targetRange: Range | null, args: CallArguments): Value {
  const many = method === 'grads' || method === 'valueAndGrads';
  const tensorsOnly = method === 'valueAndGrad' || method === 'valueAndGrads';
  const sourcesRange = args.site.positional[0] ?? null;
  const text = sourcesRange ? m.source(sourcesRange) : 'x';
  const [given = UNKNOWN, givenDy] = args.positional;
  const run = (): Answer | null => {
    const base = { method, site: args.site, sourcesRange, targetRange, allowNone: false };
    const refuse = (message: string): Answer | null =>
      ask(m, { ...base, ...throwing(message), dy: null, nameOf: () => text, check: () => undefined });
    if (args.open || given.kind === 'unknown' || givenDy?.kind === 'unknown') return ask(m, { ...base, ...unknowable(text) });
    if (many && given.kind !== 'list')
      return refuse(
        tensorsOnly
          ? `The args passed in ${method}(f)(args) must be array of tensors`
          : `The args passed in ${method}(f)(args) must be an array of \`Tensor\`s or \`TensorLike\`s`,
      );
    const values = many ? (given.kind === 'list' ? given.items : null) : [given];
    if (values === null || values.some((v) => v.kind === 'unknown')) return ask(m, { ...base, ...unknowable(text) });
    if (tensorsOnly && !values.every(isTensorValue))
      return refuse(
        many ? `The args passed in ${method}(f)(args) must be array of tensors` : `The x passed in ${method}(f)(x) must be a tensor`,
      );
    const convert = (v: Value, argument: string): Tensor =>
      isTensorValue(v) ? tensorIn(v) : toScriptTensor(m.operations, toCore(m, v), 'string_or_numeric', argument, `tf.${method}`);
    let xs: readonly Tensor[];
    let dy: Tensor | null;
    try {
      xs = values.map((v) => convert(v, many ? 'args' : 'x'));
      dy = givenDy && givenDy.kind !== 'none' ? convert(givenDy, 'dy') : null;
    } catch (e) {
      if (e instanceof UnknownArgument) return ask(m, { ...base, ...unknowable(text) });
      if (e instanceof OpError) return refuse(e.message);
      throw e;
    }
    return ask(m, {
      ...base,
      f: () =>
        callValue(
          m,
          f,
          plainCall(
            m,
            xs.map((x, i) => (values[i]?.kind === 'variable' ? values[i] : tensorValue(x))),
          ),
        ),
      xs,
      dy,
      nameOf: (i) => (xs[i] && nameOf(m, xs[i])) ?? (many ? `${text}[${i}]` : text),
      check: (value, gradients) => {
        if (dy && surelyDifferent(value.shape, dy.shape))
          throw scriptError(`The shape of dy passed in ${method}(f)(x, dy) must match the shape returned by f(x)`);
        if (gradients.some((g) => g === null)) throw scriptError(CHECK_FAILED);
      },
    });
  };
  let answer: Answer | null = null;
  const packed = (): Value => {
    answer = run();
    if (answer === null) return UNKNOWN;
    const gradients = answer.gradients.map((g) => g ?? UNKNOWN);
    if (method === 'grad') return gradients[0] ?? UNKNOWN;
    if (method === 'grads') return list(gradients);
    return dictionary([
      [string('value'), tensorValue(answer.value)],
      many ? [string('grads'), list(gradients)] : [string('grad'), gradients[0] ?? UNKNOWN],
    ]);
  };
  // `grad` and `grads` tidy up behind them.
  return tensorsOnly ? packed() : inScope(m, packed);
}

/** A call whose answer nobody knows. */
const unknowable = (text: string): Pick<Asked, 'f' | 'xs' | 'dy' | 'nameOf' | 'check'> => ({
  f: () => UNKNOWN,
  xs: [NOTHING],
  dy: null,
  nameOf: () => text,
  check: () => undefined,
});
/** A call that is refused before its function runs. */
const throwing = (message: string): Pick<Asked, 'f' | 'xs'> => ({
  f: () => {
    throw scriptError(message);
  },
  xs: [NOTHING],
});
const NOTHING = { id: -1, shape: null, dtype: null, indexedSlices: false, origin: null, release: () => undefined } as Tensor;

// ------------------------------------------------------------------------------------------------ variableGrads

const NO_CONNECTION =
  'Cannot find a connection between any variable and the result of the loss function y=f(x). Please make sure the operations that use variables are inside the function f passed to minimize().';

/** What `variableGrads` gives: the value, and the gradients by the variables' names. Null where that is not known. */
export interface VariableGradients {
  readonly value: Tensor;
  readonly variables: readonly { readonly variable: Variable; readonly gradient: Value }[];
}

/** `f` and the list of variables as the caller's method takes them. */
export function gradientsOfVariables(
  m: Machine,
  method: 'variableGrads' | 'minimize',
  f: Value,
  varList: Value,
  site: CallSite,
): VariableGradients | null {
  const base = { method, site, sourcesRange: null, targetRange: site.positional[0] ?? null, allowNone: true, dy: null };
  const nobody = { nameOf: () => '', check: () => undefined };
  const given = varList.kind === 'none' ? null : varList.kind === 'list' ? varList.items : undefined;
  const refuse = (message: string): null => {
    ask(m, { ...base, ...nobody, ...throwing(message) });
    return null;
  };
  if (surelyNoFunction(f)) return refuse('The f passed in variableGrads(f) must be a function');
  if (given === undefined && varList.kind !== 'unknown')
    return refuse('The varList passed in variableGrads(f, varList) must be an array of variables');
  if (given?.some((v) => v.kind === 'tensor'))
    return refuse('The varList passed in variableGrads(f, varList) must be an array of variables');
  const variables = given === null ? m.variables : given?.map((v) => (v.kind === 'variable' ? v.variable : null));
  if (!variables || variables.some((v) => v === null) || f.kind === 'unknown') {
    ask(m, { ...base, ...unknowable('') });
    return null;
  }
  const all = variables.flatMap((v) => v ?? []);
  const trainable = all.filter((v) => v.trainable);
  const fixed = given === null ? [] : all.filter((v) => !v.trainable);
  if (trainable.length === 0)
    return refuse(
      `variableGrads() expects at least one of the input variables to be trainable, but none of the ${all.length} variables is trainable.`,
    );
  const everyone = [...trainable, ...fixed];
  const answer = ask(m, {
    ...base,
    f: () => callValue(m, f, plainCall(m, [])),
    xs: trainable.map((v) => v.value),
    nameOf: (i) => (everyone[i] ? (nameOf(m, everyone[i].value) ?? everyone[i].name) : ''),
    check: (value, gradients) => {
      if (gradients.every((g) => g === null)) throw scriptError(NO_CONNECTION);
      if (value.shape === null) throw new NotKnown();
      if (value.shape.length > 0)
        throw scriptError(`The f passed in variableGrads(f) must return a scalar, but it returned a rank-${value.shape.length} tensor`);
    },
    // The result is an object: what is not connected is not there, what is not trainable is null, and keys are in order.
    kept: (gradients) =>
      everyone
        .map((v, x) => ({ x, isNull: !v.trainable, name: v.name }))
        .filter(({ x, isNull }) => isNull || gradients[x])
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
  });
  if (!answer) return null;
  return {
    value: answer.value,
    variables: trainable.flatMap((variable, i) => {
      const gradient = answer.gradients[i];
      return gradient ? [{ variable, gradient }] : [];
    }),
  };
}

export function variableGrads(m: Machine, args: CallArguments): Value {
  const [f = UNKNOWN, varList = NONE] = args.positional;
  return gradientsAsObject(args.open ? null : gradientsOfVariables(m, 'variableGrads', f, varList, args.site));
}

export function gradientsAsObject(found: VariableGradients | null): Value {
  if (!found) return UNKNOWN;
  const grads = dictionary(found.variables.map(({ variable, gradient }) => [string(variable.name), gradient] as const));
  return dictionary([
    [string('value'), tensorValue(found.value)],
    [string('grads'), grads],
  ]);
}

// ------------------------------------------------------------------------------------------------ customGrad

const MUST_RETURN = 'The function f passed in customGrad(f) must return an object where';

/** `tf.customGrad(f)`. */
export function customGrad(m: Machine, made: CallArguments): Value {
  const [f = UNKNOWN] = made.positional;
  if (surelyNoFunction(f)) return m.raise('Error', 'The f passed in customGrad(f) must be a function.', made.site.range);
  return native('tf.customGrad(f)', (args) => {
    const { engine } = m;
    if (!engine || args.open || args.positional.some((v) => v.kind === 'unknown') || f.kind === 'unknown') {
      m.metUnknown = true;
      return UNKNOWN;
    }
    if (!args.positional.every(isTensorValue))
      return m.raise('Error', 'The args passed in customGrad(f)(x1, x2,...) must all be tensors', null);
    const inputs = args.positional.map(tensorIn);
    try {
      return tensorValue(engine.customGrad(inputs, (save) => custom(m, f, inputs, save)));
    } catch (e) {
      if (e instanceof OpError) return m.raise(e.type, e.message, null);
      if (!(e instanceof NotKnown)) throw e;
      m.metUnknown = true;
      return UNKNOWN;
    }
  });
}

function custom(
  m: Machine,
  f: Value,
  inputs: readonly Tensor[],
  save: (tensors: readonly Tensor[]) => void,
): { readonly value: Tensor; readonly gradient: (dy: Tensor, saved: readonly Tensor[]) => readonly Tensor[] } {
  const saver = native('save', (given) => {
    const kept = given.positional[0];
    if (kept?.kind !== 'list' || !kept.items?.every(isTensorValue)) throw new NotKnown();
    save(kept.items.map(tensorIn));
    return { kind: 'none', undefined: true };
  });
  const result = callValue(m, f, plainCall(m, [...inputs.map(tensorValue), saver]));
  if (result.kind === 'unknown' || (result.kind === 'dictionary' && result.entries === null)) throw new NotKnown();
  const field = (name: string): Value => (result.kind === 'dictionary' ? (result.entries?.get(`s${name}`)?.value ?? NONE) : NONE);
  const [value, gradFunc] = [field('value'), field('gradFunc')];
  if (value.kind === 'unknown' || gradFunc.kind === 'unknown') throw new NotKnown();
  if (!isTensorValue(value)) throw scriptError(`${MUST_RETURN} \`obj.value\` is a tensor`);
  if (gradFunc.kind === 'none' || isTensorValue(gradFunc)) throw scriptError(`${MUST_RETURN} \`obj.gradFunc\` is a function.`);
  return {
    value: tensorIn(value),
    gradient: (dy, saved) => {
      leaveNameless(dy);
      keep(m, list(saved.map(tensorValue)));
      const given = callValue(m, gradFunc, plainCall(m, [tensorValue(dy), list(saved.map(tensorValue))]));
      const found = given.kind === 'list' ? given.items : [given];
      if (found === null || found.some((v) => v.kind === 'unknown'))
        return inputs.map((t) => m.backend.opaque(t.shape, 'float32', { tainted: true }));
      if (found.length !== inputs.length)
        throw scriptError(
          `${MUST_RETURN} \`obj.gradFunc\` is a function that returns the same number of tensors as inputs passed to f(...).`,
        );
      if (!found.every(isTensorValue))
        throw scriptError(`${MUST_RETURN} \`obj.gradFunc\` is a function that returns a list of only tensors.`);
      return found.map(tensorIn);
    },
  };
}
