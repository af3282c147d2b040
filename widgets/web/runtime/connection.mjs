// What the browser says of the reader's connection.

/**
 * Whether it is slow or costly: then as little as possible is loaded.
 * @param {Navigator & { connection?: { saveData?: boolean, effectiveType?: string } }} browser
 */
export function savesData(browser = navigator) {
  const { saveData, effectiveType } = browser.connection ?? {};
  return Boolean(saveData) || effectiveType === "slow-2g" || effectiveType === "2g";
}
