import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** How git takes the repository that the build stamps. */
export interface GitRepository {
  /** "none" where no repository encloses the directory, "absent" where there is no git. */
  readonly state: "accepted" | "refused" | "broken" | "none" | "absent";
  /** git's own first line where it refuses or cannot. */
  readonly said: string;
  /** The directory that git refuses, as it names it. */
  readonly root?: string;
  /** Who owns that directory, and as whom dlv runs: numbers of users. */
  readonly owner?: string;
  readonly user?: string;
}

/**
 * Asks git itself, because go hides its words behind "exit status 128". rev-parse reads no file of the working tree,
 * starts no hook and writes nothing; the ownership is checked all the same (git-config(1), safe.directory).
 */
export const gitRepository = probe<GitRepository>({
  id: "git-repository",
  args: (launch) => [buildDirectory(launch)],
  sh: `cd "\${1:-.}" || exit 78
PATH=$LAUNCH_PATH command -v git >/dev/null || { echo absent; exit 0; }
said=$(PATH=$LAUNCH_PATH LC_ALL=C LANGUAGE=C git rev-parse --git-dir 2>&1)
printf 'code %s\\nuser %s\\n' "$?" "$(id -u)"
printf '%s\\n' "$said" | sed 's/^/said /'
root=$(printf '%s\\n' "$said" | sed -n "s/.*dubious ownership in repository at '\\(.*\\)'.*/\\1/p")
[ -n "$root" ] && printf 'root %s\\nowner %s\\n' "$root" "$(stat -c %u "$root" 2>/dev/null)"
exit 0
`,
  read({ code, stdout }) {
    if (code === 78) throw new Error(say`the directory that dlv builds in does not exist`);
    if (stdout.startsWith("absent")) return { state: "absent", said: "" };
    const after = (key: string) => new RegExp(`^${key} (.+)$`, "m").exec(stdout)?.[1];
    const said = after("said") ?? "";
    const [root, owner, user] = [after("root"), after("owner"), after("user")];
    const refused = root !== undefined;
    // With a path in place of the brackets a .git is there and leads nowhere.
    const none = /not a git repository \(/.test(said);
    return {
      state: after("code") === "0" ? "accepted" : refused ? "refused" : none ? "none" : "broken",
      said,
      ...(root !== undefined && { root }),
      ...(owner !== undefined && { owner }),
      ...(user !== undefined && { user }),
    };
  },
});
