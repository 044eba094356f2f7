// Facts made by hand, with places given by what is written there: for tests of rules without the analyzer.
import type { Facts, GradientCall, Reason, SourceFact, TapeFact } from '../../server/src/analysis/facts.ts';
import type { Range } from '../../server/src/ir/ir.ts';
import type { Subject } from '../../server/src/rules/rule.ts';
import { grammarFiles } from '../../server/src/syntax/grammars.ts';
import { createParser, type DocumentLanguage } from '../../server/src/syntax/parser.ts';

const parser = await createParser(grammarFiles());

/** Where something is written: the first time, or the nth. */
export function at(text: string, written: string, occurrence = 1): Range {
  let start = -1;
  for (let time = 0; time < occurrence; time++) start = text.indexOf(written, start + 1);
  if (start < 0) throw new Error(`the text does not contain ${written} ${occurrence} times`);
  return { start, end: start + written.length };
}

export function source(name: string, fact: Partial<SourceFact> = {}): SourceFact {
  return { name, range: null, outcome: 'value', reasons: [], shape: null, dtype: null, formula: null, remarks: [], ...fact };
}

export function none(name: string, ...reasons: Reason[]): SourceFact {
  return source(name, { outcome: 'none', reasons });
}

/** A call as it is written: `tape.gradient(y, x)`; target and sources are read off it. */
export function call(text: string, written: string, fact: Partial<GradientCall> = {}): GradientCall {
  const range = at(text, written);
  const [target = '', sources = ''] = written.slice(written.indexOf('(') + 1, -1).split(/,(.*)/s);
  const sourcesStart = range.start + written.indexOf(sources.trim(), written.indexOf('(') + target.length + 1);
  return {
    range,
    at: range.start,
    method: 'gradient',
    target: target.trim(),
    targetRange: null,
    sourcesRange: { start: sourcesStart, end: sourcesStart + sources.trim().length },
    outcome: 'returns',
    error: null,
    sources: [],
    order: 1,
    tape: null,
    unconnectedZero: false,
    certain: true,
    executions: 1,
    ...fact,
  };
}

export function facts(calls: readonly GradientCall[], more: Partial<Facts> = {}, tapes: readonly TapeFact[] = []): Facts {
  return { language: 'python', calls, tapes, names: [], exception: null, exhausted: false, failure: null, ...more };
}

export function subject(text: string, made: Facts, language: DocumentLanguage = 'python'): Subject {
  return { program: parser.parse(text, language), text, facts: made };
}
