// Python, JavaScript and TypeScript, lowered: the cases in the Markdown files of cases/.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { grammarFiles } from '../../server/src/syntax/grammars.ts';
import { createParser } from '../../server/src/syntax/parser.ts';
import { check } from './literate.ts';

const here = dirname(fileURLToPath(import.meta.url));
const parser = await createParser(grammarFiles());

for (const file of ['python.md', 'python-broken.md', 'script.md', 'script-broken.md']) {
  describe(file, () => check(join(here, 'cases', file), parser));
}
