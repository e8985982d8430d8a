package io.jeton.bridge;

/**
 * The instance that answers a path.
 *
 * @param prefix the prefix of the instance that the path begins with
 * @param path what follows it; begins with a slash
 */
record Owner(Mounted mounted, String prefix, String path) {
  Contract contract() {
    return mounted.contract();
  }
}
