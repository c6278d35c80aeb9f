const main = `package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	for i := 0; len(os.Args) > 1 && i < 1200; i++ {
		time.Sleep(50 * time.Millisecond)
	}
	answer := 6 * 7
	fmt.Println("the answer is", answer)
	os.Exit(answer - 35)
}
`;

const test = `package main

import "testing"

func TestAnswer(t *testing.T) {
	answer := 6 * 7
	if answer != 42 {
		t.Fatal(answer)
	}
}
`;

/**
 * The module that is debugged, its files by name. It needs nothing but the standard library, and no newer Go than 1.18, so
 * that nothing is downloaded for it. With an argument the program waits for a minute before it goes on.
 */
export const files: Readonly<Record<string, string>> = {
  "go.mod": "module selftest\n\ngo 1.18\n",
  "main.go": main,
  "main_test.go": test,
};

/** Where launches stop, counted from 1: at the variable's use, within the wait, and in the test. `next` comes after `stop`. */
export const lines = {
  stop: lineOf(main, "fmt.Println"),
  next: lineOf(main, "os.Exit"),
  wait: lineOf(main, "time.Sleep"),
  test: lineOf(test, "if answer"),
} as const;

/** What is to be seen of a program that ran right. */
export const expected = { name: "answer", value: "42", output: "the answer is 42", exitCode: 7 } as const;

function lineOf(text: string, part: string): number {
  return text.split("\n").findIndex((line) => line.includes(part)) + 1;
}
