using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Subscriptions;
using Duplex.Messaging.Transports;

namespace Duplex.Messaging.Outbound;

/// <summary>
/// The frames that a slow client has not received yet, in order. Publications are bounded in bytes and follow their
/// channel's policy; replies and other control frames have a bound of their own. Exists only while it is needed.
/// </summary>
internal sealed class OutboundQueue(long maxBytes, HubMetrics metrics)
{
    private readonly LinkedList<Entry> _entries = new();
    private Dictionary<(HubChannel Channel, string Key), LinkedListNode<Entry>>? _latest;
    private long _publicationBytes;
    private long _controlBytes;

    /// <summary>The number of bytes of replies and other control frames.</summary>
    public long ControlBytes => _controlBytes;

    /// <summary>
    /// Queues a control frame; false, and nothing is queued, when the bound of control frames is reached. A single frame may exceed
    /// the bound regardless of the client's speed: only the next one is rejected.
    /// </summary>
    public bool AddControl(SharedFrame frame)
    {
        if (_controlBytes >= maxBytes) return false;
        _controlBytes += frame.Length;
        metrics.Queued(frame.Length);
        frame.Retain();
        _entries.AddLast(new Entry(frame, null, null));
        return true;
    }

    /// <summary>Queues a join or leave, or drops it: these have half of the bound of control frames, so that the others always have room.</summary>
    public void AddMembership(HubChannel channel, SharedFrame frame)
    {
        if (_controlBytes + frame.Length > maxBytes / 2) metrics.Dropped(channel.Namespace.Name);
        else AddControl(frame);
    }

    /// <summary>Returns false when the publication has no room and no policy makes room; nothing is added then.</summary>
    public bool AddPublication(Subscription subscription, string? key, SharedFrame frame)
    {
        var channel = subscription.HubChannel;
        LinkedListNode<Entry>? next = null;
        if (channel.Namespace.Options.SlowConsumers == SlowConsumerPolicy.Conflate)
        {
            key ??= "";
            _latest ??= [];
            if (_latest.Remove((channel, key), out var outdated))
            {
                // In its place, a key that changes more often than the client reads is still sent in turn. Offsets must ascend.
                if (!channel.Namespace.HasOffsets) next = outdated.Next;
                Drop(outdated);
            }
        }
        else
        {
            key = null;
        }

        if (!MakeRoom(frame.Length)) return false;
        _publicationBytes += frame.Length;
        metrics.Queued(frame.Length);
        frame.Retain();
        var entry = new Entry(frame, subscription, key);
        // Making room may have dropped the next entry as well.
        var node = next?.List is null ? _entries.AddLast(entry) : _entries.AddBefore(next, entry);
        if (key is not null) _latest![(channel, key)] = node;
        return true;
    }

    /// <summary>Sends while the transport accepts frames; true when the queue is empty.</summary>
    public bool Drain(IClientTransport transport)
    {
        while (_entries.First is { } first)
        {
            if (!transport.IsWritable || (first.Value.Subscription?.HubChannel.Namespace.MaySkip == true && !transport.IsCaughtUp)) return false;
            transport.Send(first.Value.Frame);
            Remove(first);
        }

        return true;
    }

    /// <summary>Sends all frames regardless of the high-water mark, because the connection ends after them.</summary>
    public void DrainAll(IClientTransport transport)
    {
        foreach (var entry in _entries) transport.Send(entry.Frame);
        Clear();
    }

    public void Clear()
    {
        foreach (var entry in _entries) entry.Frame.Release();
        _entries.Clear();
        _latest = null;
        metrics.Queued(-(_publicationBytes + _controlBytes));
        _publicationBytes = _controlBytes = 0;
    }

    private bool MakeRoom(int length)
    {
        if (HasRoom(length)) return true;
        for (var node = _entries.First; node is not null && !HasRoom(length);)
        {
            var next = node.Next;
            if (node.Value.Subscription?.HubChannel.Namespace.Options.SlowConsumers == SlowConsumerPolicy.DropOldest) Drop(node);
            node = next;
        }

        return HasRoom(length);
    }

    private bool HasRoom(int length) => _publicationBytes == 0 || _publicationBytes + length <= maxBytes;

    private void Drop(LinkedListNode<Entry> node)
    {
        var subscription = node.Value.Subscription!;
        subscription.Skipped++;
        metrics.Dropped(subscription.HubChannel.Namespace.Name);
        Remove(node);
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        var (frame, subscription, key) = node.Value;
        _entries.Remove(node);
        if (subscription is null) _controlBytes -= frame.Length;
        else _publicationBytes -= frame.Length;
        metrics.Queued(-frame.Length);
        if (key is not null && _latest!.TryGetValue((subscription!.HubChannel, key), out var latest) && ReferenceEquals(latest, node))
        {
            _latest.Remove((subscription.HubChannel, key));
        }

        frame.Release();
    }

    private readonly record struct Entry(SharedFrame Frame, Subscription? Subscription, string? Key);
}
