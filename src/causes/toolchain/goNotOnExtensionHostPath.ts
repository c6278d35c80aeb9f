import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type GoOnPath, goOnPath } from "../../probes/goOnPath.ts";
import { goMissing } from "../texts.ts";

const id = "go-not-on-extension-host-path";

/** dlv runs `go` from the PATH it inherits, which is the editor's and not the terminal's. */
export const goNotOnExtensionHostPath = cause({
  id,
  title: say`dlv's PATH has no go`,
  about: {
    what: 'To build the program dlv runs `go` from its own PATH. It inherits the PATH of the extension host, which comes from the login shell or the desktop, not from the terminal: a PATH line in .bashrc may never reach it, and a VS Code server keeps the environment it was started with. The build then fails at once with `exec: "go": executable file not found in $PATH`, though `go` works in the terminal.',
    notThis:
      "That a terminal finds go proves nothing, because interactive shells read other files. `go.goroot` and `go.alternateTools` help the Go extension to find go, while dlv still runs the `go` of its PATH.",
    sources: [
      "golang/vscode-go#971",
      "golang/vscode-go#713",
      "golang/vscode-go#1400",
      "microsoft/vscode-go#3085",
      "microsoft/vscode-remote-release#2474",
    ],
    seen: "real",
  },
  needs: { path: goOnPath },
  when: (launch) =>
    builds(launch) && (launch.timeline.totalMs === 0 || goMissing.test(launch.timeline.buildError ?? "")),
  find({ path }, launch) {
    if (path.go !== undefined) return undefined;
    const said = launch.timeline.buildError?.split("\n").filter((line) => goMissing.test(line)) ?? [];
    const other = path.inShell ?? path.elsewhere[0];
    return {
      certainty: "proven",
      because:
        path.inShell === undefined
          ? say`No directory of the PATH that dlv gets holds go.`
          : say`No directory of the PATH that dlv gets holds go, though your shell finds ${path.inShell}.`,
      evidence: [
        say`PATH of dlv: ${path.path || say`(empty)`}`,
        ...(path.inShell === undefined ? [] : [say`command -v go in your shell: ${path.inShell}`]),
        ...path.elsewhere.map((file) => say`there is ${file}`),
        ...said,
      ],
      ...(said.length > 0 && { explains: { phase: "build", ms: spent(launch.timeline, "build") } }),
      fixes: other === undefined ? [install()] : [...setPath(other, path, launch), login(other)],
    };
  },
});

/** VS Code puts the PATH of the extension host in place of the variable, so the entry stays true on another machine. */
function setPath(go: string, { path }: GoOnPath, launch: Launch): Fix[] {
  const directory = go.slice(0, go.lastIndexOf("/"));
  const inherited = launch.env["PATH"] === undefined ? `\${env:PATH}` : path;
  return [
    {
      id: `${id}/set-path`,
      title: say`Put ${directory} first on the PATH of this configuration`,
      preferred: true,
      needsRoot: false,
      scope: "launch",
      action: {
        kind: "launch.json",
        edits: [{ at: ["env", "PATH"], value: inherited === "" ? directory : `${directory}:${inherited}` }],
      },
    },
  ];
}

function login(go: string): Fix {
  const directory = go.slice(0, go.lastIndexOf("/"));
  return advice(
    "login-path",
    say`Set PATH where the editor reads it too`,
    false,
    say`Put export PATH="${directory}:$PATH" into ~/.profile (zsh: ~/.zprofile) and log in again. In a remote window run "Remote-SSH: Kill VS Code Server on Host" as well, because the server keeps its old environment.`,
  );
}

function install(): Fix {
  return advice(
    "install-go",
    say`Install Go`,
    true,
    say`No go was found in the usual places either. Install it from https://go.dev/dl/ and put its bin directory on PATH in ~/.profile.`,
  );
}

function advice(name: string, title: string, preferred: boolean, text: string): Fix {
  const action = { kind: "advice", text } as const;
  return { id: `${id}/${name}`, title, preferred, needsRoot: false, scope: "user", action };
}
