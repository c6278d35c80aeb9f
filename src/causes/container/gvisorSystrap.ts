import { cause } from "../../core/cause.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { gvisor } from "../../probes/gvisor.ts";
import { surroundings } from "../../probes/surroundings.ts";
import { traces } from "../failure.ts";

const id = "gvisor-systrap";

/** What gVisor reports as its kernel, whatever is below: the same release and date everywhere, or its own name. */
const reported = /^Linux version (?:4\.4\.0 #1 SMP Sun Jan 10 15:06:54 PST 2016$|\S*gvisor)/;

/** How long (ms) nothing must move in dlv's processes: what works there is slow, and not stuck. */
const quietMs = 2000;

/** gVisor is a kernel in user space; with its default platform stepping under a debugger fails. */
export const gvisorSystrap = cause({
  id,
  title: say`The container runs on gVisor, under which dlv sticks when it steps`,
  about: {
    what: "GKE Sandbox, Cloud Run's first generation and any container with the runtime runsc run on gVisor, a kernel of its own in user space. With the platform systrap, the default, dlv starts the program and sets its breakpoints; at the first step from one it faults or waits for ever. With `--platform=ptrace` the same program can be debugged.",
    notThis:
      "A launch that fails before its program runs fails for another reason: gVisor has a ptrace(2) of its own, which needs no capability for a child. The version 4.4.0 alone is also an old kernel's: gVisor reports the same build date everywhere.",
    sources: [
      "google/gvisor#11649",
      "google/gvisor#10495",
      "rr-debugger/rr#2188",
      "https://gvisor.dev/docs/user_guide/platforms/",
    ],
    seen: "recorded",
  },
  needs: { kernel: gvisor, around: surroundings },
  when: (launch) => traces(launch) && mayStick(launch),
  find({ kernel, around }, launch) {
    if (!kernel.boot && !reported.test(kernel.version)) return undefined;
    const phase = launch.timeline.phases.at(-1);
    const stuck = phase !== undefined && launch.timeline.totalMs > 0;
    return {
      certainty: stuck ? "likely" : "possible",
      because: stuck
        ? say`dlv stands still under gVisor in ${phase.name}.`
        : say`This kernel is gVisor's, under which dlv may stick when it steps.`,
      evidence: [
        ...(kernel.boot ? ['dmesg: "Starting gVisor"'] : []),
        `/proc/version: ${kernel.version}`,
        ...(stuck
          ? [say`nothing in dlv's processes moved for ${Math.round(launch.timeline.idleMs / 1000)} s`]
          : []),
      ],
      ...(stuck && { explains: { phase: phase.name, ms: phase.ms } }),
      fixes: [
        {
          id: `${id}/other-runtime`,
          title: say`Run the container with another runtime, or gVisor with its platform ptrace`,
          preferred: true,
          needsRoot: false,
          scope: "machine",
          action: {
            kind: "advice",
            text:
              around.container === "kubernetes"
                ? say`Debug in a pod without runtimeClassName: gvisor (in GKE on a node pool without sandbox); or let the cluster's administrator add a runtime class whose runsc has platform = "ptrace".`
                : say`Create the container anew without --runtime=runsc; or give runsc the argument --platform=ptrace where the runtime is defined (runtimeArgs in /etc/docker/daemon.json). Cloud Run: its second generation has no gVisor.`,
          },
        },
      ],
    };
  },
});

/** Where the program is being brought to its first stop and nothing moves; without a launch what might happen is told. */
function mayStick({ timeline }: Launch): boolean {
  if (timeline.totalMs === 0) return true;
  const standing = timeline.current === "load" || timeline.current === "configure";
  return standing && timeline.idleMs >= quietMs;
}
