import { isOn } from "../../core/dlvCommand.ts";
import { type Complaint, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { containersOf, type Described, listOf, objectOf } from "./described.ts";
import { podSample } from "./samples.ts";

/** Probes of a container whose program dlv holds. */
export const podProbes = rule({
  code: "DLV512",
  id: "pod-probes",
  title: say`A probe kills a program that dlv holds`,
  severity: "warning",
  of: "pod",
  prevents: ["k8s-probes-kill", "single-client-used-up"],
  about: {
    what: "While dlv holds a program, at a breakpoint or before a client has come, it answers no HTTP or gRPC probe (a TCP one is answered by the kernel, once the program listens). The kubelet kills the container for a liveness or startup probe that fails, dlv and the session with it; for a readiness probe it only takes the pod out of its service. For the time of debugging take them off. A probe of dlv's own port is worse: without `--accept-multiclient` its first connection is the only client that dlv ever takes.",
    wrong: podSample(
      "exec --headless --continue --accept-multiclient --listen=:40000 /app",
      `livenessProbe:
  httpGet:
    path: /healthz
    port: 8080
`,
    ),
    right: podSample("exec --headless --continue --accept-multiclient --listen=:40000 /app"),
    sources: [
      "GoogleContainerTools/skaffold#5425",
      "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    ],
  },
  check: (file) =>
    containersOf(file)
      .filter(serves)
      .flatMap((container) => probes.flatMap((name) => probed(container, name))),
});

const probes = ["livenessProbe", "startupProbe", "readinessProbe"];

/** `dlv dap` holds nothing before a client has told it what to start, and serves nobody's probes before. */
function serves({ dlv }: Described): boolean {
  return dlv !== undefined && !dlv.opaque && (dlv.verb === "dap" || isOn(dlv, "headless"));
}

/** True for a dlv that lets its program run without a client. */
function isRunning(dlv: Described["dlv"]): boolean {
  return dlv !== undefined && isOn(dlv, "continue");
}

function probed({ at, value, dlv }: Described, name: string): Complaint[] {
  const probe = objectOf(value[name]);
  const ask = objectOf(probe?.["httpGet"] ?? probe?.["tcpSocket"] ?? probe?.["grpc"]);
  // What a command looks at nobody can tell.
  if (ask === undefined) return [];
  const place = [...at, name];
  const remedies = [{ title: say`Remove ${name}`, edits: [{ at: place }] }];
  const port =
    listOf(value["ports"])
      .map(objectOf)
      .find((one) => one?.["name"] === ask["port"])?.["containerPort"] ?? ask["port"];
  const own = /:(\d+)$/.exec(dlv?.flags.get("listen") ?? dlv?.flags.get("l") ?? "")?.[1];
  if (String(port) === own) {
    if (dlv === undefined || isOn(dlv, "accept-multiclient")) return [];
    return [
      {
        at: place,
        mark: "key",
        message: say`${name} connects to dlv's own port ${own}: its first try is the one client that dlv takes.`,
        remedies,
      },
    ];
  }
  // The kernel takes a connection for a program that stands still, once it listens.
  if (probe?.["httpGet"] === undefined && probe?.["tcpSocket"] !== undefined && isRunning(dlv)) return [];
  return [
    {
      at: place,
      mark: "key",
      ...(name === "readinessProbe" && { severity: "information" as const }),
      message:
        name === "readinessProbe"
          ? say`A program that dlv holds at a breakpoint does not answer ${name}: the pod is taken out of its service.`
          : say`A program that dlv holds at a breakpoint does not answer ${name}: the kubelet kills the container, dlv with it.`,
      remedies,
    },
  ];
}
