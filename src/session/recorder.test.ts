import assert from "node:assert/strict";
import { hidden } from "../core/redact.ts";
import { makeRecorder } from "./recorder.ts";

describe("the record of a connection", () => {
  it("keeps what others wrote without its secrets: a forwarder's command line, a host's words", () => {
    const lines: string[] = [];
    const { record, timeline } = makeRecorder(
      (line) => lines.push(line),
      () => ["hunter2-value"],
    );
    const argv = ["kubectl", "--token=abcdefgh12345", "port-forward", "pod/api", "2345"];
    const through = { pid: 7, name: "kubectl", argv };
    record({ kind: "link", what: "stream", address: "127.0.0.1:2345", through });
    record({ kind: "link", what: "refused", why: "prohibited", to: "a:1", words: "no hunter2-value" });
    record({ kind: "link", what: "lost", because: "hunter2-value is gone", silentMs: 5 });
    const { link } = timeline();
    assert.deepEqual(link?.stream?.through?.argv.slice(1, 3), [`--token=${hidden}`, "port-forward"]);
    assert.equal(link.refused[0]?.words, `no ${hidden}`);
    assert.equal(link.lost?.because, `${hidden} is gone`);
    assert.doesNotMatch(lines.join(""), /abcdefgh12345|hunter2/);
  });
});
