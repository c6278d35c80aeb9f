import { buildDirectory } from "../core/goBuild.ts";
import { textOf } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/**
 * The Go of the program, such as "go1.26.8": in exec mode the one that built it; else the one that builds it, which is
 * what the toolchain line of its go.mod picks and not what `go version` says elsewhere. GOPROXY=off keeps the question
 * from downloading a toolchain. Undefined for a program that no go here can read. A launch that waits for a toolchain holds the
 * lock that this go then waits for as well, as the kernel shows (proc_pid_wchan(5)): that would take longer than all else.
 */
export const goVersion = probe({
  id: "go-version",
  limitMs: 4000,
  args: (launch) => [
    buildDirectory(launch),
    launch.mode === "exec" ? (textOf(launch, "program") ?? "/dev/null") : "",
  ],
  sh: `
export GOPROXY=off
cd "$1" || exit 78
if [ -n "$2" ]; then
  PATH=$LAUNCH_PATH
  GOTOOLCHAIN=local go version "$2"
  exit 0
fi
(PATH=$LAUNCH_PATH; exec go env GOVERSION) &
p=$!
locked=0
while kill -0 $p 2>/dev/null; do
  if cat /proc/$p/task/*/wchan 2>/dev/null | grep -q lock_inode_wait; then locked=$((locked+1)); else locked=0; fi
  if [ $locked -gt 4 ]; then
    kill $p
    echo "another go holds a lock that go waits for" >&2
    exit 75
  fi
  sleep 0.05 2>/dev/null || sleep 1
done
wait $p
`,
  read({ code, stdout, stderr }, launch): string | undefined {
    if (launch.mode === "exec") return /: (\S*go\d\S*)/.exec(stdout)?.[1];
    const version = stdout.trim();
    if (code !== 0 || version === "") throw new Error(stderr.trim() || say`go env GOVERSION said nothing`);
    return version;
  },
});
