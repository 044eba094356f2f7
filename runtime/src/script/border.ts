// What crosses between a script's realm and the process around it: types only. The realm's objects are read here and never trusted; nothing of ours but primitives goes in.

/** Numbers as the realm holds them: one of its typed arrays (or a plain list). Not an instance of any class of ours. */
export type RealmNumbers = ArrayLike<number>;

/** A tensor of the program at the moment it was used: TensorFlow.js's id, and its numbers then (null where it has none that are real). */
export interface Ref {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly numbers: RealmNumbers | null;
}

/** A kernel that TensorFlow.js ran. */
export interface KernelEntry {
  readonly kind: 'kernel';
  readonly name: string;
  readonly inputs: Readonly<Record<string, Ref>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly outputs: readonly Ref[];
  /** Its gradient in TensorFlow.js reads a copy of its output, which is on no tape. */
  readonly keepsOutput: boolean;
  /** Where the program is: an error of the realm, whose stack becomes text only when it is asked for. */
  readonly trace: { readonly stack?: unknown };
}

/** A `tf.customGrad` of the program's own. `backward` runs its gradient function on an upstream gradient. */
export interface CustomEntry {
  readonly kind: 'custom';
  readonly name: string;
  readonly inputs: readonly Ref[];
  readonly output: Ref;
  readonly saved: readonly Ref[];
  readonly backward: (numbers: RealmNumbers, shape: readonly number[]) => Backward;
  readonly place: string | null;
}
export interface Backward {
  readonly upstream: Ref;
  readonly entries: readonly Entry[];
  readonly gradients: readonly Ref[];
}

/** Numbers that the program took out of TensorFlow.js: from there on they are constants. */
export interface ReadEntry {
  readonly kind: 'read';
  readonly method: string;
  readonly tensor: Ref;
  readonly place: string;
}

/** TensorFlow.js's name of a variable, and what the program calls it. */
export interface VariableName {
  readonly name: string;
  readonly label: string;
}

/** One gradient that TensorFlow.js was asked for, with all that its function did. */
export interface Frame {
  readonly kind: 'gradients';
  /** The function's name; `=` and its text where it is a short expression; '' where there is neither. */
  readonly name: string;
  /** What the function calls its arguments; '' where it does not say. */
  readonly parameters: readonly string[];
  readonly sources: readonly Ref[];
  /** Null for tensors. */
  readonly variables: readonly (VariableName | null)[];
  /** What the result is multiplied with before it is differentiated; null is ones. */
  readonly upstream: Ref | null;
  readonly entries: readonly Entry[];
  /** What the function returned; null while it has not. */
  readonly value: Ref | null;
  /** What TensorFlow.js gave; null where it has not. */
  readonly gradients: readonly (Ref | null)[] | null;
  /** Where the program itself applied the gradient function. */
  readonly call: Applied | null;
  /** Runs the function again, with the gradients inside it from our rows. */
  readonly again: () => Frame;
}

export type Entry = KernelEntry | CustomEntry | ReadEntry | Frame;

/** Where a gradient function is applied, and how. */
export interface Applied {
  readonly method: string;
  /** `line,column,file` as the engine names it, in the text that runs. */
  readonly place: string;
}

/** A gradient call that has come to its end. */
export interface Completed extends Applied {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly sources: readonly Ref[];
  readonly variables: readonly (VariableName | null)[];
  readonly gradients: readonly (Ref | null)[];
  readonly frame: Frame | null;
  /** The program said itself which variables. */
  readonly chosen: boolean;
  /** The gradients are what the call gave back; `minimize` keeps them, and may give the loss. */
  readonly returned: boolean;
  /** What it threw, as JSON of a `Thrown`; null where it returned. */
  readonly thrown: string | null;
}

/** An exception as the realm tells of it. */
export interface Thrown {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
}

/** What the process around does for the realm. Only primitives, and objects of the realm, go through; what throws stops the program. */
export interface Outside {
  readonly print: (method: string, values: readonly unknown[]) => void;
  readonly write: (text: string) => void;
  readonly inspect: (value: unknown) => string;
  readonly format: (values: readonly unknown[]) => string;
  /** Text from one of Node's encodings into another. */
  readonly transcode: (text: string, from: 'utf8' | 'latin1' | 'base64', to: 'utf8' | 'latin1' | 'base64') => string;
  readonly now: () => number;
  readonly schedule: (timer: number, milliseconds: number) => void;
  readonly cancel: (timer: number) => void;
  /** Where the function that called the caller was called from, `frames` functions of ours above; '' where that is not the program itself. */
  readonly place: (frames: number) => string;
  /** The innermost place of the program; ''. */
  readonly innermost: () => string;
  /** The name that the program gives to what is made at a place; ''. */
  readonly declared: (place: string) => string;
  /** A module by its specifier and the file that asks for it: `file:…`, `tensorflow`, `builtin:…`, `missing:…`, or an error's text. */
  readonly resolve: (specifier: string, from: string) => string;
  readonly load: (file: string) => Loaded;
  readonly completed: (call: Completed) => 'stop' | 'continue';
  /** Gradients of a frame by our rows, one list of numbers per source. */
  readonly differentiate: (frame: Frame) => readonly RealmNumbers[];
  /** Whether an engine faster than the realm's own would carry a kernel out. */
  readonly carries: (kernel: string, elements: number) => boolean;
  /** null where it turns out that the engine cannot. */
  readonly carry: (kernel: string, names: readonly string[], inputs: readonly Carried[], attributes: object) => Carried | null;
  readonly ended: (thrown: string | null) => void;
  readonly exit: (code: number) => void;
}

export interface Carried {
  readonly numbers: RealmNumbers;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** A file of the program, compiled but not run. */
export interface Loaded {
  /** `function (exports, require, module, file, folder, meta)`, or the value of a JSON file as text. */
  readonly body: ((...args: unknown[]) => unknown) | null;
  readonly json: string | null;
  readonly waits: boolean;
  /** What it imports, as `resolve` names it, in order. */
  readonly imports: readonly string[];
}

/** What a realm gives back once it is made. */
export interface Inside {
  /** Runs the program. */
  readonly run: (file: string) => void;
  readonly fire: (timer: number) => void;
  /** Whether the program's top level still waits for something. */
  readonly waits: () => boolean;
  readonly describe: (thrown: unknown) => string;
}

export interface RealmOptions {
  /** Whether gradient calls are recorded, for a Hessian. */
  readonly records: boolean;
  /** As `tf.getBackend()` names it. */
  readonly backend: string;
  readonly file: string;
  /** What the frames of TensorFlow.js and of ours are called in stack traces. */
  readonly ownFile: string;
  readonly versions: string;
}
