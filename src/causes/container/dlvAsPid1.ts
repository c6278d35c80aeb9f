import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { containerFiles } from "../../probes/containerFiles.ts";
import { firstProcess } from "../../probes/firstProcess.ts";
import { surroundings } from "../../probes/surroundings.ts";
import { containerFixes } from "./containerFixes.ts";

/** Whoever is process 1 of a container inherits its orphans, and dlv waits only for what it debugs. */
export const dlvAsPid1 = cause({
  id: "dlv-as-pid1",
  title: say`dlv is process 1 of its container and does not bury the dead`,
  about: {
    what: "In a container that starts `dlv exec` or `dlv debug` itself, dlv is process 1. The kernel gives it every process whose parent is gone, and dlv waits only for the program it debugs: the others stay as zombies (state Z) for as long as the container lives. The container also stays up when the program is long over, because its process 1, dlv, still waits for a client. An init (tini, catatonit) as process 1 starts dlv, passes signals on and reaps.",
    notThis:
      "dlv as process 1 does no harm by itself: only zombies whose parent is process 1 count, and none that the doctor's own scripts have left. A zombie with another parent is for that parent to reap.",
    sources: ["go-delve/delve#493", "https://github.com/GoogleContainerTools/skaffold/pull/2306"],
    seen: "real",
  },
  needs: { first: firstProcess, around: surroundings, files: containerFiles },
  find({ first, around, files }) {
    if (first === undefined || !/^dlv/.test(first.name) || first.zombies.length === 0) return undefined;
    const { zombies } = first;

    return {
      certainty: "proven",
      because:
        zombies.length === 1
          ? say`dlv is process 1 here and leaves 1 ended process as zombie.`
          : say`dlv is process 1 here and leaves ${zombies.length} ended processes as zombies.`,
      evidence: [
        `/proc/1/status: Name ${first.name}`,
        ...zombies.slice(0, 5).map(({ pid, name }) => say`pid ${pid} ${name}: state Z, parent 1`),
        ...(zombies.length > 5 ? [say`and ${zombies.length - 5} more`] : []),
      ],
      fixes: containerFixes("dlv-as-pid1", "init", around.container ?? "container", files),
    };
  },
});
