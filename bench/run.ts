/**
 * `npm run bench -- [--only NAME]… [--quick]`: what the proxy and the language server cost. Each figure is one line of JSON on stdout, with the
 * median and the extremes of its rounds; both sides are measured in turn in one run. A table follows on stderr.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { dead } from "./dead.ts";
import { echo } from "./echo.ts";
import type { Figure, Spread } from "./figure.ts";
import { keystroke } from "./keystroke.ts";
import { launch } from "./launch.ts";
import { loop } from "./loop.ts";
import { memory } from "./memory.ts";
import { output } from "./output.ts";
import { remote } from "./remote.ts";
import { type Bench, openBench } from "./sides.ts";

const benches = { echo, output, memory, loop, launch, dead, remote, keystroke };

const { values } = parseArgs({
  options: { only: { type: "string", multiple: true }, quick: { type: "boolean", default: false } },
});
const unknown = values.only?.filter((name) => !(name in benches)) ?? [];
if (unknown.length > 0) {
  process.stderr.write(
    `No such figure: ${unknown.join(", ")}. There are ${Object.keys(benches).join(", ")}.\n`,
  );
  process.exit(2);
}

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
try {
  const [cpu] = cpus();
  const machine = {
    machine: cpu?.model,
    cpus: cpus().length,
    node: process.version,
    load_1_min: loadavg()[0],
  };
  process.stdout.write(`${JSON.stringify(machine)}\n`);
  for (const [name, measure] of Object.entries(benches)) {
    if (values.only !== undefined && !values.only.includes(name)) continue;
    for (const figure of await measure(bench, values.quick)) {
      process.stdout.write(`${JSON.stringify(figure)}\n`);
      all.push(figure);
    }
  }
} finally {
  await bench.close();
}
process.stderr.write(table(all));

/** A line a figure: the medians, and in brackets how far the rounds lie apart. */
function table(figures: readonly Figure[]): string {
  const lines = figures.map((figure) => {
    const shown = Object.entries(figure)
      .filter(
        (entry): entry is [string, number | Spread] =>
          typeof entry[1] !== "string" && typeof entry[1] !== "boolean",
      )
      .filter(([name]) => name !== "rounds")
      .map(([name, value]) => `${name} ${typeof value === "number" ? value : brackets(value)}`);
    return `${figure.met ? "met   " : "MISSED"} ${figure.figure} (aim: ${figure.aim})\n       ${shown.join(", ")}\n`;
  });
  return `\n${lines.join("")}`;
}

function brackets({ min, median, max }: Spread): string {
  return `${median} [${min}–${max}]`;
}
