import { probe } from "../core/probe.ts";
import { goPids } from "../core/waiting.ts";

/** What a go process is downloading: a module with its version, or a toolchain such as "go1.26.0". */
export interface Download {
  readonly pid: number;
  readonly path: string;
  readonly module?: string;
  readonly toolchain?: string;
}

/**
 * The downloads that the build's own go processes have begun and not ended. For each one go holds the lock file
 * GOMODCACHE/cache/download/MODULE/@v/VERSION.lock open (cmd/go/internal/modfetch), so its open files name what it
 * waits for; asking go itself would wait for the same lock.
 */
export const downloads = probe<readonly Download[]>({
  id: "downloads",
  args: ({ timeline }) => goPids(timeline).map(String),
  sh: `for pid in "$@"; do
  for fd in /proc/$pid/fd/*; do
    to=$(readlink "$fd" 2>/dev/null)
    case $to in */cache/download/*.lock) printf '%s %s\\n' "$pid" "$to" ;; esac
  done
done
exit 0
`,
  read: ({ stdout }) => stdout.split("\n").flatMap(downloadOf),
});

function downloadOf(line: string): Download[] {
  const [, pid, path, escaped, version] =
    /^(\d+) (.*\/cache\/download\/(.+)\/@v\/(\S+)\.lock)$/.exec(line) ?? [];
  if (pid === undefined || path === undefined || escaped === undefined || version === undefined) return [];
  const toolchain = /^v0\.0\.1-(go.+)\.[a-z0-9]+-[a-z0-9]+$/.exec(version)?.[1];
  const named =
    escaped === "golang.org/toolchain" && toolchain !== undefined
      ? { toolchain }
      : { module: `${original(escaped)}@${original(version)}` };
  return [{ pid: Number(pid), path, ...named }];
}

/** The cache writes capital letters as "!" and the small letter (go.dev/ref/mod#goproxy-protocol). */
function original(path: string): string {
  return path.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
