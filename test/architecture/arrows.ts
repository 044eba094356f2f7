// Reads every import of the sources and tells which ones go against the arrows between the parts (ARCHITECTURE.md).
import { posix } from 'node:path';
import { isBuiltin } from 'node:module';
import ts from 'typescript';

/** One part of the house: the files below its paths, and what they may import. */
interface Part {
  readonly name: string;
  /** Folders (ending in a slash) and files; the longest that fits decides which part a file belongs to. */
  readonly paths: readonly string[];
  /** Parts whose code it may import, besides its own. */
  readonly imports: readonly string[];
  /** Parts of which it may import types, by `import type`, and nothing that runs. */
  readonly types?: readonly string[];
  /** Packages it may import: names, or a scope with a slash at its end. */
  readonly packages?: readonly string[];
  readonly node?: boolean;
}

const lsp = [
  'vscode-languageserver',
  'vscode-languageserver-textdocument',
  'vscode-languageserver-types',
  'vscode-languageserver-protocol',
  'vscode-jsonrpc',
];
const tensorflow = ['@tensorflow/'];
const analysis = ['core', 'ir', 'analysis'];
const edge = [...analysis, 'rules', 'syntax', 'service', 'render'];

/** DESIGN's arrows. A part may use what its neighbours stand on: `rules -> analysis` includes `rules -> ir`. */
export const parts: readonly Part[] = [
  // The manifest, for the version number.
  { name: 'manifest', paths: ['package.json'], imports: [] },
  { name: 'core', paths: ['core/'], imports: [] },
  { name: 'ir', paths: ['server/src/ir/'], imports: [] },
  { name: 'syntax', paths: ['server/src/syntax/'], imports: ['ir'], packages: ['web-tree-sitter'], node: true },
  { name: 'analysis', paths: ['server/src/analysis/'], imports: ['core', 'ir'] },
  { name: 'rules', paths: ['server/src/rules/'], imports: analysis },
  { name: 'render', paths: ['server/src/render/'], imports: [...analysis, 'rules', 'protocol'], node: true },
  // Files directly in server/src other than main.ts and cli.ts: what both of them need, a program's text to its problems.
  { name: 'service', paths: ['server/src/'], imports: [...analysis, 'rules', 'syntax'], packages: ['ignore'], node: true },
  // What server and client say to each other: types, and the names of requests.
  { name: 'wire', paths: ['server/src/lsp/protocol.ts'], imports: [], types: ['render'] },
  { name: 'lsp', paths: ['server/src/lsp/', 'server/src/main.ts'], imports: [...edge, 'wire', 'manifest'], packages: lsp, node: true },
  { name: 'cli', paths: ['server/src/cli.ts', 'server/src/cli/'], imports: [...edge, 'manifest', 'host', 'protocol', 'page'], node: true },
  // What the runtime's process and everyone who asks it say to each other, and how numbers are packed for the way.
  { name: 'protocol', paths: ['runtime/src/host/protocol.ts', 'runtime/src/host/blocks.ts'], imports: [] },
  { name: 'host', paths: ['runtime/src/host/'], imports: ['core', 'protocol'], node: true },
  // Gets tfjs-node; it runs npm and a compiler, and loads nothing of ours.
  { name: 'install', paths: ['runtime/src/install/'], imports: [], node: true },
  {
    name: 'runtime',
    paths: ['runtime/src/'],
    imports: ['core', 'host', 'protocol'],
    packages: [...tensorflow, 'pyodide', 'sucrase', '@jridgewell/trace-mapping', 'ml-matrix'],
    node: true,
  },
  // What a script's realm starts with, TensorFlow.js in it: nothing of ours but types goes in.
  { name: 'realm', paths: ['runtime/src/script/inside/'], imports: [], types: ['runtime'], packages: tensorflow },
  {
    name: 'client',
    paths: ['client/src/'],
    imports: ['wire', 'host', 'protocol', 'page'],
    types: ['webview'],
    packages: ['vscode', 'vscode-languageclient'],
    node: true,
  },
  // What the panel and the command line share: the page as a text, the Hessian as a file, numbers as text.
  {
    name: 'page',
    paths: ['page', 'packing', 'exports', 'matrix', 'numbers'].map((name) => `client/webview/${name}.ts`),
    imports: ['protocol'],
  },
  { name: 'webview', paths: ['client/webview/'], imports: ['protocol', 'page'], types: ['client'] },
];

/** A module that a file names, and whether only its types are used. */
interface Import {
  readonly specifier: string;
  readonly typesOnly: boolean;
  readonly line: number;
}

/** What stands against the arrows, one sentence each; `files` maps paths from the project's root to texts. */
export function violations(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) => {
    const part = partOf(path);
    if (!part) return [`${path}: belongs to no part of the house; give it a place in test/architecture/arrows.ts and ARCHITECTURE.md`];
    return importsOf(path, text).flatMap((found) => {
      const reason = objection(part, path, found);
      return reason === undefined ? [] : [`${path}:${found.line}: ${part.name} must not import ${reason}`];
    });
  });
}

function objection(part: Part, path: string, { specifier, typesOnly }: Import): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const target = posix.normalize(posix.join(posix.dirname(path), specifier));
    const other = partOf(target);
    if (!other) return `'${specifier}', which lies outside the parts`;
    if (other === part || part.imports.includes(other.name)) return undefined;
    if (part.types?.includes(other.name))
      return typesOnly ? undefined : `more than types from ${other.name} ('${specifier}': use import type)`;
    return `${other.name} ('${specifier}')`;
  }
  if (isBuiltin(specifier)) return part.node === true ? undefined : `Node's '${specifier}'`;
  const allowed = (part.packages ?? []).some((name) =>
    name.endsWith('/') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
  );
  return allowed ? undefined : `the package '${specifier}'`;
}

function partOf(path: string): Part | undefined {
  const owned = parts.flatMap((part) =>
    part.paths.filter((own) => path === own || (own.endsWith('/') && path.startsWith(own))).map((own) => ({ part, own })),
  );
  return owned.sort((left, right) => right.own.length - left.own.length)[0]?.part;
}

/** Static and dynamic imports, re-exports, `import()` types, and calls of `require` or of what createRequire made. */
export function importsOf(path: string, text: string): Import[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Node, typesOnly: boolean): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    found.push({ specifier: ts.isStringLiteralLike(specifier) ? specifier.text : specifier.getText(source), typesOnly, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node, node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
      add(node, node.moduleReference.expression, node.isTypeOnly);
    else if (ts.isImportTypeNode(node)) add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument, true);
    else if (ts.isCallExpression(node)) visitCall(node);
    ts.forEachChild(node, visit);
  };
  const visitCall = (call: ts.CallExpression): void => {
    const [argument] = call.arguments;
    if (!argument) return;
    if (call.expression.kind === ts.SyntaxKind.ImportKeyword) add(call, argument, false);
    else if (isRequire(call.expression) && ts.isStringLiteralLike(argument)) add(call, argument, false);
  };
  const isRequire = (callee: ts.Expression): boolean =>
    (ts.isIdentifier(callee) && callee.text === 'require') ||
    (ts.isCallExpression(callee) && ts.isIdentifier(callee.expression) && callee.expression.text === 'createRequire');
  visit(source);
  return found;
}
