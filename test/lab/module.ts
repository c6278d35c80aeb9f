import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { go } from "./tools.ts";

/** A Go module, or any other tree of files, in a temporary directory of its own. */
export interface LabFolder {
  readonly folder: string;
  /** Writes or replaces one file, its directories included. */
  write(path: string, text: string): void;
  remove(): void;
}

/** The smallest program that has something to stop at: line 6. */
export const helloFiles: Readonly<Record<string, string>> = {
  "go.mod": "module example.com/hello\n\ngo 1.25\n",
  "main.go": 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hello")\n}\n',
};

/** Writes files (path → text) into a new temporary directory; `parent` says on which file system. */
export function makeFolder(
  files: Readonly<Record<string, string>> = helloFiles,
  parent: string = tmpdir(),
): LabFolder {
  const folder = realpathSync(mkdtempSync(join(parent, "delve-doctor-lab-")));
  const made = {
    folder,
    write(path: string, text: string) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    remove() {
      unlock(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (const [path, text] of Object.entries(files)) made.write(path, text);
  return made;
}

/** Go makes its module cache read-only; nobody but root could remove it so. */
function unlock(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) unlock(join(folder, entry.name));
}

/**
 * The environment of a launch that depends on nothing the machine's own Go is set to: no user's `go env -w`, no
 * toolchain download, no VCS stamp, and a PATH that starts with the tests' own go.
 */
export async function labEnv(more: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
  return {
    GOENV: "off",
    GOTOOLCHAIN: "local",
    GOFLAGS: "",
    PATH: [dirname(await go()), process.env["PATH"] ?? ""].join(delimiter),
    ...more,
  };
}

/** A configuration that builds the program in `dir`, as golang.go resolves it, and its workspace folder. */
export function debugConfig(
  dir: string,
  env: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    name: "lab",
    type: "go",
    request: "launch",
    mode: "debug",
    program: dir,
    __buildDir: dir,
    env,
    ...more,
  };
}

const warmed = new Map<string, Promise<void>>();

/**
 * Fills the build cache with the standard library as dlv compiles it, once in a process: a healthy twin on a fresh
 * machine would otherwise be rightly called slow. `GOCACHE` is the user's own when not said.
 */
export function warmCache(cache?: string): Promise<void> {
  const key = cache ?? "";
  const running = warmed.get(key) ?? warm(cache);
  warmed.set(key, running);
  return running;
}

/**
 * Compiles what a launch in `dir` with this environment will, with the go that its PATH finds: for another go, with cgo, for a
 * test. `command` is the go command with its own flags.
 */
export function warmFor(
  dir: string,
  env: Readonly<Record<string, string>>,
  command: readonly string[] = ["build"],
): void {
  execFileSync("go", [...command, "-gcflags=all=-N -l", "-o", "/dev/null", "."], {
    cwd: dir,
    env: { ...process.env, ...env, CGO_CFLAGS: env["CGO_CFLAGS"] ?? "-O0 -g" },
    stdio: "pipe",
  });
}

async function warm(cache: string | undefined): Promise<void> {
  const hello = makeFolder();
  const added = { ...(await labEnv()), CGO_CFLAGS: "-O0 -g", ...(cache !== undefined && { GOCACHE: cache }) };
  try {
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", "/dev/null", "."], {
      cwd: hello.folder,
      env: { ...process.env, ...added },
    });
  } finally {
    hello.remove();
  }
}
