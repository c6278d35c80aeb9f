import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { causeGroups, causes } from "../src/causes/index.ts";
import type { Cause } from "../src/core/cause.ts";
import { causePage } from "../src/report/causePage.ts";

/**
 * Writes docs/causes/ from the cause files: one page a cause and an index, and the table of the README. With --check
 * nothing is written, and the status is 1 where a page is missing, left over or not what the cause file says.
 */
const folder = "docs/causes";
const index = [
  "# Causes",
  "",
  "Made from the files in `src/causes` by `npm run docs`. `delve-doctor causes ID` prints the same page. How often each is named",
  "rightly is in [the score](../score.md).",
  ...Object.entries(causeGroups).flatMap(([group, list]) => [
    "",
    `## ${group.charAt(0).toUpperCase()}${group.slice(1)}`,
    "",
    "| id | what it is | proven by |",
    "| --- | --- | --- |",
    ...list.map((one) => `| [${one.id}](${one.id}.md) | ${one.title} | ${proofOf(one)} |`),
  ]),
  "",
].join("\n");
const pages = new Map(causes.map((one) => [`${one.id}.md`, causePage(one)]));
pages.set("README.md", index);

/** The README's own table stands between these two lines. */
const marks = ["<!-- causes -->\n", "<!-- /causes -->"] as const;
const readme = readFileSync("README.md", "utf8");
const isReal = ({ about }: Cause) => about.seen === "real";
const row = (name: string, list: readonly Cause[]) =>
  `| ${name} | ${list.length} | ${list.filter(isReal).length} | ${list.filter((one) => !isReal(one)).length} |`;
const table = [
  "| where it lies | causes | proven by a real fault | by recorded or documented output |",
  "| --- | --- | --- | --- |",
  ...Object.entries(causeGroups).map(([group, list]) => row(group, list)),
  row("**all**", causes),
  "",
].join("\n");
const [head = "", rest = ""] = readme.split(marks[0]);
const tail = rest.slice(rest.indexOf(marks[1]));
const wanted = `${head}${marks[0]}\n${table}\n${tail}`;

if (process.argv.includes("--check")) {
  const wrong = [...pages].filter(([name, text]) => read(name) !== text).map(([name]) => name);
  const left = names().filter((name) => !pages.has(name));
  for (const name of wrong) console.error(`${folder}/${name} is not what src/causes says: npm run docs`);
  for (const name of left) console.error(`${folder}/${name} belongs to no cause: npm run docs`);
  if (readme !== wanted) console.error("README.md does not list the causes of src/causes: npm run docs");
  process.exit(wrong.length + left.length > 0 || readme !== wanted ? 1 : 0);
}

mkdirSync(folder, { recursive: true });
for (const name of names()) rmSync(join(folder, name));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);
if (readme !== wanted) writeFileSync("README.md", wanted);

function proofOf({ about }: Cause): string {
  return about.seen === "real" ? "real fault" : "recorded or documented output";
}

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
