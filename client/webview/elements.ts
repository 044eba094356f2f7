// Builds elements: text is only ever text, nothing here takes HTML.

export type Child = Node | string | null | undefined | false;

export interface Attributes {
  readonly class?: string;
  readonly id?: string;
  readonly type?: string;
  readonly role?: string;
  readonly title?: string;
  readonly tabindex?: string;
  readonly for?: string;
  readonly value?: string;
  readonly scope?: string;
  readonly hidden?: boolean;
  readonly [attribute: `aria-${string}` | `data-${string}`]: string;
}

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'boolean') made.toggleAttribute(name, value);
    else if (value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function button(label: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

/** Looks like a link and acts within the editor. */
export function link(label: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return button(label, act, { class: 'link', ...attributes });
}

/** A link that is part of a running text: unlike a button it breaks with the line. */
export function inlineLink(label: string, act: () => void, attributes: Attributes = {}): HTMLElement {
  const made = element('span', { class: 'link', role: 'link', tabindex: '0', ...attributes }, label);
  made.addEventListener('click', act);
  made.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    act();
  });
  return made;
}

/** Text in which `names` stand in code letters. */
export function withCode(text: string): (Node | string)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}
