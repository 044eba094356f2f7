// Which Hessian a gradient call asks for: of what, in which rows and columns (DESIGN section 7).
import type { Eager } from '../../../core/eager.ts';
import { isFloating, type Tensor } from '../../../core/tensor.ts';
import { product } from '../engine/values.ts';
import type { Derivative, DerivativePart, GradientCall, Source } from '../session.ts';
import { placesThrough } from './places.ts';

/** What is differentiated: the sum of its targets, weighted with these where there are any; or one element of its only target, in row-major order. */
export interface Objective {
  readonly name: string;
  readonly targets: readonly Tensor[];
  readonly weights: readonly (Tensor | null)[] | null;
  readonly component: number | null;
}

/** Rows of a second derivative: the derivative of an objective in a source. */
export interface GradientRows {
  readonly kind: 'gradient';
  readonly name: string;
  readonly shape: readonly number[];
  readonly objective: Objective;
  readonly source: Source;
}
/** Rows that are a target made of derivatives, whose elements were moved about or picked; without a target the Jacobian of the only part. */
export interface MovedRows {
  readonly kind: 'moved';
  readonly name: string;
  readonly shape: readonly number[];
  readonly target: Tensor | null;
  readonly derivative: Derivative;
}
export type Rows = GradientRows | MovedRows;

/** ∂rows / ∂columns. */
export interface Question {
  readonly target: { readonly name: string; readonly shape: readonly number[] };
  readonly rows: readonly Rows[];
  readonly columns: readonly Source[];
  /** Where rows and columns are the same sources of one objective: the matrix is symmetric. */
  readonly objective: Objective | null;
  /** How many examples, each of which only meets itself (`batch_jacobian`): a column source is told without its first axis. null where everything meets everything. */
  readonly examples: number | null;
  /** How it came to this question, where that is not plain. */
  readonly notes: readonly string[];
}

export interface Choice {
  /** Sources by their names, or variables by their own, with commas between them. */
  readonly wrt?: string | undefined;
  /** One element of the target in place of their sum: its index along every axis. */
  readonly component?: readonly number[] | undefined;
}

/** Where the target is itself a derivative, ∂g/∂x; at any other call the second derivative of the target in its sources. A sentence where there is none. */
export function questionOf(eager: Eager, call: GradientCall, choice: Choice): Question | string {
  const columns = chosenSources(call, choice.wrt);
  if (typeof columns === 'string') return columns;
  const floating = columns.filter((source) => isFloating(valueOf(source).dtype ?? 'float32'));
  if (floating.length === 0) return `${namesOf(columns)} ${columns.length > 1 ? 'hold' : 'holds'} integers, which have no derivatives.`;
  const rows = rowsOf(eager, call, floating, choice);
  if (typeof rows === 'string') return rows;
  const asked = call.derivativeOf?.parts[0]?.call ?? call;
  const left = columns.filter((source) => !floating.includes(source));
  return {
    target: { name: asked.targetName, shape: dimensionsOf(asked.targets[0]) },
    rows,
    columns: floating,
    objective: symmetricObjective(rows, floating),
    examples: call.method === 'batch_jacobian' ? examplesOf(rows, floating) : null,
    notes: [...(left.length > 0 ? [`${namesOf(left)} left out: integers have no derivatives.`] : []), ...noteOnNone(call)],
  };
}

export const valueOf = ({ value, variable, tensor }: Source): Tensor => value ?? variable?.value ?? tensor;
export const shapeOf = (source: Source): readonly number[] => dimensionsOf(valueOf(source));
const dimensionsOf = (tensor: Tensor | null | undefined): readonly number[] => (tensor?.shape ?? []).map((d) => d ?? 0);
const namesOf = (sources: readonly Source[]): string => sources.map(({ name }) => name).join(', ');

/** An element of a list that is not written out goes by the name of its variable. */
export const nameOf = ({ name, variable }: Source): string =>
  variable !== null && name.endsWith(']') && !/^Variable(:0)?$/.test(variable.name) ? variable.name.replace(/:0$/, '') : name;

function chosenSources(call: GradientCall, wrt: string | undefined): readonly Source[] | string {
  if (call.sources.length === 0) return 'The call has no sources.';
  if (wrt === undefined) return call.sources;
  const exact = call.sources.filter((source) => isCalled(source, wrt));
  if (exact.length > 0) return exact;
  const wanted = wrt.split(',').map((name) => name.trim());
  const missing = wanted.filter((name) => !call.sources.some((source) => isCalled(source, name)));
  if (missing.length > 0) return `The call has no source named ${missing.join(', ')}. Its sources are ${namesOf(call.sources)}.`;
  return call.sources.filter((source) => wanted.some((name) => isCalled(source, name)));
}

const isCalled = ({ name, variable }: Source, wanted: string): boolean =>
  name === wanted || (variable !== null && (variable.name === wanted || variable.name.replace(/:0$/, '') === wanted));

/** A result whose name the program lost: which call gave None, and what is computed in its place. */
function noteOnNone({ targetName, derivativeOf }: GradientCall): string[] {
  const nothing = derivativeOf?.parts.find(({ result }) => result === null);
  if (!nothing) return [];
  const { call, source } = nothing;
  const name = call.sources[source]?.name ?? 'its source';
  return [
    `${targetName} is None here: line ${call.position.line} gave None. The Hessian is that of ${call.targetName} in ${name} all the same.`,
  ];
}

/** The first axis that all rows and columns have in common. */
function examplesOf(rows: readonly Rows[], columns: readonly Source[]): number | null {
  const [first, ...rest] = [...rows.map(({ shape }) => shape), ...columns.map(shapeOf)].map((shape) => shape[0]);
  return first !== undefined && rest.every((size) => size === first) ? first : null;
}

// ------------------------------------------------------------------------------------------------ rows

/** Reverse passes that are put into one question. */
const MOST_ROWS = 1000;

function rowsOf(eager: Eager, call: GradientCall, columns: readonly Source[], choice: Choice): readonly Rows[] | string {
  const { derivativeOf } = call;
  if (derivativeOf) return rowsOfDerivative(eager, call, derivativeOf, choice);
  const objective = objectiveOf(call, choice);
  return typeof objective === 'string' ? objective : columns.map((source) => gradientRows(objective, source));
}

function objectiveOf(call: GradientCall, { component }: Choice): Objective | string {
  const targets = call.targets.filter((t) => t !== null);
  if (targets.length === 0)
    return `The target ${call.targetName} is None here, and no gradient call before it gave None. Ask for the Hessian at the call that gives the derivative.`;
  const objective = { name: call.targetName, targets, weights: call.weights ?? null };
  if (component === undefined) return { ...objective, component: null };
  const shape = dimensionsOf(targets[0]);
  const shown = `[${shape.join(', ')}]`;
  if (targets.length > 1) return `${call.targetName} has ${targets.length} parts: a component can be chosen of one tensor only.`;
  if (component.length !== shape.length) return `${call.targetName} has the shape ${shown}: a component is ${shape.length} numbers.`;
  if (component.some((at, axis) => at < 0 || at >= (shape[axis] ?? 0)))
    return `The component [${component.join(', ')}] lies outside ${call.targetName} ${shown}.`;
  return { ...objective, targets, weights: null, component: component.reduce((sum, at, axis) => sum * (shape[axis] ?? 1) + at, 0) };
}

const gradientRows = (objective: Objective, source: Source): GradientRows => ({
  kind: 'gradient',
  name: nameOf(source),
  shape: shapeOf(source),
  objective,
  source,
});

/** Whole gradients one after the other are the rows of their sources; anything else is made of them again as the program made it. */
function rowsOfDerivative(eager: Eager, call: GradientCall, derivative: Derivative, choice: Choice): readonly Rows[] | string {
  const { parts, moves } = derivative;
  const whole = moves.length === 0 ? parts : partsInOrder(eager, call, derivative);
  if (whole?.every((part) => isGradient(part, choice))) {
    const objectives = new Map<GradientCall, Objective | string>();
    for (const part of whole) if (!objectives.has(part.call)) objectives.set(part.call, objectiveOf(part.call, choice));
    const refused = [...objectives.values()].find((objective) => typeof objective === 'string');
    if (refused !== undefined) return refused;
    return whole.flatMap((part) => {
      const objective = objectives.get(part.call);
      const source = part.call.sources[part.source];
      return typeof objective === 'object' && source ? [gradientRows(objective, source)] : [];
    });
  }
  const many = parts.find(({ call: { targets } }) => product(dimensionsOf(targets[0])) > MOST_ROWS);
  if (many)
    return `${many.call.targetName} has more than ${MOST_ROWS} elements, each with a Hessian of its own: choose one as the component.`;
  if (choice.component !== undefined) return 'A component can be chosen where a whole derivative is the target, not a part of it.';
  const name = call.targetName;
  if (call.targets.some((target) => target === null)) {
    const [part] = parts;
    const shape = part ? [...dimensionsOf(part.call.targets[0]), ...shapeOf(part.call.sources[part.source] as Source)] : [];
    return [{ kind: 'moved', name, shape, target: null, derivative }];
  }
  return call.targets.map((target) => ({ kind: 'moved', name, shape: dimensionsOf(target), target, derivative }));
}

/** Whether a result is the gradient of one sum: a Jacobian is where its target, or each example's, is one number, or where one is chosen. */
function isGradient({ call }: DerivativePart, { component }: Choice): boolean {
  const shape = dimensionsOf(call.targets[0]);
  if (call.method === 'jacobian') return product(shape) === 1 || component !== undefined;
  if (call.method === 'batch_jacobian') return product(shape.slice(1)) === 1 || component !== undefined;
  return true;
}

/** Results one after the other, each whole and once, as they lie in the targets; null where the targets are something else. */
function partsInOrder(eager: Eager, { targets }: GradientCall, { parts, moves }: Derivative): readonly DerivativePart[] | null {
  const results = parts.map(({ result }) => result);
  if (results.some((result) => result === null)) return null;
  const places = placesThrough(
    eager,
    moves,
    results.filter((result) => result !== null),
    targets.filter((target) => target !== null),
  );
  let end = 0;
  const ranges = parts.map((part) => ({ part, first: end + 1, last: (end += product(dimensionsOf(part.result))) }));
  const found: DerivativePart[] = [];
  for (let at = 0; at < places.length;) {
    const range = ranges.find(({ first, last, part }) => first === places[at] && first <= last && !found.includes(part));
    if (!range) return null;
    for (let place = range.first; place <= range.last; place++) if (places[at++] !== place) return null;
    found.push(range.part);
  }
  return found.length === ranges.filter(({ first, last }) => first <= last).length ? found : null;
}

/** The objective whose gradient in the columns the rows are, one for one. */
function symmetricObjective(rows: readonly Rows[], columns: readonly Source[]): Objective | null {
  const [first] = rows;
  if (first?.kind !== 'gradient' || rows.length !== columns.length) return null;
  const { objective } = first;
  const same = rows.every(
    (row, i) => row.kind === 'gradient' && isSameObjective(row.objective, objective) && row.source.tensor === columns[i]?.tensor,
  );
  return same ? objective : null;
}

const isSameObjective = (a: Objective, b: Objective): boolean =>
  a === b ||
  (a.component === b.component &&
    a.weights === null &&
    b.weights === null &&
    a.targets.length === b.targets.length &&
    a.targets.every((target, i) => target === b.targets[i]));
