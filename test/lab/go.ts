import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { go } from "./tools.ts";

export const hello = `package main

import "fmt"

func main() {
	x := 1
	fmt.Println("hello", x)
	x++
	fmt.Println("bye", x)
}
`;
export const helloTest = `package main

import "testing"

func TestHello(t *testing.T) {
	t.Log("tested")
}
`;
export const server = `package main

import "time"

func main() {
	for {
		time.Sleep(50 * time.Millisecond)
	}
}
`;

/** The environment of a healthy build: what this machine's go env file says does not matter. */
export async function goEnv(more: NodeJS.ProcessEnv = {}): Promise<NodeJS.ProcessEnv> {
  const PATH = `${join(await go(), "..")}:${process.env["PATH"] ?? ""}`;
  return { ...process.env, PATH, GOENV: "off", GOFLAGS: "-buildvcs=false", GOTOOLCHAIN: "local", ...more };
}

export async function module(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await writeFile(join(folder, "go.mod"), "module example.com/hello\n\ngo 1.21\n");
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

export async function build(folder: string, output: string): Promise<void> {
  const args = ["build", "-gcflags=all=-N -l", "-o", output, "."];
  const child = spawn(await go(), args, { cwd: folder, env: await goEnv(), stdio: "inherit" });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  assert.equal(code, 0, "go build");
}
