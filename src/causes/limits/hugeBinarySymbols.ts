import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { spent, type Timeline } from "../../core/timeline.ts";
import { firstUsual } from "../../core/usual.ts";
import { seconds } from "../../core/waiting.ts";
import { debugSections } from "../../probes/debugSections.ts";

const id = "huge-binary-symbols";

/**
 * What makes a load slow by itself. dlv 1.27 read 17.6 MB of .debug_info in 1.1 s of CPU and 58.6 MB in 3.7 s, so this is
 * about two seconds of it.
 */
const hugeBytes = 30e6;

/** CPU (ms) that dlv has used by then; for a small program it is a tenth of a second. */
const workedMs = 2000;

/** dlv reads all of a program's debug information before it can say that it is ready. */
export const hugeBinarySymbols = cause({
  id,
  title: say`dlv reads the debug information of a very large program`,
  about: {
    what: "At every load dlv reads the whole `.debug_info` of the program, some 15 MB of it in a second of one CPU. A program of the size of kube-apiserver has hundreds of MB of debug information, and under a CPU limit or on an emulated processor that takes minutes. dlv says nothing meanwhile, but it works: its CPU time grows.",
    notThis:
      "A large program that loads in the usual time has no problem, and is not spoken of. dlv that uses no CPU in its load waits: for a debuginfod server, or for the program to stop. Under a CPU limit the limit is named as well.",
    sources: ["go-delve/delve#1741", "go-delve/delve#2063", "golang/vscode-go#184"],
    seen: "real",
  },
  needs: { sections: debugSections },
  when: ({ timeline }) => timeline.outcome !== "failed" && spent(timeline, "load") > firstUsual.load,
  find({ sections }, { timeline }) {
    if (sections === undefined || sections.infoBytes < hugeBytes) return undefined;
    const ms = spent(timeline, "load");
    const cpuMs = dlvCpuMs(timeline);
    const now = timeline.current === "load";
    return {
      certainty: cpuMs >= workedMs ? "proven" : "possible",
      because: now
        ? say`dlv is reading ${megabytes(sections.infoBytes)} of debug information of ${sections.path}: slow, not stuck.`
        : say`dlv read ${megabytes(sections.infoBytes)} of debug information of ${sections.path}: slow, not stuck.`,
      evidence: [
        say`${sections.path}: .debug_info ${megabytes(sections.infoBytes)}, all debug sections ${megabytes(sections.allBytes)} (unpacked), file ${megabytes(sections.fileBytes)}`,
        now
          ? say`dlv has used ${seconds(cpuMs)} of CPU, its load took ${seconds(ms)} so far`
          : say`dlv has used ${seconds(cpuMs)} of CPU, its load took ${seconds(ms)}`,
      ],
      // What dlv waited for meanwhile, or was kept from its CPU, is another's.
      explains: { phase: "load", ms: Math.min(ms, cpuMs) },
      fixes: [
        {
          id: `${id}/smaller-program`,
          title: say`Debug a smaller program, or load this one less often`,
          preferred: true,
          needsRoot: false,
          scope: "folder",
          action: {
            kind: "advice",
            text: say`Debug the tests of the package in question ("mode": "test"), or a main package with only what is needed: what is not linked in needs no reading. Where it must be ${sections.path}, use Restart in the running session, or keep one headless dlv for it (--accept-multiclient), and give dlv more CPU where that is limited.`,
          },
        },
      ],
    };
  },
});

function dlvCpuMs({ last, dlv }: Timeline): number {
  const own = (last?.processes ?? []).filter(({ name, pid }) => name === "dlv" || pid === dlv?.pid);
  return Math.max(0, ...own.map((one) => one.cpuMs));
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
}
