// What crossed the border while a function's Python ran once, so that it can be done again on other tensors without Python: how a `tf.function` is a graph.
// TensorFlow traces Python into a graph of ops; here a trace is the calls that came over the border, and running it makes them again, on numbers.
import { OpError, whileTracing } from '../../../core/shape.ts';
import type { Tensor } from '../../../core/tensor.ts';

/** Whatever crosses: handles of tensors, variables and tapes, plain values, functions of Python. */
export type Crossing = unknown;
/** Python's functions that JavaScript calls; what they give in more than one piece goes by `give`. */
export type PythonFunction = ((...handles: Crossing[]) => Crossing) & { destroy?: () => void };

/** Calls a function of Python, which gives false where it raises: the error is raised again on Python's side. */
export function callPython(python: PythonFunction, given: readonly Crossing[]): Crossing {
  const returned = python(...given);
  if (returned === false) throw new OpError('PythonError', '');
  return returned;
}

/** The side of the border that carries calls out. */
export interface Border {
  /** The parts of the last result that was a list. */
  readonly parts: readonly unknown[];
  /** What Python gave last. */
  given: readonly (Tensor | null)[];
  /** What the last call raised, where it gave false. */
  failure: { readonly type: string; readonly message: string } | null;
}

/** A value that a trace is given or makes. */
class Slot {
  constructor(
    readonly trace: Trace,
    readonly index: number,
  ) {}
}

interface Instruction {
  readonly method: string;
  /** Slots, and what is the same in every run. */
  readonly operands: readonly Crossing[];
  /** Where the objects in the result go, one after the other. */
  readonly results: readonly (Slot | null)[];
  /** It raised, and Python went on. */
  readonly failed: boolean;
}

class Trace {
  readonly instructions: Instruction[] = [];
  returned: Crossing = null;
  given: readonly Crossing[] = [];
  private size = 0;

  slot(): Slot {
    return new Slot(this, this.size++);
  }
}

/** The values of one run of a trace. `outer`: of the run of the trace that its function was defined in. */
class Frame {
  private readonly values: Crossing[] = [];

  constructor(
    private readonly trace: Trace,
    private readonly outer: Frame | null,
  ) {}

  set(slot: Slot, value: Crossing): void {
    this.values[slot.index] = value;
  }

  /** The value itself, or the one in this run that a slot stands for. */
  resolve = (operand: Crossing): Crossing => {
    if (operand instanceof Body) return new Closure(operand, this);
    return operand instanceof Slot ? this.valueIn(operand) : operand;
  };

  private valueIn(slot: Slot): Crossing {
    if (this.trace === slot.trace) return this.values[slot.index];
    if (!this.outer) throw new Error('a value of a function that is not running');
    return this.outer.valueIn(slot);
  }
}

/** A trace in the making: which slot each object stands in. */
class Recording {
  readonly trace = new Trace();
  readonly frame: Frame;
  private readonly slots = new Map<Crossing, Slot>();

  constructor(
    readonly outer: Recording | null,
    outerFrame: Frame | null,
  ) {
    this.frame = new Frame(this.trace, outerFrame);
  }

  operand = (value: Crossing): Crossing => this.slots.get(value) ?? this.outer?.operand(value) ?? value;

  /** Gives an object a slot of its own. */
  hold(value: Crossing): Slot {
    const slot = this.trace.slot();
    this.frame.set(slot, value);
    if (isObject(value)) this.slots.set(value, slot);
    return slot;
  }
}

/** A function of Python that is traced when it is first run, and never called again after that. */
export class Body {
  trace: Trace | null = null;

  constructor(
    public python: PythonFunction | null,
    /** What was being traced where it was defined. */
    public scope: Recording | null,
  ) {}
}

/** A body in one run of what is around it. */
export class Closure {
  constructor(
    readonly body: Body,
    readonly frame: Frame | null,
  ) {}
}

export class Tracer {
  private recording: Recording | null = null;

  constructor(private readonly border: Border) {}

  /** Whether Python is being traced now: its tensors are symbols. */
  get isTracing(): boolean {
    return this.recording !== null;
  }

  /** What follows is not traced, until what comes back is called. */
  leave(): () => void {
    const { recording } = this;
    this.recording = null;
    return () => {
      this.recording = recording;
    };
  }

  /** What follows is traced for nothing, until what comes back is called. */
  aside(): () => void {
    const { recording } = this;
    this.recording = recording && new Recording(recording, recording.frame);
    return () => {
      this.recording = recording;
    };
  }

  /** A body in the run that is going on. */
  closure(body: Body): Closure {
    return new Closure(body, this.recording?.frame ?? null);
  }

  newBody(python: PythonFunction): Body {
    return new Body(python, this.recording);
  }

  /** Carries a call out that Python makes, and keeps it where a trace is in the making. */
  perform(method: string, carryOut: (...operands: Crossing[]) => Crossing, given: readonly Crossing[]): Crossing {
    const { recording } = this;
    if (!recording) return carryOut(...given.map((value) => (value instanceof Body ? new Closure(value, null) : value)));
    const operands = given.map(recording.operand);
    const actual = operands.map(recording.frame.resolve);
    const result = this.during(null, () => carryOut(...actual));
    if (result === false && this.border.failure) this.border.failure = whileTracing(this.border.failure);
    const results = this.objectsIn(result).map((value) => (isObject(value) && !actual.includes(value) ? recording.hold(value) : null));
    recording.trace.instructions.push({ method, operands, results, failed: result === false });
    return result;
  }

  /** Runs a body: its Python the first time, its trace from then on. Gives what Python returned; `border.given` is what it gave. */
  run(closure: Closure, given: readonly Crossing[], carryOut: (method: string, operands: readonly Crossing[]) => Crossing): Crossing {
    const { body, frame } = closure;
    if (!body.trace) return this.trace(body, frame, given);
    const { trace } = body;
    const own = new Frame(trace, frame);
    given.forEach((value, i) => own.set(new Slot(trace, i), value));
    this.during(null, () => {
      for (const instruction of trace.instructions) this.again(instruction, own, carryOut);
    });
    this.border.given = trace.given.map(own.resolve) as (Tensor | null)[];
    return own.resolve(trace.returned);
  }

  private trace(body: Body, frame: Frame | null, given: readonly Crossing[]): Crossing {
    const { python, scope } = body;
    if (!python) throw new Error('a body without Python and without a trace');
    const recording = new Recording(scope, frame);
    for (const value of given) recording.hold(value);
    const returned = this.during(recording, () => callPython(python, given));
    const { trace } = recording;
    trace.returned = recording.operand(returned);
    trace.given = this.border.given.map(recording.operand);
    body.trace = trace;
    body.scope = null;
    body.python = null;
    python.destroy?.();
    return returned;
  }

  private again(
    { method, operands, results, failed }: Instruction,
    frame: Frame,
    carryOut: (method: string, operands: readonly Crossing[]) => Crossing,
  ): void {
    const result = carryOut(method, operands.map(frame.resolve));
    if (result === false && !failed) throw new OpError(this.border.failure?.type ?? 'RuntimeError', this.border.failure?.message ?? '');
    const values = this.objectsIn(result);
    results.forEach((slot, i) => slot && frame.set(slot, values[i]));
  }

  private objectsIn(result: Crossing): readonly Crossing[] {
    return typeof result === 'number' ? flat(this.border.parts) : [result];
  }

  private during<T>(recording: Recording | null, body: () => T): T {
    const outer = this.recording;
    this.recording = recording;
    try {
      return body();
    } finally {
      this.recording = outer;
    }
  }
}

const isObject = (value: Crossing): boolean => typeof value === 'object' && value !== null;
const flat = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.flatMap(flat) : [value]);
