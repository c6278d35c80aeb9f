import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** What `git status` has to do in the repository that the build stamps. */
export interface GitStatus {
  readonly root: string;
  /** The program or "true" of core.fsmonitor; empty where git compares every file itself. */
  readonly fsmonitor: string;
  /** Files in git's index. */
  readonly files: number;
  readonly untrackedCache: boolean;
}

/** Asks git for its settings and counts the index: no hook is started, and no file of the working tree is looked at. */
export const gitStatus = probe<GitStatus | undefined>({
  id: "git-status",
  args: (launch) => [buildDirectory(launch)],
  sh: `cd "\${1:-.}" || exit 78
PATH=$LAUNCH_PATH:$PATH
export GIT_OPTIONAL_LOCKS=0
root=$(git rev-parse --show-toplevel 2>/dev/null) || exit 0
printf 'root %s\\nfsmonitor %s\\n' "$root" "$(git config --get core.fsmonitor)"
printf 'untracked %s\\n' "$(git config --get core.untrackedCache)"
printf 'files %s\\n' "$(git -C "$root" -c core.fsmonitor= ls-files | wc -l)"
exit 0
`,
  read({ code, stdout }) {
    if (code === 78) throw new Error(say`the directory that dlv builds in does not exist`);
    const after = (key: string) => new RegExp(`^${key} (.*)$`, "m").exec(stdout)?.[1] ?? "";
    const root = after("root");
    const fsmonitor = after("fsmonitor");
    if (root === "") return undefined;
    return {
      root,
      fsmonitor: fsmonitor === "false" ? "" : fsmonitor,
      files: Number(after("files")),
      untrackedCache: after("untracked") === "true",
    };
  },
});
