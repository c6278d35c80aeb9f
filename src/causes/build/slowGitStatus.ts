import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import type { Timeline } from "../../core/timeline.ts";
import { seconds } from "../../core/waiting.ts";
import { type GitStatus, gitStatus } from "../../probes/gitStatus.ts";
import { withoutStamp } from "./withoutStamp.ts";

const id = "slow-git-status";

/** What git may take (ms) of a build. In a repository of ten thousand files it takes 50. */
const noticeableMs = 2000;

/** go stamps the binary with the commit, and asks git at every build whether the working tree differs from it. */
export const slowGitStatus = cause({
  id,
  title: say`git takes long to say whether the working tree is clean`,
  about: {
    what: "`go build` writes the commit into the binary and runs `git status --porcelain` for it, at every launch. In a huge working tree, on a slow filesystem, or with a `core.fsmonitor` hook that hangs, that takes seconds, and nothing is compiled in them. `-buildvcs=false` builds without the stamp, which a debug session does not need.",
    notThis:
      "A `git fetch` or `git ls-remote` below go downloads a module. A compiler at work beside git is the leading work, and git's time is not counted then. Packages and tests (`go test -c`) are not stamped.",
    sources: [
      "golang/go#49582",
      "golang/go#51748",
      "https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies",
    ],
    seen: "real",
  },
  needs: { status: gitStatus },
  // Tests are not stamped: a git of theirs brings a module.
  when: (launch) => builds(launch) && launch.mode !== "test" && vcsMs(launch.timeline) >= noticeableMs,
  find({ status }, launch) {
    if (status === undefined) return undefined;
    const { timeline } = launch;
    const ms = vcsMs(timeline);
    const git = timeline.last?.processes.find(({ name }) => name === "git");
    return {
      certainty: "proven",
      because:
        timeline.current === "build"
          ? say`git has taken ${seconds(ms)} of the build to look at ${status.root}, for the version stamp.`
          : say`git took ${seconds(ms)} of the build to look at ${status.root}, for the version stamp.`,
      evidence: [
        say`git was the leading work of the build for ${seconds(ms)}`,
        ...(git === undefined ? [] : [`pid ${git.pid}: ${git.argv.filter(Boolean).join(" ")}`]),
        status.fsmonitor === ""
          ? say`${status.files} files in git's index, core.fsmonitor is not set`
          : say`${status.files} files in git's index, core.fsmonitor is ${status.fsmonitor}`,
      ],
      explains: { phase: "build", ms },
      fixes: fixes(status, launch),
    };
  },
});

function vcsMs({ phases, outcome }: Timeline): number {
  if (outcome === "failed") return 0;
  const parts = phases.find(({ name }) => name === "build")?.parts ?? [];
  return parts.find(({ name }) => name === "vcs")?.ms ?? 0;
}

function fixes({ root, fsmonitor, untrackedCache }: GitStatus, launch: Launch): Fix[] {
  const git = ["git", "-C", root, "config"];
  const hints = [
    ...(fsmonitor === "" ? [say`\`git config core.fsmonitor true\` (git 2.37 on macOS and Windows)`] : []),
    ...(fsmonitor === "" || fsmonitor === "true"
      ? []
      : [say`look why the hook ${fsmonitor} is slow, or unset core.fsmonitor`]),
    ...(untrackedCache ? [] : [`\`${[...git, "core.untrackedCache", "true"].join(" ")}\``]),
    say`keep what is generated out of the working tree`,
  ];
  return [
    withoutStamp(id, launch),
    {
      id: `${id}/faster`,
      title: say`Make git faster in ${root}`,
      preferred: false,
      needsRoot: false,
      scope: "folder",
      action: { kind: "advice", text: say`What helps git status: ${hints.join("; ")}.` },
    },
  ];
}
