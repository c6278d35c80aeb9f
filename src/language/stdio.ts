import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { serve } from "./server.ts";

/** Serves an editor on stdin and stdout until it says exit or closes its end. */
export function serveStdio(): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once("end", resolve);
    serve(createConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)));
  });
}
