package io.jeton.server.api;

/**
 * What a node can do: one object for each group of rpcs, shared by all that answers requests. Safe
 * for use by several threads.
 */
public record Services(
    VerifyTokens verify,
    IssueToken issue,
    RefreshTokens refresh,
    BindTokens bind,
    ManageTokens manageTokens,
    ManageCallers manageCallers,
    ManageKeys manageKeys,
    ManageAccounts manageAccounts,
    CheckPasswords checkPasswords,
    ManageSessions manageSessions,
    ImportRecords importRecords) {}
