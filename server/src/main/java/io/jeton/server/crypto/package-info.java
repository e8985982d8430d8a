/** How secrets are made, recognised, digested and sealed. */
@org.jspecify.annotations.NullMarked
package io.jeton.server.crypto;
