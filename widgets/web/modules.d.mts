/** The names of all modules that a browser may ask for: what plugins/bundle/joined_modules.py writes into modules.mjs. */
declare const modules: string[];
export default modules;
