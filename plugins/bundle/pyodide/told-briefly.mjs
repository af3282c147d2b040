// Imported first, to end a program under Node with the message of what went wrong alone: Node would print the line of the
// runtime that threw, which is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});
