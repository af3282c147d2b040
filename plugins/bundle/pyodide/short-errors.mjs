// Imported first, to end a program under Node with the message of an error alone: Node would print the line that threw it,
// which is a megabyte long in the runtime's script.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});
