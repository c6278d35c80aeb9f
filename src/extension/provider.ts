import {
  commands,
  type DebugConfiguration,
  type DebugConfigurationProvider,
  type WorkspaceFolder,
  window,
  workspace,
} from "vscode";
import { withoutPlace } from "../config/placeAttribute.ts";
import { writtenPlace } from "../core/placeAttribute.ts";
import { say } from "../core/say.ts";
import type { Begun, BegunLaunches } from "./begun.ts";
import type { Editor } from "./editor.ts";
import { type Settings, settingsFor } from "./settings.ts";

/** A launch that is about to happen. */
export interface Coming {
  readonly folder: WorkspaceFolder | undefined;
  /** As golang.go resolved it. */
  readonly config: DebugConfiguration;
  /** As it was before its variables were replaced: what starts it once more. */
  readonly written: DebugConfiguration | undefined;
  /** The launch since it was asked for; undefined where it was not seen then. */
  readonly begun: Begun | undefined;
}

/**
 * Comes last in both phases of resolving, as a provider for every type: golang.go has then done its part. Sets
 * `debugServer` to a port of ours, so that VS Code talks to us and the session's type stays `go`. Whatever goes wrong
 * here, the configuration goes on as it was; one that is to run on another machine does not, because without us it would
 * run on this one. `serve` gives the configuration to launch, undefined where the person cancelled.
 */
export function makeProvider(
  { log, seen }: Editor,
  begun: BegunLaunches,
  serve: (coming: Coming) => Promise<DebugConfiguration | undefined>,
): DebugConfigurationProvider {
  return {
    resolveDebugConfiguration(folder, config) {
      if (config.type !== "go") return config;
      begun.looked(folder, config);
      // A shallow copy: golang.go's second provider replaces attributes, and this must not throw.
      seen.set(config.name, { ...config });
      return config;
    },
    async resolveDebugConfigurationWithSubstitutedVariables(folder, config) {
      if (config.type !== "go") return config;
      const { name } = config;
      const away = mayBeAway(config);
      const arrived = begun.arrive(config);
      try {
        const because = whyNot(config, settingsFor(folder));
        if (because === undefined) {
          return await serve({ folder, config, written: seen.get(name), begun: arrived });
        }
        if (away) return refuse(name, say`it is to run on another machine, and ${because}`);
        log.info(`${name}: not proxied, because ${because}`);
      } catch (error) {
        const because = error instanceof Error ? error.message : String(error);
        log.error(`${name}: ${away ? "not launched" : "bypassed"}, because ${because}`);
        if (away) return refuse(name, because);
      }
      return withoutPlace(config);
    },
  };
}

/**
 * Hears of a launch before the Go extension looks at it, if it comes first: providers of a type are asked in the order in
 * which they registered, and the Go extension does so only after it has run `go env` and started gopls. `prepare` is done
 * while the Go extension looks, which waits for processes of its own.
 */
export function makeFirstProvider(begun: BegunLaunches, prepare: () => void): DebugConfigurationProvider {
  return {
    resolveDebugConfiguration(folder, config) {
      begun.begin(folder, config);
      setImmediate(prepare);
      return config;
    },
  };
}

/** True unless a configuration says plainly that it runs here. */
function mayBeAway(config: DebugConfiguration): boolean {
  const place = writtenPlace(config);
  if (place === undefined) return false;
  return !(typeof place === "object" && place !== null && "on" in place && place.on === "local");
}

/** Tells why nothing is launched; what it gives ends the launch without a further word of VS Code's. */
function refuse(name: string, because: string): undefined {
  const open = say`Open launch.json`;
  const options = { modal: true, detail: say`Nothing was launched, because ${because}.` };
  void window.showErrorMessage(name, options, open).then((answer) => {
    if (answer === open) void commands.executeCommand("workbench.action.debug.configure");
  });
  return undefined;
}

/** Why a configuration does not go through the proxy; undefined where it does. */
function whyNot(config: DebugConfiguration, settings: Settings): string | undefined {
  if (settings.mode !== "proxy") return say`delveDoctor.mode is "${settings.mode}"`;
  if (settings.skipConfigurations.includes(config.name))
    return say`delveDoctor.skipConfigurations names this configuration`;
  if (!workspace.isTrusted) return say`the workspace is not trusted`;
  if (config["debugServer"] !== undefined) return say`"debugServer" names another debug adapter`;
  if (config["debugAdapter"] === "legacy") return say`the "legacy" debug adapter does not use dlv dap`;
  return undefined;
}
