namespace Duplex.Messaging.Brokers;

/// <summary>
/// The epochs of channels without an entry, so that reading a position creates no entry: names share a fixed number of
/// epochs. A new entry starts with the epoch of its name, and dropping the entry ends that epoch, so that no position of the dropped
/// entry is valid for the next one. Other names that share the epoch and have no entry start over too, which is safe.
/// Safe from any thread.
/// </summary>
internal sealed class BlankEpochs
{
    private const int Count = 4096;

    private readonly string?[] _epochs = new string?[Count];

    public string Of(string channel)
    {
        ref var epoch = ref Slot(channel);
        while (true)
        {
            if (Volatile.Read(ref epoch) is { } current) return current;
            Interlocked.CompareExchange(ref epoch, EpochLetters.Next(), null);
        }
    }

    public void End(string channel) => Volatile.Write(ref Slot(channel), null);

    // The hash differs between processes, so that a client cannot choose names that share an epoch.
    private ref string? Slot(string channel) => ref _epochs[(uint)channel.GetHashCode(StringComparison.Ordinal) % Count];
}
