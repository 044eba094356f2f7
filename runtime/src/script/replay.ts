// A recorded gradient call carried out again as a trace of rows: kernels become ops, and a gradient inside is taken by our rows, so that it can be differentiated in turn.
import type { DType, Tensor } from '../../../core/tensor.ts';
import { NumericTensor, UnsupportedOp, valuesOf } from '../engine/backend.ts';
import { allocate, lengthOf, storageOf, type Values } from '../engine/values.ts';
import { gradients } from '../hessian/trace.ts';
import type { Session } from '../session.ts';
import type { CustomEntry, Entry, Frame, KernelEntry, ReadEntry, Ref } from './border.ts';
import { carryKernel } from './kernels.ts';
import { needOf, type Need } from './need.ts';
import { innermostOf, type Sources, whereOf } from './stack.ts';

/** What a frame is in the trace. */
export interface Replayed {
  readonly target: Tensor;
  /** What the target is multiplied with before it is differentiated; null is ones. */
  readonly weight: Tensor | null;
  readonly sources: readonly Tensor[];
  /** Its gradients by our rows; none of the outermost, which nobody has asked for yet. */
  readonly gradients: readonly (Tensor | null)[];
}

/** The program did something that the trace cannot follow; `place` is where, as it crosses the border. */
export class NotReplayed extends Error {
  constructor(
    message: string,
    readonly place: string | null,
  ) {
    super(message);
  }
}

interface Known {
  readonly tensor: Tensor;
  /** The realm's own array: where a variable has another one now, it was assigned to. */
  readonly numbers: Ref['numbers'];
}

const BAD_GRADIENT = 'the gradient function of your own tf.customGrad gives something else than one tensor for each input';

const LEAF_DTYPES: ReadonlySet<string> = new Set(['bool', 'int32', 'complex64']);

/** How far a row's numbers may be from TensorFlow.js's, against the largest of them. */
const TOLERANCE = 1e-3;

export class Replay {
  private readonly known = new Map<number, Known>();
  private readonly frames = new Map<Frame, Replayed>();
  /** Tensors behind a gradient inside: there TensorFlow.js's own numbers may be the wrong ones. */
  private readonly doubtful = new Set<Tensor>();
  /** What the program took out of TensorFlow.js on the way from sources to targets. */
  readonly reads: ReadEntry[] = [];
  readonly customs: CustomEntry[] = [];

  constructor(
    private readonly session: Session,
    private readonly sources: Sources,
  ) {}

  private get eager(): Session['eager'] {
    return this.session.eager;
  }

  /** The gradients inside that were carried out, with what they gave. */
  get inside(): ReadonlyMap<Frame, Replayed> {
    return this.frames;
  }

  frame(frame: Frame): Replayed {
    const known = this.frames.get(frame);
    if (known) return known;
    if (frame.value === null)
      throw new NotReplayed('the function that is differentiated did not come to its end', frame.call?.place ?? null);
    const need = needOf(frame);
    return this.carry(frame, need);
  }

  private carry(frame: Frame, need: Need): Replayed {
    const sources = frame.sources.map((ref) => this.leaf(ref, 'float32'));
    for (const entry of frame.entries) this.entry(entry, need);
    const value = frame.value && this.take(frame.value);
    if (!value) throw new NotReplayed('the function that is differentiated gave no tensor', frame.call?.place ?? null);
    const weight = frame.upstream && this.take(frame.upstream);
    const replayed = { target: value, weight, sources, gradients: [] };
    this.frames.set(frame, replayed);
    return replayed;
  }

  // ---------------------------------------------------------------------------------------------- entries

  private entry(entry: Entry, need: Need): void {
    if (!need.entries.has(entry)) return;
    switch (entry.kind) {
      case 'kernel':
        return this.kernel(entry);
      case 'custom':
        return this.custom(entry);
      case 'read':
        this.reads.push(entry);
        return;
      case 'gradients':
        return this.inner(entry, need);
    }
  }

  private kernel(entry: KernelEntry): void {
    const inputs: Record<string, Tensor> = {};
    for (const [name, ref] of Object.entries(entry.inputs)) inputs[name] = this.take(ref);
    const shapes = entry.outputs.map(({ shape }) => Array.from(shape, Number));
    const place = (): string => innermostOf(entry.trace.stack, this.sources);
    let outputs: readonly Tensor[];
    try {
      outputs = this.at(place, () =>
        carryKernel({ name: entry.name, o: this.eager.operations, inputs, attributes: entry.attributes, shapes }),
      );
    } catch (error) {
      if (!(error instanceof UnsupportedOp)) throw error;
      // Integers and truth values have no derivative: their numbers are enough.
      if (entry.outputs.every(({ dtype }) => dtype === 'int32' || dtype === 'bool')) return;
      throw new NotReplayed(error.message, place());
    }
    const doubtful = Object.values(inputs).some((t) => this.doubtful.has(t));
    entry.outputs.forEach((ref, i) => {
      const output = outputs[i];
      if (!output) return;
      if (doubtful) this.doubtful.add(output);
      else checkNumbers(entry.name, output, ref);
      this.bind(ref, output);
    });
  }

  /** What is carried out has come from a place of the program. */
  private at<T>(place: () => string, body: () => T): T {
    const before = this.eager.place;
    this.eager.place = this.session.placeFoundBy(() => whereOf(place(), this.sources));
    try {
      return body();
    } finally {
      this.eager.place = before;
    }
  }

  /** The result of a gradient inside is ours. */
  private inner(frame: Frame, need: Need): void {
    const replayed = this.carry(frame, need);
    const { target, weight, sources } = replayed;
    const found = gradients(this.eager, [target], sources, [weight]);
    const given = found.map((gradient, i) => gradient ?? this.eager.operations.zerosConstant(sources[i] as Tensor));
    this.frames.set(frame, { ...replayed, gradients: given });
    frame.gradients?.forEach((ref, i) => {
      const gradient = given[i];
      if (ref === null || !gradient) return;
      this.doubtful.add(gradient);
      this.bind(ref, gradient);
    });
  }

  /** The program's own gradient is respected: to the trace it is an op with that gradient. */
  private custom(entry: CustomEntry): void {
    this.customs.push(entry);
    const inputs = entry.inputs.map((ref) => this.take(ref));
    const { numbers, shape } = entry.output;
    const output = new NumericTensor(copied(numbers ?? [], shape, 'float32'), 'float32');
    this.bind(entry.output, output);
    const backward = (dy: Tensor): (Tensor | null)[] => {
      const { upstream, entries, gradients: given } = entry.backward(valuesOf(dy).data, shapeOf(dy));
      if (given.length !== inputs.length) throw new NotReplayed(BAD_GRADIENT, entry.place);
      this.bind(upstream, dy);
      const need = needOf({ entries, ends: given, starts: [upstream, ...entry.inputs, ...entry.saved] });
      for (const inner of entries) this.entry(inner, need);
      return inputs.map((_, i) => (given[i] ? this.take(given[i]) : null));
    };
    this.at(
      () => entry.place ?? '',
      () =>
        this.eager.recordCustom(`customGrad ${entry.name}`.trim(), inputs, [output], ([dy]) =>
          dy ? backward(dy) : inputs.map(() => null),
        ),
    );
  }

  // ---------------------------------------------------------------------------------------------- tensors

  private take(ref: Ref): Tensor {
    const known = this.known.get(ref.id);
    if (known && (known.numbers === ref.numbers || ref.dtype !== 'float32')) return known.tensor;
    return this.leaf(ref, LEAF_DTYPES.has(ref.dtype) ? (ref.dtype as DType) : 'float32');
  }

  private leaf(ref: Ref, dtype: DType): Tensor {
    const known = this.known.get(ref.id);
    if (known && known.numbers === ref.numbers && known.tensor.dtype === dtype) return known.tensor;
    if (ref.numbers === null) throw new NotReplayed(`tensors of dtype ${ref.dtype} are not supported by Tape Lens yet`, null);
    return this.bind(ref, new NumericTensor(copied(ref.numbers, ref.shape, dtype), dtype));
  }

  private bind(ref: Ref, tensor: Tensor): Tensor {
    this.known.set(ref.id, { tensor, numbers: ref.numbers });
    return tensor;
  }
}

/** Numbers of the realm as ours. */
export function copied(numbers: ArrayLike<number>, shape: readonly number[], dtype: DType): Values {
  const storage = storageOf(dtype);
  const sizes = Array.from(shape, Number);
  const data = allocate(lengthOf(sizes, storage), storage);
  for (let i = 0; i < data.length; i++) data[i] = Number(numbers[i] ?? 0);
  return { data, shape: sizes, storage };
}

const shapeOf = (tensor: Tensor): number[] => (tensor.shape ?? []).map((d) => d ?? 0);

/** A row that gives other numbers than TensorFlow.js does is a mistake of ours: better no Hessian than one of another function. */
function checkNumbers(kernel: string, ours: Tensor, { numbers, shape }: Ref): void {
  if (numbers === null) return;
  const { data } = valuesOf(ours);
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) if (Number.isFinite(numbers[i])) largest = Math.max(largest, Math.abs(Number(numbers[i])));
  const differs = Array.from({ length: data.length }, (_, i) => Math.abs((data[i] ?? 0) - Number(numbers[i]))).some(
    (difference) => difference > TOLERANCE * Math.max(largest, 1e-3),
  );
  const sameShape = String(shapeOf(ours)) === String(Array.from(shape, Number));
  if (differs || !sameShape)
    throw new NotReplayed(`Tape Lens carries ${kernel} out otherwise than TensorFlow.js does; this is a mistake in Tape Lens`, null);
}
