// What TensorFlow.js itself gave for a call, held against the truth: right, wrong, or an error, and why where the recording shows it.
import { valuesOf } from '../engine/backend.ts';
import { gradients } from '../hessian/trace.ts';
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
  const worst = worstOf(numbers, truthOf(session, call));
  const { outcome } = outcomeOf(given.some((g) => g !== null) ? given.filter((g) => g !== null) : given);
  const rule = worst !== null && causeOf(call) !== null ? WRONG_SECOND_DERIVATIVE : null;
  return { library, outcome: outcome === 'mixed' ? 'value' : outcome, rule, reason: reasonOf(call, numbers, worst) };
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

interface Worst {
  readonly source: number;
  readonly at: number;
  /** Null where TensorFlow.js left the source out. */
  readonly given: number | null;
  readonly truth: number;
}

/** The number that is furthest from what it should be, beyond what rounding explains. */
function worstOf(given: readonly Numbers[], truth: readonly Numbers[]): Worst | null {
  let worst: (Worst & { readonly by: number }) | null = null;
  given.forEach((numbers, source) => {
    const right = Array.from(truth[source] ?? []);
    const largest = right.reduce((most, t) => (Number.isFinite(t) ? Math.max(most, Math.abs(t)) : most), 0);
    right.forEach((t, at) => {
      const g = numbers === null ? null : (numbers[at] ?? Number.NaN);
      const by = Math.abs((g ?? 0) - t) / Math.max(largest, Math.abs(g ?? 0), 1e-6);
      const isWrong = Number.isNaN(by) ? Number.isNaN(g) && Number.isFinite(t) : by > WRONG;
      if (isWrong && (worst === null || by > worst.by)) worst = { source, at, given: g, truth: t, by: Number.isNaN(by) ? Infinity : by };
    });
  });
  return worst;
}

// ------------------------------------------------------------------------------------------------ words

const shown = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(5))) : String(value));

function reasonOf(call: ScriptCall, given: readonly Numbers[], worst: Worst | null): string | null {
  const single = given.length === 1 && given[0]?.length === 1;
  const left = call.names.filter((_, i) => given[i] === null);
  if (worst !== null) {
    const { source, at, truth } = worst;
    const name = given.length > 1 ? ` in ${call.names[source] ?? ''}` : '';
    const element = given[source]?.length === 1 ? '' : ` element ${at}`;
    const what =
      worst.given === null
        ? `it leaves out ${call.names[source] ?? ''}, whose derivative is not zero (${shown(truth)})`
        : single
          ? `its value ${shown(worst.given)} is wrong, the true one is ${shown(truth)}`
          : `its value is wrong:${element}${name} is ${shown(worst.given)} and should be ${shown(truth)}`;
    const cause = causeOf(call);
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
  const listed = operations.map(spoken).join(', ');
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

function raising(session: Session, call: ScriptCall, message: string): Omit<TensorFlow, 'library'> {
  const said = message.replace(/\s+/g, ' ').trim();
  const missing = /gradient function not found for (\w+)/.exec(said)?.[1];
  if (missing !== undefined) return { outcome: 'raises', rule: MISSING_KERNEL_GRADIENT, reason: said };
  if (!said.startsWith('Cannot compute gradient of y=f(x)')) return { outcome: 'raises', rule: null, reason: said };
  const cause = causeOf(call);
  if (cause !== null) return { outcome: 'raises', rule: WRONG_SECOND_DERIVATIVE, reason: `${said} ${cause}` };
  const zero = truthOf(session, call).every((numbers) => numbers !== null && Array.from(numbers).every((v) => v === 0));
  const why = zero && call.secondOrder ? ' The first derivative does not depend on the argument, so the second one is zero' : '';
  return { outcome: 'raises', rule: NOT_ENCLOSED, reason: said + why };
}
