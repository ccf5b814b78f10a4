namespace Duplex.WebSockets.Tests;

/// <summary>
/// Tests that count allocations: the shared pools give memory back when a garbage collection runs, which other
/// tests beside them would bring about.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
