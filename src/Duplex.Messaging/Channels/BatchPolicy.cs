namespace Duplex.Messaging.Channels;

/// <summary>How a namespace's publications wait for each other.</summary>
/// <param name="MaxSize">Publications after which they leave; null: only the delay counts.</param>
/// <param name="MaxDelay">How long the first one waits.</param>
/// <param name="LatestOnly">Whether only the latest of each key leaves.</param>
/// <param name="Time">The clock of the delay: batches wait milliseconds, which a shard's timers are too coarse for.</param>
internal sealed record BatchPolicy(int? MaxSize, TimeSpan MaxDelay, bool LatestOnly, TimeProvider Time)
{
    /// <summary>The policy that a namespace's options describe; null when publications do not wait.</summary>
    public static BatchPolicy? Of(NamespaceOptions options, TimeProvider time) =>
        options.MaxBatchDelay is { } delay ? new(options.MaxBatchSize, delay, options.BatchFlushLatest, time) : null;
}
