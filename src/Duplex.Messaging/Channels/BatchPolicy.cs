namespace Duplex.Messaging.Channels;

/// <summary>How a namespace's publications wait for each other.</summary>
/// <param name="MaxSize">Publications after which they leave; 0: only the delay counts.</param>
/// <param name="MaxDelay">How long the first one waits.</param>
/// <param name="LatestOnly">Whether only the latest of each key leaves.</param>
/// <param name="Time">The clock of the delay: batches wait milliseconds, which a shard's timers are too coarse for.</param>
internal sealed record BatchPolicy(int MaxSize, TimeSpan MaxDelay, bool LatestOnly, TimeProvider Time)
{
    /// <summary>The policy that a namespace's options describe; null when publications do not wait.</summary>
    /// <exception cref="InvalidOperationException">The options contradict each other.</exception>
    public static BatchPolicy? Of(string name, NamespaceOptions options, TimeProvider time)
    {
        if (options.BatchMaxDelay > TimeSpan.Zero) return new(options.BatchMaxSize, options.BatchMaxDelay, options.BatchFlushLatest, time);
        if (options.BatchMaxSize == 0 && !options.BatchFlushLatest) return null;
        throw new InvalidOperationException(
            $"Namespace '{name}' batches without BatchMaxDelay: publications that do not fill a batch would wait for ever.");
    }
}
