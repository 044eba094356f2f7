// Functions, branches and loops of a graph, as Python makes them: their bodies are traced once, and are one op each to the tapes around (core/function.ts).
import { callBranches, callFunction, callLoop } from '../../../core/function.ts';
import { OpError } from '../../../core/shape.ts';
import type { Eager } from '../../../core/eager.ts';
import { GradientTape } from '../../../core/tape.ts';
import { isDifferentiable, type Tensor, type Variable } from '../../../core/tensor.ts';
import { valuesOf } from '../engine/backend.ts';
import { PY_FUNCTION } from '../hessian/respected.ts';
import type { Session } from '../session.ts';
import { type Bridge, unpack } from './bridge.ts';
import { GradientCalls } from './gradient-calls.ts';
import { index, listConcat, listElements, listFrom, listRead, listStack, listWrite } from './indexing.ts';
import { type Body, callPython, type Closure, type Crossing, type PythonFunction, Tracer } from './trace.ts';

/** Calls that say something of what is there, or make what is there for good: a trace does not make them again. */
const NOT_REPEATED: ReadonlySet<string> = new Set([
  ...['take', 'error', 'describe', 'numbers', 'number', 'give', 'structure'],
  ...['seed', 'variable', 'layer', 'buildLayer', 'weight', 'layerAttribute', 'initial'],
  ...['watchVariables', 'variablesRead', 'body', 'trace', 'leaveGraph', 'returnToGraph', 'beginTrial', 'endTrial'],
]);

type Operations = Record<string, (...operands: Crossing[]) => Crossing>;

/** The border as Python sees it: the bridge and the graphs, their calls kept while a function is traced. */
export function tracedBorder(bridge: Bridge, session: Session): Operations {
  const tracer = new Tracer(bridge);
  const graphs = new Graphs(bridge, session, tracer, (method, operands) => operationOf(method)(...operands));
  const owners: readonly object[] = [graphs, new GradientCalls(bridge, session), bridge];
  const ownerOf = (method: string | symbol): Operations | undefined => owners.find((owner) => method in owner) as Operations | undefined;
  const operations = new Map<string, (...operands: Crossing[]) => Crossing>();
  // A name stands for one thing only.
  const names = owners.flatMap((owner) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(owner)).filter((name) => name !== 'constructor'),
  );
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two things at the border are called ${twice}`);
  const operationOf = (method: string): ((...operands: Crossing[]) => Crossing) => {
    const known = operations.get(method);
    if (known) return known;
    const owner = ownerOf(method);
    const found = owner?.[method];
    if (typeof found !== 'function') throw new Error(`nothing at the border is called ${method}`);
    const bound = (...operands: Crossing[]) => found.apply(owner, operands);
    operations.set(method, bound);
    return bound;
  };
  const seen = new Map<string, (...operands: Crossing[]) => Crossing>();
  return new Proxy({} as Operations, {
    has: (_, method) => ownerOf(method) !== undefined,
    get: (_, method) => {
      if (typeof method !== 'string' || !ownerOf(method)) return undefined;
      const known = seen.get(method);
      if (known) return known;
      const carryOut = operationOf(method);
      const made = NOT_REPEATED.has(method) ? carryOut : (...operands: Crossing[]) => tracer.perform(method, carryOut, operands);
      seen.set(method, made);
      return made;
    },
  });
}

class Graphs {
  constructor(
    private readonly bridge: Bridge,
    private readonly session: Session,
    private readonly tracer: Tracer,
    private readonly carryOut: (method: string, operands: readonly Crossing[]) => Crossing,
  ) {}

  /** A function of Python that is traced when it is first run; it gives its results to `give`. */
  body(python: PythonFunction): Body {
    return this.tracer.newBody(python);
  }

  /** Traces a function, for its own sake: nothing that it does happens. */
  trace(name: string, body: Body, ...inputs: Crossing[]): Crossing {
    const { backend } = this.session;
    const closure = this.tracer.closure(body);
    return this.bridge.guard(() => {
      this.unseen(() => backend.lazily(() => this.callOnTapes(name, closure, inputs)));
      return null;
    });
  }

  /** A `tf.function`: one op to the tapes around it. `inputs`: tensors first, then variables. */
  callFunction(name: string, body: Closure, ...inputs: Crossing[]): Crossing {
    return this.bridge.guard(() => this.callOnTapes(name, body, inputs));
  }

  private callOnTapes(name: string, body: Closure, inputs: readonly Crossing[]): Tensor[] {
    const tensors = inputs.filter(isTensor);
    const variables = inputs.slice(tensors.length) as Variable[];
    return callFunction(this.session.eager, name, tensors, (placeholders) => this.run(body, [...placeholders, ...variables]), variables);
  }

  /** One of several bodies, as one op: `which` is their number, or for two a boolean. */
  branches(name: string, which: Tensor, ...bodies: Closure[]): Crossing {
    const { eager, backend } = this.session;
    return this.bridge.guard(() => {
      const taken = backend.isLazy ? 0 : chosen(name, which, bodies.length);
      return callBranches(
        eager,
        name,
        [],
        bodies.map((body) => () => {
          const results = this.run(body, []);
          return () => results;
        }),
        (alternatives) => backend.alias(alternatives[taken] as Tensor),
        { runs: taken, known: taken, predicate: which },
      );
    });
  }

  /** A loop as one op. `most`: rounds at most. */
  loop(name: string, test: Closure, body: Closure, most: Tensor | undefined, ...initial: Tensor[]): Crossing {
    const { eager, backend } = this.session;
    let rounds = 0;
    return this.bridge.guard(() =>
      callLoop(eager, name, initial, (variables) => (this.run(test, variables), this.run(body, variables)), {
        placeholder: (tensor) => backend.alias(tensor),
        isZero: () => false,
        isSketch: backend.isLazy,
        next: (variables) => {
          if (backend.isLazy || (most && rounds++ >= (valuesOf(most).data[0] ?? 0))) return null;
          const [goesOn] = this.unseen(() => this.run(test, variables));
          return goesOn && valuesOf(goesOn).data[0] ? (now) => this.run(body, now) : null;
        },
      }),
    );
  }

  /**
   * `tf.custom_gradient`: the outputs are put on the tapes with the program's own gradient, which gives its results to `give`. One that only takes the place of the true gradient
   * is seen through.
   */
  customGradient(
    name: string,
    gradient: Closure | PythonFunction,
    seenThrough: boolean,
    inputCount: number,
    ...handles: Tensor[]
  ): Crossing {
    const inputs = handles.slice(0, inputCount);
    const backward = (upstream: readonly Tensor[]): (Tensor | null)[] => {
      const given = this.ask(gradient, upstream);
      return inputs.map((_, i) => given[i] ?? null);
    };
    // An accumulator asks for the gradient at once.
    return this.bridge.guard(() => {
      this.session.eager.recordCustom(name, inputs, handles.slice(inputCount), backward, { seenThrough });
      return null;
    });
  }

  /** What Python gives for some tensors: a function that is traced, or one that is always called. */
  private ask(python: Closure | PythonFunction, given: readonly Tensor[]): readonly (Tensor | null)[] {
    if (typeof python === 'function') callPython(python, given);
    else this.tracer.run(python, given, this.carryOut);
    return this.bridge.given;
  }

  /** Says which variables are read from here on, until what comes back is given to `variablesRead`. */
  watchVariables(): { readonly found: Set<Variable>; readonly before: Eager['variableWatcher'] } {
    const { eager } = this.session;
    const before = eager.variableWatcher;
    const found = new Set<Variable>();
    eager.variableWatcher = (variable) => {
      before?.(variable);
      if (variable.trainable) found.add(variable);
    };
    return { found, before };
  }

  variablesRead({ found, before }: { readonly found: Set<Variable>; readonly before: Eager['variableWatcher'] }): Crossing {
    this.session.eager.variableWatcher = before;
    return this.bridge.guard(() => [...found]);
  }

  /** `tf.py_function`: Python that runs on numbers behind one op, whose gradient is such an op again. */
  pyFunction(line: number, python: PythonFunction, ...inputs: Tensor[]): Crossing {
    this.session.eager.place = line;
    return this.bridge.guard(() => this.ofNoShape(this.behindOneOp(inputs, (copies) => this.numbersOf(python, copies))));
  }

  /** `tf.numpy_function`: nothing passes it, and what it gives is a constant. */
  numpyFunction(line: number, python: PythonFunction, ...inputs: Tensor[]): Crossing {
    const { eager, backend } = this.session;
    return this.bridge.guard(() => {
      const outputs = this.ofNoShape(this.unseen(() => this.numbersOf(python, inputs)).map((t) => backend.detach(t)));
      eager.recordCustom('PyFunc', inputs, outputs, 'none', { seenThrough: true });
      for (const output of outputs) this.session.leftTensorFlow.set(output, { by: 'tf.numpy_function', place: line });
      return outputs;
    });
  }

  /** A graph does not know the shape of what Python gives. */
  private ofNoShape(outputs: Tensor[]): Tensor[] {
    const { eager } = this.session;
    if (eager.inGraph) for (const output of outputs) eager.graphShapes.declare(output, null);
    return outputs;
  }

  /** Told first whether it is only to see what comes of it. */
  private numbersOf(python: PythonFunction, inputs: readonly Tensor[]): Tensor[] {
    const { backend, eager } = this.session;
    const { graphs } = eager;
    const { isLazy } = backend;
    eager.graphs = 0;
    try {
      backend.forGood(() => callPython(python, [isLazy, ...inputs]));
    } finally {
      eager.graphs = graphs;
    }
    return [...this.bridge.given] as Tensor[];
  }

  /**
   * With a tape of its own, which can be used once: TensorFlow: python/ops/script_ops.py, EagerFunc and _EagerPyFuncGrad. To the graph of all that was computed it is what Python
   * did, between copies that no tape outside has seen.
   */
  private behindOneOp(inputs: readonly Tensor[], body: (copies: readonly Tensor[]) => readonly Tensor[]): Tensor[] {
    const { eager, backend } = this.session;
    const copied = (t: Tensor): Tensor => eager.apply('Identity', [t], { of: PY_FUNCTION })[0] as Tensor;
    const copies = this.unseen(() => inputs.map(copied));
    const tape = new GradientTape(eager, { persistent: false, watchAccessedVariables: true });
    const results = this.unseen(() => {
      tape.enter();
      copies.forEach((t) => tape.watch(t));
      try {
        return body(copies);
      } finally {
        tape.exit();
      }
    });
    const outputs = this.unseen(() => results.map(copied));
    const { producers } = tape.state;
    const passes = inputs.map((t) => isDifferentiable(t.dtype));
    let isTaken = false;
    let takenUnwanted: Eager['wants'] | null = null;
    const gone = new OpError('UnknownError', "KeyError: b'pyfunc_0'");
    const backward = (upstream: readonly Tensor[]): (Tensor | null)[] => {
      // A vectorised Jacobian takes it for the row that stands for all, and a second time in the loop that is made of it, where it has a use for it there.
      if (!eager.wants(inputs)) {
        if (isTaken && takenUnwanted !== eager.wants) throw gone;
        if (!backend.isLazy) [isTaken, takenUnwanted] = [true, eager.wants];
        return inputs.map(() => null);
      }
      const isVectorized = eager.vectorizing > 0 && !backend.isLazy;
      if (isTaken || isVectorized) throw gone;
      isTaken = !backend.isLazy;
      const gradients = this.behindOneOp(upstream, (dy) => {
        const again = new GradientTape(eager, { persistent: true, watchAccessedVariables: false });
        again.state = { ...again.state, producers };
        return again.walk(results, copies, dy).map((g, i) => g ?? eager.operations.zerosConstant(inputs[i] as Tensor));
      });
      return passes.map((is, i) => (is ? (gradients[i] ?? null) : null));
    };
    eager.recordCustom('EagerPyFunc', inputs, outputs, backward, { passes, seenThrough: true });
    return outputs;
  }

  /** Has Python do something with numbers, whenever the graph is run; nothing while it is traced. */
  effect(python: PythonFunction, ...handles: Tensor[]): Crossing {
    return this.bridge.guard(() => {
      if (!this.session.backend.isLazy) callPython(python, handles);
      return null;
    });
  }

  /** Until `returnToGraph`, everything happens at once and for good: what is made once for all runs of a graph. */
  leaveGraph(): void {
    const { eager, backend } = this.session;
    const { tapes, accumulators, graphs } = eager;
    const returns = [this.tracer.leave(), backend.leaveLaziness()];
    Object.assign(eager, { tapes: [], accumulators: [], graphs: 0 });
    this.left.push(() => {
      Object.assign(eager, { tapes, accumulators, graphs });
      for (const back of returns) back();
    });
  }

  returnToGraph(): void {
    this.left.pop()?.();
  }

  /** Until `endTrial`, what happens is written down nowhere and changed back. */
  beginTrial(): void {
    const { eager, backend } = this.session;
    const { tapes } = eager;
    const returns = [this.tracer.aside(), backend.enterLaziness()];
    eager.tapes = [];
    this.left.push(() => {
      eager.tapes = tapes;
      for (const back of returns) back();
    });
  }

  endTrial(): void {
    this.left.pop()?.();
  }

  private readonly left: (() => void)[] = [];

  /** `x[...]`, see `indexing.ts`. */
  index(x: Tensor, codes: string, ...values: Crossing[]): Crossing {
    const { eager, backend } = this.session;
    return this.bridge.guard(() => index(eager, backend, x, unpack(codes, values)));
  }

  listWrite(list: Tensor, at: Tensor, value: Tensor): Crossing {
    const { eager, backend } = this.session;
    return this.bridge.guard(() => listWrite(eager, backend, list, at, value));
  }

  listRead(list: Tensor, at: Tensor): Crossing {
    const { eager, backend } = this.session;
    return this.bridge.guard(() => listRead(eager, backend, list, at));
  }

  listFrom(rows: Tensor): Crossing {
    return this.bridge.guard(() => listFrom(this.session.eager, rows));
  }

  listStack(list: Tensor): Crossing {
    return this.bridge.guard(() => listStack(this.session.eager, list));
  }

  listElements(list: Tensor): Crossing {
    return this.bridge.guard(() => listElements(this.session.eager, list));
  }

  listConcat(list: Tensor): Crossing {
    return this.bridge.guard(() => listConcat(this.session.eager, list));
  }

  private run(body: Closure, given: readonly Crossing[]): Tensor[] {
    this.tracer.run(body, given, this.carryOut);
    return this.bridge.given.filter((t): t is Tensor => Boolean(t));
  }

  /** Carries something out that is not differentiated. What tapes around it know may still tell what is made. */
  private unseen<T>(body: () => T): T {
    const { eager } = this.session;
    const { tapes, tapesOutside, accumulators } = eager;
    const around = tapes.filter((tape) => !tape.seesInside);
    Object.assign(eager, { tapes: [], tapesOutside: [...tapesOutside, ...around], accumulators: [] });
    try {
      return body();
    } finally {
      Object.assign(eager, { tapes, tapesOutside, accumulators });
    }
  }
}

const isTensor = (value: Crossing): value is Tensor => typeof value === 'object' && value !== null && 'origin' in value;

/** Which body runs: of two, the first where `which` is true; of more, the last where there is none of that number. */
function chosen(name: string, which: Tensor, count: number): number {
  const number = valuesOf(which).data[0] ?? 0;
  if (which.dtype === 'bool') return number ? 0 : 1;
  if (name === 'If') throw new OpError('InvalidArgumentError', `Input 'pred' passed ${which.dtype} expected bool`);
  return number >= 0 && number < count ? number : count - 1;
}
