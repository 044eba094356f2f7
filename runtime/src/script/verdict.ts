// What TensorFlow.js itself gave for a call, held against the truth: right, wrong, or an error, and why where the recording shows it.
import { valuesOf } from '../engine/backend.ts';
import { Replay } from '../hessian/replay.ts';
import { gradients, NoDerivative, opsBetween } from '../hessian/trace.ts';
import type { HessianResult } from '../host/protocol.ts';
import { outcomeOf } from '../hessian/outcome.ts';
import type { Session } from '../session.ts';
import type { Entry, Frame } from './border.ts';
import type { ScriptCall } from './calls.ts';
import { needOf } from './need.ts';

type TensorFlow = HessianResult['tensorflow'];

/** Beyond this share of the largest number a value is wrong, whatever rounding does. */
const WRONG = 1e-2;

/** Of a call whose trace can be made. */
export function verdictOf(session: Session, call: ScriptCall): TensorFlow {
  const library = 'TensorFlow.js' as const;
  const { gradients: given, thrown } = call.given;
  if (thrown !== null) return { library, ...raising(session, call, thrown.message) };
  const numbers = given.map(numbersOf);
  const wrong =
    deviations(numbers, truthOf(session, call))
      .slice(0, MOST_HELD)
      .find((deviation) => isSure(session, call, deviation)) ?? null;
  const { outcome } = outcomeOf(session.backend, given.some((g) => g !== null) ? given.filter((g) => g !== null) : given);
  const rule = wrong !== null && causeOf(call) !== null ? WRONG_SECOND_DERIVATIVE : null;
  return { library, outcome: outcome === 'mixed' ? 'value' : outcome, rule, reason: reasonOf(call, numbers, wrong) };
}

const WRONG_SECOND_DERIVATIVE = 'TL502';
const NOT_ENCLOSED = 'TL501';
const MISSING_KERNEL_GRADIENT = 'TL503';

type Numbers = ArrayLike<number> | null;
const numbersOf = (tensor: ScriptCall['given']['gradients'][number]): Numbers => tensor && valuesOf(tensor).data;

/** The gradient of the call by our rows; zeros where there is no way from a source to the target. */
function truthOf(session: Session, call: ScriptCall): Numbers[] {
  const sources = call.sources.map(({ tensor }) => tensor);
  return gradients(session.eager, call.targets, sources, call.weights ?? []).map((tensor, i) =>
    tensor ? valuesOf(tensor).data : new Float32Array(valuesOf(sources[i] ?? (sources[0] as never)).data.length),
  );
}

interface Deviation {
  readonly source: number;
  readonly at: number;
  /** Null where TensorFlow.js left the source out. */
  readonly given: number | null;
  readonly truth: number;
}

/** The numbers that are further from what they should be than rounding explains, the furthest first. */
function deviations(given: readonly Numbers[], truth: readonly Numbers[]): Deviation[] {
  const found: (Deviation & { readonly by: number })[] = [];
  given.forEach((numbers, source) => {
    const right = Array.from(truth[source] ?? []);
    const largest = right.reduce((most, t) => (Number.isFinite(t) ? Math.max(most, Math.abs(t)) : most), 0);
    right.forEach((t, at) => {
      const g = numbers === null ? null : (numbers[at] ?? Number.NaN);
      const by = Math.abs((g ?? 0) - t) / Math.max(largest, Math.abs(g ?? 0), 1e-6);
      const isFar = Number.isNaN(by) ? Number.isNaN(g) && Number.isFinite(t) : by > WRONG;
      if (isFar) found.push({ source, at, given: g, truth: t, by: Number.isNaN(by) ? Infinity : by });
    });
  });
  return found.sort((a, b) => b.by - a.by);
}

/** How many deviations are held against differences. */
const MOST_HELD = 6;
const STEPS = { precise: 1e-5, onEngine: 1e-2 };

/**
 * Whether differences of the target to both sides say the same as our rows: at a kink they do not, and there TensorFlow.js's value is as good as ours. A gradient that the
 * program says itself has no differences to be held against: there a known cause has to do.
 */
function isSure(session: Session, call: ScriptCall, { source, at, given, truth }: Deviation): boolean {
  const { targets, weights } = call;
  const leaf = call.sources[source]?.tensor;
  if (!leaf) return false;
  try {
    const replay = new Replay(session.eager, opsBetween(new Set(call.sources.map(({ tensor }) => tensor.id)), targets));
    const { data } = valuesOf(leaf);
    const step = (replay.isPrecise ? STEPS.precise : STEPS.onEngine) * Math.max(1, Math.abs(data[at] ?? 0));
    const factors = weights?.[0] ? valuesOf(weights[0]).data : null;
    const value = (by: number): number => {
      const displacement = new Float64Array(data.length);
      displacement[at] = by;
      const [numbers = []] = replay.at(new Map([[leaf.id, displacement]]), targets);
      return Array.from(numbers).reduce((sum, v, i) => sum + v * (factors?.[i] ?? 1), 0);
    };
    const [behind, here, ahead] = [value(-step), value(0), value(step)];
    const tolerance = (WRONG / 2) * Math.max(Math.abs(truth), Math.abs(given ?? 0));
    return [(ahead - here) / step, (here - behind) / step].every((slope) => Math.abs(slope - truth) <= tolerance);
  } catch (error) {
    if (error instanceof NoDerivative) return causeOf(call) !== null;
    throw error;
  }
}

// ------------------------------------------------------------------------------------------------ words

const shown = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(5))) : String(value));

function reasonOf(call: ScriptCall, given: readonly Numbers[], wrong: Deviation | null): string | null {
  const single = given.length === 1 && given[0]?.length === 1;
  const left = call.names.filter((_, i) => given[i] === null);
  if (wrong !== null) {
    const { source, at, truth } = wrong;
    const name = given.length > 1 ? ` in ${call.names[source] ?? ''}` : '';
    const element = given[source]?.length === 1 ? '' : ` element ${at}`;
    const what =
      wrong.given === null
        ? `it leaves out ${call.names[source] ?? ''}, whose derivative is not zero (${shown(truth)})`
        : single
          ? `its value ${shown(wrong.given)} is wrong, the true one is ${shown(truth)}`
          : `its value is wrong:${element}${name} is ${shown(wrong.given)} and should be ${shown(truth)}`;
    const cause = causeOf(call) ?? castIn(call.frame);
    return cause === null ? what : `${what}. ${cause}`;
  }
  if (left.length > 0) return `it leaves out ${left.join(', ')}, which the value does not depend on`;
  if (single) return `its value ${shown(Number(given[0]?.[0]))} is right`;
  return call.derivativeOf ? 'its numbers are right; each is the sum of a row of the Hessian' : 'its numbers are right';
}

/** Why a gradient of a gradient misses something: an output that the first gradient reads. */
function causeOf(call: ScriptCall): string | null {
  const operations = [...new Set(keptOutputs(call.frame))];
  if (operations.length === 0) return null;
  const listed = operations.map(spoken).join(' and ');
  return `The gradient of ${listed} reads a copy of ${operations.length === 1 ? 'its' : 'their'} output that is not connected to the argument`;
}

const spoken = (kernel: string): string => kernel.charAt(0).toLowerCase() + kernel.slice(1);

/** Kernels, in functions whose gradient is differentiated, that keep their output for it. */
function keptOutputs(frame: Frame | null): string[] {
  if (frame === null) return [];
  const { entries } = needOf(frame);
  const inside = (list: readonly Entry[], depth: number): string[] =>
    list.flatMap((entry) => {
      if (entry.kind === 'gradients') return inside(entry.entries, depth + 1);
      return entry.kind === 'kernel' && depth > 0 && entry.keepsOutput && entries.has(entry) ? [entry.name] : [];
    });
  return inside(frame.entries, 0);
}

/** Why a gradient is there that should be zero: TensorFlow.js passes it through casts to integers and truth values. */
function castIn(frame: Frame | null): string | null {
  if (frame === null) return null;
  const cast = [...needOf(frame).entries].find(
    (entry) => entry.kind === 'kernel' && entry.name === 'Cast' && entry.outputs[0]?.dtype !== 'float32',
  );
  return cast ? 'A cast to integers or truth values is passed by as if it were not there' : null;
}

function raising(session: Session, call: ScriptCall, message: string): Omit<TensorFlow, 'library'> {
  const said = message.replace(/\s+/g, ' ').trim();
  const missing = /gradient function not found for (\w+)/.exec(said)?.[1];
  if (missing !== undefined) return { outcome: 'raises', rule: MISSING_KERNEL_GRADIENT, reason: said };
  if (!said.startsWith('Cannot compute gradient of y=f(x)')) return { outcome: 'raises', rule: null, reason: said };
  const cause = causeOf(call);
  if (cause !== null) return { outcome: 'raises', rule: WRONG_SECOND_DERIVATIVE, reason: `${said} ${cause}` };
  return { outcome: 'raises', rule: NOT_ENCLOSED, reason: said + whyNotEnclosed(session, call) };
}

function whyNotEnclosed(session: Session, call: ScriptCall): string {
  const zero = truthOf(session, call).map((numbers) => numbers !== null && Array.from(numbers).every((v) => v === 0));
  if (zero.every(Boolean))
    return call.secondOrder ? ' The first derivative does not depend on the argument, so the second one is zero' : '';
  const without = call.names.filter((_, i) => zero[i]);
  return without.length > 0 ? ` The value does not depend on ${without.join(', ')}` : '';
}
