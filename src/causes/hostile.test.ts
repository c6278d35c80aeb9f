import assert from "node:assert/strict";
import { floods, nasty } from "../../test/lab/hostile.ts";
import { redactText } from "../core/redact.ts";
import { causes } from "./index.ts";
import * as tables from "./texts/index.ts";
import * as patterns from "./texts.ts";

/** How long (ms) one reading may take on a busy machine. What goes back and forth over such a text takes minutes. */
const limitMs = 3000;

function assertQuick(what: string, text: string, read: () => unknown): void {
  const began = performance.now();
  try {
    read();
  } catch {
    // An answer that settles nothing is an answer.
  }
  const ms = performance.now() - began;
  assert.ok(ms < limitMs, `${what} took ${Math.round(ms)} ms with ${JSON.stringify(text.slice(0, 20))}…`);
}

describe("answers of a host that means harm", function () {
  this.timeout(120_000);

  it("are read by every probe in no time, as long as answers get", () => {
    const probes = new Set(causes.flatMap(({ needs }) => Object.values(needs)));
    const texts = [...floods(64 * 1024), nasty.join("\n").repeat(20)];
    for (const text of texts) {
      const answer = { code: 0, stdout: text, stderr: text, timedOut: false };
      const asked = { config: {}, env: {}, folder: "/", cwd: "/" };
      for (const { id, read } of probes)
        assertQuick(id, text, () => Reflect.apply(read, undefined, [answer, asked]));
    }
    assert.ok(probes.size > 50);
    assert.equal(Reflect.get({}, "polluted"), undefined);
  });

  it("are searched for every text of Delve's and Go's in no time", () => {
    const rows = Object.values(tables).flat();
    const all = [
      ...rows.flatMap((row) => ("text" in row && row.text instanceof RegExp ? [row.text] : [])),
      ...Object.values(patterns),
    ];
    for (const text of floods(64 * 1024).slice(0, 6))
      for (const pattern of all) assertQuick(String(pattern), text, () => pattern.exec(text));
    assert.ok(all.length > 200);
  });

  it("are redacted in no time", () => {
    for (const text of floods(256 * 1024)) assertQuick("redaction", text, () => redactText(text, ["secret"]));
  });
});
