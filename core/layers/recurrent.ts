// Keras' recurrent layers and cells. Source: Keras 2.15, layers/rnn/ and backend.py, rnn.
import type { Arguments } from '../api/function.ts';
import { dropout } from '../api/neural.ts';
import { Integer, isList, isTensor, LayerObject, toTensor, UNKNOWN, UnknownArgument, type Value } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import {
  activate,
  type LayerCall,
  layer,
  type MaskRule,
  needsRank,
  only,
  read,
  trains,
  usesBias,
  type WeightSpec,
  weight,
} from './layer.ts';

/** A cell's step: from what comes in and its states to what goes out and its states afterwards. */
type Step = (x: Tensor, states: readonly Tensor[]) => { readonly output: Tensor; readonly states: readonly Tensor[] };

interface Cell {
  /** How long each state is. */
  readonly states: readonly number[];
  /** The `state_size` of a cell that is several: the layer gives its states in lists like that. */
  readonly nesting?: Value;
  readonly step: Step;
}

// ------------------------------------------------------------------------------------------------ along time

interface Run {
  readonly backwards: boolean;
  readonly timeMajor: boolean;
  readonly mask: Tensor | null;
}

/** Runs a step over time. A long sequence is walked in full only by interpreters that have numbers. Gives the outputs in order of the walk, and the last states. */
function along(x: Tensor, initial: readonly Tensor[], step: Step, { backwards, timeMajor, mask }: Run, o: Operations) {
  const axis = timeMajor ? 0 : 1;
  const steps = x.shape?.[axis] ?? null;
  if (steps === null) throw new UnknownArgument();
  const turned = timeMajor ? x : swapped(x, o);
  const ordered = (t: Tensor): Tensor[] => o.unstack(backwards ? o.apply('ReverseV2', [t], { axes: [0] }) : t, 0, steps);
  const inputs = ordered(turned);
  const masks = mask ? ordered(timeMajor ? mask : swapped(mask, o)) : null;
  const walked = Math.min(steps, o.eager.backend.rounds ?? steps);
  let states = initial;
  const outputs: Tensor[] = [];
  for (let time = 0; time < walked; time++) {
    const next = step(inputs[time] as Tensor, states);
    const on = masks?.[time];
    const before = states;
    const last = outputs.at(-1);
    outputs.push(on ? choose(on, next.output, last ?? o.zerosLike(next.output), o) : next.output);
    states = on ? next.states.map((now, i) => choose(on, now, before[i] ?? now, o)) : next.states;
  }
  while (outputs.length < steps) outputs.push(outputs.at(-1) as Tensor);
  return { outputs, states };
}
const swapped = (t: Tensor, o: Operations): Tensor =>
  o.transpose(
    t,
    (t.shape ?? []).map((_, i) => (i === 0 ? 1 : i === 1 ? 0 : i)),
  );
const choose = (on: Tensor, now: Tensor, before: Tensor, o: Operations): Tensor => {
  const rank = now.shape?.length ?? 2;
  const shape = [on.shape?.[0] ?? null, ...Array.from({ length: rank - 1 }, () => 1)];
  return o.select(o.reshape(o.cast(on, 'bool'), shape), now, before);
};

const zeros = (x: Tensor, axis: number, rest: readonly Dimension[], o: Operations): Tensor =>
  o.full(0, [x.shape?.[axis] ?? null, ...rest], x.dtype);

/** The sequence's, where one comes out; states have no steps. */
const maskOfSequence: MaskRule = (_, [mask = null], config) => (config.boolean('return_sequences') ? mask : null);

const RUNS = 'return_sequences=False, return_state=False, go_backwards=False, stateful=False, zero_output_for_mask=False';

/** What a recurrent layer has of its own; the rest is its cell's, and only to be read. */
const RUN_SETTINGS = ['return_sequences', 'return_state', 'go_backwards'];

/** What a recurrent layer gives: the last output or all of them, and the states where they are asked for. */
function run(inputs: readonly Tensor[], cell: Cell, c: LayerCall, o: Operations): Value {
  const [x, ...states] = inputs as [Tensor, ...Tensor[]];
  const { config, args } = c;
  if (config.has('stateful') && config.boolean('stateful')) throw new UnknownArgument();
  if (args.has('mask') && config.boolean('zero_output_for_mask')) throw new UnknownArgument();
  const timeMajor = config.has('time_major') && config.boolean('time_major');
  const initial = initialStates(x, states, cell, args, timeMajor ? 1 : 0, o);
  const mask = args.has('mask') ? args.tensor('mask') : null;
  const backwards = config.boolean('go_backwards');
  const { outputs, states: last } = along(x, initial, cell.step, { backwards, timeMajor, mask }, o);
  const sequences = config.boolean('return_sequences');
  const output = sequences ? o.stack(outputs, timeMajor ? 0 : 1) : (outputs.at(-1) as Tensor);
  if (!config.boolean('return_state')) return output;
  return [output, ...(isList(cell.nesting ?? null) ? nested(cell.nesting as readonly Value[], [...last]) : last)];
}
/** Takes the states one by one into lists like those of the sizes. */
const nested = (sizes: readonly Value[], states: Tensor[]): Value[] =>
  sizes.map((size) => (isList(size) ? nested(size, states) : (states.shift() ?? null)));
function initialStates(
  x: Tensor,
  given: readonly Tensor[],
  cell: Cell,
  args: Arguments,
  batchAxis: number,
  o: Operations,
): readonly Tensor[] {
  if (given.length > 0) return given;
  const asked = args.value('initial_state');
  if (asked === null) return cell.states.map((size) => zeros(x, batchAxis, [size], o));
  const list = isList(asked) ? asked.flat() : [asked];
  if (list.length !== cell.states.length) throw new UnknownArgument();
  return list.map((state) => toTensor(o, state, null, x.dtype));
}

// ------------------------------------------------------------------------------------------------ cells

const CELL = (activations: string, between = ''): string =>
  `units, ${activations}, use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros", ${between}kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None`;
const CONSTRAINTS = 'kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0';

/** Weights of a cell with as many gates. */
function cellWeights(config: Arguments, input: Shape, gates: number, biasShape: readonly number[]): WeightSpec[] {
  const units = config.number('units');
  return [
    weight(config, 'kernel', [input?.at(-1) ?? null, gates * units]),
    weight(config, 'recurrent_kernel', [units, gates * units], 'recurrent'),
    ...(config.boolean('use_bias') ? [biasOf(config, biasShape)] : []),
  ];
}
/** A bias whose second part, of the forget gate, starts with ones. */
function biasOf(config: Arguments, shape: readonly number[]): WeightSpec {
  const plain = weight(config, 'bias', shape);
  if (!config.has('unit_forget_bias') || !config.boolean('unit_forget_bias')) return plain;
  const units = config.number('units');
  const { initializer } = plain;
  const parts = [
    { size: units, initializer },
    { size: units, initializer: 'ones' },
    { size: 2 * units, initializer },
  ];
  return { ...plain, parts };
}

const biased = (x: Tensor, bias: Tensor | null | undefined, o: Operations): Tensor => (bias ? o.apply('BiasAdd', [x, bias]) : x);
const dot = (x: Tensor, kernel: Tensor, o: Operations): Tensor => o.matmul(x, kernel);
const parts = (x: Tensor, count: number, units: number, axis: number, o: Operations): Tensor[] =>
  o.eager.apply('SplitV', [x], { axis, sizes: Array.from({ length: count }, () => units) });

/** Dropout inside a cell: one mask for all steps. */
function masks(c: LayerCall, o: Operations): { input: (x: Tensor) => Tensor; state: (h: Tensor) => Tensor } {
  const dropping = (name: string) => {
    const rate = c.config.number(name);
    let mask: Tensor | null = null;
    return (x: Tensor): Tensor => {
      if (rate === 0 || !trains(c)) return x;
      mask ??= dropout(o.onesLike(x), rate, o);
      return o.mul(x, mask);
    };
  };
  return { input: dropping('dropout'), state: dropping('recurrent_dropout') };
}

type MakeCell = (c: LayerCall, o: Operations) => Cell;

const simple: MakeCell = (c, o) => {
  const [kernel, recurrent] = [read(c, 'kernel', o), read(c, 'recurrent_kernel', o)];
  const bias = usesBias(c) ? read(c, 'bias', o) : null;
  const drop = masks(c, o);
  const step: Step = (x, [h]) => {
    const fromInput = biased(dot(drop.input(x), kernel, o), bias, o);
    const sum = o.add(fromInput, dot(drop.state(h as Tensor), recurrent, o));
    const output = activate(c.config.value('activation'), sum, o);
    return { output, states: [output] };
  };
  return { states: [c.config.number('units')], step };
};

const longShort: MakeCell = (c, o) => {
  const units = c.config.number('units');
  const [kernel, recurrent] = [read(c, 'kernel', o), read(c, 'recurrent_kernel', o)];
  const bias = usesBias(c) ? read(c, 'bias', o) : null;
  const drop = masks(c, o);
  const gate = (x: Tensor) => activate(c.config.value('recurrent_activation'), x, o);
  const squash = (x: Tensor) => activate(c.config.value('activation'), x, o);
  const step: Step = (x, [h, carry]) => {
    const sum = o.add(dot(drop.input(x), kernel, o), dot(drop.state(h as Tensor), recurrent, o));
    const [input, forget, cell, output] = parts(biased(sum, bias, o), 4, units, 1, o) as [Tensor, Tensor, Tensor, Tensor];
    const next = o.add(o.mul(gate(forget), carry as Tensor), o.mul(gate(input), squash(cell)));
    const hidden = o.mul(gate(output), squash(next));
    return { output: hidden, states: [hidden, next] };
  };
  return { states: [units, units], step };
};

/** With `reset_after` the reset gate acts behind the recurrent product, which then has a bias of its own. */
const gated: MakeCell = (c, o) => {
  const units = c.config.number('units');
  const after = c.config.boolean('reset_after');
  const [kernel, recurrent] = [read(c, 'kernel', o), read(c, 'recurrent_kernel', o)];
  const bias = usesBias(c) ? read(c, 'bias', o) : null;
  const [inputBias, recurrentBias] = bias === null ? [null, null] : after ? (o.unstack(bias, 0, 2) as [Tensor, Tensor]) : [bias, null];
  const drop = masks(c, o);
  const gate = (x: Tensor) => activate(c.config.value('recurrent_activation'), x, o);
  const column = (from: number, to: number) =>
    o.apply('StridedSlice', [recurrent], {
      indices: [
        { kind: 'slice', start: 0, size: units, step: 1 },
        { kind: 'slice', start: from, size: to - from, step: 1 },
      ],
    });
  const step: Step = (x, [state]) => {
    const h = drop.state(state as Tensor);
    const [xUpdate, xReset, xNew] = parts(biased(dot(drop.input(x), kernel, o), inputBias, o), 3, units, -1, o) as [Tensor, Tensor, Tensor];
    const inner = after ? biased(dot(h, recurrent, o), recurrentBias, o) : dot(h, column(0, 2 * units), o);
    const [hUpdate, hReset, hNew] = parts(inner, after ? 3 : 2, units, -1, o) as [Tensor, Tensor, Tensor | undefined];
    const update = gate(o.add(xUpdate, hUpdate));
    const reset = gate(o.add(xReset, hReset));
    const remembered = hNew ? o.mul(reset, hNew) : dot(o.mul(reset, h), column(2 * units, 3 * units), o);
    const candidate = activate(c.config.value('activation'), o.add(xNew, remembered), o);
    const output = o.add(o.mul(update, state as Tensor), o.mul(o.sub(1, update), candidate));
    return { output, states: [output] };
  };
  return { states: [units], step };
};

const integers = (sizes: readonly number[]): Value => {
  const list = sizes.map((n) => new Integer(n));
  return list.length === 1 ? (list[0] ?? null) : list;
};
const GATED = 'activation="tanh", recurrent_activation="sigmoid"';

for (const [name, make, activations, between, own, gates, states] of [
  ['SimpleRNN', simple, 'activation="tanh"', '', ', unroll=False', 1, 1],
  ['LSTM', longShort, GATED, 'unit_forget_bias=True, ', ', time_major=False, unroll=False', 4, 2],
  ['GRU', gated, GATED, '', ', unroll=False, time_major=False, reset_after=True', 3, 1],
] as const) {
  const cellOnly = name === 'GRU' ? ', reset_after=True' : '';
  const biasShape = (config: Arguments): number[] => {
    const size = gates * config.number('units');
    return name === 'GRU' && config.boolean('reset_after') ? [2, size] : [size];
  };
  const sizes = (config: Arguments): readonly number[] => Array.from({ length: states }, () => config.number('units'));
  const attributes = (config: Arguments) => ({ state_size: integers(sizes(config)), output_size: integers([config.number('units')]) });
  layer(name, {
    signature: `${CELL(activations, between)}, activity_regularizer=None, ${CONSTRAINTS}, ${RUNS}${own}`,
    callSignature: 'initial_state=None, mask=None, training=None',
    mask: maskOfSequence,
    many: 'or one',
    build: (config, [input = null]) => {
      needsRank(input, name === 'SimpleRNN' ? 'simple_rnn' : name.toLowerCase(), { exactly: 3 });
      return cellWeights(config, input, gates, biasShape(config));
    },
    call: (inputs, c, o) => run(inputs, make(c, o), c, o),
    attributes,
    settable: RUN_SETTINGS,
  });
  layer(`${name}Cell`, {
    signature: `${CELL(activations, between)}, ${CONSTRAINTS}${cellOnly}`,
    callSignature: 'states, training=None',
    build: (config, [input = null]) => cellWeights(config, input, gates, biasShape(config)),
    call: (inputs, c, o) => {
      const given = c.args.value('states');
      const list = isList(given) ? given : [given];
      const next = make(c, o).step(
        only(inputs),
        list.map((state) => toTensor(o, state)),
      );
      return [next.output, isList(given) ? next.states : (next.states[0] ?? null)];
    },
    attributes,
  });
}

// ------------------------------------------------------------------------------------------------ cells of the program's

/** A cell that is an object, or several in a list, one after the other. */
function cellOf(value: Value, training: boolean | undefined): Cell {
  if (isList(value)) {
    const nesting = value.map((one) => (one instanceof LayerObject ? one.attribute('state_size') : UNKNOWN));
    return { ...stacked(value.map((one) => cellOf(one, training))), nesting };
  }
  if (!(value instanceof LayerObject)) throw new UnknownArgument();
  return {
    states: sizesIn(value.attribute('state_size')),
    nesting: value.attribute('state_size'),
    step: (x, given) => {
      const result = value.run([x, given], training);
      const [output = null, ...states] = isList(result) ? result.flat() : [];
      if (!isTensor(output) || !states.every(isTensor)) throw new UnknownArgument();
      return { output, states };
    },
  };
}
function sizesIn(value: Value): readonly number[] {
  if (value === UNKNOWN) throw new UnknownArgument();
  if (isList(value)) return value.flatMap(sizesIn);
  if (value instanceof Integer) return [value.value];
  throw new UnknownArgument();
}
function stacked(cells: readonly Cell[]): Cell {
  return {
    states: cells.flatMap((cell) => cell.states),
    step: (x, states) => {
      let [at, output] = [0, x];
      const next = cells.flatMap((cell) => {
        const own = cell.step(output, states.slice(at, at + cell.states.length));
        at += cell.states.length;
        output = own.output;
        return own.states;
      });
      return { output, states: next };
    },
  };
}

layer('RNN', {
  mask: maskOfSequence,
  many: 'or one',
  signature: `cell, ${RUNS}, unroll=False, time_major=False`,
  callSignature: 'initial_state=None, mask=None, training=None',
  settable: RUN_SETTINGS,
  call: (inputs, c, o) => run(inputs, cellOf(c.config.value('cell'), c.training), c, o),
});
layer('StackedRNNCells', {
  signature: 'cells',
  callSignature: 'states, training=None',
  call: (inputs, c, o) => {
    const cell = cellOf(c.config.value('cells'), c.training);
    const given = c.args.value('states');
    const flat = (isList(given) ? given.flat() : [given]).map((state) => toTensor(o, state));
    const next = cell.step(only(inputs), flat);
    return [next.output, next.states];
  },
  attributes: (config) => {
    const cells = config.value('cells');
    const sizes = isList(cells) ? cells.map((cell) => (cell instanceof LayerObject ? cell.attribute('state_size') : UNKNOWN)) : UNKNOWN;
    return { state_size: sizes };
  },
});
