// The installed package: that it is the one under test, wakes quickly, and only when a file of its languages is opened.
import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { commands, extensions } from 'vscode';
import manifest from '../../../package.json';
import { page, screenshot, until } from './eyes.ts';
import { EXTENSION } from './files.ts';
import { figure } from './figures.ts';

export function activation(): void {
  describe('activation', () => {
    it('the package is installed, of this version, and asleep', () => {
      const extension = extensions.getExtension(EXTENSION);
      assert.equal((extension?.packageJSON as { version?: string } | undefined)?.version, manifest.version);
      assert.equal(extension?.isActive, false);
    });

    it('has a page in the Extensions view, with its icon and its pictures', async () => {
      await commands.executeCommand('workbench.view.extensions');
      await page().locator('.extension-list-item', { hasText: 'Tape Lens' }).first().click();
      const icon = page().locator('.extension-editor img.icon');
      await icon.waitFor();
      const readme = page().frameLocator('iframe.webview.ready').first().frameLocator('#active-frame');
      const widths = (pictures: Element[]): number[] =>
        pictures.map((picture) => (picture instanceof HTMLImageElement ? picture.naturalWidth : 0));
      await until('three pictures', async () => {
        const found = await readme.locator('img').evaluateAll(widths);
        return found.length === 3 && found.every((width) => width > 500);
      });
      assert.ok((await icon.evaluate((image: HTMLImageElement) => image.naturalWidth)) >= 128);
      await screenshot('extension-page');
      await commands.executeCommand('workbench.view.explorer');
      await commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('wakes: how quickly is told', async () => {
      const began = performance.now();
      await extensions.getExtension(EXTENSION)?.activate();
      figure('activation, loading the bundle included', performance.now() - began, 50);
    });
  });
}
