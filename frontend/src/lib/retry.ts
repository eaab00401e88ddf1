/**
 * How long to wait before something is tried again: a second, then twice as long each time, and for every browser half as
 * much less or more. Those whom one outage stopped together are not to come back together.
 */
export const retryDelay = (failures: number): number => 1_000 * 2 ** Math.min(failures, 4) * (0.5 + Math.random());
