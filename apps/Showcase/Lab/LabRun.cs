using System.Buffers.Text;
using System.Text.Json;
using Showcase.Waiting;

namespace Showcase.Lab;

/// <summary>A source of numbered events, of which it keeps the latest. Safe from any thread.</summary>
internal sealed class LabRun : IDisposable
{
    /// <summary>The number of events that a run keeps for those who missed them.</summary>
    public const int KeptEvents = 1000;

    private static readonly LabWay[] Ways = Enum.GetValues<LabWay>();

    private readonly Lock _lock = new();
    private readonly Queue<LabEvent> _kept = new();
    private readonly LabCounts[] _counts = [.. Ways.Select(static _ => LabCounts.None)];
    private readonly CancellationTokenSource _end = new();
    private readonly string _padding;
    private readonly TimeProvider _time;
    private readonly Pulse _written = new();
    private readonly Pulse _resumed = new();
    private readonly long[] _highest = new long[Ways.Length];
    private bool _isPaused;

    public LabRun(string id, string user, LabSettings settings, int maxWaiters, TimeProvider time)
    {
        (Id, User, Settings, Waiters, _time) = (id, user, settings, new(maxWaiters), time);
        _padding = new('x', settings.PayloadBytes ?? 0);
        Ended = _end.Token;
    }

    /// <summary>The id, which is hard to guess: whoever has it may read the run.</summary>
    public string Id { get; }

    /// <summary>The user who started the run.</summary>
    public string User { get; }

    public LabSettings Settings { get; }

    /// <summary>Cancelled when the run has ended.</summary>
    public CancellationToken Ended { get; }

    /// <summary>The number of the latest event; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>The requests that wait for events and the streams that are open.</summary>
    public Waiters Waiters { get; }

    /// <summary>Adds the next event.</summary>
    public LabEvent Write()
    {
        lock (_lock)
        {
            var message = new LabMessage(++Last, _time.GetUtcNow().ToUnixTimeMilliseconds(), _padding);
            var added = new LabEvent(Last, JsonSerializer.SerializeToUtf8Bytes(message, LabJson.Default.LabMessage));
            _kept.Enqueue(added);
            if (_kept.Count > KeptEvents) _kept.Dequeue();
            _written.Give();
            return added;
        }
    }

    /// <summary>Returns the kept events after a number.</summary>
    public LabEvent[] After(long number)
    {
        lock (_lock) return [.. _kept.SkipWhile(kept => kept.Number <= number)];
    }

    /// <summary>Waits for events after a number.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public async ValueTask<LabEvent[]> NextAsync(long number, CancellationToken stop)
    {
        while (true)
        {
            Task written;
            lock (_lock)
            {
                if (Last > number) return After(number);
                written = _written.Next;
            }

            await written.WaitAsync(stop);
        }
    }

    /// <summary>Pauses the source of events, or resumes it.</summary>
    public void Pause(bool isPaused)
    {
        lock (_lock)
        {
            _isPaused = isPaused;
            _resumed.Give();
        }
    }

    /// <summary>Waits while the source is paused.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public async ValueTask ResumedAsync(CancellationToken stop)
    {
        while (true)
        {
            Task resumed;
            lock (_lock)
            {
                if (!_isPaused) return;
                resumed = _resumed.Next;
            }

            await resumed.WaitAsync(stop);
        }
    }

    public void Count(LabWay way, long requests = 0, long empty = 0, long events = 0, long bodyUp = 0, long bodyDown = 0, long late = 0)
    {
        lock (_lock) _counts[(int)way] += new LabCounts(requests, empty, events, bodyUp, bodyDown, late);
    }

    /// <summary>Counts a message of a client. One that begins with a number is late after a higher number.</summary>
    public void Receive(LabWay way, ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            ref var highest = ref _highest[(int)way];
            var isLate = Utf8Parser.TryParse(message, out long number, out _) && number < highest;
            highest = Math.Max(highest, number);
            Count(way, events: 1, bodyUp: message.Length, late: isLate ? 1 : 0);
        }
    }

    public Dictionary<LabWay, LabCounts> Counts()
    {
        lock (_lock) return Ways.ToDictionary(static way => way, way => _counts[(int)way]);
    }

    /// <summary>Ends the run: all who wait for events stop.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }
}
