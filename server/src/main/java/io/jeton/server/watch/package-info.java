/** What is noted of calls: refusals, the access log. */
@org.jspecify.annotations.NullMarked
package io.jeton.server.watch;
