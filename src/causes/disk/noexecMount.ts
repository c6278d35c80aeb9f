import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type OutputPlace, outputPlace } from "../../probes/outputPlace.ts";
import { isUnderWay, lostLoad } from "../failure.ts";
import { execDenied, notExecutable } from "../texts.ts";
import { binaryName } from "./binaryName.ts";

const denied = new RegExp(`${execDenied.source}|${notExecutable.source}`);

/** execve(2) answers EACCES for any file on a filesystem that is mounted noexec, whatever its mode says. */
export const noexecMount = cause({
  id: "noexec-mount",
  title: say`The program lies on a filesystem that is mounted noexec`,
  about: {
    what: "Delve builds the program into its working directory, or to `output`, and starts it there. On a filesystem that is mounted with `noexec` the kernel answers EACCES to execve(2) for every file, so the launch fails after the whole build: `fork/exec …: permission denied`, or `not an executable file` with newer Delve. The `output` attribute moves the binary to a directory where programs may run.",
    notThis:
      "A noexec /tmp alone does not stop a debug launch: go links there, but Delve starts the program elsewhere. EACCES has other reasons too: a lost execute bit (vfat, SMB), SELinux or AppArmor. So the mount's options are read, and where they say `noexec` a file is really run in the directory.",
    sources: ["microsoft/vscode-go#323", "perkeep/perkeep#915", "go-delve/delve#541", "go-delve/delve#538"],
    seen: "real",
  },
  needs: { place: outputPlace },
  when: (launch) => (builds(launch) || launch.mode === "exec") && !isUnderWay(launch),
  find({ place }, launch) {
    if (!place.mount.options.includes("noexec") || !["denied", "unwritable"].includes(place.tried))
      return undefined;
    const failed = denied.test(launch.timeline.failure?.text ?? "");
    // Where no file of ours could be run, Delve's own failed execve is what there is.
    if (place.tried === "unwritable" && !failed) return undefined;
    return {
      certainty: place.tried === "denied" ? "proven" : "likely",
      because: say`No program can run in ${place.dir}: ${place.mount.point} is mounted noexec.`,
      evidence: [
        `/proc/self/mountinfo: ${place.mount.point} ${place.mount.type} ${place.mount.options.join(",")}`,
        ...(place.tried === "denied" ? [say`execve of a script in ${place.dir}: EACCES`] : []),
        ...(place.elsewhere === undefined
          ? []
          : [say`execve of the same script in ${place.elsewhere}: it ran`]),
        ...(failed ? [launch.timeline.failure?.text ?? ""] : []),
      ],
      ...lostLoad(launch, denied),
      fixes: fixes(place, launch),
    };
  },
});

function fixes(place: OutputPlace, launch: Launch): Fix[] {
  const { elsewhere, mount } = place;
  const all: Omit<Fix, "preferred">[] = [];
  if (elsewhere !== undefined)
    all.push(builds(launch) ? output(elsewhere, launch) : copy(elsewhere, launch.config["program"]));
  all.push({
    id: "noexec-mount/remount",
    title: say`Allow programs to run on ${mount.point} until it is mounted again`,
    needsRoot: true,
    scope: "until-reboot",
    action: {
      kind: "command",
      argv: ["mount", "-o", "remount,exec", mount.point],
      undo: ["mount", "-o", "remount,noexec", mount.point],
    },
  });
  return all.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

function output(elsewhere: string, launch: Launch): Omit<Fix, "preferred"> {
  const value = `${elsewhere}/${binaryName(launch.cwd)}`;
  return {
    id: "noexec-mount/output",
    title: say`Build the program to ${elsewhere}, where programs run`,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: [{ at: ["output"], value }] },
  };
}

function copy(elsewhere: string, program: unknown): Omit<Fix, "preferred"> {
  return {
    id: "noexec-mount/copy",
    title: say`Put the program into ${elsewhere}, where programs run`,
    needsRoot: false,
    scope: "launch",
    action: {
      kind: "advice",
      text: say`Build or copy ${typeof program === "string" ? program : say`the program`} to ${elsewhere} and let "program" name it there.`,
    },
  };
}
