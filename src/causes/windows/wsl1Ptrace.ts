import { cause } from "../../core/cause.ts";
import { type Launch, textOf } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { linuxVersion } from "../../probes/linuxVersion.ts";
import { mayBeRefused } from "../failure.ts";

/** WSL 1 calls itself Linux 4.4.0, whatever the version of Windows; WSL 2 runs a real kernel, 4.19 or newer. */
const wsl1 = /^4\.4\.0-\d+-Microsoft$/;

/** WSL 1 is no Linux kernel: Windows answers the system calls itself, and not all of them. */
export const wsl1Ptrace = cause({
  id: "wsl1-ptrace",
  title: say`WSL 1 lacks what a debugger needs of ptrace`,
  about: {
    what: "In version 1 of the Windows Subsystem for Linux there is no Linux kernel: Windows translates the system calls. wait4(2) never tells dlv there that the program it traces has stopped, so dlv starts the program and waits for ever, without an error. WSL 2 runs a real kernel, and Delve works in it. Neither Go nor Delve supports WSL 1.",
    notThis:
      "A kernel of your own in WSL 2 may not say `microsoft-standard`; the version 4.4.0 tells WSL 1. A slow launch in WSL 2 with the folder under /mnt is about the disk, not about ptrace.",
    sources: [
      "go-delve/delve#3124",
      "go-delve/delve#1235",
      "microsoft/WSL#2977",
      "microsoft/vscode-go#2505",
      "microsoft/vscode-remote-release#3581",
    ],
    seen: "recorded",
  },
  needs: { linux: linuxVersion },
  when: mayBeRefused,
  find({ linux }, launch) {
    if (!wsl1.test(linux.release)) return undefined;
    const distribution = linux.distribution ?? "DISTRIBUTION";
    return {
      certainty: "likely",
      because: say`This is WSL 1 (${linux.release}), where a debugger waits for ever for the program that it started.`,
      evidence: [`/proc/version: Linux version ${linux.release}`, ...stuck(launch)],
      ...(spent(launch.timeline, "load") > 0 && {
        explains: { phase: "load", ms: spent(launch.timeline, "load") },
      }),
      fixes: [
        {
          id: "wsl1-ptrace/convert",
          title: say`Convert ${distribution} to WSL 2`,
          preferred: true,
          needsRoot: false,
          scope: "machine",
          action: {
            kind: "advice",
            text: say`Close all windows of the distribution and run in PowerShell: \`wsl --set-version ${distribution} 2\` (it takes minutes; \`wsl -l -v\` lists names and versions). WSL 2 needs virtualization, which some machines have off in their firmware.`,
          },
        },
      ],
    };
  },
});

function stuck(launch: Launch): string[] {
  const { current, phases } = launch.timeline;
  const ms = phases.find(({ name }) => name === "load")?.ms;
  if (current !== "load" || ms === undefined) return [];
  return [
    say`dlv has been starting ${textOf(launch, "program") ?? say`the program`} for ${Math.round(ms / 1000)} s`,
  ];
}
