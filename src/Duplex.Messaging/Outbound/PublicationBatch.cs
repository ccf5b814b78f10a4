using Duplex.Execution;
using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Outbound;

/// <summary>
/// Publications of a channel on one shard, or of one subscription, that are delivered together: all deliveries of one turn become one
/// send. Owned by the shard.
/// </summary>
internal sealed class PublicationBatch(IBatchTarget target, BatchPolicy policy) : IShardWork
{
    // The size that a transport writes at once; a larger batch saves nothing more.
    private const int MaxBytes = 64 * 1024;

    private readonly LinkedList<Entry> _entries = new();
    private readonly Dictionary<(string Key, bool IsInStream), LinkedListNode<Entry>>? _latest = policy.LatestOnly ? [] : null;

    private ITimer? _timer;
    private string _epoch = "";
    private ulong _top;
    private int _count;
    private long _bytes;
    private bool _isFlushing;

    public BatchPolicy Policy => policy;

    /// <summary>Adds a publication; the batch is sent when it is full, and after its delay at the latest.</summary>
    /// <param name="push">The publication.</param>
    /// <param name="offset">
    /// Its offset in the part of the stream that the batch covers: a publication that does not continue this part sends the batch first.
    /// 0 where positions do not depend on the batch.
    /// </param>
    public void Add(SharedPublication push, ulong offset)
    {
        if (offset > 0 && _top > 0 && (offset != _top + 1 || push.Epoch != _epoch)) Flush();
        var (first, skipped) = (offset, 0);
        if (_latest is not null && _latest.Remove(KeyOf(push), out var outdated))
        {
            skipped = outdated.Value.Skipped + 1;
            first = Supersede(outdated, first);
        }

        push.Retain();
        var node = _entries.AddLast(new Entry(push, first, skipped));
        if (_latest is not null) _latest[KeyOf(push)] = node;
        if (offset > 0) (_top, _epoch) = (offset, push.Epoch);
        _bytes += push.Publication.Data.Length;
        if (++_count == policy.MaxSize || _bytes >= MaxBytes) Flush();
        else _timer ??= policy.Time.CreateTimer(static state => ((PublicationBatch)state!).OnDue(), this, policy.MaxDelay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Delivers the batch in order. Does nothing when a delivery itself calls it: the running call delivers the rest.</summary>
    public void Flush()
    {
        if (_isFlushing) return;
        _isFlushing = true;
        try
        {
            DeliverAll();
        }
        finally
        {
            _isFlushing = false;
        }
    }

    /// <summary>Discards the batch.</summary>
    public void Clear()
    {
        Reset();
        while (_entries.First is { } node)
        {
            _entries.RemoveFirst();
            node.Value.Push.Release();
        }
    }

    /// <summary>Sends the batch when its delay is over.</summary>
    void IShardWork.Run() => Flush();

    private void DeliverAll()
    {
        Reset();
        while (_entries.First is { } node)
        {
            _entries.RemoveFirst();
            try
            {
                target.Deliver(node.Value.Push, node.Value.First, node.Value.Skipped);
            }
            finally
            {
                node.Value.Push.Release();
            }
        }
    }

    private void Reset()
    {
        _timer?.Dispose();
        _timer = null;
        _latest?.Clear();
        (_top, _count, _bytes) = (0, 0, 0);
    }

    private void OnDue() => target.Shard.Post(this);

    // A client that receives only the latest also passes the offsets before it: the next publication that remains covers them.
    private ulong Supersede(LinkedListNode<Entry> outdated, ulong first)
    {
        var (push, covered, _) = outdated.Value;
        if (covered > 0)
        {
            var next = outdated.Next;
            while (next is { Value.First: 0 }) next = next.Next;
            if (next is null) first = covered;
            else next.Value = next.Value with { First = covered };
        }

        _entries.Remove(outdated);
        _bytes -= push.Publication.Data.Length;
        push.Release();
        return first;
    }

    // Publications outside the stream cover no offsets, so neither kind supersedes the other.
    private static (string Key, bool IsInStream) KeyOf(SharedPublication push) => (push.Publication.Key ?? "", push.Publication.Offset > 0);

    /// <param name="Push">The publication, to which the batch holds a reference.</param>
    /// <param name="First">The first offset it covers: its own, or that of the first one it superseded. 0 outside the stream.</param>
    /// <param name="Skipped">The number of publications that it superseded.</param>
    private readonly record struct Entry(SharedPublication Push, ulong First, int Skipped);
}
