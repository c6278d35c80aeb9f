import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { dlvTrace } from "../../probes/dlvTrace.ts";
import { surroundings } from "../../probes/surroundings.ts";
import { lostLoad, mayBeRefused } from "../failure.ts";
import { ptraceMissing } from "../texts.ts";

/** qemu-user and Rosetta translate system calls, and ptrace(2) is none of those that they translate. */
export const qemuUserNoPtrace = cause({
  id: "qemu-user-no-ptrace",
  title: say`dlv runs on an emulated processor, which has no ptrace`,
  about: {
    what: "An amd64 image on an arm64 machine, or the other way round, runs every program under an emulator (qemu-user, Rosetta). The emulator answers ptrace(2) with ENOSYS: dlv builds the program, starts it, and fails with `fork/exec …: function not implemented`, or now and then hangs in the emulator's own fork. No capability and no profile helps. The image, and dlv in it, must be for the machine's own processor.",
    notThis:
      "A seccomp profile may answer ENOSYS as well. So the program behind dlv's process is looked at: /proc/PID/exe of an emulated process is the emulator. A debugged program for another processor under a dlv of this one fails differently, with `exec format error`.",
    sources: ["go-delve/delve#3097", "go-delve/delve#3151", "docker/for-mac#7475", "docker/for-mac#6641"],
    seen: "real",
  },
  needs: { trace: dlvTrace, around: surroundings },
  when: mayBeRefused,
  find({ trace, around }, launch) {
    const exe = trace.rules?.exe ?? "";
    const emulator = /(?:^|\/)(qemu-([a-z0-9_]+?)(?:-static)?|rosetta)$/.exec(exe);
    if (trace.outcome !== "ENOSYS" || emulator === null) return undefined;
    const [, name = "", cpu = "x86_64"] = emulator;
    const failure = launch.timeline.failure?.text ?? "";
    return {
      certainty: "proven",
      because: say`This dlv is for ${cpu} and runs under ${name}, which answers ptrace(2) with ENOSYS.`,
      evidence: [
        `${launch.dlv} exec true: ${trace.text}`,
        say`/proc/PID/exe of dlv: ${exe}`,
        ...(ptraceMissing.test(failure) ? [failure] : []),
      ],
      ...lostLoad(launch, ptraceMissing),
      fixes: [
        {
          id: "qemu-user-no-ptrace/native",
          title:
            around.container === undefined
              ? say`Use a dlv for this machine's own processor`
              : say`Make the container from an image for the machine's own processor`,
          preferred: true,
          needsRoot: false,
          scope: "machine",
          action: { kind: "advice", text: native(around.container, cpu) },
        },
      ],
    };
  },
});

function native(container: string | undefined, cpu: string): string {
  if (container === undefined)
    return say`Install dlv with a go for this machine (go env GOHOSTARCH), without GOARCH in the environment: go install github.com/go-delve/delve/cmd/dlv@latest. The one that runs now is for ${cpu}.`;
  const other = cpu === "aarch64" ? "linux/amd64" : "linux/arm64";
  return say`Build and run the image with --platform ${other} (in a compose file: platform: ${other} under the service, or no platform at all; in a Dockerfile: no --platform behind FROM). The one that runs now is for ${cpu}.`;
}
