import {
  type DebugConfiguration,
  type DebugConfigurationProvider,
  type WorkspaceFolder,
  workspace,
} from "vscode";
import type { Before } from "./before.ts";
import type { Editor } from "./editor.ts";
import { type Settings, settingsFor } from "./settings.ts";

/** A launch that is about to happen. */
export interface Coming {
  readonly folder: WorkspaceFolder | undefined;
  /** As golang.go resolved it. */
  readonly config: DebugConfiguration;
  /** As it was before its variables were replaced: what starts it once more. */
  readonly written: DebugConfiguration | undefined;
  readonly before: Before | undefined;
}

/**
 * Comes last in both phases of resolving, as a provider for every type: golang.go has then done its part. Sets
 * `debugServer` to a port of ours, so that VS Code talks to us and the session's type stays `go`. Whatever goes wrong
 * here, the configuration goes on as it was.
 */
export function makeProvider(
  { log, seen }: Editor,
  since: (t: number) => Before,
  serve: (coming: Coming) => Promise<number>,
): DebugConfigurationProvider {
  const begun = new Map<string, number>();
  return {
    resolveDebugConfiguration(_, config) {
      if (config.type !== "go") return config;
      begun.set(config.name, Date.now());
      // A shallow copy: golang.go's second provider replaces attributes, and this must not throw.
      seen.set(config.name, { ...config });
      return config;
    },
    async resolveDebugConfigurationWithSubstitutedVariables(folder, config) {
      if (config.type !== "go") return config;
      try {
        const because = whyNot(config, settingsFor(folder));
        if (because === undefined) {
          const t = begun.get(config.name);
          const before = t === undefined ? undefined : since(t);
          const port = await serve({ folder, config, written: seen.get(config.name), before });
          return { ...config, debugServer: port };
        }
        log.info(`${config.name}: not proxied, because ${because}`);
      } catch (error) {
        log.error(`${config.name}: bypassed, because ${error instanceof Error ? error.message : error}`);
      }
      return config;
    },
  };
}

/** Why a configuration does not go through the proxy; undefined where it does. */
function whyNot(config: DebugConfiguration, settings: Settings): string | undefined {
  if (settings.mode !== "proxy") return `delveDoctor.mode is "${settings.mode}"`;
  if (settings.skipConfigurations.includes(config.name))
    return "delveDoctor.skipConfigurations names this configuration";
  if (!workspace.isTrusted) return "the workspace is not trusted";
  if (config["debugServer"] !== undefined) return '"debugServer" names another debug adapter';
  if (config["debugAdapter"] === "legacy") return 'the "legacy" debug adapter does not use dlv dap';
  return undefined;
}
