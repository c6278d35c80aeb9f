import { statSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { dlvVersionOf, goVersionOf } from "../causes/launchVersions.ts";
import { buildDirectory } from "../core/goBuild.ts";
import type { Host } from "../core/host.ts";
import { type Launch, textOf } from "../core/launch.ts";
import { askOne } from "../examine/ask.ts";

/** The versions that a launch had, such as "1.26.3", where they are known. */
export interface Versions {
  readonly go?: string;
  readonly dlv?: string;
}

/** What was asked in this window, by what the answer depends on. */
const asked = new Map<string, Promise<string | undefined>>();

/**
 * The versions of a launch's go and dlv. Each program is asked once as long as it is the same file, and go once as long as the
 * files are the same that choose its toolchain.
 */
export async function versionsOfLaunch(host: Host, launch: Launch): Promise<Versions> {
  const goKey = [host.kind, host.name, "go", ...fileKeys(host, launch, goFiles(launch))];
  const dlvKey = [host.kind, host.name, "dlv", launch.dlv, ...fileKeys(host, launch, [launch.dlv])];
  const [go, dlv] = await Promise.all([
    once(goKey, () => goVersionOf((one) => askOne(host, launch, one))),
    // Where dlv was not started by us or the editor, nobody knows which one it is.
    launch.timeline.dlv && once(dlvKey, () => dlvVersionOf((one) => askOne(host, launch, one))),
  ]);
  return { ...(go !== undefined && { go }), ...(dlv !== undefined && { dlv }) };
}

async function once(
  key: readonly string[],
  ask: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const name = key.join("\0");
  const answer = asked.get(name) ?? ask();
  asked.set(name, answer);
  const version = await answer;
  // What had no answer is asked again.
  if (version === undefined) asked.delete(name);
  return version;
}

/** What decides which Go a program has: the one that it was built with, else go and the files that pick a toolchain. */
function goFiles(launch: Launch): string[] {
  if (launch.mode === "exec") return [textOf(launch, "program") ?? "", "go"];
  const folders: string[] = [];
  for (let folder = buildDirectory(launch); !folders.includes(folder); folder = dirname(folder))
    folders.push(folder);
  return ["go", ...folders.flatMap((folder) => [join(folder, "go.mod"), join(folder, "go.work")])];
}

/** The files that are there, with when they were written and their sizes. Another machine's are not looked at. */
function fileKeys({ kind }: Host, launch: Launch, files: readonly string[]): string[] {
  const chosen = launch.env["GOTOOLCHAIN"] ?? process.env["GOTOOLCHAIN"] ?? "";
  if (kind !== "local") return [chosen, buildDirectory(launch), ...files];
  return [chosen, ...files.flatMap((file) => fileKey(file, launch) ?? [])];
}

function fileKey(file: string, { env, cwd }: Launch): string | undefined {
  const folders = (env["PATH"] ?? process.env["PATH"] ?? "").split(delimiter);
  const names = isAbsolute(file) ? [file] : [...folders.map((folder) => join(folder, file)), join(cwd, file)];
  for (const name of names) {
    const found = statSync(name, { throwIfNoEntry: false });
    if (found?.isFile()) return `${name} ${found.mtimeMs} ${found.size}`;
  }
  return undefined;
}
