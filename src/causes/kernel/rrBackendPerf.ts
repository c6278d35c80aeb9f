import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { type Launch, textOf } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { rrBackend } from "../../probes/rrBackend.ts";
import { isUnderWay, lostLoad } from "../failure.ts";
import { backendUnavailable, rrNeedsPerf } from "../texts.ts";

const id = "rr-backend-perf";
const refused = new RegExp(`${backendUnavailable.source}|${rrNeedsPerf.source}`);

/** Recording needs rr itself, and counters of the processor that the kernel lets a user read. */
export const rrBackendPerf = cause({
  id,
  title: say`rr cannot record or replay here`,
  about: {
    what: '`"backend": "rr"` and mode `replay` hand the work to Mozilla rr. Without an rr on dlv\'s PATH Delve says only `backend unavailable`, after the whole build. rr counts the processor\'s retired branches, so the kernel must let its user read the counters: kernel.perf_event_paranoid must be 1 or less, and most distributions ship 2 or more. Delve looks at the value itself, for root too.',
    notThis:
      "`backend unavailable` on macOS is about debugserver. Many virtual machines pass no counters on: then both conditions are met, and rr itself says what it lacks.",
    sources: [
      "https://github.com/rr-debugger/rr/wiki/Building-And-Installing",
      "https://github.com/go-delve/delve/blob/v1.27.1/pkg/proc/gdbserial/rr.go",
    ],
    seen: "real",
  },
  needs: { host: rrBackend },
  when: (launch) =>
    launch.request === "launch" &&
    (launch.mode === "replay" || textOf(launch, "backend") === "rr") &&
    !isUnderWay(launch),
  find({ host: { rr, paranoid } }, launch) {
    const { timeline } = launch;
    const failure = timeline.failure?.text ?? "";
    if (timeline.failure !== undefined && !refused.test(failure)) return undefined;
    if (timeline.failure === undefined && timeline.totalMs > 0) return undefined;
    const certainty = refused.test(failure) ? ("proven" as const) : ("likely" as const);
    const lost = lostLoad(launch, refused);
    const last = failure === "" ? [] : [failure];
    if (rr === undefined)
      return {
        certainty,
        because: say`There is no rr on dlv's PATH.`,
        evidence: [say`command -v rr on dlv's PATH: nothing`, ...last],
        ...lost,
        fixes: ordered([...nativeBackend(launch), install]),
      };
    if (launch.mode === "replay" || paranoid === undefined || paranoid <= 1) return undefined;
    return {
      certainty,
      because: say`kernel.perf_event_paranoid is ${paranoid}, and rr (${rr}) needs 1 or less to read the processor's counters.`,
      evidence: [`/proc/sys/kernel/perf_event_paranoid: ${paranoid}`, ...last],
      ...lost,
      fixes: ordered([...nativeBackend(launch), allow(paranoid)]),
    };
  },
});

function ordered(fixes: readonly Omit<Fix, "preferred">[]): Fix[] {
  return fixes.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

/** A replay has no other backend. */
function nativeBackend({ mode }: Launch): Omit<Fix, "preferred">[] {
  if (mode === "replay") return [];
  return [
    {
      id: `${id}/native-backend`,
      title: say`Debug without recording (Delve's own backend)`,
      needsRoot: false,
      scope: "launch",
      action: { kind: "launch.json", edits: [{ at: ["backend"] }] },
    },
  ];
}

const install: Omit<Fix, "preferred"> = {
  id: `${id}/install-rr`,
  title: say`Install rr where dlv runs`,
  needsRoot: false,
  scope: "machine",
  action: {
    kind: "advice",
    text: say`Install rr on the machine where dlv runs (the package is called rr in Debian, Ubuntu, Fedora and Arch), and make sure that the PATH dlv gets has it. rr records on Intel and AMD, and on newer arm64 processors.`,
  },
};

function allow(was: number): Omit<Fix, "preferred"> {
  return {
    id: `${id}/until-reboot`,
    title: say`Let users read the processor's counters until the next reboot`,
    needsRoot: true,
    scope: "until-reboot",
    action: {
      kind: "command",
      argv: ["sysctl", "-w", "kernel.perf_event_paranoid=1"],
      undo: ["sysctl", "-w", `kernel.perf_event_paranoid=${was}`],
    },
  };
}
