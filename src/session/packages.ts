import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildDirectory, delveGoArgs } from "../core/goBuild.ts";
import { envWithoutRecords, withoutRecords } from "../core/goRecords.ts";
import type { Host } from "../core/host.ts";
import type { Launch } from "../core/launch.ts";
import { compiledPackage, type ProcessSample, type Sample } from "../core/process.ts";

/** `go build -n` took 0.1–0.2 s where it was measured; one that takes this long (ms) waits for something itself. */
const limits = { ms: 10_000, bytes: 64 * 1024 * 1024 };

/** A compiler at work for this long (ms) is worth a question: what one edit makes stale is compiled sooner, as a rule. */
const longCompileMs = 300;

/** What is not to be written. With /dev/null go would plan another build, and number it differently. */
const output = "__debug_bin_planned";

/** How often (ms) the work directory is read: what is shown changes once a second at most. */
const readMs = 200;

/**
 * Asks Go which packages it still has to compile for this launch: `go build -n` with the arguments and the CGO_CFLAGS
 * (cmd/dlv/main.go) of Delve's own build. It may not touch the network, or it would hang where the build hangs; private
 * modules are fetched past GOPROXY, unless GONOPROXY says none. Undefined where Go cannot say.
 */
async function findStale(host: Host, launch: Launch, signal: AbortSignal): Promise<Set<string> | undefined> {
  const own = host.kind === "local" ? process.env["CGO_CFLAGS"] : undefined;
  const env = {
    ...envWithoutRecords(launch.env),
    CGO_CFLAGS: launch.env["CGO_CFLAGS"] || own || "-O0 -g",
    GOPROXY: "off",
    GONOPROXY: "none",
    GOTOOLCHAIN: launch.env["GOTOOLCHAIN"] ?? "local",
  };
  const argv = ["go", ...withoutRecords(delveGoArgs(launch, output, ["-n"]))];
  try {
    const { code, stderr } = await host.run(
      { argv, cwd: buildDirectory(launch), env },
      { ...limits, signal },
    );
    return code === 0 ? compileDirectories(stderr) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The directories, below Go's work directory, of the packages that `go build -n` would compile. Go numbers them before it
 * looks into its cache, so the real build of the same arguments uses the same (cmd/go/internal/work, NewObjdir).
 */
export function compileDirectories(text: string): Set<string> {
  const lines = text.matchAll(/[/\\]compile(?:\.exe)?"? .*?-o "?\$WORK[/\\](b\d+)[/\\]_pkg_\.a/g);
  return new Set(Array.from(lines, ([, directory = ""]) => directory));
}

/**
 * The directories in which a running build has finished a package: those below `work` with an archive that no compiler
 * still writes. `known` are not looked at again.
 */
function finished(work: string, writing: ReadonlySet<string>, known: ReadonlySet<string>): string[] {
  try {
    return readdirSync(work).filter((name) => {
      const archive = join(work, name, "_pkg_.a");
      return !known.has(name) && !writing.has(archive) && hasSize(archive);
    });
  } catch {
    return [];
  }
}

function compilerOutput({ name, argv }: ProcessSample): string[] {
  const output = argv[argv.indexOf("-o") + 1];
  return name === "compile" && argv.includes("-o") && output !== undefined ? [output] : [];
}

function hasSize(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Counts the packages of one build: done of total. */
export interface Counter {
  /** Asks Go for the total, once; called when the build is late whatever it does. */
  start(): void;
  /** Asks as well as soon as a build compiles more than an edit makes stale. A warm launch costs nothing. */
  sampled(sample: Sample): void;
  /** The build is over: Go is not asked on. */
  stop(): void;
}

/**
 * Makes a counter that tells of each change. What was finished before Go was asked is in the work directory and no longer
 * stale to Go, so the total is all that is in either.
 */
export function countPackages(
  host: Host,
  launch: () => Launch,
  tell: (done: number, total: number) => void,
): Counter {
  const enough = new AbortController();
  const compiled = new Set<string>();
  const done = new Set<string>();
  let firstCompile: number | undefined;
  let asked = false;
  let stale: ReadonlySet<string> | undefined;
  let work: string | undefined;
  let read = Number.NEGATIVE_INFINITY;
  const update = () => {
    if (stale === undefined || stale.size + done.size === 0) return;
    tell(done.size, new Set([...stale, ...done]).size);
  };
  const start = () => {
    if (asked || launch().timeline.current !== "build") return;
    asked = true;
    void findStale(host, launch(), enough.signal).then((found) => {
      stale = found;
      update();
    });
  };
  return {
    start,
    sampled(sample) {
      const now = performance.now();
      const packages = sample.processes.flatMap((process) => compiledPackage(process) ?? []);
      for (const one of packages) compiled.add(one);
      if (packages.length > 0) firstCompile ??= now;
      if (compiled.size > 1 || (packages.length > 0 && now - (firstCompile ?? now) > longCompileMs)) start();
      const writing = new Set(sample.processes.flatMap(compilerOutput));
      for (const one of writing) work ??= dirname(dirname(one));
      if (work === undefined || !asked || now - read < readMs) return;
      read = now;
      const more = finished(work, writing, done);
      for (const name of more) done.add(name);
      if (more.length > 0) update();
    },
    stop: () => enough.abort(),
  };
}
