import assert from "node:assert/strict";
import { findIn } from "./find.ts";
import { type Choice, pick } from "./pick.ts";

const found = findIn(
  JSON.stringify({
    configurations: [
      { name: "Launch server", type: "go", request: "launch" },
      { name: "Tests", type: "go", request: "launch", mode: "test" },
      { name: "Web", type: "node", request: "launch" },
    ],
    compounds: [{ name: "Both", configurations: ["Launch server", "Web"] }],
  }),
  "launch.json",
  [],
);
const only = { ...found, configurations: found.configurations.filter((one) => one.name !== "Tests") };
const none = { configurations: [], compounds: [], problems: [] };

const error = (choice: Choice, from = found) => {
  const picked = pick(from, choice);
  return "error" in picked ? picked.error : "";
};

describe("picking a configuration", () => {
  it("takes the named one, with its place", () => {
    const picked = pick(found, { config: "Tests" });
    assert.ok("chosen" in picked);
    assert.deepEqual(picked.chosen.written?.source, { file: "launch.json", at: ["configurations", 1] });
  });

  it("takes the only Go configuration", () => {
    const picked = pick(only, {});
    assert.equal("chosen" in picked && picked.chosen.name, "Launch server");
  });

  it("names several, and the near one for a typing mistake", () => {
    assert.match(error({}), /several configurations: "Launch server", "Tests"; choose one with --config/);
    assert.match(
      error({ config: "lauch server" }),
      /did you mean "Launch server"\? available: "Launch server", "Tests"/,
    );
    assert.match(error({ config: "server" }), /did you mean "Launch server"/);
    assert.match(
      error({ config: "zzz" }),
      /^there is no configuration "zzz"; available: "Launch server", "Tests"$/,
    );
  });

  it("says what a name is that cannot be run", () => {
    assert.match(error({ config: "Web" }), /type "node"/);
    assert.match(
      error({ config: "Both" }),
      /compound; choose one of its configurations: "Launch server", "Web"/,
    );
  });

  it("says where a broken file is to blame", () => {
    assert.match(error({}, findIn("[]", "launch.json", [])), /launch.json:1:1: an array stands/);
    assert.match(error({ config: "A" }, none), /no configuration "A", nor any for Go/);
  });

  it("makes one from a program", () => {
    const made = (choice: Choice) => {
      const picked = pick(none, choice);
      return "chosen" in picked ? picked.chosen.config : undefined;
    };
    assert.deepEqual(made({ program: "./cmd" }), {
      name: "debug ./cmd",
      type: "go",
      request: "launch",
      mode: "debug",
      program: "./cmd",
    });
    assert.equal(made({ program: "x", mode: "exec" })?.["mode"], "exec");
    const attach = made({ program: "42", mode: "attach" });
    assert.deepEqual([attach?.["request"], attach?.["mode"], attach?.["processId"]], ["attach", "local", 42]);
  });

  it("refuses choices that make no sense", () => {
    assert.match(error({ config: "A", program: "x" }), /exclude each other/);
    assert.match(error({ program: "x", mode: "run" }), /--mode run is not one of debug, test, exec, attach/);
    assert.match(error({ mode: "test" }), /--mode needs --program/);
    assert.match(error({ program: "server", mode: "attach" }), /takes a process id/);
  });
});
