namespace Duplex.Messaging.Polling;

/// <summary>
/// Answers with the items that changed. What it throws is logged, and the next question comes at its time. Runs on the
/// thread pool or on a client's shard, so it must not block.
/// </summary>
public delegate ValueTask<IReadOnlyList<PolledItem>> PollHandler(PollContext context);
