import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** A loopback address that takes connections and gives nothing back. */
export interface BlackHole {
  readonly host: string;
  readonly port: number;
  /** The same as an http URL, for GOPROXY. */
  readonly url: string;
  close(): Promise<void>;
}

/** One that can tire: it then ends what it holds, and every connection that comes after. */
export interface TiringHole extends BlackHole {
  hangUp(): void;
}

const host = "127.0.0.1";

/** Accepts every connection, reads what it is sent and never answers: the peer's socket is ESTABLISHED and idle. */
export async function blackHole(): Promise<TiringHole> {
  const open = new Set<Socket>();
  let tired = false;
  const server = createServer((socket) => {
    if (tired) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => open.delete(socket));
    socket.resume();
  });
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    ...named(port),
    hangUp() {
      tired = true;
      for (const socket of open) socket.destroy();
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/**
 * A listener that never accepts and whose queue is full: the kernel drops every further SYN, so whoever dials stays in
 * SYN_SENT as behind a firewall that drops packets. A process that blocks right after listen(2) holds it, because Node
 * itself accepts whatever it can.
 */
export async function fullBacklog(): Promise<BlackHole> {
  const script = `require("net").createServer().listen({ port: 0, host: "${host}", backlog: 1 }, function () {
    require("fs").writeSync(1, this.address().port + "\\n");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface(child.stdout), "line");
  const port = Number(line);
  const fillers: Socket[] = [];
  // The queue holds one more than its length; the first that does not get through shows that it is full.
  while (await getsThrough(port, fillers)) if (fillers.length > 16) break;
  return {
    ...named(port),
    async close() {
      for (const socket of fillers) socket.destroy();
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function getsThrough(port: number, fillers: Socket[]): Promise<boolean> {
  const socket = connect(port, host);
  socket.on("error", () => {});
  fillers.push(socket);
  // Loopback connects in microseconds; the kernel's first retry of a dropped SYN comes after a second.
  const signal = AbortSignal.timeout(700);
  return once(socket, "connect", { signal }).then(
    () => true,
    () => false,
  );
}

function named(port: number): Pick<BlackHole, "host" | "port" | "url"> {
  return { host, port, url: `http://${host}:${port}` };
}
