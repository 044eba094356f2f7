// The gradient calls of a script as the session knows them: named as they are written, and turned into a trace only when somebody asks for it.
import { OpError, show, surelyEqual } from '../../../core/shape.ts';
import type { Tensor } from '../../../core/tensor.ts';
import { NumericTensor } from '../engine/backend.ts';
import type { Derivative, GradientCall, Position, Session, Source as NamedSource } from '../session.ts';
import type { Completed, Entry, Frame, Ref, Thrown } from './border.ts';
import { needOf } from './need.ts';
import { copied, NotReplayed, Replay, type Replayed } from './replay.ts';
import { type Site, siteAt } from './sites.ts';
import { read, type Sources } from './stack.ts';

/** What TensorFlow.js gave for a call: one per source, null where it gave nothing. */
export interface Given {
  readonly gradients: readonly (NumericTensor | null)[];
  readonly thrown: Thrown | null;
}

/** The call threw before there was anything to differentiate. */
export class CallFailed extends Error {
  constructor(
    readonly thrown: Thrown,
    readonly place: string,
  ) {
    super(thrown.message);
  }
}

export class ScriptCall implements GradientCall {
  readonly method: string;
  readonly position: Position;
  readonly targetName: string;
  readonly tape = null;
  readonly given: Given;
  /** Names of the sources, in the order of `given`. */
  readonly names: readonly string[];
  /** Places in the call's own lists. */
  private readonly order: readonly number[];
  private readonly replay: Replay;
  private trace: Traced | null = null;

  constructor(
    private readonly session: Session,
    private readonly sourcesOfProgram: Sources,
    private readonly call: Completed,
    readonly site: Site,
    readonly occurrence: number,
  ) {
    this.method = call.method;
    this.position = site.position;
    this.replay = new Replay(session, sourcesOfProgram);
    const names = namesOf(call, site);
    this.order = orderOf(call);
    this.names = this.order.map((i) => names[i] ?? `[${i}]`);
    this.targetName = targetOf(call.name, names, call.variables);
    this.given = {
      gradients: this.order.map((i) => tensorOf(call.gradients[i] ?? null)),
      thrown: call.thrown === null ? null : (JSON.parse(call.thrown) as Thrown),
    };
  }

  get frame(): Frame | null {
    return this.call.frame;
  }

  /** Whether the function takes a gradient that its value depends on. */
  get secondOrder(): boolean {
    return this.frame !== null && innerOf(this.frame) !== null;
  }

  get targets(): readonly Tensor[] {
    return [this.traced.target];
  }

  get weights(): readonly (Tensor | null)[] | null {
    const { weight } = this.traced;
    return weight && [weight];
  }

  get sources(): readonly NamedSource[] {
    return this.order.map((place, i) => namedSource(this.names[i] ?? '', () => this.traced.sources[place] as Tensor));
  }

  get derivativeOf(): Derivative | null {
    return this.traced.derivative;
  }

  /** The call in the trace. What is only summed, or given another shape, on its way out is followed to the derivative that it is: that makes no difference to its gradient. */
  private get traced(): Traced {
    this.trace ??= this.follow();
    return this.trace;
  }

  private follow(): Traced {
    const { session } = this;
    const replayed = this.replayed;
    const candidates = replayed.weight ? [replayed.target] : behindSums(replayed.target);
    for (const target of candidates) {
      const derivative = session.derivativeBehind([target], this.targetName);
      if (derivative) return { ...replayed, target, derivative };
    }
    return { ...replayed, derivative: null };
  }

  /** What is worth knowing of the trace. */
  get followed(): Pick<Replay, 'reads' | 'customs'> {
    void this.replayed;
    return this.replay;
  }

  private get replayed(): Replayed {
    const { frame } = this;
    if (!frame?.value) {
      if (this.given.thrown) throw new CallFailed(this.given.thrown, this.call.place);
      throw new NotReplayed('nothing is differentiated here', this.call.place);
    }
    const isNew = this.replay.inside.size === 0;
    const replayed = this.carriedOut(frame);
    if (isNew)
      for (const [inner, found] of this.replay.inside)
        if (inner !== frame) this.session.remember(new InnerCall(this, inner, found), found.gradients);
    return replayed;
  }

  /** What TensorFlow.js could not carry out either is the program's own failure. */
  private carriedOut(frame: Frame): Replayed {
    const { thrown } = this.given;
    try {
      const replayed = this.replay.frame(frame);
      const { target, weight } = replayed;
      if (weight && !surelyEqual(weight.shape, target.shape))
        throw new OpError('Error', `dy has the shape ${show(weight.shape)}, the value ${show(target.shape)}`);
      return replayed;
    } catch (error) {
      if (thrown && error instanceof OpError) throw new CallFailed(thrown, this.call.place);
      throw error;
    }
  }

  /** A name for a source of a gradient inside: the call's own, where it is the same tensor. */
  nameOf(ref: Ref, otherwise: string): string {
    const at = this.call.sources.findIndex(({ id }) => id === ref.id);
    const place = this.order.indexOf(at);
    return (at >= 0 && this.names[place]) || otherwise;
  }

  siteOf(frame: Frame): Site | null {
    const found = frame.call && read(frame.call.place, this.sourcesOfProgram);
    return found ? siteAt(found.source, found.place) : null;
  }
}

/** Its tensor is of the trace, which is made when it is asked for. */
const namedSource = (name: string, tensor: () => Tensor): NamedSource => ({
  name,
  variable: null,
  get tensor() {
    return tensor();
  },
});

interface Traced extends Replayed {
  readonly derivative: Derivative | null;
}

/** Ops that leave the sum of what they are given as it is. */
const PASSING: ReadonlySet<string> = new Set(['Sum', 'Reshape', 'Identity', 'Cast', 'ExpandDims', 'Squeeze', 'Transpose', 'ReverseV2']);

/** A tensor, and those that it is the sum of in another shape, nearest first. */
function behindSums(tensor: Tensor): Tensor[] {
  const { origin } = tensor;
  const [input] = origin !== null && PASSING.has(origin.name) ? origin.inputs : [];
  return input?.dtype === tensor.dtype ? [tensor, ...behindSums(input as Tensor)] : [tensor];
}

/** A gradient that the function of a call takes. */
class InnerCall implements GradientCall {
  readonly method = 'grad';
  readonly position: Position;
  readonly occurrence = 1;
  readonly tape = null;
  readonly targetName: string;
  readonly derivativeOf = null;
  readonly secondOrder = false;
  readonly targets: readonly Tensor[];
  readonly weights: readonly (Tensor | null)[] | null;
  readonly sources: readonly NamedSource[];

  constructor(outer: ScriptCall, frame: Frame, { target, weight, sources }: Replayed) {
    const site = outer.siteOf(frame);
    this.position = site?.position ?? outer.position;
    const own = namesOf({ ...frame, method: frame.call?.method ?? 'grad' }, site);
    const names = frame.sources.map((ref, i) => outer.nameOf(ref, own[i] ?? ''));
    this.targetName = targetOf(frame.name, names, frame.variables);
    this.targets = [target];
    this.weights = weight && [weight];
    this.sources = sources.map((tensor, i) => ({ name: names[i] ?? '', tensor, variable: null }));
  }
}

/** A gradient inside that the value depends on. */
function innerOf(frame: Frame): Frame | null {
  const wanted = new Set(frame.value ? [frame.value.id] : []);
  const inside = (list: readonly Entry[]): Frame | null => {
    for (const entry of [...list].reverse()) {
      if (entry.kind === 'gradients') {
        if (frame.value === null || entry.gradients?.some((gradient) => gradient && wanted.has(gradient.id))) return entry;
        const deeper = inside(entry.entries);
        if (deeper) return deeper;
      } else if (entry.kind === 'kernel' && entry.outputs.some(({ id }) => wanted.has(id))) {
        for (const { id } of Object.values(entry.inputs)) wanted.add(id);
      } else if (entry.kind === 'custom' && wanted.has(entry.output.id)) {
        for (const { id } of entry.inputs) wanted.add(id);
      }
    }
    return null;
  };
  return inside(frame.entries);
}

// ------------------------------------------------------------------------------------------------ names

/** A source is called as the program calls it where it is applied; what has no name there, as the function calls its argument. */
function namesOf(call: Pick<Completed, 'method' | 'sources' | 'variables' | 'parameters'>, site: Site | null): string[] {
  const [first] = site?.arguments ?? [];
  const many = call.method === 'grads' || call.method === 'valueAndGrads';
  return call.sources.map((_, i) => {
    const variable = call.variables[i];
    if (variable) return variable.label;
    const text = many ? (first?.elements?.[i] ?? (first && `${first.text}[${i}]`)) : first?.text;
    const parameter = call.parameters[i] ?? '';
    return text !== undefined && (parameter === '' || PLAIN_NAME.test(text)) ? text : parameter || `x${i === 0 ? '' : i}`;
  });
}

const PLAIN_NAME = /^[A-Za-z_$][\w$]*(?:\.[\w$]+|\[\d+\])*$/;

function targetOf(name: string, sources: readonly string[], variables: Completed['variables']): string {
  if (name === '') return 'y';
  if (name.startsWith('=')) return name.slice(1);
  return `${name}(${variables.some((v) => v !== null) ? '' : sources.join(', ')})`;
}

/**
 * Which of the sources are told of, and in which order: variables for a Hessian as they were made, otherwise by name as TensorFlow.js gives them. Of those that the program
 * did not choose itself (an optimizer has some of its own) only the ones that matter are told of.
 */
function orderOf({ variables, gradients, sources, chosen, frame }: Completed): number[] {
  const all = sources.map((_, i) => i);
  if (variables.every((v) => v === null)) return all;
  const read = frame?.value ? needOf(frame).read : null;
  const matters = (i: number): boolean => Boolean(gradients[i]) || read?.has(sources[i]?.id ?? -1) === true;
  const told = chosen || !all.some(matters) ? all : all.filter(matters);
  if (frame) return told;
  const name = (i: number): string => variables[i]?.name ?? '';
  const missing = (i: number): number => (gradients[i] ? 0 : 1);
  return told.sort((a, b) => missing(a) - missing(b) || (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));
}

function tensorOf(ref: Ref | null): NumericTensor | null {
  if (ref === null || ref.numbers === null) return null;
  const dtype = ref.dtype === 'int32' || ref.dtype === 'bool' ? ref.dtype : 'float32';
  return new NumericTensor(copied(ref.numbers, ref.shape, dtype), dtype);
}
