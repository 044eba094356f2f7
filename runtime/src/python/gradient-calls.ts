// The gradient calls of a program: each is told of when it is reached, carried out, and told what came of it.
import { ForwardAccumulator } from '../../../core/accumulator.ts';
import { isVariable, type Value } from '../../../core/api/value.ts';
import { callLoop } from '../../../core/function.ts';
import { currentGraph, type Graph, graphGradients } from '../../../core/graph.ts';
import { OpError, Undetermined } from '../../../core/shape.ts';
import { GradientTape } from '../../../core/tape.ts';
import type { Tensor, Variable } from '../../../core/tensor.ts';
import type { GradientCall, Session, Source } from '../session.ts';
import { type Bridge, unpack } from './bridge.ts';
import { jacobian } from './jacobian.ts';
import type { Crossing } from './trace.ts';

export class GradientCalls {
  constructor(
    private readonly bridge: Bridge,
    private readonly session: Session,
  ) {}

  /**
   * Tells that a gradient call is reached; null when the program is to end here. `position` is `line,column,endLine,endColumn`. Values: targets, sources, output gradients.
   * `asked`, as JSON: what the results are called, where they are not those of the sources.
   */
  reach(
    method: string,
    position: string,
    targetName: string,
    sourceNames: string,
    asked: string | undefined,
    tape: GradientTape | undefined,
    codes: string,
    ...values: Crossing[]
  ): GradientCall | null {
    const [line = 1, column = 1, endLine = line, endColumn = column] = position.split(',').map(Number);
    const [targets, sources, weights] = unpack(codes, values) as unknown as [
      readonly (Tensor | Variable | null)[],
      readonly (Tensor | Variable)[],
      readonly (Tensor | null)[] | null,
    ];
    const names = JSON.parse(sourceNames) as string[];
    return this.session.reach({
      method,
      position: { line, column, endLine, endColumn },
      targetName,
      targets: targets.map((t) => (t === null ? null : asTensor(t))),
      weights,
      sources: sources.map((source, i) => asSource(source, names[i] ?? `[${i}]`)),
      ...(asked !== undefined && { resultNames: JSON.parse(asked) as string[] }),
      tape: tape ?? null,
    });
  }

  /** What the program calls the results of a call that gave None somewhere: a later call may ask for a derivative of it. */
  nameNothings(call: GradientCall, names: string): void {
    this.session.nameNothings(call, JSON.parse(names) as (string | null)[]);
  }

  /** What the call raised. */
  rejected(call: GradientCall, type: string, message: string): void {
    this.session.raised(call, { type, message });
  }

  private settle(call: GradientCall, body: () => (Tensor | null)[]): Crossing {
    return this.bridge.guard(() => {
      const results = body();
      this.session.returned(call, results);
      return results;
    });
  }

  // ---------------------------------------------------------------------------------------------- of tapes

  /** What opens every gradient call: a tape that is used up raises, one that is not persistent stops recording. */
  begin(call: GradientCall): Crossing {
    return this.bridge.guard(() => {
      const tape = tapeOf(call);
      if (tape.isAround) throw new Undetermined('the gradient of a tape around a function, inside of the function');
      if (call.method === 'gradient') tape.begin();
      else tape.checkUsable(call.method === 'batch_jacobian');
      return null;
    });
  }

  /** `gradient` of the call that is reached: a list with null for None. */
  gradient(call: GradientCall, unconnectedZero: boolean, codes: string, ...values: Crossing[]): Crossing {
    return this.settle(call, () => {
      const [outputGradients = null] = unpack(codes, values) as [readonly (Tensor | null)[] | null];
      const sources = call.sources.map((s) => s.tensor);
      if (outputGradients?.some((t, i) => t && call.targets[i] && call.targets[i].dtype !== t.dtype))
        throw new Undetermined('an upstream gradient of another dtype than its target');
      const found = tapeOf(call).gradient(targetsOf(call), sources, { outputGradients });
      return unconnectedZero ? this.withZeros(call, found) : found;
    });
  }

  private withZeros(call: GradientCall, found: readonly (Tensor | null)[]): Tensor[] {
    return found.map((gradient, i) => {
      const { variable, tensor } = call.sources[i] as Source;
      return gradient ?? this.session.eager.zerosInstead(tensor, variable ?? null);
    });
  }

  /** `vectorized`: all rows in one function, as `experimental_use_pfor` has it. */
  jacobian(call: GradientCall, unconnectedZero: boolean, batch: boolean, vectorized: boolean): Crossing {
    return this.settle(call, () => {
      const [target] = targetsOf(call);
      return jacobian(this.session.eager, tapeOf(call), this.readUnder(tapeOf(call), target as Tensor), call.sources, {
        unconnectedZero,
        batch,
        vectorized,
      });
    });
  }

  /** A variable as the target of a Jacobian is read under the tape. */
  private readUnder(tape: GradientTape, target: Tensor): Tensor {
    const variable = variables.get(target);
    if (!variable) return target;
    if (tape.recording || tape.state.usedUp || tape.state.phase === 'new') return this.session.eager.read(variable);
    tape.resume();
    const value = this.session.eager.read(variable);
    tape.suspend();
    return value;
  }

  /** A gradient that no line of the program asks for; zeros for None. Values: targets, sources, output gradients. */
  innerGradient(tape: GradientTape, codes: string, ...values: Crossing[]): Crossing {
    return this.bridge.guard(() => {
      const [targets, sources, given] = unpack(codes, values) as unknown as [Tensor[], (Tensor | Variable)[], Tensor[]];
      const flat = sources.map((source) => asSource(source, ''));
      const found = tape.gradient(
        targets,
        flat.map((source) => source.tensor),
        { outputGradients: given },
      );
      return found.map((g, i) => g ?? this.session.eager.operations.zerosLike(flat[i]?.variable?.value ?? (flat[i] as Source).tensor));
    });
  }

  // ---------------------------------------------------------------------------------------------- of a graph

  /** `tf.gradients`. Values: the upstream gradients, and where to stop. */
  graphGradients(call: GradientCall, unconnectedZero: boolean, codes: string, ...values: Crossing[]): Crossing {
    return this.settle(call, () => {
      const [upstream, stops] = unpack(codes, values) as unknown as [(Tensor | null)[] | null, (Tensor | Variable)[]];
      const sources = call.sources.map((s) => s.tensor);
      const found = graphGradients(this.session.eager, this.graph(), targetsOf(call), sources, upstream, stops.map(asTensor));
      return unconnectedZero ? this.withZeros(call, found) : found;
    });
  }

  /** `tf.hessians`: a loop over the elements of the gradient. Inside, a variable is another tensor than outside: nothing reaches it. */
  hessians(call: GradientCall): Crossing {
    return this.settle(call, () => {
      const { eager } = this.session;
      const graph = this.graph();
      const first = graphGradients(
        eager,
        graph,
        targetsOf(call),
        call.sources.map((s) => s.tensor),
      );
      return call.sources.map(({ tensor, variable }, i) => {
        const gradient = first[i];
        if (!gradient || variable) throw new OpError('ValueError', 'None values not supported.');
        return this.hessian(graph, gradient, tensor);
      });
    });
  }

  private hessian(graph: Graph, gradient: Tensor, source: Tensor): Tensor {
    const { eager, backend } = this.session;
    const { operations } = eager;
    const shape = (source.shape ?? []).map((d) => d ?? 0);
    const size = shape.reduce((a, b) => a * b, 1);
    const whole = [...shape, ...shape];
    const rows = (): Tensor[] => {
      operations.identity(gradient);
      const found = Array.from({ length: size }, (_, row) => {
        const picks = Array.from({ length: size }, (__, place) => (place === row ? 1 : 0));
        const upstream = backend.constant(picks, shape, gradient.dtype ?? 'float32');
        const [one] = graphGradients(eager, graph, [gradient], [source], [upstream]);
        if (!one) throw new OpError('ValueError', 'None values not supported.');
        return one;
      });
      return [operations.reshape(operations.stack(found, 0), whole)];
    };
    let rounds = 0;
    const initial = [operations.full(0, whole, gradient.dtype)];
    const [result] = callLoop(eager, 'While', initial, rows, {
      placeholder: (tensor) => backend.alias(tensor),
      isZero: () => false,
      next: () => (rounds++ === 0 ? rows : null),
    });
    return result as Tensor;
  }

  private graph(): Graph {
    const graph = currentGraph(this.session.eager);
    if (graph) return graph;
    throw new OpError('RuntimeError', 'tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead.');
  }

  // ---------------------------------------------------------------------------------------------- of accumulators

  accumulator(): ForwardAccumulator {
    return new ForwardAccumulator(this.session.eager);
  }

  accumulatorWatch(accumulator: ForwardAccumulator, primal: Tensor | Variable, tangent: Tensor): void {
    accumulator.watch(asTensor(primal), tangent);
  }

  accumulatorDo(accumulator: ForwardAccumulator, action: 'enter' | 'exit'): Crossing {
    return this.bridge.guard(() => {
      accumulator[action]();
      return null;
    });
  }

  /** What was computed for each target of the call: a list with null for None. */
  jvp(call: GradientCall, accumulator: ForwardAccumulator, unconnectedZero: boolean): Crossing {
    return this.settle(call, () =>
      call.targets.map((target) => {
        const found = target && accumulator.ask(target);
        if (found || !unconnectedZero || !target) return found;
        return this.session.eager.zerosInstead(target, variables.get(target) ?? null);
      }),
    );
  }
}

function targetsOf({ targets }: GradientCall): Tensor[] {
  return targets.map((target) => {
    if (target) return target;
    throw new OpError('TypeError', NONE_TARGET);
  });
}

const NONE_TARGET =
  "Argument 'target' should be a list or nested structure of Tensors, Variables or CompositeTensors to be differentiated, but received None.";

function tapeOf({ tape }: GradientCall): GradientTape {
  if (tape === null) throw new OpError('RuntimeError', 'there is no tape');
  return tape;
}

/** From a variable's handle to the variable. */
const variables = new WeakMap<Tensor, Variable>();

function asTensor(value: Tensor | Variable): Tensor {
  if (!isVariable(value as Value)) return value as Tensor;
  const variable = value as Variable;
  variables.set(variable.handle, variable);
  return variable.handle;
}

const asSource = (source: Tensor | Variable, name: string): Source =>
  isVariable(source as Value)
    ? { name, tensor: asTensor(source), variable: source as Variable }
    : { name, tensor: source as Tensor, variable: null };
