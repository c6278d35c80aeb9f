import { buildDirectory } from "../core/goBuild.ts";
import { textOf } from "../core/launch.ts";
import { probe } from "../core/probe.ts";

/**
 * The Go of the program, such as "go1.26.8": in exec mode the one that built it; else the one that builds it, which is
 * what the toolchain line of its go.mod picks and not what `go version` says elsewhere. GOPROXY=off keeps the question
 * from downloading a toolchain. Undefined for a program that no go here can read.
 */
export const goVersion = probe({
  id: "go-version",
  // A launch that waits for a toolchain holds the lock that this go then waits for as well.
  limitMs: 4000,
  args: (launch) => [
    buildDirectory(launch),
    launch.mode === "exec" ? (textOf(launch, "program") ?? "/dev/null") : "",
  ],
  sh: `
GOPROXY=off PATH=$LAUNCH_PATH
export GOPROXY PATH
cd "$1" || exit 78
if [ -n "$2" ]; then GOTOOLCHAIN=local go version "$2" || true; else go env GOVERSION; fi
`,
  read({ code, stdout, stderr }, launch): string | undefined {
    if (launch.mode === "exec") return /: (\S*go\d\S*)/.exec(stdout)?.[1];
    const version = stdout.trim();
    if (code !== 0 || version === "") throw new Error(stderr.trim() || "go env GOVERSION said nothing");
    return version;
  },
});
