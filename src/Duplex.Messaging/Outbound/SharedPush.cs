using Duplex.Execution;
using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Outbound;

/// <summary>
/// A push for many clients of a channel. It is encoded on first use, at most once per wire and form over all shards;
/// concurrent callers wait for the first. It is its own work item, the same for every shard, and reference-counted: it
/// retains its frames until the last shard has delivered it.
/// </summary>
internal abstract class SharedPush(HubChannel channel) : IShardWork
{
    private readonly Lock _gate = new();
    private volatile Slot? _slots;
    private int _references = 1;

    public HubChannel Channel { get; } = channel;

    /// <summary>The frame for a wire, borrowed from this push; null when the wire cannot encode it.</summary>
    public SharedFrame? FrameFor(Wire wire, PublicationForm form)
    {
        // Slots never change once they are listed, so only the first caller takes the lock.
        if (Find(wire, form) is { } found) return found.Frame;
        lock (_gate)
        {
            var slot = Find(wire, form) ?? (_slots = new Slot(wire, form, Encode(wire, form), _slots));
            return slot.Frame;
        }
    }

    public void Retain() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) != 0) return;
        for (var slot = _slots; slot is not null; slot = slot.Next) slot.Frame?.Release();
        _slots = null;
    }

    /// <summary>Delivers the push to the subscribers of the current shard and releases the reference that was posted to it.</summary>
    void IShardWork.Run()
    {
        try
        {
            // All subscribers of the shard may have left since the push was posted.
            if (Channel.On(Shard.Current!) is { } shardChannel) Deliver(shardChannel);
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Delivers the push to the subscribers of one shard. Called on that shard.</summary>
    protected abstract void Deliver(ShardChannel shardChannel);

    protected abstract SharedFrame? Encode(Wire wire, PublicationForm form);

    private Slot? Find(Wire wire, PublicationForm form)
    {
        var slot = _slots;
        while (slot is not null && !(ReferenceEquals(slot.Wire, wire) && slot.Form == form)) slot = slot.Next;
        return slot;
    }

    private sealed record Slot(Wire Wire, PublicationForm Form, SharedFrame? Frame, Slot? Next);
}
