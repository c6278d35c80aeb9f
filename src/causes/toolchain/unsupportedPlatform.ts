import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { dlvProgram } from "../../probes/dlvProgram.ts";
import { type Platform, platform } from "../../probes/platform.ts";
import { saidBy } from "../failure.ts";
import { platformRefused } from "../texts.ts";
import { inOrder, lostStart, startsChild } from "./golangStart.ts";
import { fileKind } from "./startTrouble.ts";

const id = "unsupported-platform";

/** Delve is written for a few systems and processors, and does not compile for others. */
export const unsupportedPlatform = cause({
  id,
  title: say`Delve does not exist for this system and processor`,
  about: {
    what: "Delve reads registers and plants breakpoints, which is written anew for each processor: Linux on amd64, arm64, 386 and ppc64le, macOS on amd64 and arm64, Windows and FreeBSD on amd64. Anywhere else it does not compile, and `go install` says that a package such as `your_linux_architecture_is_not_supported_by_delve` is in its way. On riscv64 and loong64 it compiles with a build tag that marks it as experimental. The program itself can be built here and debugged on another machine.",
    notThis:
      "A dlv that was built for another processor than this machine's is there and does not start; one of this machine's own kind would.",
    sources: [
      "go-delve/delve#2303",
      "go-delve/delve#328",
      "go-delve/delve#41",
      "go-delve/delve#67",
      "https://github.com/go-delve/delve/blob/v1.27.1/pkg/proc/native/support_sentinel_linux.go",
    ],
    seen: "recorded",
  },
  needs: { file: dlvProgram, on: platform },
  when: (launch) =>
    startsChild(launch) &&
    (launch.timeline.totalMs === 0 ||
      launch.timeline.spawnError !== undefined ||
      platformRefused.test(saidBy(launch))),
  find({ file, on }, launch) {
    const missing = missingSupport(on);
    const said = platformRefused.exec(saidBy(launch))?.[0];
    if (missing === undefined || (file.kind !== "missing" && said === undefined)) return undefined;
    const { tag } = missing;
    const system = say`${on.system} on ${on.machine}`;
    return {
      certainty: "likely",
      because:
        tag === undefined
          ? say`There is no dlv here, and Delve does not compile for ${system}.`
          : say`There is no dlv here, and Delve compiles for ${system} only with the build tag ${tag}.`,
      evidence: [
        `uname: ${on.system} ${on.machine}, ${on.release}`,
        `${file.path}: ${fileKind(file.kind)}`,
        ...(said === undefined ? [] : [said]),
      ],
      ...lostStart(launch),
      fixes: inOrder([
        tag === undefined
          ? {
              id: `${id}/elsewhere`,
              title: say`Debug on a machine that Delve supports`,
              needsRoot: false,
              scope: "launch",
              action: {
                kind: "advice",
                text: say`Let the launch run on another machine (Delve Doctor's "on", or a remote window there): Linux on amd64 or arm64, macOS, or Windows on amd64.`,
              },
            }
          : {
              id: `${id}/experimental`,
              title: say`Install the experimental Delve for ${on.machine}`,
              needsRoot: false,
              scope: "user",
              action: {
                kind: "command",
                argv: ["go", "install", `-tags=${tag}`, "github.com/go-delve/delve/cmd/dlv@latest"],
              },
            },
      ]),
    };
  },
});

/** Processors by uname -m for which Delve has no code at all. */
const foreign = /^(?:arm|armv[4-8]l|mips\w*|s390x?|ppc|ppc64|sparc\w*|alpha|parisc\w*|sh4|m68k)$/;

/** Those that it compiles for with a tag (pkg/proc/native/support_sentinel_linux.go of Delve 1.27.1). */
const tags: Readonly<Record<string, string>> = {
  riscv64: "exp.linuxriscv64",
  loongarch64: "exp.linuxloong64",
};

/** What Delve lacks for a platform; undefined for one that it supports, and for a processor that is not known here. */
export function missingSupport({ system, machine }: Platform): { readonly tag?: string } | undefined {
  if (/^(?:OpenBSD|NetBSD|DragonFly|SunOS|AIX)$/.test(system)) return {};
  if (system === "FreeBSD") return machine === "amd64" ? undefined : {};
  if (system !== "Linux") return undefined;
  const tag = tags[machine];
  if (tag !== undefined) return { tag };
  return foreign.test(machine) ? {} : undefined;
}
