import { cause } from "../../core/cause.ts";
import { delveFor, goMinor, isOlderDelve } from "../../core/delveReleases.ts";
import type { GoroutineList } from "../../core/goroutineList.ts";
import { say } from "../../core/say.ts";
import { seconds } from "../../core/waiting.ts";
import { dlvPlace } from "../../probes/dlvPlace.ts";
import { dlvVersion } from "../../probes/dlvVersion.ts";
import { goVersion } from "../../probes/goVersion.ts";
import { installDelve } from "../toolchain/delveInstall.ts";
import { inOrder } from "../toolchain/golangStart.ts";

const id = "goroutine-flood";

/** The first release that lists 1024 goroutines at most (maxGoroutines of service/dap/server.go). */
const cappedFrom = "1.7.1";

/** How long (ms) the list may take: of 3000 goroutines, which many a healthy program has, it took 0.3 s here. */
const patienceMs = 1000;

/** Fewer goroutines than this are not what a list takes a second for, with 0.1 ms for each. */
const floodCount = 5000;

/** At every stop an editor asks for the goroutines, and an old Delve reads every one of them. */
export const goroutineFlood = cause({
  id,
  title: say`This Delve lists every goroutine at each stop, and there are very many`,
  about: {
    what: "When a program stops, the editor asks dlv for its goroutines (`threads`) before it shows anything. `dlv dap` before Delve 1.7.1 reads all of them, about 0.1 ms of CPU for each, and answers nothing else meanwhile: with Delve 1.6.0 the list of 20,000 goroutines took 2.7 s here and that of 100,000 took 15 s, at every stop anew. The editor looks frozen though the breakpoint was hit. From 1.7.1 on dlv lists the first 1024 and says `Too many goroutines, only loaded 1024`: with Delve 1.27.1 that took at most 0.4 s, of 1,000,000 goroutines too, and a step 0.03 s. `hideSystemGoroutines` and `goroutineFilters` make no list faster: they are applied to what was read.",
    notThis:
      "`Too many goroutines, only loaded 1024` in the console is no fault, only the end of the list. A newer dlv is quick however many goroutines there are, unless it is asked for one that does not exist: then it looks through all of them. A program that needs long to start its goroutines has not stopped yet. Only the first stop of a launch is timed. Values that take long to load (very large strings or maps) come after the list.",
    sources: [
      "golang/vscode-go#129",
      "golang/vscode-go#130",
      "golang/vscode-go#940",
      "microsoft/vscode-go#2562",
      "https://github.com/go-delve/delve/blob/v1.6.0/service/dap/server.go",
      "https://github.com/go-delve/delve/blob/v1.7.1/service/dap/server.go",
    ],
    seen: "real",
  },
  needs: { dlv: dlvVersion, go: goVersion, place: dlvPlace },
  when: ({ timeline }) => isSlow(timeline.goroutines),
  find({ dlv, go, place }, { timeline }) {
    const { goroutines, link } = timeline;
    if (goroutines === undefined || !isOlderDelve(dlv, cappedFrom)) return undefined;
    const { ms, count } = goroutines;
    const release = delveFor(goMinor(go ?? "") ?? 17) ?? "latest";
    const took = seconds(ms);
    return {
      // A list that is still to come may be held up by something else, and on its way from another machine as well.
      certainty: count === undefined ? "possible" : link === undefined ? "proven" : "likely",
      because:
        count === undefined
          ? say`The program has stopped, and Delve ${dlv}, which lists every goroutine, has not answered for ${took}.`
          : say`Delve ${dlv} lists every goroutine at each stop: for ${count} it took ${took}.`,
      evidence: [
        count === undefined
          ? say`threads: no response for ${took} at the first stop`
          : say`threads: answered after ${took} at the first stop, with ${count} goroutines`,
        say`dlv version: ${dlv} (${place?.path ?? "dlv"}); ${cappedFrom} is the first that lists 1024 at most`,
      ],
      fixes: inOrder([
        installDelve(id, say`Install Delve ${release}`, release, place),
        {
          id: `${id}/fewer`,
          title: say`Debug with fewer goroutines`,
          needsRoot: false,
          scope: "launch",
          action: {
            kind: "advice",
            text: say`Give the program fewer workers or connections while it is debugged, or set the breakpoint where the goroutines have not been started yet.`,
          },
        },
      ]),
    };
  },
});

function isSlow(list: GoroutineList | undefined): boolean {
  return list !== undefined && list.ms >= patienceMs && (list.count ?? floodCount) >= floodCount;
}
