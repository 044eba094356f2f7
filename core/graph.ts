// A function's inside while it is traced: its ops, and gradients taken of them. TensorFlow: python/framework/func_graph.py, python/ops/gradients_util.py.
import type { Eager } from './eager.ts';
import { UNCONVERTED } from './pfor.ts';
import { OpError } from './shape.ts';
import { GradientTape } from './tape.ts';
import { isComplex, isDifferentiable, newTensorId, type Origin, type Tensor, type Variable } from './tensor.ts';

/** Ops that ask for the size of a tensor. */
const SIZES: ReadonlySet<string> = new Set(['Shape', 'Size', 'Rank']);

/** What the inside of a function is to what is around it. */
interface Situation {
  /** Whether what is made in it is carried out then and there; null where that is not known. */
  readonly isRun?: boolean | null;
  /** Which function, and which place in it. */
  readonly label?: string;
  /** Whether it is a condition's. */
  readonly isBranch?: boolean;
}

/** Records every op, whatever its inputs are. */
export class Graph extends GradientTape {
  override readonly seesInside = true;
  readonly origins: Origin[] = [];
  /** Read inside, however deep. */
  readonly variables = new Set<Variable>();
  /** Ids from here on were made inside. */
  readonly firstId = newTensorId();

  /** The graph around it. */
  private readonly outer: Graph | null;

  /** How many functions have been called in it. */
  private calls = 0;

  constructor(
    eager: Eager,
    private readonly situation: Situation = {},
  ) {
    super(eager, { persistent: true, watchAccessedVariables: false });
    this.outer = currentGraph(eager);
    this.state = { ...this.state, phase: 'recording' };
  }

  override record(made: Origin): void {
    const origin = this.isLoopOfRows(made) ? asLoopOfRows(this.eager, made) : made;
    this.origins.push(origin);
    for (const output of origin.outputs) this.state.producers.set(output.id, origin);
  }

  /** In a function that is called inside, TensorFlow finds the loop again. */
  private isLoopOfRows({ name, inputs }: Origin): boolean {
    return this.outer === null && UNCONVERTED.has(name) && this.eager.variesByRow(this, inputs);
  }

  override variableAccessed(variable: Variable): void {
    this.variables.add(variable);
  }

  /** In a graph an op's whole gradient is made, of constants too: what it reads for that is read. */
  protected override needs(origin: Origin): readonly boolean[] {
    return origin.inputs.map((t) => isDifferentiable(t.dtype));
  }

  /** What does not come from the sources has no part in it. TensorFlow: python/ops/gradients_util.py, _PendingCount. */
  protected override between(sources: readonly Tensor[], origins: readonly Origin[]): readonly Origin[] {
    const reached = new Set(sources.map((t) => t.id));
    for (const { inputs, outputs } of this.origins) if (inputs.some((t) => reached.has(t.id))) for (const t of outputs) reached.add(t.id);
    return origins.filter(({ inputs }) => inputs.some((t) => reached.has(t.id)));
  }

  /** The gradient of a function begins at what its ops read, too. */
  protected override refuseSlices(): void {
    // Slices are made dense where an op reads them.
  }

  /**
   * What the ops inside read, and what is given back, that was not made inside: variables' handles (those made by the first call, too, which traces twice), tensors of closures.
   * `takesSizes`: or else of what is only asked for its size nothing is taken in but that.
   */
  captures(given: readonly Tensor[], results: readonly Tensor[] = [], takesSizes = true): Tensor[] {
    const known = new Set(given.map((t) => t.id));
    const found = new Map<number, Tensor>();
    const reading = takesSizes ? this.origins : this.origins.filter(({ name }) => !SIZES.has(name));
    for (const input of [...reading.flatMap((origin) => origin.inputs), ...results])
      if (!this.state.producers.has(input.id) && !known.has(input.id) && (input.id < this.firstId || input.dtype === 'resource'))
        found.set(input.id, input);
    return [...found.values()];
  }

  /** What these come from that was not made in any graph. What a function is given counts as made in it. */
  rootsOf(tensors: readonly Tensor[]): Tensor[] {
    return [...madeOf(tensors, (t) => this.originOf(t))].filter((t) => !this.holds(t));
  }

  /** Whether some of these are made of what is asked for, in this graph or one around it. */
  comesFrom(tensors: readonly Tensor[], isAsked: (tensor: Tensor) => boolean): boolean {
    return [...madeOf(tensors, (t) => this.originOf(t) ?? t.origin)].some(isAsked);
  }

  private originOf(tensor: Tensor): Origin | null {
    const producer = this.state.producers.get(tensor.id);
    return typeof producer === 'object' ? producer : (this.outer?.originOf(tensor) ?? null);
  }

  /** Whether an op of its own made a tensor. */
  makes(tensor: Tensor): boolean {
    return typeof this.state.producers.get(tensor.id) === 'object';
  }

  /** How many functions are around it, branches aside. */
  get depth(): number {
    return (this.outer?.depth ?? 0) + (this.situation.isBranch ? 0 : 1);
  }

  /** Which place of which function the next call is. */
  nextCall(signed: string): string {
    return `${this.situation.label ?? ''}/${this.calls++} ${signed}`;
  }

  /** Whether what is made in it now is carried out, in all the graphs around it; null where that is not known. */
  get isRun(): boolean | null {
    const { isRun = null } = this.situation;
    const around = this.outer ? this.outer.isRun : true;
    return isRun === false || around === false ? false : isRun && around;
  }

  /** Whether a tensor was made in it, or in a graph around it. */
  holds(tensor: Tensor): boolean {
    return tensor.id >= this.firstId || this.outer?.holds(tensor) === true;
  }

  /** All ops up to here, those of the graphs around first. */
  history(): readonly Origin[] {
    return [...(this.outer?.history() ?? []), ...this.origins];
  }
}

/** These, and everything that they are made of. */
function madeOf(tensors: readonly Tensor[], originOf: (tensor: Tensor) => Origin | null): ReadonlySet<Tensor> {
  const seen = new Set<Tensor>();
  const stack = [...tensors];
  for (let tensor = stack.pop(); tensor; tensor = stack.pop()) {
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    stack.push(...(originOf(tensor)?.inputs ?? []));
  }
  return seen;
}

export const currentGraph = (eager: Eager): Graph | null => eager.tapes.find((tape) => tape instanceof Graph) ?? null;

/** Runs a body with no tape but its own seeing it, and no accumulator. */
export function inside<T>(eager: Eager, graph: Graph, body: () => T): T {
  const { tapes: outer, tapesOutside, accumulators } = eager;
  eager.tapes = [graph];
  eager.tapesOutside = [...tapesOutside, ...outer.filter((tape) => !tape.seesInside)];
  eager.accumulators = [];
  eager.graphs++;
  try {
    return body();
  } finally {
    eager.graphs--;
    eager.accumulators = accumulators;
    eager.tapesOutside = tapesOutside;
    for (const origin of graph.origins) eager.insideFunctions?.add(origin);
    // A tape of the outside may have been used up inside.
    eager.tapes = outer.filter((tape) => tape.recording);
  }
}

/**
 * `tf.gradients` of flat lists, inside a graph: null for None. The walk goes over all ops between the sources and the targets, whatever any tape saw of them, and stops at
 * `stops`. Raises LookupError where an op between has no gradient, RecursionError for a target that is an IndexedSlices, AttributeError where a stop is not of a graph.
 */
export function graphGradients(
  eager: Eager,
  graph: Graph,
  targets: readonly Tensor[],
  sources: readonly Tensor[],
  upstream: readonly (Tensor | null)[] | null = null,
  stops: readonly Tensor[] = [],
): (Tensor | null)[] {
  if (!stops.every((t) => graph.holds(t))) throw new OpError('AttributeError', 'Tensor.op is undefined when eager execution is enabled.');
  // TensorFlow makes a list of what it is given, and an IndexedSlices is not one it can tell from others.
  if (targets.some((t) => t.indexedSlices))
    throw new OpError('RecursionError', 'maximum recursion depth exceeded while calling a Python object');
  const complex = targets.find((t, i) => t.dtype !== null && isComplex(t.dtype) && !upstream?.[i]);
  if (complex) throw new OpError('TypeError', `Gradients of complex tensors must set grad_ys (y.dtype = ${complex.dtype})`);
  const between = new GradientTape(eager, { persistent: true, watchAccessedVariables: false });
  for (const source of sources) between.state.producers.set(source.id, 'watched');
  const stopped = new Set(stops.map((t) => t.id));
  for (const origin of graph.history()) if (!origin.outputs.some((t) => stopped.has(t.id))) between.record(origin);
  return between.walk(targets, sources, upstream);
}

/** An op that tells when a Jacobian that is being vectorised asks for its gradient. */
function asLoopOfRows(eager: Eager, origin: Origin): Origin {
  const { backward } = origin;
  if (typeof backward === 'string') return origin;
  return {
    ...origin,
    backward: (upstream, needs, given) => {
      if (eager.vectorizing > 0) eager.meetsLoopOfRows = true;
      return backward(upstream, needs, given);
    },
  };
}

/** Runs something, and gives the ops in the functions that it calls, however deep. */
export function calling<T>(eager: Eager, body: () => T): { readonly found: T; readonly ops: ReadonlySet<Origin> } {
  const around = eager.insideFunctions;
  const ops = new Set<Origin>();
  eager.insideFunctions = ops;
  try {
    return { found: body(), ops };
  } finally {
    eager.insideFunctions = around;
    if (around) for (const origin of ops) around.add(origin);
  }
}

/** The same with the ops that the graph itself gets. */
export function tracing<T>(eager: Eager, body: () => T): { readonly found: T; readonly ops: readonly Origin[] } {
  const graph = currentGraph(eager);
  const before = graph?.origins.length ?? 0;
  const { found, ops } = calling(eager, body);
  return { found, ops: [...(graph?.origins.slice(before) ?? []), ...ops] };
}

/** What TensorFlow often cannot vectorise, and raises ValueError for. */
export interface Obstacles {
  /** Gradients of a graph's loops and conditions, other than those that are known to be no obstacle. */
  readonly control: boolean;
  /** Gradients of the loops that another Jacobian's rows go through: they cannot be vectorised where the tape is persistent. */
  readonly loopsOfRows: boolean;
  /** Python's functions, whose gradient can be taken only once, either. */
  readonly python: boolean;
}

/** Runs the body of a Jacobian, as a vectorised one is run, with what is in the way of its being one. `wants`: whether it has any use for gradients in these. */
export function vectorizing<T>(eager: Eager, wants: Eager['wants'], body: () => T): { readonly found: T; readonly obstacles: Obstacles } {
  const { wants: around, meetsLoopOfRows } = eager;
  eager.vectorizing++;
  eager.wants = wants;
  eager.meetsLoopOfRows = false;
  try {
    const { found, ops } = tracing(eager, body);
    // What gives no gradient is not made.
    const control = ops.some(({ outputs, isVectorizable }) => isVectorizable === false && outputs.length > 0);
    const python = ops.some(({ name }) => name === 'EagerPyFunc');
    return { found, obstacles: { control, loopsOfRows: eager.meetsLoopOfRows, python } };
  } finally {
    eager.wants = around;
    eager.meetsLoopOfRows = meetsLoopOfRows;
    eager.vectorizing--;
  }
}
