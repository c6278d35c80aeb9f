import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { guessHelper } from "../../probes/guessHelper.ts";
import { serverFix } from "../network/serverFixes.ts";
import { isRemoteAttach } from "./remoteAdapter.ts";

const id = "silent-legacy-adapter";

/** Without a dlv that can guess paths golang.go takes another debug adapter for a remote attach, and says nothing. */
export const silentLegacyAdapter = cause({
  id,
  title: say`The remote attach falls back to the legacy debug adapter without a word`,
  about: {
    what: 'For a remote attach that names no `debugAdapter` golang.go asks the local dlv to guess paths (`dlv substitute-path-guess-helper`, Delve 1.24 and newer). Where that fails, because there is no dlv here or an older one, it takes the `legacy` adapter instead of `dlv-dap` and does not say so. The legacy adapter wants `remotePath` or `cwd` for its path mapping, and cannot set breakpoints while the program runs. `"debugAdapter": "dlv-dap"` needs no local dlv for a remote attach: the server itself speaks DAP (Delve 1.7.3 and newer).',
    notThis:
      'Somebody may have set `"debugAdapter": "legacy"` on purpose; what golang.go resolved looks the same, so there this cause is possible at most. A launch, and an attach to a local process, take `dlv-dap` whatever dlv can do. It is the dlv of the machine that the Go extension runs on which counts, not the server\'s. The helper also fails where `go list` does; then the extension falls back as well, and only running it would show it.',
    sources: [
      "golang/vscode-go#2018",
      "golang/vscode-go#1564",
      "golang/vscode-go#2262",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
    ],
    seen: "real",
  },
  where: "editor",
  needs: { dlv: guessHelper },
  // A session that got as far as a phase went over DAP already.
  when: (launch) =>
    isRemoteAttach(launch) &&
    [undefined, "legacy"].includes(launch.config["debugAdapter"] as string | undefined) &&
    launch.timeline.phases.length === 0,
  find({ dlv }, launch) {
    if (dlv.hasHelper) return undefined;
    const resolved = launch.config["debugAdapter"] === "legacy";
    return {
      certainty: resolved ? "possible" : dlv.path === "" ? "likely" : "proven",
      because:
        dlv.path === ""
          ? say`On this machine there is no dlv, which cannot guess paths: golang.go takes the legacy adapter for this attach.`
          : say`On this machine ${dlv.path} is Delve ${dlv.version || say`of no version`}, which cannot guess paths: golang.go takes the legacy adapter for this attach.`,
      evidence: [
        dlv.path === ""
          ? say`no ${launch.dlv} on the PATH that dlv would get`
          : say`${dlv.path} substitute-path-guess-helper: no such command`,
        resolved
          ? say`the resolved configuration has "debugAdapter": "legacy"`
          : say`the configuration names no "debugAdapter"`,
      ],
      fixes: [
        serverFix(`${id}/dlv-dap`, say`Name the adapter: "debugAdapter": "dlv-dap"`, {
          kind: "launch.json",
          edits: [{ at: ["debugAdapter"], value: "dlv-dap" }],
        }),
        serverFix(
          `${id}/newer-dlv`,
          say`Install a current dlv on this machine`,
          {
            kind: "advice",
            text: say`Run, on the machine that the Go extension runs on: go install github.com/go-delve/delve/cmd/dlv@latest`,
          },
          false,
        ),
      ],
    };
  },
});
