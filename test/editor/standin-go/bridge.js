const { spawn } = require("node:child_process");
const { createWriteStream } = require("node:fs");
const net = require("node:net");
const vscode = require("vscode");

const startLimitMs = 30_000;
const leaveLimitMs = 1000;

/** An inline debug adapter: it starts `dlv dap` at the first message and passes messages both ways. */
function bridge(config) {
  const messages = new vscode.EventEmitter();
  let seq = 0;
  const emit = (message) => messages.fire({ seq: ++seq, ...message });
  const say = (category, output) => emit({ type: "event", event: "output", body: { category, output } });
  let dlv;
  let socket;

  /** Starts dlv and connects to it; everything else waits for this promise. */
  let connected;
  async function connect() {
    if (config.console === "integratedTerminal" || config.console === "externalTerminal") {
      socket = await connectFromTerminal(config, emit);
    } else {
      const started = await startDlv(config, say, (child) => {
        dlv = child;
      });
      socket = net.connect(started.port, started.host);
    }
    socket.on(
      "data",
      splitter((message) => message.type !== "request" && messages.fire(message)),
    );
    // As in golang.go, a plain close says nothing: dlv has sent its own `terminated` by then, or has crashed.
    socket.on("error", (error) => {
      say("console", `connection error: ${error.message}\n`);
      emit({ type: "event", event: "terminated" });
    });
  }

  return {
    onDidSendMessage: messages.event,
    async handleMessage(message) {
      // The answer to our own runInTerminal; dlv never asked for anything.
      if (message.type === "response") return;
      connected ??= connect();
      try {
        await connected;
        const body = JSON.stringify(message);
        socket.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      } catch (error) {
        const { command, seq: request_seq } = message;
        const why = `Couldn't start dlv dap: ${error.message}`;
        emit({ type: "response", command, request_seq, success: false, message: why });
      }
    },
    dispose() {
      socket?.end();
      if (dlv === undefined || dlv.exitCode !== null) return;
      // dlv removes the binary that it built, so it is interrupted and not killed.
      const impatient = setTimeout(() => dlv.kill("SIGINT"), leaveLimitMs);
      dlv.once("exit", () => clearTimeout(impatient));
    },
  };
}

/** Starts dlv and resolves with where it listens; rejects after 30 s. */
function startDlv(config, say, started) {
  const { args, cwd } = commandLine(config);
  say("console", `Starting: ${config.dlvToolPath} ${args.join(" ")} from ${cwd}\n`);
  return new Promise((resolve, reject) => {
    const dlv = spawn(config.dlvToolPath, [...args, "--listen=127.0.0.1:0", "--log-dest=3"], {
      cwd,
      env: { ...process.env, ...config.env },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    started(dlv);
    const tooLate = setTimeout(
      () => reject(new Error("timed out while waiting for DAP server to start")),
      startLimitMs,
    );
    const watch = (text) => {
      const found = /DAP server listening at: (.*):(\d+)/.exec(text);
      if (found === null) return;
      clearTimeout(tooLate);
      resolve({ host: found[1], port: Number(found[2]) });
    };
    const log = config.logDest ? createWriteStream(config.logDest) : undefined;
    const [, stdout, stderr, dlvLog] = dlv.stdio.map((stream) => stream?.setEncoding("utf8"));
    for (const stream of [stdout, dlvLog]) stream.on("data", watch);
    stdout.on("data", (text) => say("stdout", text));
    stderr.on("data", (text) => say("stderr", text));
    dlvLog.on("data", (text) => (log ? log.write(text) : say("console", text)));
    dlv.on("error", reject);
    dlv.on("close", (code, signal) => {
      log?.end();
      say("console", `dlv dap (${dlv.pid}) ended with ${signal ?? `code ${code}`}\n`);
    });
  });
}

/** Has the editor run dlv in a terminal, and waits at most 30 s for it to call back. */
function connectFromTerminal(config, emit) {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => {
      clearTimeout(tooLate);
      server.close();
      resolve(socket);
    });
    const tooLate = setTimeout(() => {
      server.close();
      reject(new Error("timed out while waiting for DAP in reverse mode to connect"));
    }, startLimitMs);
    server.on("error", reject).listen(0, "127.0.0.1", () => {
      const { args, cwd } = commandLine(config);
      const dlv = [config.dlvToolPath, ...args, `--client-addr=127.0.0.1:${server.address().port}`];
      if (config.logDest) dlv.push(`--log-dest=${config.logDest}`);
      const kind = config.console === "externalTerminal" ? "external" : "integrated";
      const title = `Go Debug Terminal (${config.name})`;
      const call = { kind, title, cwd, args: config.asRoot ? ["sudo", ...dlv] : dlv, env: config.env };
      emit({ type: "request", command: "runInTerminal", arguments: call });
    });
  });
}

function commandLine(config) {
  const args = ["dap", ...(config.dlvFlags ?? [])];
  if (config.showLog)
    args.push("--log=true", ...(config.logOutput ? [`--log-output=${config.logOutput}`] : []));
  return { args, cwd: config.__buildDir ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath };
}

/** Cuts a byte stream into DAP messages. */
function splitter(each) {
  let pending = Buffer.alloc(0);
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(pending.toString("latin1", 0, 64));
      if (header === null) return;
      const begin = header[0].length;
      const end = begin + Number(header[1]);
      if (pending.length < end) return;
      const body = pending.toString("utf8", begin, end);
      pending = pending.subarray(end);
      each(JSON.parse(body));
    }
  };
}

module.exports = { bridge };
