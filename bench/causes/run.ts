/**
 * `npm run bench:causes -- [--only lab|healthy] [--write]`: the whole lab, and launches that nothing is wrong with. Prints the
 * page of docs/score.md; --write puts it there.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { run } from "../../scripts/setup/run.ts";
import type { ScoreRow } from "../../test/lab/score.ts";
import { dlv, go } from "../../test/lab/tools.ts";
import { healthyLaunches } from "./healthy.ts";
import { scorePage } from "./score.ts";

const { values } = parseArgs({
  options: { only: { type: "string" }, write: { type: "boolean", default: false } },
});
if (values.only !== undefined && !["lab", "healthy"].includes(values.only)) {
  process.stderr.write(`--only ${values.only}: there are lab and healthy\n`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "delve-doctor-score-"));
const [labFile, healthyFile] = [join(folder, "lab.jsonl"), join(folder, "healthy.jsonl")];
try {
  const labEnded = values.only === "healthy" ? "not run" : await lab();
  if (values.only !== "lab") {
    process.env["DELVE_DOCTOR_SCORE"] = healthyFile;
    await healthyLaunches();
  }
  const page = scorePage(
    { lab: rows(labFile), healthy: rows(healthyFile) },
    { versions: await versions(), labEnded },
  );
  process.stdout.write(page);
  if (values.write) writeFileSync("docs/score.md", page);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the tests that make faults; what they print goes to stderr, what they find into the score. Returns their last line. */
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

async function versions(): Promise<string[]> {
  const [cpu] = cpus();
  const delve = /Version: (\S+)/.exec(await run([await dlv(), "version"]))?.[1] ?? "";
  const goVersion = (await run([await go(), "env", "GOVERSION"])).trim();
  return [
    `Made on ${new Date().toISOString().slice(0, 10)}, Linux ${release()}, ${cpus().length} × ${cpu?.model ?? "unknown"}`,
    `Delve ${delve} with ${goVersion}; healthy launches also with Delve 1.21.2, 1.23.1 and 1.25.2 and the Go of their time; Node ${process.version}`,
  ];
}
