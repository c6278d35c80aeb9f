import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Mocha from "mocha";

/**
 * Runs the tests, smallest first, and ends with one plain line: "N passed, N failed".
 *
 * small (*.test.ts) starts no process of the product's field; medium (*.real.ts) has real go, dlv, git, kernel
 * faults; large (*.large.ts) has a real VS Code. A test that cannot run on this machine skips itself and says why;
 * one that takes long shows its time. Medium files run two at once. A few files of medium or large size that fail are run again
 * alone, and the last line says how many tests passed only then.
 *
 *   npm test                     all sizes
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
const chosen = (Object.keys(sizes) as Size[]).filter(
  (size) => values.size === undefined || values.size === size,
);
if (chosen.length === 0) {
  console.error(`--size ${values.size}: there are small, medium and large`);
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0, alone: 0 };
for (const size of chosen) await runSize(size);
const notes = [
  ...(total.skipped > 0 ? [`${total.skipped} skipped`] : []),
  ...(total.alone > 0 ? [`${total.alone} of the passed only when run again alone`] : []),
];
console.log(`\n${[`${total.passed} passed, ${total.failed} failed`, ...notes].join(", ")}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

async function runSize(size: Size): Promise<void> {
  const { ending, atOnce } = sizes[size];
  const files = ["src", "test", "scripts", "bench"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
    )
    .filter((path) => path.endsWith(ending) && !path.includes("node_modules"))
    .filter((path) => positionals.length === 0 || positionals.some((part) => path.includes(part)))
    .sort();
  if (files.length === 0) return;
  console.log(`\n── ${size} (${files.length} files) ──`);
  // Much of the time is waited for, so two files at once take little more than half of it on two cores.
  const parallel = atOnce > 1 && files.length > 1;
  const first = await run(files, size, parallel);
  total.passed += first.passed;
  total.skipped += first.skipped;
  const again = size === "small" ? undefined : againAlone(first.failures);
  if (again === undefined) {
    total.failed += first.failures.length;
    return;
  }
  console.log(`\n── ${size}, again and alone: ${again.join(", ")} ──`);
  let mended = first.failures.length;
  for (const file of again) {
    // In a process of its own: this one has loaded the file already, and would find no test in it.
    const second = await run([file], size, true);
    const failed = second.passed === 0 ? first.failures.length : second.failures.length;
    total.failed += failed;
    mended = Math.max(0, mended - failed);
  }
  total.passed += mended;
  total.alone += mended;
}

/**
 * The files to run again where a few failed: what looks at the whole machine (its processes, its CPUs) can see what the
 * file beside it does there (docs/decisions/013). Undefined where too many failed for that, or none.
 */
function againAlone(failures: readonly (string | undefined)[]): readonly string[] | undefined {
  const files = [...new Set(failures)].filter((file) => file !== undefined);
  const known = failures.every((file) => file !== undefined);
  return known && files.length > 0 && files.length <= 3 ? files : undefined;
}

/** How many tests passed and were skipped, and the file of each that failed, where mocha knows it. */
interface Ran {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly (string | undefined)[];
}

async function run(files: readonly string[], size: Size, parallel: boolean): Promise<Ran> {
  const { timeoutMs, slowMs, atOnce } = sizes[size];
  const options = { timeout: timeoutMs, slow: slowMs, ui: "bdd", forbidOnly: true } as const;
  const mocha = new Mocha({ ...options, parallel, jobs: Math.max(2, atOnce) });
  for (const file of files) mocha.addFile(file);
  if (!parallel) await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const failures: (string | undefined)[] = [];
    const runner = mocha.run(() =>
      resolve({ passed: runner.stats?.passes ?? 0, skipped: runner.stats?.pending ?? 0, failures }),
    );
    runner.on("fail", ({ file }) => failures.push(file));
  });
}
