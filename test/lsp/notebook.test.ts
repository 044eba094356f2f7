// Notebooks over the protocol: the Python cells are one program in order, and every answer is about the cell that it is asked for.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, edited, positionOf, rangeOf, textIn, type CodeAction, type Diagnostic } from './client.ts';

const client = new Client();
beforeAll(() => client.start());
afterAll(() => client.stop());

let opened = 0;

interface Notebook {
  readonly uri: string;
  readonly cells: readonly string[];
}

/** Opens a notebook of Python cells under a name of its own. */
function open(...texts: readonly string[]): Notebook {
  const uri = `file:///workspace/notebook${++opened}.ipynb`;
  const cells = texts.map((_, index) => `vscode-notebook-cell:/workspace/notebook${opened}.ipynb#${index}`);
  client.notify('notebookDocument/didOpen', {
    notebookDocument: { uri, notebookType: 'jupyter-notebook', version: 1, cells: cells.map((document) => ({ kind: 2, document })) },
    cellTextDocuments: cells.map((cell, index) => ({ uri: cell, languageId: 'python', version: 1, text: texts[index] })),
  });
  return { uri, cells };
}

const cell = (notebook: Notebook, index: number): string => notebook.cells[index] ?? '';

/** The diagnostics of a cell once there are some that `wanted` agrees with. */
async function diagnosticsOf(uri: string, wanted: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
  const shown = (found: unknown): readonly Diagnostic[] => (found as Diagnostic[]).filter(({ severity }) => severity !== 4);
  const params = await client.notified(
    'textDocument/publishDiagnostics',
    (candidate) => candidate['uri'] === uri && wanted(shown(candidate['diagnostics'])),
  );
  return shown(params['diagnostics']);
}

const SETUP = '%matplotlib inline\nimport tensorflow as tf\n\nx = tf.constant([1.0, 2.0])';
const TAPES =
  'with tf.GradientTape() as outer:\n    with tf.GradientTape() as inner:\n        inner.watch(x)\n        y = tf.reduce_sum(x ** 3)\n    g = inner.gradient(y, x)';
const CALL = '!pip list\nh = outer.jacobian(g, x)';

describe('the cells of a notebook', () => {
  it('are one program: a problem is in its own cell, what leads to it in another', async () => {
    const notebook = open(SETUP, TAPES, CALL);
    const [problem] = await diagnosticsOf(cell(notebook, 2), (found) => found.length > 0);
    expect(problem).toMatchObject({ code: 'TL110', range: rangeOf(CALL, 'outer.jacobian(g, x)') });
    expect(problem?.relatedInformation?.[0]?.location).toEqual({
      uri: cell(notebook, 1),
      range: expect.objectContaining({ start: positionOf(TAPES, 'tf.GradientTape()') }) as unknown,
    });
    expect(await diagnosticsOf(cell(notebook, 0), () => true)).toEqual([]);
    expect(await diagnosticsOf(cell(notebook, 1), () => true)).toEqual([]);
  });

  it('a fix asked for in one cell edits another', async () => {
    const notebook = open(SETUP, TAPES, CALL);
    const actions = (await client.request('textDocument/codeAction', {
      textDocument: { uri: cell(notebook, 2) },
      range: rangeOf(CALL, 'jacobian'),
      context: { diagnostics: [] },
    })) as CodeAction[];
    const change = actions.find(({ title }) => title === 'Insert outer.watch(x)')?.edit.documentChanges?.[0];
    expect(change?.textDocument).toEqual({ uri: cell(notebook, 1), version: 1 });
    expect(edited(TAPES, change?.edits ?? [])).toContain('with tf.GradientTape() as outer:\n    outer.watch(x)\n    with');
  });

  it('hovers, lenses and explanations count lines from the start of the cell', async () => {
    const notebook = open(SETUP, TAPES, CALL);
    const hover = (await client.request('textDocument/hover', {
      textDocument: { uri: cell(notebook, 2) },
      position: positionOf(CALL, 'jacobian'),
    })) as { contents: { value: string }; range: Parameters<typeof textIn>[1] };
    expect(hover.contents.value).toContain('The outer tape `outer` does not watch `x`.');
    expect(hover.contents.value).toContain('Tape `outer` (line 1 of an earlier cell)');
    expect(textIn(CALL, hover.range)).toBe('outer.jacobian(g, x)');
    const lenses = (await client.request('textDocument/codeLens', { textDocument: { uri: cell(notebook, 1) } })) as {
      command: { arguments: unknown[] };
    }[];
    expect(lenses[0]?.command.arguments).toEqual([cell(notebook, 2), 2, 5]);
    expect(await client.request('textDocument/codeLens', { textDocument: { uri: cell(notebook, 2) } })).toEqual([]);
    const explained = (await client.request('tapeLens/explain', { textDocument: { uri: cell(notebook, 2) } })) as { calls: unknown[] };
    expect(explained.calls).toMatchObject([{ line: 2, column: 5, endLine: 2, method: 'jacobian' }]);
  });

  it('a change in an early cell is felt in a later one', async () => {
    const notebook = open(SETUP, TAPES, CALL);
    await diagnosticsOf(cell(notebook, 2), (found) => found.length > 0);
    client.notify('notebookDocument/didChange', {
      notebookDocument: { version: 2, uri: notebook.uri },
      change: {
        cells: {
          textContent: [
            {
              document: { uri: cell(notebook, 1), version: 2 },
              changes: [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: '    outer.watch(x)\n' }],
            },
          ],
        },
      },
    });
    expect(await diagnosticsOf(cell(notebook, 2), (found) => found.length === 0)).toEqual([]);
  });

  it('cells may come and go', async () => {
    const notebook = open(SETUP, TAPES, CALL);
    await diagnosticsOf(cell(notebook, 2), (found) => found.length > 0);
    const added = `${cell(notebook, 2)}b`;
    client.notify('notebookDocument/didChange', {
      notebookDocument: { version: 2, uri: notebook.uri },
      change: {
        cells: {
          structure: {
            array: { start: 2, deleteCount: 1, cells: [{ kind: 2, document: added }] },
            didOpen: [{ uri: added, languageId: 'python', version: 1, text: 'k = outer.jacobian(g, x)' }],
            didClose: [{ uri: cell(notebook, 2) }],
          },
        },
      },
    });
    expect(await diagnosticsOf(added, (found) => found.length > 0)).toMatchObject([{ code: 'TL110' }]);
    expect(await diagnosticsOf(cell(notebook, 2), (found) => found.length === 0)).toEqual([]);
  });

  it('a cell in another language is passed over', async () => {
    const notebook = open(SETUP, '%%bash\necho "x = 3" | tee (', TAPES, CALL);
    expect(await diagnosticsOf(cell(notebook, 3), (found) => found.length > 0)).toMatchObject([{ code: 'TL110' }]);
  });

  it('closing the notebook clears its problems', async () => {
    const notebook = open(SETUP, TAPES, CALL);
    await diagnosticsOf(cell(notebook, 2), (found) => found.length > 0);
    client.notify('notebookDocument/didClose', {
      notebookDocument: { uri: notebook.uri },
      cellTextDocuments: notebook.cells.map((uri) => ({ uri })),
    });
    expect(await diagnosticsOf(cell(notebook, 2), (found) => found.length === 0)).toEqual([]);
  });
});
