import { open, readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { hidden, redactText } from "../core/redact.ts";

/** A process of this machine that can be attached to. */
export interface Running {
  readonly pid: number;
  /** Its command line without what looks like a secret, shortened. */
  readonly command: string;
  readonly isGo: boolean;
}

/** A directory below the workspace folder with Go files in it, by its path from there with slashes; "" is the folder. */
export interface Package {
  readonly path: string;
  readonly isMain: boolean;
  readonly hasTests: boolean;
}

/** What only a look at the machine gives, and is looked for when it is asked for alone. */
export interface Supply {
  readonly processes?: readonly Running[];
  readonly packages?: readonly Package[];
  readonly envFiles?: readonly string[];
}

/** Looks for one part of the supply; those of files in a workspace folder. */
export async function supplyOf(wanted: keyof Supply | undefined, folder: string): Promise<Supply> {
  if (wanted === "processes") return { processes: await runningProcesses() };
  if (wanted === "packages") return { packages: await packagesIn(folder) };
  return wanted === "envFiles" ? { envFiles: await envFilesIn(folder) } : {};
}

const longest = 120;
const bounds = { depth: 8, directories: 2000, files: 4096, processes: 300 };
const skipped = /^(\.|_|node_modules$|vendor$|testdata$)/;

/** The processes of this machine, the newest first; none where there is no /proc. `root` is another /proc, for tests. */
export async function runningProcesses(root = "/proc"): Promise<readonly Running[]> {
  const names = await readdir(root).catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const seen = await Promise.all(pids.map((pid) => runningOne(join(root, pid), Number(pid))));
  return seen
    .flatMap((one) => one ?? [])
    .sort((a, b) => b.started - a.started || b.pid - a.pid)
    .slice(0, bounds.processes);
}

async function runningOne(folder: string, pid: number): Promise<(Running & { started: number }) | undefined> {
  try {
    const [line, status] = await Promise.all([
      readFile(join(folder, "cmdline"), "utf8"),
      readFile(join(folder, "stat"), "utf8"),
    ]);
    // A kernel thread has no command line, and nobody can attach to it.
    if (line === "") return undefined;
    // Field 22 of proc_pid_stat(5); the name in parentheses may hold spaces.
    const started = Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[19] ?? 0);
    return { pid, command: shown(line.split("\0")), isGo: await isGoBinary(join(folder, "exe")), started };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

/** A command line in one line: secrets can be told by their form, or by the flag in front of them. */
function shown(argv: readonly string[]): string {
  const words = argv.map((word, index) =>
    /^-.*(pass|secret|token|key|credential|auth)[^=]*$/i.test(argv[index - 1] ?? "") ? hidden : word,
  );
  const line = redactText(words.join(" "))
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** The note in which Go's linker writes the build id: type 4, owner "Go", near the beginning of an ELF file. */
const note = Buffer.from([4, 0, 0, 0, 0x47, 0x6f, 0, 0]);

async function isGoBinary(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
      return buffer.subarray(0, bytesRead).includes(note);
    } finally {
      await handle.close();
    }
  } catch {
    // Somebody else's.
    return false;
  }
}

/** The directories below a folder that hold Go files, in the order of their depth. */
export async function packagesIn(folder: string): Promise<readonly Package[]> {
  const found: Package[] = [];
  await walk(folder, async (directory, files) => {
    const sources = files.filter((name) => name.endsWith(".go") && !/^[._]/.test(name));
    if (sources.length === 0) return;
    const [first] = sources.filter((name) => !name.endsWith("_test.go"));
    const isMain = first !== undefined && (await isMainFile(join(directory, first)));
    const hasTests = sources.some((name) => name.endsWith("_test.go"));
    found.push({ path: below(folder, directory), isMain, hasTests });
  });
  return found;
}

/** The files with environment variables in a folder and below it, by their paths from there with slashes. */
export async function envFilesIn(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  await walk(folder, async (directory, files) => {
    for (const name of files)
      if (/^\.env(\.|$)|\.env$/.test(name)) found.push(below(folder, join(directory, name)));
  });
  return found;
}

/** Gives every directory with its files, breadth first and within bounds; links are not followed. */
async function walk(
  folder: string,
  look: (directory: string, files: readonly string[]) => Promise<void>,
): Promise<void> {
  let level = [folder];
  let left = bounds.directories;
  for (let depth = 0; depth < bounds.depth && level.length > 0 && left > 0; depth += 1) {
    const below: string[] = [];
    for (const directory of level.slice(0, left)) {
      left -= 1;
      const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
      const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
      await look(directory, files.slice(0, bounds.files).sort());
      for (const entry of entries)
        if (entry.isDirectory() && !skipped.test(entry.name)) below.push(join(directory, entry.name));
    }
    level = below.sort();
  }
}

function below(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

/** The package clause comes before all but comments; one that is behind 16 kB of them is not looked for. */
async function isMainFile(file: string): Promise<boolean> {
  try {
    if ((await stat(file)).size === 0) return false;
    const handle = await open(file, "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(16_384), 0, 16_384, 0);
      const text = buffer.toString("utf8", 0, bytesRead).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
      return /^\s*package\s+main\b/.test(text);
    } finally {
      await handle.close();
    }
  } catch {
    return false;
  }
}
