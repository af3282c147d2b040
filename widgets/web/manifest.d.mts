/** A file of the bundle: its address, relative to the folder of the modules, its bytes before compression, and their SHA-256. */
type File = { path: string; bytes: number; sha256: string };

/** What plugins/bundle/ writes into manifest.mjs, for the other modules. */
declare const manifest: {
  schema: 2;
  /** Of the package nameplate. */
  version: string;
  pyodide: string;
  python: string;
  /** The folder of the runtime. */
  indexURL: string;
  /** Whether files may be handed to Pyodide; otherwise it fetches them itself. */
  handed: boolean;
  files: {
    pyodide_mjs: File;
    asm_mjs: File;
    wasm: File;
    /** The zip with the standard library, and the package unless that has a file of its own. */
    stdlib: File;
    package?: File;
    /** The memory of a Python that was started from the files above. */
    snapshot?: File;
  };
  /** What the picker has learnt from example requests: only what chooses models needs it. */
  requests: File;
  /** The demonstrations of the guide, a zip: only pages that have one load it. */
  demos: File;
  /** The word vectors, a zip: only demonstrations that calculate with words need them. */
  vectors: File;
  /** Pyodide's own header of the snapshot, in base 64. */
  state?: string;
  /** SHA-256 of the WebAssembly that the snapshot belongs to. */
  runtime?: string;
  /** A lock file without packages, so that Pyodide fetches none. */
  lock: {
    info: { arch: string; platform: string; abi_version: string; python: string };
    packages: Record<string, never>;
  };
};
export default manifest;
