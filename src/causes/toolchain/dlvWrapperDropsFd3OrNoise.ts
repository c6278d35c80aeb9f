import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import { type DlvFirstWords, dlvFirstWords } from "../../probes/dlvFirstWords.ts";
import { configUnwritable } from "../texts.ts";
import { inOrder, letUsStart, lostStart, startsChild, waitedInVain } from "./golangStart.ts";

/** A line of dlv's own log (pkg/logflags), with --log in dlvFlags: it is no script's. */
const dlvLog = /^\S+ (?:debug|info|warn|warning|error) layer=/;

const id = "dlv-wrapper-drops-fd3-or-noise";

/** golang.go hears of dlv's port through file descriptor 3, and only where a piece of it begins with the right words. */
export const dlvWrapperDropsFd3OrNoise = cause({
  id,
  title: say`A script around dlv keeps the line from golang.go that it waits for`,
  about: {
    what: "golang.go starts dlv with `--log-dest=3` and waits up to 30 s for `DAP server listening at:` on file descriptor 3 (or on stdout), at the very beginning of what arrives. Where `dlv` is a script, that descriptor must reach the real dlv: sudo closes all from 3 on, and so does a script with `3>&-` or one that starts dlv in a container. Whatever the script itself writes to that descriptor can come in one piece with dlv's line, and then the line is not recognised. dlv runs and listens, and golang.go says `timed out while waiting for DAP server to start`.",
    notThis:
      "What a script prints on stdout or stderr does no harm: dlv's line comes on another descriptor. A dlv that ends before it listens is not this. Through Delve Doctor's proxy the launch goes well all the same: it finds the port by dlv's own socket.",
    sources: [
      "golang/vscode-go#1424",
      "golang/vscode-go#558",
      "golang/vscode-go#819",
      "golang/vscode-go#1412",
      "golang/vscode-go#1472",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts",
    ],
    seen: "real",
  },
  where: "editor",
  needs: { words: dlvFirstWords },
  when: (launch) => startsChild(launch) && (launch.timeline.totalMs === 0 || waitedInVain(launch)),
  find({ words }, launch) {
    if (words?.script !== true) return undefined;
    const { path, fd3, sudo } = words;
    const noise = words.early.filter((line) => !configUnwritable.test(line) && !dlvLog.test(line));
    const closes = fd3 === "unknown" && sudo !== undefined && !/\s-C\b/.test(sudo);
    if (fd3 !== "lost" && !closes && noise.length === 0) return undefined;
    const lost = fd3 === "lost" || closes;
    return {
      certainty: fd3 === "lost" ? "proven" : "likely",
      because: lost
        ? say`${path} does not hand file descriptor 3 on to dlv, through which golang.go hears that dlv listens.`
        : say`${path} writes to file descriptor 3 before dlv does, where golang.go looks for dlv's line first of all.`,
      evidence: [
        say`${path} is a script`,
        ...(fd3 === "lost"
          ? [say`${path} dap --log --log-dest=3: nothing arrives; with --log-dest=2 dlv's line does`]
          : []),
        ...(closes
          ? [`${path}: ${sudo}`, say`sudo closes every descriptor from 3 on, where no -C says otherwise`]
          : []),
        ...(lost ? [] : noise.map((line) => say`on file descriptor 3: ${line}`)),
      ],
      ...lostStart(launch),
      fixes: inOrder([repair(words, lost), letUsStart(id)]),
    };
  },
});

function repair({ path, sudo }: DlvFirstWords, lost: boolean): Omit<Fix, "preferred"> {
  const text = !lost
    ? say`${path} stands in front of dlv. Let it write nothing to file descriptor 3 (>&3): dlv's line must come first.`
    : sudo !== undefined
      ? say`${path} stands in front of dlv. Let it run \`exec sudo -C 4 -n dlv "$@"\` (sudoers needs closefrom_override), or take the script away and set "asRoot": true with "console": "integratedTerminal".`
      : say`${path} stands in front of dlv. Let it run the real dlv with \`exec dlv "$@"\`, with file descriptor 3 left open.`;
  return {
    id: `${id}/pass-on`,
    title: lost
      ? say`Let ${path} hand file descriptor 3 on to dlv`
      : say`Let ${path} keep file descriptor 3 for dlv`,
    needsRoot: false,
    scope: "dlv",
    action: { kind: "advice", text },
  };
}
