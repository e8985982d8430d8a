package io.jeton.load;

/**
 * What a cached token costs.
 *
 * @param heapBefore bytes in use with few tokens cached
 * @param heapAfter bytes in use with all of them cached
 * @param tokens how many were cached between the two
 */
record HeapPerToken(long heapBefore, long heapAfter, int tokens, double bytesPerToken) {
  static HeapPerToken of(long heapBefore, long heapAfter, int tokens) {
    return new HeapPerToken(
        heapBefore, heapAfter, tokens, (double) (heapAfter - heapBefore) / tokens);
  }
}
