// What is said between the process that runs snippets and everyone who asks it to: types only, and the limits that both sides hold to.

export type SnippetLanguage = 'python' | 'javascript' | 'typescript';
/** What was asked for; `auto` takes the fastest that is there. */
export type EngineChoice = 'auto' | 'node' | 'wasm' | 'cpu';
/** What ran. */
export type EngineName = 'node' | 'wasm' | 'cpu';

/** A tfjs-node that was found. */
export interface NativeEngine {
  readonly package: string;
  readonly version: string;
  /** Whose it is: the workspace's own, one in `.engines/` of a checkout, or one in the extension's storage. */
  readonly owner: 'workspace' | 'project' | 'storage';
  /** The package's folder. */
  readonly folder: string;
  /** Folders that its code is read from: its own and that of the packages beside it. */
  readonly readable: readonly string[];
}

/** A snippet: its text as it stands in the editor, and the path it goes by in messages. The process reads no file. */
export interface Snippet {
  readonly path: string;
  readonly text: string;
  readonly language: SnippetLanguage;
  /** Text of further files that the snippet may import, by absolute path. */
  readonly modules?: Readonly<Record<string, string>>;
}

interface RunOptions {
  readonly engine?: EngineChoice;
  /** Wall-clock limit for the whole request; DEFAULT_LIMITS says what holds without one. */
  readonly timeoutSeconds?: number;
}

export interface HessianRequest extends Snippet, RunOptions {
  /** The gradient call, by a line (from 1) that it spans; without it the last second-order call, else the last gradient call. */
  readonly line?: number;
  /** From 1; picks among several calls on one line. */
  readonly column?: number;
  /** A source by name, where the call has several; all of them without it. */
  readonly wrt?: string;
  /** The how-manieth execution of the call, from 1. */
  readonly occurrence?: number;
  /** One element of the target in place of their sum: its index along every axis. */
  readonly component?: readonly number[];
  /** Up to how many unknowns the Hessian is given whole; DEFAULT_DENSE_LIMIT says what holds without it. */
  readonly denseLimit?: number;
  /** Eigenvalues, condition number and inertia, too. */
  readonly eigenvalues?: boolean;
  /** The Newton step, too. */
  readonly newton?: boolean;
}

export type ExplainRunRequest = Snippet & RunOptions;

/** A tensor of the program, as it is called there. */
export interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

export type Structure = 'zero' | 'diagonal' | 'block-diagonal' | 'banded' | 'arrow' | 'sparse' | 'dense';
export type CallOutcome = 'returns' | 'raises' | 'unreached' | 'mixed' | 'unknown';
export type SourceOutcome = 'none' | 'zeros' | 'value' | 'mixed' | 'unknown';

/** The JSON of `tape-lens hessian`, without the numbers. */
export interface HessianResult extends ComputedHessian {
  /** Which tfjs-node it was (`tfjs-node 4.22.0 of this workspace`), or why the embedded engine. */
  readonly engineReason: string;
  /** What the sandbox of the process that ran the snippet leaves open, in words; null where nothing. */
  readonly weakness: string | null;
}

/** As the process that computed it tells it. */
export interface ComputedHessian {
  readonly version: 1;
  readonly engine: EngineName;
  readonly call: { readonly line: number; readonly column: number };
  readonly target: NamedShape;
  readonly rows: readonly NamedShape[];
  readonly columns: readonly NamedShape[];
  readonly structure: Structure;
  /** What TensorFlow itself returns for this call, and why. `rule` and `reason` are null where the runtime cannot tell (the analyzer can). */
  readonly tensorflow: {
    /** Without it, TensorFlow. */
    readonly library?: 'TensorFlow.js';
    readonly outcome: SourceOutcome | 'raises';
    readonly rule: string | null;
    readonly reason: string | null;
  };
  /** Things worth knowing, in whole sentences. */
  readonly notes: readonly string[];
  /** Relative errors; null where a check could not be made. */
  readonly checks: { readonly asymmetry: number | null; readonly gradient: number | null; readonly hessian: number | null };
  /** How many directions the Hessian took. */
  readonly directions: number;
  readonly milliseconds: Readonly<Record<string, number>>;
  /** What made the first NaN or infinity, where there is one: a source that holds it, a constant that an op is given, an op, or the derivative of an op; and where that is known, the line. */
  readonly fault?: {
    readonly operation: string;
    readonly kind: 'source' | 'constant' | 'operation' | 'derivative';
    readonly value: 'NaN' | 'Infinity' | '-Infinity';
    readonly line?: number;
    /** Where it is not the program itself. */
    readonly file?: string;
  };
  /** It is the same for every input: the target is quadratic in what it is differentiated by. */
  readonly constant?: boolean;
  /** Where they were asked for, and the Hessian is symmetric. */
  readonly eigenvalues?: Eigenvalues;
  readonly newton?: {
    /** ‖H · step + gradient‖ / ‖gradient‖ */
    readonly residual: number;
    /** Whether the target falls along the step at first. */
    readonly descends: boolean;
  };
  /** In place of the numbers, where they are too many to hold. */
  readonly spectrum?: Spectrum;
}

export interface Eigenvalues {
  /** Ascending: all of them, or a few from each end. */
  readonly values: readonly number[];
  readonly isAll: boolean;
  /** Of a few: for each, within what an eigenvalue really lies. */
  readonly errors?: readonly number[];
  /** Largest over smallest magnitude; null where the Hessian is singular within the tolerance, or not all are known. */
  readonly condition: number | null;
  /** How many are beyond the tolerance on either side of zero; null where not all are known. */
  readonly inertia: {
    readonly positive: number;
    readonly negative: number;
    readonly zero: number;
    /** What rounding may have made of a zero. */
    readonly tolerance: number;
  } | null;
}

/** What Hessian-vector products tell of a Hessian. */
export interface Spectrum {
  /** The outermost eigenvalues: the smallest ascending, the largest descending. */
  readonly smallest: readonly number[];
  readonly largest: readonly number[];
  /** For each of them, within what an eigenvalue really lies: ‖Hv − λv‖. */
  readonly errors?: { readonly smallest: readonly number[]; readonly largest: readonly number[] };
  /** The share of the eigenvalues near each value, with its standard error. */
  readonly density: readonly { readonly at: number; readonly weight: number; readonly error?: number }[];
  /** The sum of all eigenvalues, with its standard error. */
  readonly trace?: { readonly value: number; readonly error: number | null } | null;
  /** How many products it took. */
  readonly products?: number;
  /** False where it was ended before all was done. */
  readonly isComplete?: boolean;
}

/** Eigenvectors of length 1, in the order of the spectrum's eigenvalues. */
export interface Eigenvectors {
  readonly smallest: readonly Float32Array[];
  readonly largest: readonly Float32Array[];
}

/** One block of the Hessian in row-major order: product of the row's shape times product of the column's. */
export type Block = Float32Array | Float64Array;

/** A block on its way: numbers and where they stand. What is not listed is zero. */
export type PackedBlock =
  | { readonly kind: 'dense'; readonly rows: number; readonly columns: number; readonly values: Block }
  | { readonly kind: 'zero'; readonly rows: number; readonly columns: number }
  | {
      readonly kind: 'coordinates';
      readonly rows: number;
      readonly columns: number;
      /** Position of each value in the row-major block, ascending. */
      readonly positions: Int32Array | Float64Array;
      readonly values: Block;
    };

/** What the snippet printed: the first part of it, and how much came after. */
export interface SnippetOutput {
  readonly text: string;
  /** Bytes printed past the limit, and not kept. */
  readonly droppedBytes: number;
}

export type FailureKind =
  /** The snippet itself raised, or does not parse. */
  | 'snippet'
  /** The program ended without reaching the call. */
  | 'unreached'
  | 'timeout'
  | 'memory'
  | 'cancelled'
  /** A name or feature of TensorFlow that we do not have. */
  | 'unsupported'
  /** The process ended by itself. */
  | 'crashed'
  /** The engine that was asked for is not there, or does not start. */
  | 'engine';

export interface Failure {
  readonly kind: FailureKind;
  /** One clear sentence, or the exception's own message. */
  readonly message: string;
  /** The exception's type, as Python or JavaScript names it. */
  readonly type?: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** Cut down to the frames of the snippet. */
  readonly traceback?: string;
}

/** The numbers of a Hessian. */
export interface HessianNumbers {
  /** By row, then by column, as they came; null where they are too large to hold. */
  readonly packed: readonly (readonly PackedBlock[])[] | null;
  /** The same as arrays, made when they are first asked for. */
  readonly blocks: readonly (readonly Block[])[] | null;
  /** In place of both, where they are too large but nearly all zeros. */
  readonly sparse?: readonly (readonly PackedBlock[])[] | null;
}

export interface HessianAnswer extends HessianNumbers {
  readonly ok: true;
  readonly result: HessianResult;
  readonly eigenvectors?: Eigenvectors | null;
  /** For each row source; where it was asked for. */
  readonly newtonStep?: readonly Block[] | null;
  readonly output: SnippetOutput;
  readonly warnings: readonly string[];
}

export type HessianReply =
  HessianAnswer | { readonly ok: false; readonly error: Failure; readonly output: SnippetOutput; readonly warnings: readonly string[] };

/** One gradient call as the runtime's own tape saw it: the JSON of `tape-lens explain`, with numbers. */
export interface RunCall {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly method: string;
  readonly target: string;
  readonly outcome: CallOutcome;
  readonly error?: { readonly type: string; readonly message: string };
  readonly sources: readonly RunSource[];
  readonly executions: number;
}

export interface RunSource {
  readonly name: string;
  readonly outcome: SourceOutcome;
  /** Where the run itself shows why. */
  readonly reason: string | null;
  readonly shape: readonly (number | null)[] | null;
  readonly dtype: string | null;
  /** Row-major, of the first execution; only where there are at most MAXIMUM_VALUES. */
  readonly values?: readonly number[];
}

export type ExplainRunReply =
  | {
      readonly ok: true;
      readonly calls: readonly RunCall[];
      /** How the program ended, when it did not come to its end. The calls before that are good. */
      readonly ended: Failure | null;
      readonly engine: EngineName;
      readonly engineReason: string;
      readonly output: SnippetOutput;
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly error: Failure; readonly output: SnippetOutput; readonly warnings: readonly string[] };

/** What a request is doing just now, for a progress bar. `done` and `total` are directions, or 0 where there is nothing to count. */
export interface Progress {
  /** `asking`: the user is asked whether native code may run. */
  readonly stage: 'asking' | 'starting' | 'running' | 'recording' | 'differentiating' | 'checking';
  readonly done: number;
  readonly total: number;
}

export interface RunControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface HessianControl extends RunControl {
  /** The numbers, as soon as they are there: before the checks, and whatever else the answer tells of them. */
  readonly onNumbers?: (numbers: HessianNumbers) => void;
  /** What there is so far of an answer that takes long: before eigenvalues, and whenever more is known of a Hessian that is too large to hold. */
  readonly onPart?: (answer: HessianAnswer) => void;
  /** The numbers will be asked for as arrays: memory for those is made ready while the numbers are still being computed. */
  readonly wantsArrays?: boolean;
}

export interface HostOptions {
  /** The extension's dist/ folder. */
  readonly distDir: string;
  /** A node to run snippets with; without it the one that runs now (Electron as Node where that is Electron). */
  readonly nodePath?: string;
  /** Where a memory snapshot may be kept when the shipped one does not fit this node. */
  readonly cacheDir?: string;
  /** Where the workspace's own tfjs-node is looked for. */
  readonly workspaceDir?: string;
  /** What a request gets that names no engine; `auto` without it. */
  readonly defaultEngine?: EngineChoice;
  /** Asked before native code runs for the first time: the sandbox cannot confine it. Without it, it may. */
  allowNative?(engine: NativeEngine): Promise<boolean>;
  readonly limits?: Partial<Limits>;
  /** Each process serves one request and no other, as on the command line. */
  readonly servesOnce?: boolean;
  log(line: string): void;
}

export interface Host {
  hessian(request: HessianRequest, control?: HessianControl): Promise<HessianReply>;
  explain(request: ExplainRunRequest, control?: RunControl): Promise<ExplainRunReply>;
  /** Starts the process and lets it practise on programs of its own, so that the first request finds it warm. */
  warm(): Promise<void>;
  /** Ends the process and everything that waits for it. */
  close(): Promise<void>;
}

export interface Limits {
  readonly timeoutSeconds: number;
  readonly memoryBytes: number;
  /** A process that nobody asks anything is ended after this. */
  readonly idleSeconds: number;
}

export const DEFAULT_LIMITS: Limits = { timeoutSeconds: 60, memoryBytes: 2 * 1024 ** 3, idleSeconds: 600 };
export const DEFAULT_DENSE_LIMIT = 4000;
/** What the process's own deadline allows beyond the parent's: it only matters once there is no parent any more. */
export const ORPHAN_GRACE_SECONDS = 5;
export const OUTPUT_LIMIT_BYTES = 1024 * 1024;
/** `explain --run` gives the numbers of a derivative that has at most this many. */
export const MAXIMUM_VALUES = 64;

/** Parent to child. */
export type ToChild =
  | { readonly kind: 'hessian'; readonly id: number; readonly request: HessianRequest; readonly deadlineSeconds: number }
  | { readonly kind: 'explain'; readonly id: number; readonly request: ExplainRunRequest; readonly deadlineSeconds: number };

export interface ExpectedBlock {
  /** Elements. */
  readonly size: number;
  /** float64, and not float32. */
  readonly precise: boolean;
}

/** Child to parent. */
export type FromChild =
  | {
      readonly kind: 'hello';
      /** Whether Python came out of a memory snapshot. */ readonly python: 'snapshot' | 'cold';
      readonly milliseconds: Readonly<Record<string, number>>;
      /** Why tfjs-node did not start; null where it did, or was not wanted. */
      readonly nativeProblem: string | null;
    }
  | { readonly kind: 'output'; readonly id: number; readonly text: string }
  | { readonly kind: 'dropped'; readonly id: number; readonly bytes: number }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly kind: 'heartbeat'; readonly residentBytes: number }
  | {
      readonly kind: 'hessian';
      readonly id: number;
      readonly result: ComputedHessian;
      readonly eigenvectors: Eigenvectors | null;
      readonly newtonStep: readonly Block[] | null;
      readonly warnings: readonly string[];
    }
  /** The blocks of a result that are to come: room for them can be made meanwhile. Those that are not mostly zeros come with their own. */
  | { readonly kind: 'expected'; readonly id: number; readonly blocks: readonly ExpectedBlock[] }
  /** The numbers, as soon as they are there; the result follows. None come where they are too many to hold. `fits`: they may be unpacked, zeros and all they are not too large. */
  | { readonly kind: 'matrix'; readonly id: number; readonly blocks: readonly (readonly PackedBlock[])[]; readonly fits: boolean }
  /** What there is so far of a result: the answer, where it is ended here. */
  | { readonly kind: 'part'; readonly id: number; readonly result: ComputedHessian; readonly eigenvectors: Eigenvectors | null }
  | {
      readonly kind: 'explain';
      readonly id: number;
      readonly calls: readonly RunCall[];
      readonly ended: Failure | null;
      readonly engine: EngineName;
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'failure'; readonly id: number; readonly error: Failure; readonly warnings: readonly string[] }
  /** The request is answered, and the snippet has wound up: the next may come. */
  | { readonly kind: 'idle'; readonly id: number };
