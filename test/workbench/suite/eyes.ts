// Looks at the workbench's window from inside its extension host: what is really drawn, and keys and clicks as a person makes them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { session } from './session.ts';

let browser: Browser | null = null;
let window: Page | null = null;

export async function openEyes(): Promise<void> {
  browser = await chromium.connectOverCDP(session.browser);
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const page of pages) if ((await page.locator('.monaco-workbench').count()) > 0) window = page;
  if (!window) throw new Error(`none of ${pages.length} windows is a workbench`);
  window.setDefaultTimeout(15_000);
}

export async function closeEyes(): Promise<void> {
  await browser?.close();
}

export function page(): Page {
  if (!window) throw new Error('openEyes comes first');
  return window;
}

/** The page inside the panel that shows a Hessian. */
export function panelPage(): FrameLocator {
  return page().frameLocator('iframe.webview.ready[src*="extensionId=tape-lens.tape-lens"]').frameLocator('#active-frame');
}

export async function screenshot(name: string): Promise<void> {
  mkdirSync(session.output, { recursive: true });
  await page().screenshot({ path: join(session.output, `${name.replaceAll(/[^\w.-]+/g, '-').slice(0, 100)}.png`) });
}

/** Chooses a command in the palette, as a person does. */
export async function choose(command: string): Promise<void> {
  await page().keyboard.press('F1');
  await page().locator('.quick-input-widget input').fill(`>${command}`);
  await page().locator('.quick-input-list .monaco-list-row', { hasText: command }).first().click();
}

/** Waits until `find` gives something; says what was waited for when it never does. */
export async function until<T>(
  what: string,
  find: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  milliseconds = 20_000,
): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const found = await find();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited ${milliseconds} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export async function texts(locator: Locator): Promise<string[]> {
  return (await locator.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
}
