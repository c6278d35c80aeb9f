import { EventEmitter, type Pseudoterminal, type TerminalDimensions } from "vscode";
import { say } from "../core/say.ts";
import type { Terminal } from "../hosts/channel.ts";
import type { Machine } from "../hosts/machine.ts";
import { printable } from "../report/printable.ts";

/** How long (ms) a login shell must print nothing to be at its prompt, and how long it may take to get there. */
const promptMs = 400;
const promptLimitMs = 10_000;

/**
 * A login shell of another machine on a pty over the connection that is there, for a terminal that the person sees.
 * `typed` is put on its command line once it has its prompt, and is not sent. Closing the terminal ends the shell and
 * gives the machine back. Undefined where the way to the machine has no terminals.
 */
export function remoteTerminal(
  { terminal, close, name }: Machine,
  typed: string,
): Pseudoterminal | undefined {
  if (terminal === undefined) return undefined;
  const [written, closed] = [new EventEmitter<string>(), new EventEmitter<void>()];
  let shell: Terminal | undefined;
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    shell?.close();
    void close();
  };
  const join = async (size: TerminalDimensions | undefined) => {
    shell = await terminal({ columns: size?.columns ?? 80, rows: size?.rows ?? 24 });
    if (over) {
      shell.close();
      return;
    }
    const { stdin, stdout, stderr, ended } = shell;
    stdin.on("error", () => {});
    for (const stream of [stdout, stderr])
      stream.setEncoding("utf8").on("data", (text: string) => written.fire(text));
    whenQuiet(stdout, () => stdin.writable && stdin.write(typed));
    await ended;
    end();
    closed.fire();
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open(size) {
      join(size).catch((error) => {
        const because = error instanceof Error ? error.message : String(error);
        written.fire(`${printable(say`No terminal on ${name}: ${because}`)}\r\n`);
        end();
      });
    },
    handleInput: (keys) => void (shell?.stdin.writable && shell.stdin.write(keys)),
    setDimensions: (size) => shell?.resize(size),
    close: end,
  };
}

/** What is typed ahead of the prompt would be shown twice: by the pty, and by the shell. */
function whenQuiet(stdout: NodeJS.ReadableStream, act: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  const late = setTimeout(done, promptLimitMs);
  function heard(): void {
    clearTimeout(timer);
    timer = setTimeout(done, promptMs);
  }
  function done(): void {
    clearTimeout(timer);
    clearTimeout(late);
    stdout.off("data", heard);
    act();
  }
  stdout.on("data", heard);
}
