// `tf.py_function`: Python that runs eagerly behind one op, with a tape of its own that can be used once; and `tf.numpy_function`, which nothing passes. A graph does not know the
// shape of what they give.
// TensorFlow: python/ops/script_ops.py.
import { OpError } from '../../../../core/shape.ts';
import { GradientTape } from '../../../../core/tape.ts';
import { isDifferentiable, type Tensor } from '../../../../core/tensor.ts';
import { leave } from '../attributes.ts';
import { callValue, unknownCall } from '../call.ts';
import { asTensor, plainCall } from '../convert.ts';
import { items } from '../iterate.ts';
import { NotKnown } from '../gradient-call.ts';
import type { Machine } from '../machine.ts';
import { dtypeOf } from '../numpy/arrays.ts';
import { argument, type CallArguments, list, tensorValue, type Value } from '../values.ts';

export function pyFunction(m: Machine, args: CallArguments): Value {
  const f = argument(args, 'func', 0);
  const inputs = items(m, argument(args, 'inp', 1))?.map((v) => asTensor(m, v));
  const out = argument(args, 'Tout', 2);
  if (args.open || !inputs?.every((t) => t !== null)) return unknownCall(m, args);
  const found = behindOneOp(m, inputs, (given) => {
    const result = callValue(m, f, plainCall(m, given.map(tensorValue)));
    const values = out.kind === 'list' && result.kind === 'list' ? result.items : [result];
    const dtypes = out.kind === 'list' ? (out.items ?? []) : [out];
    return (values ?? dtypes).map(
      (v, i) => asTensor(m, v) ?? m.backend.opaque(null, dtypeOf(dtypes[i]), { tainted: v.kind === 'unknown' }),
    );
  });
  const [only] = found;
  return out.kind === 'list' || !only ? list(found.map(tensorValue)) : tensorValue(only);
}

/** The op's gradient is such an op again, of the upstream gradients alone. Taking it twice raises: its tape is gone. */
function behindOneOp(m: Machine, inputs: readonly Tensor[], body: (given: readonly Tensor[]) => readonly Tensor[]): Tensor[] {
  const copies = inputs.map((t) => m.backend.alias(t));
  const tape = new GradientTape(m.eager, { persistent: false, watchAccessedVariables: true });
  const outer = m.eager.tapes;
  m.eager.tapes = [];
  let results: readonly Tensor[];
  try {
    tape.enter();
    copies.forEach((t) => tape.watch(t));
    results = body(copies);
  } finally {
    tape.exit();
    m.eager.tapes = outer;
  }
  const outputs = results.map((t) => ofNoShape(m, m.backend.alias(t)));
  const { producers } = tape.state;
  let isTaken = false;
  const isDifferentiableInput = inputs.map((t) => isDifferentiable(t.dtype));
  const backward = (upstream: readonly Tensor[]): (Tensor | null)[] => {
    // The function of a Jacobian's rows is run at once; what the loop in it has no use for only for the row that stands for all. In another graph it is only built: every run
    // has a tape of its own.
    const isRow = m.graphDepth === m.vectorizing;
    const isUnwanted = isRow && !m.eager.wants(inputs);
    const takes = isRow && !isUnwanted ? m.takes : 1;
    if (takes === null) throw new NotKnown();
    if (isTaken || takes > 1)
      throw new OpError(
        'UnknownError',
        "{{function_node __wrapped__EagerPyFunc_device_/job:localhost/replica:0/task:0/device:CPU:0}} KeyError: b'pyfunc_0'",
      );
    isTaken = isRow || m.graphDepth === 0;
    if (isUnwanted) return inputs.map(() => null);
    const gradients = behindOneOp(m, upstream, (dy) => {
      const again = new GradientTape(m.eager, { persistent: true, watchAccessedVariables: false });
      again.state = { ...again.state, producers };
      return again.walk(results, copies, dy).map((g, i) => g ?? m.operations.zerosConstant(inputs[i] as Tensor));
    });
    return isDifferentiableInput.map((is, i) => (is ? (gradients[i] ?? null) : null));
  };
  m.eager.recordCustom('EagerPyFunc', inputs, outputs, backward, { passes: isDifferentiableInput });
  return outputs;
}

/** What comes from Python, in a graph. */
function ofNoShape(m: Machine, tensor: Tensor): Tensor {
  if (m.graphDepth > 0) m.eager.graphShapes.declare(tensor, null);
  return tensor;
}

export function numpyFunction(m: Machine, args: CallArguments): Value {
  const f = argument(args, 'func', 0);
  const given = items(m, argument(args, 'inp', 1));
  const inputs = given?.map((v) => asTensor(m, v));
  const out = argument(args, 'Tout', 2);
  if (args.open || !inputs?.every((t) => t !== null)) return unknownCall(m, args);
  const dtypes = out.kind === 'list' ? (out.items ?? []) : [out];
  const arrays = inputs.map((t) => ({ ...leave(m, { kind: 'tensor', tensor: t }, 'tf.numpy_function'), sources: [] }));
  const result = m.graphDepth > 0 ? null : callValue(m, f, plainCall(m, arrays));
  const results = result?.kind === 'list' && out.kind === 'list' ? result.items : [result];
  const outputs = dtypes.map((dtype, i) => {
    const one = results?.[i];
    const tensor = one && asTensor(m, one);
    return ofNoShape(m, m.backend.opaque(tensor ? tensor.shape : null, dtypeOf(dtype) ?? tensor?.dtype ?? null));
  });
  m.eager.recordCustom('PyFunc', inputs, outputs, 'none');
  return out.kind === 'list' ? list(outputs.map(tensorValue)) : tensorValue(outputs[0] as Tensor);
}
