import { askingGit } from "../core/asking.ts";
import { probe } from "../core/probe.ts";

/** A program below git: where it lies, and what it sleeps in. Its arguments may be secret and are not looked at. */
export interface GitHelper {
  readonly pid: number;
  readonly path: string;
  readonly wchan: string;
  /** What its standard input is: a terminal, /dev/null, a pipe. */
  readonly input: string;
}

/** Looks at the programs that git waits for. Of a script the path is the first argument of its shell. */
export const gitHelpers = probe<readonly GitHelper[]>({
  id: "git-helpers",
  args: ({ timeline }) =>
    (askingGit(timeline.last?.processes ?? [])?.helpers ?? []).map(({ pid }) => String(pid)),
  sh: `for pid in "$@"; do
  path=$(readlink "/proc/$pid/exe")
  script=$(tr '\\000\\n' '\\n ' <"/proc/$pid/cmdline" | sed -n 2p)
  case $script in /*) [ -f "$script" ] && path=$script ;; esac
  wchan=
  read -r wchan <"/proc/$pid/wchan"
  printf 'helper %s %s\\ninput %s\\npath %s\\n' "$pid" "\${wchan:-0}" "$(readlink "/proc/$pid/fd/0")" "$path"
done 2>/dev/null
exit 0
`,
  read: ({ stdout }) =>
    Array.from(
      stdout.matchAll(/^helper (\d+) (\S+)\ninput (.*)\npath (.*)$/gm),
      ([, pid, wchan = "", input = "", path = ""]) => ({
        pid: Number(pid),
        wchan: wchan === "0" ? "" : wchan,
        input,
        path,
      }),
    ),
});
