// A `tf.function` is one op to the tapes around it: `Call`, whose gradient is another Call. What the backward function reads of the forward one are further outputs of the
// forward one; that is how some Nones turn into zeros across the boundary. TensorFlow: python/eager/polymorphic_function/concrete_function.py.
import type { Eager } from './eager.ts';
import { OpError } from './shape.ts';
import { GradientTape } from './tape.ts';
import { isDifferentiable, newTensorId, type Origin, type Tensor, type Variable } from './tensor.ts';

/** Records every op, whatever its inputs are. */
class Graph extends GradientTape {
  readonly origins: Origin[] = [];
  /** Ids from here on were made inside. */
  readonly firstId = newTensorId();

  constructor(eager: Eager) {
    super(eager, { persistent: true, watchAccessedVariables: false });
    this.state = { ...this.state, phase: 'recording' };
  }

  override record(origin: Origin): void {
    this.origins.push(origin);
    for (const output of origin.outputs) this.state.producers.set(output.id, origin);
  }

  /** What the ops inside read that was not made inside: variables' handles, tensors of closures. */
  captures(given: readonly Tensor[]): Tensor[] {
    const known = new Set(given.map((t) => t.id));
    const found = new Map<number, Tensor>();
    for (const origin of this.origins)
      for (const input of origin.inputs)
        if (!this.state.producers.has(input.id) && !known.has(input.id) && input.id < this.firstId) found.set(input.id, input);
    return [...found.values()];
  }
}

/** The same tensor on the other side of the boundary: whoever follows the graph of all that was computed sees through it. */
function passedOn(eager: Eager, tensor: Tensor): Tensor {
  const other = eager.backend.alias(tensor);
  other.origin = {
    sequence: eager.sequence++,
    name: 'Identity',
    inputs: [tensor],
    outputs: [other],
    attributes: {},
    backward: ([dy]) => [dy ?? null],
  };
  return other;
}

/** Runs a body with no tape but its own seeing it. */
function inside<T>(eager: Eager, graph: Graph, body: () => T): T {
  const outer = eager.tapes;
  eager.tapes = [graph];
  try {
    return body();
  } finally {
    eager.tapes = outer;
  }
}

/**
 * Calls a function as TensorFlow calls a `tf.function`: `body` gets a placeholder for each input, and the tapes see one op. Raises LookupError at the call itself where the
 * function's gradient would need an op that has none and a tape is recording.
 */
export function callFunction(
  eager: Eager,
  name: string,
  inputs: readonly Tensor[],
  body: (placeholders: readonly Tensor[]) => readonly Tensor[],
): Tensor[] {
  const graph = new Graph(eager);
  const placeholders = inputs.map((t) => passedOn(eager, t));
  const results = inside(eager, graph, () => body(placeholders));
  const captures = graph.captures(placeholders);
  const outputs = results.map((t) => passedOn(eager, t));
  for (const origin of graph.origins) {
    const variable = origin.name === 'ReadVariableOp' ? (origin.attributes['variable'] as Variable) : null;
    if (variable) for (const tape of eager.tapes) tape.variableAccessed(variable);
  }
  const sources = [...placeholders, ...captures];
  const callInputs = [...inputs, ...captures];
  const recorded = eager.tapes.some((tape) => callInputs.some((t) => tape.knows(t) && isDifferentiable(t.dtype)));
  for (const t of sources) graph.state.producers.set(t.id, 'watched');
  const trainable = results.map((t) => isDifferentiable(t.dtype));

  /** The gradients of the sources, from those of the results and of what the backward function reads. */
  const differentiate = (reads: readonly Tensor[], upstream: readonly Tensor[]): (Tensor | null)[] =>
    graph.walk([...results.filter((_, i) => trainable[i]), ...reads], sources, upstream);

  let reads: Tensor[] = [];
  if (recorded) {
    const aside = new Graph(eager);
    const upstream = results.filter((_, i) => trainable[i]).map((t) => eager.backend.alias(eager.operations.onesLikeConstant(t)));
    try {
      inside(eager, aside, () => differentiate([], upstream));
    } catch (e) {
      if (e instanceof OpError && e.type === 'LookupError') {
        const operation = /no entry for: (\w+)/.exec(e.message)?.[1] ?? '';
        throw new OpError(
          'LookupError',
          `No gradient defined for operation'${operation}' (op type: ${operation}). In general every operation must have an associated \`@tf.RegisterGradient\` for correct autodiff, which this op is lacking.`,
        );
      }
      throw e;
    }
    reads = aside.captures(upstream).filter((t) => isDifferentiable(t.dtype));
  }

  const taken = reads.filter((t) => !callInputs.includes(t));
  eager.recordCall(name, callInputs, outputs, taken, (upstream) => {
    const wanted = [...upstream.slice(0, results.length).filter((_, i) => trainable[i]), ...upstream.slice(results.length)];
    const present: number[] = [];
    const gradients = callFunction(eager, `${name}_backward`, wanted, (placeholdersOfUpstream) => {
      const found = differentiate(taken, placeholdersOfUpstream);
      return found.flatMap((g, i) => {
        if (!g) return [];
        present.push(i);
        return [g];
      });
    });
    const all: (Tensor | null)[] = sources.map(() => null);
    present.forEach((i, k) => (all[i] = gradients[k] ?? null));
    return all;
  });
  return outputs;
}
