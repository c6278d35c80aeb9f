import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import type { Timeline } from "../../core/timeline.ts";
import { seconds } from "../../core/waiting.ts";
import { oomdKills } from "../../probes/oomdKills.ts";
import { toolKilled } from "../texts.ts";

const id = "systemd-oomd";

/** A kill may be this much older (ms) than the launch took: a person reads before asking. */
const graceMs = 60_000;

/** systemd's own guard ends a whole control group for memory pressure, long before the kernel has to. */
export const systemdOomd = cause({
  id,
  title: say`systemd-oomd ended everything in dlv's scope for memory pressure`,
  about: {
    what: "systemd-oomd watches how long processes wait for memory (or how full the swap is), and sends SIGKILL to a whole control group at once: the editor or the terminal, dlv, the program and the build vanish together, although memory may look free. It writes which group and why into the journal.",
    notThis:
      "The kernel kills one process and counts it in its control group's `oom_kill`; systemd-oomd does not raise that counter. A kill of another scope, or at another time, has nothing to do with the launch: only those within the launch are told, and since the dead cannot be asked for their group any more, none is called proven.",
    sources: [
      "systemd/systemd#23606",
      "systemd/systemd#35270",
      "https://github.com/systemd/systemd/blob/v255/src/oom/oomd-manager.c",
      "https://www.freedesktop.org/software/systemd/man/latest/systemd-oomd.service.html",
    ],
    seen: "recorded",
  },
  needs: { kills: oomdKills },
  when: ({ timeline }) => wasKilled(timeline),
  find({ kills }, { timeline }) {
    const kill = kills.filter(({ agoMs }) => agoMs <= timeline.totalMs + graceMs).at(-1);
    if (kill === undefined) return undefined;
    return {
      certainty: "likely",
      because: say`systemd-oomd killed everything in ${kill.group}: ${kill.why}.`,
      evidence: [
        say`journal of systemd-oomd, ${seconds(kill.agoMs)} ago: Killed ${kill.group} due to ${kill.why}`,
        say`whether dlv was in that group cannot be seen any more`,
      ],
      fixes: [
        {
          id: `${id}/less-pressure`,
          title: say`Give the scope more memory, or take it out of systemd-oomd's hands`,
          preferred: true,
          needsRoot: true,
          scope: "machine",
          action: {
            kind: "advice",
            text: say`Add memory or swap, or let go run fewer compilers at once (buildFlags "-p=1"). A unit with ManagedOOMPreference=avoid is ended last; \`systemctl edit\` of the slice above ${kill.group} with ManagedOOMMemoryPressure=auto leaves it to the kernel.`,
          },
        },
      ],
    };
  },
});

/** Something of the launch ended by SIGKILL, or the connection to where it ran is gone. */
function wasKilled({ buildError = "", dlv, outcome, exitCode, link }: Timeline): boolean {
  const ended = dlv?.exit?.signal === "SIGKILL" || dlv?.exit?.code === 137;
  return (
    ended ||
    toolKilled.test(buildError) ||
    (outcome === "exited" && exitCode === -9) ||
    link?.lost !== undefined
  );
}
