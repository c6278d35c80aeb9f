import { cause } from "../../core/cause.ts";
import { delveFor, goMinor, isOlderDelve } from "../../core/delveReleases.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { dlvPlace } from "../../probes/dlvPlace.ts";
import { dlvVersion } from "../../probes/dlvVersion.ts";
import { goVersion } from "../../probes/goVersion.ts";
import { muslLoader } from "../../probes/muslLoader.ts";
import { traces } from "../failure.ts";
import { installDelve } from "./delveInstall.ts";
import { inOrder } from "./golangStart.ts";

const id = "musl-loader-bug";

/** The release with go-delve/delve PR 3621. */
const fixedIn = "1.22.1";

/** Old Delve takes a program that musl loads for two programs. */
export const muslLoaderBug = cause({
  id,
  title: say`This Delve does not understand musl's loader, and misses breakpoints`,
  about: {
    what: "The list of loaded libraries that the dynamic loader keeps begins with the program itself. glibc leaves its name empty, musl (Alpine) writes it, and Delve before 1.22.1 then has the program twice: breakpoints that it has verified are passed, and stepping goes astray. It takes a program with cgo: without it a Go program is static and has no loader. A newer Delve, or `CGO_ENABLED=0`, is the remedy.",
    notThis:
      "A breakpoint on a line that the program never reaches is verified and passed as well; so this is possible at most. Small programs can stop where they should all the same.",
    sources: ["go-delve/delve#3617", "https://github.com/go-delve/delve/pull/3621"],
    seen: "recorded",
  },
  needs: { dlv: dlvVersion, loader: muslLoader, go: goVersion, place: dlvPlace },
  when: (launch) => traces(launch) && passesBreakpoints(launch),
  find({ dlv, loader, go, place }, launch) {
    if (loader === undefined || !isOlderDelve(dlv, fixedIn)) return undefined;
    const release = delveFor(goMinor(go ?? "") ?? 22) ?? "latest";
    const passed = launch.timeline.breakpoints.filter(({ verified }) => verified);
    const install = installDelve(id, say`Install Delve ${release}`, release, place);
    return {
      certainty: "possible",
      because: say`The program runs with musl's loader, with which Delve ${dlv} passes breakpoints; ${fixedIn} was the first that does not.`,
      evidence: [
        say`the program's loader: ${loader}`,
        `dlv version: ${dlv} (${place?.path ?? launch.dlv})`,
        say`verified and not reached: ${passed.map(({ at }) => at).join(", ")}`,
      ],
      fixes: inOrder(builds(launch) ? [install, withoutCgo()] : [install]),
    };
  },
});

/** The program runs, or ran to its end, and stopped at none of the breakpoints that dlv has verified. */
function passesBreakpoints({ timeline }: Launch): boolean {
  const ran = timeline.current === "run" || timeline.outcome === "exited";
  return ran && timeline.breakpoints.some(({ verified }) => verified);
}

function withoutCgo(): Omit<Fix, "preferred"> {
  return {
    id: `${id}/no-cgo`,
    title: say`Build without cgo, so that the program has no loader (CGO_ENABLED=0)`,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: [{ at: ["env", "CGO_ENABLED"], value: "0" }] },
  };
}
