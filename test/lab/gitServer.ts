import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { makeFolder } from "./module.ts";

/** A git server on loopback that lets nobody in without a password, with one private module, v1.0.0. */
export interface GitServer {
  readonly url: string;
  /** The module's path, whose host does not exist: git is told to look at `url` instead. */
  readonly module: string;
  /** The line of a ~/.netrc that lets git in. */
  readonly netrc: string;
  close(): Promise<void>;
}

const host = "git.example.com";
const [user, password] = ["lab", "open-sesame"];

/** Serves the module over HTTP with git's own http-backend (git-http-backend(1)). */
export async function gitServer(): Promise<GitServer> {
  const module = `${host}/team/greeting.git`;
  const lab = makeFolder({
    "work/go.mod": `module ${module}\n\ngo 1.21\n`,
    "work/greeting.go": 'package greeting\n\nfunc Hello() string { return "hello" }\n',
  });
  const work = join(lab.folder, "work");
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=lab", "-c", "user.email=lab@localhost", ...args], {
      cwd: work,
      stdio: "pipe",
    });
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "lab");
  git("tag", "v1.0.0");
  git("clone", "-q", "--bare", work, join(lab.folder, "team/greeting"));
  const allowed = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const server = createServer((request, response) => {
    if (request.headers.authorization === allowed) return serve(lab.folder, request, response);
    response.writeHead(401, { "WWW-Authenticate": 'Basic realm="lab"' });
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    module,
    netrc: `machine 127.0.0.1 login ${user} password ${password}\n`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      lab.remove();
    },
  };
}

/** The Common Gateway Interface (RFC 3875): headers, an empty line, the body. */
function serve(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? "/", "http://127.0.0.1");
  const env = {
    ...process.env,
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_INFO: pathname,
    QUERY_STRING: search.slice(1),
    REQUEST_METHOD: request.method ?? "GET",
    CONTENT_TYPE: request.headers["content-type"] ?? "",
    HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
    GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    REMOTE_USER: user,
  };
  const child = spawn("git", ["http-backend"], { env, stdio: ["pipe", "pipe", "ignore"] });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.on("close", () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf("\r\n\r\n");
    for (const line of all.subarray(0, end).toString().split("\r\n")) {
      const [, name = "", value = ""] = /^([^:]+): (.*)$/.exec(line) ?? [];
      if (name === "Status") response.statusCode = Number.parseInt(value, 10);
      else if (name !== "") response.setHeader(name, value);
    }
    response.end(all.subarray(end + 4));
  });
}
