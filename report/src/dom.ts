// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Elements of the page. Texts of users become text nodes only, never markup.

/** What stands in an element. */
export type Content = Node | string | null | undefined | Content[];

type Attributes = Record<string, string | number | boolean | ((event: never) => void) | undefined>;

/**
 * Texts with what turns the direction of text, and what is never seen, as
 * U+FFFD: a name must not change how its neighbours read.
 */
export function harmless(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    "\ufffd",
  );
}

function append(element: Element, content: Content): void {
  if (content === null || content === undefined) return;
  if (Array.isArray(content)) {
    for (const one of content) append(element, one);
  } else if (typeof content === "string") {
    element.appendChild(document.createTextNode(harmless(content)));
  } else {
    element.appendChild(content);
  }
}

/** Makes an element. An attribute that begins with `on` is a listener. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...content: Content[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value === undefined || value === false) continue;
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value as EventListener);
    } else {
      element.setAttribute(name, value === true ? "" : harmless(String(value)));
    }
  }
  append(element, content);
  return element;
}

/** Puts other content into an element. */
export function fill(element: Element, ...content: Content[]): void {
  while (element.firstChild) element.removeChild(element.firstChild);
  append(element, content);
}

/** A column heading. */
export function th(text: string, attributes: Attributes = {}): HTMLTableCellElement {
  return h("th", { scope: "col", ...attributes }, text);
}

/** Gives a text to the user as a file. */
export function download(name: string, parts: BlobPart[], type: string): void {
  const link = h("a", { href: URL.createObjectURL(new Blob(parts, { type })), download: name });
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
