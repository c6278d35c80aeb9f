import { cause, type Found } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { withoutUserinfo } from "../../core/goproxy.ts";
import { isNewerGo } from "../../core/goVersion.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { seconds, waitingOnNetwork } from "../../core/waiting.ts";
import { downloads } from "../../probes/downloads.ts";
import { goProxy } from "../../probes/goProxy.ts";
import { type GoToolchain, goToolchain } from "../../probes/goToolchain.ts";
import { socketBytes } from "../../probes/socketBytes.ts";
import { connectionOf, describeConnection, downloadFixes, layer } from "../build/download.ts";
import { goLineTooNew, toolchainFailed } from "../texts.ts";
import { toolchainFixes } from "./toolchainFixes.ts";

const id = "gotoolchain-download";

/** From Go 1.21 on, go fetches the Go that a module asks for, through GOPROXY, before it does anything else. */
export const gotoolchainDownload = cause({
  id,
  title: say`go cannot get the newer Go that the module asks for`,
  about: {
    what: "A go or toolchain line in go.mod or go.work that is newer than the installed Go makes `go` fetch that toolchain through GOPROXY, before it builds anything: even `go version` waits in such a directory. Where the network is closed this lasts for ever or fails; with `GOTOOLCHAIN=local` go refuses at once. A toolchain line alone only asks: with `GOTOOLCHAIN=local` the installed Go builds the module all the same. A go line demands.",
    notThis:
      "A connection that fetches a module of the program is module-download-blocked: which one go waits for is read off the lock file it holds open. `toolchain not available` for a version without its last number (go 1.23 before Go 1.24 knew better) is no fault of the network: there is no such release.",
    sources: [
      "golang/go#65568",
      "golang/go#62278",
      "golang/go#72003",
      "dapr/components-contrib#3545",
      "golang/vscode-go#3547",
      "https://go.dev/doc/toolchain",
    ],
    seen: "real",
  },
  needs: { downloads, goProxy, goToolchain, socketBytes },
  when: (launch) =>
    builds(launch) && (waitingOnNetwork(launch.timeline) !== undefined || refusal(launch) !== undefined),
  find(facts, launch) {
    const { goToolchain: toolchain, goProxy: proxy } = facts;
    const lines = asked(toolchain);
    const waiting = waitingOnNetwork(launch.timeline);
    if (waiting === undefined) {
      const said = refusal(launch);
      if (said === undefined || lines.length === 0) return undefined;
      const remote = toolchainFailed.test(said) ? downloadFixes(id, proxy, undefined, launch) : [];
      return found("proven", said, [said, ...lines, installed(toolchain), layer(proxy)], {
        ms: spent(launch.timeline, "build"),
        fixes: toolchainFixes(id, toolchain, remote, launch),
      });
    }
    const wanted = facts.downloads.find((one) => one.toolchain !== undefined);
    if (wanted?.toolchain === undefined) return undefined;
    const connection = connectionOf(waiting, proxy);
    return found(
      "proven",
      say`go has waited ${seconds(waiting.idleMs)} for the toolchain ${wanted.toolchain}, which ${toolchain.file ?? "GOTOOLCHAIN"} asks for, on a connection to ${connection.socket.remote} that sends nothing.`,
      [
        describeConnection(waiting, connection, facts.socketBytes),
        say`pid ${wanted.pid} go holds the download lock of ${wanted.toolchain} open: ${wanted.path}`,
        ...lines,
        installed(toolchain),
        layer(proxy),
      ],
      {
        ms: waiting.idleMs,
        fixes: toolchainFixes(
          id,
          toolchain,
          downloadFixes(id, proxy, connection.to?.variable, launch),
          launch,
        ),
      },
    );
  },
});

function found(
  certainty: Found["certainty"],
  because: string,
  evidence: readonly string[],
  { ms, fixes }: { readonly ms: number; readonly fixes: readonly Fix[] },
): Found {
  return { certainty, because, evidence, explains: { phase: "build", ms }, fixes };
}

/** go's own words where it did not get the toolchain, or may not get one. */
function refusal(launch: Launch): string | undefined {
  const lines = withoutUserinfo(launch.timeline.buildError ?? "").split("\n");
  return lines
    .find((line) => goLineTooNew.test(line) || toolchainFailed.test(line))
    ?.replace(/ \(exit status \d+\)$/, "");
}

/** The lines that ask for a newer Go than the installed one. */
function asked({ file, goLine, toolchainLine, local }: GoToolchain): string[] {
  const newer = (version: string | undefined) => version !== undefined && isNewerGo(version, local);
  return [
    ...(newer(goLine) ? [`${file}: go ${goLine}`] : []),
    ...(newer(toolchainLine) ? [`${file}: toolchain go${toolchainLine}`] : []),
  ];
}

function installed({ local, setting, setBy }: GoToolchain): string {
  return say`installed: go${local}; GOTOOLCHAIN is ${setting || "auto"} (${setBy})`;
}
