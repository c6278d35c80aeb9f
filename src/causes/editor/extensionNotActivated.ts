import { type Certainty, cause } from "../../core/cause.ts";
import type { GoExtension } from "../../core/editor.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { seconds } from "../../core/waiting.ts";
import { isUnderWay } from "../failure.ts";

const id = "extension-not-activated";

/** How long (ms) a start may take that fetches gopls or runs on a busy machine. */
const startMs = 30_000;

/** Without the Go extension nobody turns what is written in launch.json into what Delve takes. */
export const extensionNotActivated = cause({
  id,
  title: say`The Go extension is not there, or did not start`,
  about: {
    what: 'The Go extension turns a configuration into what Delve takes: it finds dlv, makes a mode of `"auto"`, merges the environment, chooses the directory to build in. Where it is missing, disabled or failed to start, VS Code says that the debug type `go` is not supported or finds no debug adapter, and Delve refuses what reaches it as it is written. It has to be installed where the program is: in a remote window, on that side. It also fails to start, without a word of its own, where it finds no `go`.',
    notThis:
      "An extension that is still starting is slow and not broken: it runs `go env` and starts gopls before it knows of debugging. A launch that went well in spite of it needs no finding.",
    sources: [
      "microsoft/vscode-go#445",
      "microsoft/vscode-go#1125",
      "microsoft/vscode-go#3101",
      "microsoft/vscode-go#2138",
      "microsoft/vscode-docker#3389",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goMain.ts",
    ],
    seen: "real",
  },
  needs: {},
  where: "editor",
  when: (launch) => launch.editor !== undefined && !isUnderWay(launch),
  find(_, launch) {
    const { editor, timeline, config } = launch;
    const trouble = editor && troubleOf(editor.go);
    if (editor === undefined || trouble === undefined) return undefined;
    if (editor.go.state === "activating" && editor.ms < startMs) return undefined;
    // What only that extension replaces is what Delve refuses.
    const refused = timeline.failure !== undefined && config["mode"] === "auto";
    if (timeline.failure !== undefined && !refused && config["debugAdapter"] !== undefined) return undefined;
    const failed = timeline.failure?.phase ?? timeline.phases.at(-1)?.name;
    return {
      certainty: timeline.failure === undefined || refused ? trouble.certainty : "possible",
      because: trouble.because,
      evidence: [
        trouble.evidence,
        ...(timeline.failure === undefined
          ? []
          : [
              say`"mode": ${JSON.stringify(config["mode"])}, "dlvToolPath": ${JSON.stringify(config["dlvToolPath"])} as the configuration reached us`,
            ]),
        ...(refused ? [timeline.failure?.text ?? ""] : []),
        ...(editor.waits === undefined ? [] : [say`VS Code has waited for ${seconds(editor.ms)}`]),
      ],
      ...(refused && failed !== undefined && { explains: { phase: failed, ms: spent(timeline, failed) } }),
      ...(editor.waits !== undefined && { explains: { phase: "editor", ms: editor.ms } }),
      fixes: [fixFor(editor.go, launch)],
    };
  },
});

function troubleOf(go: GoExtension): { certainty: Certainty; because: string; evidence: string } | undefined {
  switch (go.state) {
    case "missing":
      return {
        certainty: "proven",
        because:
          go.known === undefined
            ? say`There is no Go extension here, so nobody prepares the configuration for Delve.`
            : say`The Go extension is disabled here, so nobody prepares the configuration for Delve.`,
        evidence:
          go.known === undefined
            ? say`no enabled extension here owns the debugger "go"`
            : say`no enabled extension here owns the debugger "go", and there is ${go.known}`,
      };
    case "failed":
      return {
        certainty: "proven",
        because: say`The Go extension ${go.version} could not start, so nobody prepares the configuration for Delve.`,
        evidence: say`${go.id} ${go.version}: activation failed: ${go.because}`,
      };
    case "activating":
      return {
        certainty: "possible",
        because: say`The Go extension ${go.version} is still starting, so nobody prepares the configuration for Delve.`,
        evidence: say`${go.id} ${go.version}: asked to activate, and not done`,
      };
    default:
      return undefined;
  }
}

function fixFor(go: GoExtension, { folder }: Launch): Fix {
  const [name, title, text] = adviceFor(go, folder);
  const action = { kind: "advice", text } as const;
  return { id: `${id}/${name}`, title, preferred: true, needsRoot: false, scope: "user", action };
}

function adviceFor(go: GoExtension, folder: string): readonly [name: string, title: string, text: string] {
  if (go.state === "missing" && go.known !== undefined)
    return [
      "enable",
      say`Enable the Go extension`,
      say`In the Extensions view search for golang.go and choose Enable for ${folder}, then start the launch again.`,
    ];
  if (go.state === "missing")
    return [
      "install",
      say`Install the Go extension`,
      say`In the Extensions view search for golang.go and install it. In a remote window choose the button that names the remote.`,
    ];
  return [
    "reload",
    say`See why the Go extension does not start, and load the window again`,
    say`The output channel "Go" says what it does, and "Developer: Show Running Extensions" what failed. It needs a go that the extension host finds, and installs gopls where that is missing. Then run "Developer: Reload Window".`,
  ];
}
