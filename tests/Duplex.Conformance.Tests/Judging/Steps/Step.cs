using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>One thing that the judge does or demands.</summary>
public abstract record Step
{
    public abstract Task RunAsync(RawPeer peer);

    protected static void Demand(bool holds, string otherwise)
    {
        if (!holds) throw new ViolationException(otherwise);
    }
}
