// In the place of packages that would open connections: the process that runs snippets has no network.
export {};
