// Finds tree-sitter and its grammars on disk: beside the bundle, or in node_modules when run from source.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GrammarFiles } from './parser.ts';

export function grammarFiles(): GrammarFiles {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, 'grammars');
  if (existsSync(join(beside, 'web-tree-sitter.wasm'))) {
    return {
      engine: () => readFileSync(join(beside, 'web-tree-sitter.wasm')),
      grammar: (name) => readFileSync(join(beside, `tree-sitter-${name}.wasm`)),
    };
  }
  const require = createRequire(import.meta.url);
  const grammars = join(dirname(require.resolve('@vscode/tree-sitter-wasm/package.json')), 'wasm');
  return {
    engine: () => readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: (name) => readFileSync(join(grammars, `tree-sitter-${name}.wasm`)),
  };
}
