import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { causes } from "../src/causes/index.ts";
import { causePage } from "../src/report/causePage.ts";

/**
 * Writes docs/causes/ from the cause files: one page a cause and an index. With --check nothing is written, and the
 * status is 1 where a page is missing, left over or not what the cause file says.
 */
const folder = "docs/causes";
const index = [
  "# Causes",
  "",
  "Made from the files in `src/causes` by `npm run docs`. `delve-doctor causes ID` prints the same page.",
  "",
  "| id | what it is | proven by |",
  "| --- | --- | --- |",
  ...causes.map((one) => {
    const proof =
      one.about.seen === "real" ? "the real fault, made in a test" : "recorded or documented output";
    return `| [${one.id}](${one.id}.md) | ${one.title} | ${proof} |`;
  }),
  "",
].join("\n");
const pages = new Map(causes.map((one) => [`${one.id}.md`, causePage(one)]));
pages.set("README.md", index);

if (process.argv.includes("--check")) {
  const wrong = [...pages].filter(([name, text]) => read(name) !== text).map(([name]) => name);
  const left = names().filter((name) => !pages.has(name));
  for (const name of wrong) console.error(`${folder}/${name} is not what src/causes says: npm run docs`);
  for (const name of left) console.error(`${folder}/${name} belongs to no cause: npm run docs`);
  process.exit(wrong.length + left.length > 0 ? 1 : 0);
}

mkdirSync(folder, { recursive: true });
for (const name of names()) rmSync(join(folder, name));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);

function names(): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return undefined;
  }
}
