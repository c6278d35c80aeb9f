/**
 * `npm run bench -- [--only NAME]… [--quick | --write]`: what the proxy, the extension and the language server cost, and what they
 * give back. Each figure is one line of JSON on stdout, with the median and the extremes of its rounds; both sides are measured in
 * turn in one run. A table follows on stderr. What was measured is kept in bench/figures.json (a quick look is not), part by part
 * where only some were asked for; `--write` makes docs/performance.md of it, as `npm run docs` does.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { activation } from "./activation.ts";
import { processes, session, workspace } from "./curves.ts";
import { dead } from "./dead.ts";
import { echo } from "./echo.ts";
import { fast } from "./fast.ts";
import type { Figure } from "./figure.ts";
import { idle } from "./idle.ts";
import { keystroke } from "./keystroke.ts";
import { launch } from "./launch.ts";
import { loop } from "./loop.ts";
import { memory } from "./memory.ts";
import { output } from "./output.ts";
import { performancePage, values as valuesOf } from "./page.ts";
import { remote } from "./remote.ts";
import { sampling } from "./sampling.ts";
import { measured, merged, readSaved, thisBench, writeSaved } from "./saved.ts";
import { type Bench, openBench } from "./sides.ts";
import { stall } from "./stall.ts";

const benches = {
  echo,
  output,
  memory,
  loop,
  launch,
  fast,
  idle,
  sampling,
  session,
  processes,
  workspace,
  dead,
  stall,
  remote,
  keystroke,
  activation,
};

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const unknown = values.only?.filter((name) => !(name in benches)) ?? [];
if (unknown.length > 0)
  refuse(`No such figure: ${unknown.join(", ")}. There are ${Object.keys(benches).join(", ")}.`);
if (values.quick && values.write) refuse("A quick look is not kept, so there is nothing to --write.");

let opened: Bench | undefined;
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (interrupted) return;
    interrupted = true;
    void Promise.resolve(opened?.close()).finally(() => process.exit(1));
  });
}
const bench = await openBench();
opened = bench;
const all: Figure[] = [];
let saved = values.only === undefined ? undefined : readSaved();
try {
  const machine = await thisBench();
  process.stdout.write(`${JSON.stringify(machine)}\n`);
  for (const [name, measure] of Object.entries(benches)) {
    if (values.only !== undefined && !values.only.includes(name)) continue;
    const part = await measured(() => measure(bench, values.quick));
    for (const figure of part.figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
    all.push(...part.figures);
    if (values.quick || part.figures.length === 0) continue;
    saved = merged(saved, { machine, parts: { [name]: part } });
    writeSaved(saved);
  }
} finally {
  await bench.close();
}
process.stderr.write(`\n${all.map(lines).join("")}`);
if (values.write && saved !== undefined) writeFileSync("docs/performance.md", performancePage(saved));

/** The medians of a figure, and in brackets how far the rounds lie apart. */
function lines(figure: Figure): string {
  const verdict = figure.met ? "met   " : "MISSED";
  return `${verdict} ${figure.figure} (aim: ${figure.aim})\n       ${valuesOf(figure).join(", ")}\n`;
}

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
