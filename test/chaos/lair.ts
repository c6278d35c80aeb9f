import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join, relative } from "node:path";
import { labEnv, makeFolder } from "../lab/module.ts";
import { go } from "../lab/tools.ts";

/** The variable by which every process of a launch is known, whoever its parent is by now. */
const markName = "DELVE_DOCTOR_CHAOS";

/** What of the command line's state may stay: what its documentation names (src/cli/state.ts). */
const documented = /^state\/delve-doctor\/(launches|timings|builds|reports)\//;

/** A process of a launch. `name` is the file that it runs, `line` its command line. */
export interface Marked {
  readonly pid: number;
  readonly name: string;
  readonly line: string;
}

/** A place for launches that shall leave nothing: a module, and the only folders that they may write to. */
export interface Lair {
  readonly folder: string;
  readonly source: string;
  /** The program, compiled. */
  readonly binary: string;
  /** dlv, which waits before it runs where `gate` is a FIFO. */
  readonly dlv: string;
  readonly gate: string;
  readonly env: Readonly<Record<string, string>>;
  /** Makes the next build compile the program anew. */
  change(): void;
  /** What runs, zombies left out. */
  processes(): Marked[];
  /** What lies about that was not there before a launch, by its path in the folder. */
  files(): string[];
  remove(): void;
}

/** The line of main.go at which the program can be stopped again and again. */
export const loopLine = 12;

/** What its program is like: how many functions it has, for a compiler that takes its time, and a package that makes it large. */
export interface LairOptions {
  readonly functions?: number;
  readonly imports?: string;
}

/** Makes a lair for a dlv. The program prints "up" and then only sleeps. */
export async function makeLair(dlv: string, options: LairOptions = {}): Promise<Lair> {
  const { functions = 0, imports = "os" } = options;
  const home = makeFolder({});
  const { folder } = home;
  const place = (name: string) => join(folder, name);
  const source = place("src");
  let version = 0;
  const write = () => {
    writeFileSync(join(source, "go.mod"), "module example.com/chaos\n\ngo 1.21\n");
    writeFileSync(join(source, "main.go"), program(version, functions, imports));
  };
  for (const name of ["src", "tmp", "state", "cache", "home"]) mkdirSync(place(name));
  write();
  const gate = place("gate");
  const gated = place("dlv");
  writeFileSync(
    gated,
    `#!/bin/sh\n[ "$1" = dap ] && [ -p '${gate}' ] && read -r word <'${gate}'\nexec '${dlv}' "$@"\n`,
  );
  chmodSync(gated, 0o755);
  const binary = place("program");
  const lab = await labEnv({ GOFLAGS: "-buildvcs=false", CGO_CFLAGS: "-O0 -g" });
  const args = ["build", "-gcflags=all=-N -l", "-o", binary, "."];
  execFileSync(await go(), args, { cwd: source, env: { ...process.env, ...lab } });
  const mark = randomUUID();
  const env = {
    ...lab,
    [markName]: mark,
    TMPDIR: place("tmp"),
    XDG_STATE_HOME: place("state"),
    XDG_CACHE_HOME: place("cache"),
    GOCACHE: execFileSync(await go(), ["env", "GOCACHE"], { env: { ...process.env, ...lab } })
      .toString()
      .trim(),
  };
  const known = new Set(["dlv", "program", "gate", "src/go.mod", "src/main.go"]);
  return {
    folder,
    source,
    binary,
    dlv: gated,
    gate,
    env,
    change() {
      version += 1;
      write();
    },
    processes: () => marked(`${markName}=${mark}`),
    files: () => below(folder).filter((path) => !known.has(path) && !documented.test(path)),
    remove: home.remove,
  };
}

function program(version: number, functions: number, imports: string): string {
  const work = Array.from(
    { length: functions },
    (_, index) =>
      `func f${index}(a int) int { b := a * ${index}; for i := range [9]int{} { b += i ^ a }; return b }`,
  );
  const lines = [
    "package main",
    "",
    "import (",
    '"fmt"',
    '"time"',
    `_ "${imports}"`,
    ")",
    "",
    "func main() {",
    `fmt.Println("up", ${version})`,
    "for {",
    "time.Sleep(20 * time.Millisecond)",
    "}",
    "}",
    ...work,
    "",
  ];
  return lines.join("\n");
}

/** Every process whose first environment holds a variable; one that just begins may still show its parent's. */
function marked(variable: string): Marked[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (!readFileSync(`/proc/${name}/environ`, "utf8").split("\0").includes(variable)) return [];
        const stat = readFileSync(`/proc/${name}/stat`, "latin1");
        if ("ZX".includes(stat.charAt(stat.lastIndexOf(")") + 2))) return [];
        const exe = readlinkSync(`/proc/${name}/exe`).replace(/ \(deleted\)$/, "");
        const line = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ pid: Number(name), name: basename(exe), line }];
      } catch {
        // It ended while it was looked at.
        return [];
      }
    });
}

/** All files and sockets below a folder, and folders that hold none, by their paths in it. */
function below(folder: string, at = folder): string[] {
  if (!existsSync(at)) return [];
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(at, entry.name);
    if (!entry.isDirectory()) return [relative(folder, path)];
    const inside = below(folder, path);
    // What a launch makes in tmp is its own, empty or not.
    return inside.length === 0 && basename(at) === "tmp" ? [`${relative(folder, path)}/`] : inside;
  });
}
