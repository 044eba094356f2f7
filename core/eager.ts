// Eager execution: carries ops out on a backend and shows each one to the tapes that are recording.
import type { Backend } from './backend.ts';
import type { ForwardAccumulator } from './accumulator.ts';
import { currentGraph, type Graph } from './graph.ts';
import { GraphShapes } from './graph-shapes.ts';
import type { Intermediates } from './intermediates.ts';
import { Operations } from './operations.ts';
import { type Attributes, primal, rowOf, type Row } from './row.ts';
import type { GradientTape } from './tape.ts';
import type { OpError } from './shape.ts';
import type { Origin, Tensor, Variable } from './tensor.ts';

/** Told of every op as it is carried out. */
export type Observer = (origin: Origin) => void;

/** A call of a function, as the tapes see it. */
export interface FunctionCall {
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** Tensors of its inside that its gradient reads. */
  readonly reads: readonly Tensor[];
  readonly backward: Exclude<Origin['backward'], string>;
  /** Tapes know what is read as outputs of the call, where `shown`; or else a gradient of it, where there is one. */
  readonly toTapes: 'shown' | Exclude<Origin['backward'], string> | null;
  /** What is read goes out of a condition or a loop as variants; or, of such a gradient, into it; or so do only the sizes of what its gradient needs. */
  readonly variants: 'in' | 'out' | 'sizes' | null;
  /** Of the gradient of a condition: what it reads of the condition's inside. */
  readonly differentiates?: Intermediates | null;
  /** Of the gradient of a function, a condition or a loop: whether a vectorised Jacobian is known to go through it. */
  readonly isVectorizable?: boolean | undefined;
  /** What every gradient through it raises, on a tape. */
  readonly miscount?: OpError | null;
}

export class Eager {
  readonly operations: Operations;
  /** Recording now, outermost first. */
  tapes: readonly GradientTape[] = [];
  /** Recording outside of the functions that are being traced. */
  tapesOutside: readonly GradientTape[] = [];
  /** Following along, outermost first. */
  accumulators: readonly ForwardAccumulator[] = [];
  /** Told of every variable that is read, tapes paused or not (TensorFlow: `record.VariableWatcher`). */
  variableWatcher: ((variable: Variable) => void) | null = null;
  /** How many tapes and accumulators have been opened. */
  private nestings = 0;
  /** Pauses all tapes (TensorFlow: `record.stop_recording`). */
  private paused = 0;
  private keepsOrigins = true;
  /** Counts the ops carried out. */
  sequence = 0;
  /** Where in the program ops come from just now, as whoever carries it out counts places; 0 where nobody says. */
  place = 0;
  /** The op whose gradient is made just now; undefined outside of gradients. */
  private gradientOf: string | undefined;
  /** How many functions are being traced: inside, TensorFlow builds a graph. */
  graphs = 0;
  /** How many gradients of branches that are not taken are being made: the shapes in them are another branch's. */
  neverRun = 0;
  /** Of the conditions in functions, by their places: whether the first trace made them functions of their own. */
  readonly wrapped = new Map<string, boolean>();
  /** How many vectorised Jacobians are being made. */
  vectorizing = 0;
  /** What picks their rows: of what is made of it, there is one for every row. */
  private readonly picks = new WeakSet<Tensor>();
  /** Whether the innermost of them asks for the gradient of a loop that another one's rows went through. */
  meetsLoopOfRows = false;
  /** Whether the innermost of them has any use for gradients in these. */
  wants: (inputs: readonly Tensor[]) => boolean = () => true;
  readonly graphShapes = new GraphShapes();
  /** Where someone wants to know: the ops in the functions that are called meanwhile, however deep. */
  insideFunctions: Set<Origin> | null = null;

  constructor(
    readonly backend: Backend,
    private readonly observer?: Observer,
  ) {
    this.operations = new Operations(this);
  }

  /** Whether a tape is recording anywhere. */
  get couldBackprop(): boolean {
    return this.paused === 0 && (this.tapesOutside.length > 0 || this.tapes.some((tape) => !tape.seesInside));
  }

  get inGraph(): boolean {
    return this.graphs > 0;
  }

  apply(name: string, inputs: readonly Tensor[], given: object = {}): Tensor[] {
    const attributes = given as Attributes;
    const row = rowOf(name);
    const refusal = this.vectorizing > 0 ? row.refusesVectorization?.(attributes) : null;
    if (refusal) throw refusal;
    const outputs = this.backend.run(row, inputs, attributes);
    const origin: Origin = {
      sequence: this.sequence++,
      name,
      inputs,
      outputs,
      attributes,
      backward: this.backwardOf(row, inputs, outputs, attributes),
      row,
      place: this.place,
      gradientOf: this.gradientOf,
    };
    this.record(origin, row.unrecorded !== true);
    return outputs;
  }

  /** A row's op with other tensors in the places of its own. */
  bound(origin: Origin, inputs: readonly Tensor[], outputs: readonly Tensor[]): Origin {
    const { row, attributes } = origin;
    return row
      ? { ...origin, inputs, outputs, backward: this.backwardOf(row, inputs, outputs, attributes) }
      : { ...origin, inputs, outputs };
  }

  /** Puts an op on the tapes, with a gradient of its own. One that is `seenThrough` is none to the graph of all that was computed: there its outputs are made of what they were made of. */
  recordCustom(
    name: string,
    inputs: readonly Tensor[],
    outputs: readonly Tensor[],
    backward: Origin['backward'],
    { passes, seenThrough = false }: { readonly passes?: readonly boolean[]; readonly seenThrough?: boolean } = {},
  ): void {
    const place = { place: this.place, ...(this.gradientOf !== null && { gradientOf: this.gradientOf }) };
    const origin = { sequence: this.sequence++, name, inputs, outputs, attributes: {}, backward, ...place, ...(passes && { passes }) };
    // Vectorising makes an op of what each of its outputs is, and forgets its gradient (TensorFlow: python/ops/parallel_for/pfor.py, IdentityN). Tapes in the rows saw it before.
    if (this.variesByRow(currentGraph(this), inputs)) return this.showTapes(origin, (tape) => !tape.seesInside);
    if (!seenThrough) return this.record(origin);
    this.observer?.(origin);
    if (this.paused === 0) this.show(origin);
  }

  /** A call of a function. A graph knows what its gradient reads as outputs of the call. */
  recordCall({
    name,
    inputs,
    outputs,
    reads,
    backward,
    toTapes,
    variants,
    differentiates = null,
    isVectorizable,
    miscount = null,
  }: FunctionCall): void {
    const origin: Origin = {
      sequence: this.sequence++,
      name,
      inputs,
      outputs: [...outputs, ...reads],
      attributes: { variants },
      differentiates,
      isVectorizable,
      // A gradient goes into the function's gradient as a tensor (TensorFlow: concrete_function.py, _backward_function_wrapper).
      backward: (upstream, needs, given) =>
        backward(
          upstream.map((dy) => (dy.indexedSlices ? this.operations.identity(dy) : dy)),
          needs,
          given,
        ),
    };
    this.observer?.(origin);
    if (this.paused > 0) return;
    const counted = miscount === null ? origin : { ...origin, backward: () => raise(miscount) };
    for (const tape of this.tapes) tape.record(counted, toTapes === 'shown' ? origin.outputs : outputs);
    if (typeof toTapes === 'function' && reads.length > 0)
      for (const tape of this.tapes) if (!tape.seesInside) tape.record({ ...origin, outputs: reads, backward: toTapes });
    this.showAccumulators(origin);
    if (miscount === null) return;
    // The tangents of the outputs are outputs of the call, too.
    const tangents = this.accumulators.flatMap((accumulator) => outputs.flatMap((output) => accumulator.jvp(output) ?? []));
    for (const tape of this.tapes) tape.record({ ...counted, outputs: tangents });
  }

  /** Marks what picks a row, or every row at once, of a Jacobian that is being made. */
  picking(upstream: Tensor): Tensor {
    if (this.vectorizing > 0) this.picks.add(upstream);
    return upstream;
  }

  /** Whether some of these differ from row to row of a Jacobian that is being made around a graph. */
  variesByRow(graph: Graph | null, tensors: readonly Tensor[]): boolean {
    return this.vectorizing > 0 && graph?.comesFrom(tensors, (t) => this.picks.has(t)) === true;
  }

  private show(origin: Origin): void {
    this.showTapes(origin);
    this.showAccumulators(origin);
  }

  private showTapes(origin: Origin, sees: (tape: GradientTape) => boolean = () => true): void {
    for (const tape of this.tapes) if (sees(tape)) tape.record(origin);
  }

  private showAccumulators(origin: Origin): void {
    for (const accumulator of this.accumulators) if (!accumulator.see(origin)) break;
  }

  /** Says where the outputs come from, to whoever follows the graph of all that was computed. */
  protected trace(origin: Origin): void {
    if (this.keepsOrigins) for (const output of origin.outputs) output.origin = origin;
    this.observer?.(origin);
  }

  /** Runs something whose results need not tell where they came from, so that what was only made on the way can go at once; or, within that, something whose results do. */
  keepingOrigins<T>(keeps: boolean, body: () => T): T {
    const before = this.keepsOrigins;
    this.keepsOrigins = keeps;
    try {
      return body();
    } finally {
      this.keepsOrigins = before;
    }
  }

  /** Makes the gradient of an op: what it is made of comes from where the op does. */
  onBehalfOf<T>({ place, gradientOf, name }: Origin, body: () => T): T {
    const before = { place: this.place, gradientOf: this.gradientOf };
    this.place = place ?? this.place;
    this.gradientOf = gradientOf ?? name;
    try {
      return body();
    } finally {
      this.place = before.place;
      this.gradientOf = before.gradientOf;
    }
  }

  private record(origin: Origin, onTapes = true): void {
    this.trace(origin);
    if (this.paused > 0) return;
    if (onTapes) return this.show(origin);
    // A graph has ops that no tape records, too: it takes in what they read.
    this.showTapes(origin, (tape) => tape.seesInside);
  }

  private backwardOf(row: Row, inputs: readonly Tensor[], outputs: readonly Tensor[], attributes: Attributes): Origin['backward'] {
    if (typeof row.gradient !== 'function') return row.gradient;
    return (upstream, needs, given) => {
      const { gradient } = row;
      if (typeof gradient !== 'function') return inputs.map(() => null);
      const refusal = row.refuses?.(attributes);
      if (refusal) throw refusal;
      return gradient(
        Object.assign(primal(row, inputs, outputs, attributes), { dy: upstream[0] as Tensor, upstream, needs, given }),
        this.operations,
      );
    };
  }

  /** The value of a variable, read under every recording tape. */
  read(variable: Variable): Tensor {
    const output = this.backend.alias(variable.value);
    this.variableWatcher?.(variable);
    if (this.paused === 0) for (const tape of this.tapes) tape.variableAccessed(variable);
    this.record({
      sequence: this.sequence++,
      name: 'ReadVariableOp',
      inputs: [variable.handle],
      outputs: [output],
      attributes: { variable },
      backward: (upstream) => [upstream[0] ?? null],
    });
    return output;
  }

  /** Zeros in place of a gradient that is None: outside of a graph they are made like the source, which tapes see. TensorFlow: pywrap_tfe_src.cc, PyTapeTensor::ZerosLike. */
  zerosInstead(source: Tensor, variable: Variable | null): Tensor {
    if (this.inGraph) return this.operations.zerosConstant(variable?.value ?? source);
    return this.operations.zerosLike(variable ? this.read(variable) : source);
  }

  pause<T>(body: () => T): T {
    this.paused++;
    try {
      return body();
    } finally {
      this.paused--;
    }
  }

  /** What sees the ops of a function that is forgotten (TensorFlow: `record.stop_recording`): no tape, but the graph that the rows of a Jacobian are. */
  get remembering(): readonly GradientTape[] {
    return this.vectorizing > 0 ? this.tapes.filter((tape) => tape.seesInside) : [];
  }

  /** Runs a function that is forgotten. */
  forgetting<T>(body: () => T): T {
    const graphs = this.remembering;
    return graphs.length > 0 ? this.withTapes((tape) => graphs.includes(tape), body) : this.pause(body);
  }

  /** The place of what is opened next among all tapes and accumulators. */
  nextNesting(): number {
    return this.nestings++;
  }

  push(tape: GradientTape): void {
    tape.nesting = this.nextNesting();
    this.tapes = [...this.tapes, tape];
  }

  /** Runs something that only some of the recording tapes see. */
  withTapes<T>(sees: (tape: GradientTape) => boolean, body: () => T): T {
    const { tapes } = this;
    this.tapes = tapes.filter(sees);
    try {
      return body();
    } finally {
      this.tapes = tapes;
    }
  }

  pop(tape: GradientTape): void {
    this.tapes = this.tapes.filter((t) => t !== tape);
  }
}

function raise(error: Error): never {
  throw error;
}
