import { randomInt } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { run, step } from "../scripts/setup/run.ts";
import type { Config } from "../src/core/config.ts";
import { debugConfig, labEnv } from "../test/lab/module.ts";
import { dlv, go } from "../test/lab/tools.ts";
import { firstLine, unpackModule } from "./causes/programs.ts";
import type { Bench } from "./sides.ts";

/** A program of the Go module proxy: the directory of its main package, and a file of another of its own packages. */
interface Source {
  readonly name: string;
  readonly at: string;
  readonly main: string;
  readonly edited: string;
}

/**
 * From a hundred packages to over a thousand, the smallest first. What is edited is what somebody who works on the program
 * edits: neither `main` alone nor a package that everything else is built on.
 */
const sources: readonly Source[] = [
  { name: "fzf", at: "github.com/junegunn/fzf@v0.62.0", main: ".", edited: "src/core.go" },
  { name: "hey", at: "github.com/rakyll/hey@v0.1.5", main: ".", edited: "requester/requester.go" },
  {
    name: "dlv",
    at: "github.com/go-delve/delve@v1.27.1",
    main: "cmd/dlv",
    edited: "service/dap/server.go",
  },
  {
    name: "gopls",
    at: "golang.org/x/tools/gopls@v0.20.0",
    main: ".",
    edited: "internal/golang/hover.go",
  },
  {
    name: "caddy",
    at: "github.com/caddyserver/caddy/v2@v2.10.0",
    main: "cmd/caddy",
    edited: "modules/caddyhttp/fileserver/staticfiles.go",
  },
  { name: "gh", at: "github.com/cli/cli/v2@v2.74.0", main: "cmd/gh", edited: "pkg/cmd/pr/list/list.go" },
  {
    name: "prometheus",
    at: "github.com/prometheus/prometheus@v0.304.0",
    main: "cmd/prometheus",
    edited: "web/api/v1/api.go",
  },
];

/** A well-known Go program in a writable copy, which dlv has built once with the user's own build cache. */
export interface BenchModule {
  readonly name: string;
  readonly version: string;
  /** How many packages are compiled into it, the standard library's included. */
  readonly packages: number;
  /** A launch of it in mode `debug`; GOCACHE is the user's own where its `env` is not given another. */
  readonly config: Config & { readonly env: Readonly<Record<string, string>> };
  /** The line of main: the end of a launch. */
  readonly atStart: { readonly path: string; readonly line: number };
  /**
   * Changes a function's body and an exported variable in one of its own packages to what no build of any run has seen, so
   * that this package and all that import it are compiled again.
   */
  edit(): void;
}

const made = new WeakMap<Bench, Map<Source, Promise<BenchModule>>>();

/** The programs, the smallest first; the two smallest when `quick`. Each is fetched and built once for a bench. */
export async function modules(bench: Bench, quick: boolean): Promise<readonly BenchModule[]> {
  const known = made.get(bench) ?? new Map<Source, Promise<BenchModule>>();
  made.set(bench, known);
  const list: BenchModule[] = [];
  for (const source of quick ? sources.slice(0, 2) : sources) {
    const one = known.get(source) ?? step(`Getting ${source.at} ready`, () => make(bench, source));
    known.set(source, one);
    list.push(await one);
  }
  return list;
}

async function make(bench: Bench, source: Source): Promise<BenchModule> {
  const { name, at, main, edited } = source;
  const tool = await go();
  const env = await labEnv({ GOWORK: "off" });
  const folder = join(bench.folder, "modules", name);
  mkdirSync(join(bench.folder, "modules"), { recursive: true });
  await unpackModule(tool, source, folder);
  const dir = join(folder, main);
  const asDlv = { cwd: dir, env: { ...env, CGO_CFLAGS: "-O0 -g" } };
  await run([tool, "build", "-gcflags=all=-N -l", "-o", devNull, "."], asDlv);
  const packages = (await run([tool, "list", "-deps", "."], asDlv)).trim().split("\n").length;
  const { file, line } = firstLine(tool, dir, env);
  const path = join(folder, edited);
  const text = readFileSync(path, "utf8");
  return {
    name,
    version: at.slice(at.indexOf("@") + 1),
    packages,
    config: { ...debugConfig(dir, env, { dlvToolPath: await dlv() }), env },
    atStart: { path: file, line },
    edit: () => writeFileSync(path, `${text}${changed(randomInt(2 ** 47))}`),
  };
}

/** Go code that is another one for every number, and that no linker leaves out. */
function changed(count: number): string {
  return `
// BenchEdit is what the bench edits.
var BenchEdit = ${count}

func benchEdit() int { return BenchEdit + ${count} }

func init() { BenchEdit = benchEdit() }
`;
}
