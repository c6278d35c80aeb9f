import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** Directories of the module cache that dlv's user may not write, because they belong to another user. */
export interface ForeignModules {
  readonly uid: number;
  readonly gid: number;
  /** GOMODCACHE; "" where there is no go to name it. */
  readonly cache: string;
  /** At most five. */
  readonly places: readonly { readonly path: string; readonly owner: number }[];
}

/** Looks five levels deep: a download lies in cache/download/HOST/MODULE. Files do not count, go writes none of them again. */
export const foreignModules = probe({
  id: "foreign-modules",
  args: (launch) => [buildDirectory(launch)],
  sh: `
echo "ids $(id -u) $(id -g)"
cd "$1" 2>/dev/null
cache=$(PATH=$LAUNCH_PATH; export PATH; GOTOOLCHAIN=local go env GOMODCACHE 2>/dev/null)
echo "cache $cache"
[ -d "$cache" ] || exit 0
find "$cache" -maxdepth 5 -type d ! -user "$(id -u)" 2>/dev/null | head -n 500 | while read -r path; do
  [ -w "$path" ] || ls -ldn "$path" | awk -v path="$path" '{ print "place " $3 " " path }'
done | head -n 5
exit 0
`,
  read({ stdout }): ForeignModules {
    const [, uid, gid] = /^ids (\d+) (\d+)$/m.exec(stdout) ?? [];
    if (uid === undefined) throw new Error(say`id(1) does not say who runs dlv`);
    return {
      uid: Number(uid),
      gid: Number(gid),
      cache: /^cache (.+)$/m.exec(stdout)?.[1] ?? "",
      places: Array.from(stdout.matchAll(/^place (\d+) (.+)$/gm), ([, owner, path = ""]) => ({
        path,
        owner: Number(owner),
      })),
    };
  },
});
