package io.jeton.client;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The items of a paged list, one page fetched when the one before it is used up. */
final class Pages<T> implements Iterator<T> {
  /** A page; an empty {@code next} says that it is the last. */
  record Page<T>(List<T> items, String next) {}

  private final Function<String, Page<T>> fetch;
  private final Queue<T> items = new ArrayDeque<>();
  private @Nullable String next = "";

  private Pages(Function<String, Page<T>> fetch) {
    this.fetch = fetch;
  }

  static <T> Stream<T> stream(Function<String, Page<T>> fetch) {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(new Pages<>(fetch), traits), false);
  }

  /** An empty page that has a next one is followed. */
  @Override
  public boolean hasNext() {
    while (items.isEmpty() && next != null) {
      Page<T> page = fetch.apply(next);
      items.addAll(page.items());
      next = page.next().isEmpty() ? null : page.next();
    }
    return !items.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return items.remove();
  }
}
