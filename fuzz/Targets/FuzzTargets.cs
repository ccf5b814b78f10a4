namespace Duplex.Fuzz.Targets;

/// <summary>Every target.</summary>
public static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } = [new FrameStreamTarget(), new DifferentialTarget(), new HandshakeRequestTarget(), new ExtensionsTarget()];
}
