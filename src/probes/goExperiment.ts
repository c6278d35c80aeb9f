import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";

/** GOEXPERIMENT as go sees it where it builds, such as "nodwarf5"; "" where it is unset, or there is no go. */
export const goExperiment = probe({
  id: "go-experiment",
  args: (launch) => [buildDirectory(launch)],
  sh: 'cd "$1" 2>/dev/null; PATH=$LAUNCH_PATH; export PATH; GOTOOLCHAIN=local go env GOEXPERIMENT',
  read({ code, stdout, stderr }): string {
    if (code === 127) return "";
    if (code !== 0) throw new Error(stderr.trim() || "go env GOEXPERIMENT failed");
    return stdout.trim();
  },
});
