import { type Complaint, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { containersOf, type Described, listOf, objectOf } from "./described.ts";
import { podSample } from "./samples.ts";

/** A dlv that attaches without the capability for it. */
export const podMayNotTrace = rule({
  code: "DLV513",
  id: "pod-may-not-trace",
  title: say`A container that attaches may not trace`,
  severity: "information",
  of: "pod",
  prevents: ["container-ptrace-eperm", "yama-scope1-attach"],
  about: {
    what: "`dlv attach` traces a process that is already there. Without CAP_SYS_PTRACE the kernel allows that for processes of the same user only, with the same or fewer capabilities, and only where the node's Yama says 0, which most distributions do not. A container that drops ALL and does not add SYS_PTRACE has it not, whoever it runs as.",
    wrong: podSample(
      "attach --headless --continue --accept-multiclient --listen=:40000 7",
      `securityContext:
  capabilities:
    drop: ["ALL"]
`,
    ),
    right: podSample(
      "attach --headless --continue --accept-multiclient --listen=:40000 7",
      `securityContext:
  capabilities:
    drop: ["ALL"]
    add: ["SYS_PTRACE"]
`,
    ),
    sources: [
      "https://man7.org/linux/man-pages/man2/ptrace.2.html",
      "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    ],
  },
  check: (file) => containersOf(file).flatMap(mayNotTrace),
});

function mayNotTrace({ at, value, dlv }: Described): Complaint[] {
  const context = objectOf(value["securityContext"]);
  const { drop, add } = objectOf(context?.["capabilities"]) ?? {};
  if (dlv?.verb !== "attach" || context?.["privileged"] === true) return [];
  if (!has(drop, "ALL", "SYS_PTRACE") || has(add, "ALL", "SYS_PTRACE")) return [];
  const place = [...at, "securityContext", "capabilities"];
  return [
    {
      at: [...place, "drop"],
      message: say`Without SYS_PTRACE dlv attaches only to processes of its own user, and only where the node's Yama allows that.`,
      remedies: [
        {
          title: say`Add SYS_PTRACE`,
          edits: [{ at: [...place, "add", listOf(add).length], value: "SYS_PTRACE" }],
        },
      ],
    },
  ];
}

/** True where a list of capabilities has one of these, with or without CAP_ before it, in any case of letters. */
function has(list: unknown, ...names: readonly string[]): boolean {
  return listOf(list).some((one) => names.includes(String(one).toUpperCase().replace(/^CAP_/, "")));
}
