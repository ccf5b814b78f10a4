namespace Duplex.Messaging.Polling;

/// <summary>
/// Returns the items that changed. An exception is logged, and the next poll runs at its scheduled time. Called on the
/// thread pool or on a client's shard, so it must not block.
/// </summary>
public delegate ValueTask<IReadOnlyList<PolledItem>> PollHandler(PollContext context);
