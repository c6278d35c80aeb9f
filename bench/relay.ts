/**
 * The least that a relay can be in Node, between a client and the port in its argument. What this one costs is the cost
 * of two more sockets and one more process: the operating system's and Node's, whatever a proxy does.
 */
import { connect, createServer } from "node:net";
import type { Answer } from "./sides.ts";

const server = createServer({ noDelay: true }, (client) => {
  const dlv = connect({ host: "127.0.0.1", port: Number(process.argv[2]), noDelay: true });
  client.pipe(dlv).pipe(client);
  for (const socket of [client, dlv]) socket.on("error", () => process.exit(0));
  dlv.on("close", () => process.exit(0));
});
server.listen(0, "127.0.0.1", () => {
  const at = server.address();
  const answer: Answer = { port: typeof at === "object" && at !== null ? at.port : 0 };
  process.send?.(answer);
});
process.on("disconnect", () => process.exit(0));
