import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { codeOf } from "../config/text.ts";
import type { Host } from "../core/host.ts";
import type { Standing } from "../core/world.ts";

/**
 * True for a path that Windows takes to another machine, and tells that one who asks. A workspace that nobody trusts may
 * name it, so it is not looked at.
 */
export function leadsAway(path: string): boolean {
  return /^[\\/]{2}/.test(path);
}

/** What stands at a path of this machine; undefined where that cannot be seen. */
export async function standingHere(path: string): Promise<Standing | undefined> {
  if (leadsAway(path)) return undefined;
  try {
    const found = await stat(path);
    if (found.isDirectory()) return "directory";
    return await access(path, constants.X_OK).then(
      () => "program",
      () => "file",
    );
  } catch (error) {
    const code = codeOf(error);
    return code === "ENOENT" || code === "ENOTDIR" ? "nothing" : undefined;
  }
}

/** Whether a directory of this machine holds a Go file; undefined where it cannot be read. */
export async function holdsGoHere(directory: string): Promise<boolean | undefined> {
  if (leadsAway(directory)) return undefined;
  const names = await readdir(directory).catch(() => undefined);
  return names?.some((name) => name.endsWith(".go"));
}

/** The whole round trip to another host, in ms and bytes. */
const limits = { ms: 20_000, bytes: 1024 * 1024 };

/**
 * Answers pairs of a question and a path, a line each: what stands at the path, whether it holds a Go file, or the release
 * that the dlv there was built from. A path below a directory that this user may not enter is not known.
 */
const script = `while [ $# -gt 1 ]; do
  dd_said=
  if [ "$1" = dlv ]; then
    dd_file=$(command -v "$2") && dd_said=$(LC_ALL=C grep -a -o 'mod	github.com/go-delve/delve	v[0-9][0-9.]*	' "$dd_file" 2>/dev/null | head -n 1)
  elif [ "$1" = go ]; then
    if [ -r "$2" ] && [ -x "$2" ]; then
      dd_said=no
      for dd_file in "$2"/*.go "$2"/.*.go; do [ -e "$dd_file" ] && dd_said=yes; done
    fi
  elif [ -d "$2" ]; then dd_said=directory
  elif [ -f "$2" ] && [ -x "$2" ]; then dd_said=program
  elif [ -e "$2" ] || [ -L "$2" ]; then dd_said=file
  else
    dd_up=\${2%/*}
    while [ -n "$dd_up" ] && [ ! -e "$dd_up" ]; do dd_up=\${dd_up%/*}; done
    if [ ! -d "\${dd_up:-/}" ] || [ -x "\${dd_up:-/}" ]; then dd_said=nothing; fi
  fi
  printf '%s\\n' "$dd_said"
  shift 2
done
`;

/** A question about another host: `look` at a path, whether a directory holds `go`, or the version of a `dlv`, by path or name. */
export function question(kind: "look" | "go" | "dlv", path: string): string {
  return `${kind} ${path}`;
}

/** Asks another host everything in one round trip. Nothing is known of one that does not answer. */
export function askHost(host: Pick<Host, "run">) {
  return async (questions: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    // A line break in a path would shift all answers behind it.
    const asked = questions.filter((one) => !/[\n\0]/.test(one));
    const words = asked.flatMap((one) => [one.slice(0, one.indexOf(" ")), one.slice(one.indexOf(" ") + 1)]);
    try {
      const { code, stdout } = await host.run({ argv: ["sh", "-c", script, "sh", ...words] }, limits);
      const lines = stdout.split("\n");
      if (code !== 0 || lines.length !== asked.length + 1) return new Map();
      return new Map(asked.flatMap((one, index) => answerOf(one, lines[index] ?? "")));
    } catch {
      return new Map();
    }
  };
}

function answerOf(asked: string, line: string): [string, string][] {
  const said = asked.startsWith("dlv ") ? /\tv(\d+\.\d+\.\d+)\t/.exec(line)?.[1] : line;
  return said === undefined || said === "" ? [] : [[asked, said]];
}
