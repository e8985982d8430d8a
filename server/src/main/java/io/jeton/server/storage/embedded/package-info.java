/** The embedded database: a private mariadbd that lives and dies with this process. */
@org.jspecify.annotations.NullMarked
package io.jeton.server.storage.embedded;
