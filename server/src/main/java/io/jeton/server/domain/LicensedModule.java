package io.jeton.server.domain;

/**
 * What a licence is for. Ids and names never change, so that many tokens share one.
 *
 * @param subModuleId the sub-module's; 0: the licence is for the module itself
 * @param subModule the sub-module's name; empty: the licence is for the module itself
 */
public record LicensedModule(int moduleId, String module, int subModuleId, String subModule) {}
