using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Transports;

namespace Duplex.Messaging.Outbound;

/// <summary>
/// What a client that reads too slowly has still to get, in order. Publications are bounded in bytes and follow their
/// channel's policy; replies and other control frames have room of their own. Exists only while it is needed.
/// </summary>
internal sealed class OutboundQueue(long maxBytes, HubMetrics metrics)
{
    private readonly LinkedList<Entry> _entries = new();
    private Dictionary<(HubChannel Channel, string Key), LinkedListNode<Entry>>? _latest;
    private long _publicationBytes;
    private long _controlBytes;

    /// <summary>Bytes of replies and other control frames.</summary>
    public long ControlBytes => _controlBytes;

    /// <summary>
    /// False when even the control frames' room is full; nothing is taken then. One frame may be larger than the room, however
    /// fast the client reads: it is the next one that is refused.
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

    /// <summary>Takes a join or leave, or drops it: it has half of the control frames' room, so that the others always have some.</summary>
    public void AddMembership(HubChannel channel, SharedFrame frame)
    {
        if (_controlBytes + frame.Length > maxBytes / 2) metrics.Dropped(channel.Namespace.Name);
        else AddControl(frame);
    }

    /// <summary>False when the publication has no room and no policy makes any; nothing is taken then.</summary>
    public bool AddPublication(HubChannel channel, string? key, SharedFrame frame)
    {
        if (channel.Namespace.Options.SlowConsumers == SlowConsumerPolicy.Conflate)
        {
            key ??= "";
            _latest ??= [];
            if (_latest.Remove((channel, key), out var outdated)) Drop(outdated);
        }
        else
        {
            key = null;
        }

        if (!MakeRoom(frame.Length)) return false;
        _publicationBytes += frame.Length;
        metrics.Queued(frame.Length);
        frame.Retain();
        var node = _entries.AddLast(new Entry(frame, channel, key));
        if (key is not null) _latest![(channel, key)] = node;
        return true;
    }

    /// <summary>Sends while the transport takes frames; true when nothing is left.</summary>
    public bool Drain(IClientTransport transport)
    {
        while (_entries.First is { } first)
        {
            if (!transport.IsWritable) return false;
            transport.Send(first.Value.Frame);
            Remove(first);
        }

        return true;
    }

    /// <summary>Sends everything, because the connection ends behind it.</summary>
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
            if (node.Value.Channel?.Namespace.Options.SlowConsumers == SlowConsumerPolicy.DropOldest) Drop(node);
            node = next;
        }

        return HasRoom(length);
    }

    private bool HasRoom(int length) => _publicationBytes == 0 || _publicationBytes + length <= maxBytes;

    private void Drop(LinkedListNode<Entry> node)
    {
        metrics.Dropped(node.Value.Channel!.Namespace.Name);
        Remove(node);
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        var (frame, channel, key) = node.Value;
        _entries.Remove(node);
        if (channel is null) _controlBytes -= frame.Length;
        else _publicationBytes -= frame.Length;
        metrics.Queued(-frame.Length);
        if (key is not null && _latest!.TryGetValue((channel!, key), out var latest) && ReferenceEquals(latest, node))
        {
            _latest.Remove((channel!, key));
        }

        frame.Release();
    }

    private readonly record struct Entry(SharedFrame Frame, HubChannel? Channel, string? Key);
}
