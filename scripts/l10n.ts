import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { root } from "./programs.ts";

/** Every text that a source file says with `say`, with {0}, {1} … for what is put in. */
export function textsOf(file: string, source: string): string[] {
  const texts: string[] = [];
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  new Visitor({
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type !== "Identifier" || tag.name !== "say") return;
      const pieces = quasi.quasis.map(({ value }) => value.cooked ?? value.raw);
      texts.push(pieces.reduce((all, piece, index) => `${all}{${index - 1}}${piece}`));
    },
  }).visit(program);
  return texts;
}

/** VS Code's bundle of the language that the source is written in: each text stands for itself. */
export function englishBundle(): Record<string, string> {
  const folder = join(root, "src");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !/\.(test|real)\.ts$/.test(file),
  );
  const all = files.flatMap((file) => textsOf(file, readFileSync(join(folder, file), "utf8")));
  return Object.fromEntries([...new Set(all)].sort().map((text) => [text, text]));
}

/** What is wrong with a translation: a text that is missing or left over, or one that leaves out what is put in. */
export function flawsOf(
  english: Readonly<Record<string, string>>,
  translated: Readonly<Record<string, string>>,
): string[] {
  return [
    ...Object.keys(english).flatMap((key) => {
      const text = translated[key];
      if (text === undefined) return [`not translated: ${key}`];
      const [wanted, given] = [english[key] ?? "", text].map((one) => placesIn(one).join(" "));
      return wanted === given ? [] : [`does not put in the same: ${key}`];
    }),
    ...Object.keys(translated).flatMap((key) =>
      Object.hasOwn(english, key) ? [] : [`is said nowhere: ${key}`],
    ),
  ];
}

function placesIn(text: string): string[] {
  return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
}
