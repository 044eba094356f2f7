// Other clients: one that pulls diagnostics and knows little, one that brings its settings along, one that speaks over IPC.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Client, rangeOf, type CodeAction, type Diagnostic } from './client.ts';

const text = readFileSync(new URL('../../examples/product.py', import.meta.url), 'utf8');
const uri = 'file:///workspace/product.py';

describe('a client that pulls diagnostics and knows nothing else', () => {
  it('is told so, is not pushed to, and gets plain edits and no related information', async () => {
    const client = new Client();
    const { capabilities } = await client.start({ capabilities: { textDocument: { diagnostic: {} } } });
    expect(capabilities).toMatchObject({ diagnosticProvider: { interFileDependencies: false } });
    client.open(uri, text);
    const report = (await client.request('textDocument/diagnostic', { textDocument: { uri } })) as { kind: string; items: Diagnostic[] };
    expect(report.kind).toBe('full');
    expect(report.items.map((item) => item.code)).toEqual(['TL102']);
    expect(report.items[0]).not.toHaveProperty('codeDescription');
    expect(report.items[0]).not.toHaveProperty('relatedInformation');
    const [action] = (await client.request('textDocument/codeAction', {
      textDocument: { uri },
      range: rangeOf(text, 't2.gradient(dy, x)'),
      context: { diagnostics: [] },
    })) as CodeAction[];
    expect(action?.edit.changes?.[uri]).toHaveLength(1);
    expect(client.notifications.map(({ method }) => method)).not.toContain('textDocument/publishDiagnostics');
    await client.stop();
    expect(client.exitCode).toBe(0);
  });
});

describe('a client that brings its settings and pages along', () => {
  it('is heard', async () => {
    const client = new Client();
    await client.start({
      capabilities: { textDocument: { publishDiagnostics: { codeDescriptionSupport: true } } },
      initializationOptions: { rulePages: 'https://example.org/rules/', settings: { severity: { TL102: 'hint' } } },
    });
    client.open(uri, text);
    const [diagnostic] = await client.published(uri);
    expect(diagnostic?.severity).toBe(4);
    expect(diagnostic?.codeDescription?.href).toBe('https://example.org/rules/TL102.md');
    client.notify('workspace/didChangeConfiguration', { settings: { tapeLens: { enable: false } } });
    client.change(uri, 2, { text });
    expect(await client.published(uri, 2)).toEqual([]);
    await client.stop();
  });
});

describe('a client over IPC', () => {
  it('is answered', async () => {
    const child = fork(fileURLToPath(new URL('../../dist/server.cjs', import.meta.url)), ['--node-ipc'], { silent: true });
    const answer = new Promise<unknown>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    child.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
    expect(await answer).toMatchObject({ id: 1, result: { serverInfo: { name: 'Tape Lens' } } });
    child.removeAllListeners('exit');
    child.kill();
  });
});
