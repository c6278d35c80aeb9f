import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performancePage } from "../bench/page.ts";
import { readSaved, savedFile } from "../bench/saved.ts";
import { causeGroups, causes } from "../src/causes/index.ts";
import type { Cause } from "../src/core/cause.ts";
import { flaws } from "../src/language/flaws.ts";
import { causePage } from "../src/report/causePage.ts";
import { type Described, rulePage } from "../src/report/rulePage.ts";
import { ruleGroups, rules } from "../src/rules/index.ts";
import { robustnessPage } from "../test/chaos/page.ts";
import { savedFile as chaosFile, readSaved as readChaos } from "../test/chaos/saved.ts";
import { englishBundle, flawsOf } from "./l10n.ts";

/**
 * Writes docs/causes/ from the cause files and docs/rules/ from the rule files: one page each and an index, the table
 * of the README, docs/performance.md from what the bench has kept, docs/robustness.md from what the chaos has, and l10n/bundle.l10n.json from what the source says. With
 * --check nothing is written, and the status is 1 where a page is missing, left over or not what its file says, or a
 * translation is not complete.
 */
const causeIndex = [
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
const causePages = new Map(causes.map((one) => [`${one.id}.md`, causePage(one, rules)]));
causePages.set("README.md", causeIndex);

const ruleTable = (group: string, list: readonly Described[]) => [
  "",
  `## ${group.charAt(0).toUpperCase()}${group.slice(1)}`,
  "",
  "| code | id | what it is about | severity |",
  "| --- | --- | --- | --- |",
  ...list.map(
    ({ code, id, title, severity }) => `| [${code}](${code}.md) | \`${id}\` | ${title} | ${severity} |`,
  ),
];
const ruleIndex = [
  "# Rules",
  "",
  "What the language server and `delve-doctor check` say of launch.json and its kin before F5. Made from the files in `src/rules`",
  "by `npm run docs`; `delve-doctor check --explain CODE` prints the same page. A code never changes its meaning.",
  ...ruleTable("the text itself", flaws),
  ...Object.entries(ruleGroups).flatMap(([group, list]) => ruleTable(group, list)),
  "",
].join("\n");
const rulePages = new Map([...flaws, ...rules].map((one) => [`${one.code}.md`, rulePage(one)]));
rulePages.set("README.md", ruleIndex);

const folders = [
  { folder: "docs/causes", from: "src/causes", pages: causePages },
  { folder: "docs/rules", from: "src/rules", pages: rulePages },
];

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

const saved = readSaved();
const bundleFile = "l10n/bundle.l10n.json";
const english = englishBundle();
const bundle = `${JSON.stringify(english, null, 2)}\n`;
/** What is written in English, and in the second language beside it. */
const translations = [
  { file: "l10n/bundle.l10n.zh-cn.json", from: english },
  { file: "package.nls.zh-cn.json", from: readBundle("package.nls.json") },
];

const chaos = readChaos();
const robustness = { file: "docs/robustness.md", text: chaos && robustnessPage(chaos) };
const performance = { file: "docs/performance.md", text: saved && performancePage(saved) };

if (process.argv.includes("--check")) {
  let wrong = 0;
  const say = (line: string, remedy = "npm run docs") => {
    wrong += 1;
    console.error(`${line}: ${remedy}`);
  };
  for (const { folder, from, pages } of folders) {
    for (const [name, text] of pages)
      if (read(join(folder, name)) !== text) say(`${folder}/${name} is not what ${from} says`);
    for (const name of names(folder))
      if (!pages.has(name)) say(`${folder}/${name} belongs to nothing in ${from}`);
  }
  if (readme !== wanted) say("README.md does not list the causes of src/causes");
  if (performance.text !== read(performance.file)) say(`${performance.file} is not what ${savedFile} says`);
  if (robustness.text !== read(robustness.file)) say(`${robustness.file} is not what ${chaosFile} says`);
  if (bundle !== read(bundleFile)) say(`${bundleFile} does not list the texts of src`);
  for (const { file, from } of translations)
    for (const flaw of flawsOf(from, readBundle(file))) say(`${file}: ${flaw}`, "by hand");
  process.exit(wrong > 0 ? 1 : 0);
}

for (const { folder, pages } of folders) {
  mkdirSync(folder, { recursive: true });
  for (const name of names(folder)) rmSync(join(folder, name));
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
}
if (readme !== wanted) writeFileSync("README.md", wanted);
if (bundle !== read(bundleFile)) writeFileSync(bundleFile, bundle);
if (performance.text !== undefined) writeFileSync(performance.file, performance.text);
if (robustness.text !== undefined) writeFileSync(robustness.file, robustness.text);

function proofOf({ about }: Cause): string {
  return about.seen === "real" ? "real fault" : "recorded or documented output";
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readBundle(file: string): Readonly<Record<string, string>> {
  return JSON.parse(read(file) ?? "{}");
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
