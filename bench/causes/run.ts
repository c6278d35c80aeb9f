/**
 * `npm run bench:causes`: makes every fault of the lab, and launches that nothing is wrong with, and prints the page of
 * docs/score.md. `--write` puts it there. A part that ran already is not run again where its rows are given: `--lab FILE` (what
 * `npm test` wrote with DELVE_DOCTOR_SCORE=FILE), `--healthy FILE`. `--keep FOLDER` keeps the rows of the parts that ran.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { cpus, release, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { run } from "../../scripts/setup/run.ts";
import type { ScoreRow } from "../../test/lab/score.ts";
import { dlv, go } from "../../test/lab/tools.ts";
import { healthyLaunches, oldPairs } from "./healthy.ts";
import { scorePage } from "./score.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: { lab: text, healthy: text, keep: text, write: { type: "boolean", default: false } },
});
for (const file of [values.lab, values.healthy])
  if (file !== undefined && !existsSync(file)) {
    process.stderr.write(`${file} is not there: it should hold the rows of an earlier run\n`);
    process.exit(2);
  }

const folder = mkdtempSync(join(tmpdir(), "delve-doctor-score-"));
const [labFile, healthyFile] = [join(folder, "lab.jsonl"), join(folder, "healthy.jsonl")];
try {
  const labEnded = values.lab === undefined ? await lab() : "of an earlier run of the tests";
  if (values.healthy === undefined) {
    process.env["DELVE_DOCTOR_SCORE"] = healthyFile;
    await healthyLaunches();
  }
  const made = { lab: rows(values.lab ?? labFile), healthy: rows(values.healthy ?? healthyFile) };
  const page = scorePage(made, { versions: await versions(), labEnded });
  process.stdout.write(page);
  if (values.write) writeFileSync("docs/score.md", page);
} finally {
  if (values.keep !== undefined) keep(values.keep);
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the tests that make faults; what they print goes to stderr, what they find into the score. Returns their last lines. */
async function lab(): Promise<string> {
  const ended: string[] = [];
  for (const [size, ...parts] of [
    ["medium", "src/causes"],
    ["large", "test/ssh"],
  ] as const) {
    const child = spawn(process.execPath, ["--import", "tsx", "scripts/test.ts", "--size", size, ...parts], {
      env: { ...process.env, DELVE_DOCTOR_SCORE: labFile },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => {
      process.stderr.write(chunk);
      printed += chunk.toString("utf8");
    });
    await once(child, "close");
    ended.push(`${size}: ${printed.trim().split("\n").at(-1) ?? ""}`);
  }
  return ended.join("; ");
}

function rows(file: string): ScoreRow[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as ScoreRow);
}

function keep(into: string): void {
  mkdirSync(into, { recursive: true });
  for (const file of [labFile, healthyFile])
    if (existsSync(file)) copyFileSync(file, join(into, basename(file)));
}

async function versions(): Promise<string[]> {
  const [cpu] = cpus();
  const delve = /Version: (\S+)/.exec(await run([await dlv(), "version"]))?.[1] ?? "";
  const goVersion = (await run([await go(), "env", "GOVERSION"])).trim();
  const old = oldPairs.map(([version, of]) => `${version} with ${of}`).join(", ");
  return [
    `Made on ${new Date().toISOString().slice(0, 10)}, Linux ${release()}, ${cpus().length} × ${cpu?.model ?? "unknown"}`,
    `Delve ${delve} with ${goVersion}, Node ${process.version}; healthy launches also with Delve ${old}`,
  ];
}
