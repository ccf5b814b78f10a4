namespace Duplex.Messaging.Channels;

/// <summary>The batching of the publications of a namespace or of one subscription.</summary>
/// <param name="MaxSize">Number of publications at which a batch is sent; null: only the delay applies.</param>
/// <param name="MaxDelay">Time for which the first publication of a batch waits.</param>
/// <param name="LatestOnly">Whether only the latest publication of each key is sent.</param>
/// <param name="Time">The clock of the delay, which is in milliseconds: a shard's timers are too coarse for it.</param>
internal sealed record BatchPolicy(int? MaxSize, TimeSpan MaxDelay, bool LatestOnly, TimeProvider Time)
{
    /// <summary>Returns the policy of a namespace's options; null when publications are not batched.</summary>
    public static BatchPolicy? Of(NamespaceOptions options, TimeProvider time) =>
        options.MaxBatchDelay is { } delay ? new(options.MaxBatchSize, delay, options.BatchFlushLatest, time) : null;
}
