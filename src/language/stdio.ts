import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { serve } from "./server.ts";

/**
 * Serves an editor on stdin and stdout until it closes its end, which no editor does without being done for: it says exit
 * where it can, and that ends this process itself.
 */
export function serveStdio(): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once("end", resolve);
    process.stdin.once("error", () => resolve());
    serve(createConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)));
  });
}
