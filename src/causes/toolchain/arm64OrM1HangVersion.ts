import { cause } from "../../core/cause.ts";
import { delveFor, goMinor, isOlderDelve } from "../../core/delveReleases.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { dlvPlace } from "../../probes/dlvPlace.ts";
import { dlvVersion } from "../../probes/dlvVersion.ts";
import { goVersion } from "../../probes/goVersion.ts";
import { platform } from "../../probes/platform.ts";
import { traces } from "../failure.ts";
import { installDelve } from "./delveInstall.ts";
import { inOrder } from "./golangStart.ts";

const id = "arm64-or-m1-hang-version";

/** The first Delve of which no such report is known. */
const fixedIn = "1.22.0";

/** How long (ms) the load must have been silent: reading a big program's debug information takes a while as well. */
const silentMs = 5000;

/** A last resort: a pair of versions of which people report that it hangs. */
export const arm64OrM1HangVersion = cause({
  id,
  title: say`This Delve is reported to hang on arm64 with a Go of its time`,
  about: {
    what: "With Delve 1.21 and Go 1.21 people report, on Linux and on macOS with an arm64 processor, that dlv starts the program and then answers nothing any more: `launching process with args` is the last line of its log. The reports were never narrowed down, and there are none with later releases of both. Take the newest Delve for the program's Go.",
    notThis:
      "This is the last thing to think of: a debugger that something else holds up (ptrace that is refused, an emulator, a signal, a slow disk) is silent as well, and is named by what shows it.",
    sources: ["go-delve/delve#3598", "go-delve/delve#3472"],
    seen: "recorded",
  },
  needs: { dlv: dlvVersion, go: goVersion, on: platform, place: dlvPlace },
  when: (launch) =>
    traces(launch) && launch.timeline.current === "load" && launch.timeline.idleMs >= silentMs,
  find({ dlv, go, on, place }, launch) {
    const minor = goMinor(go ?? "");
    if (!/^(?:arm64|aarch64)$/.test(on.machine) || !isOlderDelve(dlv, fixedIn)) return undefined;
    if (minor === undefined || minor < 19) return undefined;
    const release = delveFor(minor) ?? "latest";
    return {
      certainty: "possible",
      because: say`Delve ${dlv} on ${on.system} ${on.machine} says nothing after it has started the program, which is reported of it with Go 1.21.`,
      evidence: [
        `uname: ${on.system} ${on.machine}`,
        say`dlv version: ${dlv}; the program's Go: ${go ?? ""}`,
        say`nothing moved for ${(launch.timeline.idleMs / 1000).toFixed(1)} s in the load`,
      ],
      explains: { phase: "load", ms: spent(launch.timeline, "load") },
      fixes: inOrder([installDelve(id, say`Install Delve ${release}`, release, place)]),
    };
  },
});
