import { constants } from "node:fs";
import { access, type FileHandle, open, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { leadsAway } from "./standing.ts";

/**
 * What the go command writes into every dlv: its package, then its module with the version (debug/buildinfo). A version
 * with more than three numbers is none of a release, and `dlv version` says another one.
 */
const buildInfo =
  /path\tgithub\.com\/go-delve\/delve\/cmd\/dlv\nmod\tgithub\.com\/go-delve\/delve\tv(\d+\.\d+\.\d+)[\t\n]/;
const beginning = Buffer.from("path\tgithub.com/go-delve/delve/cmd/dlv\n");

/** The size (bytes) of what is read at once, how much of it is read again with the next, and the most that is read at all. */
const chunk = 4 * 1024 * 1024;
const overlap = 256;
const most = 256 * 1024 * 1024;

/**
 * The release, such as 1.27.1, that a dlv was built from, read out of its file: nothing is run, because a workspace that
 * nobody trusts may name the file. Undefined for a wrapper script, a build from a checkout, and what is no dlv.
 */
export async function versionIn(file: string): Promise<string | undefined> {
  if (leadsAway(file)) return undefined;
  // O_NONBLOCK: opening a FIFO that nobody writes to would wait for ever.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  try {
    return handle && (await handle.stat()).isFile() ? await search(handle) : undefined;
  } catch {
    return undefined;
  } finally {
    await handle?.close();
  }
}

async function search(handle: FileHandle): Promise<string | undefined> {
  const buffer = Buffer.allocUnsafe(chunk);
  for (let from = 0; from < most; ) {
    const { bytesRead } = await handle.read(buffer, 0, chunk, from);
    const read = buffer.subarray(0, bytesRead);
    const at = read.indexOf(beginning);
    const version = at < 0 ? undefined : buildInfo.exec(read.toString("latin1", at, at + overlap))?.[1];
    if (version !== undefined || bytesRead < chunk) return version;
    from += chunk - overlap;
  }
  return undefined;
}

/** What a configuration and the settings say of the dlv to run: absolute paths. */
export interface NamedDlv {
  /** `dlvToolPath` of the configuration: golang.go 0.58 puts its own in its place, other launchers run it. */
  readonly tool?: string;
  /** `dlv` of go.alternateTools. */
  readonly alternate?: string;
}

/**
 * The version of the dlv that a launch on this machine gets. Who launches decides which that is: golang.go looks in
 * go.alternateTools, GOBIN, GOPATH/bin and then on PATH, the command line at `dlvToolPath`, then on PATH and in those folders.
 * Undefined where they get different ones.
 */
export async function versionHere(
  { tool, alternate }: NamedDlv,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const path = foldersIn(env["PATH"]);
  const own = [
    env["GOBIN"] ?? "",
    ...foldersIn(env["GOPATH"] ?? join(homedir(), "go")).map((one) => join(one, "bin")),
  ];
  const name = process.platform === "win32" ? "dlv.exe" : "dlv";
  const within = (folders: readonly string[]) =>
    folders.filter(isAbsolute).map((folder) => join(folder, name));
  const [golang, ours] = await Promise.all([
    firstProgram([alternate ?? "", ...within([...own, ...path])]),
    tool ?? firstProgram(within([...path, ...own])),
  ]);
  if (golang === undefined || ours === undefined) return undefined;
  const [one, other] = await Promise.all([versionIn(golang), versionIn(ours)]);
  return one === other ? one : undefined;
}

function foldersIn(list: string | undefined): string[] {
  return (list ?? "").split(delimiter).filter((folder) => folder !== "");
}

async function firstProgram(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) if (file !== "" && !leadsAway(file) && (await isProgram(file))) return file;
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
