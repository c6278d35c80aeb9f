import assert from "node:assert/strict";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launchOf } from "../../../test/lab/judge.ts";
import { makeFolder } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { named } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { examine } from "../../examine/examine.ts";
import { applyChange } from "../../fixes/apply.ts";
import { changeOf } from "../../fixes/change.ts";
import { localHost } from "../../hosts/local.ts";
import { k8sProbesKill } from "./k8sProbesKill.ts";

/** What kubectl 1.32 prints of such a pod (core/v1, documented), cut to the fields that matter. */
function recorded(restartCount: number) {
  const terminated = { reason: "Error", exitCode: 137, finishedAt: new Date().toISOString() };
  const app = { name: "app", restartCount, lastState: restartCount > 0 ? { terminated } : {} };
  const involvedObject = { kind: "Pod", name: "api-7d4", fieldPath: "spec.containers{app}" };
  const killing = "Container app failed liveness probe, will be restarted";
  return {
    pod: { kind: "Pod", metadata: { name: "api-7d4" }, status: { containerStatuses: [app] } },
    events: {
      kind: "List",
      items: restartCount > 0 ? [{ reason: "Killing", message: killing, involvedObject }] : [],
    },
  };
}

const manifest = `kind: Deployment
metadata:
  name: api
spec:
  template:
    spec:
      containers:
        - name: app
          image: api
          livenessProbe: # every 10 s
            httpGet: { path: /health, port: 8080 }
          ports: []
`;

/** There is no cluster here: a stand-in for kubectl prints recorded answers. The rest, up to the edited file, is real. */
describe("a pod whose probe killed it, through a stand-in for kubectl (no cluster is here)", function () {
  this.timeout(120_000);
  const lab = makeFolder({ "k8s/api.yaml": manifest });
  const { folder } = lab;
  const host = { kind: "kubectl", name: "shop/api-7d4" } as const;
  const launch = launchOf(
    { request: "attach", mode: "remote", env: { PATH: `${folder}/bin:${process.env["PATH"]}` } },
    {
      link: {
        ...{ refused: [], reopened: false, opened: { host, via: "exec" } },
        lost: { because: "the pod is gone", silentMs: 5 },
      },
    },
  );

  before(function () {
    if (process.platform !== "win32") return;
    skip(this, "the stand-in for kubectl is a shell script");
  });
  after(() => lab.remove());

  function answer(restartCount: number): void {
    const { pod, events } = recorded(restartCount);
    lab.write("pod.json", `${JSON.stringify(pod)}\n`);
    lab.write("events.json", `${JSON.stringify(events)}\n`);
    lab.write(
      "bin/kubectl",
      `#!/bin/sh\ncase "$*" in\n"get pod api-7d4 -n shop -o json") cat '${folder}/pod.json' ;;\n` +
        `"get events -n shop "*"name=api-7d4 -o json") cat '${folder}/events.json' ;;\n*) echo "no $*" >&2; exit 1 ;;\nesac\n`,
    );
    chmodSync(join(folder, "bin", "kubectl"), 0o755);
  }

  const ask = () => examine(localHost, { ...launch, folder }, [k8sProbesKill]);

  it("is found, and its fix takes the probe out of the manifest and nothing else", async () => {
    answer(3);
    // The kubelet's own event would prove it; what was only recorded is called likely all the same.
    const finding = named({ verdicts: await ask() }, "k8s-probes-kill", "likely");
    const change = await changeOf(preferredFix(finding), {
      ...{ folder, platform: "linux" as const, config: {}, container: host },
    });
    assert.equal((await applyChange(change, localHost)).kind, "applied");
    assert.equal(
      readFileSync(join(folder, "k8s", "api.yaml"), "utf8"),
      manifest.replace(/ +livenessProbe.*\n.*\n/, ""),
    );
  });

  it("is clear where the container never restarted, and unknown where the cluster does not answer", async () => {
    answer(0);
    assert.deepEqual(await ask(), { findings: [], clear: ["k8s-probes-kill"], unknown: [] });
    lab.write("bin/kubectl", "#!/bin/sh\necho 'Unable to connect to the server: EOF' >&2\nexit 1\n");
    const { unknown } = await ask();
    assert.deepEqual(unknown, [
      { cause: "k8s-probes-kill", because: "Unable to connect to the server: EOF" },
    ]);
  });
});
