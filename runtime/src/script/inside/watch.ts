// Looks on while TensorFlow.js works: which gradients are asked for, and, where they are to be recorded, every kernel of the functions that are differentiated.
// TensorFlow.js's own results are never touched; what is recorded holds numbers, not tensors, so that `tidy` and `dispose` go on as the program has them.
import { getGradient, Tensor, Variable } from '@tensorflow/tfjs-core';
import type {
  Applied,
  Backward,
  Completed,
  CustomEntry,
  Entry,
  Frame,
  KernelEntry,
  Outside,
  RealmOptions,
  Ref,
  VariableName,
} from '../border.ts';
import { type CustomFunction, type Gradients, open, refOf, revive, type Tensors } from './engine.ts';
import { STOP, type State } from './globals.ts';
import { type Reach, Traces } from './traces.ts';

/** A frame while it is being written. */
type Draft = { -readonly [K in keyof Frame]: Frame[K] } & { readonly entries: Entry[]; readonly reach: Reach };

/** A gradient call that is being carried out. */
interface Context {
  /** Null where TensorFlow.js applies the gradient function, not the program. */
  readonly call: Applied | null;
  readonly f: unknown;
  taken: boolean;
  frame: Frame | null;
  sources: readonly Tensor[];
  /** Read when the sources were: a variable may be assigned to before the call returns. */
  sourceRefs: readonly Ref[];
  gradients: readonly (Ref | null)[];
}

export class Watch {
  private readonly contexts: Context[] = [];
  private readonly traces: Traces;
  private readonly labels = new WeakMap<Tensor, string>();
  private recording: Draft | null = null;
  /** Gradients inside are ours, not TensorFlow.js's. */
  private ours = false;
  private readonly runKernel = open.runKernel.bind(open);
  private readonly gradients = open.gradients.bind(open);
  private readonly customGrad = open.customGrad.bind(open);
  private readonly makeTensor = open.makeTensor.bind(open);

  constructor(
    private readonly outside: Outside,
    private readonly state: State,
    private readonly options: Pick<RealmOptions, 'records' | 'ownFile'>,
    private readonly describe: (thrown: unknown) => string,
  ) {
    this.traces = new Traces(options.ownFile);
    open.runKernel = (name, inputs, attributes) => this.watchKernel(name, inputs, attributes);
    open.makeTensor = (...args) => {
      if (this.state.stopped) throw STOP;
      return this.makeTensor(...args);
    };
    open.gradients = (f, sources, dy, allowNoGradients) => this.watchGradients(f, sources, dy ?? null, allowNoGradients === true);
  }

  // ---------------------------------------------------------------------------------------------- the program's own calls

  /** Carries out a gradient call; `f` is what is differentiated, `list` which variables the program chose. Those that the program itself makes are told of. */
  apply<T>(method: string, f: unknown, run: () => T, list?: unknown): T {
    if (this.state.stopped) throw STOP;
    const place = this.outside.place(2);
    const around = this.contexts.at(-1);
    // `minimize` goes by way of `computeGradients`: one call.
    if (place === '' && around !== undefined && !around.taken) return run();
    const call = place === '' ? null : { method, place };
    const context: Context = { call, f, taken: false, frame: null, sources: [], sourceRefs: [], gradients: [] };
    this.contexts.push(context);
    let thrown: string | null = null;
    let error: unknown;
    let result: T | undefined;
    try {
      result = run();
    } catch (caught) {
      if (caught === STOP || this.state.stopped) throw STOP;
      error = caught;
      thrown = this.describe(caught);
    } finally {
      this.contexts.pop();
    }
    // Run again for us, the program does not make the calls inside once more.
    if (call !== null && !this.ours) {
      const returned = method !== 'minimize' || !(result instanceof Tensor);
      this.tell(call, context, { thrown, returned, chosen: list != null });
    }
    if (thrown !== null) throw error;
    return result as T;
  }

  private tell(
    call: Applied,
    { f, frame, sources, sourceRefs, gradients }: Context,
    how: Pick<Completed, 'thrown' | 'returned' | 'chosen'>,
  ): void {
    const variables = sources.map((source) => this.variableName(source));
    const completed = { ...call, ...how, name: nameOf(f), parameters: parametersOf(f), sources: sourceRefs, variables, gradients, frame };
    if (this.outside.completed(completed) === 'stop') this.stop();
  }

  /** What the program calls a variable, which TensorFlow.js numbers. */
  nameVariable(variable: Tensor, label: string): void {
    if (label !== '') this.labels.set(variable, label);
  }

  private variableName(tensor: Tensor): VariableName | null {
    return tensor instanceof Variable ? { name: tensor.name, label: this.labels.get(tensor) ?? tensor.name } : null;
  }

  private stop(): never {
    this.state.stopped = true;
    throw STOP;
  }

  // ---------------------------------------------------------------------------------------------- kernels

  private watchKernel(name: string, inputs: Record<string, Tensor>, attributes: Record<string, unknown> | undefined): Tensors {
    if (this.state.stopped) throw STOP;
    const frame = this.recording;
    if (frame === null) return this.runKernel(name, inputs, attributes);
    const given = refsOf(inputs);
    const outputs = this.runKernel(name, inputs, attributes);
    const entry: KernelEntry = {
      kind: 'kernel',
      name,
      inputs: given,
      attributes: attributes ?? {},
      outputs: (Array.isArray(outputs) ? outputs : [outputs]).map(refOf),
      keepsOutput: getGradient(name)?.outputsToSave?.some(Boolean) === true,
      trace: this.traces.take(frame.reach),
    };
    frame.entries.push(entry);
    return outputs;
  }

  /** The program takes numbers out of a tensor. */
  watchRead(method: string, tensor: Tensor): void {
    const place = this.recording === null ? '' : this.outside.place(2);
    if (place !== '') this.recording?.entries.push({ kind: 'read', method, tensor: refOf(tensor), place });
  }

  // ---------------------------------------------------------------------------------------------- gradients

  private watchGradients(f: () => Tensor, sources: Tensor[], dy: Tensor | null, allowNoGradients: boolean): Gradients {
    const context = this.contexts.at(-1);
    const isCall = context !== undefined && !context.taken;
    if (isCall) {
      context.taken = true;
      context.sources = sources;
      context.sourceRefs = sources.map(refOf);
    }
    const outer = this.recording;
    if (!this.options.records || (outer === null && !isCall)) {
      const result = this.gradients(f, sources, dy, allowNoGradients);
      if (isCall) context.gradients = result.grads.map(refOrNull);
      return result;
    }
    const again = (): Frame => {
      const frame = this.draft(f, sources, dy, isCall ? context : null, again);
      this.withOurs(() => this.forward(frame, f));
      this.recording = outer;
      return frame;
    };
    const frame = this.draft(f, sources, dy, isCall ? context : null, again);
    outer?.entries.push(frame);
    if (isCall) context.frame = frame;
    try {
      if (this.ours) return this.oursOf(frame, f, sources);
      const result = this.gradients(() => this.forward(frame, f), sources, dy, allowNoGradients);
      frame.gradients = result.grads.map(refOrNull);
      if (isCall) context.gradients = frame.gradients;
      return result;
    } finally {
      this.recording = outer;
    }
  }

  private draft(f: () => Tensor, sources: Tensor[], dy: Tensor | null, context: Context | null, again: () => Frame): Draft {
    return {
      kind: 'gradients',
      name: nameOf(context?.f ?? f),
      parameters: parametersOf(context?.f),
      sources: sources.map(refOf),
      variables: sources.map((source) => this.variableName(source)),
      upstream: dy && refOf(dy),
      entries: [],
      value: null,
      gradients: null,
      call: context?.call ?? null,
      again,
      reach: this.traces.reach(context?.call?.place ?? ''),
    };
  }

  /** The function itself, recorded. What comes after it, backwards, is not, neither here nor in the function around. */
  private forward(frame: Draft, f: () => Tensor): Tensor {
    this.recording = frame;
    try {
      const value = f();
      if (value instanceof Tensor) frame.value = refOf(value);
      return value;
    } finally {
      this.recording = null;
    }
  }

  /** In gradient mode, with the gradients inside from our rows. */
  private withOurs<T>(body: () => T): T {
    const before = this.ours;
    this.ours = true;
    open.startTape();
    try {
      return body();
    } finally {
      open.endTape();
      this.ours = before;
    }
  }

  /** Gradients by our rows, true where TensorFlow.js's are wrong or throw. */
  private oursOf(frame: Draft, f: () => Tensor, sources: Tensor[]): Gradients {
    const value = this.withOurs(() => this.forward(frame, f));
    const found = this.outside.differentiate(frame).map((numbers) => Float32Array.from(numbers));
    const grads = sources.map((source, i) => open.makeTensor(found[i] ?? new Float32Array(source.size), source.shape, 'float32'));
    frame.gradients = grads.map(refOf);
    return { value, grads };
  }

  /** `tf.customGrad` of the program's own: its gradient function is kept, to be run on upstream gradients of ours. */
  custom(f: CustomFunction): (...inputs: Tensor[]) => Tensor {
    const plain = this.customGrad(f);
    return (...inputs) => {
      const frame = this.recording;
      if (frame === null) return plain(...inputs);
      let saved: Tensor[] = [];
      let gradFunc: ReturnType<CustomFunction>['gradFunc'] | null = null;
      const given = inputs.map(refOf);
      const output = this.customGrad((...args) => {
        const save = args.at(-1) as (tensors: Tensor[]) => void;
        const result = f(...args.slice(0, -1), (tensors: Tensor[]) => {
          saved = tensors;
          save(tensors);
        });
        gradFunc = result.gradFunc;
        return result;
      })(...inputs);
      const kept = saved.map(refOf);
      const entry: CustomEntry = {
        kind: 'custom',
        name: nameOf(f),
        inputs: given,
        output: refOf(output),
        saved: kept,
        backward: (numbers, shape) => {
          inputs.forEach((tensor, i) => given[i] && revive(tensor, given[i]));
          saved.forEach((tensor, i) => kept[i] && revive(tensor, kept[i]));
          return this.backward(Float32Array.from(numbers), shape, (dy) => gradFunc?.(dy, saved) ?? []);
        },
        place: this.outside.innermost(),
      };
      frame.entries.push(entry);
      return output;
    };
  }

  private backward(numbers: Float32Array, shape: readonly number[], body: (dy: Tensor) => Tensors): Backward {
    const outer = this.recording;
    const dy = open.makeTensor(numbers, shape, 'float32');
    const frame = this.draft(
      () => dy,
      [],
      null,
      null,
      () => frame,
    );
    this.recording = frame;
    try {
      const results = this.withOurs(() => open.tidy(() => body(dy)));
      const list = Array.isArray(results) ? results : [results];
      return { upstream: refOf(dy), entries: frame.entries, gradients: list.every((t) => t instanceof Tensor) ? list.map(refOf) : [] };
    } finally {
      this.recording = outer;
    }
  }
}

const refOrNull = (tensor: Tensor | null | undefined): Ref | null => (tensor ? refOf(tensor) : null);

function refsOf(inputs: Record<string, Tensor>): Record<string, Ref> {
  const refs: Record<string, Ref> = {};
  for (const name of Object.keys(inputs)) {
    const tensor = inputs[name];
    if (tensor) refs[name] = refOf(tensor);
  }
  return refs;
}

/** From what `tf.grad(f)` gave to f. */
export const differentiated = new WeakMap<object, unknown>();

const LONGEST_NAME = 40;

/** A function's name, or `=` and its text where it is a short expression. */
function nameOf(f: unknown): string {
  if (typeof f !== 'function') return '';
  const inner = differentiated.get(f);
  if (inner !== undefined) return `grad(${nameOf(inner).replace(/^=/, '')})`;
  if (f.name !== '') return f.name;
  const [, expression = ''] = /^(?:\([^()]*\)|\w+)\s*=>\s*([^{\s][\s\S]*)$/.exec(Function.prototype.toString.call(f)) ?? [];
  const text = expression
    .replace(/\s+/g, ' ')
    .replace(/ (?=[).,\]])/g, '')
    .trim();
  return text === '' || text.length > LONGEST_NAME ? '' : `=${text}`;
}

/** What a function calls its arguments; of a gradient function, what the function calls them that is differentiated. */
function parametersOf(f: unknown): string[] {
  if (typeof f !== 'function') return [];
  const inner = differentiated.get(f);
  if (inner !== undefined) return parametersOf(inner);
  const [, list = '', single = ''] =
    /^(?:async\s+)?(?:function\b[^(]*|\w+\s*(?=\([^)]*\)\s*\{))?(?:\(([^()]*)\)|(\w+)\s*=>)/.exec(Function.prototype.toString.call(f)) ??
    [];
  return (single || list).split(',').map((parameter) => /^\s*([\w$]+)\s*(?:=|$)/.exec(parameter)?.[1] ?? '');
}
