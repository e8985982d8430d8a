/**
 * The network side of the ports: certificates that are read again when they change, how many
 * connections there may be, and who may speak for somebody else. Netty, the JDK and Bouncy Castle's
 * ASN.1.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.server.net;
