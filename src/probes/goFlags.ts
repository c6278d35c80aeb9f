import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";

/** GOFLAGS as go sees it where it builds: the environment's, else what `go env -w` stored. "" where there is no go. */
export const goFlags = probe({
  id: "go-flags",
  args: (launch) => [buildDirectory(launch)],
  sh: 'cd "$1" 2>/dev/null; PATH=$LAUNCH_PATH; export PATH; GOTOOLCHAIN=local go env GOFLAGS',
  read({ code, stdout, stderr }): string {
    if (code === 127) return "";
    if (code !== 0) throw new Error(stderr.trim() || "go env GOFLAGS failed");
    return stdout.trim();
  },
});
