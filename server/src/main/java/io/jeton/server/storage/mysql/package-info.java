/**
 * The ports on MySQL and MariaDB through jdbi: one class per question, its row mappers, its
 * migrations.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.server.storage.mysql;
