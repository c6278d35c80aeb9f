import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import type { Link } from "../../core/link.ts";
import type { ContainerFiles } from "../../probes/containerFiles.ts";
import { type PodRestarts, podOf } from "../../probes/podRestarts.ts";
import { k8sProbesKill } from "./k8sProbesKill.ts";

const restarts: PodRestarts = {
  pod: "api-7d4",
  restarted: [{ container: "app", count: 2, reason: "Error", exitCode: 137 }],
  events: [
    {
      container: "app",
      text: 'Unhealthy: Liveness probe failed: Get "http://10.1.0.7:8080/health": context deadline exceeded',
    },
    { container: "app", text: "Killing: Container app failed liveness probe, will be restarted" },
  ],
};
const files: ContainerFiles = { devcontainer: [], compose: ["compose.yaml"], pods: ["k8s/api.yaml"] };
const none: Link = { refused: [], reopened: false };
const host = { kind: "kubectl", name: "shop/api-7d4/app" } as const;
const link = {
  opened: { host, via: "exec" },
  lost: { because: "kubectl:shop/api-7d4/app: the connection to the container ended", silentMs: 10 },
} as const;

function find(more: Partial<PodRestarts> = {}, given: Partial<Link> = link) {
  const launch = launchOf({ request: "attach", mode: "remote" }, { link: { ...none, ...given } });
  return judge(k8sProbesKill, { restarts: { ...restarts, ...more }, files }, launch);
}

describe("k8s-probes-kill", () => {
  it("is proven by the kubelet's own event, the restart and the lost connection", () => {
    const found = find();
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /container app of pod api-7d4: .* a liveness probe/);
    assert.match(found.evidence.join("\n"), /restartCount 2, last ended with Error, exit code 137/);
  });

  it("is likely where only failed probes were seen", () => {
    assert.equal(find({ events: restarts.events.slice(0, 1) })?.certainty, "likely");
  });

  it("is clear where the probe of another container failed, and possible at most long after the restart", () => {
    const events = restarts.events.map((one) => ({ ...one, container: "sidecar" }));
    assert.equal(find({ events }), undefined);
    const ago = (agoMs: number) => find({ restarted: restarts.restarted.map((one) => ({ ...one, agoMs })) });
    assert.deepEqual([ago(20_000)?.certainty, ago(2_400_000)?.certainty], ["proven", "possible"]);
    assert.match(ago(2_400_000)?.evidence.join("\n") ?? "", /exit code 137, 40\.0 min ago/);
  });

  it("takes the probes out of the manifest, and its own fix silences it", () => {
    const fixes = find()?.fixes ?? [];
    assert.deepEqual(fixes[0]?.action, { kind: "file", path: "k8s/api.yaml", container: "no-probes" });
    assert.deepEqual(
      fixes.map(({ id, preferred }) => [id, preferred]),
      [
        ["k8s-probes-kill/pod", true],
        ["k8s-probes-kill/run", false],
      ],
    );
    assert.equal(find({ events: [], restarted: [] }), undefined);
  });

  it("is clear for a container out of memory, a failing readiness, and one that never restarted", () => {
    assert.equal(
      find({ restarted: [{ container: "app", count: 1, reason: "OOMKilled", exitCode: 137 }] }),
      undefined,
    );
    assert.equal(find({ events: [{ text: "Unhealthy: Readiness probe failed: …" }] }), undefined);
    assert.equal(find({ restarted: [] }), undefined);
  });

  it("is clear while the connection stands, and where no pod is behind it", () => {
    assert.equal(find({}, { opened: link.opened }), undefined);
    assert.equal(find({}, { lost: link.lost }), undefined);
  });
});

describe("the pod behind a connection", () => {
  const through = (...argv: readonly string[]) =>
    podOf(
      launchOf(
        {},
        {
          link: {
            ...none,
            stream: { address: "127.0.0.1:4000", through: { pid: 7, name: "kubectl", argv } },
          },
        },
      ),
    );

  it("is what a port-forward names", () => {
    const pod = { namespace: "shop", pod: "api-7", cluster: [] };
    assert.deepEqual(through("kubectl", "-n", "shop", "port-forward", "pod/api-7", "4000"), pod);
    assert.deepEqual(through("kubectl", "port-forward", "api-7", "4000:4000", "--namespace=shop"), pod);
    assert.deepEqual(through("kubectl", "port-forward", "--address", "0.0.0.0", "api-7", "4000"), {
      namespace: "",
      pod: "api-7",
      cluster: [],
    });
    const elsewhere = through(
      "kubectl",
      "--context",
      "prod",
      "--kubeconfig=/k",
      "port-forward",
      "api-7",
      "4000",
    );
    assert.deepEqual(elsewhere?.cluster, ["--context=prod", "--kubeconfig=/k"]);
    assert.equal(through("kubectl", "port-forward", "svc/api", "4000"), undefined);
    assert.equal(through("ssh", "-L", "4000:localhost:4000", "web"), undefined);
  });

  it("is the host itself where dlv runs in it", () => {
    const on = (name: string) =>
      podOf(launchOf({}, { link: { ...none, opened: { host: { kind: "kubectl", name }, via: "exec" } } }));
    assert.deepEqual(on("api"), { namespace: "", pod: "api", cluster: [] });
    assert.deepEqual(on("shop/api/app"), { namespace: "shop", pod: "api", cluster: [] });
    assert.deepEqual(on("/api/app"), { namespace: "", pod: "api", cluster: [] });
  });
});
