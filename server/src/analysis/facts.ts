// What an analysis says about a program: data, complete enough to render diagnostics, hovers, lenses and `explain` from it alone.
import type { Language, Range } from '../ir/ir.ts';

export interface Facts {
  readonly language: Language;
  /** One for every place in the text where a gradient is asked for, in source order. */
  readonly calls: readonly GradientCall[];
  /** Every `with tf.GradientTape()` (or tape entered by hand), in source order. */
  readonly tapes: readonly TapeFact[];
  /** Names that hold a gradient's result where they are written: for hovers. */
  readonly names: readonly NameFact[];
  /** How the program ends by itself, where that is certain: an exception that is not caught. */
  readonly exception: ProgramError | null;
  /** True when the budget of steps ran out: what is here is right, but not everything is here. */
  readonly exhausted: boolean;
  /** A mistake of our own that lost the rest of this program: its stack. */
  readonly failure: string | null;
}

export type Method =
  | 'gradient'
  | 'jacobian'
  | 'batch_jacobian'
  | 'gradients'
  | 'hessians'
  | 'jvp'
  | 'grad'
  | 'grads'
  | 'valueAndGrad'
  | 'valueAndGrads'
  | 'variableGrads'
  | 'minimize';

/** `zeros`: connected, and zero for every input. `mixed`: differs between runs of the call. */
export type Outcome = 'none' | 'zeros' | 'value' | 'mixed' | 'unknown';
export type CallOutcome = 'returns' | 'raises' | 'unreached' | 'mixed' | 'unknown';

export interface GradientCall {
  readonly range: Range;
  /** Where the call is said to be: in Python where it starts; in JavaScript where engines place it, the name of a method or the arguments of a call's result. */
  readonly at: number;
  readonly method: Method;
  /** The target's source text. */
  readonly target: string;
  readonly targetRange: Range | null;
  readonly sourcesRange: Range | null;
  readonly outcome: CallOutcome;
  readonly error: CallError | null;
  /** In the order of `tf.nest.flatten`; empty when the call does not return. */
  readonly sources: readonly SourceFact[];
  /** 1 for a derivative of the program's values, 2 for a derivative of a derivative, and so on. */
  readonly order: number;
  readonly tape: TapeState | null;
  /** `unconnected_gradients=ZERO` is given: a `none` was turned into zeros on the way out, `sources` says what it was. */
  readonly unconnectedZero: boolean;
  /** True when the call is reached on every run, false when some branch may avoid it. */
  readonly certain: boolean;
  /** The gradient's shape and so on are those of this many executions seen. */
  readonly executions: number;
}

export interface CallError {
  readonly type: string;
  readonly message: string;
  readonly reason: RaiseReason | null;
}

export interface SourceFact {
  /** Source text of this source (`x`, `params['w']`, `model.trainable_variables[0]`). */
  readonly name: string;
  readonly range: Range | null;
  /** What the call returns for this source. */
  readonly outcome: Outcome;
  /** Why it is none or zeros: one per independent reason, the first being the one that a fix should begin with; each alone would be enough. */
  readonly reasons: readonly Reason[];
  readonly shape: readonly (number | null)[] | null;
  readonly dtype: string | null;
  /** `dy/dx = 3·w·x²`, or null where it cannot be written. */
  readonly formula: string | null;
  /** Things worth knowing of a value: silently not what was meant. */
  readonly remarks: readonly Remark[];
}

/** A step on the way from the target back to the source, for related information. */
export interface Step {
  readonly range: Range;
  readonly message: string;
}

interface ReasonBase<K extends string> {
  readonly kind: K;
  /** Where the cause is, when that is not the call itself. */
  readonly cause: Range | null;
  readonly path: readonly Step[];
}

/** Why a source's gradient is None (or zeros). `kind` is the rule's name (DESIGN section 6). */
export type Reason =
  | (ReasonBase<'unwatched-tensor' | 'outer-tape-not-watching'> & { readonly watch: WatchFix | null; readonly tape: string | null })
  | (ReasonBase<'late-watch'> & { readonly watch: WatchFix | null; readonly watchRange: Range | null; readonly tape: string | null })
  | (ReasonBase<'constant-derivative'> & {
      /** True when the true derivative is zero, so that `unconnected_gradients=ZERO` tells the truth. */
      readonly zeroIsTruth: boolean;
    })
  | (ReasonBase<'zero-hessian'> & { readonly operation: string | null })
  | (ReasonBase<'outside-tape' | 'inner-gradient-outside-outer-tape'> & {
      readonly tape: string | null;
      readonly computation: Range | null;
    })
  | (ReasonBase<'rebound-source'> & { readonly name: string; readonly rebound: Range | null })
  | (ReasonBase<'left-tensorflow'> & { readonly operation: string })
  | (ReasonBase<'integer-dtype'> & { readonly dtype: string; readonly literal: Range | null })
  | (ReasonBase<'non-differentiable-op'> & { readonly operation: string })
  | (ReasonBase<'stopped-gradient'> & { readonly operation: string })
  | (ReasonBase<'state-through-assign'> & { readonly variable: string | null })
  | ReasonBase<'none-target'>
  | ReasonBase<'unconnected'>
  | NotEnclosed;

/** No gradient comes through in TensorFlow.js, which raises. */
type NotEnclosed = ReasonBase<'not-enclosed'> & {
  /** An operation whose gradient reads its output, which a gradient around it does not see. */
  readonly keptOutputOf: string | null;
  /** A derivative that does not depend on its argument: the true answer is zero. */
  readonly zeroIsTruth: boolean;
};

/** Why a call raises. `kind` is the rule's name. */
export type RaiseReason =
  | (ReasonBase<'used-up-tape'> & { readonly creation: Range | null; readonly firstUse: Range | null })
  | ReasonBase<'tape-still-recording'>
  | ReasonBase<'graph-only-api'>
  | ReasonBase<'none-used-as-tensor'>
  | ReasonBase<'none-target'>
  | ReasonBase<'unsupported-target'>
  | ReasonBase<'jacobian-shape'>
  | (ReasonBase<'second-gradient-missing'> & { readonly operation: string })
  | NotEnclosed
  | (ReasonBase<'missing-kernel-gradient'> & { readonly operation: string });

export type Remark = {
  readonly kind:
    | 'summed-target'
    | 'row-sum'
    | 'hidden-none'
    | 'wrong-second-derivative-in-tensorflow'
    | 'wrong-second-derivative'
    | 'singular-derivative'
    | 'sum-of-softmax'
    | 'complex-target';
  readonly operation: string | null;
  readonly cause: Range | null;
  readonly path: readonly Step[];
};

/** Insert `${tape}.watch(${source})` as a line of its own, before the statement that starts at `before`, with that line's indentation. */
export interface WatchFix {
  readonly tape: string;
  readonly source: string;
  readonly before: number;
}

/** A tape as it stands at a call. */
export interface TapeState {
  readonly name: string | null;
  readonly creation: Range;
  /** The argument list of `GradientTape(...)`, parentheses included. */
  readonly creationArguments: Range | null;
  readonly persistent: boolean;
  readonly watchAccessedVariables: boolean;
  /** What the program's `watch` calls name, as it writes it; the variables that the tape watches of its own accord have no part in it. */
  readonly watched: readonly string[];
  readonly state: 'new' | 'recording' | 'exited' | 'used up';
}

export interface TapeFact {
  readonly creation: Range;
  readonly withRange: Range | null;
  readonly name: string | null;
  /** Index into `calls` of the last call that a Hessian is worth computing for on this tape; null when there is none. */
  readonly hessianCall: number | null;
}

export interface NameFact {
  readonly range: Range;
  readonly name: string;
  readonly call: number;
  /** Which source's derivative it holds; null for the whole structure. */
  readonly source: number | null;
}

/** The program ends here with an exception (`None.shape`, a raising gradient call). */
export interface ProgramError {
  readonly range: Range;
  readonly type: string;
  readonly message: string;
  /** When it comes from using a gradient that is None: the index of that call. */
  readonly fromCall: number | null;
}
