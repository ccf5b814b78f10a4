namespace Showcase.Visitors;

/// <summary>A user or an address with its allowance. It outlives its connections, so a reconnect does not refill the allowance.</summary>
internal sealed class Party(Allowance allowance)
{
    public Allowance Allowance { get; } = allowance;

    /// <summary>The number of open connections. Guarded by <see cref="VisitorLimits"/>.</summary>
    public int Connections { get; set; }
}
