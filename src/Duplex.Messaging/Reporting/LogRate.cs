using System.Collections.Concurrent;

namespace Duplex.Messaging.Reporting;

/// <summary>Admits one log entry of each kind per period and counts the others, so that events caused by clients cannot fill a disk. Safe from any thread.</summary>
/// <param name="time">The clock.</param>
/// <param name="period">The period in which one entry of a kind is admitted.</param>
internal sealed class LogRate(TimeProvider time, TimeSpan period)
{
    private readonly ConcurrentDictionary<(string Event, object Cause), Kind> _kinds = new();

    /// <summary>Whether the next entry of a kind is admitted.</summary>
    /// <param name="name">The name of the event. Name and cause form the kind.</param>
    /// <param name="cause">The cause from a small set: a code, or the type of an exception.</param>
    /// <param name="heldBack">The number of entries that were counted since the last one that was admitted.</param>
    public bool TryTake(string name, object cause, out long heldBack)
    {
        var kind = _kinds.GetOrAdd((name, cause), static _ => new Kind());
        lock (kind)
        {
            var now = time.GetTimestamp();
            if (kind.LastAt is { } last && time.GetElapsedTime(last, now) < period)
            {
                kind.HeldBack++;
                heldBack = 0;
                return false;
            }

            heldBack = kind.HeldBack;
            (kind.LastAt, kind.HeldBack) = (now, 0);
            return true;
        }
    }

    private sealed class Kind
    {
        public long? LastAt { get; set; }

        public long HeldBack { get; set; }
    }
}
