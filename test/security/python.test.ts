// Hostile Python: every way out that is known is shut, and says so.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Host } from '../../runtime/src/host/protocol.ts';
import { failureOf, openHost, runPython } from '../runtime/runtime.ts';

let host: Host;
beforeAll(() => {
  host = openHost();
});
afterAll(() => host.close());

const refused: readonly (readonly [name: string, text: string, message: RegExp])[] = [
  ['js', 'import js', /js cannot be imported here: a snippet has no way into JavaScript/],
  ['pyodide_js', 'import pyodide_js', /no way into JavaScript/],
  ['the core of Pyodide', 'import _pyodide_core', /no way into JavaScript/],
  ['js behind what is loaded already', 'import sys\nsys.modules["js"].eval("1")', /js/],
  ['run_js', 'from pyodide.code import run_js\nrun_js("process.exit()")', /no way into JavaScript/],
  ['ctypes', 'import ctypes', /no way into native code/],
  [
    'a constructor of constructors',
    'from pyodide.ffi import to_js\nto_js([1]).constructor.constructor("return process")()',
    /no way to make code out of strings/,
  ],
  ['a file of the machine', 'open("/etc/passwd").read()', /no access to files/],
  ['a socket', 'import socket\nsocket.create_connection(("1.1.1.1", 80), timeout=2)', /unreachable|refused|network|not/i],
  ['a web page', 'import urllib.request\nurllib.request.urlopen("http://1.1.1.1")', /unreachable|network|not/i],
  ['another process', 'import subprocess\nsubprocess.run(["ls"])', /processes/],
  ['os.system', 'import os\nif os.system("ls") != 0: raise OSError("not run")', /not|processes/],
  ['os.fork', 'import os\nos.fork()', /fork|not|implemented/i],
  ['a signal to another process', 'import os\nos.kill(1, 9)', /not permitted/],
  ['a thread', 'import threading\nthreading.Thread(target=print).start()', /can't start new thread/],
];

it.each(refused)('%s is refused', async (_name, text, message) => {
  const failure = failureOf(await runPython(host, text));
  expect(failure?.message ?? 'it went through').toMatch(message);
  expect(failure?.kind).toBe('snippet');
});

it('the environment holds nothing of ours', async () => {
  process.env['TAPE_LENS_SECRET'] = 'secret of the parent';
  const other = openHost();
  const { output } = await runPython(other, 'import os\nprint(dict(os.environ))');
  await other.close();
  delete process.env['TAPE_LENS_SECRET'];
  expect(output.text).not.toContain('secret of the parent');
  expect(output.text).toContain('HOME');
});

it('bytes written past sys.stdout are output, not messages', async () => {
  const reply = await runPython(
    host,
    'import os\nfor fd in (1, 2): os.write(fd, b"\\x01\\x00\\x00\\x00" * 4)\nfor fd in range(3, 12):\n    try: os.write(fd, b"x" * 64)\n    except OSError: pass\nprint("done")',
  );
  expect(failureOf(reply)).toBeNull();
  expect(reply.output.text).toContain('done');
});
