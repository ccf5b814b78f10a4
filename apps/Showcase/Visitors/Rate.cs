namespace Showcase.Visitors;

/// <summary>How often something may happen.</summary>
/// <param name="Burst">How often at once; at least 1.</param>
/// <param name="PerSecond">How often per second in the long run; more than 0.</param>
public readonly record struct Rate(int Burst, double PerSecond);
