using System.Collections.Concurrent;
using Duplex.EventLoop.Interop;
using Duplex.EventLoop.Transport;

namespace Duplex.EventLoop.Tests;

/// <summary>A kernel that a test plays: a turn that waits lasts until the test gives it an event, and what is asked of it is counted.</summary>
internal sealed unsafe class ScriptedBackEnd : BackEnd
{
    private readonly BlockingCollection<Action> _events = [];
    private readonly SemaphoreSlim _waits = new(0);
    private int _wakes;

    public override string Name => "scripted";

    public int Wakes => Volatile.Read(ref _wakes);

    /// <summary>Whether wake-ups are only counted, as if the kernel were slow to deliver them.</summary>
    public bool HoldsWakes { get; set; }

    /// <summary>Bytes of each send. Loop only.</summary>
    public List<int> Sends { get; } = [];

    /// <summary>Happens in the loop's next turn.</summary>
    public void Give(Action happening) => _events.Add(happening);

    /// <summary>Completes when the loop waits; once for each time.</summary>
    public Task Waits() => _waits.WaitAsync(Limit.Token);

    public override void Accept(int index) { }

    public override void WaitReadable(int index) { }

    public override void StartReceiving(int index) { }

    public override void StopReceiving(int index) { }

    public override int Send(int index, IoVector* vectors, int count)
    {
        var length = 0;
        for (var i = 0; i < count; i++) length += (int)vectors[i].Length;
        Sends.Add(length);
        return length;
    }

    public override void Turn(bool wait)
    {
        if (wait)
        {
            _waits.Release();
            _events.Take()();
        }

        while (_events.TryTake(out var happening)) happening();
    }

    public override void Wake()
    {
        Interlocked.Increment(ref _wakes);
        if (!HoldsWakes) Give(static () => { });
    }

    public override void Dispose() { }

    protected override void CancelPending(int index) { }
}
