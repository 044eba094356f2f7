// Functions that are one op to the tapes around them: `tf.function` (Call), `tf.cond` in a graph (If), `tf.while_loop` in a graph (While). Each has a gradient that is such an op
// again; what that one reads of the forward one are further outputs of the forward one, which is how some Nones turn into zeros across the boundary.
// TensorFlow: python/eager/polymorphic_function/concrete_function.py, python/ops/cond_v2.py, python/ops/while_v2.py.
import type { Eager, FunctionCall } from './eager.ts';
import { type Choice, type Intermediates, branchReads, matched, NO_INTERMEDIATES, refuseBooleans, tensorsIn } from './intermediates.ts';
import { calling, currentGraph, Graph, inside, tracing } from './graph.ts';
import { OpError, show, surelyDifferent, Undetermined } from './shape.ts';
import { isDifferentiable, isProgramsOwn, type Origin, type Tensor, type Variable } from './tensor.ts';

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

type Body = (placeholders: readonly Tensor[]) => readonly Tensor[];
/** A body whose results are asked for once every other branch has run too. */
type Branch = (placeholders: readonly Tensor[]) => () => readonly Tensor[];

/** Runs something of which only the structure is wanted. */
const sketched = <T>({ backend }: Eager, body: () => T): T => (backend.lazily ? backend.lazily(body) : body());

/** Takes the gradient of a branch that is not taken. It is given what belongs to the one that is, of whatever shape. */
function neverRun<T>(eager: Eager, body: () => T, isCarriedOut: boolean): T {
  eager.neverRun++;
  try {
    return isCarriedOut ? body() : sketched(eager, body);
  } finally {
    eager.neverRun--;
  }
}

/** Takes a gradient once, to see what it needs: nothing of it is carried out in any function. */
function tried<T>(eager: Eager, graph: Graph, body: () => T): T {
  const { insideFunctions, meetsLoopOfRows } = eager;
  eager.insideFunctions = null;
  try {
    return sketched(eager, () => inside(eager, graph, body));
  } finally {
    eager.insideFunctions = insideFunctions;
    eager.meetsLoopOfRows = meetsLoopOfRows;
  }
}

/** A gradient is none, a tensor or a `tf.IndexedSlices`. */
type Form = 'dense' | 'slices' | null;

const formOf = (gradient: Tensor | null): Form => gradient && (gradient.indexedSlices ? 'slices' : 'dense');

/** Of what several branches give, each of which has to give the same. TensorFlow: python/ops/cond_v2.py, _make_output_composite_tensors_match. */
const matching = (forms: readonly Form[]): Form => forms.find((f) => f === 'slices') ?? forms.find((f) => f === 'dense') ?? null;

/** One body, traced: its ops, and how to go backwards through them. */
class Traced {
  readonly placeholders: readonly Tensor[];
  private readonly give: () => readonly Tensor[];
  private given: readonly Tensor[] | null = null;

  /** `runs`: whether this is what is carried out, and not only what might have been. */
  constructor(
    private readonly eager: Eager,
    inputs: readonly Tensor[],
    body: Branch,
    private readonly runs = true,
    readonly graph = new Graph(eager),
  ) {
    this.placeholders = inputs.map((t) => passedOn(eager, eager.backend.alias(t), [t]));
    this.give = this.inside(() => body(this.placeholders));
  }

  private inside<T>(body: () => T): T {
    const { eager, graph } = this;
    return this.runs ? inside(eager, graph, body) : sketched(eager, () => inside(eager, graph, body));
  }

  get results(): readonly Tensor[] {
    return (this.given ??= this.inside(this.give));
  }

  /** Whether it is nobody's result. A constant of a function that is called inside is one of the call's, where its gradient reads it. */
  isConstant(t: Tensor): boolean {
    return t.origin === null && !this.graph.state.producers.has(t.id);
  }

  /** What of the outside it takes in. */
  captures(given: readonly Tensor[] = this.placeholders, takesSizes = true): Tensor[] {
    return this.graph.captures(given, this.results, takesSizes);
  }

  /** The gradients of placeholders and captures, from those of the differentiable results and of tensors of the inside that were read. */
  differentiate(captures: readonly Tensor[], reads: readonly Tensor[], upstream: readonly Tensor[]): (Tensor | null)[] {
    const sources = [...this.placeholders, ...captures];
    for (const t of sources) this.graph.state.producers.set(t.id, 'watched');
    const walk = () => this.graph.walk([...this.results.filter((t) => isDifferentiable(t.dtype)), ...reads], sources, upstream);
    return this.runs && this.fits ? walk() : neverRun(this.eager, walk, this.runs);
  }

  /** Whether its results have the shapes of what comes out: those are the ones of the branch that is taken. */
  fits = true;
  /** The ops of its gradient, as far as that has been taken. */
  private gradient: readonly Origin[] = [];
  /** Whether it finds sizes that its gradient asks for. */
  findsSizes = false;

  /** What the gradient reads, found by taking it once with nobody looking. Raises LookupError where an op inside has no gradient. */
  reads(captures: readonly Tensor[], takesSizes: boolean): Tensor[] {
    const aside = new Graph(this.eager, { isRun: false });
    const upstream = this.upstreamStandIns(this.results.filter((t) => isDifferentiable(t.dtype)));
    tried(this.eager, aside, () => this.differentiate(captures, [], upstream));
    const read = aside.captures(upstream, [], takesSizes);
    this.gradient = aside.origins;
    this.findsSizes = !takesSizes && aside.captures(upstream).length > read.length;
    return read.filter((t) => isDifferentiable(t.dtype));
  }

  /** What its gradient reads, in order. `handed`: what it is handed of another's inside. */
  readsInOrder(handed: ReadonlySet<Tensor>) {
    const isMade = (t: Tensor): boolean => handed.has(t) || this.placeholders.includes(t) || this.graph.makes(t);
    return branchReads(this.gradient, isMade, (t) => t.id < this.graph.firstId);
  }

  /** Whether its gradient is one of conditions, too. */
  get goesThroughConditions(): boolean {
    return this.gradient.some(({ differentiates }) => differentiates);
  }

  /** Which gradients there are, and as what. */
  forms(captures: readonly Tensor[], reads: readonly Tensor[]): Form[] {
    const targets = [...this.results.filter((t) => isDifferentiable(t.dtype)), ...reads];
    return tried(this.eager, new Graph(this.eager, { isRun: false }), () =>
      this.differentiate(captures, reads, this.upstreamStandIns(targets)).map(formOf),
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

const followingAccumulators = (eager: Eager, inputs: readonly Tensor[]) => eager.accumulators.filter((a) => a.follows(inputs));

/**
 * What the gradients of the bodies read, where somebody may ask for them. Raises LookupError or NotImplementedError where an op inside has none and a tape is recording; in a graph
 * only where tapes may be asked for more than a first derivative (`isAgain`).
 */
function readsOf(
  eager: Eager,
  callInputs: readonly Tensor[],
  traced: readonly { readonly body: Traced; readonly sources: readonly Tensor[] }[],
  isAgain: boolean,
  takesSizes = true,
  name = '',
): Tensor[][] {
  const inGraph = currentGraph(eager) !== null;
  if (!inGraph && !eager.tapes.some((tape) => tape.follows(callInputs)) && followingAccumulators(eager, callInputs).length < 2)
    return traced.map(() => []);
  try {
    return traced.map(({ body, sources }) => body.reads(sources, takesSizes));
  } catch (e) {
    // Otherwise a graph makes the gradient when it is asked for; and what shapes are against is not known of all branches.
    const isMadeAtOnce = isAgain && e instanceof OpError && /^(LookupError|NotImplementedError|PythonError)$/.test(e.type);
    if (inGraph && !isMadeAtOnce && e instanceof OpError) return traced.map(() => []);
    // Nor is it known what it fails with where a Jacobian falls back to a loop.
    if (name === VECTORIZED && isAgain && e instanceof OpError && NOT_VECTORIZED.test(e.message))
      throw new Undetermined('what a Jacobian under such tapes raises');
    throw asCallError(e);
  }
}

/** Of what is read, what was made inside. A condition's and a loop's gradients make their own copies of constants (cond_v2 and while_v2, _capture_helper): those are left out. */
const madeInside = (reads: readonly Tensor[], callInputs: readonly Tensor[], body: Traced, keepsConstants: boolean): Tensor[] =>
  reads.filter((t) => !callInputs.includes(t) && (keepsConstants || !body.isConstant(t)));

/** Those that it makes copies of, and does not take in. */
const copiedOf = (read: readonly Tensor[], reads: readonly Tensor[], callInputs: readonly Tensor[]): ReadonlySet<Tensor> =>
  new Set(read.filter((t) => !reads.includes(t) && !callInputs.includes(t)));

/** What the gradient of a condition is to a condition. */
interface OfGradient {
  /** Whether it reads anything of the condition's inside. */
  readonly takesVariants: boolean;
  readonly intermediates: Intermediates;
  /** Whose gradients its first inputs are. */
  readonly upstreamOf: readonly Tensor[];
  readonly copied: ReadonlySet<Tensor>;
  /** Whether it reads what was made inside, constants aside. */
  readonly readsInside: boolean;
  readonly isVectorizable: boolean;
}

/**
 * Whether tapes may be asked for a derivative of the gradient: two that follow the call, or a persistent one. TensorFlow: python/eager/gradients_util.py,
 * PossibleTapeGradientTypes.
 */
function mayBeDifferentiatedAgain(eager: Eager, inputs: readonly Tensor[]): boolean {
  const graph = currentGraph(eager);
  // Tapes outside of a function follow what comes from what they know.
  const roots = graph?.rootsOf(inputs) ?? [];
  const following = [
    ...eager.tapes.filter((tape) => tape !== graph && tape.follows(inputs)),
    ...eager.tapesOutside.filter(
      (tape) => tape.follows(roots) || (tape.options.watchAccessedVariables && roots.some(({ dtype }) => dtype === 'resource')),
    ),
  ];
  return following.length > 1 || following.some(({ options }) => options.persistent);
}

/** A function is traced once, under the tapes of its first call. Null where another call would have made it another function. */
function asFirstTraced(eager: Eager, place: string, isWrapped: boolean): boolean | null {
  if (eager.backend.isLazy) return isWrapped;
  const first = eager.wrapped.get(place) ?? isWrapped;
  eager.wrapped.set(place, first);
  return first === isWrapped ? isWrapped : null;
}

/** Of a condition; `before`: where it is the gradient of one, what that one reads. */
function intermediatesOf(
  eager: Eager,
  branches: readonly Traced[],
  choice: Choice,
  before: Intermediates | null,
  isWrapped: boolean | null,
): Intermediates {
  const handed = tensorsIn(before ?? NO_INTERMEDIATES);
  const reads = branches.map((branch) => branch.readsInOrder(handed));
  if (before === null)
    return matched(reads, choice, { isWrapped, isDirect: currentGraph(eager)?.depth === 1, isOrdered: isWrapped !== null });
  const isOrdered = before.isOrdered && !branches.some((branch) => branch.goesThroughConditions);
  return matched(reads, choice, { isWrapped: before.isWrapped, isDirect: before.isDirect, isOrdered });
}

const CONDITION = /^(If|Case)(_backward)*$/;
const CONTROL = /^(If|Case|While)(_backward)*$/;
const LISTS = /^_(As|From|Into)List$/;

/** What a vectorised Jacobian meets in the gradient of a function, a condition or a loop. */
interface Vectorized {
  readonly of: 'function' | 'condition' | 'loop';
  /** The ops inside, however deep. */
  readonly ops: ReadonlySet<Origin>;
  /** Where what is differentiated is itself such a gradient: whether that reads, or may read, anything that was made inside. Null where it is none. */
  readonly gradientReads: boolean | null;
  /** Whether a derivative may be asked of the gradient, too; null where that is not known. */
  readonly isAgain: boolean | null;
}

/**
 * Whether a vectorised Jacobian is known to go through such a gradient, as far as conditions and loops are in its way. Of what goes in and out as variants TensorFlow often has lost
 * what they hold: where second derivatives are asked for, or lists. Recorded in test/oracle/programs/cf_vectorized_control_…; TensorFlow: python/ops/parallel_for/pfor.py,
 * _convert_if, WhileV2.
 */
function isVectorizable({ of, ops, gradientReads, isAgain }: Vectorized): boolean {
  const all = [...ops];
  const inside = all.filter(({ name }) => CONTROL.test(name)).length;
  if (of === 'function') return !isAgain || (inside < 2 && all.every(({ name }) => !CONDITION.test(name)));
  // A list of whole numbers has no gradient; it may be a range, which is none to TensorFlow.
  if (all.some(({ name, outputs }) => LISTS.test(name) && outputs.some((t) => isDifferentiable(t.dtype)))) return false;
  if (gradientReads !== null) return !gradientReads;
  return isAgain === false || (isAgain === true && of === 'loop' && inside === 0);
}

/** A `tf.recompute_grad` inside of a condition fails in TensorFlow, in one way or another. */
function refuseRecomputing(name: string, ops: ReadonlySet<Origin>): void {
  if (CONDITION.test(name) && [...ops].some((op) => op.name.startsWith('RecomputeGrad')))
    throw new Undetermined('the gradient of a `tf.recompute_grad` in a condition');
}

/** Ops that TensorFlow goes through in a loop of a Jacobian's, row by row: pfor has no converter for them. */
const NOT_VECTORIZED = /no entry for: (Dilation2DBackprop|FakeQuant|LRNGrad|MaxPoolGradWithArgmax|Fractional|ResizeBi|ScaleAndTranslate)/;

/** What a vectorised Jacobian is called, which takes in all that it works on; no function of a program's can have such a name. */
const VECTORIZED = '<jacobian>';

/** All rows of a Jacobian at once, as one op. */
export const callVectorized = (eager: Eager, body: () => readonly Tensor[]): Tensor[] => callFunction(eager, VECTORIZED, [], body);

/** Made by an op whose gradient has nothing to read, or that has none. */
const isFlat = ({ origin }: Tensor): boolean =>
  origin?.row?.unrecorded === true || origin?.row?.gradient === 'none' || origin?.name === 'Sign';

/** What a call under accumulators is made of. */
interface FollowedCall {
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly captures: readonly Tensor[];
  /** The ops inside, however deep. */
  readonly ops: ReadonlySet<Origin>;
  readonly reads: readonly Tensor[];
  /** What the tensors among these that are made inside are made of, as far as it is taken in. */
  readonly madeOf: readonly Tensor[];
}

/**
 * Under a tape or a second accumulator, what the gradient of a condition or a loop reads of its inside is handed on as variants, and a list is one: an accumulator that follows
 * along has no tangents of these. Recorded in test/oracle/programs/cf_accumulator_control and cf_accumulator_lists; TensorFlow: python/eager/forwardprop.py, _jvp_helper.
 */
function refuseVariants(eager: Eager, { name, inputs, captures, ops, reads, madeOf }: FollowedCall): void {
  const all = [...inputs, ...captures];
  const followers = followingAccumulators(eager, all);
  if (followers.length === 0) return;
  const watchers = eager.tapes.filter((tape) => tape.follows(all));
  const isAlsoWatched = followers.length + watchers.length > 1;
  const has = (pattern: RegExp): boolean => [...ops].some((op) => pattern.test(op.name));
  // TensorFlow traces a function in sight of the accumulators: they work out what they cannot use, and fail in ways of their own, mostly where the gradient reads some of it. A
  // later call finds it traced.
  if (followingAccumulators(eager, captures).length > 0) {
    const isCustom = [...ops].some(isProgramsOwn);
    const isTangled =
      isAlsoWatched && (followers.length + watchers.length > 2 || isCustom || followingAccumulators(eager, madeOf).length > 0);
    if (has(CONTROL) || has(LISTS) || (isTangled && name !== VECTORIZED))
      throw new Undetermined('an accumulator over something that a function takes in from outside');
  }
  if (name === `${VECTORIZED}_backward` || has(/^<jacobian>_backward/))
    throw new Undetermined('the gradient of a Jacobian, under an accumulator');
  if (has(/^EagerPyFunc$/)) throw new Undetermined("an accumulator over a function that calls Python's");
  if (!isAlsoWatched) return;
  if ([...ops].some((op) => op.outputs.some((t) => eager.backend.isOpen?.(t) === true)))
    throw new Undetermined('an accumulator and a tape over a function of which something is not known');
  const isRead = new Set(reads);
  const hasVariants = ({ name, attributes: { variants }, inputs: [first], outputs }: Origin): boolean =>
    variants === 'in' ||
    variants === 'sizes' ||
    (variants === 'out' && outputs.some((t) => isRead.has(t) && !isFlat(t))) ||
    (name === '_FromList' && first !== undefined && isRead.has(first));
  if ([...ops].some(({ attributes, outputs }) => attributes['variants'] === 'out' && outputs.some((t) => isRead.has(t) && isFlat(t))))
    throw new Undetermined('an accumulator over a condition of which the gradient reads what has no gradient itself');
  if ([...ops].some(hasVariants)) throw new OpError('TypeError', "`dtype` <dtype: 'variant'> is not compatible with 1 of dtype int64.");
  if (followers.length > 1 && has(/^_IntoList$/))
    throw new Undetermined('two accumulators over a function that writes to a `tf.TensorArray`');
}

/**
 * Where a tape watches the tangents that an accumulator adds to a call, the call's gradient has one for each of them, too, of which the tape knows nothing: it counts, and raises.
 * Recorded in test/oracle/programs/cf_accumulator_in_tape; TensorFlow: concrete_function.py, _TapeGradientFunctions.record.
 */
function miscountOf(eager: Eager, name: string, inputs: readonly Tensor[], outputs: readonly Tensor[]): OpError | null {
  const tangents = eager.accumulators.flatMap((accumulator) => accumulator.beside(inputs));
  if (!outputs.some((t) => isDifferentiable(t.dtype)) || !eager.tapes.some((tape) => tape.follows(tangents))) return null;
  const [expected, received] = [inputs.length, inputs.length + tangents.length];
  return new OpError(
    'InternalError',
    `Recorded operation '${name}' returned too few gradients. Expected ${expected} but received ${received}`,
  );
}

/**
 * Calls a function as TensorFlow calls a `tf.function`: `body` gets a placeholder for each input, and the tapes see one op. `variables`: those that are arguments. Raises
 * LookupError at the call itself where the function's gradient would need an op that has none and a tape is recording, and ValueError where an accumulator knows a variable.
 */
export function callFunction(
  eager: Eager,
  name: string,
  inputs: readonly Tensor[],
  body: Body,
  variables: readonly Variable[] = [],
): Tensor[] {
  const isRefused = currentGraph(eager) === null && eager.accumulators.some((a) => variables.some(({ handle }) => a.jvp(handle)));
  const traced = isRefused ? refusingVariables(eager, body) : body;
  return callBranches(eager, name, inputs, [atOnce(traced)], ([only]) => eager.backend.alias(only as Tensor));
}

/**
 * TensorFlow's own mistake, and its own words: a variable that is an argument has lost what its handle stands for when an accumulator asks. With a condition or a loop inside
 * one of four other errors may come first. In a graph it lets such a call pass. Recorded in test/oracle/programs/cf_acc_argument_….
 */
const refusingVariables =
  (eager: Eager, body: Body): Body =>
  (placeholders) => {
    const { ops } = tracing(eager, () => body(placeholders));
    if (ops.some(({ name }) => /^(If|Case|While|_AsList|_FromList|_IntoList)$/.test(name)))
      throw new Undetermined('an accumulator over a variable that goes into a function with a condition, a loop or a `tf.TensorArray`');
    throw new OpError('ValueError', 'Internal error: Tried to take gradients (or similar) of a variable without handle data:');
  };

const atOnce =
  (body: Body): Branch =>
  (placeholders) => {
    const results = body(placeholders);
    return () => results;
  };

/**
 * One op of which one of several bodies will run. Each body gives as many results; `join` makes one tensor of what a result may be. The gradient in an input is None only where
 * no body has one. `choice`: which one runs; the others are then only there for what they might have been. `ofGradient`: where this is the gradient of such an op.
 */
export function callBranches(
  eager: Eager,
  name: string,
  inputs: readonly Tensor[],
  bodies: readonly Branch[],
  join: (alternatives: readonly Tensor[]) => Tensor,
  choice: Choice = { runs: null, known: null, predicate: null },
  ofGradient: OfGradient | null = null,
): Tensor[] {
  const { runs: taken, known } = choice;
  const signed = `${name}(${inputs.map(({ dtype, shape }) => `${dtype} ${show(shape)}`).join()})`;
  const place = currentGraph(eager)?.nextCall(signed) ?? signed;
  const { found: branches, ops } = calling(eager, () =>
    bodies.map((body, k) => {
      const isRun = bodies.length === 1 || (known === null ? null : known === k);
      const graph = new Graph(eager, { isRun: ofGradient ? isRun : null, label: `${place} ${k}`, isBranch: bodies.length > 1 });
      return new Traced(eager, inputs, body, taken === null || taken === k, graph);
    }),
  );
  const [first] = branches;
  const outputs = (first?.results ?? []).map((_, i) => {
    const alternatives = branches.flatMap(({ results }) => results[i] ?? []);
    const one = taken === null ? undefined : alternatives[taken];
    return passedOn(eager, join(alternatives), one ? [one] : alternatives);
  });
  for (const branch of branches) branch.fits = !branch.results.some((t, i) => surelyDifferent(t.shape, outputs[i]?.shape ?? null));
  const captures = distinct(branches.flatMap((branch) => branch.captures())).filter((t) => ofGradient?.copied.has(t) !== true);
  readOutside(eager, branches);
  const callInputs = [...inputs, ...captures];
  const isAgain = mayBeDifferentiatedAgain(eager, callInputs);
  const read = readsOf(
    eager,
    callInputs,
    branches.map((body) => ({ body, sources: captures })),
    isAgain,
    true,
    name,
  );
  const only = branches.length === 1;
  const isEagerCall = only && currentGraph(eager) === null;
  if (currentGraph(eager) === null) eager.graphShapes.leave(outputs);
  if (isEagerCall) {
    // What the gradient of a function reads of it is given to it.
    const [given, closure] = ofGradient ? [callInputs, []] : [inputs, captures];
    const reads = read.flat();
    const madeOf = first?.graph.rootsOf(reads.filter((t) => !captures.includes(t))) ?? [];
    refuseVariants(eager, { name, inputs: given, captures: closure, ops, reads, madeOf });
  }
  const reads = read.map((list, k) => madeInside(list, callInputs, branches[k] as Traced, only));
  const trainable = (first?.results ?? []).map((t) => isDifferentiable(t.dtype));
  // Where nobody can ask for it, what is read has no gradient: added to an IndexedSlices, one would make a tensor.
  const isAsked = isAgain || eager.accumulators.some((a) => a.follows(callInputs));
  const passedBack = isEagerCall && !isAsked ? reads.map(() => []) : reads;
  const isWrapped = ofGradient || only ? null : asFirstTraced(eager, place, isAgain);
  const intermediates = only ? NO_INTERMEDIATES : intermediatesOf(eager, branches, choice, ofGradient?.intermediates ?? null, isWrapped);
  const backward = (upstream: readonly Tensor[]): (Tensor | null)[] => {
    refuseRecomputing(name, ops);
    const ofResults = upstream.slice(0, outputs.length).filter((_, i) => trainable[i]);
    const wanted = [...ofResults, ...upstream.slice(outputs.length, outputs.length + passedBack.flat().length)];
    const found = only ? [] : branches.map((b, k) => b.forms(captures, passedBack[k] ?? []));
    const forms = callInputs.map((_, i) => matching(found.map((one) => one[i] ?? null)));
    if (ofGradient && eager.vectorizing === 0)
      refuseBooleans(ofGradient.intermediates, {
        given: new Set(callInputs.filter((_, i) => forms[i])),
        givenUpstream: new Set(ofGradient.upstreamOf.filter((_, i) => forms[i])),
        isAgain,
        isRun: currentGraph(eager)?.isRun,
      });
    const inForm = (g: Tensor, i: number): Tensor =>
      forms[i] === 'slices' && !g.indexedSlices ? eager.operations.apply('_AsSlices', [g]) : g;
    const upstreamOf = [...outputs.filter((_, i) => trainable[i]), ...passedBack.flat()];
    let start = ofResults.length;
    const gradients = callBranches(
      eager,
      `${name}_backward`,
      wanted,
      branches.map((b, k) => {
        const own = passedBack[k] ?? [];
        const from = start;
        start += own.length;
        return atOnce((stand) => {
          const ofInputs = b.differentiate(captures, own, [...stand.slice(0, ofResults.length), ...stand.slice(from, from + own.length)]);
          if (only) forms.splice(0, forms.length, ...ofInputs.map(formOf));
          return ofInputs.flatMap((g, i) => (forms[i] ? [inForm(g ?? eager.operations.zerosConstant(callInputs[i] as Tensor), i)] : []));
        });
      }),
      join,
      choice,
      {
        takesVariants: !only && read.flat().length > 0,
        intermediates,
        upstreamOf,
        copied: copiedOf(read.flat(), reads.flat(), callInputs),
        readsInside: reads.flat().length > 0,
        isVectorizable: isVectorizable({
          of: only ? 'function' : 'condition',
          ops,
          gradientReads: ofGradient?.readsInside ?? null,
          isAgain: only ? isAgain : isWrapped,
        }),
      },
    );
    let next = 0;
    return callInputs.map((_, i) => (forms[i] ? (gradients[next++] ?? null) : null));
  };
  eager.recordCall({
    name,
    inputs: callInputs,
    outputs,
    reads: reads.flat(),
    backward,
    // In a graph TensorFlow only then shows the tapes what the gradient reads of the inside, though `tf.gradients` may ask too.
    toTapes: currentGraph(eager) === null || isAgain ? 'shown' : null,
    differentiates: ofGradient && !only ? ofGradient.intermediates : null,
    isVectorizable: ofGradient?.isVectorizable,
    variants: ofGradient?.takesVariants === true ? 'in' : ofGradient === null && !only && reads.flat().length > 0 ? 'out' : null,
    miscount: isEagerCall ? miscountOf(eager, name, callInputs, outputs) : null,
  });
  return outputs;
}

/** What a loop needs of its interpreter. */
export interface LoopRules {
  /** A loop variable inside: nothing is known of it but what holds in every round. `isZero`: it is zero in every round. */
  readonly placeholder: (initial: Tensor, isZero: boolean) => Tensor;
  readonly isZero: (tensor: Tensor) => boolean;
  /** For an interpreter with numbers: the body of the next round, from the loop variables; null where the loop ends. Without it nobody knows how often it runs. */
  readonly next?: (variables: readonly Tensor[]) => Body | null;
  /** Only dtypes and shapes are wanted: those after one round. */
  readonly isSketch?: boolean;
}

/** What the gradient of a loop is to a loop. */
interface LoopGradient {
  readonly takesVariants: boolean;
  readonly takesSizes: boolean;
  /** Asked once its rounds have been traced. */
  readonly isVectorizable: () => boolean;
}

/**
 * A loop as one op: `body` takes the loop variables of one round to those of the next. Every differentiable input, captured ones too, gets a gradient: zeros where nothing
 * depends on it. One round that stands for all is traced, however often the loop runs; with `next` the rounds that happen are too, and give the numbers.
 */
export function callLoop(
  eager: Eager,
  name: string,
  initial: readonly Tensor[],
  body: Body,
  rules: LoopRules,
  ofGradient: LoopGradient | null = null,
): Tensor[] {
  const { found, ops } = calling(eager, () => ({
    standing: traceRound(eager, initial, body, rules),
    rounds: rules.next ? runRounds(eager, initial, rules.next) : [],
  }));
  const { zero, ...any } = found.standing;
  const { rounds } = found;
  const all = [any, ...rounds];
  const last = rounds.at(-1);
  const captures = distinct(
    all.flatMap(({ traced, variables }) => traced.captures(variables, ofGradient?.takesSizes).filter((t) => !variables.includes(t))),
  );
  const outputs = initial.map((t, i) => {
    if (!rules.next)
      return passedOn(eager, rules.placeholder(any.traced.results[i] ?? t, zero[i] === true), [t, any.traced.results[i] ?? t]);
    const value = (rules.isSketch ? any : last)?.traced.results[i] ?? t;
    return passedOn(eager, eager.backend.alias(value), [value]);
  });
  readOutside(
    eager,
    all.map((round) => round.traced),
  );
  const callInputs = [...initial, ...captures];
  const inGraph = currentGraph(eager) !== null;
  const isAgain = mayBeDifferentiatedAgain(eager, callInputs);
  // The sizes that its gradient asks for are else found in the loop itself (while_v2, _create_op_internal).
  const takesSizes = !inGraph || isAgain;
  const read = readsOf(
    eager,
    callInputs,
    all.map(({ traced, variables }) => ({ body: traced, sources: [...variables, ...captures] })),
    isAgain,
    takesSizes,
  );
  const reads = read.map((list, k) => madeInside(list, callInputs, (all[k] ?? any).traced, false));
  const trainable = initial.map((t) => isDifferentiable(t.dtype));
  const zeros = (t: Tensor): Tensor => eager.operations.zerosConstant(t);
  const isTangled = inGraph && isAgain && captures.some(({ dtype }) => dtype === 'resource');
  const followers = isTangled ? eager.accumulators.filter((a) => a.follows(callInputs)) : [];
  const backward: FunctionCall['backward'] = (upstream, _, given) => {
    // TensorFlow raises a SystemError here, in three runs of four.
    if (followers.some((a) => a.recording))
      throw new Undetermined('the gradient of a loop over a variable, under an accumulator and two tapes');
    const ofOutputs = upstream.slice(0, outputs.length).filter((_, i) => trainable[i]);
    const wanted = callInputs.filter((t) => isDifferentiable(t.dtype));
    const count = ofOutputs.length;
    const starts = [outputs.length];
    for (const list of reads) starts.push((starts.at(-1) ?? 0) + list.length);
    // All rows of a Jacobian at once have no room in a round that makes one for all of them.
    const isGiven = given.filter((_, i) => trainable[i]);
    let keepsRows = true;
    // Round by round backwards: the gradients of the loop variables, and what has come together for each captured tensor.
    const backwards = (k: number): Body => {
      const { traced, variables } = all[k] ?? any;
      const own = reads[k] ?? [];
      const ofReads = upstream.slice(starts[k], starts[k + 1]);
      return (round) => {
        const found = traced.differentiate([...variables, ...captures], own, [...round.slice(0, count), ...ofReads]);
        const differentiable = found.filter((_, i) => isDifferentiable((callInputs[i] as Tensor).dtype));
        if (differentiable.some((g, i) => isGiven[i] && !(g && isMadeOf(eager, g, round)))) keepsRows = false;
        return differentiable.map((g, i) => {
          const sofar = round[i] as Tensor;
          if (i < count) return g ?? zeros(sofar);
          return g ? eager.operations.add(sofar, g) : sofar;
        });
      };
    };
    let left = rounds.length;
    const gradients = callLoop(
      eager,
      `${name}_backward`,
      [...ofOutputs, ...wanted.slice(count).map(zeros)],
      backwards(0),
      {
        ...rules,
        ...(rules.next && { next: () => (left > 0 ? backwards(left--) : null) }),
      },
      {
        takesVariants: read.flat().length > 0 || all.some(({ traced }) => traced.findsSizes),
        takesSizes,
        isVectorizable: () => keepsRows && isVectorizable({ of: 'loop', ops, gradientReads: ofGradient && true, isAgain }),
      },
    );
    let next = 0;
    return callInputs.map((t) => (isDifferentiable(t.dtype) ? (gradients[next++] ?? null) : null));
  };
  // What is taken in passes through a loop as one of its outputs: a gradient that reads it comes back to the loop, and so to everything that went into it. Calls inside pass it on
  // as an output of their own.
  const isTaken = (t: Tensor): boolean =>
    all.some(({ traced }) => traced.graph.origins.some(({ row, inputs }) => row && inputs.includes(t)));
  const isPassed = read.flat().some((t) => t.dtype !== 'resource' && captures.includes(t) && isTaken(t));
  const ofPassed = (): (Tensor | null)[] => callInputs.map((t) => (isDifferentiable(t.dtype) ? zeros(t) : null));
  const toTapes = takesSizes ? 'shown' : isPassed ? ofPassed : null;
  const sizes = all.some(({ traced }) => traced.findsSizes) ? 'sizes' : null;
  const variants = ofGradient?.takesVariants ? 'in' : reads.flat().length > 0 ? 'out' : sizes;
  eager.recordCall({
    name,
    inputs: callInputs,
    outputs,
    reads: reads.flat(),
    backward,
    toTapes,
    variants,
    isVectorizable: ofGradient?.isVectorizable(),
  });
  return outputs;
}

/** Whether a tensor is one of some, or what is made of them in this graph. */
function isMadeOf(eager: Eager, tensor: Tensor, some: readonly Tensor[]): boolean {
  const isOne = (t: Tensor): boolean => some.includes(t);
  return (
    isOne(tensor) ||
    currentGraph(eager)
      ?.reachable([tensor])
      .some(({ inputs }) => inputs.some(isOne)) === true
  );
}

interface Round {
  readonly traced: Traced;
  /** The loop variables inside. */
  readonly variables: readonly Tensor[];
}

/** One round that stands for all. Variables that start as zero (`zero`: in every round) stay so, unless a round makes something else of them. */
function traceRound(eager: Eager, initial: readonly Tensor[], body: Body, rules: LoopRules): Round & { readonly zero: readonly boolean[] } {
  let zero = initial.map(rules.isZero);
  for (;;) {
    const variables = initial.map((t, i) => rules.placeholder(t, zero[i] === true));
    const round = () => body(variables);
    const traced = new Traced(eager, [], atOnce(round), rules.next === undefined);
    const stays = zero.map((z, i) => z && traced.results[i] !== undefined && rules.isZero(traced.results[i]));
    if (stays.every((z, i) => z === zero[i])) return { traced, variables, zero };
    zero = stays;
  }
}

/** The rounds that happen. */
function runRounds(eager: Eager, initial: readonly Tensor[], next: NonNullable<LoopRules['next']>): Round[] {
  const rounds: Round[] = [];
  let now = initial;
  for (let body = next(now); body; body = next(now)) {
    const round = body;
    const variables = now.map((t) => passedOn(eager, eager.backend.alias(t), [t]));
    const traced = new Traced(
      eager,
      [],
      atOnce(() => round(variables)),
    );
    rounds.push({ traced, variables });
    now = traced.results;
  }
  return rounds;
}
