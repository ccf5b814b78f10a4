namespace Showcase.Visitors;

/// <summary>
/// Parties by name. One without connections whose allowance is full again is forgotten, since a new one would be the
/// same: what is kept is bounded by the connections and by what connected within the time a bucket takes to fill.
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

        // Each sweep is paid for by as many new parties as it left behind.
        _sweepAt = Math.Max(FirstSweep, 2 * _byName.Count);
    }
}
