using System.Collections.Concurrent;

namespace Duplex.Messaging.Reporting;

/// <summary>Lets one entry of each kind through in a period and counts the others, so that what clients cause cannot fill a disk. Safe from any thread.</summary>
/// <param name="time">The clock.</param>
/// <param name="period">What one entry stands for.</param>
internal sealed class LogRate(TimeProvider time, TimeSpan period)
{
    private readonly ConcurrentDictionary<(string Event, object Cause), Kind> _kinds = new();

    /// <summary>Whether the next entry of a kind is let through, and how many were not since the last.</summary>
    /// <param name="name">The event. With the cause it makes the kind.</param>
    /// <param name="cause">One of few: a code, or the type of an exception.</param>
    /// <param name="heldBack">Entries that were counted only.</param>
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
