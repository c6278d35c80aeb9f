import assert from "node:assert/strict";
import { unknownWorld } from "../../core/world.ts";
import { check } from "../../language/check.ts";
import type { Kind } from "../../language/kind.ts";
import { openDocument } from "../../language/open.ts";
import { edit } from "../../language/quickFix.ts";
import { containers } from "./index.ts";

const problems = (kind: Kind, text: string) =>
  check(openDocument("/w/x", kind, text), containers, unknownWorld);
const told = (kind: Kind, text: string) =>
  problems(kind, text).map(({ code, severity }) => `${code} ${severity}`);

/** The text after the preferred fix of the first problem with a code. */
function fixed(kind: Kind, text: string, code: string): string {
  const document = openDocument("/w/x", kind, text);
  const [fix] = problems(kind, text).find((one) => one.code === code)?.fixes ?? [];
  assert.ok(fix, code);
  const edited = edit(document, fix.edits);
  assert.ok("text" in edited, JSON.stringify(edited));
  return edited.text;
}

describe("a pod's manifest", () => {
  const container = (lines: string) => `    - name: api\n      image: api\n${lines}`;
  const pod = (lines: string) => `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n${container(lines)}`;
  const dlv =
    '      command: ["dlv", "exec", "--headless", "--continue", "--accept-multiclient", "--listen=:40000", "/app"]\n';

  it("may have probes where no dlv runs, and those that dlv or a command answers", () => {
    const probe = "      livenessProbe: {httpGet: {port: 8080}}\n";
    assert.deepEqual(told("pod", pod(probe)), []);
    assert.deepEqual(told("pod", pod(`${dlv}      livenessProbe: {exec: {command: ["true"]}}\n`)), []);
    assert.deepEqual(told("pod", pod(`${dlv}      livenessProbe: {tcpSocket: {port: 40000}}\n`)), []);
    assert.deepEqual(told("pod", pod(dlv + probe)), ["DLV512 warning"]);
    assert.deepEqual(told("pod", pod(`${dlv}      readinessProbe: {grpc: {port: 1}}\n`)), [
      "DLV512 information",
    ]);
  });

  it("may have a probe that the kernel answers for a program that stands still", () => {
    const probe = "      livenessProbe: {tcpSocket: {port: 8080}}\n";
    assert.deepEqual(told("pod", pod(dlv + probe)), []);
    // Nothing listens there before a client has come.
    const held = '      command: ["dlv", "exec", "--headless", "--listen=:40000", "/app"]\n';
    assert.deepEqual(told("pod", pod(held + probe)), ["DLV511 information", "DLV512 warning"]);
  });

  it("loses the one client of dlv to a probe of its own port, by its number or its name", () => {
    const once =
      '      command: ["dlv", "dap", "--listen=:40000"]\n      ports: [{name: dlv, containerPort: 40000}]\n';
    assert.deepEqual(told("pod", pod(`${once}      startupProbe: {tcpSocket: {port: dlv}}\n`)), [
      "DLV512 warning",
    ]);
  });

  it("is read in each kind of workload, in every document and in lists", () => {
    const spec = (indent: string) =>
      `containers:\n- name: a\n  args: ["dlv", "dap", "--continue"]\n`.replace(/^(?=.)/gm, indent);
    const text = [
      `kind: Deployment\nspec:\n  template:\n    spec:\n${spec("      ")}`,
      `kind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n${spec("          ")}`,
      "kind: Service\nspec: {}\n",
      `kind: List\nitems:\n- kind: Pod\n  spec:\n${spec("    ")}`,
    ].join("---\n");
    assert.deepEqual(told("pod", text), ["DLV510 error", "DLV510 error", "DLV510 error"]);
  });

  it("gets SYS_PTRACE for an attach, and its probe removed, in its own place of the stream", () => {
    const attach =
      '      command: ["dlv", "attach", "7", "--headless", "--continue", "--accept-multiclient"]\n      securityContext: {capabilities: {drop: [ALL]}}\n';
    assert.match(
      fixed("pod", `kind: Service\n---\n${pod(attach)}`, "DLV513"),
      /drop: \[ALL\], add: \[SYS_PTRACE\]/,
    );
    const probed = pod(`${dlv}      livenessProbe: # old\n        httpGet: {port: 1}\n      tty: true\n`);
    assert.equal(fixed("pod", probed, "DLV512"), pod(`${dlv}      tty: true\n`));
  });
});
