import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import type { JsonEdit } from "../core/fix.ts";
import { editYaml, readYaml } from "./editYaml.ts";
import { spliceOf } from "./splice.ts";

const cap: JsonEdit = { at: ["services", "api", "cap_add", 0], value: "SYS_PTRACE" };

function edit(text: string, ...edits: JsonEdit[]): string {
  const result = editYaml(text, 0, edits);
  return "text" in result ? result.text : `refused: ${result.refused}`;
}

describe("editing YAML", () => {
  it("adds a list behind the last key, with its comments, in the text's own indentation", () => {
    const text = `# all of it
services:
    api: # the one
        build: .
        ports:
            - "8080:8080" # http
    # the other
    db:
        image: postgres
`;
    assert.equal(
      edit(text, cap),
      text.replace("# http\n", "# http\n        cap_add:\n            - SYS_PTRACE\n"),
    );
  });

  it("keeps lists where they are: not indented below their key", () => {
    const text = "services:\n  api:\n    ports:\n    - 80:80\n";
    assert.equal(edit(text, cap), `${text}    cap_add:\n    - SYS_PTRACE\n`);
  });

  it("adds to a list that is there, in lines or in brackets", () => {
    const lines = "services:\n  api:\n    cap_add:\n      - NET_ADMIN # for tun\n    image: x\n";
    const at = { ...cap, at: ["services", "api", "cap_add", 1] };
    assert.equal(edit(lines, at), lines.replace("# for tun\n", "# for tun\n      - SYS_PTRACE\n"));
    const flow = "services: { api: { cap_add: [NET_ADMIN ], image: x } } # all\n";
    assert.equal(edit(flow, at), flow.replace("NET_ADMIN ]", "NET_ADMIN, SYS_PTRACE ]"));
    assert.equal(edit("services: {api: {}}\n", cap), "services: {api: {cap_add: [SYS_PTRACE]}}\n");
  });

  it("fills a key that has no value, behind its comment or before it", () => {
    const text = "services:\n  api:\n    cap_add: # what it may\n    image: x\n";
    assert.equal(edit(text, cap), text.replace("cap_add:", "cap_add: [SYS_PTRACE]"));
  });

  it("keeps line ends, a byte order mark and a missing last line end", () => {
    const text = "\uFEFFservices:\r\n  api:\r\n    image: x";
    assert.equal(edit(text, cap), `${text}\r\n    cap_add:\r\n      - SYS_PTRACE`);
  });

  it("goes behind a block of text and inside a list of maps", () => {
    const text = "services:\n  api:\n    command: |\n      one\n      two\n\n  db: {}\n";
    assert.equal(
      edit(text, cap),
      "services:\n  api:\n    command: |\n      one\n      two\n    cap_add:\n      - SYS_PTRACE\n\n  db: {}\n",
    );
    const pod = "spec:\n  containers:\n  - name: api # it\n    image: x\n  - name: b\n";
    const at = ["spec", "containers", 0, "securityContext", "capabilities", "add", 0];
    assert.equal(
      edit(pod, { at, value: "SYS_PTRACE" }),
      pod.replace(
        "    image: x\n",
        "    image: x\n    securityContext:\n      capabilities:\n        add:\n        - SYS_PTRACE\n",
      ),
    );
  });

  it("edits the document that is meant", () => {
    const text = "a: 1\n---\nservices:\n  api:\n    image: x\n---\nb: 2\n";
    const result = editYaml(text, 1, [cap]);
    assert.deepEqual(result, {
      text: text.replace("image: x\n", "image: x\n    cap_add:\n      - SYS_PTRACE\n"),
    });
  });

  it("replaces a value and leaves what is so already", () => {
    const text = "services:\n  api:\n    init: false # no reaper\n";
    const set = { at: ["services", "api", "init"], value: true };
    assert.equal(edit(text, set), text.replace("false", "true"));
    assert.equal(edit(edit(text, set), set), text.replace("false", "true"));
  });

  it("removes a key with its lines only", () => {
    const text =
      "a:\n  keep: 1 # one\n  probe: # why\n    exec:\n      - x\n    # inner\n  # of last\n  last: 2\n";
    assert.equal(
      edit(text, { at: ["a", "probe"] }),
      "a:\n  keep: 1 # one\n    # inner\n  # of last\n  last: 2\n",
    );
    assert.equal(edit(text, { at: ["a", "nothing"] }), text);
    assert.match(edit("a: { b: 1, c: 2 }\n", { at: ["a", "b"] }), /^refused: /);
  });

  it("refuses what others share, what it cannot read, and what is of another kind", () => {
    const shared = "x: &base\n  image: x\nservices:\n  api: *base\n";
    assert.match(edit(shared, cap), /^refused: "cap_add" is under the alias \*base/);
    const anchor = "services:\n  api: &api\n    image: x\n  copy: *api\n";
    assert.match(edit(anchor, cap), /^refused: the edit would change more/);
    const merged = "x: &base\n  cap_add: [NET_ADMIN]\nservices:\n  api:\n    <<: *base\n";
    assert.match(edit(merged, { ...cap, at: ["services", "api", "cap_add", 1] }), /^refused: /);
    assert.match(edit("services: [\n", cap), /^refused: line \d+, column \d+: /);
    assert.match(edit("services: text\n", cap), /^refused: something else stands/);
    assert.match(edit("", cap), /^refused: /);
  });

  it("changes nothing but what it adds, or refuses, whatever the text is", function () {
    this.timeout(60_000);
    const word = fc.constantFrom(
      "api",
      "db",
      "image",
      "cap_add",
      "a b",
      "#x",
      "yes",
      "1",
      "- y",
      "k: v",
      "",
      "ü",
    );
    const value = fc.letrec<{ any: unknown; map: object }>((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.constant("two\nlines\n")),
        fc.array(tie("any"), { maxLength: 3 }),
        tie("map"),
      ),
      map: fc.dictionary(word, tie("any"), { maxKeys: 4 }),
    }));
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom("any", "block", "flow"),
    });
    let done = 0;
    fc.assert(
      fc.property(value.map, style, fc.boolean(), (services, options, windows) => {
        const plain = stringify({ services, after: "it" }, options as never).replace(
          /(: \w+)$/gm,
          "$1 # said",
        );
        const text = windows ? plain.replaceAll("\n", "\r\n") : plain;
        const before = readYaml(text);
        if ("refused" in before) return;
        const [{ services: old }] = before.values as [{ services: { api?: { cap_add?: unknown } } }];
        const given = old.api?.cap_add;
        const at = ["services", "api", "cap_add", Array.isArray(given) ? given.length : 0];
        const result = editYaml(text, 0, [{ at, value: "SYS_PTRACE" }]);
        if ("refused" in result) return;
        done += 1;
        assert.equal(spliceOf(text, result.text).removed, "");
        const after = readYaml(result.text);
        assert.ok("values" in after);
        const [{ services: got }] = after.values as [{ services: { api: { cap_add: unknown[] } } }];
        assert.equal(got.api.cap_add.at(-1), "SYS_PTRACE");
      }),
      { numRuns: 300 },
    );
    assert.ok(done > 20, `only ${done} edits were made`);
  });
});
