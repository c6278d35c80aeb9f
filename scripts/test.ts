import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Mocha from "mocha";

/**
 * Runs the tests, smallest first, and ends with one plain line: "N passed, N failed".
 *
 * small (*.test.ts) starts no process of the product's field; medium (*.real.ts) has real go, dlv, git, kernel
 * faults; large (*.large.ts) has a real VS Code. A test that cannot run on this machine skips itself and says why;
 * one that takes long shows its time. Medium files run two at once; a few of them that fail beside another are run again
 * alone, and the last line says how many tests passed only then.
 *
 *   npm test                     all sizes; not on Linux: small
 *   npm test -- --size medium    one size
 *   npm test -- diskFull         files whose path holds that text
 */
const sizes = {
  small: { ending: ".test.ts", timeoutMs: 20_000, slowMs: 2000, atOnce: 1 },
  medium: { ending: ".real.ts", timeoutMs: 180_000, slowMs: 8000, atOnce: 2 },
  large: { ending: ".large.ts", timeoutMs: 300_000, slowMs: 20_000, atOnce: 1 },
} as const;
type Size = keyof typeof sizes;

const { values, positionals } = parseArgs({ options: { size: { type: "string" } }, allowPositionals: true });
const named = (Object.keys(sizes) as Size[]).filter(
  (size) => values.size === undefined || values.size === size,
);
if (named.length === 0) {
  console.error(`--size ${values.size}: there are small, medium and large`);
  process.exit(2);
}
const onLinux = process.platform === "linux";
const chosen = named.filter((size) => onLinux || size === "small");
if (chosen.length < named.length) {
  console.error("Medium and large tests make real faults and need Linux, so they are left out here.");
  if (chosen.length === 0) process.exit(3);
}

/** How the tests of one file ended. */
interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Of the passed: did not pass beside another file. */
  readonly alone: number;
}
/** Stands for the file of a failure of which mocha does not know it. */
const unknown = "";
const nothing: Tally = { passed: 0, failed: 0, skipped: 0, alone: 0 };

let total = nothing;
for (const size of chosen) total = [total, ...(await runSize(size))].reduce(sum);
const notes = [
  ...(total.skipped > 0 ? [`${total.skipped} skipped`] : []),
  ...(total.alone > 0 ? [`${total.alone} of the passed only when run again alone`] : []),
];
console.log(`\n${[`${total.passed} passed, ${total.failed} failed`, ...notes].join(", ")}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

function sum(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    alone: a.alone + b.alone,
  };
}

async function runSize(size: Size): Promise<readonly Tally[]> {
  const { ending, atOnce } = sizes[size];
  const files = ["src", "test", "scripts", "bench"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
    )
    .filter((path) => path.endsWith(ending) && !path.includes("node_modules"))
    .filter((path) => positionals.length === 0 || positionals.some((part) => path.includes(part)))
    .sort();
  if (files.length === 0) return [];
  console.log(`\n── ${size} (${files.length} files) ──`);
  const ran = await run(files, size, Math.min(atOnce, files.length));
  // What looks at the whole machine (its processes, its CPUs) sees what the file beside it does there (docs/decisions/013).
  const again = atOnce > 1 && files.length > 1 ? fewFailed(ran) : [];
  if (again.length > 0) {
    console.log(`\n── ${size}, again and alone: ${again.join(", ")} ──`);
    for (const [file, tally] of await run(again, size, 1)) {
      const passedBefore = ran.get(file)?.passed ?? 0;
      ran.set(file, { ...tally, alone: Math.max(0, tally.passed - passedBefore) });
    }
  }
  return [...ran.values()];
}

/** The files that failed, where they are so few that it may have been for what ran beside them; else none. */
function fewFailed(ran: ReadonlyMap<string, Tally>): readonly string[] {
  const failed = [...ran].filter(([, tally]) => tally.failed > 0).map(([file]) => file);
  return failed.length <= 3 && !failed.includes(unknown) ? failed : [];
}

/** Runs files, so many at once, and gives how the tests of each ended. */
async function run(files: readonly string[], size: Size, atOnce: number): Promise<Map<string, Tally>> {
  const { timeoutMs, slowMs } = sizes[size];
  const parallel = atOnce > 1;
  const options = { timeout: timeoutMs, slow: slowMs, ui: "bdd", forbidOnly: true } as const;
  const mocha = new Mocha({ ...options, parallel, jobs: atOnce });
  for (const file of files) mocha.addFile(file);
  if (!parallel) await mocha.loadFilesAsync();
  const ran = new Map<string, Tally>();
  const count = (end: "passed" | "failed" | "skipped") => (test: Mocha.Runnable) => {
    const file = test.file ?? unknown;
    const tally = ran.get(file) ?? nothing;
    ran.set(file, { ...tally, [end]: tally[end] + 1 });
  };
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(ran));
    runner.on("pass", count("passed")).on("fail", count("failed")).on("pending", count("skipped"));
  });
}
