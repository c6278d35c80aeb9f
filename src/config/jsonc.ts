import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { say } from "../core/say.ts";

/** A place in a text that is wrong, and what to do about it. `offset` counts UTF-16 units. */
export interface Fault {
  readonly offset: number;
  readonly message: string;
}

/** JSON with comments and trailing commas, as VS Code reads it. `root` is undefined where nothing can be made of it. */
export interface Parsed {
  readonly root?: Node;
  readonly faults: readonly Fault[];
}

/** What jsonc-parser calls its errors, and what a person can do. */
const wayOut: Readonly<Record<string, () => string>> = {
  InvalidSymbol: () => say`this word is not JSON; texts stand in double quotes`,
  InvalidNumberFormat: () => say`this is not a number as JSON writes it`,
  PropertyNameExpected: () => say`a property name in double quotes belongs here`,
  ValueExpected: () => say`a value belongs here`,
  ColonExpected: () => say`a colon belongs here`,
  CommaExpected: () => say`a comma is missing before this`,
  CloseBraceExpected: () => say`a closing } is missing`,
  CloseBracketExpected: () => say`a closing ] is missing`,
  EndOfFileExpected: () => say`the JSON value ended before this; remove the rest`,
  InvalidCommentToken: () => say`this is not a comment as JSON with comments writes it`,
  UnexpectedEndOfComment: () => say`this comment has no end; close it with */`,
  UnexpectedEndOfString: () => say`this text has no closing "`,
  UnexpectedEndOfNumber: () => say`this number is cut off`,
  InvalidUnicode: () => say`\\u takes four hexadecimal digits`,
  InvalidEscapeCharacter: () => say`a backslash in a text is written \\\\`,
  InvalidCharacter: () => say`a control character must be escaped in a text`,
};

const deepest = 500;
const tooDeep = (): Parsed => ({
  faults: [{ offset: 0, message: say`the brackets are nested too deeply to be read` }],
});

/** Whoever walks the tree later recurses and must not run out of stack; neither does this, which goes no deeper. */
function isDeeper(node: Node, than: number): boolean {
  return than < 0 || (node.children?.some((child) => isDeeper(child, than - 1)) ?? false);
}

/** Parses a text without its byte order mark, and reads on behind a fault as VS Code does. Never throws. */
export function parseJsonc(body: string): Parsed {
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(body, errors, {
      allowTrailingComma: true,
      disallowComments: false,
      allowEmptyContent: true,
    });
  } catch {
    // The parser recurses once for each level and runs out of stack at some thousands.
    return tooDeep();
  }
  if (root !== undefined && isDeeper(root, deepest - 1)) return tooDeep();
  const faults = errors.map(({ error, offset }) => {
    const name = printParseErrorCode(error);
    return { offset, message: wayOut[name]?.() ?? name };
  });
  return { ...(root !== undefined && { root }), faults };
}

/** The property of an object node by its key, or undefined. Of duplicates the last, as JSON.parse has it. */
function propertyOf(object: Node | undefined, key: string): Node | undefined {
  if (object?.type !== "object") return undefined;
  return object.children?.findLast((property) => property.children?.[0]?.value === key);
}

/** The value of a property of an object node, or undefined. */
export function nodeAt(object: Node | undefined, key: string): Node | undefined {
  return propertyOf(object, key)?.children?.[1];
}

/** The keys that are written again in the same object, inside a node; each as the node of the later key. */
export function duplicates(node: Node): Node[] {
  const again: Node[] = [];
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of next.children ?? []) if (child.children !== undefined) open.push(child);
    if (next.type !== "object" || (next.children?.length ?? 0) < 2) continue;
    const keys = new Set<unknown>();
    for (const { children } of next.children ?? []) {
      const key = children?.[0];
      if (key === undefined) continue;
      if (keys.has(key.value)) again.push(key);
      keys.add(key.value);
    }
  }
  return again.sort((a, b) => a.offset - b.offset);
}

/** Line and column of an offset, both counted from 1. */
export function position(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const start = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  return { line: (before.match(/\r\n|\n|\r/g)?.length ?? 0) + 1, column: offset - start + 1 };
}
