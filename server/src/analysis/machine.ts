// The interpreter's state: what is recording, what may change, how far it may go, and where it stands.
import { Eager } from '../../../core/eager.ts';
import { ScriptEngine } from '../../../core/script/index.ts';
import type { GradientTape, TapeState } from '../../../core/tape.ts';
import type { DType, Tensor, Variable } from '../../../core/tensor.ts';
import type { FunctionDefinition, Language, Range, Statement } from '../ir/ir.ts';
import { Journal, type Delta } from './journal.ts';
import { Recorder } from './recorder.ts';
import { AbstractBackend, AbstractTensor, knowledgeOf, type Position } from './tensors.ts';
import type { ClassValue, Departure, FunctionValue, InstanceValue, TapeValue, Value } from './values.ts';

/** How a block ended. `stopped`: nothing goes on here, what is left waits at a boundary. */
export type Completion =
  | { readonly type: 'normal' }
  | { readonly type: 'stopped' }
  | { readonly type: 'return'; readonly value: Value }
  | { readonly type: 'break' }
  | { readonly type: 'continue' };

export const NORMAL: Completion = { type: 'normal' };
export const STOPPED: Completion = { type: 'stopped' };

/** An exception of the analysed program, on its way up. */
export class ProgramRaise extends Error {
  constructor(
    readonly exception: RaisedException,
    /** The instance, where the program made one. */
    readonly value: InstanceValue | null = null,
  ) {
    super(exception.message);
  }
}
export interface RaisedException {
  readonly type: string;
  readonly message: string;
  readonly range: Range;
  /** The gradient call whose None led to it. */
  readonly fromCall: number | null;
}

/** The budget of steps is used up, or the program is nested too deeply: what is known so far is the answer. */
export class Exhausted extends Error {}

/** Of the steps that are left, how many a call of the program's outermost level may take. */
const SHARE = 0.75;

/** A place where runs that ended early meet again: a function's end, a loop's. */
export interface Boundary {
  readonly type: 'function' | 'loop';
  readonly mark: number;
  readonly pending: { readonly completion: Completion; readonly delta: Delta; readonly tapes: TapeStates }[];
}

export type TapeStates = {
  readonly active: readonly GradientTape[];
  readonly accumulators: Eager['accumulators'];
  readonly states: ReadonlyMap<GradientTape, TapeState>;
};

/** A round of a loop that is running: one of Python's own, or that which stands for all rounds of an op. */
export interface Round {
  readonly isOp: boolean;
  /** Whether a `break` in it is taken or not by a tensor's value. */
  breaksOnTensor: boolean;
}

/** A function that is running. */
export interface Frame {
  readonly owner: ClassValue | null;
  readonly self: Value | null;
  readonly definition: FunctionDefinition;
  /** How many undecided branches surrounded the call. */
  readonly uncertain: number;
  /** How many of the functions around it called themselves under such a branch. */
  readonly recursions: number;
  /** Of a generator: what takes a value that it yields. */
  readonly yielding?: (value: Value) => void;
  /** The innermost of its loops. */
  round: Round | null;
}

/** Which way the undecided branches of a program go, in one replay of it. */
export interface Decisions {
  /** The number of the branch that is taken at a place; null where it is left open. */
  readonly decide: (place: number, branches: number) => number | null;
}

export class Machine {
  readonly journal = new Journal();
  readonly position: Position = { site: null };
  readonly backend = new AbstractBackend(this.position);
  /** TensorFlow's eager execution, or TensorFlow.js's engine. */
  readonly eager: Eager;
  readonly engine: ScriptEngine | null;
  get operations() {
    return this.eager.operations;
  }
  readonly recorder: Recorder;
  readonly tapes: TapeValue[] = [];
  /** How many undecided branches surround this place. */
  uncertain = 0;
  /** Set while a function that the program never calls is tried with unknown arguments. */
  speculative = false;
  depth = 0;
  boundaries: Boundary[] = [];
  /** The functions that are running; of the methods among them, what `super()` means. */
  frames: Frame[] = [];
  /** Something unknown was called since the last time this was reset: it might have raised. */
  metUnknown = false;
  private steps = 0;
  /** How far the call that the program makes now may go. */
  private limit: number;
  /** A call was given up: what it would have led to is not in the facts. */
  gaveUp = false;
  variables: Variable[] = [];
  /** Every function written in the program, and those that ran. */
  readonly functions = new Map<FunctionDefinition, FunctionValue>();
  readonly called = new Set<FunctionDefinition>();
  /** Tensors made of numbers that had left TensorFlow, and where those were. */
  readonly departures = new Map<Tensor, readonly Departure[]>();
  /** What every name has meant: where a source's name stands for another tensor than it did. */
  readonly bindings = new Map<
    string,
    { readonly id: number; readonly tensor: Tensor; readonly range: Range | null; readonly sequence: number }[]
  >();
  /** What was put into variables: where a gradient could have come through. */
  readonly assignments: { readonly variable: Variable; readonly value: Tensor; readonly site: Range | null }[] = [];
  /** `tf.keras.backend.floatx()`. */
  floatx: DType = 'float32';
  /** `tf.config.run_functions_eagerly`. */
  runsFunctionsEagerly = false;
  /** What the layers and models that are running were told of training, outermost first. */
  training: readonly Value[] = [];
  /** How many `tf.function`s are being traced around this place. */
  graphDepth = 0;
  /** Whether AutoGraph makes ops of what is written here. */
  converts = true;
  /** How many vectorised loops of Jacobians are being traced: functions with gradients of their own run there without AutoGraph. */
  vectorizing = 0;
  /** How often the gradient of an op outside is taken for a Jacobian that is being made; null where that is not known. */
  takes: number | null = 1;
  /** Undecided branches whose runs left something different behind, by where they stand. */
  readonly openQuestions = new Set<number>();

  constructor(
    readonly language: Language,
    readonly text: string,
    readonly body: readonly Statement[],
    private readonly budget: number,
    /** Set while the program is replayed with its undecided branches decided. */
    private readonly decisions: Decisions | null = null,
  ) {
    this.limit = budget;
    this.backend.passesInSilence = language === 'python';
    this.recorder = new Recorder(text);
    this.engine = language === 'script' ? new ScriptEngine(this.backend) : null;
    this.eager = this.engine ?? new Eager(this.backend);
  }

  /** Runs something with AutoGraph at work, or not. */
  converting<T>(converts: boolean, body: () => T): T {
    const before = this.converts;
    this.converts = converts;
    try {
      return body();
    } finally {
      this.converts = before;
    }
  }

  private readonly remembered = new Map<object, unknown>();

  /** What some part of the interpreter keeps for this run of the program, by a key of its own. It goes when the machine goes. */
  remember<T>(key: { readonly make: () => T }): T {
    if (!this.remembered.has(key)) this.remembered.set(key, key.make());
    return this.remembered.get(key) as T;
  }

  /**
   * The run is over, and what it knew goes. The collector of young objects follows the weak links by which V8 remembers who was called last: through them the machine
   * would outlive its run, and be copied to the old generation with everything in it.
   */
  release(): void {
    this.journal.release();
    for (const kept of [this.functions, this.called, this.departures, this.bindings, this.remembered]) kept.clear();
    this.tapes.length = this.assignments.length = 0;
    this.variables = [];
    this.boundaries = [];
    this.frames = [];
    this.eager.tapes = [];
  }

  get stepsTaken(): number {
    return this.steps;
  }

  step(cost = 1): void {
    this.steps += cost;
    if (this.steps > this.limit) throw new Exhausted('budget');
  }

  /** Runs a call with most of the steps that are left; null where they are used up, and the call is given up. */
  rationed<T>(body: () => T): T | null {
    const { uncertain, graphDepth, converts, training, vectorizing, takes } = this;
    const [tapes, accumulators] = [this.eager.tapes, this.eager.accumulators];
    this.limit = Math.floor(this.steps + (this.budget - this.steps) * SHARE);
    try {
      return body();
    } catch (e) {
      if (!(e instanceof Exhausted) || this.steps > this.budget) throw e;
      Object.assign(this, { uncertain, graphDepth, converts, training, vectorizing, takes });
      this.eager.tapes = tapes;
      this.eager.accumulators = accumulators;
      for (const { creation } of this.tapes) creation.escaped = true;
      this.gaveUp = this.metUnknown = true;
      return null;
    } finally {
      this.limit = this.budget;
    }
  }

  uncalled(): readonly (readonly [FunctionDefinition, FunctionValue])[] {
    return [...this.functions].filter(([definition]) => !this.called.has(definition));
  }

  superOf(): readonly [ClassValue | null, Value | null] {
    const frame = this.frames.at(-1);
    return [frame?.owner ?? null, frame?.self ?? null];
  }

  source(range: Range): string {
    return this.text.slice(range.start, range.end);
  }

  /** Marks what is made meanwhile as made here. */
  at<T>(range: Range, body: () => T): T {
    const before = this.position.site;
    this.position.site = range;
    try {
      return body();
    } finally {
      this.position.site = before;
    }
  }

  raise(type: string, message: string, range: Range | null, fromCall: number | null = null): never {
    throw new ProgramRaise({ type, message, range: range ?? this.position.site ?? { start: 0, end: 0 }, fromCall });
  }

  newVariable(value: Tensor, trainable: boolean, name: string): Variable {
    if (this.engine) {
      const own = this.backend.detach(value);
      const variable = { handle: own, value: own, trainable, name };
      this.variables.push(variable);
      return variable;
    }
    const known = { values: null, zero: false, infinite: false, constant: false, tainted: false };
    const handle = new AbstractTensor(value.shape, 'resource', known, this.position.site, false, value.dtype);
    const variable = { handle, value: this.backend.detach(value), trainable, name };
    this.variables.push(variable);
    return variable;
  }

  assign(variable: Variable, value: Tensor): void {
    // A variable of TensorFlow.js is a tensor that keeps its identity.
    if (this.engine) this.journal.set(variable.value as AbstractTensor, 'known', { ...knowledgeOf(value), zero: false, constant: false });
    else this.journal.set(variable as { value: Tensor }, 'value', this.backend.detach(value));
  }

  // ---------------------------------------------------------------------------------------------- branches

  private saveTapes(): TapeStates {
    const states = new Map(this.tapes.map(({ tape }) => [tape, { ...tape.state, producers: new Map(tape.state.producers) }]));
    return { active: this.eager.tapes, accumulators: this.eager.accumulators, states };
  }

  private restoreTapes({ active, accumulators, states }: TapeStates): void {
    this.eager.tapes = active;
    this.eager.accumulators = accumulators;
    for (const [tape, state] of states) tape.state = { ...state, producers: new Map(state.producers) };
  }

  /** Tapes after several runs: what any of them recorded; where they differ in more than that, nothing about the tape is certain. */
  private mergeTapes(ends: readonly TapeStates[]): void {
    const [first] = ends;
    if (!first) return;
    this.eager.tapes = first.active;
    this.eager.accumulators = first.accumulators;
    for (const { tape, creation } of this.tapes) {
      const states = ends.flatMap((e) => e.states.get(tape) ?? []);
      const [one] = states;
      if (!one) continue;
      const producers: TapeState['producers'] = new Map();
      for (const s of states) for (const [id, origin] of s.producers) producers.set(id, origin);
      if (states.some((s) => s.phase !== one.phase || s.usedUp !== one.usedUp)) creation.escaped = true;
      tape.state = { ...one, producers };
    }
    if (ends.some((e) => e.active.length !== first.active.length)) for (const { creation } of this.tapes) creation.escaped = true;
  }

  /** Runs a block to its boundary, then joins the runs that ended early with the one that did not. `accept` says which early ends stop here. */
  bounded(
    type: Boundary['type'],
    accept: (c: Completion) => boolean,
    run: () => Completion,
  ): { readonly completion: Completion; readonly early: readonly Completion[] } {
    const boundary: Boundary = { type, mark: this.journal.mark(), pending: [] };
    this.boundaries.push(boundary);
    let completion: Completion;
    try {
      completion = run();
    } finally {
      this.boundaries.pop();
    }
    const mine = boundary.pending.filter((p) => accept(p.completion));
    if (mine.length === 0) return { completion, early: [] };
    const here = completion.type === 'stopped' ? [] : [{ delta: this.journal.since(boundary.mark), tapes: this.saveTapes() }];
    this.journal.rollback(boundary.mark);
    const ends = [...here, ...mine];
    this.journal.merge(
      ends.map((e) => e.delta),
      this.join,
    );
    this.mergeTapes(ends.map((e) => e.tapes));
    return { completion, early: mine.map((p) => p.completion) };
  }

  /** One of several branches is taken, and nobody knows which: a replay is told, else all are tried. `gives`: the branches are expressions, whose values differ. */
  choose(runs: readonly (() => Completion)[], gives = false): Completion {
    const place = this.position.site?.start ?? 0;
    const taken = this.decisions?.decide(place, runs.length) ?? null;
    const run = taken === null ? undefined : runs[taken];
    if (run) return run();
    const mark = this.journal.mark();
    const completion = this.fork(runs);
    if (gives || completion.type !== 'normal' || this.journal.mark() > mark) this.openQuestions.add(place);
    return completion;
  }

  /** Tries every run from the state that is now, and goes on from all of them joined. A run that raises is one that the program does not survive. */
  fork(runs: readonly (() => Completion)[]): Completion {
    const mark = this.journal.mark();
    const tapes = this.saveTapes();
    const normal: { delta: Delta; tapes: TapeStates; completion: Completion }[] = [];
    let raised: ProgramRaise | null = null;
    this.uncertain++;
    try {
      for (const run of runs) {
        let completion: Completion | null = null;
        try {
          completion = run();
        } catch (e) {
          if (!(e instanceof ProgramRaise)) throw e;
          raised = e;
          // Whoever catches it may have to.
          this.metUnknown = true;
        }
        if (completion && completion.type !== 'normal' && completion.type !== 'stopped') this.suspend(completion);
        const ended = this.saveTapes();
        const delta = this.journal.rollback(mark);
        if (completion?.type === 'normal') normal.push({ delta, tapes: ended, completion });
        this.restoreTapes(tapes);
      }
    } finally {
      this.uncertain--;
    }
    if (normal.length === 0) {
      if (raised && !this.boundaries.some((b) => b.pending.length > 0)) throw raised;
      return STOPPED;
    }
    this.journal.merge(
      normal.map((n) => n.delta),
      this.join,
    );
    this.mergeTapes(normal.map((n) => n.tapes));
    return NORMAL;
  }

  /** Leaves an early end at the boundary where it will be met. */
  private suspend(completion: Completion): void {
    const type = completion.type === 'return' ? 'function' : 'loop';
    const boundary = [...this.boundaries].reverse().find((b) => b.type === type);
    boundary?.pending.push({ completion, delta: this.journal.since(boundary.mark), tapes: this.saveTapes() });
  }

  /** What is known of a value that is one of several; undefined is a name that is not bound there. */
  join: (values: readonly unknown[], place: object | null, key: string | null) => unknown = (values) => values[0];
}
