import assert from "node:assert/strict";
import fc from "fast-check";
import { unknownWorld } from "../core/world.ts";
import { editYaml } from "../fixes/editYaml.ts";
import { rules } from "../rules/index.ts";
import { check } from "./check.ts";
import type { Document } from "./document.ts";
import type { Kind } from "./kind.ts";
import { concernsGo, kindOf, kindOfText, yamlKind } from "./kind.ts";
import { openDocument } from "./open.ts";

const read = (kind: Kind, text: string) => openDocument("/w/x", kind, text);
const codes = (kind: Kind, text: string) =>
  check(read(kind, text), rules, unknownWorld).map(({ code }) => code);

/** The text of a place. */
function at(document: Document, ...[path, mark]: Parameters<Document["locate"]>): string {
  const { start, end } = document.locate(path, mark);
  return document.text.slice(start, end);
}

/** The same text with each way to end a line, with and without a byte order mark. */
function* written(text: string): Iterable<string> {
  for (const eol of ["\n", "\r\n"])
    for (const mark of ["", "\uFEFF"]) yield mark + text.replaceAll("\n", eol);
}

/** What holds of any text at all. */
function isSound(kind: Kind, text: string): void {
  const document = read(kind, text);
  for (const { start, end } of [...check(document, rules, unknownWorld), ...document.comments])
    assert.ok(
      start >= 0 && start <= end && end <= Math.max(text.length, 1),
      `${start}-${end} of ${text.length}`,
    );
  for (const comment of document.comments) assert.equal(text.slice(comment.start, comment.end), comment.text);
}

describe("a JSON text", () => {
  const text =
    '{\n  // one "x": 1\n  "list": [\n    { "name": "A", "deep": { "k": [1, 2] } } /* two */\n  ],\n}\n';

  it("says where its values and keys stand, whatever ends its lines", () => {
    for (const one of written(text)) {
      const document = read("launch", one);
      assert.equal(at(document, ["list", 0, "deep", "k", 1]), "2");
      assert.equal(at(document, ["list", 0, "name"]), '"A"');
      assert.equal(at(document, ["list", 0, "deep"], "key"), '"deep"');
      assert.deepEqual(
        document.comments.map((comment) => comment.text),
        ['// one "x": 1', "/* two */"],
      );
    }
  });

  it("shows the nearest thing that is written for one that is not", () => {
    const document = read("launch", text);
    assert.equal(at(document, ["list", 0, "deep", "other"]), '"deep"');
    assert.equal(at(document, ["list", 0, "mode"]), '"A"');
    assert.equal(at(document, ["list", 7]), '"list"');
    assert.equal(at(document, ["list", 0], "key"), '"A"');
    assert.deepEqual(read("launch", "").locate(["a"]), { start: 0, end: 0 });
  });

  it("of two equal keys has the last, and says that", () => {
    const document = read("launch", '{"a": 1, "a": 2}');
    assert.equal(at(document, ["a"]), "2");
    assert.equal(JSON.stringify(document.values[0]?.value), '{"a":2}');
    assert.deepEqual(codes("launch", '{"a": 1, "a": 2}'), ["DLV002"]);
  });

  it("is ignored where a comment says so, on the line or above it", () => {
    for (const one of written('{\n  // delve-doctor-ignore DLV002\n  "a": 1, "a": 2\n}'))
      assert.deepEqual(codes("launch", one), []);
    assert.deepEqual(codes("launch", '{"a": 1, "a": 2 /* delve-doctor-ignore DLV002 */}'), []);
    assert.deepEqual(codes("launch", '{"a": "// delve-doctor-ignore DLV002", "a": 2}'), ["DLV002"]);
  });

  it("has the values that JSON.parse would give", () => {
    const odd = '{"__proto__": {"a": 1}, "list": [null, true, -1.5e3, "\\u00e4"], "": {}}';
    const [one] = read("launch", odd).values;
    assert.deepEqual(one?.value, JSON.parse(odd));
    assert.equal(`${Object.keys(one?.value ?? {})}`, "__proto__,list,");
    assert.deepEqual(read("launch", '{"a": , "b": [1,, 2], "c"}').values[0]?.value, { b: [1, 2] });
  });

  it("is not searched for comments before somebody asks for them, which takes as long as to read it", () => {
    for (const kind of ["launch", "compose"] as const)
      assert.equal(Object.getOwnPropertyDescriptor(read(kind, "{}"), "comments")?.value, undefined);
  });

  it("may be nested as deeply and be as large as it likes", () => {
    assert.deepEqual(codes("launch", "[".repeat(200_000)), ["DLV001"]);
    assert.deepEqual(codes("launch", '{"a":'.repeat(50_000)), ["DLV001"]);
    assert.deepEqual(codes("launch", `{"a": "${"x".repeat(10_000_000)}"}`), ["DLV003"]);
    assert.ok(codes("launch", `{${'"a": 1 '.repeat(5_000)}}`).length <= 40);
  });

  it("may be anything", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,/*\\n1a \r\n\uFEFF\u{1F600}') }), (any) =>
        isSound("launch", any),
      ),
    );
  });
});

describe("a YAML text", () => {
  const text =
    "# one\nservices:\n  api:\n    command: [dlv, 'da#p'] # two\n    build: .\n---\nb:\n- 1\n- c: 2\n";

  it("says where its values and keys stand, whatever ends its lines", () => {
    for (const one of written(text)) {
      const document = read("compose", one);
      assert.equal(at(document, [0, "services", "api", "command", 1]), "'da#p'");
      assert.equal(at(document, [0, "services", "api"]), "api");
      assert.equal(at(document, [0, "services", "api", "build"], "key"), "build");
      assert.equal(at(document, [1, "b", 1, "c"]), "2");
      assert.deepEqual(
        document.comments.map((comment) => comment.text),
        ["# one", "# two"],
      );
      assert.deepEqual(
        document.values.map(({ under }) => under),
        [[0], [1]],
      );
    }
  });

  it("shows the nearest thing that is written for one that is not", () => {
    const document = read("compose", text);
    assert.equal(at(document, [0, "services", "api", "init"]), "api");
    assert.equal(at(document, [1, "b", 7]), "b");
    assert.deepEqual(document.locate([9, "x"]), { start: 0, end: 0 });
  });

  it("may have keys that are lists, and nothing is said of it on stderr", () => {
    const { emitWarning } = process;
    const said: unknown[] = [];
    process.emitWarning = (...about: unknown[]) => void said.push(about[0]);
    try {
      const text = "services:\n  ? [a, b]\n  : { image: x }\n  c: {}\n";
      assert.equal(read("compose", text).values.length, 1);
      assert.ok("text" in editYaml(text, 0, [{ at: ["services", "c", "init"], value: true }]));
    } finally {
      process.emitWarning = emitWarning;
    }
    assert.deepEqual(said, []);
  });

  it("has what its aliases and merge keys stand for", () => {
    const [one] = read("compose", "x: &x\n  a: 1\n  b: 2\ny:\n  <<: *x\n  a: 3\nz: *x\n").values;
    assert.deepEqual(one?.value, { x: { a: 1, b: 2 }, y: { b: 2, a: 3 }, z: { a: 1, b: 2 } });
    assert.deepEqual(codes("compose", "y:\n  <<: {a: 1}\n  <<: {b: 1}\n"), []);
    assert.deepEqual(codes("compose", "a: !reset null\nb: !override [1]\n"), []);
  });

  it("is silent where a template must be rendered first, and tells what else cannot be read", () => {
    assert.deepEqual(codes("pod", "kind: Pod\n{{- if .Values.x }}\n  a: b\n{{ end }}\n"), []);
    assert.deepEqual([...new Set(codes("compose", "services:\n\tapi:\n\t\timage: x\n"))], ["DLV001"]);
    assert.deepEqual(codes("compose", "a: 1\nb: {a: 1, a: 2}\n"), ["DLV002"]);
    assert.deepEqual(read("compose", "a: *nothing\n").values, []);
  });

  it("is ignored where a comment says so, on the line or above it", () => {
    for (const one of written("a: 1\n# delve-doctor-ignore DLV002\na: 2\n"))
      assert.deepEqual(codes("compose", one), []);
    assert.deepEqual(codes("compose", "a: 1\na: 2 # delve-doctor-ignore DLV002\n"), []);
    assert.deepEqual(codes("compose", "a: 1\na: '# delve-doctor-ignore DLV002'\n"), ["DLV002"]);
  });

  it("may be nested as deeply, be as large and multiply as it likes", () => {
    for (const many of ["[", "- ", "{a: ", "? "]) assert.deepEqual(codes("compose", many.repeat(20_000)), []);
    const deep = Array.from({ length: 600 }, (_, level) => `${" ".repeat(level)}a:`).join("\n");
    isSound("compose", deep);
    const laughs = Array.from(
      "bcdefghij",
      (name, index) => `${name}: &${name} [${`*${"abcdefghi"[index]}, `.repeat(10)}]`,
    );
    assert.deepEqual(read("compose", ["a: &a [x, x]", ...laughs].join("\n")).values, []);
    assert.deepEqual(codes("compose", "a: b\n".repeat(100_000)), ["DLV003"]);
  });

  it("may be anything", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]":,-#&*!|>?%@a1 \t\r\n\uFEFF\u{1F600}') }),
        (any) => isSound("compose", any),
      ),
    );
  });
});

describe("what a file is to us", () => {
  it("shows in its name", () => {
    for (const name of [
      "compose.yml",
      "docker-compose.yaml",
      "compose.debug.yml",
      "docker-compose-dev.yml",
      "compose_x.yaml",
    ])
      assert.equal(kindOf(`/w/${name}`), "compose", name);
    for (const name of [
      "composer.yml",
      "composition.yaml",
      "my-compose.yml",
      "compose.yml.j2",
      "compose.json",
    ])
      assert.equal(kindOf(`/w/${name}`), undefined, name);
    assert.equal(kindOf("C:\\w\\.vscode\\launch.json"), "launch");
    assert.equal(kindOf("/w/launch.json"), undefined);
  });

  it("is worth a server where it speaks of Go, or is a launch.json yet to be written beside Go code", () => {
    const empty = '{ "configurations": [] }';
    const other = '{ "configurations": [{ "type": "python" }] }';
    assert.equal(concernsGo("launch", '{ "configurations": [{ "type": "go" }] }', false), true);
    assert.equal(concernsGo("compose", "command: dlv exec /app", false), true);
    assert.equal(concernsGo("launch", empty, true), true);
    assert.equal(concernsGo("launch", empty, false), false);
    assert.equal(concernsGo("launch", other, true), false);
    assert.equal(concernsGo("settings", "{}", true), false);
  });

  it("shows in the text of a manifest with a dlv, and of no other YAML", () => {
    const pod = "apiVersion: v1\nkind: 'Pod'\nspec:\n  containers:\n  - command: [/go/bin/dlv]\n";
    assert.equal(kindOfText("/w/k8s/api.yaml", pod), "pod");
    assert.equal(kindOfText("/w/k8s/api.yaml", `${"# Ours.\n".repeat(999)}${pod}`), "pod");
    assert.equal(kindOfText("/w/k8s/api.yaml", pod.replace("dlv", "app")), undefined, "nobody asked for it");
    assert.equal(yamlKind("/w/k8s/api.yaml", pod.replace("dlv", "app")), "pod");
    assert.equal(kindOfText("/w/stack.yaml", "services:\n  api: { command: dlv }\n"), undefined);
    assert.equal(yamlKind("/w/stack.yaml", "services:\n  api: [\n"), "compose");
    assert.equal(yamlKind("/w/stack.json", "services:\n"), undefined);
    assert.equal(kindOfText("/w/k8s/api.json", pod), undefined);
    assert.equal(kindOfText("/w/k8s/api.yml", pod.replace("dlv", "app")), undefined);
    assert.equal(kindOfText("/w/k8s/api.yml", pod.replace("'Pod'", "PodMonitor")), undefined);
    assert.equal(kindOfText("/w/k8s/api.yml", pod.replace("kind", " kind")), undefined);
    assert.equal(kindOfText("/w/compose.yml", ""), "compose");
  });
});
