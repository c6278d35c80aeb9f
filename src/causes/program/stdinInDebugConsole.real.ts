import assert from "node:assert/strict";
import { join } from "node:path";
import { build } from "../../../test/lab/go.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { type LabFolder, makeFolder } from "../../../test/lab/module.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { shTransport } from "../../../test/lab/shTransport.ts";
import { terminalTyping } from "../../../test/lab/terminal.ts";
import type { Launch } from "../../core/launch.ts";
import { machineOver } from "../../hosts/machine.ts";
import { placeOn } from "../../remote/place.ts";

const id = "stdin-in-debug-console";

/** Reads a line, or with an argument serves and reads beside that. */
const source = `package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"time"
)

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	switch {
	case len(os.Args) < 2:
		if !scanner.Scan() {
			fmt.Println("EOF")
			os.Exit(3)
		}
	case os.Args[1] == "serve":
		if _, err := net.Listen("tcp", "127.0.0.1:0"); err != nil {
			panic(err)
		}
		go scanner.Scan()
		time.Sleep(time.Hour)
	}
	fmt.Println("behind", scanner.Text())
}
`;

const behind = source.split("\n").findIndex((line) => line.includes("behind")) + 1;

describe("a program that reads standard input", function () {
  this.timeout(240_000);
  let lab: LabFolder;
  let program = "";
  before(async () => {
    lab = makeFolder({ "go.mod": "module example.com/reader\n\ngo 1.21\n", "main.go": source });
    program = join(lab.folder, "reader");
    await build(lab.folder, program);
  });
  after(() => lab.remove());

  const config = (...args: string[]) => ({
    name: "reader",
    type: "go",
    request: "launch",
    mode: "exec",
    program,
    args,
    __buildDir: lab.folder,
  });
  const breakpoints = () => [{ file: join(lab.folder, "main.go"), line: behind }];
  const idle = ({ timeline }: Launch) => timeline.current === "run" && timeline.idleMs > 1500;

  it("is found waiting, and runs to its breakpoint where a person can type", async () => {
    const waits = await labLaunch({
      config: config(),
      folder: lab.folder,
      breakpoints: breakpoints(),
      enough: idle,
    });
    assert.equal(waits.ended, "enough");
    const finding = named(waits, id, "proven");
    assert.match(finding.evidence.join("\n"), /task\/\d+\/syscall: \d+ 0x0, read\(2\)/);
    assert.match(finding.evidence.join("\n"), /fd\/0 is socket:\[\d+\], the standard input of dlv/);
    assert.equal(finding.explains?.phase, "run");

    const fixed = fixedConfig(config(), finding);
    const runInTerminal = terminalTyping("hello\n");
    cured(
      finding,
      await labLaunch({ config: fixed, folder: lab.folder, breakpoints: breakpoints(), runInTerminal }),
    );
  });

  it("is found where it ended at once on another machine, and stops where it is given a file to read", async () => {
    const machine = await machineOver(shTransport());
    try {
      const there = { folder: lab.folder, breakpoints: breakpoints(), place: placeOn(machine) };
      const ended = await labLaunch({ ...there, config: config() });
      assert.equal(ended.ended, "exited");
      const finding = named(ended, id, "likely");
      assert.match(finding.evidence.join("\n"), /fd\/0 is \/dev\/null/);
      assert.match(finding.evidence.join("\n"), /main\.go:12: scanner := bufio\.NewScanner\(os\.Stdin\)/);
      assert.match(preferredFix(finding).action.kind, /advice/);
      lab.write("input.txt", "hello\n");
      const given = { ...config(), stdinFrom: join(lab.folder, "input.txt") };
      cured(finding, await labLaunch({ ...there, config: given }));
    } finally {
      await machine.close();
    }
  });

  it("is not found in a server that keeps an eye on its standard input", async () => {
    const serves = await labLaunch({
      config: config("serve"),
      folder: lab.folder,
      breakpoints: breakpoints(),
      enough: idle,
    });
    silent(serves, "a server that reads standard input beside", "enough");
  });
});
