using System.Diagnostics.CodeAnalysis;

namespace Duplex.Execution;

/// <summary>
/// Represents the timers of one shard, hashed by due tick into slots of linked lists: arming, moving and disarming cost a
/// few pointer writes and allocate nothing, however many timers wait. On the shard only.
/// </summary>
internal sealed class TimerWheel
{
    /// <summary>The interval at which the shard calls <see cref="Advance"/> while timers wait; a timer is late by at most this.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    // One revolution is 51.2 s, so that pings (25 s) and time-outs are due within it; longer timers stay in their slot for
    // further revolutions.
    private const int Slots = 512;

    // The longest time of a timer; a longer one would overflow the tick count.
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(100 * 365);

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Sentinel[] _slots = new Sentinel[Slots];
    private readonly Sentinel _due = new();
    private long _currentTick;

    public TimerWheel(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        for (var i = 0; i < Slots; i++) _slots[i] = new Sentinel();
    }

    /// <summary>The number of armed timers, including those that are due and not yet taken.</summary>
    public int Count { get; private set; }

    /// <summary>The tick of the last <see cref="Advance"/>, which serves as a coarse clock for elapsed times.</summary>
    public long CurrentTick => _currentTick;

    /// <summary>
    /// Arms the timer, or moves it. The timer is never due early, nor within the current tick; a time above a century counts
    /// as a century.
    /// </summary>
    public void Schedule(ShardTimer timer, TimeSpan due)
    {
        if (timer.IsArmed) Unlink(timer);
        else Count++;
        var elapsed = _time.GetElapsedTime(_start) + (due > Farthest ? Farthest : due > TimeSpan.Zero ? due : TimeSpan.Zero);
        var tick = (elapsed.Ticks + Tick.Ticks - 1) / Tick.Ticks;
        timer.DueTick = Math.Max(tick, _currentTick + 1);
        timer.IsArmed = true;
        Link(_slots[timer.DueTick % Slots], timer);
    }

    /// <summary>Disarms the timer; does nothing when it is not armed.</summary>
    public void Cancel(ShardTimer timer)
    {
        if (!timer.IsArmed) return;
        Unlink(timer);
        timer.IsArmed = false;
        Count--;
    }

    /// <summary>Collects the timers that have become due, for <see cref="TryTakeDue"/>.</summary>
    public void Advance()
    {
        var now = _time.GetElapsedTime(_start).Ticks / Tick.Ticks;
        // After a long gap, one revolution visits every slot, and so every timer, once.
        for (var tick = Math.Max(_currentTick + 1, now - Slots + 1); tick <= now; tick++)
        {
            var slot = _slots[tick % Slots];
            for (var timer = slot.Next!; timer != slot;)
            {
                var next = timer.Next!;
                if (timer.DueTick <= now)
                {
                    Unlink(timer);
                    Link(_due, timer);
                }

                timer = next;
            }
        }

        _currentTick = Math.Max(_currentTick, now);
    }

    /// <summary>Disarms and returns the next timer that <see cref="Advance"/> collected; the caller runs it.</summary>
    public bool TryTakeDue([NotNullWhen(true)] out ShardTimer? timer)
    {
        timer = _due.Next!;
        if (timer == _due)
        {
            timer = null;
            return false;
        }

        Cancel(timer);
        return true;
    }

    private static void Link(Sentinel list, ShardTimer timer)
    {
        timer.Previous = list.Previous;
        timer.Next = list;
        list.Previous!.Next = timer;
        list.Previous = timer;
    }

    private static void Unlink(ShardTimer timer)
    {
        timer.Previous!.Next = timer.Next;
        timer.Next!.Previous = timer.Previous;
        timer.Next = timer.Previous = null;
    }

    /// <summary>Represents the head of a circular list, so that a timer is unlinked without a reference to its list.</summary>
    private sealed class Sentinel : ShardTimer
    {
        public Sentinel() => Next = Previous = this;

        protected override void OnDue() => throw new InvalidOperationException();
    }
}
