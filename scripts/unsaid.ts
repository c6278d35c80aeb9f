import { type Node, parseSync, type StringLiteral, type TemplateLiteral, Visitor } from "oxc-parser";

/** A text that a person may read and that no translator is given. */
export interface Unsaid {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** With {} for what is put in. */
  readonly text: string;
}

/** The properties that hold what is shown in words: of a cause, a finding, a fix, an advice, and a row's remedy. */
const shown = ["title", "because", "text", "write", "message"];

/** The properties that are not translated: the pages, the scripts, and what other programs say and where. */
const unread = ["about", "sh", "sample", "source", "why"];

/** Three words in a row, or a sentence's first. Commands, paths and names have fewer. */
const prose = /(?:^|[\s("'])[A-Z]?[a-z']+,? [a-z][a-z']*,? [a-z][a-z']+\b|^[A-Z][a-z]+ (?:[a-z]|\{\})/;

/** Methods that look for a text or take one apart: nobody reads what they are given. */
const matchers = ["includes", "startsWith", "endsWith", "indexOf", "split"];

/**
 * The texts of a source file that are read and not said with `say`: each value of a property that is shown, and whatever
 * else reads as prose. `quotes` are what other programs say. Throws for what is no TypeScript.
 */
export function unsaidOf(file: string, source: string, quotes: readonly string[] = []): Unsaid[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const ignored: Node[] = [];
  const told: Node[] = [];
  const texts: (StringLiteral | TemplateLiteral)[] = [];
  const said = new Set<Node>();
  new Visitor({
    ImportDeclaration: (node) => void ignored.push(node),
    TSLiteralType: (node) => void ignored.push(node),
    TaggedTemplateExpression: ({ quasi }) => void said.add(quasi),
    BinaryExpression: (node) => void (/^[!=]==?$/.test(node.operator) && ignored.push(node)),
    CallExpression({ callee, arguments: given }) {
      const name =
        callee.type === "MemberExpression" && "name" in callee.property ? callee.property.name : "";
      if (matchers.includes(String(name))) ignored.push(...given);
    },
    Property({ key, value }) {
      const name = key.type === "Identifier" ? key.name : "";
      if (unread.includes(name)) ignored.push(value);
      if (shown.includes(name)) told.push(...branchesOf(value));
    },
    Literal: (node) => void (typeof node.value === "string" && texts.push(node as StringLiteral)),
    TemplateLiteral: (node) => void texts.push(node),
  }).visit(program);
  return texts.flatMap((node) => {
    const text = wordsOf(node);
    const isShown = told.includes(node) && /[a-z]/i.test(text.replaceAll("{}", ""));
    if (said.has(node) || quotes.includes(text) || (!isShown && !prose.test(text))) return [];
    if (ignored.some(({ start, end }) => start <= node.start && node.end <= end) || isScript(text)) return [];
    return { file, line: source.slice(0, node.start).split("\n").length, text };
  });
}

function wordsOf(node: StringLiteral | TemplateLiteral): string {
  if (node.type === "Literal") return node.value;
  return node.quasis.map((piece) => piece.value.cooked ?? piece.value.raw).join("{}");
}

/** Lines for a shell: they are run, and shown as they are run. */
function isScript(text: string): boolean {
  return /\$\(|2>\/dev\/null|\bkill -s\b/.test(text);
}

/** What a value can come to: the branches of its choices, and the parts that it is put together from. */
function branchesOf(value: Node): Node[] {
  if (value.type === "ConditionalExpression")
    return [...branchesOf(value.consequent), ...branchesOf(value.alternate)];
  if (value.type === "LogicalExpression" || value.type === "BinaryExpression")
    return [...branchesOf(value.left), ...branchesOf(value.right)];
  return [value];
}
