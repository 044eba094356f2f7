// A file's text to what is known of it: parsed, analysed, its problems found.
import { analyze } from './analysis/analyze.ts';
import type { SourceFile } from './files.ts';
import type { Subject } from './rules/rule.ts';
import { grammarFiles } from './syntax/grammars.ts';
import { createParser } from './syntax/parser.ts';

export type ReadSubject = (file: SourceFile) => Subject;

export async function createReader(): Promise<ReadSubject> {
  const parser = await createParser(grammarFiles());
  return ({ text, language }) => {
    const program = parser.parse(text, language);
    return { program, text, facts: analyze(program, text) };
  };
}
