import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../../scripts/setup/run.ts";

/** A module of the Go module proxy: the directory of its main package, and one with tests, relative to its root. */
export interface RealModule {
  readonly at: string;
  readonly main: string;
  readonly test: string;
}

/** Well-known programs, from one file to some hundred packages. */
export const realModules: readonly RealModule[] = [
  { at: "github.com/rakyll/hey@v0.1.4", main: ".", test: "requester" },
  { at: "mvdan.cc/gofumpt@v0.8.0", main: ".", test: "format" },
  { at: "golang.org/x/tools@v0.38.0", main: "cmd/stringer", test: "cmd/stringer" },
  { at: "github.com/junegunn/fzf@v0.62.0", main: ".", test: "src/algo" },
  { at: "github.com/mikefarah/yq/v4@v4.45.4", main: ".", test: "pkg/yqlib" },
  { at: "honnef.co/go/tools@v0.6.1", main: "cmd/staticcheck", test: "pattern" },
  { at: "github.com/go-delve/delve@v1.27.1", main: "cmd/dlv", test: "pkg/dwarf/leb128" },
  { at: "github.com/cli/cli/v2@v2.74.0", main: "cmd/gh", test: "pkg/search" },
];

/** Fetches a module with all that it needs, and copies it to where it can be built: into `folder`. */
export async function unpackModule(
  go: string,
  { at }: Pick<RealModule, "at">,
  folder: string,
): Promise<void> {
  const env = { GOTOOLCHAIN: "local", GOFLAGS: "", GOWORK: "off", GOENV: "off" };
  const answer = await run([go, "mod", "download", "-json", at], { env, cwd: dirname(folder) });
  const { Dir } = JSON.parse(answer) as { Dir: string };
  cpSync(Dir, folder, { recursive: true });
  writable(folder);
  await run([go, "mod", "download"], { env, cwd: folder });
}

/** What lies in the module cache is read-only. */
function writable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) writable(path);
    else if (entry.isFile()) chmodSync(path, 0o644);
  }
}

/** The line of `func main()` (or of a package's first test) in the files that this go would build: where a launch stops. */
export function firstLine(
  go: string,
  dir: string,
  env: Readonly<Record<string, string>>,
  test = false,
): { readonly file: string; readonly line: number } {
  const fields = test
    ? "{{range .TestGoFiles}}{{.}} {{end}}{{range .XTestGoFiles}}{{.}} {{end}}"
    : "{{range .GoFiles}}{{.}} {{end}}";
  const listed = execFileSync(go, ["list", "-f", fields, "."], {
    cwd: dir,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  const wanted = test ? /^func Test\w+\(/ : /^func main\(/;
  for (const name of listed.trim().split(" ")) {
    const file = join(dir, name);
    const line =
      readFileSync(file, "utf8")
        .split("\n")
        .findIndex((text) => wanted.test(text)) + 1;
    if (line > 0) return { file, line };
  }
  throw new Error(`${dir} has no ${test ? "test" : "main"} in ${listed.trim()}`);
}
