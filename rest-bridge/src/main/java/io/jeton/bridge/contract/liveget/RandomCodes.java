package io.jeton.bridge.contract.liveget;

import java.security.SecureRandom;

/** Makes codes that nobody can guess. Safe for use by several threads. */
final class RandomCodes {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 24;

  private final SecureRandom random = new SecureRandom();

  String next() {
    StringBuilder code = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.toString();
  }
}
