import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type GitRepository, gitRepository } from "../../probes/gitRepository.ts";
import { vcsStatus } from "../texts.ts";
import { withoutStamp } from "./withoutStamp.ts";

const id = "vcs-dubious-ownership";

/** go stamps a build with the commit, and git refuses a repository that belongs to somebody else. */
export const vcsDubiousOwnership = cause({
  id,
  title: say`git refuses the repository, because it belongs to another user`,
  about: {
    what: "`go build` asks git for the commit and writes it into the binary. git refuses a repository whose directory belongs to another user than the one it runs as (a bind mount, root in a container, sudo): `detected dubious ownership`. go shows only `error obtaining VCS status: exit status 128`. `-buildvcs=false` builds without the stamp; `safe.directory` tells git that the repository is to be trusted.",
    notThis:
      "Exit status 128 is also git's answer for a damaged repository or a worktree that lost its place: so git itself is asked, with dlv's environment. Without git, go leaves the stamp out.",
    sources: ["golang/go#64275", "golang/go#49004", "golang/go#53640", "githubnemo/CompileDaemon#89"],
    seen: "real",
  },
  needs: { git: gitRepository },
  when: (launch) => builds(launch) && vcsStatus.test(launch.timeline.buildError ?? ""),
  find({ git }, launch) {
    if (git.state !== "refused" || git.root === undefined) return undefined;
    const { root, said, owner = "", user = "" } = git;
    return {
      certainty: "proven",
      because: say`git refuses ${root}: it belongs to user ${owner}, and dlv runs as user ${user}.`,
      evidence: [
        say`git rev-parse, with dlv's environment: ${said}`,
        say`stat ${root}: owner ${owner}; id -u: ${user}`,
        ...(launch.timeline.buildError?.split("\n").filter((line) => vcsStatus.test(line)) ?? []),
      ],
      explains: { phase: "build", ms: spent(launch.timeline, "build") },
      fixes: fixes(git, launch),
    };
  },
});

function fixes({ root = "", owner = "" }: GitRepository, launch: Launch): Fix[] {
  const git = ["git", "config", "--global"];
  return [
    withoutStamp(id, launch),
    {
      id: `${id}/trust`,
      title: say`Let git trust ${root}, whoever owns it`,
      preferred: false,
      needsRoot: false,
      scope: "user",
      action: {
        kind: "command",
        argv: [...git, "--add", "safe.directory", root],
        undo: [...git, "--fixed-value", "--unset-all", "safe.directory", root],
      },
    },
    {
      id: `${id}/own`,
      title: say`Give the repository to the user that dlv runs as`,
      preferred: false,
      needsRoot: false,
      scope: "machine",
      action: {
        kind: "advice",
        text: say`${root} belongs to user ${owner}. If that is a mistake, give it to the user that dlv runs as (chown -R), or run dlv as its owner (remoteUser in devcontainer.json).`,
      },
    },
  ];
}
