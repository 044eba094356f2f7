// Text to IR: picks the grammar, completes what is half typed, lowers. Never throws for what a text says.
import { Language as Grammar, Parser as TreeParser, type Tree } from 'web-tree-sitter';
import type { Program } from '../ir/ir.ts';
import { EarlierTree } from './earlier.ts';
import { editBetween } from './edit.ts';
import { insertAll, originalPosition, type Insertion } from './insertion.ts';
import { findProblems } from './problems.ts';
import { blankMagics } from './python/magics.ts';
import { mayDangle, repairPython } from './python/repair.ts';
import { lowerBlock } from './python/statements.ts';
import { findExports } from './script/modules.ts';
import { lowerBlock as lowerScript } from './script/statements.ts';
import { findSuppressions } from './suppressions.ts';
import { copyTree, emptyRoot, type SyntaxTree } from './tree.ts';

export type DocumentLanguage = 'python' | 'notebook' | 'javascript' | 'javascriptreact' | 'typescript' | 'typescriptreact';
export type GrammarName = 'python' | 'javascript' | 'typescript' | 'tsx';

/** Where the bytes of tree-sitter itself and of the grammars come from; a grammar's are asked for once, when first needed. */
export interface GrammarFiles {
  readonly engine: () => Uint8Array;
  readonly grammar: (name: GrammarName) => Uint8Array;
}

export interface Parser {
  readonly parse: (text: string, language: DocumentLanguage) => Program;
}

/** Milliseconds for one parse. Only texts like a megabyte of opening brackets come near it. */
const TIME_LIMIT = 5000;

/** All of the text as one ERROR. */
function unreadable(text: string): SyntaxTree {
  const error = { ...emptyRoot, type: 'ERROR', end: text.length };
  return { root: { ...emptyRoot, end: text.length, children: [error], broken: true }, comments: [], problems: [error], tooDeep: false };
}

export async function createParser(files: GrammarFiles): Promise<Parser> {
  await TreeParser.init({ wasmBinary: files.engine() });
  const treeParser = new TreeParser();
  const grammars = new Map<GrammarName, Grammar>();

  // What was parsed last without a mistake: of the next text only what differs is parsed. A text with mistakes is parsed as a whole, so that what is read of it does not
  // depend on what it was before.
  let last: { readonly grammar: Grammar; readonly text: string; readonly tree: Tree; readonly copy: SyntaxTree | null } | null = null;
  const forget = (): void => {
    last?.tree.delete();
    last = null;
  };

  const read: Read = (text, name, insertions) => {
    let grammar = grammars.get(name);
    if (grammar === undefined) {
      grammar = Grammar.loadSync(new WebAssembly.Module(Uint8Array.from(files.grammar(name))));
      grammars.set(name, grammar);
    }
    if (last?.grammar !== grammar) forget();
    treeParser.setLanguage(grammar);
    treeParser.reset();
    const parsed = insertAll(text, insertions);
    const deadline = performance.now() + TIME_LIMIT;
    const parse = (before: Tree | null) => treeParser.parse(parsed, before, { progressCallback: () => performance.now() > deadline });
    let tree: Tree | null = null;
    let earlier: EarlierTree | null = null;
    if (last !== null) {
      const edit = editBetween(last.text, parsed);
      last.tree.edit(edit);
      tree = parse(last.tree);
      if (tree?.rootNode.hasError) {
        tree.delete();
        tree = null;
      }
      if (tree !== null && last.copy !== null && insertions.length === 0)
        earlier = new EarlierTree(
          last.copy,
          edit,
          last.tree.getChangedRanges(tree).map(({ startIndex: start, endIndex: end }) => ({ start, end })),
        );
      forget();
    }
    tree ??= parse(null);
    if (tree === null) return unreadable(text);
    const copy = copyTree(tree, originalPosition(insertions), earlier);
    const isWhole = insertions.length === 0 && copy.problems.length === 0 && !copy.tooDeep;
    if (tree.rootNode.hasError) tree.delete();
    else last = { grammar, text: parsed, tree, copy: isWhole ? copy : null };
    return copy;
  };

  return {
    parse: (text, language) =>
      language === 'python' || language === 'notebook' ? parsePython(text, language, read) : parseScript(text, language, read),
  };
}

/** The text as it is parsed may differ from the document in what stands for something else, never in offsets: names come from the document. */
type Read = (text: string, name: GrammarName, insertions: readonly Insertion[]) => SyntaxTree;

function parsePython(document: string, language: DocumentLanguage, read: Read): Program {
  const text = language === 'notebook' ? blankMagics(document) : document;
  let insertions: readonly Insertion[] = [];
  let tree = read(text, 'python', insertions);
  if (tree.problems.length > 0 || mayDangle(text)) {
    const missing = repairPython(text);
    const repaired = missing.length === 0 ? tree : read(text, 'python', missing);
    if (missing.length > 0 && brokenText(repaired) <= brokenText(tree)) {
      tree = repaired;
      insertions = missing;
    }
  }
  return {
    language: 'python',
    body: lowerBlock(tree.root, document),
    errors: findProblems(text, tree, insertions),
    suppressions: findSuppressions(text, tree.comments),
  };
}

const scriptGrammars: Readonly<Record<Exclude<DocumentLanguage, 'python' | 'notebook'>, GrammarName>> = {
  javascript: 'javascript',
  javascriptreact: 'javascript',
  typescript: 'typescript',
  typescriptreact: 'tsx',
};

function parseScript(text: string, language: keyof typeof scriptGrammars, read: Read): Program {
  const tree = read(text, scriptGrammars[language], []);
  return {
    language: 'script',
    body: lowerScript(tree.root, text),
    errors: findProblems(text, tree, []),
    suppressions: findSuppressions(text, tree.comments),
    exports: findExports(tree.root, text),
  };
}

/** How many characters stand in ERRORs: completing a text must not make it worse. */
function brokenText(tree: SyntaxTree): number {
  return tree.problems.reduce((sum, node) => sum + (node.missing ? 1 : node.end - node.start), 0);
}
