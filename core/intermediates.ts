// What the gradient of a condition reads of its branches' insides. TensorFlow hands it out as optionals, place by place: the first of every branch go out at one output, the second
// ones at the next. A gradient of such an output is one in the kind of what the branch that is taken has there, and of booleans TensorFlow has no sum. Measured; TensorFlow:
// python/ops/cond_v2.py, _make_intermediates_match; core/util/tensor_ops_util.h, BinaryAddTensors.
import { OpError, Undetermined } from './shape.ts';
import type { Origin, Tensor } from './tensor.ts';

/** Which of several bodies runs. */
export interface Choice {
  /** For an interpreter with numbers: the one that is carried out, and not only sketched. */
  readonly runs: number | null;
  /** The one that is known to be taken. */
  readonly known: number | null;
  readonly predicate: Tensor | null;
}

/** A tensor that is made inside a branch, or an output of a condition in it. */
export type Intermediate = Tensor | Place;

/** One of the outputs: what each branch has there, null for nothing. */
interface Place {
  readonly alternatives: readonly (Intermediate | null)[];
  readonly known: number | null;
}

const isPlace = (x: Intermediate): x is Place => 'alternatives' in x;

/** What the gradient of a condition reads of its branches. */
export interface Intermediates {
  readonly places: readonly Place[];
  /** The same among what comes from outside, in the order in which it goes into the gradient. */
  readonly inputs: readonly Intermediate[];
  readonly predicate: Tensor | null;
  /** Whether it is a function of its own to the graph that it is in. TensorFlow: control_flow_util_v2.py, run_as_function_for_tape_gradients. Null where that is not known. */
  readonly isWrapped: boolean | null;
  /** Whether it is in a function that is called outside of all functions. */
  readonly isDirect: boolean;
  /** Whether the order is known: gradients of gradients of conditions in conditions read more than is followed here. */
  readonly isOrdered: boolean;
}

export const NO_INTERMEDIATES: Intermediates = {
  places: [],
  inputs: [],
  predicate: null,
  isWrapped: false,
  isDirect: true,
  isOrdered: true,
};

function tensorsOf(x: Intermediate | null): readonly Tensor[] {
  if (x === null) return [];
  return isPlace(x) ? x.alternatives.flatMap(tensorsOf) : [x];
}

/** All tensors among them. */
export const tensorsIn = ({ places }: Intermediates): ReadonlySet<Tensor> => new Set(places.flatMap(tensorsOf));

/** What a branch's gradient reads; what is not one of its intermediates comes from outside. */
interface Read {
  readonly what: Intermediate;
  readonly isInside: boolean;
}

/**
 * What the gradient of one branch, whose ops are given, reads, in the order in which it takes it in. `isMade`: whether a tensor is made inside the branch; `isGiven`: whether it comes
 * from outside, which a function inside hands on.
 */
export function branchReads(gradient: readonly Origin[], isMade: (t: Tensor) => boolean, isGiven: (t: Tensor) => boolean): readonly Read[] {
  const found = new Map<Intermediate, boolean>();
  const add = (t: Tensor, isHandedOn: boolean): void => {
    if (t.dtype !== 'resource' && !found.has(t) && (isMade(t) || isGiven(t))) found.set(t, isMade(t) || isHandedOn);
  };
  for (const { inputs, differentiates } of gradient) {
    const { inputs: own = inputs, predicate = null, isWrapped = false } = differentiates ?? {};
    if (predicate && !isWrapped) add(predicate, false);
    for (const x of own)
      if (isPlace(x)) found.set(x, true);
      else add(x, isWrapped !== false);
    if (predicate && isWrapped) found.set(predicate, true);
  }
  return [...found].map(([what, isInside]) => ({ what, isInside }));
}

/** The branches' put together. */
export function matched(
  branches: readonly (readonly Read[])[],
  { known, predicate }: Choice,
  how: Pick<Intermediates, 'isWrapped' | 'isDirect' | 'isOrdered'>,
): Intermediates {
  const inside = branches.map((reads) => reads.filter(({ isInside }) => isInside).map(({ what }) => what));
  const length = Math.max(...inside.map((list) => list.length));
  const places = Array.from({ length }, (_, i) => ({ alternatives: inside.map((list) => list[i] ?? null), known }));
  const inputs = branches.flatMap((reads, k) =>
    reads.map(({ what, isInside }) => (isInside ? (places[inside[k]?.indexOf(what) ?? -1] as Place) : what)),
  );
  return { places, inputs: [...new Set(inputs)], predicate, ...how };
}

/** Whether what stands there when it is run is a boolean; null where that is not known. */
function isBoolean(x: Intermediate | null): boolean | null {
  if (x === null) return false;
  if (!isPlace(x)) return x.dtype === 'bool';
  const { alternatives, known } = x;
  if (known !== null) return isBoolean(alternatives[known] ?? null);
  const all = new Set(alternatives.map(isBoolean));
  return all.size === 1 ? ([...all][0] ?? null) : null;
}

/** How the gradient of a condition's gradient is taken. */
interface Asked {
  /** The tensors that some branch gives a gradient to. */
  readonly given: ReadonlySet<Tensor>;
  /** Those whose own gradient, where one went in, is given one. */
  readonly givenUpstream: ReadonlySet<Tensor>;
  /** Whether a derivative may be asked of it, too. */
  readonly isAgain: boolean;
  /** Whether it is carried out; null where that is not known. */
  readonly isRun?: boolean | null | undefined;
}

/** Refuses the gradient of a condition's gradient where TensorFlow would add up booleans. Raises InvalidArgumentError. */
export function refuseBooleans(
  { places, isOrdered, isWrapped, isDirect }: Intermediates,
  { given, givenUpstream, isAgain, isRun = true }: Asked,
): void {
  if (isRun === false || (isWrapped === false && !isAgain)) return;
  const fails = (asked: ReadonlySet<Tensor>): boolean | null => {
    const some = places.filter((place) => tensorsOf(place).some((t) => asked.has(t)));
    const found = (isOrdered || some.length === 0 ? some : places).map(isBoolean);
    if (!found.some((is) => is !== false)) return false;
    return isOrdered && found.includes(true) ? isRun : null;
  };
  const isUpstreamGiven = isAgain || (isDirect ? isWrapped : null);
  const found = [fails(given), fails(givenUpstream) && isUpstreamGiven];
  if (found.includes(true)) throw new OpError('InvalidArgumentError', 'Trying to add unsupported dtype 10');
  if (found.includes(null)) throw new Undetermined('the second derivative of a condition that reads booleans');
}
