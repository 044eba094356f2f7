// `tf.gradients` and `tf.hessians`: of a graph's ops, whatever any tape saw of them; eagerly they raise. TensorFlow: python/ops/gradients_impl.py.
import { currentGraph, type Graph, graphGradients } from '../../../../core/graph.ts';
import type { Tensor } from '../../../../core/tensor.ts';
import {
  answer,
  type Answer,
  type Call,
  CallRaise,
  gradientCall,
  NotKnown,
  outputGradientsOf,
  type Signature,
  type Source,
  sourcesOf,
  tensorsOf,
  unconnectedZero,
  walked,
} from '../gradient-call.ts';
import { isDifferentiable } from '../../../../core/tensor.ts';
import type { Machine } from '../machine.ts';
import { GRAPHS } from '../tensorflow.ts';
import { knowledgeOf } from '../tensors.ts';
import { type CallArguments, list, tensorValue, type Value } from '../values.ts';

const SIGNATURES: Readonly<Record<'gradients' | 'hessians', Signature>> = {
  gradients: {
    method: 'gradients',
    name: 'gradients_v2',
    parameters: ['ys', 'xs', 'grad_ys', 'name', 'gate_gradients', 'aggregation_method', 'stop_gradients', 'unconnected_gradients'],
    target: 'ys',
    sources: 'xs',
  },
  hessians: {
    method: 'hessians',
    name: 'HessiansV2',
    parameters: ['ys', 'xs', 'gate_gradients', 'aggregation_method', 'name'],
    target: 'ys',
    sources: 'xs',
  },
};

export function symbolicGradients(m: Machine, method: 'gradients' | 'hessians', args: CallArguments): Value {
  return gradientCall(m, args, SIGNATURES[method], null, (call) => {
    const graph = currentGraph(m.eager);
    if (!graph) {
      if (m.speculative || m.remember(GRAPHS).areBuilt) throw new NotKnown();
      throw new CallRaise('RuntimeError', 'tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead.', {
        kind: 'graph-only-api',
        cause: null,
        path: [],
      });
    }
    return method === 'gradients' ? gradients(m, graph, call) : hessians(m, graph, call);
  });
}

/** One value or a list of them, as a list. */
const asList = (value: Value): Value => (value.kind === 'list' ? { ...value, type: 'list' } : list([value]));

/** Only a list is gone through: what is in it has to be a tensor. */
function refuseDictionaries(structure: Value): void {
  if (structure.kind === 'list' && structure.items?.some((v) => v.kind === 'dictionary'))
    throw new CallRaise('TypeError', 'Failed to convert elements of the dictionary to Tensor.', null);
}

/** Variables among the targets are read. */
function targetsOf(m: Machine, value: Value): Tensor[] {
  const structure = asList(value);
  refuseDictionaries(structure);
  const read = (v: Value): Value => (v.kind === 'variable' ? tensorValue(m.eager.read(v.variable)) : v);
  // Converted to tensors, None stays None, and is asked for its op.
  if (structure.kind === 'list' && structure.items?.some((v) => v.kind === 'none'))
    throw new CallRaise('AttributeError', "'NoneType' object has no attribute 'op'", { kind: 'none-target', cause: null, path: [] });
  const tensors = tensorsOf(structure.kind === 'list' && structure.items ? list(structure.items.map(read)) : structure);
  // An integer has a gradient here, of its own dtype; nothing is said of that.
  if (tensors.some((t) => !isDifferentiable(t.dtype))) throw new NotKnown();
  return tensors;
}

function flatSources(value: Value): Source[] {
  const structure = asList(value);
  refuseDictionaries(structure);
  if (structure.kind === 'list' && structure.items?.some((v) => v.kind === 'none'))
    throw new CallRaise('AttributeError', "'NoneType' object has no attribute 'op'", null);
  const sources = sourcesOf(structure);
  if (sources.some((s) => !isDifferentiable(s.dtype))) throw new NotKnown();
  return sources;
}

function gradients(m: Machine, graph: Graph, call: Call): Answer {
  const targets = targetsOf(m, call.target);
  const sources = flatSources(call.sources);
  const zero = unconnectedZero(call.at('unconnected_gradients'));
  const upstream = call.at('grad_ys');
  const given = upstream.kind === 'none' ? null : outputGradientsOf(m, asList(upstream), true);
  // A complex one needs an upstream gradient.
  if (targets.some((t, i) => t.dtype === null && !given?.[i])) throw new NotKnown();
  const stops = call.at('stop_gradients');
  return answer(m, call, {
    targets,
    sources,
    structure: asList(call.sources),
    gradients: walked(m, () =>
      graphGradients(
        m.eager,
        graph,
        targets,
        sources.map((s) => s.tensor),
        given,
        stops.kind === 'none' ? [] : tensorsOf(asList(stops)),
      ),
    ),
    zero,
    tape: null,
    shape: (source) => source.shape,
  });
}

/** A row of the Hessian is the gradient of an element of the gradient; one that is None cannot be put into the array of rows. */
function hessians(m: Machine, graph: Graph, call: Call): Answer {
  const targets = targetsOf(m, call.target);
  const sources = flatSources(call.sources);
  // What reaches an unknown in between may still reach the source.
  const isOpen = targets.some((t) => knowledgeOf(t).tainted);
  const none = (): Error =>
    isOpen
      ? new NotKnown()
      : new CallRaise('ValueError', 'None values not supported.', { kind: 'none-used-as-tensor', cause: null, path: [] });
  const first = walked(m, () =>
    graphGradients(
      m.eager,
      graph,
      targets,
      sources.map((s) => s.tensor),
    ),
  );
  const second = sources.map((source, i) => {
    const gradient = first[i];
    // Inside the loop over the rows a variable is another tensor than outside of it: nothing reaches it.
    if (!gradient || source.value.kind === 'variable') throw none();
    const upstream = [m.backend.opaque(gradient.shape, gradient.dtype)];
    const [row] = walked(m, () => graphGradients(m.eager, graph, [gradient], [source.tensor], upstream));
    if (!row) throw none();
    return m.operations.apply('_Part', [row], { shape: source.shape && [...source.shape, ...source.shape] });
  });
  return answer(m, call, {
    targets,
    sources,
    structure: asList(call.sources),
    gradients: second,
    zero: false,
    tape: null,
    shape: (source) => source.shape && [...source.shape, ...source.shape],
  });
}
