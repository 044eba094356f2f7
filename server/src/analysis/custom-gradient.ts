// `tf.custom_gradient`: the function's own gradient takes the place of its ops' on every tape that knows one of its inputs; and what is made with it.
// TensorFlow: python/ops/custom_gradient.py.
import { OpError } from '../../../core/shape.ts';
import { GradientTape } from '../../../core/tape.ts';
import type { Tensor, Variable } from '../../../core/tensor.ts';
import { callValue } from './call.ts';
import { asTensor, guarded, plainCall } from './convert.ts';
import { leaveNameless } from './formula.ts';
import { callPlain } from './functions.ts';
import type { Machine } from './machine.ts';
import { typeName } from './operators.ts';
import { flatten, pack } from './structure.ts';
import { knowledgeOf } from './tensors.ts';
import { type CallArguments, type FunctionValue, list, native, tensorValue, tuple, UNKNOWN, type Value } from './values.ts';

/** Gradients of the inputs and of the variables that were read, from those of the outputs; null where they are not known. */
type Gradient = (
  upstream: readonly Tensor[],
  variables: readonly Variable[],
) => { readonly inputs: readonly (Tensor | null)[]; readonly variables: readonly (Tensor | null)[] } | null;

/** What a function with a gradient of its own gives: its value, and the gradient; null where that is not known. */
interface Forward {
  readonly value: Value;
  readonly gradient: Gradient;
  /** Whether the gradient may be asked for those of variables. */
  readonly takesVariables: boolean;
}

export function customGradient(m: Machine, f: FunctionValue, args: CallArguments, self: Value | null): Value {
  if (args.keywords.size > 0 && m.graphDepth > 0)
    return m.raise(
      'ValueError',
      'The custom_gradient decorator currently supports keywords arguments only when eager execution is enabled.',
      null,
    );
  return guarded(m, () =>
    withGradient(m, 'CustomGradient', args, (given) => {
      const result = callPlain(m, { ...f, flavour: 'plain' }, given, self);
      if (result.kind !== 'list' || result.items?.length !== 2) return null;
      const [value = UNKNOWN, gradient = UNKNOWN] = result.items;
      if (gradient.kind === 'unknown') return null;
      return { value, gradient: gradientOf(m, gradient), takesVariables: takesVariables(gradient) };
    }),
  );
}

function gradientOf(m: Machine, f: Value): Gradient {
  return (upstream, variables) => {
    upstream.forEach(leaveNameless);
    const given =
      variables.length === 0 ? [] : [['variables', list(variables.map((variable) => ({ kind: 'variable', variable })))] as const];
    const result = callValue(m, f, { ...plainCall(m, upstream.map(tensorValue)), keywords: new Map(given) });
    const parts = variables.length > 0 && result.kind === 'list' ? result.items : [result, tuple([])];
    const [inputs, ofVariables] = (parts ?? []).map((part) => flatten(part)?.map((v) => gradientTensor(m, v)) ?? null);
    return inputs && ofVariables ? { inputs, variables: ofVariables } : null;
  };
}

const gradientTensor = (m: Machine, v: Value): Tensor | null =>
  v.kind === 'none' ? null : (asTensor(m, v) ?? m.backend.opaque(null, null, { tainted: true }));

function takesVariables(gradient: Value): boolean {
  if (gradient.kind !== 'function') return true;
  if (gradient.flavour === 'custom gradient') return true;
  return gradient.definition.parameters.some((p) => p.kind === 'keywords' || (p.target.kind === 'name' && p.target.name === 'variables'));
}

/** Carries a function out and puts its own gradient in the place of its ops'. */
function withGradient(m: Machine, name: string, args: CallArguments, forward: (given: CallArguments) => Forward | null): Value {
  const structure = list([...args.positional]);
  const flat = args.open ? null : flatten(structure);
  const inputs = flat?.map((v) => asTensor(m, v));
  if (!inputs?.every((t) => t !== null)) {
    m.metUnknown = true;
    return UNKNOWN;
  }
  // In a graph the function is given tensors, so a variable that it reads by itself is not among what it was asked for.
  const inGraph = m.graphDepth > 0;
  const asked = new Set(inGraph ? [] : flat?.flatMap((v) => (v.kind === 'variable' ? [v.variable] : [])));
  const packed = inGraph ? pack(structure, inputs.map(tensorValue)) : structure;
  const given = packed.kind === 'list' ? { ...args, positional: packed.items ?? [] } : args;
  const { result: found, variables } = watching(m, () => forward(given));
  const read = variables.filter((v) => !asked.has(v));
  if (!found) return UNKNOWN;
  if (read.length > 0 && !found.takesVariables)
    return m.raise(
      'TypeError',
      "@tf.custom_gradient grad_fn must accept keyword argument 'variables', since function uses variables: [...]",
      null,
    );
  const results = flatten(found.value)?.map((v) => asTensor(m, v));
  if (!results?.every((t) => t !== null)) return UNKNOWN;
  // In a graph the function's own results are inputs too, without a gradient: nothing of its inside is seen past them.
  const before = inGraph ? results : [];
  const outputs = results.map((t) => m.operations.identity(t));
  m.eager.recordCustom(name, [...before, ...inputs, ...read.map((v) => m.eager.read(v))], outputs, (upstream) => {
    const gradients = found.gradient(upstream, read);
    const unknown = (t: Tensor) => m.backend.opaque(t.shape, t.dtype, { tainted: true });
    if (!gradients) return [...before.map(() => null), ...inputs.map(unknown), ...read.map((v) => unknown(v.value))];
    if (gradients.inputs.length !== inputs.length)
      throw new OpError(
        'ValueError',
        `custom_gradient function expected to return ${inputs.length} gradients, but returned ${gradients.inputs.length} instead.`,
      );
    return [...before.map(() => null), ...gradients.inputs, ...gradients.variables];
  });
  return pack(found.value, outputs.map(tensorValue));
}

/** The trainable variables that are read meanwhile. */
function watching<T>(m: Machine, body: () => T): { readonly result: T; readonly variables: readonly Variable[] } {
  const variables = new Set<Variable>();
  const before = m.eager.variableWatcher;
  m.eager.variableWatcher = (v) => {
    before?.(v);
    if (v.trainable) variables.add(v);
  };
  try {
    return { result: body(), variables: [...variables] };
  } finally {
    m.eager.variableWatcher = before;
  }
}

/** `tf.grad_pass_through`: forwards the function, backwards nothing but what comes in. */
export const gradientPassedThrough = (m: Machine, f: Value): Value =>
  native('grad_pass_through', (args) =>
    guarded(m, () =>
      withGradient(m, 'CustomGradient', args, (given) => ({
        value: callValue(m, f, given),
        takesVariables: true,
        gradient: (upstream, variables) => ({ inputs: upstream, variables: variables.map(() => null) }),
      })),
    ),
  );

// ------------------------------------------------------------------------------------------------ recompute_grad

/** Forgets what is inside a function, and carries it out once more when its gradient is asked for. */
export const recomputeGradient = (m: Machine, f: Value): Value =>
  native('recompute_grad', (args) =>
    guarded(m, () =>
      withGradient(m, 'RecomputeGrad', args, (given) => ({
        value: m.eager.forgetting(() => callValue(m, f, given)),
        takesVariables: true,
        gradient: (upstream, variables) => recomputed(m, f, given, upstream, variables),
      })),
    ),
  );

function recomputed(m: Machine, f: Value, args: CallArguments, upstream: readonly Tensor[], variables: readonly Variable[]) {
  const structure = list([...args.positional]);
  const leaves = flatten(structure) ?? [];
  const result = withGradient(m, 'RecomputeGradBackward', plainCall(m, upstream.map(tensorValue)), () => {
    const tape = new GradientTape(m.eager, { persistent: false, watchAccessedVariables: true });
    tape.enter();
    let again: Value;
    const copies = leaves.map((v) => asTensor(m, v)).map((t) => (t ? m.operations.identity(t) : null));
    try {
      copies.forEach((t) => t && tape.watch(t));
      variables.forEach((v) => tape.watchVariable(v));
      const filled = pack(
        structure,
        copies.map((t) => (t ? tensorValue(t) : UNKNOWN)),
      );
      again = callValue(m, f, { ...args, positional: filled.kind === 'list' ? (filled.items ?? []) : [] });
    } finally {
      tape.exit();
    }
    const targets = flatten(again)?.map((v) => asTensor(m, v));
    if (!targets?.every((t) => t !== null) || copies.some((t) => t === null)) return null;
    const sources = [...copies.flatMap((t) => t ?? []), ...variables.map((v) => v.handle)];
    const shown = [...copies.flatMap((t) => t ?? []), ...variables.map((v) => v.value)];
    // Where it is not known how the targets came about, neither is it what they do not depend on.
    const isSure = targets.every((t) => !knowledgeOf(t).tainted);
    const without = (t: Tensor): Tensor => (isSure ? m.operations.zerosLike(t) : m.backend.opaque(t.shape, t.dtype, { tainted: true }));
    const gradients = tape.walk(targets, sources, upstream).map((g, i) => g ?? without(shown[i] as Tensor));
    return {
      value: list(gradients.map(tensorValue)),
      takesVariables: true,
      gradient: () => {
        if (f.kind === 'instance') throw new OpError('AttributeError', `'${typeName(f)}' object has no attribute '__name__'`);
        throw new OpError(
          'NotImplementedError',
          `recompute_grad tried to transpose grad of ${f.kind === 'function' ? f.definition.name || '<lambda>' : 'function'}. Consider not using recompute_grad in forward modeautodiff`,
        );
      },
    };
  });
  const found = flatten(result)?.map((v) => asTensor(m, v));
  return found ? { inputs: found.slice(0, leaves.length), variables: found.slice(leaves.length) } : null;
}
