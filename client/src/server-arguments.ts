// What Node is told when it starts the language server.

/**
 * Megabytes in which young objects are made before they are collected: twice Node's own. An analysis of a long script makes some ten and keeps one, and what is collected
 * while it runs is copied.
 */
export const serverArguments: readonly string[] = ['--max-semi-space-size=32'];
