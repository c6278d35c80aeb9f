import { type Disposable, lm } from "vscode";
import type { ToolName } from "../agent/tools.ts";
import type { AgentTools } from "./agentTools.ts";

const names: readonly ToolName[] = ["check_launch_json", "diagnose_launch", "last_report"];

/**
 * Registers the tools of package.json where there are language models to use them: forks of VS Code may lack all of that. What
 * they do is loaded at the first use. Never throws: a launch is not to fail for want of a model.
 */
export function registerTools(
  load: () => Promise<AgentTools>,
  failed: (error: unknown) => void,
): Disposable[] {
  try {
    if (typeof lm?.registerTool !== "function") return [];
    return names.map((name) =>
      lm.registerTool<unknown>(`delve_doctor_${name}`, {
        prepareInvocation: async ({ input }) => (await load()).prepare(name, input),
        invoke: async ({ input }, token) => (await load()).invoke(name, input, token),
      }),
    );
  } catch (error) {
    failed(error);
    return [];
  }
}
