import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { zip } from "./zip.ts";

const module = "example.com/greeting";
const version = "v1.0.0";
const goMod = `module ${module}\n\ngo 1.21\n`;
const source = `package greeting

// Hello returns a friendly word.
func Hello() string { return "hello" }
`;

/** A module whose program needs example.com/greeting v1.0.0; line 10 is a place to stop at. */
export const greetingFiles: Readonly<Record<string, string>> = {
  "go.mod": `module example.com/caller\n\ngo 1.25\n\nrequire ${module} ${version}\n`,
  "go.sum": [
    `${module} ${version} ${hashOf({ [`${module}@${version}/go.mod`]: goMod, [`${module}@${version}/greeting.go`]: source })}`,
    `${module} ${version}/go.mod ${hashOf({ "go.mod": goMod })}`,
    "",
  ].join("\n"),
  "main.go": `package main

import (
	"fmt"

	"${module}"
)

func main() {
	fmt.Println(greeting.Hello())
}
`,
};

/** How a proxy answers. */
export interface ProxyOptions {
  /** The port; a free one when not said. */
  readonly port?: number;
  /** Answers everything with this HTTP status. */
  readonly status?: number;
  /** Sends the archive one byte at a time, this many ms apart: slow, and not stalled. */
  readonly dripMs?: number;
}

/** A Go module proxy on loopback that serves example.com/greeting v1.0.0 and nothing else (go.dev/ref/mod#goproxy-protocol). */
export interface ModuleProxy {
  readonly port: number;
  readonly url: string;
  /** The paths that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Starts a proxy that works, or one that fails or drips as `options` says. */
export async function moduleProxy(options: ProxyOptions = {}): Promise<ModuleProxy> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const body = options.status === undefined ? bodyOf(path) : undefined;
    response.statusCode = options.status ?? (body === undefined ? 404 : 200);
    if (options.dripMs !== undefined && body !== undefined && path.endsWith(".zip"))
      void drip(response, body, options.dripMs);
    else response.end(body);
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function drip(response: ServerResponse, body: Buffer, ms: number): Promise<void> {
  for (let at = 0; at < body.length && !response.destroyed; at += 1) {
    response.write(body.subarray(at, at + 1));
    await sleep(ms);
  }
  response.end();
}

function bodyOf(path: string): Buffer | undefined {
  const files: Readonly<Record<string, Buffer>> = {
    [`/${module}/@v/list`]: Buffer.from(`${version}\n`),
    [`/${module}/@v/${version}.info`]: Buffer.from(
      JSON.stringify({ Version: version, Time: "2024-01-01T00:00:00Z" }),
    ),
    [`/${module}/@v/${version}.mod`]: Buffer.from(goMod),
    [`/${module}/@v/${version}.zip`]: zip({
      [`${module}@${version}/go.mod`]: goMod,
      [`${module}@${version}/greeting.go`]: source,
    }),
  };
  return files[path];
}

/** The "h1:" sum of go.sum: a hash over the sorted hashes of the files (golang.org/x/mod/sumdb/dirhash, Hash1). */
function hashOf(files: Readonly<Record<string, string>>): string {
  const sha = (text: string) => createHash("sha256").update(text);
  const lines = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => `${sha(text).digest("hex")}  ${path}\n`);
  return `h1:${sha(lines.join("")).digest("base64")}`;
}
