#!/usr/bin/env node
// A double of `dlv dap` that misbehaves as BAD_DLV (JSON) tells it. See badAdapter.ts for what and why.
import { writeSync } from "node:fs";
import { createServer } from "node:net";

const {
  print = [],
  exit,
  listen,
  answers,
  reply,
  dieAfter,
  ignores = [],
} = JSON.parse(process.env.BAD_DLV ?? "{}");

for (const signal of ignores) process.on(signal, () => {});
for (const [fd, text] of print) writeSync(fd, text);
if (exit !== undefined) process.exit(exit);
if (listen === undefined) setInterval(() => {}, 60_000);
else serve();

function serve() {
  const server = createServer((socket) => {
    server.close();
    let bytes = 0;
    socket.on("error", () => process.exit(0));
    socket.on("close", () => process.exit(0));
    socket.on("data", (chunk) => {
      bytes += chunk.length;
      if (dieAfter !== undefined && bytes >= dieAfter) process.kill(process.pid, "SIGKILL");
      if (reply !== undefined) socket.write(reply);
      if (answers) answer(socket, chunk.toString());
    });
  });
  server.listen(0, "127.0.0.1", async () => {
    const banner = `DAP server listening at: 127.0.0.1:${server.address().port}`;
    if (listen === "line") writeSync(1, `${banner}\n`);
    if (listen === "glued") writeSync(1, `warning: no cache dir ${banner}`);
    if (listen === "pieces") {
      for (const letter of banner) {
        writeSync(2, letter);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  });
}

/** Answers every request with success, however the requests are packed into chunks of this small size. */
function answer(socket, text) {
  for (const [, seq, command] of text.matchAll(/"seq":(\d+),"type":"request","command":"(\w+)"/g)) {
    if (!answers.includes(command)) continue;
    const body = JSON.stringify({
      seq: 0,
      type: "response",
      request_seq: Number(seq),
      command,
      success: true,
    });
    socket.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
}
