/** A chapter of docs/performance.md: what is compared in it, and which parts of the bench it shows. */
export interface Chapter {
  readonly title: string;
  readonly about: string;
  readonly parts: readonly string[];
}

/** In the order of the page. A part that none of them has comes at its end. */
export const chapters: readonly Chapter[] = [
  {
    title: "Bytes on their way",
    about:
      "The proxy stands between the editor and `dlv dap`. Each of these is measured directly, through the proxy, and through baselines in a process of their own: a bare relay (two sockets joined by Node's `pipe`, the least that a relay can cost) and, where there is one, a relay that frames as golang.go's adapter does. `dlv_step_loop` steps a real program in a real dlv; the others speak to a stand-in that answers at once.",
    parts: ["echo", "output", "memory", "loop"],
  },
  {
    title: "A launch",
    about:
      "From nothing to the first line of main, with Go's build cache warm: dlv is started, links, loads and runs. The programs are well-known ones of the Go module proxy, from a hundred packages to more than a thousand.",
    parts: ["launch", "fast"],
  },
  {
    title: "What it costs to stand by",
    about:
      "The processor time of the proxy's process while a session is paused, and of what looks at dlv's process tree during a cold build; and what the editor loads.",
    parts: ["idle", "sampling", "activation"],
  },
  {
    title: "What does not grow",
    about:
      "The same cost at sizes that lie far apart. The aim is that it stays: `growth` is the cost at the largest size by that at the smallest, and what the aim allows above 1 is noise.",
    parts: ["session", "processes", "workspace"],
  },
  {
    title: "Knowing sooner",
    about:
      "How long it takes until somebody is told: why there is no dlv, why a launch stalls, and the same on another machine. golang.go waits 30 s for a dlv that never listens (`extension/src/goDebugFactory.ts`) and looks for no cause.",
    parts: ["dead", "stall", "remote"],
  },
  {
    title: "While launch.json is written",
    about:
      "From a key to what the language server says of the text, beside a server that reads the same text and checks nothing.",
    parts: ["keystroke"],
  },
];
