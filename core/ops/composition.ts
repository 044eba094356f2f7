// Ops that TensorFlow has as one and that are, for what they compute, a composition of others: their derivatives are taken through the composition.
import type { Operations } from '../operations.ts';
import { primal, rowOf } from '../row.ts';
import { GradientTape } from '../tape.ts';
import type { Origin, Tensor } from '../tensor.ts';

type Composition = (inputs: readonly Tensor[]) => readonly Tensor[];

/** Gradients by a tape of its own, as some of TensorFlow's gradient functions take them. `upstream`: one per output, null for zeros. */
export function tapedGradient(
  inputs: readonly Tensor[],
  upstream: readonly (Tensor | null)[],
  o: Operations,
  body: Composition,
): (Tensor | null)[] {
  const tape = new GradientTape(o.eager, { persistent: false, watchAccessedVariables: false });
  tape.enter();
  for (const input of inputs) tape.watch(input);
  const outputs = body(inputs);
  tape.exit();
  const given = outputs.flatMap((y, i) => (upstream[i] ? [{ y, dy: upstream[i] }] : []));
  return tape.gradient(
    given.map(({ y }) => y),
    inputs,
    { outputGradients: given.map(({ dy }) => dy) },
  );
}

/** The mathematical gradients of a composition: reverse mode over its ops, each with its `exact` gradient where it has one. */
export function exactGradient(
  inputs: readonly Tensor[],
  upstream: readonly (Tensor | null)[],
  o: Operations,
  body: Composition,
): (Tensor | null)[] {
  // Under names of their own: one tensor may stand in two places.
  const own = inputs.map((input) => o.identity(input));
  const outputs = o.eager.keepingOrigins(true, () => body(own));
  const partials = new Map<number, Tensor>();
  const give = (id: number, gradient: Tensor): void => {
    const before = partials.get(id);
    partials.set(id, before ? o.add(before, gradient) : gradient);
  };
  outputs.forEach((y, i) => {
    const dy = upstream[i];
    if (dy) give(y.id, dy);
  });
  const origins = originsOf(outputs, own);
  const reached = new Set(own.map((t) => t.id));
  for (const origin of origins) if (origin.inputs.some((t) => reached.has(t.id))) for (const y of origin.outputs) reached.add(y.id);
  for (const { name, inputs: from, outputs: to, attributes } of origins.reverse()) {
    const row = rowOf(name);
    const how = row.exact ?? row.gradient;
    const given = to.map((y) => partials.get(y.id) ?? null);
    if (typeof how !== 'function' || given.every((dy) => dy === null)) continue;
    const filled = given.map((dy, i) => dy ?? o.zerosConstant(to[i] as Tensor));
    const context = {
      dy: filled[0] as Tensor,
      upstream: filled,
      needs: from.map((t) => reached.has(t.id)),
      given: given.map((dy) => dy !== null),
    };
    how(Object.assign(primal(row, from, to, attributes), context), o).forEach((gradient, i) => {
      const input = from[i];
      if (gradient && input && reached.has(input.id)) give(input.id, gradient);
    });
  }
  return own.map((input) => partials.get(input.id) ?? null);
}

/** Tangents [directions, …] of a composition's outputs, pushed through each of its ops. */
export function composedTangent(
  inputs: readonly Tensor[],
  tangents: readonly (Tensor | null)[],
  directions: number,
  o: Operations,
  body: Composition,
): (Tensor | null)[] {
  const own = inputs.map((input) => o.identity(input));
  const known = new Map<number, Tensor>();
  own.forEach((input, i) => {
    const tangent = tangents[i];
    if (tangent) known.set(input.id, tangent);
  });
  const outputs = o.eager.keepingOrigins(true, () => body(own));
  for (const { name, inputs: from, outputs: to, attributes } of originsOf(outputs, own)) {
    const row = rowOf(name);
    const given = from.map((t) => known.get(t.id) ?? null);
    if (row.tangent === 'none' || given.every((t) => t === null)) continue;
    const found = row.tangent(Object.assign(primal(row, from, to, attributes), { tangents: given, directions }), o);
    found.forEach((tangent, i) => {
      const output = to[i];
      if (tangent && output) known.set(output.id, tangent);
    });
  }
  return outputs.map((y) => known.get(y.id) ?? null);
}

/** The ops between some inputs and these outputs, in the order they were carried out. */
function originsOf(outputs: readonly Tensor[], inputs: readonly Tensor[]): Origin[] {
  const stop = new Set(inputs.map((t) => t.id));
  const found = new Set<Origin>();
  const stack = [...outputs];
  for (let t = stack.pop(); t; t = stack.pop()) {
    if (t.origin === null || stop.has(t.id) || found.has(t.origin)) continue;
    found.add(t.origin);
    stack.push(...t.origin.inputs);
  }
  return [...found].sort((a, b) => a.sequence - b.sequence);
}
