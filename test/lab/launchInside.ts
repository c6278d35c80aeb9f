import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Verdicts } from "../../src/core/finding.ts";
import { type LabOptions, labLaunch } from "./launch.ts";

/** What a launch came to that a process of its own drove. */
export interface Inside {
  readonly ended: string;
  readonly verdicts: Verdicts;
  readonly namedMs: number;
}

/** The options of a launch that can be written down. */
type Written = Pick<LabOptions, "config" | "folder" | "breakpoints" | "goal" | "stallAfter" | "limitMs">;

/** Drives a launch with all of the lab in a process behind `prefix`, as in a network of its own. */
export function launchInside(prefix: readonly string[], options: Written): Promise<Inside> {
  const file = fileURLToPath(import.meta.url);
  const [command = "", ...args] = [
    ...prefix,
    process.execPath,
    "--import",
    "tsx",
    file,
    JSON.stringify(options),
  ];
  return new Promise((resolve, reject) => {
    execFile(command, args, { timeout: 120_000, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout.slice(stdout.indexOf('{"ended"'))));
      else reject(new Error(`${error.message}\n${stderr}`));
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { ended, verdicts, namedMs } = await labLaunch(JSON.parse(process.argv[2] ?? "{}"));
  console.log(JSON.stringify({ ended, verdicts, namedMs }));
}
