import assert from "node:assert/strict";
import type { ContainerChange } from "../core/fix.ts";
import { editContainerFile, type Made } from "./containerFile.ts";
import { runLine } from "./containerMade.ts";

function edit(path: string, text: string, change: ContainerChange = "sys-ptrace", made: Made = {}): string {
  const result = editContainerFile(path, text, change, made);
  return "text" in result ? result.text : `refused: ${result.refused}`;
}

const compose = `services:
  # ours
  api:
    build: .
    security_opt:
      - seccomp:./own.json
  db:
    image: postgres # not ours
`;

const pods = `apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  containers:
    - name: api
      image: api
      livenessProbe: # restarts it
        httpGet: { path: /health, port: 80 }
      ports: []
---
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: nginx
          image: nginx
`;

describe("changing what describes a container", () => {
  it("adds the capability to devcontainer.json, with its comments kept", () => {
    const text = '{\n  // go\n  "image": "go", // the image\n}\n';
    const path = ".devcontainer/devcontainer.json";
    assert.equal(
      edit(path, text),
      '{\n  // go\n  "image": "go", // the image\n  "capAdd": ["SYS_PTRACE"],\n}\n',
    );
    assert.equal(edit(path, edit(path, text)), edit(path, text));
    assert.equal(
      edit(path, '{ "securityOpt": ["label=disable", "seccomp=own.json"] }', "no-seccomp"),
      '{ "securityOpt": ["label=disable", "seccomp=unconfined"] }',
    );
    assert.equal(edit(path, "{}", "init"), '{ "init": true }');
  });

  it("adds the capability to the compose service that the label names, else the one that is built", () => {
    const api = compose.replace("own.json\n", "own.json\n    cap_add:\n      - SYS_PTRACE\n");
    assert.equal(edit("compose.yaml", compose), api);
    assert.equal(
      edit("compose.yaml", compose, "sys-ptrace", { service: "db" }),
      `${compose}    cap_add:\n      - SYS_PTRACE\n`,
    );
    assert.equal(
      edit("compose.yaml", compose, "no-seccomp"),
      compose.replace("seccomp:./own.json", '"seccomp:unconfined"'),
    );
    assert.equal(
      edit("compose.yaml", compose, "sys-ptrace", { service: "web" }),
      "refused: it has no service web; it has api, db",
    );
    assert.match(
      edit("docker-compose.yml", "services:\n  a: { image: a }\n  b: { image: b }\n"),
      /^refused: it has several services and none is surely the one \(a, b\)/,
    );
  });

  it("adds the capability to the container of the pod that is meant", () => {
    const nginx = `${pods}          securityContext:
            capabilities:
              add:
                - SYS_PTRACE
`;
    for (const name of ["web-7d4-x2", "prod/web-7d4-x2", "prod/web-7d4-x2/nginx", "web-nginx"])
      assert.equal(edit("k8s/pods.yaml", pods, "sys-ptrace", { name }), nginx, name);
    const api = pods.replace(
      "      ports: []\n",
      "      ports: []\n      securityContext:\n        seccompProfile:\n          type: Unconfined\n",
    );
    assert.equal(edit("k8s/pods.yaml", pods, "no-seccomp", { name: "shop-api" }), api);
    assert.match(edit("k8s/pods.yaml", pods), /^refused: .*\(shop\/api, web\/nginx\)/);
    assert.equal(edit("k8s/pods.yaml", "kind: Service\n"), "refused: it describes no container");
  });

  it("leaves alone what describes other containers than the one that is meant", () => {
    const redis = pods.slice(0, pods.indexOf("---"));
    for (const name of ["prod/cart-7d4-x2", "cart"])
      assert.match(edit("k8s/redis.yaml", redis, "sys-ptrace", { name }), /^refused: none of its .* surely /);
    assert.notEqual(edit("k8s/redis.yaml", redis), redis);
    const one = "services:\n  db:\n    image: db\n";
    assert.equal(
      edit("compose.yaml", one, "sys-ptrace", { name: "api", service: "" }),
      "refused: the container was not made from a compose file",
    );
  });

  it("gives a pod a process 1 that reaps", () => {
    assert.equal(
      edit("pod.yaml", pods, "init", { name: "shop" }),
      pods.replace("      ports: []\n", "      ports: []\n  shareProcessNamespace: true\n"),
    );
  });

  it("removes the probes of a container", () => {
    const without = pods.replace(/ {6}livenessProbe[\s\S]*?port: 80 }\n/, "");
    assert.equal(edit("pod.yaml", pods, "no-probes", { name: "shop" }), without);
  });
});

describe("the command that made a container", () => {
  const command = [
    "podman",
    "run",
    "-e",
    "TOKEN=x y",
    "--env=A=b",
    "--security-opt",
    "seccomp=own.json",
    "lab",
  ];

  it("is shown with the option added and every value of its environment hidden", () => {
    assert.equal(
      runLine({ command }, "sys-ptrace"),
      "podman run --cap-add=SYS_PTRACE -e 'TOKEN=‹redacted›' '--env=A=‹redacted›' --security-opt seccomp=own.json lab",
    );
  });

  it("loses its own profile where it is to have none", () => {
    assert.equal(
      runLine({ command: ["podman", "run", "--security-opt", "seccomp=own.json", "lab"] }, "no-seccomp"),
      "podman run --security-opt=seccomp=unconfined lab",
    );
  });

  it("is not known where the tool does not remember it", () => {
    assert.equal(runLine({}, "init"), undefined);
    assert.equal(runLine({ command: ["podman", "play", "kube", "pod.yaml"] }, "init"), undefined);
  });
});
