namespace Showcase.Visitors;

/// <summary>The rate limit of an act.</summary>
/// <param name="Burst">The capacity of the bucket; at least 1.</param>
/// <param name="PerSecond">The refill rate per second; more than 0.</param>
public readonly record struct Rate(int Burst, double PerSecond);
