using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Timing;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>An owner whose turns and time the test runs.</summary>
internal sealed class TestOwner : ConnectionOwner
{
    private readonly FakeTimeProvider _time = new();
    private readonly Queue<IOwnerWork> _work = new();
    private readonly TimerWheel _wheel;

    public TestOwner() => _wheel = new TimerWheel(_time);

    public override TimeProvider Time => _time;

    public override bool IsCurrent => IsInTurn;

    /// <summary>Whether what the test does counts as this owner's work.</summary>
    public bool IsInTurn { get; set; }

    public int ArmedTimers => _wheel.Count;

    public override void Post(IOwnerWork work) => _work.Enqueue(work);

    public override void Schedule(OwnerTimer timer, TimeSpan due) => _wheel.Schedule(timer, due);

    public override void Cancel(OwnerTimer timer) => _wheel.Cancel(timer);

    /// <summary>Runs a turn: this, then everything posted.</summary>
    public void Turn(Action action)
    {
        IsInTurn = true;
        action();
        while (_work.TryDequeue(out var work)) work.Run();
        IsInTurn = false;
    }

    /// <summary>Lets time pass, tick by tick.</summary>
    public void Pass(double seconds)
    {
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= TimerWheel.Tick)
        {
            _time.Advance(TimerWheel.Tick);
            Turn(() =>
            {
                _wheel.Advance();
                while (_wheel.TryTakeDue(out var timer)) timer.OnDue();
            });
        }
    }
}
