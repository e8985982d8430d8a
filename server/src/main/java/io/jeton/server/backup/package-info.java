/** The file that a backup is: a ZIP archive of parts, with a manifest that says what they are. */
@org.jspecify.annotations.NullMarked
package io.jeton.server.backup;
