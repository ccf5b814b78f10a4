using Showcase.Comets.Physics;

namespace Showcase.Comets.Rooms;

/// <summary>
/// The controls of a ship by the number that its page gave them, one for each tick. A tick takes one, however many have arrived,
/// so a page that sends more is not faster: beyond <see cref="Ahead"/> the oldest are skipped.
/// </summary>
internal sealed class InputQueue
{
    /// <summary>The maximum number of controls that wait.</summary>
    public const int Ahead = 8;

    /// <summary>The maximum number of an input; pages begin with 1 at each join.</summary>
    public const int MaxNumber = 1 << 30;

    // A page that sends regularly never has this many to spare for a second: the rest is delay alone.
    private const int SpareAfterTick = 2, SpareTicks = Arena.TicksPerSecond;

    // Beyond it the ship drifts: repeated controls would fly it into a wall while its pilot is away.
    private const int MaxRepeats = Arena.TicksPerSecond / 4;

    private readonly Controls?[] _waiting = new Controls?[Ahead];
    private int _last, _count, _spareTicks;
    private Controls _held;

    /// <summary>The number of the last controls that a tick took or skipped.</summary>
    public int Last => _last;

    /// <summary>The number of ticks since one took controls of the page.</summary>
    public int SilentTicks { get; private set; }

    /// <summary>Adds the controls of consecutive numbers. Late ones are dropped.</summary>
    public void Add(int first, ReadOnlySpan<Controls> controls)
    {
        for (var i = 0; i < controls.Length; i++)
        {
            var number = first + i;
            if (number <= _last) continue;
            while (number > _last + Ahead && _count > 0) Advance();
            if (number > _last + Ahead) _last = number - 1;
            ref var place = ref _waiting[number % Ahead];
            if (place is null) _count++;
            place = controls[i];
        }
    }

    /// <summary>Returns the controls of the next tick: missing ones repeat the last.</summary>
    public Controls Take()
    {
        if (_count == 0)
        {
            _spareTicks = 0;
            return ++SilentTicks > MaxRepeats ? Controls.None : _held;
        }

        SilentTicks = 0;
        Advance();
        _spareTicks = _count >= SpareAfterTick ? _spareTicks + 1 : 0;
        if (_spareTicks == SpareTicks)
        {
            _spareTicks = 0;
            Advance();
        }

        return _held;
    }

    private void Advance()
    {
        ref var place = ref _waiting[++_last % Ahead];
        if (place is not { } taken) return;
        _held = taken;
        place = null;
        _count--;
    }
}
