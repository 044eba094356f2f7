// Functions that are one op to the tapes around them: `tf.function` (Call), `tf.cond` in a graph (If), `tf.while_loop` in a graph (While). Each has a gradient that is such an op
// again; what that one reads of the forward one are further outputs of the forward one, which is how some Nones turn into zeros across the boundary.
// TensorFlow: python/eager/polymorphic_function/concrete_function.py, python/ops/cond_v2.py, python/ops/while_v2.py.
import type { Eager } from './eager.ts';
import { OpError } from './shape.ts';
import { GradientTape } from './tape.ts';
import { isDifferentiable, newTensorId, type Origin, type Tensor, type Variable } from './tensor.ts';

/** Records every op, whatever its inputs are. */
class Graph extends GradientTape {
  readonly origins: Origin[] = [];
  /** Read inside, however deep. */
  readonly variables = new Set<Variable>();
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

  override variableAccessed(variable: Variable): void {
    this.variables.add(variable);
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

/** A tensor on the other side of the boundary: whoever follows the graph of all that was computed sees through it. `alternatives`: what it may be. */
function passedOn(eager: Eager, other: Tensor, alternatives: readonly Tensor[]): Tensor {
  other.origin = {
    sequence: eager.sequence++,
    name: alternatives.length === 1 ? 'Identity' : 'Merge',
    inputs: alternatives,
    outputs: [other],
    attributes: {},
    backward: ([dy]) => alternatives.map(() => dy ?? null),
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
    // A tape of the outside may have been used up inside.
    eager.tapes = outer.filter((tape) => tape.recording);
  }
}

type Body = (placeholders: readonly Tensor[]) => readonly Tensor[];
/** A body whose results are asked for once every other branch has run too. */
type Branch = (placeholders: readonly Tensor[]) => () => readonly Tensor[];

/** One body, traced: its ops, and how to go backwards through them. */
class Traced {
  readonly graph: Graph;
  readonly placeholders: readonly Tensor[];
  private readonly give: () => readonly Tensor[];
  private given: readonly Tensor[] | null = null;

  constructor(
    private readonly eager: Eager,
    inputs: readonly Tensor[],
    body: Branch,
  ) {
    this.graph = new Graph(eager);
    this.placeholders = inputs.map((t) => passedOn(eager, eager.backend.alias(t), [t]));
    this.give = inside(eager, this.graph, () => body(this.placeholders));
  }

  get results(): readonly Tensor[] {
    return (this.given ??= inside(this.eager, this.graph, this.give));
  }

  /** The gradients of placeholders and captures, from those of the differentiable results and of tensors of the inside that were read. */
  differentiate(captures: readonly Tensor[], reads: readonly Tensor[], upstream: readonly Tensor[]): (Tensor | null)[] {
    const sources = [...this.placeholders, ...captures];
    for (const t of sources) this.graph.state.producers.set(t.id, 'watched');
    return this.graph.walk([...this.results.filter((t) => isDifferentiable(t.dtype)), ...reads], sources, upstream);
  }

  /** What the gradient reads, found by taking it once with nobody looking. Raises LookupError where an op inside has no gradient. */
  reads(captures: readonly Tensor[]): Tensor[] {
    const aside = new Graph(this.eager);
    const upstream = this.upstreamStandIns(this.results.filter((t) => isDifferentiable(t.dtype)));
    inside(this.eager, aside, () => this.differentiate(captures, [], upstream));
    return aside.captures(upstream).filter((t) => isDifferentiable(t.dtype));
  }

  /** Which gradients there are. */
  presence(captures: readonly Tensor[], reads: readonly Tensor[]): boolean[] {
    const targets = [...this.results.filter((t) => isDifferentiable(t.dtype)), ...reads];
    return inside(this.eager, new Graph(this.eager), () =>
      this.differentiate(captures, reads, this.upstreamStandIns(targets)).map((g) => g !== null),
    );
  }

  private upstreamStandIns(targets: readonly Tensor[]): Tensor[] {
    return targets.map((t) => this.eager.backend.alias(this.eager.operations.onesLikeConstant(t)));
  }
}

/** A function's missing gradient raises where it is called under a tape: its backward is made there. */
function asCallError(e: unknown): unknown {
  if (!(e instanceof OpError) || e.type !== 'LookupError') return e;
  const operation = /no entry for: (\w+)/.exec(e.message)?.[1] ?? '';
  return new OpError(
    'LookupError',
    `No gradient defined for operation'${operation}' (op type: ${operation}). In general every operation must have an associated \`@tf.RegisterGradient\` for correct autodiff, which this op is lacking.`,
  );
}

const distinct = (list: readonly Tensor[]): Tensor[] => [...new Map(list.map((t) => [t.id, t])).values()];

/** Tapes around see the variables that are read inside. */
function readOutside(eager: Eager, traced: readonly Traced[]): void {
  for (const { graph } of traced) for (const variable of graph.variables) for (const tape of eager.tapes) tape.variableAccessed(variable);
}

/** What the gradients of the bodies read, where somebody may ask for them. Raises LookupError where an op inside has none and a tape is recording. */
function readsOf(
  eager: Eager,
  callInputs: readonly Tensor[],
  traced: readonly { readonly body: Traced; readonly sources: readonly Tensor[] }[],
  keepsConstants: boolean,
): Tensor[][] {
  const inGraph = eager.tapes.some((tape) => tape instanceof Graph);
  const isRecorded = eager.tapes.some((tape) => callInputs.some((t) => tape.knows(t) && isDifferentiable(t.dtype)));
  if (!inGraph && !isRecorded) return traced.map(() => []);
  // A condition's and a loop's gradients make their own copies of constants (cond_v2 and while_v2, _capture_helper).
  const isOutput = (t: Tensor, sources: readonly Tensor[]): boolean =>
    !callInputs.includes(t) && (keepsConstants || t.origin !== null || sources.includes(t));
  try {
    return traced.map(({ body, sources }) => body.reads(sources).filter((t) => isOutput(t, sources)));
  } catch (e) {
    if (inGraph && e instanceof OpError) return traced.map(() => []);
    throw asCallError(e);
  }
}

/**
 * Calls a function as TensorFlow calls a `tf.function`: `body` gets a placeholder for each input, and the tapes see one op. Raises LookupError at the call itself where the
 * function's gradient would need an op that has none and a tape is recording.
 */
export function callFunction(eager: Eager, name: string, inputs: readonly Tensor[], body: Body): Tensor[] {
  return callBranches(eager, name, inputs, [atOnce(body)], ([only]) => eager.backend.alias(only as Tensor));
}

const atOnce =
  (body: Body): Branch =>
  (placeholders) => {
    const results = body(placeholders);
    return () => results;
  };

/**
 * One op of which one of several bodies will run. Each body gives as many results; `join` makes one tensor of what a result may be. The gradient in an input is None only where
 * no body has one.
 */
export function callBranches(
  eager: Eager,
  name: string,
  inputs: readonly Tensor[],
  bodies: readonly Branch[],
  join: (alternatives: readonly Tensor[]) => Tensor,
): Tensor[] {
  const branches = bodies.map((body) => new Traced(eager, inputs, body));
  const [first] = branches;
  const outputs = (first?.results ?? []).map((_, i) => {
    const alternatives = branches.flatMap(({ results }) => results[i] ?? []);
    return passedOn(eager, join(alternatives), alternatives);
  });
  const captures = distinct(branches.flatMap(({ graph, placeholders }) => graph.captures(placeholders)));
  readOutside(eager, branches);
  const callInputs = [...inputs, ...captures];
  const reads = readsOf(
    eager,
    callInputs,
    branches.map((body) => ({ body, sources: captures })),
    branches.length === 1,
  );
  const trainable = (first?.results ?? []).map((t) => isDifferentiable(t.dtype));
  eager.recordCall(name, callInputs, outputs, reads.flat(), (upstream) => {
    const ofResults = upstream.slice(0, outputs.length).filter((_, i) => trainable[i]);
    const wanted = [...ofResults, ...upstream.slice(outputs.length)];
    const only = branches.length === 1;
    const present = only
      ? []
      : branches.map((b, k) => b.presence(captures, reads[k] ?? [])).reduce((all, one) => all.map((p, i) => p || one[i] === true));
    let start = ofResults.length;
    const gradients = callBranches(
      eager,
      `${name}_backward`,
      wanted,
      branches.map((b, k) => {
        const own = reads[k] ?? [];
        const from = start;
        start += own.length;
        return atOnce((stand) => {
          const found = b.differentiate(captures, own, [...stand.slice(0, ofResults.length), ...stand.slice(from, from + own.length)]);
          if (only) found.forEach((g, i) => (present[i] = g !== null));
          return found.flatMap((g, i) => (present[i] ? [g ?? eager.operations.zerosConstant(callInputs[i] as Tensor)] : []));
        });
      }),
      join,
    );
    let next = 0;
    return callInputs.map((_, i) => (present[i] ? (gradients[next++] ?? null) : null));
  });
  return outputs;
}

/** What a loop needs of its interpreter. */
export interface LoopRules {
  /** A loop variable inside: nothing is known of it but what holds in every round. `isZero`: it is zero in every round. */
  readonly placeholder: (initial: Tensor, isZero: boolean) => Tensor;
  readonly isZero: (tensor: Tensor) => boolean;
}

/**
 * A loop that runs nobody knows how often, as one op: `body` takes the loop variables of one round to those of the next. Every differentiable input, captured ones too, gets a
 * gradient: zeros where nothing depends on it.
 */
export function callLoop(eager: Eager, name: string, initial: readonly Tensor[], body: Body, rules: LoopRules): Tensor[] {
  const { traced, stand, zero } = traceRound(eager, initial, body, rules);
  const captures = traced.graph.captures(stand).filter((t) => !stand.includes(t));
  const outputs = initial.map((t, i) => {
    const alternatives = [t, traced.results[i] ?? t];
    return passedOn(eager, rules.placeholder(alternatives[1] as Tensor, zero[i] === true), alternatives);
  });
  readOutside(eager, [traced]);
  const callInputs = [...initial, ...captures];
  const sources = [...stand, ...captures];
  const [reads = []] = readsOf(eager, callInputs, [{ body: traced, sources }], false);
  const trainable = initial.map((t) => isDifferentiable(t.dtype));
  const zeros = (t: Tensor): Tensor => eager.operations.zerosConstant(t);
  eager.recordCall(name, callInputs, outputs, reads, (upstream) => {
    const ofOutputs = upstream.slice(0, outputs.length).filter((_, i) => trainable[i]);
    const ofReads = upstream.slice(outputs.length);
    const wanted = callInputs.filter((t) => isDifferentiable(t.dtype));
    const count = ofOutputs.length;
    // Round by round backwards: the gradients of the loop variables, and what has come together for each captured tensor.
    const gradients = callLoop(
      eager,
      `${name}_backward`,
      [...ofOutputs, ...wanted.slice(count).map(zeros)],
      (round) => {
        const found = traced.differentiate(sources, reads, [...round.slice(0, count), ...ofReads]);
        const differentiable = found.filter((_, i) => isDifferentiable((callInputs[i] as Tensor).dtype));
        return differentiable.map((g, i) => {
          const sofar = round[i] as Tensor;
          if (i < count) return g ?? zeros(sofar);
          return g ? eager.operations.add(sofar, g) : sofar;
        });
      },
      rules,
    );
    let next = 0;
    return callInputs.map((t) => (isDifferentiable(t.dtype) ? (gradients[next++] ?? null) : null));
  });
  return outputs;
}

interface Round {
  readonly traced: Traced;
  /** The loop variables inside. */
  readonly stand: readonly Tensor[];
  /** Which of them are zero in every round. */
  readonly zero: readonly boolean[];
}

/** One round that stands for all. Variables that start as zero stay so, unless a round makes something else of them. */
function traceRound(eager: Eager, initial: readonly Tensor[], body: Body, rules: LoopRules): Round {
  let zero = initial.map(rules.isZero);
  for (;;) {
    const stand = initial.map((t, i) => rules.placeholder(t, zero[i] === true));
    const traced = new Traced(
      eager,
      [],
      atOnce(() => body(stand)),
    );
    const stays = zero.map((z, i) => z && traced.results[i] !== undefined && rules.isZero(traced.results[i]));
    if (stays.every((z, i) => z === zero[i])) return { traced, stand, zero };
    zero = stays;
  }
}
