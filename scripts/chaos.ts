/**
 * `npm run chaos -- [--only PART]… [--fault TEXT] [--launches N] [--cases N] [--seed N]`: hits real launches in every phase,
 * launches again and again, sends odd bytes, and looks at what is left. What came of it is one line of JSON each on stdout and is
 * kept in test/chaos/figures.json; `npm run docs` makes docs/robustness.md of it. The parts are faults, surroundings, endurance,
 * fuzz and memory. With --fault only the faults whose names hold the text are tried again. The status is 1 where something was left.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { thisBench } from "../bench/saved.ts";
import { endureAdapter, endureSession } from "../test/chaos/endurance.ts";
import { type Fault, faults } from "../test/chaos/faults.ts";
import { fuzz } from "../test/chaos/fuzz.ts";
import { type Lair, makeLair } from "../test/chaos/lair.ts";
import { flood } from "../test/chaos/memory.ts";
import { type Part, readSaved, writeSaved } from "../test/chaos/saved.ts";
import { surroundings, survive } from "../test/chaos/surroundings.ts";
import { openTrial, type Result } from "../test/chaos/trial.ts";
import { dlv } from "../test/lab/tools.ts";

/** A compiler at work for about a second, and a program that takes a moment to load. */
const large = { functions: 3000, imports: "net/http" };

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    fault: { type: "string", default: "" },
    launches: { type: "string", default: "1000" },
    cases: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
  },
});
const machine = await thisBench();
const delve = await dlv();
let wrong = 0;

const parts = {
  async faults() {
    const wanted = faults.filter(({ name }) => name.includes(values.fault));
    const ran = await inLair(large, (lair) => tryAll(lair, wanted));
    const key = ({ phase, fault }: Result) => `${phase} ${fault}`;
    const again = new Set(ran.results.map(key));
    const before = (readSaved()?.faults?.results ?? []).filter(
      (one) => values.fault !== "" && !again.has(key(one)),
    );
    writeSaved({ machine, faults: { ...ran, results: [...before, ...ran.results] } });
  },
  async surroundings() {
    const ran = await part(surroundings, (one) => survive(one, delve));
    wrong += ran.results.filter(({ well }) => !well).length;
    writeSaved({ machine, surroundings: ran });
  },
  async endurance() {
    const count = Number(values.launches);
    const ran = await inLair({}, (lair) =>
      part([endureSession, endureAdapter], (endure) => endure(lair, count)),
    );
    wrong += ran.results.filter(({ failed, left }) => failed > 0 || left.length > 0).length;
    writeSaved({ machine, endurance: ran });
  },
  async fuzz() {
    writeSaved({
      machine,
      fuzz: await part([Number(values.seed)], (seed) => fuzz(Number(values.cases), seed)),
    });
  },
  async memory() {
    const heads = [
      ["100 MB without a header end", ""],
      ["a header line of 100 MB", "X: "],
      ["100 MB of one message", "Content-Length: 2000000000\r\n\r\n"],
    ] as const;
    const all = (["client", "dlv"] as const).flatMap((side) => heads.map((head) => [side, ...head] as const));
    writeSaved({ machine, memory: await part(all, ([side, what, head]) => flood(side, what, head, 100e6)) });
  },
};

for (const [name, run] of Object.entries(parts))
  if (values.only === undefined || values.only.includes(name)) await run();
process.exit(wrong > 0 ? 1 : 0);

async function tryAll(lair: Lair, wanted: readonly Fault[]): Promise<Part<Result>> {
  const trial = openTrial(lair);
  const all = wanted.flatMap((fault) => fault.phases.map((phase) => ({ fault, phase })));
  try {
    const ran = await part(all, ({ fault, phase }) => trial.run(fault, phase));
    wrong += ran.results.filter(({ left, next }) => left.length > 0 || !next).length;
    return ran;
  } finally {
    await trial.close();
  }
}

/** Runs one after another, and tells each. */
async function part<I, O>(inputs: readonly I[], run: (input: I) => Promise<O>): Promise<Part<O>> {
  const date = new Date().toISOString();
  const results: O[] = [];
  for (const input of inputs) {
    const result = await run(input);
    process.stdout.write(`${JSON.stringify(result)}\n`);
    results.push(result);
  }
  return { date, load: Math.round((loadavg()[0] ?? 0) * 10) / 10, results };
}

async function inLair<T>(
  options: Parameters<typeof makeLair>[1],
  use: (lair: Lair) => Promise<T>,
): Promise<T> {
  const lair = await makeLair(delve, options);
  try {
    return await use(lair);
  } finally {
    lair.remove();
  }
}
