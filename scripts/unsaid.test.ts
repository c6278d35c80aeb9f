import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./programs.ts";
import { unsaidOf } from "./unsaid.ts";

/** The rooms whose texts all come to a person by a report. */
const rooms = ["src/causes", "src/probes", "src/examine"];

/** What other programs say, what is data, and what only the pages and we ourselves read. */
const plain = [
  "dlv: couldn't start listener at port {}: address already in use",
  "nothing: without host dlv listens at 127.0.0.1",
  "a process waits on the network without a socket",
  "no answer within 7 s",
];

function sources(room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.(test|real)\.ts$/.test(file))
    .map((file) => join(room, file));
}

describe("what a person reads of a diagnosis", () => {
  it("is said, so that it can be translated: causes, probes, and what examines them", () => {
    // The groups of causes are headings of the pages, and names of capabilities stand in one text.
    const files = rooms.flatMap(sources).filter((file) => !/causes.index\.ts|targetAccess\.ts/.test(file));
    assert.ok(files.length > 200);
    const unsaid = files.flatMap((file) => unsaidOf(file, readFileSync(join(root, file), "utf8"), plain));
    assert.deepEqual(
      unsaid.map(({ file, line, text }) => `${file}:${line} ${text}`),
      [],
    );
  });

  it("is not said where it stands plainly, in a choice, or in what is given to a function", () => {
    const lines = [
      'export const one = { title: "Take it out" };',
      "const two = { because: found ? say`It is` : `It is at ${place}` };",
      'const three = { text: first + "Look" };',
      'const four = fix("id", "Correct buildFlags");',
      "const five = [`${file} is not where it was`];",
    ];
    assert.deepEqual(
      unsaidOf("a.ts", lines.join("\n")).map(({ line, text }) => `${line} ${text}`),
      ["1 Take it out", "2 It is at {}", "3 Look", "4 Correct buildFlags", "5 {} is not where it was"],
    );
  });

  it("is neither a page, a path, a quote, a script nor what is compared", () => {
    const lines = [
      'import { a } from "./a of the b.ts";',
      'const one = { about: { what: "It is what it is" }, title: say`Take ${`${a} ${b}`} out` };',
      "const two = [`/proc/${pid}/status: ${state}`, `pid ${pid}: ${argv}`];",
      'const three = kind === "one of these things" || line.includes("it is not there");',
      'const four = { because: place, text: `${file}: ${message}`, sh: "echo it is not there" };',
      'const five = "it is not there";',
    ];
    assert.deepEqual(unsaidOf("a.ts", lines.join("\n"), ["it is not there"]), []);
  });
});
