namespace Showcase.Visitors;

/// <summary>
/// Holds parties by name. A party without connections whose allowance is full is removed, because a new party would equal
/// it: the number of parties is bounded by the connections and by those opened within the time in which a bucket refills.
/// </summary>
internal sealed class Parties(TimeProvider time, Rates rates)
{
    private const int FirstSweep = 256;

    private readonly Dictionary<string, Party> _byName = [];
    private int _sweepAt = FirstSweep;

    public int Count => _byName.Count;

    public Party Find(string name)
    {
        if (_byName.TryGetValue(name, out var party)) return party;
        if (_byName.Count >= _sweepAt) Sweep();
        return _byName[name] = new Party(new Allowance(time, rates));
    }

    private void Sweep()
    {
        foreach (var (name, party) in _byName)
            if (party.Connections == 0 && party.Allowance.IsFull) _byName.Remove(name);

        // The cost of a sweep is amortized over as many new parties as the sweep retained.
        _sweepAt = Math.Max(FirstSweep, 2 * _byName.Count);
    }
}
