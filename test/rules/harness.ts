// Runs the real parser, analyzer and rules on a text, and reads the literate fixtures.
import { readFileSync } from 'node:fs';
import { analyze } from '../../server/src/analysis/analyze.ts';
import { problems } from '../../server/src/rules/problems.ts';
import type { Problem, Subject } from '../../server/src/rules/rule.ts';
import { grammarFiles } from '../../server/src/syntax/grammars.ts';
import { createParser, type DocumentLanguage } from '../../server/src/syntax/parser.ts';

const parser = await createParser(grammarFiles());

/**
 * Rules whose facts the analyzer does not give yet. Their fixtures and pages are run all the same and are expected to fail: the day that one
 * passes, the test says so, and the code goes from this list.
 */
export const waiting: readonly string[] = ['TL302', 'TL305', 'TL306', 'TL308', 'TL309', 'TL310'];

export interface Checked {
  readonly subject: Subject;
  readonly problems: readonly Problem[];
}

export function check(text: string, language: DocumentLanguage): Checked {
  const program = parser.parse(text, language);
  const subject: Subject = { program, text, facts: analyze(program, text) };
  const found = problems(subject, (code, error) => {
    throw new Error(`rule ${code} threw`, { cause: error });
  });
  return { subject, problems: found };
}

export function languageOf(fence: string): DocumentLanguage {
  return fence === 'python' ? 'python' : fence === 'ts' ? 'typescript' : 'javascript';
}

/** A mark under a line: what is reported from its first caret to its last. */
export interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly code: string;
  /** Part of the message; empty means any. */
  readonly message: string;
}

export interface Scenario {
  readonly title: string;
  readonly language: DocumentLanguage;
  /** The program, without the lines of marks. */
  readonly text: string;
  readonly marks: readonly Mark[];
  /** The program after the first fix of the first problem that has one. */
  readonly fixed: string | null;
}

/** `## title`, a block with marks, and, where there is one, a block `fixed`. */
export function readFixture(path: URL): readonly Scenario[] {
  return readFileSync(path, 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const title = section.slice(0, section.indexOf('\n'));
      const blocks = codeBlocks(section);
      const [program] = blocks.filter((block) => block.note === '');
      if (program === undefined) throw new Error(`${path.pathname}: "${title}" has no program`);
      const fixed = blocks.find((block) => block.note === 'fixed')?.text ?? null;
      return { title, language: languageOf(program.fence), ...unmark(program.text), fixed };
    });
}

export function codeBlocks(markdown: string): readonly { readonly fence: string; readonly note: string; readonly text: string }[] {
  return [...markdown.matchAll(/^```(python|js|ts)[ \t]*([^\n]*)\n(.*?)^```$/gms)].map(([, fence = '', note = '', text = '']) => ({
    fence,
    note,
    text,
  }));
}

const markLine = /^[ \t]*(?:#|\/\/)?[ \t]*(\^+)[ \t]+(TL\d{3})[ \t]*(.*)$/;

function unmark(marked: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const kept: string[] = [];
  const marks: Mark[] = [];
  for (const line of marked.split('\n')) {
    const found = markLine.exec(line);
    if (found === null) {
      kept.push(line);
      continue;
    }
    const [, carets = '', code = '', message = ''] = found;
    const start = line.indexOf('^');
    marks.push({ line: kept.length, start, end: start + carets.length, code, message: message.trim() });
  }
  return { text: kept.join('\n'), marks };
}
