import { askingGit } from "../../core/asking.ts";
import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { withoutUserinfo } from "../../core/goproxy.ts";
import { standsStill } from "../../core/idle.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { seconds } from "../../core/waiting.ts";
import { type GitHelper, gitHelpers } from "../../probes/gitHelpers.ts";

const id = "private-module-auth-hang";

/** A helper that fetches a token from a server may be silent for a moment (ms). */
const stuckMs = 2000;

/** go fetches private modules with git, and git asks for a password whoever it is told to ask. */
export const privateModuleAuthHang = cause({
  id,
  title: say`git waits for a password that nobody is asked for`,
  about: {
    what: "A private module (`GOPRIVATE`, `GOPROXY=direct`) is fetched with git, which needs credentials. go forbids git to ask on a terminal (`GIT_TERMINAL_PROMPT=0`) and ssh to ask at all (`BatchMode`), unless the environment says otherwise, but it does not keep git from running a credential helper, or an ssh command of the user's. A helper that opens a window on a machine without a screen, waits for a key to be touched or for an agent that is gone holds up the build for ever. Delve shows nothing of it.",
    notThis:
      "A slow clone moves bytes. A git that waits for its server has no program below it: module-download-blocked. Where git may ask nobody it fails at once, with `terminal prompts disabled` or `Permission denied (publickey)` in the debug console.",
    sources: [
      "golang/go#35209",
      "golang/go#26145",
      "golang/go#9341",
      "golang/go#20604",
      "golang/go#34207",
      "fatih/vim-go#3104",
    ],
    seen: "real",
  },
  needs: { helpers: gitHelpers },
  when: (launch) =>
    builds(launch) &&
    standsStill(launch.timeline) &&
    askingGit(launch.timeline.last?.processes ?? []) !== undefined,
  find({ helpers }, launch) {
    const { idleMs, last } = launch.timeline;
    const asking = askingGit(last?.processes ?? []);
    const leaf = asking?.helpers.at(-1);
    // Whoever is gone by now was not stuck.
    const stuck = helpers.find(({ pid }) => pid === leaf?.pid);
    if (asking === undefined || leaf === undefined || stuck === undefined) return undefined;
    const repository = asking.git.argv.find((word) =>
      /^(?:https?|ssh|git\+ssh):\/\/|^[\w.-]+@[\w.-]+:/.test(word),
    );
    const from = repository === undefined ? say`the repository of a module` : withoutUserinfo(repository);
    // What runs below ssh (a ProxyCommand) is its way to the server.
    const ssh = asking.helpers.some(({ name }) => name === "ssh");
    return {
      // ssh may also wait for the server that it talks to; a helper talks to people and agents.
      certainty: ssh || idleMs < stuckMs ? "likely" : "proven",
      because: say`git has waited ${seconds(idleMs)} for ${leaf.name} (pid ${leaf.pid}) to give it what it needs to log in to ${from}.`,
      evidence: [
        `pid ${asking.git.pid}: git ${asking.git.argv[1] ?? ""} ${from}`,
        ...helpers.map(described),
        say`no CPU and no bytes in dlv's process tree for ${seconds(idleMs)}`,
      ],
      explains: { phase: "build", ms: idleMs },
      fixes: fixes(from, stuck, ssh, launch),
    };
  },
});

function described({ pid, path, wchan, input }: GitHelper): string {
  const process = `pid ${pid} ${path || say`(not readable)`}`;
  const from = input || say`not readable`;
  return wchan === ""
    ? say`${process}: asleep, its input is ${from}`
    : say`${process}: asleep in ${wchan}, its input is ${from}`;
}

function fixes(from: string, { path }: GitHelper, ssh: boolean, launch: Launch): Fix[] {
  const text = ssh
    ? say`Run \`ssh\` to that host once in a terminal there, as the user that dlv runs as: accept the host key, load the key into an agent (ssh-add), and let dlv inherit SSH_AUTH_SOCK. Then \`git ls-remote ${from}\` must answer without a question.`
    : say`Run \`git ls-remote ${from}\` in a terminal there, as the user that dlv runs as: it must answer without a question. Log in with the helper (${path}), or put the host's machine, login and password (a token) into ~/.netrc, which git and go read before they ask any helper.`;
  return [
    {
      id: `${id}/log-in`,
      title: say`Give git what it needs to log in without a question`,
      preferred: true,
      needsRoot: false,
      scope: "user",
      action: { kind: "advice", text },
    },
    ...failAtOnce(ssh, launch),
  ];
}

/** The launch then fails with git's own words instead of waiting for ever. */
function failAtOnce(ssh: boolean, launch: Launch): Fix[] {
  if (launch.env["GIT_CONFIG_COUNT"] !== undefined) return [];
  const values = ssh
    ? { GIT_SSH_COMMAND: "ssh -o BatchMode=yes" }
    : {
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: "credential.helper",
        GIT_CONFIG_VALUE_0: "",
        GIT_TERMINAL_PROMPT: "0",
      };
  return [
    {
      id: `${id}/fail-at-once`,
      title: say`Let git ask nobody in this launch: it fails at once and says why`,
      preferred: false,
      needsRoot: false,
      scope: "launch",
      action: {
        kind: "launch.json",
        edits: Object.entries(values).map(([name, value]) => ({ at: ["env", name], value })),
      },
    },
  ];
}
