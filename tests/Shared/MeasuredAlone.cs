namespace Tests.Shared;

/// <summary>
/// Tests that measure the process run while no other test does. A full collection that another test causes makes
/// ArrayPool.Shared release its arrays when the machine is short of memory, and the next rent allocates.
/// </summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
