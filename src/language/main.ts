import { createConnection } from "vscode-languageserver/node";
import { serve } from "./server.ts";

/** The language server as a process of its own: the way to its client is told by whoever starts it (--node-ipc, --stdio). */
serve(createConnection());
