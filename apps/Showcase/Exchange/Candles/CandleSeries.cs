namespace Showcase.Exchange.Candles;

/// <summary>The latest candles of one interval, without gaps: an interval without trades has a flat candle.</summary>
public sealed class CandleSeries(CandleInterval interval, int capacity)
{
    private readonly Candle[] _ring = new Candle[capacity];
    private long _added;

    /// <summary>The length of the candles.</summary>
    public CandleInterval Interval { get; } = interval;

    /// <summary>The number of retained candles.</summary>
    public int Count => (int)Math.Min(_added, _ring.Length);

    /// <summary>The candle that is not closed yet. It exists after the first addition.</summary>
    public Candle Current => this[0];

    /// <summary>The nth candle from the end; 0 is the current candle.</summary>
    public Candle this[int age] => _ring[(_added - 1 - age) % _ring.Length];

    /// <summary>Adds a trade, or a candle that lies within one interval of this series. Times must not decrease.</summary>
    public void Add(in Candle part, List<Candle>? closed = null)
    {
        if (_added == 0)
        {
            Append(part with { OpenTime = Interval.OpenTimeOf(part.OpenTime) });
            return;
        }

        Advance(part.OpenTime, closed);
        ref var current = ref _ring[(_added - 1) % _ring.Length];
        current = current.Count == 0
            ? part with { OpenTime = current.OpenTime }
            : current.Then(part);
    }

    /// <summary>Opens the candle of a time and closes the candles before it.</summary>
    /// <param name="time">The time in Unix milliseconds.</param>
    /// <param name="closed">Receives the closed candles, oldest first.</param>
    public void Advance(long time, List<Candle>? closed = null)
    {
        if (_added == 0) return;
        var target = Interval.OpenTimeOf(time);

        // After a long suspension of the machine, only as many flat candles are added as the ring can hold.
        var first = Math.Max(Interval.Next(Current.OpenTime), Interval.OpenTimeOf(target - ((_ring.Length - 1) * Interval.Milliseconds)));
        for (var open = first; open <= target; open = Interval.Next(open))
        {
            closed?.Add(Current);
            Append(Candle.Flat(open, Current.Close));
        }
    }

    /// <summary>Returns the latest candles that opened at or before a time, oldest first.</summary>
    public Candle[] Latest(int limit, long endTime = long.MaxValue)
    {
        var newest = 0;
        while (newest < Count && this[newest].OpenTime > endTime) newest++;
        var count = Math.Min(limit, Count - newest);
        var candles = new Candle[count];
        for (var i = 0; i < count; i++) candles[i] = this[newest + count - 1 - i];
        return candles;
    }

    private void Append(in Candle candle) => _ring[_added++ % _ring.Length] = candle;
}
