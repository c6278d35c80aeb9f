/**
 * A program for the lab of memory and CPU: to compile it takes well over 80 MB and a second of CPU, and with an argument
 * it fills a slice of 400 MB or kills itself, as a person's `kill -9` would. Line 9 is where to stop.
 */
export const hogFiles: Readonly<Record<string, string>> = {
  "go.mod": "module example.com/hog\n\ngo 1.25\n",
  "main.go": `package main

import (
	"os"
	"syscall"
)

func main() {
	big := len(lines)
	if len(os.Args) > 1 && os.Args[1] == "kill" {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
	if len(os.Args) > 1 {
		memory := make([]byte, 400<<20)
		for i := range memory {
			memory[i] = byte(big)
		}
	}
}
`,
  "lines.go": `package main

var lines = []string{
${Array.from({ length: 60_000 }, (_, index) => `\t"line ${index}",`).join("\n")}
}
`,
};
