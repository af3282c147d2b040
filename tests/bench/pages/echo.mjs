// A worker that does nothing but send back what it gets: the least that an answer from a worker takes.
self.addEventListener("message", ({ data }) => self.postMessage(data));
