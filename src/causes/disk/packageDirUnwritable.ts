import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type OutputDirectory, outputDirectory } from "../../probes/outputDirectory.ts";
import { isUnderWay } from "../failure.ts";
import { outputRefused } from "../texts.ts";
import { binaryName } from "./binaryName.ts";

const id = "package-dir-unwritable";

/** Delve builds into the directory that it runs in, which is the program's own. */
export const packageDirUnwritable = cause({
  id,
  title: say`The directory that the program is built into cannot be written`,
  about: {
    what: "Delve writes the program it builds, `__debug_bin…`, into its working directory, which is that of the package. Where that is a read-only mount (a bind mount with `:ro`, the module cache, a CD) or belongs to another user (root in a container, a shared checkout), go compiles everything and then cannot put the result there. `output` names another place for it; nothing else has to change.",
    notThis:
      "`read-only file system` and `permission denied` also come of the build cache and of go's work directory; what counts is the directory of the binary itself, and whether dlv's own user may write there. Never make it writable for everybody.",
    sources: ["microsoft/vscode-remote-try-go#20", "microsoft/vscode-go#2675", "microsoft/vscode#139614"],
    seen: "real",
  },
  needs: { output: outputDirectory },
  when: (launch) =>
    builds(launch) &&
    // With asRoot it is root who builds, and whether root may write there is not what a user can ask.
    launch.config["asRoot"] !== true &&
    !isUnderWay(launch) &&
    (launch.timeline.totalMs === 0 || outputRefused.test(launch.timeline.buildError ?? "")),
  find({ output }, launch) {
    if (output.writable || !output.exists) return undefined;
    const said = (launch.timeline.buildError ?? "").split("\n").filter((line) => outputRefused.test(line));
    const { dir, mount, owner, mode, user } = output;
    const readOnly = mount.options.includes("ro");
    return {
      certainty: "proven",
      because: readOnly
        ? say`The program is built into ${dir}, and ${mount.point} is mounted read-only.`
        : say`The program is built into ${dir}, which user ${user} may not write: it belongs to user ${owner}.`,
      evidence: [
        say`access ${dir} for writing: refused; ${mode}, owner ${owner}, dlv's user ${user}`,
        `/proc/self/mountinfo: ${mount.point} ${mount.type} ${mount.options.join(",")}`,
        ...said,
      ],
      ...(said.length > 0 && { explains: { phase: "build", ms: spent(launch.timeline, "build") } }),
      fixes: fixes(output, readOnly, launch),
    };
  },
});

function fixes({ elsewhere, dir, owner }: OutputDirectory, readOnly: boolean, launch: Launch): Fix[] {
  const all: Omit<Fix, "preferred">[] = [];
  const value = `${elsewhere}/${binaryName(launch.cwd)}`;
  if (elsewhere !== undefined)
    all.push({
      id: `${id}/output`,
      title: say`Build the program to ${elsewhere}`,
      needsRoot: false,
      scope: "launch",
      action: { kind: "launch.json", edits: [{ at: ["output"], value }] },
    });
  all.push({
    id: `${id}/own`,
    title: say`Let dlv's user write ${dir}`,
    needsRoot: true,
    scope: "machine",
    action: {
      kind: "advice",
      text: readOnly
        ? say`Mount ${dir} for writing: without :ro in the container's description, or with mount -o remount,rw.`
        : say`Give ${dir} to the user that dlv runs as (chown), or run dlv as user ${owner} (remoteUser in devcontainer.json).`,
    },
  });
  return all.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}
