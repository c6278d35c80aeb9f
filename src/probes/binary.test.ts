import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import type { Probe } from "../core/probe.ts";
import { binary } from "./binary.ts";

const read = (stdout: string) => binary.read(answer(stdout), launchOf({}));
const sections = (...names: string[]) => names.map((name) => `section ${name}\n`).join("");

function argsOf(one: Probe<unknown>, ...[config, timeline]: Parameters<typeof launchOf>): readonly string[] {
  return "sh" in one ? (one.args?.(launchOf(config, timeline)) ?? []) : [];
}

describe("the program's own file", () => {
  it("tells what go kept of its build, quoted flags included", () => {
    const info =
      'go /w/app: go1.26.8\ngo \tpath\texample.com/app\ngo \tbuild\t-ldflags="-s -w -X \\"main.v=1 2\\""\n';
    assert.deepEqual(read(`path /w/app\nformat elf\n${info}${sections(".text", ".gopclntab")}`), {
      path: "/w/app",
      format: "elf",
      go: true,
      debugInfo: false,
      dwarf5: false,
      goVersion: "go1.26.8",
      ldflags: '-s -w -X "main.v=1 2"',
      package: "example.com/app",
    });
  });

  it("has debug information in either section, and is Go by its sections where no go is there", () => {
    for (const name of [".debug_info", ".zdebug_info"])
      assert.equal(read(`path /a\nformat elf\n${sections(name)}`)?.debugInfo, true);
    assert.equal(read(`path /a\nformat elf\n${sections(".go.buildinfo")}`)?.go, true);
    assert.equal(read(`path /a\nformat elf\n${sections(".text", ".debug_info")}`)?.go, false);
  });

  it("is no fact where nothing is built yet", () => {
    assert.equal(read(""), undefined);
    assert.equal(read("path /a\nformat missing\n")?.format, "missing");
  });

  it("is the one of exec, of the attach, or of the process that dlv traces", () => {
    assert.deepEqual(argsOf(binary, { mode: "exec", program: "/w/app" }), ["/w/app"]);
    assert.deepEqual(argsOf(binary, { request: "attach", processId: 7 }), ["/proc/7/exe"]);
    assert.deepEqual(argsOf(binary, { request: "attach", processId: "x; y" }), [""]);
    const traced = { pid: 8, ppid: 1, name: "__debug_bin1", argv: [], state: "t", cpuMs: 0 };
    assert.deepEqual(argsOf(binary, {}, { last: { processes: [traced] } }), ["/proc/8/exe"]);
  });
});
