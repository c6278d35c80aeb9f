import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** Which variable of dlv's environment go refuses to work with. Names only: a value may be a secret. */
export interface GoWithout {
  /** go's first line about a package that needs nothing; empty where it is content. */
  readonly refusal: string;
  /** The names of go's own variables (and TMPDIR) that are set, and those without one of which go is content. */
  readonly set: readonly string[];
  readonly culprits: readonly string[];
}

/**
 * Lets go look at the package unsafe, which takes its settings, its cache and its work directory and nothing else, as dlv's
 * environment is and then without one variable after the other.
 */
export const goWithout = probe<GoWithout>({
  id: "go-without",
  limitMs: 15_000,
  args: (launch) => [buildDirectory(launch)],
  sh: `cd "\${1:-.}" || exit 78
names=$(env | sed -nE 's/^(GO[A-Z0-9]*|TMPDIR)=.+/\\1/p' | sort -u)
export GOPROXY=off
PATH=$LAUNCH_PATH
look() { go list -compiled unsafe 2>&1 >/dev/null </dev/null; }
if said=$(look); then exit 0; fi
PATH=$PATH:/usr/bin:/bin
printf 'refusal %s\\n' "$(printf '%s\\n' "$said" | grep -m 1 .)"
for name in $names; do
  printf 'set %s\\n' "$name"
  [ "$name" = GOPROXY ] && continue
  (unset "$name"; look >/dev/null) && printf 'culprit %s\\n' "$name"
done
exit 0
`,
  read({ code, stdout, stderr }) {
    if (code !== 0) throw new Error(stderr.trim() || say`the directory that dlv builds in does not exist`);
    const all = (key: string) =>
      Array.from(stdout.matchAll(new RegExp(`^${key} (.+)$`, "gm")), ([, one]) => one ?? "");
    return { refusal: all("refusal")[0] ?? "", set: all("set"), culprits: all("culprit") };
  },
});
