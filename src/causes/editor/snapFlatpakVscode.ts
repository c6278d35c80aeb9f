import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type EditorSandbox, editorSandbox } from "../../probes/editorSandbox.ts";
import { attachPid, isUnderWay } from "../failure.ts";

const id = "snap-flatpak-vscode";

/** A packaged editor starts dlv inside its own package, where neither the machine's /usr nor its processes are. */
export const snapFlatpakVscode = cause({
  id,
  title: say`VS Code runs in a Flatpak or snap and does not see the machine's Go`,
  about: {
    what: "What the extension host starts runs inside the editor's package. In a Flatpak /usr is the runtime's and not the machine's, so a Go installed there is missing, and processes outside the sandbox are in another pid namespace, so there is nothing to attach to. The snap of VS Code is not confined, but what it starts inherits the snap's variables, and `/snap/bin/go` is a link to snapd, which may refuse to run from inside another snap.",
    notThis:
      "A variable such as SNAP alone breaks nothing: VS Code's snap is a classic one, and most launches from it are healthy. So it counts only where no go is found, go itself fails, or the process to attach to is not there.",
    sources: [
      "golang/vscode-go#1400",
      "golang/vscode-go#166",
      "golang/vscode-go#1411",
      "golang/vscode-go#3061",
      "hishamhm/htop#962",
      "https://docs.flatpak.org/en/latest/sandbox-permissions.html",
    ],
    seen: "recorded",
  },
  needs: { sandbox: editorSandbox },
  where: "editor",
  when: (launch) => (builds(launch) || attachPid(launch) !== undefined) && !isUnderWay(launch),
  find({ sandbox }, launch) {
    const lost = lostIn(sandbox, launch);
    if (lost === undefined) return undefined;
    const place = sandbox.kind === "flatpak" ? say`the Flatpak ${sandbox.app}` : say`the snap ${sandbox.app}`;
    return {
      certainty: "likely",
      because: say`VS Code runs in ${place}, and ${lost.because}.`,
      evidence: [
        sandbox.kind === "flatpak" ? `/.flatpak-info: name=${sandbox.app}` : `SNAP_NAME=${sandbox.app}`,
        lost.evidence,
      ],
      fixes: [outside(sandbox, launch)],
    };
  },
});

function lostIn({ kind, go, goFails, seesProcess }: EditorSandbox, launch: Launch) {
  if (kind === "none") return undefined;
  const pid = attachPid(launch);
  if (pid !== undefined)
    return kind === "flatpak" && !seesProcess
      ? { because: say`there is no process ${pid} in it`, evidence: `/proc/${pid}: ENOENT` }
      : undefined;
  if (kind === "flatpak" && go === undefined)
    return { because: say`no go is in it`, evidence: say`command -v go on dlv's PATH: nothing` };
  if (go === undefined || goFails === undefined) return undefined;
  const evidence = `${go.path} (${go.real}) env GOROOT: ${goFails}`;
  return { because: say`${go.path} does not run from there`, evidence };
}

function outside({ kind, app }: EditorSandbox, launch: Launch): Fix {
  const elsewhere = say`install VS Code from its .deb or .rpm package`;
  const text =
    kind === "snap"
      ? say`Install Go from https://go.dev/dl/ in place of the snap, or ${elsewhere}.`
      : launch.request === "attach"
        ? say`A process outside the sandbox can be reached only from outside: ${elsewhere}.`
        : say`Have Go in the sandbox: flatpak install org.freedesktop.Sdk.Extension.golang for the runtime of VS Code, and flatpak override --user --env=FLATPAK_ENABLE_SDK_EXT=golang ${app}. Or ${elsewhere}.`;
  return {
    id: `${id}/outside`,
    title: kind === "snap" ? say`Use a Go that is no snap` : say`Give VS Code what its sandbox lacks`,
    preferred: true,
    needsRoot: false,
    scope: "user",
    action: { kind: "advice", text },
  };
}
