// What a GradientTape records and gives back. TensorFlow: python/eager/backprop.py and, for the walk, c/eager/tape.h.
import type { Eager } from './eager.ts';
import { OpError, surelyDifferent, surelyEqual, Undetermined } from './shape.ts';
import { isDifferentiable, type Origin, type Tensor, type Variable } from './tensor.ts';

export interface TapeOptions {
  readonly persistent: boolean;
  readonly watchAccessedVariables: boolean;
}

export interface GradientOptions {
  /** One per target; null is ones. */
  readonly outputGradients?: readonly (Tensor | null)[] | null;
}

export const LOST = 'Internal state of the gradient tape is invalid: failed to find operation producing a tensor';
export const USED_UP = 'A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)';

/** What the tape holds, as plain data: an interpreter that tries both branches of an `if` saves and restores it. */
export interface TapeState {
  /** From a tensor's id to what made it; 'watched' where it is a leaf, 'lost' where the tape has forgotten what made it. */
  producers: Map<number, Origin | 'watched' | 'lost'>;
  watchedVariables: readonly Variable[];
  phase: 'new' | 'recording' | 'exited';
  usedUp: boolean;
}

/** Ops whose gradient is a product of what it is given, which is spread over more elements where it has fewer. */
const SPREADING: ReadonlySet<string> = new Set(['Mul', 'Square', 'Exp', 'Log', 'Sin', 'Cos']);

/** Whether the gradients of an op's outputs have the shapes of these (`output_gradients` need not, nor what `tf.custom_gradient` gives), or those of its inputs have theirs all the same. */
function keepsShapes(
  { name, inputs, outputs }: Origin,
  upstream: readonly (Tensor | null)[],
  gradients: readonly (Tensor | null)[],
): boolean {
  if (!upstream.some((dy, i) => dy !== null && surelyDifferent(dy.shape, outputs[i]?.shape ?? null))) return true;
  const isLess = upstream.every((dy, i) => (dy?.shape?.length ?? 0) <= (outputs[i]?.shape?.length ?? 0));
  return isLess && SPREADING.has(name) && gradients.every((g, i) => g === null || surelyEqual(g.shape, inputs[i]?.shape ?? null));
}

export class GradientTape {
  state: TapeState = { producers: new Map(), watchedVariables: [], phase: 'new', usedUp: false };
  /** When it was opened, counted with all tapes and accumulators. */
  nesting = 0;
  /** Whether it knows whatever is in the functions that are called. */
  readonly seesInside: boolean = false;

  constructor(
    protected readonly eager: Eager,
    readonly options: TapeOptions,
  ) {}

  /** Whether it records around the function that is being traced. It records what the graph is built of, too, and can give gradients of that; which is not followed here. */
  get isAround(): boolean {
    return this.eager.tapesOutside.includes(this);
  }

  get recording(): boolean {
    return this.state.phase === 'recording';
  }

  /** `__enter__`. Entering again goes on with what a tape still holds. */
  enter(): void {
    if (this.recording)
      throw new OpError('ValueError', 'Tape is still recording, This can happen if you try to re-enter an already-active tape.');
    const { state } = this;
    this.state = {
      ...state,
      producers: state.phase === 'new' || state.usedUp ? new Map() : state.producers,
      phase: 'recording',
      usedUp: false,
    };
    this.eager.push(this);
  }

  /** `__exit__`; a tape that a gradient call has already popped stays so. */
  exit(): void {
    if (this.recording) this.pop();
  }

  /** `_pop_tape`. */
  leave(): void {
    this.needsRecording();
    this.pop();
  }

  private pop(): void {
    this.state = { ...this.state, phase: 'exited' };
    this.eager.pop(this);
  }

  /** TensorFlow makes the tape itself when it is entered, and lets go of it when it is used up. */
  private get isThere(): boolean {
    return this.state.phase !== 'new' && !this.state.usedUp;
  }
  private needsTape(): void {
    if (!this.isThere) throw new OpError('AttributeError', "'NoneType' object has no attribute '_tape'");
  }

  private needsRecording(): void {
    if (!this.recording) throw new OpError('ValueError', 'Tape is not recording.');
  }

  /** What no tape at all could record is not watched (TensorFlow: pywrap_tfe_src.cc, TFE_Py_TapeWatch). */
  watch(tensor: Tensor): void {
    this.needsTape();
    if (tensor.dtype !== 'resource' && !isDifferentiable(tensor.dtype)) return;
    if (!this.eager.couldBackprop) return;
    if (!this.state.producers.has(tensor.id)) this.state.producers.set(tensor.id, 'watched');
  }

  watchVariable(variable: Variable): void {
    this.needsTape();
    if (!isDifferentiable(variable.value.dtype) || !this.eager.couldBackprop) return;
    this.watch(variable.handle);
    if (!this.state.watchedVariables.includes(variable))
      this.state = { ...this.state, watchedVariables: [...this.state.watchedVariables, variable] };
  }

  /** `watched_variables()`: in the order in which they were made. */
  get watchedVariables(): readonly Variable[] {
    return [...this.state.watchedVariables].sort((a, b) => a.handle.id - b.handle.id);
  }

  /** A variable was read while this tape recorded. */
  variableAccessed(variable: Variable): void {
    if (this.options.watchAccessedVariables && variable.trainable) this.watchVariable(variable);
  }

  /** Records an op if some input is known here and has a differentiable dtype; then its outputs are known too, as far as it is shown them. */
  record(origin: Origin, shown: readonly Tensor[] = origin.outputs): void {
    const { producers } = this.state;
    if (!this.follows(origin.inputs)) return;
    for (const output of shown) producers.set(output.id, origin);
  }

  /** Whether anything that it recorded leads from a source to a target. */
  leadsTo(targets: readonly Tensor[], sources: readonly Tensor[]): boolean {
    const seen = new Set<Tensor>();
    const stack = [...targets];
    for (let tensor = stack.pop(); tensor; tensor = stack.pop()) {
      if (seen.has(tensor)) continue;
      seen.add(tensor);
      if (this.knows(tensor) && sources.some(({ id }) => id === tensor?.id)) return true;
      const producer = this.state.producers.get(tensor.id);
      if (typeof producer === 'object') stack.push(...producer.inputs);
    }
    return false;
  }

  /** Whether an op of these inputs is one to be recorded. */
  follows(inputs: readonly Tensor[]): boolean {
    return inputs.some((t) => this.knows(t) && isDifferentiable(t.dtype));
  }

  knows(tensor: Tensor): boolean {
    return this.state.producers.has(tensor.id);
  }

  stopRecording<T>(body: () => T): T {
    if (!this.recording) throw new OpError('RuntimeError', 'Tape is not recording.');
    this.suspend();
    try {
      return body();
    } finally {
      this.resume();
    }
  }

  /** Enters `stop_recording()`. */
  suspend(): void {
    if (!this.isThere) throw new OpError('RuntimeError', 'Trying to stop recording a tape which is not recording.');
    this.leave();
  }

  /** Leaves `stop_recording()`. */
  resume(): void {
    this.enter();
  }

  /** Runs something with this tape looking on, recording or not: a Jacobian's target is reshaped so. */
  whileRecording<T>(body: () => T): T {
    const outer = this.eager.tapes;
    if (!outer.includes(this)) this.eager.tapes = [...outer, this];
    try {
      return body();
    } finally {
      this.eager.tapes = outer;
    }
  }

  reset(): void {
    this.leave();
    this.state = { producers: new Map(), watchedVariables: [], phase: 'recording', usedUp: this.state.usedUp };
    this.eager.push(this);
  }

  /**
   * `GradientTape.gradient` on flat lists: one gradient per source, null for None. Raises OpError as TensorFlow does: RuntimeError for a tape that is used up,
   * LookupError where an op on the way has no registered gradient, AttributeError for a target that is an IndexedSlices.
   */
  gradient(targets: readonly Tensor[], sources: readonly Tensor[], options: GradientOptions = {}): (Tensor | null)[] {
    this.begin();
    const found = this.walk(targets, sources, options.outputGradients ?? null);
    if (!this.options.persistent) this.finish();
    return found;
  }

  /** The checks and the popping that open every gradient call. */
  begin(): void {
    this.checkUsable();
    if (this.recording && !this.options.persistent) this.pop();
  }

  /** Raises for a tape that is used up, or was never entered; TensorFlow spells it in its own way for a batch Jacobian. */
  checkUsable(forBatch = false): void {
    const { usedUp, phase } = this.state;
    if (usedUp || phase === 'new') throw new OpError('RuntimeError', forBatch ? USED_UP.replace('to compute', 'tocompute') : USED_UP);
  }

  /** A tape that is not persistent forgets everything. */
  finish(): void {
    this.state = { ...this.state, producers: new Map(), usedUp: true };
  }

  /**
   * Reverse mode over what is recorded. The walk does not stop at sources, and drops the gradients of ids that the tape does not know. Where it raises, a tape that is not persistent
   * is not used up, but has lost its ops, and raises for a target of theirs (TensorFlow: c/eager/tape.h, ComputeGradient and InitialGradients). Raises Undetermined where one
   * comes of a gradient that does not have the shape of what it belongs to: TensorFlow's kernels differ in what they make of these.
   */
  walk(targets: readonly Tensor[], sources: readonly Tensor[], outputGradients: readonly (Tensor | null)[] | null): (Tensor | null)[] {
    this.refuseSlices(targets);
    try {
      return this.walkBack(targets, sources, outputGradients);
    } catch (e) {
      if (e instanceof OpError && !this.options.persistent) this.loseOps();
      throw e;
    }
  }

  /** Whether it has forgotten what made a tensor. */
  hasLost(tensor: Tensor): boolean {
    return this.state.producers.get(tensor.id) === 'lost';
  }

  private loseOps(): void {
    const producers = Array.from(this.state.producers, ([id, made]) => [id, made === 'watched' ? made : 'lost'] as const);
    this.state = { ...this.state, producers: new Map(producers) };
  }

  private walkBack(
    targets: readonly Tensor[],
    sources: readonly Tensor[],
    outputGradients: readonly (Tensor | null)[] | null,
  ): (Tensor | null)[] {
    const { producers } = this.state;
    const { operations } = this.eager;
    const sourceIds = new Set(sources.map((s) => s.id));
    const partials = new Map<number, Tensor[]>();
    const give = (id: number, gradient: Tensor) => {
      const list = partials.get(id);
      if (list) list.push(gradient);
      else partials.set(id, [gradient]);
    };
    const collect = (id: number): Tensor | null => {
      const list = partials.get(id);
      if (!list) return null;
      const add = (a: Tensor, b: Tensor): Tensor => operations.add(a, b);
      const total = list.length === 1 ? (list[0] ?? null) : this.eager.neverRun > 0 ? list.reduce(add) : operations.addN(list);
      if (total) partials.set(id, [total]);
      return total;
    };

    targets.forEach((target, i) => {
      const given = outputGradients?.[i];
      if (given) give(target.id, given);
      else if (this.hasLost(target)) throw new OpError('InternalError', LOST);
      else if (typeof producers.get(target.id) === 'object' || sourceIds.has(target.id))
        give(target.id, operations.onesLikeConstant(target));
    });

    const reachable = this.between(sources, this.reachable(targets));
    let isMisshapen = false;
    for (const origin of reachable) {
      const upstream = origin.outputs.map((output) => {
        const total = collect(output.id);
        if (total && !sourceIds.has(output.id)) partials.delete(output.id);
        return total;
      });
      if (upstream.every((u) => u === null)) continue;
      if (origin.backward === 'missing') throw new OpError('LookupError', `gradient registry has no entry for: ${origin.name}`);
      if (origin.backward === 'none') continue;
      const needs = this.needs(origin);
      const filled = upstream.map((u, i) => u ?? operations.zerosConstant(origin.outputs[i] as Tensor));
      const given = upstream.map((u) => u !== null);
      const { backward } = origin;
      const gradients = this.eager.onBehalfOf(origin, () => backward(filled, needs, given));
      isMisshapen ||= this.eager.neverRun === 0 && !keepsShapes(origin, upstream, gradients);
      gradients.forEach((gradient, i) => {
        const input = origin.inputs[i];
        if (gradient && input && producers.has(input.id)) give(input.id, gradient);
      });
    }
    // What the tape does not know loses the gradient that it began with, as a target, where an op on the way reads it.
    for (const { inputs } of reachable) for (const { id } of inputs) if (!producers.has(id)) partials.delete(id);
    if (isMisshapen) throw new Undetermined('a gradient of another shape than what it belongs to');
    return sources.map((source) => collect(source.id));
  }

  /** What an op was given as slices it read as a dense tensor; a target is asked for as it is. */
  protected refuseSlices(targets: readonly Tensor[]): void {
    if (targets.some((target) => target.indexedSlices))
      throw new OpError('AttributeError', "'IndexedSlices' object has no attribute '_id'");
  }

  /** Of the ops that lead to the targets, those that a gradient is made of. */
  protected between(_sources: readonly Tensor[], origins: readonly Origin[]): readonly Origin[] {
    return origins;
  }

  /** Which inputs' gradients anyone may ask for. */
  protected needs(origin: Origin): readonly boolean[] {
    return origin.inputs.map((t) => this.state.producers.has(t.id));
  }

  /** The recorded ops that lead to the targets, last first. */
  reachable(targets: readonly Tensor[]): Origin[] {
    const { producers } = this.state;
    const found = new Set<Origin>();
    const stack = targets.map((t) => t.id);
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      const origin = producers.get(id);
      if (typeof origin !== 'object' || found.has(origin)) continue;
      found.add(origin);
      for (const input of origin.inputs) stack.push(input.id);
    }
    return [...found].sort((a, b) => b.sequence - a.sequence);
  }
}
