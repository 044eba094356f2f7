// The installed package: that it is the one under test, wakes quickly, and only when a file of its languages is opened.
import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { extensions } from 'vscode';
import manifest from '../../../package.json';
import { EXTENSION } from './files.ts';
import { figure } from './figures.ts';

export function activation(): void {
  describe('activation', () => {
    it('the package is installed, of this version, and asleep', () => {
      const extension = extensions.getExtension(EXTENSION);
      assert.equal((extension?.packageJSON as { version?: string } | undefined)?.version, manifest.version);
      assert.equal(extension?.isActive, false);
    });

    it('wakes within 50 ms', async () => {
      const began = performance.now();
      await extensions.getExtension(EXTENSION)?.activate();
      figure('activation, loading the bundle included', performance.now() - began, 50);
    });
  });
}
