// What is known besides the numbers: what TensorFlow gives here and why, structure, engine, time, checks, variables, eigenvalues, notes.
import type { Eigenvalues, HessianResult, Spectrum } from '../../runtime/src/host/protocol.ts';
import { element, link, withCode, type Child } from './elements.ts';
import type { Matrix } from './matrix.ts';
import type { Told } from './messages.ts';
import { countText, engineReasonText, engineText, numberText, shapeText, timeText } from './numbers.ts';

/** Null where the page cannot go anywhere: in a file of its own. */
export interface Links {
  readonly rule: ((code: string) => void) | null;
}

const ANSWERS: Readonly<Record<HessianResult['tensorflow']['outcome'], string>> = {
  none: 'TensorFlow returns `None` at this call.',
  zeros: 'TensorFlow returns zeros at this call.',
  value: 'TensorFlow returns a value at this call.',
  raises: 'TensorFlow raises an error at this call.',
  mixed: 'TensorFlow gives different answers at this call.',
  unknown: 'What TensorFlow returns at this call is not known.',
};

/** Relative errors up to these are what float32 and finite differences allow. */
const TOLERATED = { asymmetry: 1e-4, gradient: 2e-2, hessian: 2e-2 };

export function answerSection({ result, reasons }: Told, matrix: Matrix | null, links: Links): HTMLElement {
  const { library = 'TensorFlow', outcome, rule, reason } = result.tensorflow;
  const told = reasons.length > 0 ? reasons : reason !== null || rule !== null ? [{ rule, sentence: reason ? sentence(reason) : '' }] : [];
  // A value that a rule has something to say of is not what was meant.
  const kind = outcome === 'value' && told.length > 0 && told[0]?.rule != null ? 'doubtful' : outcome;
  return element(
    'section',
    { class: `answer ${kind}`, 'aria-labelledby': 'answer-title' },
    element('h2', { id: 'answer-title' }, ...withCode(ANSWERS[outcome].replace('TensorFlow', library))),
    ...told.map(({ rule: code, sentence: why }) =>
      element('p', { class: 'why' }, ...withCode(why), why === '' ? '' : ' ', ruleLink(code, links)),
    ),
    element('p', { class: 'truth' }, ...withCode(truthText(result, matrix))),
  );
}

function ruleLink(rule: string | null, links: Links): Child {
  if (rule === null) return null;
  if (!links.rule) return element('code', { class: 'rule' }, rule);
  return link(rule, () => links.rule?.(rule), { title: `What ${rule} means`, class: 'link rule' });
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');

function truthText(result: HessianResult, matrix: Matrix | null): string {
  if (!matrix) return 'The true Hessian is too large to hold; below is what is known of it.';
  const { nonZeros } = matrix.statistics;
  const size = matrix.values.length;
  if (nonZeros === 0)
    return size === 1 ? 'The true second derivative is 0.' : `The true Hessian is zero: all of its ${countText(size)} numbers.`;
  if (size === 1) return `The true second derivative is ${numberText(matrix.values[0] ?? Number.NaN)}.`;
  const share =
    nonZeros === size
      ? `none of its ${countText(size)} numbers is zero`
      : `${countText(nonZeros)} of its ${countText(size)} numbers are not zero`;
  return `The true Hessian is ${result.structure}: ${share}.`;
}

export function factsSection({ result, isPart }: Told, matrix: Matrix | null): HTMLElement {
  const { milliseconds } = result;
  const total = milliseconds.total ?? Object.values(milliseconds).reduce((sum, time) => sum + time, 0);
  const phases = Object.entries(milliseconds).filter(([phase]) => phase !== 'total');
  const columns = result.columns.reduce((sum, { shape }) => sum + shape.reduce((size, extent) => size * extent, 1), 0);
  const statistics = matrix?.statistics;
  return element(
    'section',
    { class: 'facts', 'aria-label': 'About this Hessian' },
    fact('Structure', result.constant === true ? `${result.structure}, constant` : result.structure),
    ...eigenvalueFacts(result),
    isPart && !result.spectrum && fact('Eigenvalues', 'computing …'),
    statistics &&
      statistics.nonZeros > 0 &&
      matrix.values.length > 1 &&
      fact('Range', `${numberText(statistics.smallestValue)} to ${numberText(statistics.largestValue)}`),
    statistics && statistics.notFinite > 0 && fact('NaN or infinite', countText(statistics.notFinite), 'bad'),
    fact('Engine', engineText(result.engine), '', engineReasonText(result)),
    result.weakness !== null && fact('Sandbox', 'weaker', 'bad', `${result.weakness}.`),
    fact('Time', timeText(total), '', phases.map(([phase, time]) => `${phase} ${timeText(time)}`).join('\n')),
    fact('Directions', `${countText(result.directions)} for ${countText(columns)} column${columns === 1 ? '' : 's'}`),
    check('Asymmetry', result.checks.asymmetry, TOLERATED.asymmetry, 'Largest |H − Hᵀ|, relative to the largest |H|'),
    check(
      'Gradient check',
      result.checks.gradient,
      TOLERATED.gradient,
      'The gradient against finite differences of the target, along random directions',
    ),
    check(
      'Hessian check',
      result.checks.hessian,
      TOLERATED.hessian,
      'Hessian-vector products against finite differences of the gradient, along random directions',
    ),
  );
}

/** The outermost eigenvalues, how many lie on either side of zero, and the condition number. */
function eigenvalueFacts({ eigenvalues }: HessianResult): Child[] {
  if (!eigenvalues || eigenvalues.values.length < 2) return [];
  const { values, condition, inertia } = eigenvalues;
  const [low = 0, high = 0] = [values[0], values.at(-1)];
  return [
    fact('Eigenvalues', `${numberText(low)} to ${numberText(high)}`),
    fact('Definiteness', inertia ? inertiaText(inertia) : definitenessText(low, high)),
    inertia &&
      fact(
        'Inertia',
        `${countText(inertia.positive)} +, ${countText(inertia.negative)} −, ${countText(inertia.zero)} zero`,
        '',
        `Eigenvalues within ${numberText(inertia.tolerance)} of zero count as zero: rounding moves them that far.`,
      ),
    condition !== null && fact('Condition', numberText(Number(condition.toPrecision(3)))),
  ];
}

function inertiaText({ positive, negative, zero }: NonNullable<Eigenvalues['inertia']>): string {
  if (positive > 0 && negative > 0) return 'indefinite';
  if (positive + negative === 0) return 'zero';
  return `${positive > 0 ? 'positive' : 'negative'} ${zero > 0 ? 'semidefinite, within rounding' : 'definite'}`;
}

function fact(name: string, value: Child, kind = '', title = ''): HTMLElement {
  return element(
    'div',
    { class: `fact ${kind}`.trim(), ...(title !== '' && { title }) },
    element('span', { class: 'name' }, name),
    element('span', { class: 'what' }, value),
  );
}

function check(name: string, error: number | null, tolerated: number, title: string): HTMLElement {
  if (error === null) return fact(name, 'not made', '', title);
  const isGood = error <= tolerated;
  return fact(
    name,
    `${isGood ? '✓' : '✗'} ${errorText(error)}`,
    isGood ? 'good' : 'bad',
    `${title}. ${isGood ? 'As it should be.' : `More than the ${tolerated} that rounding allows.`}`,
  );
}

function errorText(error: number): string {
  return error === 0 || error >= 0.01 || Number.isNaN(error) ? numberText(Number(error.toPrecision(2))) : error.toExponential(1);
}

/** The variables of both sides with their shapes; null when the title has said it all. */
export function variablesSection(result: HessianResult): HTMLElement | null {
  if (result.rows.length < 2 && result.columns.length < 2) return null;
  const rows = result.rows.map(({ name, shape }, index) => {
    const same = result.columns.some((column) => column.name === name);
    return element(
      'tr',
      {},
      element('td', {}, String(index + 1)),
      element('td', {}, element('code', {}, name)),
      element('td', {}, shapeText(shape)),
      element('td', {}, same ? 'rows and columns' : 'rows'),
    );
  });
  const others = result.columns.filter(({ name }) => !result.rows.some((row) => row.name === name));
  rows.push(
    ...others.map(({ name, shape }) =>
      element(
        'tr',
        {},
        element('td'),
        element('td', {}, element('code', {}, name)),
        element('td', {}, shapeText(shape)),
        element('td', {}, 'columns'),
      ),
    ),
  );
  const head = ['', 'Variable', 'Shape', 'Along'].map((text) => element('th', { scope: 'col' }, text));
  return element(
    'section',
    { class: 'variables' },
    element('h2', {}, 'Variables'),
    element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows)),
  );
}

export function spectrumSection(spectrum: Spectrum | undefined): HTMLElement | null {
  if (!spectrum) return null;
  const { smallest, largest, density } = spectrum;
  const low = Math.min(...smallest, ...largest);
  const high = Math.max(...smallest, ...largest);
  const list = (values: readonly number[], errors: readonly number[] = []): string =>
    values.map((value, i) => `${numberText(value)}${errors[i] ? ` ± ${errorText(errors[i])}` : ''}`).join(', ') || 'not known';
  return element(
    'section',
    { class: 'spectrum' },
    element('h2', {}, 'Eigenvalues'),
    element(
      'div',
      { class: 'facts' },
      fact('Smallest', list(smallest, spectrum.errors?.smallest)),
      fact('Largest', list(largest, spectrum.errors?.largest)),
      spectrum.trace && fact('Sum of all', list([spectrum.trace.value], [spectrum.trace.error ?? 0])),
      Number.isFinite(low) && fact('Definiteness', definitenessText(low, high)),
    ),
    density.length > 1 && densityList(density),
  );
}

/** What the outermost eigenvalues say; those within rounding of zero count as zero. */
function definitenessText(low: number, high: number): string {
  const zero = 1e-6 * Math.max(Math.abs(low), Math.abs(high));
  if (low === 0 && high === 0) return 'zero';
  if (low > zero) return 'positive definite';
  if (high < -zero) return 'negative definite';
  if (low >= -zero) return 'positive semidefinite, within rounding';
  return high <= zero ? 'negative semidefinite, within rounding' : 'indefinite';
}

function densityList(density: Spectrum['density']): HTMLElement {
  const heaviest = Math.max(...density.map(({ weight }) => weight));
  const bars = density.map(({ at, weight }) => {
    const bar = element('span', { class: 'bar' });
    bar.style.width = `${(100 * weight) / heaviest}%`;
    return element(
      'li',
      {},
      element('span', { class: 'at' }, numberText(at)),
      element('span', { class: 'track' }, bar),
      element('span', { class: 'hint' }, `${Number((100 * weight).toPrecision(2))} %`),
    );
  });
  return element('ul', { class: 'density', 'aria-label': 'Share of the eigenvalues near each value' }, ...bars);
}

export function notesSection({ notes, weakness }: HessianResult, warnings: readonly string[], output: string): HTMLElement | null {
  const all = [...notes, ...(weakness === null ? [] : [`The sandbox is weaker here: ${weakness}.`]), ...warnings];
  if (all.length === 0 && output === '') return null;
  return element(
    'section',
    { class: 'notes' },
    all.length > 0 && element('h2', {}, 'Notes'),
    all.length > 0 && element('ul', {}, ...all.map((note) => element('li', {}, ...withCode(note)))),
    output !== '' && outputDetails(output),
  );
}

export function outputDetails(output: string): HTMLElement {
  return element('details', {}, element('summary', {}, 'What the program printed'), element('pre', { tabindex: '0' }, output));
}
