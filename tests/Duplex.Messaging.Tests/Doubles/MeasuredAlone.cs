namespace Duplex.Messaging.Tests.Doubles;

/// <summary>Tests that measure the process run while no other does.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
