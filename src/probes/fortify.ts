import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { whyNot } from "./goProxy.ts";

/** What the C compiler makes of Delve's -O0 with warnings as errors: a toolchain that adds _FORTIFY_SOURCE refuses it. */
export interface Fortify {
  /** The program's name in CC. */
  readonly cc: string;
  /** CGO_CFLAGS is set, and Delve leaves it alone. */
  readonly flagsSet: boolean;
  /** The compiler's complaint with Delve's "-O0 -g"; empty where it has none. */
  readonly complaint: string;
  /** True where the same file is accepted with -U_FORTIFY_SOURCE, or with -O1, behind the same flags. */
  readonly undefining: boolean;
  readonly optimised: boolean;
}

/** Lets the compiler read one header, as Delve's flags make it; it writes nothing (-E to /dev/null). */
export const fortify = probe<Fortify>({
  id: "fortify",
  args: (launch) => [buildDirectory(launch)],
  sh: `cd "\${1:-.}" || exit 78
PATH=$LAUNCH_PATH:$PATH GOTOOLCHAIN=local
export PATH GOTOOLCHAIN
cc=$(go env CC) || exit 70
printf 'cc %s\\n' "\${cc%% *}"
[ -n "\${CGO_CFLAGS:-}" ] && echo flags-set
flags=\${CGO_CFLAGS:--O0 -g}
try() { echo '#include <stdio.h>' | $cc -E -x c -Wall -Werror "$@" - 2>&1 >/dev/null; }
complaint=$(try $flags) || printf 'complaint %s\\n' "$(printf '%s\\n' "$complaint" | grep -m 1 _FORTIFY_SOURCE)"
try $flags -U_FORTIFY_SOURCE >/dev/null && echo undefining
try $flags -O1 >/dev/null && echo optimised
exit 0
`,
  read({ code, stdout, stderr }) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    const lines = stdout.split("\n");
    return {
      cc: /^cc (.*)$/m.exec(stdout)?.[1] ?? "",
      flagsSet: lines.includes("flags-set"),
      complaint: /^complaint (.*)$/m.exec(stdout)?.[1] ?? "",
      undefining: lines.includes("undefining"),
      optimised: lines.includes("optimised"),
    };
  },
});
