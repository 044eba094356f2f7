// What is asked of the runtime and what it answers: types only, shared by host, client, command line and panel.

export type SnippetLanguage = 'python' | 'javascript' | 'typescript';
export type EngineChoice = 'auto' | 'node' | 'wasm' | 'cpu';

export interface HessianRequest {
  /** Absolute path of the file; it need not exist on disk, `text` is what runs. */
  readonly path: string;
  readonly text: string;
  readonly language: SnippetLanguage;
  /** The gradient call, counted from 1. Without it: the last second-order call of the program, else its last gradient call. */
  readonly line?: number;
  readonly column?: number;
  /** The source's name, where the call has several. */
  readonly wrt?: string;
  /** Which execution of the call, counted from 1; the first when absent. */
  readonly occurrence?: number;
  readonly engine?: EngineChoice;
  readonly timeoutSeconds?: number;
}

export type HessianReply = HessianSuccess | HessianFailure;

export interface HessianSuccess {
  readonly ok: true;
  readonly result: HessianResult;
  /** One per pair of row and column variable, row-major over the row's shape followed by the column's; empty when too large to hold (`result.spectrum` then tells what is known). */
  readonly blocks: readonly (readonly Float32Array[])[];
}

export interface HessianFailure {
  readonly ok: false;
  readonly error: HessianError;
}

/** `snippet`: the user's program raised. `unreached`: it ended without reaching the call. `engine`: no engine could be started. */
export type HessianErrorKind = 'snippet' | 'unreached' | 'timeout' | 'memory' | 'cancelled' | 'unsupported' | 'crashed' | 'engine';

export interface HessianError {
  readonly kind: HessianErrorKind;
  readonly message: string;
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly traceback?: string;
  /** What the user can do, in one sentence. */
  readonly nextStep?: string;
}

export interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

export type Structure = 'zero' | 'diagonal' | 'block-diagonal' | 'banded' | 'sparse' | 'dense';

/** The JSON of `tape-lens hessian` without its numbers. */
export interface HessianResult {
  readonly version: 1;
  /** Which engine ran, as shown to the user. */
  readonly engine: string;
  readonly call: { readonly line: number; readonly column: number };
  readonly target: NamedShape;
  readonly rows: readonly NamedShape[];
  readonly columns: readonly NamedShape[];
  readonly structure: Structure;
  /** What TensorFlow itself gives at this call, and why. */
  readonly tensorflow: TensorFlowAnswer;
  readonly notes: readonly string[];
  readonly checks: Checks;
  /** How many directions the Hessian was computed from. */
  readonly directions: number;
  /** By phase, and `total`. */
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly spectrum?: Spectrum | null;
}

export interface TensorFlowAnswer {
  /** `none`, `zeros`, `value`, `raises`, `mixed`, `unreached`, `unknown`. */
  readonly outcome: string;
  /** Rule code such as `TL102`, or null. */
  readonly rule: string | null;
  readonly reason: string | null;
}

/** Relative errors; null where the check could not be made. */
export interface Checks {
  /** Largest |H − Hᵀ| over largest |H|. */
  readonly asymmetry: number | null;
  /** The gradient against differences of the target. */
  readonly gradient: number | null;
  /** Hessian-vector products against differences of the gradient. */
  readonly hessian: number | null;
}

export interface Spectrum {
  /** Ascending: all of them, or the extreme ones when `complete` is false. */
  readonly eigenvalues: readonly number[];
  readonly complete: boolean;
  /** Largest over smallest magnitude; null when the smallest is zero or not known. */
  readonly condition: number | null;
  readonly inertia: { readonly positive: number; readonly zero: number; readonly negative: number } | null;
  readonly definiteness: Definiteness | null;
}

export type Definiteness =
  | 'positive definite'
  | 'positive semidefinite'
  | 'negative definite'
  | 'negative semidefinite'
  | 'indefinite'
  | 'zero';
