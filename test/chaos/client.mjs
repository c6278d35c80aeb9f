// A DAP client's process: what comes on stdin goes to the adapter, what the adapter says comes on stdout. It can be killed
// and stopped like any other. `connect PORT` goes to an adapter that listens; `start FILE ARG…` has the adapter as its child,
// whose environment is in CHAOS_ENV (JSON), and says its pid on stderr. SIGUSR2 resets the connection.
import { spawn } from "node:child_process";
import { connect } from "node:net";

const [kind, ...words] = process.argv.slice(2);
let toAdapter;
let fromAdapter;
if (kind === "connect") {
  const socket = connect(Number(words[0]), "127.0.0.1");
  socket.on("error", () => process.exit(0));
  process.on("SIGUSR2", () => socket.resetAndDestroy());
  toAdapter = fromAdapter = socket;
} else {
  const [file, ...args] = words;
  const env = { ...process.env, ...JSON.parse(process.env.CHAOS_ENV ?? "{}") };
  const adapter = spawn(file, args, { env, stdio: ["pipe", "pipe", "ignore"] });
  process.stderr.write(`${adapter.pid}\n`);
  toAdapter = adapter.stdin;
  fromAdapter = adapter.stdout;
  toAdapter.on("error", () => {});
}
process.stdin.pipe(toAdapter);
fromAdapter.pipe(process.stdout);
process.stdout.on("error", () => process.exit(0));
fromAdapter.once("close", () => process.exit(0));
