/** What plugins/bundle/assets.py writes into manifest.mjs, for the other modules. All addresses are relative to their folder. */
declare const manifest: {
  schema: 1;
  /** Of the package nameplate. */
  version: string;
  pyodide: string;
  python: string;
  /** The folder of the runtime. */
  indexURL: string;
  pyodide_mjs: string;
  asm_mjs: string;
  wasm: string;
  /** The zip with the standard library and the package, both as bytecode. */
  stdlib: string;
  /** The memory of a Python that was started from that zip, and Pyodide's own header of it in base 64. */
  snapshot: string;
  state: string;
  /** SHA-256 of the WebAssembly. */
  runtime: string;
  /** A lock file without packages, so that none is fetched. */
  lock: {
    info: { arch: string; platform: string; abi_version: string; python: string };
    packages: Record<string, never>;
  };
  /** Sizes before compression, for showing progress. */
  bytes: { pyodide_mjs: number; asm_mjs: number; wasm: number; stdlib: number; snapshot: number };
};
export default manifest;
