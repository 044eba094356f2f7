// The manifest against the code: commands, settings, context keys, panels, localised strings. Each side must know what the other names.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import manifest from '../../package.json';
import strings from '../../package.nls.json';
import bundle from '../../l10n/bundle.l10n.json';
import { readSettings } from '../../server/src/lsp/settings.ts';
import { computeHessianCommand } from '../../server/src/lsp/protocol.ts';
import { DEFAULT_DENSE_LIMIT, DEFAULT_LIMITS } from '../../runtime/src/host/protocol.ts';

const root = join(import.meta.dirname, '..', '..');
const clientFiles = readdirSync(join(root, 'client/src')).filter((name) => name.endsWith('.ts'));
const sources = new Map(
  [...clientFiles.map((name) => `client/src/${name}`), 'server/src/lsp/settings.ts'].map((path) => [path, parse(path)]),
);
const declaredCommands = manifest.contributes.commands.map(({ command }) => command).sort();
const properties: Readonly<Record<string, Readonly<Record<string, unknown>>>> = manifest.contributes.configuration.properties;

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true);
}

function nodesOf(source: ts.SourceFile | undefined): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  if (source) visit(source);
  return nodes;
}

/** The first argument of every call whose function reads `name`. */
function firstArguments(source: ts.SourceFile | undefined, name: string): ts.Expression[] {
  return nodesOf(source).flatMap((node) =>
    ts.isCallExpression(node) && node.expression.getText() === name && node.arguments[0] ? [node.arguments[0]] : [],
  );
}

function textOf(node: ts.Node): string {
  if (!ts.isStringLiteralLike(node))
    throw new Error(`${node.getSourceFile().fileName}: ${node.getText()} must be written out, so that it can be compared`);
  return node.text;
}

test('every command of the manifest is registered, and every registered one is in the manifest', () => {
  const table = nodesOf(sources.get('client/src/commands.ts')).find(
    (node) => ts.isVariableDeclaration(node) && node.name.getText() === 'table',
  );
  const entries =
    table && ts.isVariableDeclaration(table) && table.initializer && ts.isObjectLiteralExpression(table.initializer)
      ? table.initializer.properties
      : [];
  const registered = entries.map(({ name }) => {
    if (name && ts.isComputedPropertyName(name)) {
      expect(name.expression.getText()).toBe('computeHessianCommand');
      return computeHessianCommand;
    }
    return name ? textOf(name) : '';
  });
  expect(registered.sort()).toEqual(declaredCommands);
  // The table is the only place that registers.
  const calls = [...sources.values()].flatMap((source) => firstArguments(source, 'commands.registerCommand'));
  expect(calls).toHaveLength(1);
});

test('commands that the code runs, menus and status items name commands that exist', () => {
  const run = [...sources.values()]
    .flatMap((source) => nodesOf(source))
    .flatMap((node) => (ts.isStringLiteralLike(node) && /^tapeLens\.\w+$/.test(node.text) ? [node.text] : []));
  const others = new Set(['tapeLens.hessian', 'tapeLens.analysis', 'tapeLens.hasGradientCalls']);
  const named = run.filter((name) => !others.has(name));
  expect(named.length).toBeGreaterThan(0);
  for (const name of named) expect(declaredCommands).toContain(name);
  for (const menu of Object.values(manifest.contributes.menus)) for (const { command } of menu) expect(declaredCommands).toContain(command);
});

test('every context key of a menu is set by the code', () => {
  const keys = Object.values(manifest.contributes.menus).flatMap((menu) => menu.flatMap(({ when }) => when.match(/tapeLens\.\w+/g) ?? []));
  const set = [...sources.values()]
    .flatMap((source) => nodesOf(source))
    .flatMap((node) =>
      ts.isCallExpression(node) && node.arguments[0]?.getText() === `'setContext'` && node.arguments[1] ? [textOf(node.arguments[1])] : [],
    );
  expect(new Set(keys)).toEqual(new Set(set));
});

test('every setting of the manifest is read, and every one read is in the manifest with the same default', () => {
  const read = new Map<string, string>();
  for (const node of nodesOf(sources.get('client/src/settings.ts'))) {
    if (ts.isCallExpression(node) && node.expression.getText() === 'settings.get' && node.arguments[0])
      read.set(textOf(node.arguments[0]), node.arguments[1]?.getText() ?? '');
  }
  const elsewhere = [...sources]
    .filter(([path]) => path !== 'client/src/settings.ts')
    .flatMap(([, source]) => firstArguments(source, 'workspace.getConfiguration'));
  expect(elsewhere).toEqual([]);
  const ofServer = nodesOf(sources.get('server/src/lsp/settings.ts')).flatMap((node) =>
    ts.isElementAccessExpression(node) && node.expression.getText() === 'given' ? [textOf(node.argumentExpression)] : [],
  );
  const names = [...read.keys(), ...new Set(ofServer)].map((name) => `tapeLens.${name}`).sort();
  expect(names).toEqual(Object.keys(properties).sort());
  for (const [name, otherwise] of read) {
    const named: Readonly<Record<string, number>> = {
      'DEFAULT_LIMITS.timeoutSeconds': DEFAULT_LIMITS.timeoutSeconds,
      DEFAULT_DENSE_LIMIT,
    };
    const value = named[otherwise] ?? otherwise.replaceAll(`'`, '');
    expect(properties[`tapeLens.${name}`]?.default, name).toEqual(value);
  }
  const defaults = Object.fromEntries(
    Object.entries(properties).map(([name, { default: value }]) => [name.replace('tapeLens.', ''), value]),
  );
  expect(readSettings(defaults)).toEqual(readSettings({}));
});

test('what decides which program runs a snippet is restricted in untrusted workspaces', () => {
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
  expect(untrustedWorkspaces.supported).toBe('limited');
  expect(virtualWorkspaces.supported).toBe('limited');
  expect(untrustedWorkspaces.restrictedConfigurations).toContain('tapeLens.node');
  for (const name of untrustedWorkspaces.restrictedConfigurations) expect(Object.keys(properties)).toContain(name);
});

test('the panel that is restored is the one that wakes the extension', () => {
  const type = nodesOf(sources.get('client/src/panel.ts')).find(
    (node) => ts.isVariableDeclaration(node) && node.name.getText() === 'PANEL_TYPE',
  );
  const value = type && ts.isVariableDeclaration(type) && type.initializer ? textOf(type.initializer) : '';
  expect(manifest.activationEvents).toContain(`onWebviewPanel:${value}`);
});

test('the languages that wake the extension are the ones that it selects', () => {
  const text = readFileSync(join(root, 'client/src/languages.ts'), 'utf8');
  const selected = [...text.matchAll(/\['(\w+)', '\w+'\]/g)].map((match) => match[1]);
  const waking = manifest.activationEvents.flatMap((event) => (event.startsWith('onLanguage:') ? [event.slice('onLanguage:'.length)] : []));
  expect(waking.sort()).toEqual(selected.sort());
});

test('every localised string of the manifest is there, and none is left over; so in every translation', () => {
  const used = [...new Set([...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]))].sort();
  expect(Object.keys(strings).sort()).toEqual(used);
  for (const path of readdirSync(root).filter((name) => /^package\.nls\.[\w-]+\.json$/.test(name))) {
    const translated: unknown = JSON.parse(readFileSync(join(root, path), 'utf8'));
    expect(Object.keys(translated ?? {}).sort(), path).toEqual(used);
  }
});

test('every localised string of the code is in the bundle, and none is left over; so in every translation', () => {
  const used = [...new Set([...sources.values()].flatMap((source) => firstArguments(source, 'l10n.t')).map(textOf))].sort();
  expect(used.length).toBeGreaterThan(10);
  expect(Object.keys(bundle).sort()).toEqual(used);
  const folder = join(root, manifest.l10n);
  expect(existsSync(folder)).toBe(true);
  for (const name of readdirSync(folder)) {
    const translated: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    expect(Object.keys(translated ?? {}).sort(), name).toEqual(used);
  }
});
