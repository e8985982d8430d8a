package io.jeton.client;

/**
 * An application and its secrets.
 *
 * @param application the application
 * @param accessKey the key of its files, which its users are told
 * @param pushSecret what the push tokens of its users' devices are derived from, which no user is
 *     told
 */
public record RevealedApplication(Application application, Secret accessKey, Secret pushSecret) {}
