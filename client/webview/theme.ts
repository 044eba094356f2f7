// Which theme is on: the editor's, or in a file of its own the system's; and word when it changes.
import type { Theme } from './colours.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');
const forced = matchMedia('(prefers-contrast: more), (forced-colors: active)');

export function currentTheme(): Theme {
  const classes = document.body.classList;
  if (classes.contains('vscode-high-contrast-light')) return 'high-contrast-light';
  if (classes.contains('vscode-high-contrast')) return 'high-contrast';
  if (classes.contains('vscode-dark')) return 'dark';
  if (classes.contains('vscode-light')) return 'light';
  if (forced.matches) return dark.matches ? 'high-contrast' : 'high-contrast-light';
  return dark.matches ? 'dark' : 'light';
}

/** Marks the page with the theme for the stylesheet, now and whenever it changes; `changed` is called after a change. */
export function followTheme(changed: () => void): void {
  const mark = (): void => {
    const theme = currentTheme();
    if (document.documentElement.dataset.theme === theme) return;
    document.documentElement.dataset.theme = theme;
    changed();
  };
  document.documentElement.dataset.theme = currentTheme();
  new MutationObserver(mark).observe(document.body, { attributes: true, attributeFilter: ['class'] });
  dark.addEventListener('change', mark);
  forced.addEventListener('change', mark);
}
