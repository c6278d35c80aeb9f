import { cause } from "../../core/cause.ts";
import { delveFor, goMinor } from "../../core/delveReleases.ts";
import type { Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import { cannotInstall, type DlvInstall, dlvInstall, isTooOld, noAnswer } from "../../probes/dlvInstall.ts";
import { inOrder, lostStart, startsChild } from "./golangStart.ts";

const id = "dlv-install-offline";

/** There is no dlv, and the way the Go extension gets one does not work here. */
export const dlvInstallOffline = cause({
  id,
  title: say`There is no dlv, and go cannot install one here`,
  about: {
    what: "golang.go installs dlv with `go install github.com/go-delve/delve/cmd/dlv@latest`, which asks a module proxy. Without a way there (no network, `GOPROXY=off`, a mirror that is gone) the installation fails, F5 asks again and again, and so does each retry. The newest Delve also asks for a certain Go in its go.mod: an older Go that may not fetch another (`GOTOOLCHAIN=local`, or Go before 1.21) refuses with `requires go >= …`. Then the release of that Go's time is the one to install.",
    notThis:
      "A dlv that is there and not found is another matter: golang.go looks in go.alternateTools, GOBIN, GOPATH/bin and PATH. Where the proxy answers and this Go will do, the installation works and is all that is needed.",
    sources: [
      "go-delve/delve#2240",
      "go-delve/delve#2296",
      "golang/vscode-go#1031",
      "goproxy/goproxy.cn#212",
      "golang/vscode-go#1682",
    ],
    seen: "real",
  },
  needs: { install: dlvInstall },
  when: (launch) =>
    startsChild(launch) && (launch.timeline.totalMs === 0 || launch.timeline.spawnError !== undefined),
  find({ install }, launch) {
    if (!cannotInstall(install)) return undefined;
    const { go = "", wants = "", version = "", error, proxy = "", toolchain } = install;
    const said = error === noAnswer ? say`no answer within 7 s` : error?.replace(/^go: /, "");
    return {
      // A network that is slow may still answer somebody who waits longer.
      certainty: error === noAnswer ? "likely" : "proven",
      because:
        said === undefined
          ? say`There is no dlv, and go${go} may not build the newest: Delve ${version} wants Go ${wants}.`
          : say`There is no dlv, and go cannot fetch it: ${said}`,
      evidence: [
        say`${launch.dlv}: not there, nor in GOBIN, in GOPATH/bin or on PATH`,
        error === undefined
          ? `go list -m github.com/go-delve/delve@latest: ${version}, go ${wants}`
          : `go list -m github.com/go-delve/delve@latest: ${error === noAnswer ? said : error}`,
        error === undefined
          ? say`GOTOOLCHAIN is ${toolchain || say`not known to this Go`}`
          : say`GOPROXY is ${proxy}`,
      ],
      ...lostStart(launch),
      fixes: inOrder(remedies(install, launch.dlv)),
    };
  },
});

function remedies(install: DlvInstall, dlv: string): Omit<Fix, "preferred">[] {
  const release = delveFor(goMinor(`go${install.go}`) ?? 0);
  const directory = /^(\/.*)\/dlv$/.exec(dlv)?.[1];
  if (isTooOld(install) && release !== undefined)
    return [
      {
        id: `${id}/older-delve`,
        title: say`Install Delve ${release}, which go${install.go ?? ""} may build`,
        needsRoot: false,
        scope: "user",
        action: {
          kind: "command",
          argv: [
            ...(directory === undefined ? [] : ["env", `GOBIN=${directory}`]),
            "go",
            "install",
            `github.com/go-delve/delve/cmd/dlv@${release}`,
          ],
        },
      },
    ];
  const text = say`Let go reach a module proxy (GOPROXY or HTTPS_PROXY in the setting go.toolsEnvVars), or bring a dlv along: the releases of Delve 1.27 and newer (https://github.com/go-delve/delve/releases) hold built programs, and \`go install\` on another machine of the same system makes one. Put it at ${directory === undefined ? say`a place on PATH` : dlv}.`;
  return [
    {
      id: `${id}/bring-along`,
      title: say`Let go reach a module proxy, or bring a built dlv along`,
      needsRoot: false,
      scope: "user",
      action: { kind: "advice", text },
    },
  ];
}
