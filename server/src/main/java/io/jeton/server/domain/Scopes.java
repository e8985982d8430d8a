package io.jeton.server.domain;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What a token allows: a set of words, kept in ascending order, each once. Immutable.
 *
 * <p>A word is printable ASCII without space, quote and backslash (RFC 6749 section 3.3).
 */
public final class Scopes {
  public static final Scopes NONE = new Scopes(new String[0]);

  private final String[] sorted;
  private final List<String> words;

  private Scopes(String[] sorted) {
    this.sorted = sorted;
    this.words = List.of(sorted);
  }

  public static Scopes of(Collection<String> words) {
    return words.isEmpty()
        ? NONE
        : new Scopes(words.stream().distinct().sorted().toArray(String[]::new));
  }

  /** Reads what {@link #text()} gave. */
  public static Scopes parse(String text) {
    return text.isEmpty() ? NONE : of(Arrays.asList(text.split(" ", -1)));
  }

  /** The words, separated by single spaces. */
  public String text() {
    return String.join(" ", sorted);
  }

  /** The words in ascending order. */
  public List<String> words() {
    return words;
  }

  /** Whether every one of these words is among this set's. Allocates nothing. */
  public boolean containsAll(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      if (Arrays.binarySearch(sorted, words.get(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** A rough count of the bytes of heap that it takes when nothing shares it. */
  public int weight() {
    int weight = sorted.length == 0 ? 0 : 80 + 4 * sorted.length;
    for (String word : sorted) {
      weight += 48 + word.length();
    }
    return weight;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scopes that && Arrays.equals(sorted, that.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return text();
  }
}
