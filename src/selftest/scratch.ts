import type { Host } from "../core/host.ts";
import { say } from "../core/say.ts";
import { quote } from "../core/shell.ts";
import { files } from "./program.ts";

/** How long (ms) making and removing the folder may take; removing waits up to two seconds for what is on its way out. */
const limits = { ms: 20_000, bytes: 64 * 1024 };

/** The name of such a folder before its random end. */
const prefix = "delve-doctor-selftest.";
const made = /^folder (\/(?:.*\/)?delve-doctor-selftest\.\w+)$/m;

/** A folder with the module in it, on the host. */
export interface Scratch {
  /** Absolute, its links followed: so Delve names the files in it. */
  readonly folder: string;
  /** Removes it, and ends what runs in it. Gives what was there that should not have been, one line each. */
  remove(): Promise<readonly string[]>;
}

/**
 * Makes the folder where that user's temporary files lie. One that a doctor left an hour ago or longer, because it was killed
 * itself, goes at the same time. Rejects with one line where the host has no `sh` or gives no folder.
 */
export async function makeScratch(host: Host, signal: AbortSignal): Promise<Scratch> {
  const writes = Object.entries(files).map(
    ([name, text]) => `printf '%s' ${quote(text)} >${quote(name)} || dd_no 73`,
  );
  const script = `dd_tmp=\${TMPDIR:-/tmp}
find "$dd_tmp" -maxdepth 1 -type d -name '${prefix}*' -user "$(id -u)" -mmin +60 -exec rm -rf {} + 2>/dev/null
dd_dir=$(mktemp -d "$dd_tmp/${prefix}XXXXXX") || exit 71
dd_no() { rm -rf "$dd_dir"; exit "$1"; }
trap 'dd_no 75' HUP INT TERM
cd "$dd_dir" || dd_no 72
${writes.join("\n")}
printf 'folder %s\\n' "$(pwd -P)"
`;
  const { stdout, stderr, timedOut } = await runSh(host, script, signal);
  // It is removed in the end: no other line of that beginning may name it.
  const folder = made.exec(stdout)?.[1];
  if (folder === undefined) {
    const why = stderr.trim().split("\n").at(-1);
    throw new Error(
      timedOut || why === undefined || why === ""
        ? say`${host.name} gives no temporary folder`
        : say`${host.name} gives no temporary folder: ${why}`,
    );
  }
  return { folder, remove: () => remove(host, folder) };
}

async function runSh(host: Host, stdin: string, signal?: AbortSignal) {
  try {
    return await host.run({ argv: ["sh"], stdin }, { ...limits, ...(signal && { signal }) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Error(say`the self-test needs sh, and ${host.name} has none`);
  }
}

/**
 * What runs in the folder is known by its program or its working directory in /proc, elsewhere by its command line. It is
 * ended by its pid: nobody else knows this folder.
 */
async function remove(host: Host, folder: string): Promise<readonly string[]> {
  const script = `dd_dir=${quote(folder)}
dd_pids() {
  if [ -d /proc/self ]; then
    ls -ld /proc/[0-9]*/exe /proc/[0-9]*/cwd 2>/dev/null | grep -F -- "-> $dd_dir" | sed 's#.* /proc/\\([0-9]*\\)/.*#\\1#' | sort -u
  else ps -A -o pid= -o command= | grep -F "$dd_dir/" | grep -v grep | sed 's/^ *\\([0-9]*\\) .*/\\1/'
  fi
}
dd_left=20
while [ -n "$(dd_pids)" ] && [ $dd_left -gt 0 ]; do sleep 0.1 2>/dev/null || { sleep 1; dd_left=2; }; dd_left=$((dd_left-1)); done
for dd_p in $(dd_pids); do printf 'left process %s\\n' "$dd_p"; kill -KILL "$dd_p"; done
for dd_f in "$dd_dir"/__debug_bin*; do [ -e "$dd_f" ] && printf 'left file %s\\n' "\${dd_f##*/}"; done
rm -rf "$dd_dir"
[ -e "$dd_dir" ] && printf 'left folder %s\\n' "$dd_dir"
echo over
`;
  const { stdout, stderr } = await runSh(host, script);
  if (!/^over$/m.test(stdout))
    throw new Error(stderr.trim().split("\n").at(-1) || say`${folder} was not removed`);
  return Array.from(stdout.matchAll(/^left (.+)$/gm), ([, line = ""]) => line);
}
