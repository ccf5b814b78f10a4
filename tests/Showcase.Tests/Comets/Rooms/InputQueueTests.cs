using CsCheck;
using Showcase.Comets.Physics;
using Showcase.Comets.Rooms;

namespace Showcase.Tests.Comets.Rooms;

/// <summary>The controls that wait for their ticks.</summary>
public sealed class InputQueueTests
{
    private readonly InputQueue _queue = new();

    [Fact]
    public void Controls_are_taken_in_the_order_of_their_numbers_one_each_tick()
    {
        _queue.Add(3, [Controls.Right]);
        _queue.Add(1, [Controls.Left, Controls.Thrust]);
        Assert.Equal([Controls.Left, Controls.Thrust, Controls.Right], Take(3));
        Assert.Equal(3, _queue.Last);
    }

    [Fact]
    public void Late_controls_are_dropped_and_those_that_arrive_again_count_once()
    {
        _queue.Add(1, [Controls.Left, Controls.Right]);
        _queue.Add(1, [Controls.Left, Controls.Right]);
        Take(2);
        _queue.Add(2, [Controls.Fire]);
        Assert.Equal([Controls.Right], Take(1));
        Assert.Equal(2, _queue.Last);
    }

    [Fact]
    public void Missing_controls_repeat_the_last_for_a_quarter_of_a_second_and_then_none_are_held()
    {
        _queue.Add(1, [Controls.Thrust]);
        Assert.Equal(Enumerable.Repeat(Controls.Thrust, 16).Append(Controls.None), Take(17));
        Assert.Equal(1, _queue.Last);
    }

    [Fact]
    public void A_gap_repeats_the_last_and_counts_as_taken()
    {
        _queue.Add(1, [Controls.Left]);
        _queue.Add(3, [Controls.Right]);
        Assert.Equal([Controls.Left, Controls.Left, Controls.Right], Take(3));
        Assert.Equal(3, _queue.Last);
    }

    [Fact]
    public void Of_more_than_eight_the_oldest_are_skipped()
    {
        for (var number = 1; number <= 100; number++) _queue.Add(number, [(Controls)(number % 16)]);
        Assert.Equal((Controls)(93 % 16), Take(1)[0]);
        Assert.Equal(93, _queue.Last);
    }

    [Fact]
    public void A_number_far_ahead_is_taken_next_when_nothing_waits()
    {
        _queue.Add(1, [Controls.Left]);
        Take(1);
        _queue.Add(1000, [Controls.Right, Controls.Fire]);
        Assert.Equal([Controls.Right, Controls.Fire], Take(2));
        Assert.Equal(1001, _queue.Last);
    }

    [Fact]
    public void Controls_that_are_always_to_spare_are_skipped_after_a_second_so_that_a_burst_does_not_delay_for_good()
    {
        _queue.Add(1, [Controls.None, Controls.None, Controls.None, Controls.None, Controls.None, Controls.None]);
        var number = 7;
        for (var tick = 0; tick < 400; tick++)
        {
            _queue.Take();
            _queue.Add(number++, [Controls.None]);
        }

        Assert.InRange(number - 1 - _queue.Last, 1, 2);
    }

    [Fact]
    public void However_controls_arrive_a_tick_takes_one_and_numbers_only_rise() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 4]).Array.Sample(static messages =>
        {
            var queue = new InputQueue();
            var last = 0;
            foreach (var (number, count) in messages)
            {
                queue.Add(number, new Controls[count]);
                queue.Take();
                Assert.InRange(queue.Last, last, Math.Max(last, 64));
                last = queue.Last;
            }
        });

    private List<Controls> Take(int ticks) => [.. Enumerable.Range(0, ticks).Select(_ => _queue.Take())];
}
