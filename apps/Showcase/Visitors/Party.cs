namespace Showcase.Visitors;

/// <summary>A person or an address with what it may still do. It outlives its connections, so reconnecting wins nothing.</summary>
internal sealed class Party(Allowance allowance)
{
    public Allowance Allowance { get; } = allowance;

    /// <summary>Connections open now. Guarded by <see cref="VisitorLimits"/>.</summary>
    public int Connections { get; set; }
}
