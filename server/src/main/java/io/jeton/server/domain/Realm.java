package io.jeton.server.domain;

/** A tenant as the store knows it. */
public record Realm(int id, RealmName name) {}
