import { constants, type Stats, statSync } from "node:fs";
import { access, open, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { codeOf } from "../config/text.ts";
import { traceText } from "../report/traceEvent.ts";
import type { Ran } from "./run.ts";
import { Stop, status, usage } from "./stop.ts";

/**
 * The file of `--trace`, looked at before anything is launched for it: nothing is written yet. Throws wrong usage where it
 * is a directory or lies in none, and that it cannot be written where this user may not.
 */
export async function traceFile(given: string): Promise<string> {
  const file = resolve(given);
  const there = statSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw usage(`--trace ${given} is a directory; it takes a file`);
  const folder = dirname(file);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw usage(`--trace ${given}: there is no directory ${folder}`);
  try {
    await tryWriting(file, there);
  } catch (error) {
    throw unwritable(given, error);
  }
  return file;
}

/** Opens the file for writing, which says more than its mode does, and leaves all as it was. */
async function tryWriting(file: string, there: Stats | undefined): Promise<void> {
  if (there === undefined) {
    await (await open(file, "wx")).close();
    await rm(file);
  } else if (there.isFile()) await (await open(file, "r+")).close();
  // A pipe must not be opened before somebody reads it.
  else await access(file, constants.W_OK);
}

/** Writes a launch as a trace, over what was there, and gives the line that says so. */
export async function writeTrace(file: string, { events, report, launch }: Ran): Promise<string> {
  try {
    await writeFile(file, traceText({ ...report, events, timeline: launch.timeline }));
  } catch (error) {
    throw unwritable(file, error);
  }
  return `The launch as a trace, for Perfetto: ${file}\n`;
}

function unwritable(file: string, error: unknown): Stop {
  return new Stop(status.impossible, `--trace ${file} cannot be written (${codeOf(error) ?? String(error)})`);
}
