import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Stops at line 8; its standard library is in the build cache. */
const hello = `package main

import "fmt"

func main() {
	n := 41
	n++
	fmt.Println("the answer is", n)
}
`;

/** Needs much of the standard library: with an empty build cache its build takes many seconds. */
const cold = `package main

import (
	"fmt"
	"net/http"
)

func main() {
	fmt.Println(http.StatusText(http.StatusOK))
}
`;

/** Tests of it are debugged by code lens and from the test explorer. */
const tested = `package tested

import "testing"

func TestSum(t *testing.T) {
	sum := 40
	sum += 2
	if sum != 42 {
		t.Fatal(sum)
	}
}
`;

/** Does not compile. */
const broken = `package main

func main() {
	undefined()
}
`;

/** What the configurations of the test workspace depend on. */
export interface Places {
  readonly folder: string;
  /** A module proxy that takes connections and never answers. */
  readonly silentProxy: string;
  /** An empty build cache, and a module cache that stays empty. */
  readonly emptyCache: string;
  readonly emptyModules: string;
}

/** Writes a workspace with healthy launches and faulty ones, each named after what it is there for. */
export function writeWorkspace({ folder, silentProxy, emptyCache, emptyModules }: Places): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [name, text] of Object.entries({ hello, cold, broken })) {
    write(`${name}/go.mod`, `module example.com/${name}\n\ngo 1.22\n`);
    write(`${name}/${name}.go`, text);
  }
  write("tested/go.mod", "module example.com/tested\n\ngo 1.22\n");
  write("tested/tested_test.go", tested);
  const sample = join(import.meta.dirname, "..", "..", "examples", "stalled-launch");
  for (const file of ["go.mod", "go.sum", "main.go"]) cpSync(join(sample, file), join(folder, "greet", file));
  const go = (name: string, program: string, more = "") =>
    `    { "name": "${name}", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/${program}"${more} }`;
  write(
    ".vscode/launch.json",
    `{
  // Hand-written: comments stay.
  "version": "0.2.0",
  "configurations": [
${go("Hello", "hello")},
${go("Hello 2", "hello")},
${go("Hello, not debugged", "hello", ', "noDebug": true')},
${go("Hello in a terminal", "hello", ', "console": "integratedTerminal"')},
${go("Cold", "cold", `, "env": { "GOCACHE": "${emptyCache}" }`)},
${go("Broken", "broken")},
${go("Stuck", "greet", `, "env": { "GOPROXY": "${silentProxy}", "GOMODCACHE": "${emptyModules}" }`)},
    {
      "name": "Greet",
      "type": "go",
      "request": "launch",
      "mode": "debug",
      "program": "\${workspaceFolder}/greet",
      "env": {
        "GOPROXY": "${silentProxy}", // the fault
        "GREETING_LANGUAGE": "en"
      }
    },
    { "name": "Elsewhere", "type": "go", "request": "launch", "mode": "exec", "program": "\${workspaceFolder}/hello/hello.bin" }
  ],
  "compounds": [{ "name": "Both", "configurations": ["Hello", "Hello 2"] }]
}
`,
  );
}
