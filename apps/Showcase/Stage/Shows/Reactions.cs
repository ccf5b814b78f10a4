namespace Showcase.Stage.Shows;

/// <summary>The reactions of the last seconds, by kind. Safe from any thread.</summary>
internal sealed class Reactions(int kinds, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    // Half a second each: the window ends within half a second of five.
    private const int Parts = 10;

    private readonly Lock _lock = new();
    private readonly int[,] _counts = new int[Parts, kinds];
    private long _part;

    /// <summary>Adds a reaction.</summary>
    public void Add(int kind)
    {
        lock (_lock) _counts[Turn(), kind]++;
    }

    /// <summary>Returns the number of reactions of each kind.</summary>
    public int[] Sum()
    {
        lock (_lock)
        {
            Turn();
            var sums = new int[kinds];
            for (var part = 0; part < Parts; part++)
                for (var kind = 0; kind < kinds; kind++) sums[kind] += _counts[part, kind];
            return sums;
        }
    }

    private int Turn()
    {
        var now = time.GetTimestamp() / (long)(time.TimestampFrequency * Window.TotalSeconds / Parts);
        for (var past = Math.Max(_part + 1, now - Parts + 1); past <= now; past++)
            for (var kind = 0; kind < kinds; kind++) _counts[past % Parts, kind] = 0;
        _part = now;
        return (int)(now % Parts);
    }
}
