// The edits that fixes are made of. Each keeps the program parsing, with the document's own indentation and line endings, or is not offered.
import type { WatchFix } from '../analysis/facts.ts';
import type { Argument, Call, Range } from '../ir/ir.ts';
import type { Edit, Fix, Problem, Subject } from './rule.ts';
import { callAt, callWithArguments, nodes, tensorflowName, texts } from './tree.ts';
import { quote } from './wording.ts';

/** `tape.watch(x)` as a line of its own before the statement that starts at `before`; on a line shared with the `with`, in front of it. */
export function insertWatch(subject: Subject, watch: WatchFix): Edit {
  const { text } = subject;
  const lead = text.slice(lineStart(text, watch.before), watch.before);
  const statement = `${watch.tape}.watch(${watch.source})`;
  const separator = /^[ \t]*$/.test(lead) ? lineEnding(text) + lead : '; ';
  return { range: { start: watch.before, end: watch.before }, newText: statement + separator };
}

export function watchFix(subject: Subject, watch: WatchFix | null): readonly Fix[] {
  if (watch === null) return [];
  return [{ title: `Insert \`${watch.tape}.watch(${watch.source})\``, edits: [insertWatch(subject, watch)], safe: true }];
}

/** `persistent=True` in the argument list of `GradientTape(...)`. */
export function makePersistent(subject: Subject, creationArguments: Range | null, name: string | null): readonly Fix[] {
  const creation = creationArguments === null ? null : callWithArguments(subject.program, creationArguments);
  if (creation === null) return [];
  const edit = setKeyword(subject.text, creation, 'persistent', 'True', 0);
  return edit === null ? [] : [{ title: `Make ${name === null ? 'the tape' : quote(name)} persistent`, edits: [edit], safe: true }];
}

/** `unconnected_gradients=tf.UnconnectedGradients.ZERO` in the gradient call: only where zero is the truth. */
export function returnZeros(subject: Subject, range: Range): readonly Fix[] {
  const call = callAt(subject.program, range);
  const method = call?.callee.kind === 'attribute' ? call.callee.name : null;
  if (call === null || (method !== 'gradient' && method !== 'jacobian')) return [];
  const tensorflow = tensorflowName(subject.program);
  const zero = tensorflow === null ? `'zero'` : `${tensorflow}.UnconnectedGradients.ZERO`;
  const edit = setKeyword(subject.text, call, 'unconnected_gradients', zero, null);
  return edit === null
    ? []
    : [{ title: `Return zeros here, the true value: \`unconnected_gradients=${zero}\``, edits: [edit], safe: false }];
}

/** Turns integers into floats: the literal, `10` into `10.0`, and with it the others of the list that it stands in. */
export function makeFloat(subject: Subject, literal: Range | null): readonly Fix[] {
  if (literal === null) return [];
  const all = nodes(subject.program);
  const call = all.filter((node) => node.kind === 'call' && within(literal, node.argumentsRange)).at(-1);
  const list = all.find(
    (node) => node.kind === 'sequence' && within(literal, node.range) && (call === undefined || within(node.range, call.range)),
  );
  const range = list?.range ?? literal;
  const edits: Edit[] = [];
  for (const node of all) {
    if (node.kind !== 'number' || !node.integer || !within(node.range, range)) continue;
    if (!/^\d[\d_]*$/.test(subject.text.slice(node.range.start, node.range.end))) return [];
    edits.push({ range: { start: node.range.end, end: node.range.end }, newText: '.0' });
  }
  const written = subject.text.slice(range.start, range.end).trim();
  const title = edits.length === 1 ? `Make ${quote(written)} a float` : `Make the numbers in ${quote(written)} floats`;
  return edits.length === 0 ? [] : [{ title, edits, safe: false }];
}

function within(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** A keyword argument set to a value, wherever it is now; null where `**kwargs` may hold it already. */
function setKeyword(text: string, call: Call, keyword: string, value: string, position: number | null): Edit | null {
  const given = call.args.find((argument) => argument.keyword === keyword) ?? atPosition(call, position);
  if (given !== undefined) return { range: given.value.range, newText: value };
  if (call.args.some((argument) => argument.spread !== undefined)) return null;
  const last = call.args.at(-1);
  const closing = call.argumentsRange.end - 1;
  if (text[closing] !== ')') return null;
  if (last === undefined) return { range: { start: call.argumentsRange.start + 1, end: closing }, newText: `${keyword}=${value}` };
  if (last.value.kind === 'comprehension' && text[last.range.start] !== '(') {
    return null; // `f(x for x in y)` may have no second argument
  }
  return { range: { start: last.range.end, end: last.range.end }, newText: `, ${keyword}=${value}` };
}

function atPosition(call: Call, position: number | null): Argument | undefined {
  const argument = position === null ? undefined : call.args[position];
  return argument?.keyword === undefined && argument?.spread === undefined ? argument : undefined;
}

/** A comment that silences one code on the problem's line, or one code more in the comment that is there. */
export function suppress(subject: Subject, problem: Pick<Problem, 'code' | 'range'>): readonly Fix[] {
  const { text, program } = subject;
  const start = lineStart(text, problem.range.start);
  const end = lineEnd(text, problem.range.start);
  const written = text.slice(start, end);
  const title = `Ignore ${problem.code} on this line`;
  const there = /(?:#|\/\/)[^\S\n]*tape-lens:[^\S\n]*ignore\[([^\]]*)\]/.exec(written);
  if (there !== null) {
    const at = start + there.index + there[0].length - 1;
    return [
      {
        title,
        edits: [{ range: { start: at, end: at }, newText: (there[1] ?? '').trim() === '' ? problem.code : `, ${problem.code}` }],
        safe: false,
      },
    ];
  }
  const indentation = /^[ \t]*/.exec(written)?.[0] ?? '';
  const mark = program.language === 'python' ? '#' : '//';
  const comment = `${mark} tape-lens: ignore[${problem.code}]`;
  for (const { range } of texts(program))
    if ((range.start < end && range.end > end) || (range.start < start && range.end > start)) return [];
  // Behind another comment it would be part of that one, and nothing may follow a backslash: there it goes on a line of its own, above.
  if (written.includes(mark) || written.trimEnd().endsWith('\\')) {
    if (/\\\r?\n$/.test(text.slice(0, start))) return [];
    return [{ title, edits: [{ range: { start, end: start }, newText: indentation + comment + lineEnding(text) }], safe: false }];
  }
  const at = start + written.trimEnd().length;
  return [
    { title, edits: [{ range: { start: at, end }, newText: `${program.language === 'python' ? '  ' : ' '}${comment}` }], safe: false },
  ];
}

/** A text with edits applied; of two that overlap the first one counts, and an edit given twice is applied once. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let out = '';
  let at = 0;
  for (const edit of independent(edits)) {
    out += text.slice(at, edit.range.start) + edit.newText;
    at = edit.range.end;
  }
  return out + text.slice(at);
}

/** In order, without repetitions and without overlaps. */
export function independent(edits: readonly Edit[]): readonly Edit[] {
  const ordered = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  const kept: Edit[] = [];
  for (const edit of ordered) {
    const last = kept.at(-1);
    const repeats = kept.some(
      (other) => other.range.start === edit.range.start && other.range.end === edit.range.end && other.newText === edit.newText,
    );
    if (!repeats && (last === undefined || edit.range.start >= last.range.end)) kept.push(edit);
  }
  return kept;
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line's last character before its line ending is. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  const end = newline < 0 ? text.length : newline;
  return end > 0 && text[end - 1] === '\r' ? end - 1 : end;
}

/** The document's own: that of its first line. */
function lineEnding(text: string): string {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}
