/**
 * What the tests read of an element within the page. The project is compiled without the browser's own types, so that
 * nothing outside this folder takes a browser's globals for granted.
 */
export interface DomElement {
  id: string;
  textContent: string | null;
  classList: { contains(name: string): boolean };
  style: { top: string };
  parentElement: DomElement | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  closest(selector: string): DomElement | null;
}
